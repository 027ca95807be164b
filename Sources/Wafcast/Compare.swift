import TrafficReading
package import WAFComparison
import WAFCompiler
package import WAFReplay
package import WAFTraffic

/// Two web ACLs, each read from its documents, and compiled over one set of leaves.
package struct CompiledComparison: Sendable {
  package let old: CompiledWebACL
  package let new: CompiledWebACL
  package let programs: ProgramPair

  /// Compiles two web ACLs to be compared; both must have been read with the same options.
  package init(old: CompiledWebACL, new: CompiledWebACL) {
    self.old = old
    self.new = new
    // What is wrong with either was found when it was compiled alone.
    var programs = Compiler.compile(
      old: old.webACL, old.bundle, new: new.webACL, new.bundle, catalogue: new.catalogue,
      options: new.compilerOptions
    ).programs
    programs.old.stamp = old.program.stamp
    programs.new.stamp = new.program.stamp
    self.programs = programs
  }
}

/// What a comparison found, beside the report: what it read and what it could not.
package struct ComparedTraffic: Sendable {
  package var report: ComparisonReport
  /// Whether the run was interrupted: the report is on a part of the traffic.
  package var isPartial: Bool
  /// The inputs in the order read; record positions count them.
  package var inputs: [String]
  package var notices: [TrafficNotice]
}

/// Says what a new web ACL does to recorded requests otherwise than the old one, in one pass.
///
/// Parameters and errors are those of `replay`. Where the task is cancelled, what was found so far
/// is told.
package func compare(
  _ webACLs: CompiledComparison, traffic: [String], format: TrafficFormat = .auto,
  maxRecordBytes: Int? = nil, options: ReplayOptions = ReplayOptions(),
  sinks: ReplaySinks = ReplaySinks()
) async throws -> ComparedTraffic {
  let run = ComparisonRun(
    webACLs.programs, options: options, addresses: webACLs.new.addresses)
  let input = try SpooledTraffic(TrafficInput(paths: traffic), isNeeded: run.passes > 1)
  let notices = NoticeList()
  let records = TrafficRecords(
    input, format: format, maxRecordBytes: maxRecordBytes, notices: notices)
  let (report, isPartial) = try await run.report(
    on: records, decoder: TrafficRecordDecoder(), to: sinks)
  return ComparedTraffic(
    report: report, isPartial: isPartial, inputs: input.names, notices: notices.all)
}
