import Diagnostics

/// Blocks as Markdown.
///
/// Nothing in a text is markup: names and parts of requests stand in code spans, all else is escaped.
struct MarkdownPage {
  private(set) var text = ""

  init(_ blocks: [PageBlock]) {
    var previous: PageBlock?
    for block in blocks {
      if let previous, block.needsGap(behind: previous) { text += "\n" }
      write(block)
      previous = block
    }
  }

  private mutating func write(_ block: PageBlock) {
    switch block {
    case .title(let name, let title):
      line("# \(Self.plain(name)): \(Self.plain(title))")
    case .heading(let title):
      line("## \(Self.plain(title))")
    case .rule(let number, let name, let action, _):
      line("### \(number). \(Self.plain(name)): \(Self.plain(action))")
    case .label(let name):
      line("### \(Self.code(name))")
    case .paragraph(let words):
      line(Self.inline(words))
    case .entry(let mark, _, let words):
      line("- **\(Self.name(mark))**: \(Self.inline(words))")
    case .detail(let name, let words):
      line("  - \(Self.name(name)): \(Self.inline(words))")
    case .condition(let lines):
      let fence = Self.fence(for: lines.joined(separator: "\n"), atLeast: 3)
      line("  " + fence + "text")
      for row in lines { line("  " + printable(row)) }
      line("  " + fence)
    case .facts(let facts):
      line("| | |")
      line("|---|---|")
      for fact in facts { line("| \(Self.name(fact.name)) | \(Self.cell(fact.value)) |") }
    case .table(let columns, let rows):
      line("| " + columns.map { Self.plain($0) }.joined(separator: " | ") + " |")
      line("|" + columns.map { _ in "---|" }.joined())
      for row in rows { line("| " + row.map { Self.cell($0) }.joined(separator: " | ") + " |") }
    case .item(let words):
      line("- \(Self.inline(words))")
    }
  }

  /// What a value is, with a capital.
  private static func name(_ name: String) -> String {
    plain(name.prefix(1).uppercased() + name.dropFirst())
  }

  private mutating func line(_ line: String) { text += line + "\n" }

  // MARK: Inline

  static func inline(_ words: Words) -> String { render(words, inCell: false) }

  /// A bar ends a cell of a table even in a code span; GitHub takes `\|` there for the bar alone.
  static func cell(_ words: Words) -> String { render(words, inCell: true) }

  private static func render(_ words: Words, inCell: Bool) -> String {
    let text = words.pieces.map { piece in
      switch piece {
      case .plain(let text): linked(text)
      case .code(let text): code(text, inCell: inCell)
      case .link(let text, let target): "[\(plain(text))](\(target.filter { isOfAddress($0) }))"
      }
    }.joined()
    // A dash would start a list, an equals sign underline a heading.
    return text.first.map { "+-=".contains($0) } == true ? "\\" + text : text
  }

  static func code(_ text: String, inCell: Bool = false) -> String {
    var shown = printable(text)
    guard !shown.isEmpty else { return "(empty)" }
    let fence = fence(for: shown, atLeast: 1)
    if inCell { shown = shown.replacing("|", with: "\\|") }
    let needsPad =
      shown.hasPrefix("`") || shown.hasSuffix("`")
      || shown.hasPrefix(" ") || shown.hasSuffix(" ")
    let pad = needsPad ? " " : ""
    return fence + pad + shown + pad + fence
  }

  /// Back quotes that no run in the text ends.
  private static func fence(for text: String, atLeast count: Int) -> String {
    var longest = 0
    var run = 0
    for character in text.utf8 {
      run = character == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return String(repeating: "`", count: longest == 0 ? count : max(count, longest + 1))
  }

  /// Text whose addresses are links and which has no other markup.
  private static func linked(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      guard word.hasPrefix("https://") else { return plain(String(word)) }
      let address = word.prefix { isOfAddress($0) }
      // What closes a sentence is no part of the address.
      let end = address.reversed().prefix { ".,;:".contains($0) }.count
      let link = address.dropLast(end)
      return "<\(link)>" + plain(String(word.dropFirst(link.count)))
    }.joined(separator: " ")
  }

  private static func isOfAddress(_ character: Character) -> Bool {
    character.isASCII
      && (character.isLetter || character.isNumber || "-._~:/?#=%&+,;@".contains(character))
  }

  static func plain(_ text: String) -> String {
    var result = ""
    for scalar in printable(text).unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "$", "#", "!": result += "\\\(scalar)"
      // A mention or a link would come of it: a blank of no width prevents that.
      case "@": result += "@\u{200B}"
      case ":" where ["http", "https", "ftp"].contains { result.lowercased().hasSuffix($0) }:
        result += ":\u{200B}"
      case "." where result.lowercased().hasSuffix("www"): result += "\u{200B}."
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension PageBlock {
  /// Whether an empty line stands between this block and the one before: not within a list.
  fileprivate func needsGap(behind previous: PageBlock) -> Bool {
    switch (previous, self) {
    case (.item, .item), (.entry, .entry), (.entry, .detail), (.detail, .detail), (.detail, .entry):
      false
    default: true
    }
  }
}
