import TrafficReading
package import WAFReplay
import WAFRequests
package import WAFTraffic

/// What a replay found, beside the report: what it read and what it could not.
package struct ReplayedTraffic: Sendable {
  /// What the web ACL would have done.
  package var report: ReplayReport
  /// The inputs in the order read; record positions count them.
  package var inputs: [String]
  /// What was odd about the inputs, in that order.
  package var notices: [TrafficNotice]
}

/// Something odd about one input.
package struct TrafficNotice: Hashable, Sendable {
  /// The input's name, as given or found.
  package var input: String
  /// What is odd, in words.
  package var message: String
  /// Whether records were lost by it.
  package var isError: Bool
}

/// Replays recorded requests against a web ACL.
///
/// An input that cannot be read is a notice, and the replay goes on with the next.
///
/// - Parameters:
///   - acl: the web ACL.
///   - traffic: files, directories, or `-` for standard input.
///   - format: the format of all inputs; unless it is given, the first bytes of each one tell.
///   - maxRecordBytes: longer records are rejected; nil for 16 MiB.
///   - options: how the replay runs.
///   - sinks: where predicted records and rejects go.
/// - Throws: where an input does not exist, and what a sink throws.
package func replay(
  _ acl: CompiledWebACL, traffic: [String], format: TrafficFormat = .auto,
  maxRecordBytes: Int? = nil,
  options: ReplayOptions = ReplayOptions(), sinks: ReplaySinks = ReplaySinks()
) async throws -> ReplayedTraffic {
  let run = ReplayRun(acl.program, options: options, addresses: acl.addresses)
  // Rates need more than one pass over the traffic.
  let input = try SpooledTraffic(TrafficInput(paths: traffic), isNeeded: run.passes > 1)
  let notices = NoticeList()
  let records = TrafficRecords(
    input, format: format, maxRecordBytes: maxRecordBytes, notices: notices)
  let report = try await run.report(on: records, decoder: TrafficRecordDecoder(), to: sinks)
  return ReplayedTraffic(report: report, inputs: input.names, notices: notices.all)
}
