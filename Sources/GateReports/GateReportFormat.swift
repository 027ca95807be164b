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
    case .text: TextForm(report: self, options: options).text
    case .json: json.prettyText + "\n"
    case .junit: JUnitForm(report: self, sourceDate: options.sourceDate).text
    case .sarif: sarif.prettyText + "\n"
    case .github: annotations
    case .summary: MarkdownForm(report: self, limit: MarkdownForm.summaryLimit).text
    case .markdown: MarkdownForm(report: self, limit: MarkdownForm.commentLimit).text
    case .codequality: codeQuality.prettyText + "\n"
    }
  }
}
