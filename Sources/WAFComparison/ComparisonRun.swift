import WAFEngine
package import WAFProgram
package import WAFReplay
package import WAFRequests

/// Runs two web ACLs over recorded requests in one pass.
///
/// As a replay does: one task frames, workers decode and compare, and the report does not depend on
/// their number. Rates are simulated first, for each web ACL that has rules of its own that count.
package struct ComparisonRun: Sendable {
  package let pair: ProgramPair
  package let options: ReplayOptions
  let addresses: (any AddressDatabase)?

  package init(
    _ pair: ProgramPair, options: ReplayOptions = ReplayOptions(),
    addresses: (any AddressDatabase)? = nil
  ) {
    self.pair = pair
    self.options = options
    self.addresses = addresses
  }

  private var oldRun: ReplayRun { ReplayRun(pair.old, options: options, addresses: addresses) }
  private var newRun: ReplayRun { ReplayRun(pair.new, options: options, addresses: addresses) }

  /// How often the traffic is read.
  package var passes: Int {
    pair.sharesRates ? oldRun.passes : oldRun.passes + newRun.passes - 1
  }

  /// What changes for the records of `source`.
  ///
  /// Where the task is cancelled, the report is on what was read so far, and `isPartial` says so.
  ///
  /// - Throws: what the source or a sink throws, and `SpillError`.
  package func report<Source: RecordSource, Decoder: RecordDecoder>(
    on source: Source, decoder: Decoder, to sinks: ReplaySinks = ReplaySinks()
  ) async throws -> (report: ComparisonReport, isPartial: Bool) {
    var rates = ComparisonRates()
    let passes = passes
    let progress = sinks.progress
    do {
      if oldRun.passes > 1 {
        rates.old = try await RateSimulation<Source, Decoder>(
          run: oldRun, decoder: decoder, progress: { progress?($0) }
        ).findings(on: source)
      }
      if pair.sharesRates {
        rates.new = rates.old
      } else if newRun.passes > 1 {
        rates.new = try await RateSimulation<Source, Decoder>(
          run: newRun, decoder: decoder, progress: { progress?($0) }
        ).findings(on: source)
      }
    } catch is CancellationError {
      return (ComparisonReport(pair), true)
    }
    let workers = (0..<options.workers).map { _ in
      ComparisonWorker(self, decoder, rates, keepsRejects: sinks.rejects != nil)
    }
    var isPartial = false
    do {
      try await BatchLoop(progress: ReplayProgress(pass: passes, passes: passes)).run(
        over: passes > 1 ? try source.restarted() : source, workers,
        deliver: { batch in for reject in batch.rejects { try sinks.rejects?(reject) } },
        report: { progress?($0) })
    } catch is CancellationError {
      isPartial = true
    }
    var report = ComparisonReport(pair)
    for worker in workers { report.merge(worker.report) }
    return (report, isPartial)
  }
}

/// What simulations found, for each web ACL.
struct ComparisonRates: Sendable {
  var old: RateFindings?
  var new: RateFindings?
}
