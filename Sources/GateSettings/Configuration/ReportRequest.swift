import Diagnostics

/// A report that is to be written: `sarif=out.sarif`; without a path, to standard output.
package struct ReportRequest: Hashable, Sendable {
  /// The forms of reports, as the room of reports names them.
  package static let formats = [
    "text", "json", "junit", "sarif", "github", "summary", "markdown", "codequality",
  ]

  package var format: String
  /// As seen from the working directory; nil and `-` for standard output.
  package var path: String?

  package init(format: String, path: String?) {
    self.format = format
    self.path = path
  }

  /// Why a text is none.
  package struct Problem: Error, Hashable, Sendable {
    package var message: String
    package var notes: [String]
    package var suggestion: String?
  }

  package init(_ text: String, formats: [String] = Self.formats) throws(Problem) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let format = parts.first.map(String.init) ?? ""
    guard formats.contains(format) else {
      throw Problem(
        message: "there is no form '\(format)' of a report",
        notes: ["one of \(formats.joined(separator: ", "))"],
        suggestion: didYouMean(format, among: formats))
    }
    self.format = format
    guard parts.count > 1 else { return }
    guard !parts[1].isEmpty else {
      throw Problem(message: "the file of the report is missing", notes: ["\(format)=FILE"])
    }
    path = String(parts[1])
  }

  package var text: String { path.map { "\(format)=\($0)" } ?? format }
}
