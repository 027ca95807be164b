import Bytes
import Synchronization
import WAFEngine
import WAFProgram
import WAFRequests

/// Decodes records and asks which part they have in the rules of a pass; one task uses it at a time.
final class RateProbe<Decoder: RecordDecoder>: BatchProcessor {
  private let state: Mutex<State>
  private let rates: Range<Int>
  private let findings: RateFindings

  init(_ run: ReplayRun, _ decoder: Decoder, _ rates: Range<Int>, _ findings: RateFindings) {
    state = Mutex(State(run, decoder))
    self.rates = rates
    self.findings = findings
  }

  func process(_ batch: RecordBatch, firstOrdinal: Int) throws(CancellationError) -> ProbedBatch {
    let (rates, findings) = (rates, findings)
    return try state.withLock { state throws(CancellationError) in
      try state.process(batch, firstOrdinal: firstOrdinal, rates, findings)
    }
  }

  private struct State: ~Copyable {
    let decoder: Decoder
    var evaluator: Evaluator
    var record = RequestRecord()
    var parts: ContiguousArray<RateParticipation> = []

    init(_ run: ReplayRun, _ decoder: Decoder) {
      self.decoder = decoder
      evaluator = run.makeEvaluator()
    }

    mutating func process(
      _ batch: RecordBatch, firstOrdinal: Int, _ rates: Range<Int>, _ findings: RateFindings
    ) throws(CancellationError) -> ProbedBatch {
      var result = ProbedBatch(rateCount: rates.count)
      for (number, framed) in batch.records.enumerated() {
        if number & 63 == 0, Task.isCancelled { throw CancellationError() }
        let position = RecordPosition(file: batch.file, offset: framed.offset)
        let bytes = batch.bytes.span.extracting(framed.bounds)
        do throws(RejectReason) {
          try decoder.decode(
            bytes, format: batch.format, position: position, into: &record)
        } catch {
          result.rejected += 1
          continue
        }
        result.evaluated += 1
        guard let timestamp = record.timestamp else { continue }
        let tick = RateClock.tick(timestamp)
        result.firstTick = min(result.firstTick ?? tick, tick)
        let ordinal = firstOrdinal + number
        findings.apply(ordinal: ordinal, to: &evaluator)
        evaluator.probeRates(rates, record, into: &parts)
        for place in parts.indices {
          RateEntry.append(
            parts[place], tick: tick, ordinal: ordinal, to: &result.entries[place])
        }
      }
      result.recordCount = batch.records.count
      result.rejected += batch.rejects.count
      return result
    }
  }
}

/// Who takes part, of one batch.
struct ProbedBatch: BatchOutcome {
  /// For each rule of the pass.
  var entries: [[RateEntry]]
  /// The first check of the batch; nil where no record has a time.
  var firstTick: Int64?
  /// All framed records, unreadable ones included: they have a place too.
  var recordCount = 0
  var evaluated = 0
  var rejected = 0

  init(rateCount: Int) {
    entries = .init(repeating: [], count: rateCount)
  }
}
