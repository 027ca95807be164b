/// Where the bytes of a string stand in the document that has it, quoted or plain.
struct ScalarBytes {
  private let start: Int
  private let end: Int
  /// The document's offset of each byte of the text, and of its end; nil where the document writes
  /// it in a way that is not followed (folded over lines, escapes by number).
  private let offsets: [Int]?

  /// - Parameter range: the string in the document, its first byte at least.
  init(_ text: String, at range: Range<Int>, in bytes: [UInt8]) {
    start = min(max(0, range.lowerBound), bytes.count)
    end = min(max(start + 1, range.upperBound), max(start, bytes.count))
    offsets = Self.offsets(of: Array(text.utf8), from: start, in: bytes)
  }

  private static func offsets(of text: [UInt8], from start: Int, in bytes: [UInt8]) -> [Int]? {
    guard start < bytes.count else { return nil }
    let quote = bytes[start]
    let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    var position = isQuoted ? start + 1 : start
    var offsets: [Int] = []
    for byte in text {
      offsets.append(position)
      guard position < bytes.count else { return nil }
      // `''` in single quotes, `\"` and `\\` in double ones.
      let isEscape = isQuoted && bytes[position] == (quote == UInt8(ascii: "'") ? quote : 0x5C)
      if isEscape { position += 1 }
      guard position < bytes.count, bytes[position] == byte else { return nil }
      position += 1
    }
    return offsets + [position]
  }

  /// The document's bytes for some bytes of the text; the whole string where that can't be told.
  func range(of part: Range<Int>) -> Range<Int> {
    guard let offsets, part.lowerBound >= 0, part.upperBound < offsets.count else {
      return start..<end
    }
    let lower = offsets[part.lowerBound]
    return lower..<max(lower + 1, offsets[part.upperBound])
  }
}
