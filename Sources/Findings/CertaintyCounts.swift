/// Requests by how far what is said of them can be trusted.
package struct CertaintyCounts: Hashable, Sendable {
  /// Recorded evidence and documented behaviour.
  package var exact: Int
  /// What the service itself logged.
  package var observed: Int
  /// Approximations.
  package var approximate: Int
  /// Named assumptions.
  package var assumed: Int
  /// Only some of the worlds that the recording leaves open show it: it may not happen at all.
  package var possible: Int

  package init(
    exact: Int = 0, observed: Int = 0, approximate: Int = 0, assumed: Int = 0, possible: Int = 0
  ) {
    self.exact = exact
    self.observed = observed
    self.approximate = approximate
    self.assumed = assumed
    self.possible = possible
  }

  /// Exact and observed.
  package var certain: Int { exact + observed }
  /// All but those for which it is only possible.
  package var predicted: Int { exact + observed + approximate + assumed }
  /// The upper bound.
  package var upperBound: Int { predicted + possible }
}
