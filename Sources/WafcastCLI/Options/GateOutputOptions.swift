import ArgumentParser
import Findings
import Foundation
import GateReports
import ReportText
import Wafcast

/// Which reports are written, and where.
struct GateOutputOptions: ParsableArguments {
  @Option(
    name: .customLong("report"),
    help: ArgumentHelp(
      "A report and where it goes: text, json, junit, sarif, github (annotations), summary (job "
        + "summary), markdown (pull request comment), codequality; text to standard output unless "
        + "given. Repeatable.", valueName: "format[=file]"))
  var reports: [ReportDestination] = []

  @Flag(help: "Print the verdict only; no warnings, no progress.")
  var quiet = false

  @Flag(name: .customLong("no-progress"), help: "Print no progress.")
  var noProgress = false

  var showsProgress: Bool { !quiet && !noProgress && Terminal.errorIsTerminal }

  /// Whether a report carries the digests of the traffic.
  var needsDigests: Bool { destinations.contains { $0.format == .json } }

  /// Reports of the configuration, where the command line names none.
  func merging(_ configured: [ReportDestination]) -> GateOutputOptions {
    var merged = self
    if reports.isEmpty { merged.reports = configured }
    return merged
  }

  private var destinations: [ReportDestination] {
    reports.isEmpty ? [ReportDestination(.text)] : reports
  }

  func validate() throws {
    let onStandardOutput = destinations.filter {
      $0.path == nil && $0.format != .github && $0.format != .summary
    }
    if onStandardOutput.count > 1 {
      throw ValidationError("only one --report can go to standard output: name a file for others")
    }
    let files = destinations.compactMap(\.path)
    if Set(files).count < files.count {
      throw ValidationError("two reports can't be written to one file")
    }
  }

  /// Opens the files, before a long run ends in vain.
  func open(inputs: [String]) throws -> [OpenReport] {
    try destinations.map { destination in
      if destination.format == .summary, destination.path == nil {
        guard let path = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"], !path.isEmpty
        else {
          throw Failure(
            "--report summary: GITHUB_STEP_SUMMARY is not set; name a file, summary=FILE")
        }
        return OpenReport(format: .summary, file: try OutputFile(appendingTo: path))
      }
      return OpenReport(
        format: destination.format,
        file: try OutputFile(destination.path ?? "-", inputs: inputs))
    }
  }
}

/// A report whose file is open.
struct OpenReport {
  let format: GateReportFormat
  let file: OutputFile

  func write(_ report: GateReport, isQuiet: Bool) throws {
    let options = RenderOptions(
      style: file.isStandardOutput ? Terminal.style : TextStyle(), isQuiet: isQuiet,
      sourceDate: SourceDate.given)
    let text = report.rendered(as: format, options: options)
    try file.write(Array((text.hasSuffix("\n") || text.isEmpty ? text : text + "\n").utf8))
    try file.close()
  }
}

/// The time that a reproducible run takes for now.
enum SourceDate {
  /// `SOURCE_DATE_EPOCH` in seconds since 1970-01-01 UTC; nil where it is not set.
  static var given: Int64? {
    ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap { Int64($0) }
  }

  /// The same, or the clock's.
  static var now: Int64 { given ?? Int64(Date().timeIntervalSince1970) }
}
