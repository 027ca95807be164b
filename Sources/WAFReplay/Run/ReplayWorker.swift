import Bytes
import PredictedRecords
import Synchronization
import WAFEngine
import WAFProgram
import WAFRequests

/// Decodes, evaluates and counts; one task uses it at a time.
///
/// Keeps the scratch memory of evaluation and its part of the report from batch to batch. Parts
/// merge to the same report whichever worker had which batch.
final class ReplayWorker<Decoder: RecordDecoder>: BatchProcessor {
  private let state: Mutex<State>

  init(_ run: ReplayRun, _ decoder: Decoder, keepsRejects: Bool, _ findings: RateFindings?) {
    state = Mutex(State(run, decoder, keepsRejects: keepsRejects, findings))
  }

  func process(_ batch: RecordBatch, firstOrdinal: Int) throws(CancellationError) -> BatchResult {
    try state.withLock { state throws(CancellationError) in
      try state.process(batch, firstOrdinal: firstOrdinal)
    }
  }

  /// This worker's part of the report.
  var report: ReplayReport { state.withLock { $0.report } }

  /// Where this worker's time went; nothing is measured unless the options ask for it.
  var profile: ReplayProfile { state.withLock { $0.finishedProfile } }

  private struct State: ~Copyable {
    let decoder: Decoder
    let index: ReportIndex
    let writesPredictions: Bool
    let keepsRejects: Bool
    /// What a simulation of rates found; nil where there was none.
    let findings: RateFindings?
    var evaluator: Evaluator
    var writer: PredictedRecordWriter
    var request = SummarizedRequest()
    var details = VerdictDetails()
    var report: ReplayReport
    let profiles: Bool
    var profile: ReplayProfile
    var clock = StageClock()

    init(_ run: ReplayRun, _ decoder: Decoder, keepsRejects: Bool, _ findings: RateFindings?) {
      self.decoder = decoder
      self.keepsRejects = keepsRejects
      self.findings = findings
      index = ReportIndex(run.program)
      writesPredictions = run.options.writesPredictions
      evaluator = run.makeEvaluator()
      // Only predicted records say which of their fields are open.
      evaluator.notesOpenFields = run.options.writesPredictions
      writer = PredictedRecordWriter(run.program, masksSecrets: run.options.masksSecrets)
      report = ReplayReport(run.program)
      profiles = run.options.profiles
      profile = ReplayProfile(run.program)
      if run.options.profiles { evaluator.startProfile() }
    }

    var finishedProfile: ReplayProfile {
      var profile = profile
      profile.evaluation = evaluator.profile
      return profile
    }

    mutating func process(
      _ batch: RecordBatch, firstOrdinal: Int
    ) throws(CancellationError) -> BatchResult {
      var result = BatchResult()
      for (number, record) in batch.records.enumerated() {
        if number & 63 == 0, Task.isCancelled { throw CancellationError() }
        let position = RecordPosition(file: batch.file, offset: record.offset)
        let bytes = batch.bytes.span.extracting(record.bounds)
        if profiles { clock.start() }
        do throws(RejectReason) {
          try decoder.decode(
            bytes, format: batch.format, position: position, into: &request.record)
        } catch {
          reject(
            RejectedRecord(bytes, at: position, reason: error, keepsAll: keepsRejects),
            into: &result)
          continue
        }
        // The decoder need not know of positions.
        request.record.position = position
        end(.decode)
        findings?.apply(ordinal: firstOrdinal + number, to: &evaluator)
        evaluate(into: &result)
      }
      for reject in batch.rejects { self.reject(reject, into: &result) }
      result.rejects.sort { $0.position < $1.position }
      return result
    }

    private mutating func reject(_ reject: RejectedRecord, into result: inout BatchResult) {
      result.rejected += 1
      report.addReject(reject)
      if keepsRejects { result.rejects.append(reject) }
    }

    @inline(__always)
    private mutating func end(_ stage: ReplayProfile.Stage) {
      if profiles { clock.end(stage, in: &profile) }
    }

    private mutating func evaluate(into result: inout BatchResult) {
      let verdict = evaluator.evaluate(request.record)
      // First what the verdict's own walk found: the pass for needs walks once more.
      evaluator.copyDetails(for: verdict, into: &details)
      if writesPredictions {
        evaluator.noteMatchDetails(for: verdict, request.record, into: &details)
      }
      end(.evaluate)
      var needs: [Need] = []
      var openRules: [OpenRule] = []
      if let open = evaluator.openFindings(for: verdict, request.record) {
        (needs, openRules) = (open.needs, open.rules)
        end(.explain)
      }
      request.summarize(verdict, index)
      report.add(
        request, verdict, details, needs: needs, openRules: openRules, index: index)
      end(.count)
      if writesPredictions {
        writer.append(request.record, verdict, details, needs: needs, to: &result.predictions)
        end(.write)
      }
      profile.requests += 1
      result.evaluated += 1
    }
  }
}

/// What became of one batch, for the parts of the output that are in input order.
struct BatchResult: BatchOutcome {
  /// Predicted records.
  var predictions: [UInt8] = []
  /// What could not be read, in input order; kept only where somebody asks for it.
  var rejects: [RejectedRecord] = []
  var evaluated = 0
  var rejected = 0
}
