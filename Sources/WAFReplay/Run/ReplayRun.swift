import WAFEngine
package import WAFProgram

/// Runs a program over recorded requests.
///
/// One task frames the input and puts the output in order; workers decode, evaluate and count. At
/// most a few batches are in flight, those whose output waits for an earlier one included, so memory
/// is bounded. Output and report do not depend on the number of workers.
package struct ReplayRun: Sendable {
  package let program: Program
  package let options: ReplayOptions

  package init(_ program: Program, options: ReplayOptions = ReplayOptions()) {
    self.program = program
    self.options = options
  }

  /// What the program would have done with the records of `source`.
  ///
  /// - Throws: what the source or a sink throws, and `CancellationError`. The output up to the
  ///   failing batch has been handed out by then.
  package func report<Source: RecordSource, Decoder: RecordDecoder>(
    on source: Source, decoder: Decoder, to sinks: ReplaySinks = ReplaySinks()
  ) async throws -> ReplayReport {
    let keepsRejects = sinks.rejects != nil
    let workers = (0..<options.workers).map { _ in
      ReplayWorker(program, decoder, options, keepsRejects: keepsRejects)
    }
    try await withThrowingTaskGroup(of: FinishedBatch.self) { group in
      var source = source
      var idle = Array(workers.indices)
      var output = OrderedOutput(sinks)
      var nextBatch = try source.nextBatch()
      var started = 0
      var running = 0
      while true {
        try Task.checkCancellation()
        while let batch = nextBatch, let worker = idle.last,
          started - output.emitted < options.workers * Self.batchesPerWorker
        {
          idle.removeLast()
          let (number, byteCount, processor) = (started, batch.bytes.count, workers[worker])
          group.addTask {
            FinishedBatch(
              number: number, worker: worker, byteCount: byteCount,
              result: try processor.process(batch))
          }
          started += 1
          running += 1
          // Framed while the workers are at theirs.
          nextBatch = try source.nextBatch()
        }
        guard running > 0, let finished = try await group.next() else { break }
        running -= 1
        idle.append(finished.worker)
        try output.add(finished)
      }
    }
    var report = ReplayReport(program)
    for worker in workers { report.merge(worker.report) }
    return report
  }

  /// How many batches may be in flight for each worker.
  private static let batchesPerWorker = 4
}

private struct FinishedBatch: Sendable {
  var number: Int
  var worker: Int
  var byteCount: Int
  var result: BatchResult
}

/// Hands results to the sinks in input order; those that come early wait.
private struct OrderedOutput {
  private let sinks: ReplaySinks
  private var waiting: [Int: FinishedBatch] = [:]
  private var progress = ReplayProgress()
  /// The number of batches handed out.
  private(set) var emitted = 0

  init(_ sinks: ReplaySinks) {
    self.sinks = sinks
  }

  mutating func add(_ batch: FinishedBatch) throws {
    waiting[batch.number] = batch
    while let next = waiting.removeValue(forKey: emitted) {
      if !next.result.predictions.isEmpty { try sinks.predictions(next.result.predictions) }
      for reject in next.result.rejects { try sinks.rejects?(reject) }
      emitted += 1
      progress.evaluated += next.result.evaluated
      progress.rejected += next.result.rejected
      progress.bytes += next.byteCount
      sinks.progress?(progress)
    }
  }
}
