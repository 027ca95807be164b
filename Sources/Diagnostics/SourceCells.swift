/// Bytes of a source line as what a terminal shows of them, one cell text a scalar.
///
/// Each printable scalar is taken to be one column wide; wide characters shift the marks under
/// them a little, which is worth less than a table of widths.
struct SourceCells {
  /// What is shown for each scalar.
  private(set) var texts: [String] = []
  /// The offset of each scalar's first byte, relative to the first byte given.
  private(set) var offsets: [Int] = []

  var scalarCount: Int { texts.count }

  init(_ bytes: ArraySlice<UInt8>) {
    let start = bytes.startIndex
    var position = start
    while position < bytes.endIndex {
      offsets.append(position - start)
      let (scalar, length) = Self.scalar(in: bytes, at: position)
      texts.append(Self.text(of: scalar, byte: bytes[position]))
      position += length
    }
  }

  private static func text(of scalar: Unicode.Scalar?, byte: UInt8) -> String {
    guard let scalar else {
      let digits = String(byte, radix: 16, uppercase: true)
      return "\\x" + (digits.count < 2 ? "0" : "") + digits
    }
    if scalar == "\t" { return "    " }
    return isPrintable(scalar) ? String(Character(scalar)) : escaped(scalar)
  }

  /// The scalar at a position and its length; `nil` and 1 for a byte that is no UTF-8.
  private static func scalar(
    in bytes: ArraySlice<UInt8>, at position: Int
  ) -> (Unicode.Scalar?, Int) {
    let first = bytes[position]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length =
      switch first {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    guard length > 1, position + length <= bytes.endIndex,
      let text = String(validating: bytes[position..<(position + length)], as: UTF8.self),
      let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1
    else { return (nil, 1) }
    return (scalar, length)
  }
}
