import WAFEngine
import WAFProgram

/// Finds which requests the rate-based rules of a program limit.
///
/// One pass over the traffic for each rule in evaluation order (`RateStrata`): workers ask who takes
/// part, given what was found for the rules before; entries are sorted by key and time, beyond a
/// bound in a temporary file, so neither the order of the log nor the number of workers shows; a
/// sweep counts (`RateSweep`). A record without a time takes no part. The service limits at most
/// 10,000 addresses a rule; here all are.
package struct RateSimulation<Source: RecordSource, Decoder: RecordDecoder> {
  let run: ReplayRun
  let decoder: Decoder
  let progress: (ReplayProgress) -> Void

  package init(run: ReplayRun, decoder: Decoder, progress: @escaping (ReplayProgress) -> Void) {
    self.run = run
    self.decoder = decoder
    self.progress = progress
  }

  package func findings(on source: Source) async throws -> RateFindings {
    let program = run.program
    var findings = RateFindings(rateCount: program.rates.count)
    let passes = RateStrata.passes(of: program)
    for (pass, rates) in passes.enumerated() {
      let shown = ReplayProgress(pass: pass + 1, passes: passes.count + 1)
      let probes = (0..<run.options.workers).map { _ in
        RateProbe(run, decoder, rates, findings)
      }
      var collected = CollectedEntries(
        rateCount: rates.count, capacity: run.options.rateEntriesInMemory / rates.count)
      try await BatchLoop(progress: shown).run(
        over: try source.restarted(), probes,
        deliver: { batch in try collected.add(batch) }, report: progress)
      try collected.sweep(rates, program, into: &findings)
    }
    return findings
  }
}

/// The entries of a pass, whatever order they come in.
private struct CollectedEntries {
  private var sorters: [RateEntrySorter]
  private var wildcards: [WildcardCounts]
  private var firstTick: Int64?
  private var recordCount = 0

  init(rateCount: Int, capacity: Int) {
    sorters = .init(repeating: RateEntrySorter(capacity: capacity), count: rateCount)
    wildcards = .init(repeating: WildcardCounts(), count: rateCount)
  }

  mutating func add(_ batch: ProbedBatch) throws {
    recordCount += batch.recordCount
    if let tick = batch.firstTick { firstTick = min(firstTick ?? tick, tick) }
    for place in batch.entries.indices {
      for entry in batch.entries[place] {
        if entry.isWildcard { wildcards[place].add(entry) }
        try sorters[place].add(entry)
      }
    }
  }

  mutating func sweep(
    _ rates: Range<Int>, _ program: Program, into findings: inout RateFindings
  ) throws {
    for (place, rate) in rates.enumerated() {
      findings.reserve(rate, recordCount: recordCount)
      wildcards[place].finish()
      var sweep = RateSweep(
        limit: program.rates[rate].limit,
        windowTicks: RateClock.ticks(ofWindow: program.rates[rate].windowSeconds),
        firstTick: firstTick ?? 0, wildcards: wildcards[place])
      try sorters[place].drain { entry in
        findings.add(sweep.next(entry), rate, ordinal: entry.ordinal)
      }
    }
  }
}
