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

/// One pass over the traffic: this task frames, workers do the rest.
///
/// At most a few batches are in flight, those that wait for an earlier one included, so memory is
/// bounded.
package struct BatchLoop {
  /// Where the progress of the pass begins.
  package var progress: ReplayProgress

  package init(progress: ReplayProgress = ReplayProgress()) {
    self.progress = progress
  }

  /// Hands outcomes to `deliver` in input order, on this task.
  ///
  /// - Throws: what the source or `deliver` throws, and `CancellationError`.
  package func run<Source: RecordSource, Processor: BatchProcessor>(
    over source: Source, _ processors: [Processor],
    deliver: (Processor.Outcome) throws -> Void, report: (ReplayProgress) -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: FinishedBatch<Processor.Outcome>.self) { group in
      var source = source
      var idle = Array(processors.indices)
      var waiting: [Int: FinishedBatch<Processor.Outcome>] = [:]
      var progress = progress
      var nextBatch = try source.nextBatch()
      var (started, delivered, running, ordinal) = (0, 0, 0, 0)
      while true {
        try Task.checkCancellation()
        while let batch = nextBatch, let worker = idle.last,
          started - delivered < processors.count * Self.batchesPerWorker
        {
          idle.removeLast()
          let (number, first, processor) = (started, ordinal, processors[worker])
          group.addTask {
            FinishedBatch(
              number: number, worker: worker, byteCount: batch.bytes.count,
              outcome: try processor.process(batch, firstOrdinal: first))
          }
          started += 1
          running += 1
          ordinal += batch.records.count
          // Framed while the workers are at theirs.
          nextBatch = try source.nextBatch()
        }
        guard running > 0, let finished = try await group.next() else { break }
        running -= 1
        idle.append(finished.worker)
        // What comes early waits.
        waiting[finished.number] = finished
        while let next = waiting.removeValue(forKey: delivered) {
          try deliver(next.outcome)
          delivered += 1
          progress.evaluated += next.outcome.evaluated
          progress.rejected += next.outcome.rejected
          progress.bytes += next.byteCount
          report(progress)
        }
      }
    }
  }

  /// How many batches may be in flight for each worker.
  private static let batchesPerWorker = 4
}

private struct FinishedBatch<Outcome: BatchOutcome>: Sendable {
  var number: Int
  var worker: Int
  var byteCount: Int
  var outcome: Outcome
}
