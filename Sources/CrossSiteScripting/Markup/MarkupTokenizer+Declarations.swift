import Bytes

// What begins with `<!`, `<?`, `<%` or a mistaken `</`. All of it is a comment to the decision, but
// for document types and CDATA sections, whose content is text.

extension MarkupTokenizer {
  /// Reads what `<!` opens.
  mutating func markupDeclaration(_ open: Int) -> MarkupToken? {
    let first = open + 2
    if bytes.hasWord("doctype", at: first) {
      let keyword = first..<(first + 7)
      position = bytes.firstIndex(of: UInt8(ascii: ">"), from: keyword.upperBound) ?? bytes.count
      return .doctype(opening: open..<first, keyword: keyword)
    }
    if bytes.hasText("[CDATA[", at: first) { return cdata(from: first + 7) }
    if bytes.hasText("--", at: first) { return dashedComment(open) }
    return comment(open, from: first, closedBy: UInt8(ascii: ">"))
  }

  /// Reads a comment that the next `closing` byte ends.
  mutating func comment(_ open: Int, from start: Int, closedBy closing: UInt8) -> MarkupToken? {
    let stop = bytes.firstIndex(of: closing, from: start) ?? bytes.count
    position = min(stop + 1, bytes.count)
    return .comment(opening: open..<start, content: start..<stop)
  }

  /// Reads `<%`…`%>`.
  mutating func percentComment(_ open: Int) -> MarkupToken? {
    let start = open + 2
    var search = start
    while let percent = bytes.firstIndex(of: UInt8(ascii: "%"), from: search) {
      if percent + 1 < bytes.count, bytes[percent + 1] == UInt8(ascii: ">") {
        position = percent + 2
        return .comment(opening: open..<start, content: start..<percent)
      }
      search = percent + 1
    }
    position = bytes.count
    return .comment(opening: open..<start, content: start..<bytes.count)
  }

  /// Reads `<!--`…`-->`; `-!>` closes as well, and NULs behind the first dash are passed over.
  mutating func dashedComment(_ open: Int) -> MarkupToken? {
    let start = open + 4
    var search = start
    while let dash = bytes.firstIndex(of: UInt8(ascii: "-"), from: search) {
      var next = dash + 1
      while next < bytes.count, bytes[next] == 0 { next += 1 }
      if next + 1 < bytes.count, bytes[next + 1] == UInt8(ascii: ">"),
        bytes[next] == UInt8(ascii: "-") || bytes[next] == UInt8(ascii: "!")
      {
        position = next + 2
        return .comment(opening: open..<start, content: start..<dash)
      }
      // What follows the NULs may be the dash that closes.
      search = next
    }
    position = bytes.count
    return .comment(opening: open..<start, content: start..<bytes.count)
  }

  /// Passes over a CDATA section.
  private mutating func cdata(from start: Int) -> MarkupToken? {
    var search = start
    while let bracket = bytes.firstIndex(of: UInt8(ascii: "]"), from: search) {
      if bytes.hasText("]]>", at: bracket) {
        position = bracket + 3
        return nil
      }
      search = bracket + 1
    }
    return end()
  }
}

extension Span<UInt8> {
  /// Whether `text` stands at an offset, in this very case.
  func hasText(_ text: StaticString, at start: Int) -> Bool {
    has(text, at: start) { $0 }
  }

  /// Whether the lower-case `word` stands at an offset, in any case.
  func hasWord(_ word: StaticString, at start: Int) -> Bool {
    has(word, at: start) { $0.asciiLowercased }
  }

  @inline(__always)
  private func has(_ text: StaticString, at start: Int, _ folded: (UInt8) -> UInt8) -> Bool {
    guard count - start >= text.utf8CodeUnitCount else { return false }
    // Sound: the bytes of a static string last for ever, and the buffer has its count.
    return text.withUTF8Buffer { buffer in
      for index in 0..<buffer.count where folded(self[start + index]) != (unsafe buffer[index]) {
        return false
      }
      return true
    }
  }
}
