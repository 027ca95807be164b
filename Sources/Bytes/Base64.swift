/// Base64 with the standard alphabet (RFC 4648, section 4).
package enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  /// The six bits that a byte of the alphabet stands for, nil for any other byte (`=` included).
  @inlinable package static func sextet(of byte: UInt8) -> UInt8? {
    if byte.isASCIIUppercase { return byte &- 0x41 }
    if byte.isASCIILetter { return byte &- 0x61 &+ 26 }
    if byte.isASCIIDigit { return byte &- 0x30 &+ 52 }
    if byte == UInt8(ascii: "+") { return 62 }
    return byte == UInt8(ascii: "/") ? 63 : nil
  }

  /// The padded encoding of `bytes`.
  package static func encode(_ bytes: Span<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let left = bytes.count - index
      let first = UInt32(bytes[index]) << 16
      let second = left > 1 ? UInt32(bytes[index + 1]) << 8 : 0
      let third = left > 2 ? UInt32(bytes[index + 2]) : 0
      let bits = first | second | third
      text.append(alphabet[Int(bits >> 18)])
      text.append(alphabet[Int(bits >> 12 & 63)])
      text.append(left > 1 ? alphabet[Int(bits >> 6 & 63)] : padding)
      text.append(left > 2 ? alphabet[Int(bits & 63)] : padding)
      index += 3
    }
    return text
  }

  /// The padded encoding of `bytes` as text.
  package static func encodeToString(_ bytes: Span<UInt8>) -> String {
    String(decoding: encode(bytes), as: UTF8.self)
  }

  /// The bytes that `text` encodes, or nil where it is not exactly what ``encode(_:)`` writes.
  ///
  /// Missing padding, foreign bytes and set bits behind the last byte are refused, so that text
  /// which only looks like base64 is told apart from text that is.
  package static func decodeCanonical(_ text: Span<UInt8>) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    guard !text.isEmpty else { return [] }
    var digits = text.count
    while digits > text.count - 2, text[digits - 1] == padding { digits -= 1 }

    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits * 3 / 4)
    var bits: UInt32 = 0
    var bitCount = 0
    for index in 0..<digits {
      guard let sextet = sextet(of: text[index]) else { return nil }
      bits = bits << 6 | UInt32(sextet)
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
        bits &= 1 << UInt32(bitCount) - 1
      }
    }
    return bits == 0 ? bytes : nil
  }
}
