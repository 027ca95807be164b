import WAFEngine
package import WAFProgram
package import WAFRequests

/// Runs a program over recorded requests.
///
/// One task frames the input and puts the output in order; workers decode, evaluate and count, in
/// bounded memory. Output and report do not depend on the number of workers. A program with
/// rate-based rules is run over the traffic several times, once for each pass of its simulation
/// (`RateSimulation`) and once for the verdicts.
package struct ReplayRun: Sendable {
  package let program: Program
  package let options: ReplayOptions
  /// What tells the country and the system of an address that the recording does not tell.
  let addresses: (any AddressDatabase)?

  package init(
    _ program: Program, options: ReplayOptions = ReplayOptions(),
    addresses: (any AddressDatabase)? = nil
  ) {
    self.program = program
    self.options = options
    self.addresses = addresses
  }

  /// An evaluator for a worker.
  func makeEvaluator() -> Evaluator { Evaluator(program, addresses: addresses) }

  /// How often the traffic is read.
  package var passes: Int {
    options.rates == .simulate ? RateStrata.passes(of: program).count + 1 : 1
  }

  /// What the program would have done with the records of `source`.
  ///
  /// - Throws: what the source or a sink throws, `SpillError`, and `CancellationError`. The output
  ///   up to the failing batch has been handed out by then.
  package func report<Source: RecordSource, Decoder: RecordDecoder>(
    on source: Source, decoder: Decoder, to sinks: ReplaySinks = ReplaySinks()
  ) async throws -> ReplayReport {
    let passes = passes
    var findings: RateFindings?
    if passes > 1 {
      let progress = sinks.progress
      findings = try await RateSimulation<Source, Decoder>(
        run: self, decoder: decoder, progress: { progress?($0) }
      ).findings(on: source)
    }
    let keepsRejects = sinks.rejects != nil
    let workers = (0..<options.workers).map { _ in
      ReplayWorker(self, decoder, keepsRejects: keepsRejects, findings)
    }
    let framing = try await BatchLoop(progress: ReplayProgress(pass: passes, passes: passes)).run(
      over: passes > 1 ? try source.restarted() : source, workers,
      deliver: { result in
        if !result.predictions.isEmpty { try sinks.predictions(result.predictions) }
        for reject in result.rejects { try sinks.rejects?(reject) }
      }, report: { sinks.progress?($0) })
    var report = ReplayReport(program)
    for worker in workers { report.merge(worker.report) }
    if options.profiles {
      var profile = ReplayProfile(program)
      for worker in workers { profile.merge(worker.profile) }
      profile[.read] = framing.nanoseconds
      sinks.profile?(profile)
    }
    return report
  }
}
