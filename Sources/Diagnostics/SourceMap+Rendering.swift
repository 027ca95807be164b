extension SourceMap {
  /// A diagnostic as text: where, what, the source line with the place marked, and notes.
  ///
  /// ```
  /// acl.json:5:8: error[unknown-statement]: unknown statement 'ByteMatchStatment'
  ///    at /Rules/0/Statement/AndStatement/Statements/1
  /// 5 |       {"ByteMatchStatment": {"SearchString": "x"}}
  ///   |        ^^^^^^^^^^^^^^^^^^^ did you mean 'ByteMatchStatement'?
  /// ```
  ///
  /// - Returns: lines joined by line feeds, without one at the end.
  public func render(_ diagnostic: Diagnostic) -> String {
    var head = "\(diagnostic.severity.rawValue)[\(diagnostic.code)]: "
    head += printable(diagnostic.message)
    var hint = diagnostic.suggestion.map { "did you mean '\(printable($0))'?" }
    var lines: [String] = []
    if let place = diagnostic.place {
      let source = resolve(place).map { source, range in
        (source.location(ofByte: range.lowerBound), source, range)
      }
      var prefix = printable(place.file)
      if let (location, _, _) = source { prefix += ":\(location.line):\(location.column)" }
      head = prefix + ": " + head
      if !place.printedPointer.isRoot {
        lines.append("   at " + printable(place.printedPointer.description))
      }
      if let (location, source, range) = source {
        lines += Excerpt(source, line: location.line, range: range).lines(hint: hint)
        hint = nil
      }
    }
    if let hint { head += "; " + hint }
    lines.insert(head, at: 0)
    lines += diagnostic.notes.map { "   note: " + printable($0) }
    return lines.joined(separator: "\n")
  }
}

/// A source line with a mark under some of it.
private struct Excerpt {
  /// The number of cells of a source line that are shown at most.
  private static let widthLimit = 120
  /// The number of cells that are kept before the mark when a line is cut.
  private static let lead = 40

  private var gutter: String
  private var text = ""
  private var indent = 0
  private var markLength = 0

  init(_ source: SourceLines, line: Int, range: Range<Int>) {
    gutter = String(line)
    let lineRange = source.range(ofLine: line)
    // A line may be a whole minified document: only the bytes that can be shown are decoded.
    // A scalar takes four bytes at most; a cut inside one shows as broken bytes at the far edge.
    let start = min(max(range.lowerBound, lineRange.lowerBound), lineRange.upperBound)
    let end = min(max(range.upperBound, start), lineRange.upperBound)
    let isCutBefore = lineRange.count > 4 * Self.widthLimit && start - lineRange.lowerBound > 160
    var from = isCutBefore ? start - 160 : lineRange.lowerBound
    while isCutBefore, from < start, source.bytes[from] & 0xC0 == 0x80 { from += 1 }
    let to = min(lineRange.upperBound, max(start, from) + 4 * Self.widthLimit)
    let cells = SourceCells(source.bytes[from..<to])
    let first = cells.offsets.firstIndex { $0 >= start - from } ?? cells.scalarCount
    let last = cells.offsets.firstIndex { $0 >= end - from } ?? cells.scalarCount

    var shownFrom = 0
    if isCutBefore || cells.scalarCount > Self.widthLimit {
      shownFrom = max(0, first - Self.lead)
    }
    if isCutBefore || shownFrom > 0 {
      text = "…"
      indent = 1
    }
    var width = 0
    var index = shownFrom
    while index < cells.scalarCount, width < Self.widthLimit {
      let cell = cells.texts[index]
      let cellWidth = cell.unicodeScalars.count
      if index < first { indent += cellWidth } else if index < last { markLength += cellWidth }
      text += cell
      width += cellWidth
      index += 1
    }
    if index < cells.scalarCount || to < lineRange.upperBound { text += "…" }
    markLength = max(1, markLength)
  }

  func lines(hint: String?) -> [String] {
    let blank = String(repeating: " ", count: gutter.count)
    let mark =
      String(repeating: " ", count: indent) + String(repeating: "^", count: markLength)
    return [
      text.isEmpty ? gutter + " |" : gutter + " | " + text,
      blank + " | " + mark + (hint.map { " " + $0 } ?? ""),
    ]
  }
}
