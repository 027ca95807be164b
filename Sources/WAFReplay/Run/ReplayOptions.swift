#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a replay does about rate-based rules, whose answers hang on other requests.
package enum RateMode: String, Hashable, Sendable, CaseIterable {
  /// Rates are computed from the recorded times.
  case simulate
  /// Nothing is limited, as a named assumption.
  case assumeNone = "assume-none"
}

/// How a replay runs; of these only `rates` changes what it finds.
package struct ReplayOptions: Hashable, Sendable {
  /// How many workers decode and evaluate at the same time.
  package var workers: Int
  /// Whether predicted records are written.
  package var writesPredictions: Bool
  /// Whether secrets are masked in predicted records.
  package var masksSecrets: Bool
  /// What is done about rate-based rules.
  package var rates: RateMode
  /// Whether it is measured where the time goes.
  package var profiles = false
  /// How many requests that take part in a rate-based rule are kept in memory, 32 bytes each; more
  /// go to a temporary file.
  package var rateEntriesInMemory = 1 << 20

  package init(
    workers: Int? = nil, writesPredictions: Bool = false, masksSecrets: Bool = true,
    rates: RateMode = .simulate
  ) {
    self.rates = rates
    self.workers = max(1, workers ?? Self.activeCores)
    self.writesPredictions = writesPredictions
    self.masksSecrets = masksSecrets
  }

  private static var activeCores: Int { Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}

/// Where a replay puts what it does not keep.
///
/// All are called in input order, by one task.
package struct ReplaySinks {
  /// Takes predicted records, as lines; what it throws ends the run.
  package var predictions: ([UInt8]) throws -> Void
  /// Takes what could not be read; what it throws ends the run.
  package var rejects: ((RejectedRecord) throws -> Void)?
  /// Is told how far the run has come.
  package var progress: ((ReplayProgress) -> Void)?
  /// Is told at the end where the time of the last pass went, where the options ask for it.
  package var profile: ((ReplayProfile) -> Void)?

  package init(
    predictions: @escaping ([UInt8]) throws -> Void = { _ in },
    rejects: ((RejectedRecord) throws -> Void)? = nil,
    progress: ((ReplayProgress) -> Void)? = nil,
    profile: ((ReplayProfile) -> Void)? = nil
  ) {
    self.predictions = predictions
    self.rejects = rejects
    self.progress = progress
    self.profile = profile
  }
}

/// How far a replay has come.
package struct ReplayProgress: Hashable, Sendable {
  /// The pass over the traffic under way, from 1 on, and how many there are; the rest is of the
  /// pass.
  package var pass = 1
  package var passes = 1
  /// Records evaluated.
  package var evaluated = 0
  /// Records that could not be read.
  package var rejected = 0
  /// Bytes of records read.
  package var bytes = 0

  package init(pass: Int = 1, passes: Int = 1) {
    self.pass = pass
    self.passes = passes
  }
}
