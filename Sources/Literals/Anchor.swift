/// The part of a needle by which it is found: up to three neighbouring bytes, as classes.
struct Anchor: Hashable, Sendable {
  /// The most bytes of an anchor.
  static let mostBytes = 3

  /// The classes from the lowest bits on, six bits each, and the length above them.
  let key: UInt32

  /// The anchor of parts that are put together already.
  @inline(__always)
  init(_ parts: UInt32, length: Int) {
    key = parts | UInt32(truncatingIfNeeded: length) << 18
  }

  /// What a byte at `index` adds to the key.
  @inline(__always)
  static func part(of byte: UInt8, at index: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: BytePairs.byteClass(of: byte)) << UInt32(index * 6)
  }

  var length: Int { Int(key >> 18) }

  /// The class of a byte; 0 where the anchor does not have it.
  func byteClass(_ index: Int) -> Int { Int(key >> UInt32(index * 6) & 63) }

  /// A hash of `32 - shift` bits.
  @inline(__always)
  func hash(_ shift: UInt32) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9e37_79b1) >> shift)
  }

  /// The anchor that requests have least often among those of a needle, and its place there.
  static func rarest(in needle: [UInt8]) -> (anchor: Anchor, offset: Int) {
    let length = min(needle.count, mostBytes)
    var rarest = 0
    var leastFrequency = Double.infinity
    for offset in 0...(needle.count - length) {
      let frequency = Needle.frequency(of: needle[offset..<(offset + length)])
      if frequency < leastFrequency { (rarest, leastFrequency) = (offset, frequency) }
    }
    var parts: UInt32 = 0
    for index in 0..<length { parts |= part(of: needle[rarest + index], at: index) }
    return (Anchor(parts, length: length), rarest)
  }
}
