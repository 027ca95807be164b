import Bytes

/// Numeric character references in attribute values, decoded one at a time.
enum CharacterReferences {
  /// The last code point of Unicode; a reference to more stays text.
  private static let limit = 0x10FFFF

  /// The character at an offset, and how many bytes stand for it.
  ///
  /// `&#106;`, `&#x6A;` and the same without a semicolon are decoded; names (`&Tab;`) are not.
  static func character(
    _ bytes: Span<UInt8>, at start: Int, before end: Int
  ) -> (value: Int, count: Int) {
    let first = Int(bytes[start])
    guard bytes[start] == UInt8(ascii: "&"), start + 2 < end,
      bytes[start + 1] == UInt8(ascii: "#")
    else { return (first, 1) }
    let isHexadecimal = bytes[start + 2] | 0x20 == UInt8(ascii: "x")
    var index = start + (isHexadecimal ? 3 : 2)
    guard index < end, digit(bytes[index], isHexadecimal) != nil else { return (first, 1) }
    var value = 0
    while index < end {
      guard let digit = digit(bytes[index], isHexadecimal) else {
        if bytes[index] == UInt8(ascii: ";") { index += 1 }
        break
      }
      value = value * (isHexadecimal ? 16 : 10) + digit
      guard value <= limit else { return (first, 1) }
      index += 1
    }
    return (value, index - start)
  }

  private static func digit(_ byte: UInt8, _ isHexadecimal: Bool) -> Int? {
    if isHexadecimal { return byte.hexDigitValue.map(Int.init) }
    return byte.isASCIIDigit ? Int(byte &- 0x30) : nil
  }
}
