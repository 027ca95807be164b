import Diagnostics
import Findings
import ReportText

/// Markdown as GitHub and GitLab show it: a comment on a pull request, or a job summary.
///
/// Texts of requests stand in code spans and are escaped: no link, mention, image or tag comes of
/// them. What does not fit is left out by whole rows, and the end says so.
struct MarkdownForm {
  let report: GateReport
  /// Bytes of UTF-8 at most.
  let limit: Int

  /// GitHub takes 65,536 characters of a comment.
  static let commentLimit = 60_000
  /// GitHub drops a summary above 1 MiB as a whole.
  static let summaryLimit = 900 * 1024

  var text: String {
    // What the end takes is kept free.
    var page = Page(limit: limit - 1200)
    let names = report.sections.map(\.name).joined(separator: ",")
    page.add("<!-- wafcast:report:\(Self.comment(names)) -->")
    page.add("### wafcast \(report.command): \(Self.plain(report.verdict))")
    page.add("")
    if report.isPartial {
      page.add("> **Interrupted.** What follows is true of a part of the traffic only.")
      page.add("")
    }
    for section in report.sections { write(section, to: &page) }
    for notice in report.notices { page.add("> \(Self.plain(notice))\n") }
    var end = ""
    if page.isCut { end += "\n_More did not fit here; the JSON report has all of it._\n" }
    if let command = report.stamp.first(where: { $0.name == "command" })?.value {
      end += "\n<sub>To reproduce: \(Self.code(short(command, 200)))</sub>\n"
    }
    return page.text + end
  }

  private func write(_ section: GateSection, to page: inout Page) {
    page.add("#### \(Self.code(section.name)) in \(Self.code(section.file))")
    page.add("")
    if section.requests > 0 {
      var line = "\(counted(section.requests, "request"))"
      if section.rejects > 0 { line += ", \(grouped(section.rejects)) unreadable" }
      if !section.base.isEmpty { line += ", compared with \(Self.code(section.base))" }
      page.add(line)
      page.add("")
    }
    if !section.totals.rows.isEmpty {
      page.add("| | old | new |")
      page.add("|---|--:|--:|")
      for row in section.totals.rows {
        let isPlain = row.name == "COUNT" || row.name == "indeterminate"
        let (old, new) =
          isPlain
          ? (grouped(row.old.upperBound), grouped(row.new.upperBound))
          : (row.old.inWords, row.new.inWords)
        page.add("| \(row.name) | \(old) | \(new) |")
      }
      page.add("")
    }
    writeFindings(section, to: &page)
    writeStructure(section, to: &page)
    writeCases(section, to: &page)
    if let coverage = section.coverage {
      let rules = coverage.counts(of: .rule)
      let leaves = coverage.counts(of: .leaf)
      page.add(
        "Coverage: **\(coverage.percentText)** (\(rules.covered) of \(counted(rules.all, "rule")), "
          + "\(leaves.covered) of \(counted(leaves.all, "leaf statement")))")
      page.add("")
    }
    if !section.assumptions.isEmpty {
      page.open("<details><summary>Assumptions</summary>\n")
      for assumption in section.assumptions { page.add("- \(Self.code(assumption))") }
      page.close("\n</details>\n")
    }
  }

  private func writeFindings(_ section: GateSection, to page: inout Page) {
    guard !section.findings.isEmpty else { return }
    page.add("| | finding | requests | clients | rule |")
    page.add("|---|---|--:|--:|---|")
    for finding in section.findings.prefix(10) { page.add(row(finding)) }
    page.add("")
    for finding in section.findings.prefix(10) where !finding.isPlain {
      page.open("<details><summary>\(Self.html(short(finding.message)))</summary>\n")
      for line in finding.factLines.prefix(30) { page.add("- \(Self.code(line))") }
      if let title = finding.cureTitle {
        page.add("\n\(Self.plain(title))\n\n\(Self.block(finding.cure))")
      }
      page.close("\n</details>\n")
    }
    guard section.findings.count > 10 else { return }
    page.open("<details><summary>\(section.findings.count - 10) more findings</summary>\n")
    page.add("| | finding | requests | clients | rule |")
    page.add("|---|---|--:|--:|---|")
    for finding in section.findings.dropFirst(10) { page.add(row(finding)) }
    page.close("\n</details>\n")
  }

  private func row(_ finding: Finding) -> String {
    let mark =
      finding.acceptance != nil
      ? "accepted" : finding.isFailing ? "**fails**" : finding.severity.rawValue
    let what =
      finding.route.isEmpty ? Self.plain(short(finding.message)) : Self.code(short(finding.route))
    return "| \(mark) | \(finding.kind.rawValue) \(what) | "
      + "\(finding.radius.map { $0.requests.inWords } ?? "") | "
      + "\(finding.radius.map(\.clients.text) ?? "") | "
      + "\(finding.rule.isEmpty ? "" : Self.code(finding.rule)) |"
  }

  private func writeStructure(_ section: GateSection, to page: inout Page) {
    guard !section.structure.isEmpty else { return }
    page.open(
      "<details><summary>\(counted(section.structure.count, "change")) in the documents</summary>\n"
    )
    for change in section.structure {
      page.add("- \(change.kind.rawValue) \(Self.code(change.subject))")
      for detail in change.details { page.add("  - \(Self.code(short(detail, 300)))") }
    }
    page.close("\n</details>\n")
  }

  private func writeCases(_ section: GateSection, to page: inout Page) {
    let failed = section.cases.filter { $0.status == .failed || $0.status == .error }
    guard !section.cases.isEmpty else { return }
    page.add(
      "\(counted(section.cases.count - failed.count, "case")) as expected, \(failed.count) not.")
    page.add("")
    for result in failed {
      page.add(
        "- **\(result.group)** \(Self.code(short(result.name))): \(Self.plain(short(result.message, 300)))"
      )
    }
    if !failed.isEmpty { page.add("") }
  }

  // MARK: Escapes

  /// A code span: inert whatever is in it.
  static func code(_ text: String) -> String {
    // A bar ends a cell of a table even in a code span.
    let shown = printable(short(text, 300)).escaping { $0 == "|" ? "\u{FF5C}" : nil }
    guard !shown.isEmpty else { return "" }
    let fence = String(repeating: "`", count: longestRun(in: shown) + 1)
    let ends = [shown.unicodeScalars.first, shown.unicodeScalars.last]
    let pad = ends.contains("`") ? " " : ""
    return fence + pad + shown + pad + fence
  }

  /// Lines to paste, in a fence that none of them ends.
  private static func block(_ lines: [String]) -> String {
    let text = lines.map { printable(short($0, 400)) }.joined(separator: "\n")
    let fence = String(repeating: "`", count: max(3, longestRun(in: text) + 1))
    return "\(fence)json\n\(text)\n\(fence)"
  }

  /// The length of the longest run of backticks.
  private static func longestRun(in text: String) -> Int {
    var longest = 0
    var run = 0
    for scalar in text.unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  /// Prose: markup characters escaped, mentions and references broken.
  static func plain(_ text: String) -> String {
    escaped(text) { scalar in
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "(", ")", "!", "~", "|", "#", "$": "\\"
      default: ""
      }
    }
  }

  /// Text inside an HTML element, where markup characters are none.
  ///
  /// A reader that looks for links there all the same finds none.
  static func html(_ text: String) -> String {
    escaped(text) { _ in "" }.escaping { scalar in
      "[]`".unicodeScalars.contains(scalar) ? "&#\(scalar.value);" : nil
    }
  }

  /// Mentions, references to issues and addresses are looked for in the finished page, so that a
  /// backslash does not help: a blank of no width does.
  private static func escaped(_ text: String, _ escape: (Unicode.Scalar) -> String) -> String {
    var before: [String] = []
    return printable(short(text, 800)).escaping { scalar in
      defer { before = before.suffix(2) + [scalar.properties.lowercaseMapping] }
      switch scalar {
      case "<": return "&lt;"
      case ">": return "&gt;"
      case "&": return "&amp;"
      case "@", ":", "#", "!", "$", "%", "~", "^": return escape(scalar) + "\(scalar)\u{200B}"
      case "." where before == ["w", "w", "w"]: return "\u{200B}."
      case "-" where before.suffix(2) == ["g", "h"]: return "\u{200B}-"
      default: return escape(scalar) + "\(scalar)"
      }
    }
  }

  /// Text inside an HTML comment: letters, digits and a few marks.
  private static func comment(_ text: String) -> String {
    String(
      text.unicodeScalars.prefix(200).map { scalar in
        let isPlain =
          scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        return isPlain || "_.,".unicodeScalars.contains(scalar) ? Character(scalar) : "-"
      }
    ).replacing("--", with: "-")
  }
}

/// Lines up to a limit; what was opened is closed.
private struct Page {
  let limit: Int
  private(set) var text = ""
  private(set) var isCut = false
  private var size = 0
  private var isSkipping = false

  init(limit: Int) { self.limit = limit }

  mutating func add(_ line: String, isClosing: Bool = false) {
    let count = line.utf8.count + 1
    guard isClosing || (!isSkipping && size + count <= limit) else {
      // Nothing after the first row that did not fit: a gap in a table would mislead.
      isCut = true
      isSkipping = true
      return
    }
    text += line + "\n"
    size += count
  }

  private var wasOpened = false

  mutating func open(_ line: String) {
    let before = isSkipping
    add(line)
    wasOpened = !before && !isSkipping
  }

  mutating func close(_ line: String) {
    guard wasOpened else { return }
    add(line, isClosing: true)
    wasOpened = false
  }
}

extension Finding {
  /// Whether there is nothing to unfold.
  fileprivate var isPlain: Bool { detailLines.isEmpty }
}
