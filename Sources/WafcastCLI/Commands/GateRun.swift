import Findings
import ReportText
import WAFComparison
import WAFReplay
import WAFReports
import Wafcast

/// A comparison as `diff` and `check` run it.
struct GateRun {
  let limits: TrafficOptions
  let showsProgress: Bool

  func compare(
    _ webACLs: CompiledComparison, traffic: [String]
  ) async throws -> ComparedTraffic {
    let progress = showsProgress ? ProgressLine() : nil
    defer { progress?.clear() }
    do {
      return try await Wafcast.compare(
        webACLs, traffic: traffic, format: limits.recordings.formatIn,
        maxRecordBytes: limits.maxRecord,
        options: ReplayOptions(workers: limits.workers, rates: limits.rate),
        sinks: ReplaySinks(progress: progress.map { line in { line.show($0) } }))
    } catch {
      throw try Failure(explaining: error)
    }
  }

  /// What makes a run worthless, whatever it found: exit code 2.
  static func problems(
    of compared: ComparedTraffic, limits: TrafficOptions
  ) -> [(kind: FindingKind, message: String)] {
    guard !compared.isPartial else { return [] }
    var problems: [(kind: FindingKind, message: String)] = []
    for notice in compared.notices where notice.isError {
      problems.append(
        (.unreadableTraffic, (notice.input.isEmpty ? "" : notice.input + ": ") + notice.message))
    }
    let report = compared.report.new
    if report.evaluated == 0 {
      problems.append((.noReadableRequest, "no request could be read"))
    } else if limits.maxRejects.isExceeded(by: report.rejects.count, of: report.records) {
      problems.append(
        (
          .unreadableRecord,
          "\(grouped(report.rejects.count)) of \(counted(report.records, "record")) could not be "
            + "read, more than --max-rejects \(limits.maxRejects.text)"
        ))
    }
    return problems
  }
}
