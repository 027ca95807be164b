import Bytes

/// Sixteen bytes as digits of base64.
struct Base64Block {
  /// Which bytes are digits.
  let isDigit: ByteBlockMask
  /// The six bits of each digit; of no meaning for other bytes.
  let sextets: ByteBlock

  @inline(__always)
  init(_ block: ByteBlock) {
    let isUpper = block.isASCIIUppercase
    let isLower = block.isASCIILowercase
    let isNumber = block.isByte(from: 0x30, count: 10)
    let isPlus = block.isByte(UInt8(ascii: "+"))
    let isSlash = block.isByte(UInt8(ascii: "/"))
    isDigit = (isUpper .| isLower .| isNumber .| isPlus .| isSlash)
    // What each kind needs to become its value, modulo 256: A is 0, a is 26, 0 is 52, + is 62 and
    // / is 63.
    let shift =
      (isUpper.ones & ByteBlock(repeating: 0 &- 0x41))
      | (isLower.ones & ByteBlock(repeating: 26 &- 0x61))
      | (isNumber.ones & ByteBlock(repeating: 52 &- 0x30))
      | (isPlus.ones & ByteBlock(repeating: 62 &- 0x2b))
      | (isSlash.ones & ByteBlock(repeating: 63 &- 0x2f))
    sextets = block &+ shift
  }
}

/// Writes the six bits of every digit of `input` to `target`, a byte each, and drops what is no
/// digit; returns how many there are.
///
/// Sound where `target` has room for `input` and a block more.
func collectBase64Digits(of input: Span<UInt8>, at target: UnsafeMutableRawPointer) -> Int {
  unsafe input.withUnsafeBytes { source in
    guard let base = source.baseAddress else { return 0 }
    var count = 0
    var index = 0
    while index < source.count {
      let left = min(source.count &- index, ByteBlock.byteCount)
      let block = unsafe Base64Block(ByteBlock(at: base + index, count: left))
      // INVARIANT: `count` is at most `index`.
      unsafe target.storeBytes(of: block.sextets, toByteOffset: count, as: ByteBlock.self)
      index &+= left
      // Zeros behind a short block are no digits.
      let isDigit = block.isDigit.bits
      if isDigit == .max {
        count &+= ByteBlock.byteCount
        continue
      }
      // The digits move together; each byte is read before anything is written behind it.
      var flags = isDigit
      let start = count
      for place in 0..<left {
        let sextet = unsafe target.load(fromByteOffset: start &+ place, as: UInt8.self)
        unsafe target.storeBytes(of: sextet, toByteOffset: count, as: UInt8.self)
        count &+= Int(truncatingIfNeeded: flags & 1)
        flags = flags &>> 8
      }
    }
    return count
  }
}

/// Joins the six bits of `digits` bytes at `target` in place; returns how many bytes there are.
///
/// What is no whole byte at the end is dropped.
///
/// Sound where so many bytes are there, and a block more.
func decodeBase64(at target: UnsafeMutableRawPointer, digits: Int) -> Int {
  var index = 0
  var count = 0
  // INVARIANT: `count` is at most three quarters of `index`: the fourteen bytes that are written
  // for a block lie before the next.
  while index &+ ByteBlock.byteCount <= digits {
    let first = unsafe target.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    let second = unsafe target.loadUnaligned(fromByteOffset: index &+ 8, as: UInt64.self)
    unsafe target.storeBytes(of: joined(first), toByteOffset: count, as: UInt64.self)
    unsafe target.storeBytes(of: joined(second), toByteOffset: count &+ 6, as: UInt64.self)
    index &+= ByteBlock.byteCount
    count &+= 12
  }
  var bits: UInt32 = 0
  var bitCount: UInt32 = 0
  while index < digits {
    bits = unsafe bits &<< 6 | UInt32(target.load(fromByteOffset: index, as: UInt8.self))
    bitCount &+= 6
    index &+= 1
    guard bitCount >= 8 else { continue }
    bitCount &-= 8
    unsafe target.storeBytes(
      of: UInt8(truncatingIfNeeded: bits &>> bitCount), toByteOffset: count, as: UInt8.self)
    count &+= 1
  }
  return count
}

/// The 48 bits of eight sextets in memory order, as six bytes in memory order.
@inline(__always)
private func joined(_ sextets: UInt64) -> UInt64 {
  let sextets = UInt64(littleEndian: sextets)
  // Neighbours are joined: two sextets, then four, then all, the first of them highest.
  let pairs = (sextets & 0x00ff_00ff_00ff_00ff) &<< 6 | (sextets &>> 8) & 0x00ff_00ff_00ff_00ff
  let fours = (pairs & 0x0000_ffff_0000_ffff) &<< 12 | (pairs &>> 16) & 0x0000_ffff_0000_ffff
  let all = (fours & 0xffff_ffff) &<< 24 | fours &>> 32
  return (all &<< 16).bigEndian
}
