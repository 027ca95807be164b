import Synchronization
import WAFEngine

/// Does something with a batch of records; one task uses it at a time.
package protocol BatchProcessor: Sendable {
  associatedtype Outcome: BatchOutcome

  /// What became of a batch, the first record of which has the place `firstOrdinal` of all records
  /// in framing order.
  func process(_ batch: RecordBatch, firstOrdinal: Int) throws(CancellationError) -> Outcome
}

/// What became of a batch.
package protocol BatchOutcome: Sendable {
  /// Records read.
  var evaluated: Int { get }
  /// Records that could not be read.
  var rejected: Int { get }
}

/// One pass over the traffic: workers frame a batch in turn, each its own, and process it.
///
/// So framing takes no core away from the workers where there are as many of them as cores, and
/// still goes on beside them: that is what lets a single compressed file use more than one core. At
/// most a few batches are in flight, those that wait for an earlier one included, so memory is
/// bounded.
package struct BatchLoop {
  /// Where the progress of the pass begins.
  package var progress: ReplayProgress

  package init(progress: ReplayProgress = ReplayProgress()) {
    self.progress = progress
  }

  /// Hands outcomes to `deliver` in input order, on this task.
  ///
  /// - Returns: what framing took.
  /// - Throws: what the source or `deliver` throws, and `CancellationError`. Where the source throws,
  ///   what came before has been delivered.
  @discardableResult
  package func run<Source: RecordSource, Processor: BatchProcessor>(
    over source: Source, _ processors: [Processor],
    deliver: (Processor.Outcome) throws -> Void, report: (ReplayProgress) -> Void
  ) async throws -> FramingTime {
    let source = SharedSource(source)
    try await withThrowingTaskGroup(of: FinishedTurn<Processor.Outcome>.self) { group in
      var idle = Array(processors.indices)
      var waiting: [Int: FinishedBatch<Processor.Outcome>] = [:]
      var progress = progress
      var (started, delivered, running, isAtEnd) = (0, 0, 0, false)
      while true {
        try Task.checkCancellation()
        while !isAtEnd, let worker = idle.last,
          started - delivered < processors.count * Self.batchesPerWorker
        {
          idle.removeLast()
          let processor = processors[worker]
          group.addTask {
            FinishedTurn(worker: worker, batch: try source.processNext(processor))
          }
          started += 1
          running += 1
        }
        guard running > 0, let finished = try await group.next() else { break }
        running -= 1
        idle.append(finished.worker)
        if let batch = finished.batch {
          // What comes early waits.
          waiting[batch.number] = batch
        } else {
          isAtEnd = true
          started -= 1
        }
        while let next = waiting.removeValue(forKey: delivered) {
          let outcome = try next.outcome.get()
          try deliver(outcome)
          delivered += 1
          progress.evaluated += outcome.evaluated
          progress.rejected += outcome.rejected
          progress.bytes += next.byteCount
          report(progress)
        }
      }
    }
    return source.framingTime
  }

  /// How many batches may be in flight for each worker.
  private static let batchesPerWorker = 4
}

/// The time that framing took in a pass.
package struct FramingTime: Hashable, Sendable {
  package var nanoseconds = 0
}

/// What a worker did with its turn; no batch where there was none left.
private struct FinishedTurn<Outcome: BatchOutcome>: Sendable {
  var worker: Int
  var batch: FinishedBatch<Outcome>?
}

private struct FinishedBatch<Outcome: BatchOutcome>: Sendable {
  var number: Int
  var byteCount: Int
  /// What became of it, or why it could not be framed.
  var outcome: Result<Outcome, any Error>
}

/// The source of a pass, in the hands of one worker at a time.
///
/// `@unchecked`: a source need not be sendable. It is touched under the lock only, by the workers of
/// one pass, and whoever handed it over waits for that pass.
private final class SharedSource<Source: RecordSource>: @unchecked Sendable {
  private let place = Mutex(Place())
  private var source: Source

  private struct Place {
    var number = 0
    var ordinal = 0
    var isAtEnd = false
    var framingTime = FramingTime()
  }

  private struct Turn {
    var number: Int
    var firstOrdinal: Int
    /// Nil behind the last batch.
    var batch: Result<RecordBatch?, any Error>
  }

  init(_ source: Source) {
    self.source = source
  }

  var framingTime: FramingTime { place.withLock { $0.framingTime } }

  /// Frames the next batch and processes it; nil where there is none.
  func processNext<Processor: BatchProcessor>(
    _ processor: Processor
  ) throws(CancellationError) -> FinishedBatch<Processor.Outcome>? {
    let turn = takeTurn()
    switch turn.batch {
    case .success(nil): return nil
    case .success(let batch?):
      return FinishedBatch(
        number: turn.number, byteCount: batch.bytes.count,
        outcome: .success(try processor.process(batch, firstOrdinal: turn.firstOrdinal)))
    case .failure(let error):
      return FinishedBatch(number: turn.number, byteCount: 0, outcome: .failure(error))
    }
  }

  private func takeTurn() -> Turn {
    place.withLock { place in
      guard !place.isAtEnd else {
        return Turn(number: place.number, firstOrdinal: place.ordinal, batch: .success(nil))
      }
      let start = EvaluationProfile.now
      let batch = Result { try source.nextBatch() }
      place.framingTime.nanoseconds += EvaluationProfile.now - start
      let turn = Turn(number: place.number, firstOrdinal: place.ordinal, batch: batch)
      if case .success(let batch?) = batch {
        place.ordinal += batch.records.count
      } else {
        place.isAtEnd = true
      }
      place.number += 1
      return turn
    }
  }
}
