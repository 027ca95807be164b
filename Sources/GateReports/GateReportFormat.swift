package import Findings
package import ReportText

/// The forms that a gate report can take.
package enum GateReportFormat: String, Hashable, Sendable, CaseIterable {
  /// For people, on a terminal.
  case text
  /// `docs/schemas/gate-report.schema.json`.
  case json
  case junit
  /// SARIF 2.1.0.
  case sarif
  /// Workflow commands of GitHub Actions, which show as annotations.
  case github
  /// The Markdown of a GitHub job summary.
  case summary
  /// The Markdown of a pull request comment.
  case markdown
  /// GitLab's Code Quality.
  case codequality
}

/// How a report is rendered; of these only `style` and `isQuiet` change the text form, `sourceDate`
/// the forms that carry a time.
package struct RenderOptions: Sendable {
  package var style: TextStyle
  /// The verdict alone.
  package var isQuiet: Bool
  /// Seconds since 1970-01-01 UTC; nil leaves times out.
  package var sourceDate: Int64?

  package init(
    style: TextStyle = TextStyle(), isQuiet: Bool = false, sourceDate: Int64? = nil
  ) {
    self.style = style
    self.isQuiet = isQuiet
    self.sourceDate = sourceDate
  }
}

extension GateReport {
  /// The report in a format: the same report gives the same bytes.
  package func rendered(
    as format: GateReportFormat, options: RenderOptions = RenderOptions()
  ) -> String {
    switch format {
    case .text: withoutCommands(TextForm(report: self, options: options).text)
    case .json: plainJSON(json)
    case .junit:
      withoutCommands(
        JUnitForm(report: self, sourceDate: options.sourceDate).text, number: "&#35;",
        colon: "&#58;")
    case .sarif: plainJSON(sarif)
    case .github: annotations
    case .summary:
      withoutCommands(MarkdownForm(report: self, limit: MarkdownForm.summaryLimit).text)
    case .markdown:
      withoutCommands(MarkdownForm(report: self, limit: MarkdownForm.commentLimit).text)
    case .codequality: plainJSON(codeQuality)
    }
  }
}

/// A report that may go to the log of a CI job, without what the job's runner would obey.
///
/// Runners take `::command::` at the start of a line, behind blanks too, and the older
/// `##[command]` and `##vso[command]` anywhere in a line.
///
/// - Parameters:
///   - number: how a `#` is written so that it is none.
///   - colon: the same of a `:`.
private func withoutCommands(
  _ text: String, number: String = "\\u{23}", colon: String = "\\u{3A}"
) -> String {
  var result = text
  if result.contains("##") {
    result = result.replacing("##[", with: number + "#[")
    result = result.replacing("##vso[", with: number + "#vso[")
  }
  guard result.contains("::") else { return result }
  // By scalars, as a combining mark behind a colon makes another character of it.
  let lines = result.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
  return lines.map { line in
    let start = line.drop { $0.properties.isWhitespace }
    guard start.starts(with: "::".unicodeScalars) else { return String(line) }
    return String(line[..<start.startIndex]) + colon + String(start.dropFirst())
  }.joined(separator: "\n")
}

/// JSON that may be shown anywhere: without what a runner would obey, and with each scalar escaped
/// that is no character.
private func plainJSON(_ value: JSONValue) -> String {
  let text = withoutCommands(value.prettyText + "\n", number: "\\u0023")
  return text.escaping { scalar in
    guard !scalar.isASCII else { return nil }
    switch scalar.properties.generalCategory {
    case .unassigned, .privateUse:
      return scalar.utf16.map { "\\u" + String($0, radix: 16) }.joined()
    default: return nil
    }
  }
}
