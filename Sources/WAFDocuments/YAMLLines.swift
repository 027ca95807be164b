/// The text of a YAML document by lines, as the YAML parser counts them.
struct YAMLLines {
  private let bytes: [UInt8]
  /// The offset at which each line starts.
  private let starts: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // A byte order mark is no part of the first line.
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    var position = 0
    while position < bytes.count {
      let length = Self.breakLength(in: bytes, at: position)
      position += max(1, length)
      if length > 0 { starts.append(position) }
    }
    self.starts = starts
  }

  /// The length of the line break at a position; 0 where there is none.
  private static func breakLength(in bytes: [UInt8], at position: Int) -> Int {
    switch bytes[position] {
    case 0x0A: return 1
    case 0x0D: return position + 1 < bytes.count && bytes[position + 1] == 0x0A ? 2 : 1
    case 0xC2: return position + 1 < bytes.count && bytes[position + 1] == 0x85 ? 2 : 0
    case 0xE2:
      guard position + 2 < bytes.count, bytes[position + 1] == 0x80 else { return 0 }
      return bytes[position + 2] == 0xA8 || bytes[position + 2] == 0xA9 ? 3 : 0
    default: return 0
    }
  }

  /// The offset of a line and a column, both counted from 1, the column in scalars.
  func offset(line: Int, column: Int) -> Int {
    guard line >= 1, line <= starts.count else { return bytes.count }
    var position = starts[line - 1]
    var remaining = max(1, column) - 1
    while remaining > 0, position < bytes.count {
      position += 1
      while position < bytes.count, bytes[position] & 0xC0 == 0x80 { position += 1 }
      remaining -= 1
    }
    return position
  }

  /// The offset after a scalar that starts at a position.
  ///
  /// A quoted one ends with its quote; a plain one is followed to the end of its line, to a
  /// comment, or to what ends it inside a flow collection. A block scalar is marked by its head.
  func endOfScalar(from start: Int, isQuoted: Bool) -> Int {
    guard start < bytes.count else { return bytes.count }
    let first = bytes[start]
    if isQuoted, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      var position = start + 1
      while position < bytes.count {
        if bytes[position] == UInt8(ascii: "\\"), first == UInt8(ascii: "\"") {
          position += 1
        } else if bytes[position] == first {
          let isDoubled = position + 1 < bytes.count && bytes[position + 1] == first
          guard first == UInt8(ascii: "'"), isDoubled else { return position + 1 }
          position += 1
        }
        position += 1
      }
      return bytes.count
    }
    var position = start
    while position < bytes.count {
      switch bytes[position] {
      case 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"):
        return trimmedEnd(start: start, end: position)
      case UInt8(ascii: ":"):
        let next = position + 1 < bytes.count ? bytes[position + 1] : 0x20
        if next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 {
          return trimmedEnd(start: start, end: position)
        }
      case UInt8(ascii: "#") where position > start && bytes[position - 1] == 0x20:
        return trimmedEnd(start: start, end: position)
      default: break
      }
      position += 1
    }
    return trimmedEnd(start: start, end: bytes.count)
  }

  private func trimmedEnd(start: Int, end: Int) -> Int {
    var end = end
    while end > start + 1, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    return end
  }

  /// The offset after a collection that starts at a position.
  ///
  /// - Parameter lastEnd: the end of its last element, which may lie elsewhere if it is an alias.
  func endOfCollection(
    from start: Int, lastEnd: Int?, open: Unicode.Scalar, close: Unicode.Scalar
  ) -> Int {
    let inner = max(start, lastEnd ?? start)
    guard start < bytes.count, bytes[start] == UInt8(ascii: open) else { return inner }
    var position = max(inner, start + 1)
    while position < bytes.count, bytes[position] != UInt8(ascii: close) { position += 1 }
    return min(position + 1, bytes.count)
  }

  /// Whether a plain scalar is a number that JSON can spell.
  static func isJSONNumber(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    func takeDigits() -> Int {
      let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let hasLeadingZero = rest.first == UInt8(ascii: "0")
    let integer = takeDigits()
    guard integer > 0, !hasLeadingZero || integer == 1 else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard takeDigits() > 0 else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      guard takeDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }
}
