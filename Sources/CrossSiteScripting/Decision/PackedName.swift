import Bytes

/// A name of up to 16 bytes in one integer, its letters lower-case: names compare in one step.
struct PackedName: Hashable {
  /// The bytes, the first one lowest; what is behind the sixteenth is left out.
  let bits: UInt128
  /// How many bytes the name has; 17 where it has more than 16.
  let count: Int

  init(bits: UInt128, count: Int) {
    self.bits = bits
    self.count = count
  }

  /// The name that stands in a range of bytes.
  init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    // Longer than any name in a table: nothing is learnt from the rest.
    count = min(range.count, 17)
    let used = min(count, 16)
    if range.lowerBound <= bytes.count - 16 {
      bits = bytes.lowercasedBlock(at: range.lowerBound) & Self.mask(used)
      return
    }
    var bits: UInt128 = 0
    for index in 0..<used {
      bits |= UInt128(bytes[range.lowerBound + index].asciiLowercased) &<< UInt128(index &* 8)
    }
    self.bits = bits
  }

  /// The name that stands in a range of bytes, with the NULs left out.
  init(skippingNULsIn bytes: Span<UInt8>, _ range: Range<Int>) {
    var bits: UInt128 = 0
    var count = 0
    for index in range where bytes[index] != 0 {
      if count < 16 { bits |= UInt128(bytes[index].asciiLowercased) &<< UInt128(count &* 8) }
      count += 1
      if count > 16 { break }
    }
    self.init(bits: bits, count: count)
  }

  /// A name for a table: lower-case, at most 16 bytes.
  init(_ text: StaticString) {
    // Sound: the bytes of a static string last for ever, and the buffer has its count.
    self = text.withUTF8Buffer { buffer in
      unsafe PackedName(buffer.span, 0..<buffer.count)
    }
  }

  /// Whether there is a NUL among the bytes that are kept.
  var hasNUL: Bool {
    // The usual way to find a zero byte: taking one from it sets its top bit, which was not set. The
    // bytes behind the name are filled, so that they do not count.
    let filled = bits | ~Self.mask(min(count, 16))
    return (filled &- Self.ones) & ~filled & (Self.ones &<< 7) != 0
  }

  /// Whether this name begins with all of `prefix`.
  func hasPrefix(_ prefix: PackedName) -> Bool {
    count >= prefix.count && (bits ^ prefix.bits) & Self.mask(prefix.count) == 0
  }

  private static let ones: UInt128 = 0x0101_0101_0101_0101_0101_0101_0101_0101

  /// The bits of the first `count` bytes.
  private static func mask(_ count: Int) -> UInt128 {
    count >= 16 ? UInt128.max : (1 &<< UInt128(count &* 8)) &- 1
  }
}

extension Span<UInt8> {
  /// The sixteen bytes at an offset, the first one lowest, upper-case letters made lower-case.
  fileprivate func lowercasedBlock(at start: Int) -> UInt128 {
    precondition(start >= 0 && start <= count - 16, "a block outside of the bytes")
    // Sound: the block lies inside of the buffer, which outlives the call.
    let block = unsafe withUnsafeBytes { buffer in
      unsafe UInt128(littleEndian: buffer.loadUnaligned(fromByteOffset: start, as: UInt128.self))
    }
    // In each byte below 0x80, adding moves letters from A on, and letters behind Z, over 0x80.
    let ones: UInt128 = 0x0101_0101_0101_0101_0101_0101_0101_0101
    let low = block & (ones &* 0x7F)
    let fromA = low &+ (ones &* 0x3F)
    let behindZ = low &+ (ones &* 0x25)
    let uppercase = fromA & ~behindZ & ~block & (ones &* 0x80)
    return block | (uppercase &>> 2)
  }
}
