package import WAFRequests

/// What became of the expectations that records state (`wafcast.expect`).
package struct ExpectationReport: Equatable, Sendable {
  /// The expectation and the verdict agree.
  package internal(set) var held = 0
  /// They disagree.
  package internal(set) var failed = 0
  /// The verdict is indeterminate and may come out as expected.
  package internal(set) var undecided = 0
  /// The first that failed.
  package internal(set) var failures = FirstSamples<ExpectationFailure>(capacity: 20)

  package init() {}

  /// The number of records that state an expectation.
  package var stated: Int { held + failed + undecided }

  mutating func merge(_ other: ExpectationReport) {
    held += other.held
    failed += other.failed
    undecided += other.undecided
    failures.merge(other.failures)
  }
}

/// An expectation that the verdict does not meet.
package struct ExpectationFailure: Hashable, Sendable, Positioned {
  /// The request, with the verdict.
  package var request: RequestExample
  /// The action expected, as the record spells it; empty when it states none.
  package var expectedAction: String
  /// The rule expected; empty when the record states none.
  package var expectedRule: String

  package var position: RecordPosition { request.position }
}
