import Bytes

/// Escapes in JSON strings.
enum JSONEscapes {
  enum Scan {
    /// An escape, or a pair of them, that ends before the offset.
    case escape(end: Int)
    /// Half of a surrogate pair.
    case loneSurrogate(end: Int)
    case failed
    case unfinished
  }

  /// What the backslash at `start` begins.
  static func scan(_ text: Span<UInt8>, at start: Int) -> Scan {
    guard start + 1 < text.count else { return .unfinished }
    switch text[start + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return .escape(end: start + 2)
    case UInt8(ascii: "u"):
      guard let unit = hexUnit(text, at: start + 2) else {
        return isCutUnit(text, at: start + 2) ? .unfinished : .failed
      }
      let end = start + 6
      guard isSurrogate(unit) else { return .escape(end: end) }
      guard unit < 0xDC00 else { return .loneSurrogate(end: end) }
      if let low = escapedUnit(text, at: end) {
        return isLow(low) ? .escape(end: end + 6) : .loneSurrogate(end: end)
      }
      // The other half may be what is cut off.
      return isCutEscape(text, at: end) ? .unfinished : .loneSurrogate(end: end)
    default:
      return .failed
    }
  }

  /// Appends what a string with valid escapes means; half of a surrogate pair is U+FFFD.
  static func decode(_ string: Span<UInt8>, into output: inout [UInt8]) {
    var next = 0
    while next < string.count {
      let stop = string.firstIndex(of: UInt8(ascii: "\\"), from: next) ?? string.count
      output.append(contentsOf: string.extracting(next..<stop))
      guard stop + 1 < string.count else { return }
      next = stop + 2
      switch string[stop + 1] {
      case UInt8(ascii: "b"): output.append(0x08)
      case UInt8(ascii: "f"): output.append(0x0C)
      case UInt8(ascii: "n"): output.append(0x0A)
      case UInt8(ascii: "r"): output.append(0x0D)
      case UInt8(ascii: "t"): output.append(0x09)
      case UInt8(ascii: "u"):
        guard let unit = hexUnit(string, at: next) else { return }
        next += 4
        var value = UInt32(unit)
        if isSurrogate(unit), unit < 0xDC00, let low = escapedUnit(string, at: next), isLow(low) {
          value = 0x10000 + UInt32(unit - 0xD800) << 10 + UInt32(low - 0xDC00)
          next += 6
        }
        append(Unicode.Scalar(value) ?? "\u{FFFD}", to: &output)
      case let byte: output.append(byte)
      }
    }
  }

  private static func append(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { output.append(byte) }
  }

  private static func isSurrogate(_ unit: UInt16) -> Bool { unit & 0xF800 == 0xD800 }
  private static func isLow(_ unit: UInt16) -> Bool { unit & 0xFC00 == 0xDC00 }

  /// The value of four hexadecimal digits; nil where there are not four.
  private static func hexUnit(_ text: Span<UInt8>, at start: Int) -> UInt16? {
    guard start + 4 <= text.count else { return nil }
    var value: UInt16 = 0
    for index in start..<start + 4 {
      guard let digit = text[index].hexDigitValue else { return nil }
      value = value << 4 | UInt16(digit)
    }
    return value
  }

  /// Whether the text ends among digits that are fine so far.
  private static func isCutUnit(_ text: Span<UInt8>, at start: Int) -> Bool {
    guard start + 4 > text.count else { return false }
    for index in min(start, text.count)..<text.count where text[index].hexDigitValue == nil {
      return false
    }
    return true
  }

  /// Whether the text ends in what may be the start of a `\uhhhh` at `start`.
  private static func isCutEscape(_ text: Span<UInt8>, at start: Int) -> Bool {
    guard start < text.count else { return true }
    guard text[start] == UInt8(ascii: "\\") else { return false }
    guard start + 1 < text.count else { return true }
    return text[start + 1] == UInt8(ascii: "u") && isCutUnit(text, at: start + 2)
  }

  /// The unit of a `\uhhhh` at `start`.
  private static func escapedUnit(_ text: Span<UInt8>, at start: Int) -> UInt16? {
    guard start + 6 <= text.count, text[start] == UInt8(ascii: "\\"),
      text[start + 1] == UInt8(ascii: "u")
    else { return nil }
    return hexUnit(text, at: start + 2)
  }
}
