#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How a replay runs; nothing here changes what it finds.
package struct ReplayOptions: Hashable, Sendable {
  /// How many workers decode and evaluate at the same time.
  package var workers: Int
  /// Whether predicted records are written.
  package var writesPredictions: Bool
  /// Whether secrets are masked in predicted records.
  package var masksSecrets: Bool

  package init(workers: Int? = nil, writesPredictions: Bool = false, masksSecrets: Bool = true) {
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

  package init(
    predictions: @escaping ([UInt8]) throws -> Void = { _ in },
    rejects: ((RejectedRecord) throws -> Void)? = nil,
    progress: ((ReplayProgress) -> Void)? = nil
  ) {
    self.predictions = predictions
    self.rejects = rejects
    self.progress = progress
  }
}

/// How far a replay has come.
package struct ReplayProgress: Hashable, Sendable {
  /// Records evaluated.
  package var evaluated = 0
  /// Records that could not be read.
  package var rejected = 0
  /// Bytes of records read.
  package var bytes = 0
}
