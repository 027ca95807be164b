import ReportText

/// Blocks as text for a terminal.
struct TextBlocks {
  private var page: TextPage

  init(_ blocks: [PageBlock], _ style: TextStyle) {
    page = TextPage(style)
    for block in blocks { write(block) }
  }

  var text: String { page.text }

  private mutating func write(_ block: PageBlock) {
    switch block {
    case .title(let name, let title):
      page.line(StyledText(name, .heading) + StyledText("  \(title)"))
    case .heading(let title):
      page.gap()
      page.line(title, .heading)
    case .rule(let number, let name, let action, let role):
      page.gap()
      page.line(
        StyledText("\(number)  ", .faint)
          + StyledText(name, .heading).padded(to: 48) + "  " + StyledText(action, role))
    case .label(let name):
      page.gap()
      page.line(name, .heading)
    case .paragraph(let words):
      page.paragraph(words.plainText, indent: 2, cutsWords: false)
    case .entry(let mark, let role, let words):
      page.paragraph(
        words.plainText, lead: StyledText("    ") + Self.mark(mark, role), indent: 16,
        cutsWords: false)
    case .detail(let name, let words):
      page.paragraph(
        "\(name): \(words.plainText)", .faint, indent: 16, cutsWords: false)
    case .condition(let lines):
      // As a whole: half a pattern proves nothing.
      for line in lines { page.line(String(repeating: " ", count: 16) + line) }
    case .facts(let facts):
      for fact in facts {
        page.paragraph(
          fact.value.plainText, lead: StyledText("    ") + Self.name(fact.name), indent: 22,
          cutsWords: false)
      }
    case .table(_, let rows):
      for row in rows { write(row: row) }
    case .item(let words):
      page.paragraph(
        words.plainText, lead: StyledText("  - "), indent: 4, cutsWords: false)
    }
  }

  /// The first cell, and the others behind it.
  private mutating func write(row: [Words]) {
    let rest = row.dropFirst().map(\.plainText).filter { !$0.isEmpty }.joined(separator: "  ")
    page.paragraph(
      rest, lead: StyledText("  " + (row.first?.plainText ?? "")).padded(to: 18) + "  ",
      indent: 20, cutsWords: false)
  }

  private static func mark(_ mark: String, _ role: TextRole) -> StyledText {
    StyledText(mark, role).padded(to: 11) + " "
  }

  private static func name(_ name: String) -> StyledText {
    StyledText(name, .faint).padded(to: 17) + " "
  }
}
