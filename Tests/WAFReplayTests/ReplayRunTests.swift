import Testing
import WAFEngine
import WAFProgram
import WAFReplay
import WAFRequests

/// What a run hands out.
final class Collected {
  var predictions: [UInt8] = []
  var rejects: [RejectedRecord] = []
  var progress: [ReplayProgress] = []

  var sinks: ReplaySinks {
    ReplaySinks(
      predictions: { self.predictions += $0 }, rejects: { self.rejects.append($0) },
      progress: { self.progress.append($0) })
  }

  var lines: [String] {
    String(decoding: predictions, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

func replay(
  _ lines: [String], _ program: Program, workers: Int = 1, batchSize: Int = 7,
  masksSecrets: Bool = true
) async throws -> (report: ReplayReport, output: Collected) {
  let output = Collected()
  let options = ReplayOptions(
    workers: workers, writesPredictions: true, masksSecrets: masksSecrets)
  let report = try await ReplayRun(program, options: options).report(
    on: LineSource(lines, batchSize: batchSize), decoder: LogDecoder(), to: output.sinks)
  return (report, output)
}

struct ReplayRunTests {
  @Test func outputDoesNotDependOnWorkersAndBatches() async throws {
    var traffic = Traffic(seed: 7)
    let lines = traffic.lines(400)
    let program = TestProgram.make(.init(hasGeo: true, unmodelled: true))
    let one = try await replay(lines, program)
    #expect(one.report.evaluated > 300)
    #expect(one.report.outcomes.indeterminate > 0)
    #expect(one.report.outcomes.predictedBlocked > 0)
    for (workers, batchSize) in [(4, 7), (4, 1), (2, 64), (1, 1000)] {
      let other = try await replay(lines, program, workers: workers, batchSize: batchSize)
      #expect(other.output.predictions == one.output.predictions)
      #expect(other.output.rejects == one.output.rejects)
      #expect(other.report == one.report)
    }
  }

  @Test func everyRecordIsAccountedFor() async throws {
    var traffic = Traffic(seed: 11)
    let lines = traffic.lines(600)
    let (report, output) = try await replay(lines, TestProgram.make(), workers: 2)
    #expect(report.records == lines.count)
    #expect(report.rejects.count == output.rejects.count)
    #expect(output.lines.count == report.evaluated)
    #expect(report.rejects.count > 2)
    #expect(report.rejects.byCode.keys.sorted() == ["not-a-record", "wrong-type"])
    #expect(output.rejects.map(\.position) == output.rejects.map(\.position).sorted())
    let first = Array(output.rejects.map(\.position).prefix(20))
    #expect(report.rejects.samples.samples.map(\.position) == first)
    #expect(output.progress.last?.evaluated == report.evaluated)
    #expect(output.progress.last?.rejected == report.rejects.count)
    let byRule = report.rules.reduce(0) { $0 + $1.ended + $1.ended(.indeterminate) }
    #expect(byRule == report.evaluated)
  }

  @Test func anEmptyInputHasAnEmptyReport() async throws {
    let program = TestProgram.make()
    let (report, output) = try await replay([], program)
    #expect(report == ReplayReport(program))
    #expect(output.predictions.isEmpty)
  }

  struct ClosedPipe: Error {}

  @Test(arguments: [1, 4])
  func aFailingSinkEndsTheRun(workers: Int) async throws {
    var traffic = Traffic(seed: 3)
    let lines = traffic.lines(200)
    let written = Collected()
    let sinks = ReplaySinks(predictions: {
      written.predictions += $0
      if written.predictions.count > 5000 { throw ClosedPipe() }
    })
    let run = ReplayRun(
      TestProgram.make(), options: ReplayOptions(workers: workers, writesPredictions: true))
    await #expect(throws: ClosedPipe.self) {
      _ = try await run.report(on: LineSource(lines), decoder: LogDecoder(), to: sinks)
    }
  }

  /// Hands out batches for ever.
  struct Endless: RecordSource {
    mutating func nextBatch() throws -> RecordBatch? {
      let bytes = Array(#"{"httpRequest":{"uri":"/","httpMethod":"GET"}}"#.utf8)
      return RecordBatch(
        file: 0, bytes: bytes, records: [.init(bounds: 0..<bytes.count, offset: 0)])
    }
  }

  @Test func cancellingEndsTheRun() async throws {
    let program = TestProgram.make()
    let task = Task {
      try await ReplayRun(program).report(on: Endless(), decoder: LogDecoder())
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { _ = try await task.value }
  }

  @Test func expectationsAreHeldAgainstVerdicts() async throws {
    func line(_ path: String, _ expect: String, method: String = "GET") -> String {
      #"{"httpRequest":{"headers":[],"uri":"\#(path)","httpVersion":"HTTP/1.1","httpMethod":"\#(method)"},"wafcast":{"expect":\#(expect)}}"#
    }
    let admin = #"{"action":"BLOCK","rule":"admin/AdminProtection_URIPATH"}"#
    let (report, _) = try await replay(
      [
        line("/admin", admin), line("/", admin), line("/", #"{"action":"ALLOW"}"#),
        line("/", #"{"action":"BLOCK"}"#, method: "POST"),
        line("/", #"{"action":"CAPTCHA"}"#, method: "POST"),
      ], TestProgram.make())
    #expect(report.expectations.held == 2)
    #expect(report.expectations.undecided == 1)
    #expect(report.expectations.failed == 2)
    let failures = report.expectations.failures.samples
    #expect(failures.map(\.expectedAction) == ["BLOCK", "CAPTCHA"])
    #expect(failures.first?.expectedRule == "admin/AdminProtection_URIPATH")
    #expect(failures.first?.request.rule == "Default_Action")
  }
}
