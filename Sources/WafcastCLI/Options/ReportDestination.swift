import ArgumentParser
import GateReports
import Wafcast

/// `--report FORMAT` or `--report FORMAT=FILE`.
struct ReportDestination: ExpressibleByArgument {
  var format: GateReportFormat
  /// Nil for standard output, or, for a job summary, the file that GitHub names.
  var path: String?

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let format = GateReportFormat(rawValue: String(parts[0])) else { return nil }
    self.format = format
    if parts.count == 2 {
      guard !parts[1].isEmpty else { return nil }
      path = parts[1] == "-" ? nil : String(parts[1])
    }
  }

  init(_ format: GateReportFormat, path: String? = nil) {
    self.format = format
    self.path = path
  }

  static var allValueStrings: [String] { GateReportFormat.allCases.map(\.rawValue) }
}
