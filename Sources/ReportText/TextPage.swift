/// The lines of a report.
package struct TextPage: Sendable {
  package var style: TextStyle
  package private(set) var lines: [StyledText] = []

  package init(_ style: TextStyle) {
    self.style = style
  }

  package mutating func line(_ line: StyledText = StyledText()) {
    lines.append(line)
  }

  package mutating func line(_ text: String, _ role: TextRole = .plain) {
    lines.append(StyledText(text, role))
  }

  /// An empty line, unless the page is empty or the last line is empty already.
  package mutating func gap() {
    guard let last = lines.last, !last.isEmpty else { return }
    lines.append(StyledText())
  }

  /// Adds words in lines of the page's width, each line behind `indent` blanks, the first behind
  /// `lead`.
  ///
  /// A word wider than the page is cut, unless `cutsWords` says otherwise, as for addresses.
  package mutating func paragraph(
    _ text: String, _ role: TextRole = .plain, lead: StyledText = StyledText(), indent: Int = 0,
    cutsWords: Bool = true
  ) {
    let start = lead.isEmpty ? StyledText(String(repeating: " ", count: indent)) : lead
    var line = start
    var isFresh = true
    for word in text.split(separator: " ") {
      let piece = StyledText(String(word), role)
      if !isFresh, line.width + 1 + piece.width > style.width {
        lines.append(line)
        line = StyledText(String(repeating: " ", count: indent))
        isFresh = true
      }
      if !isFresh { line += StyledText(" ", role) }
      let room = style.width - min(line.width, style.width - 20)
      line += cutsWords ? piece.cut(to: room) : piece
      isFresh = false
    }
    lines.append(line)
  }

  /// The text, a line feed behind each line.
  package var text: String {
    lines.map { $0.rendered(style) + "\n" }.joined()
  }
}
