package import WAFEngine

/// What simulations found, for each rate-based rule and each record: half a byte each.
///
/// This is the only thing that grows with the traffic and stays in memory: 0.5 MB for a million
/// records and a rule. Records are known by their place in framing order.
package struct RateFindings: Sendable {
  /// Two records to a byte, for each of `Program.rates`.
  private var findings: [[UInt8]]

  init(rateCount: Int) {
    findings = .init(repeating: [], count: rateCount)
  }

  mutating func reserve(_ rate: Int, recordCount: Int) {
    findings[rate] = .init(repeating: 0, count: (recordCount + 1) / 2)
  }

  /// The finding on a record; none where the record is beyond those that were simulated.
  package func finding(_ rate: Int, ordinal: Int) -> RateFinding {
    let place = ordinal >> 1
    guard findings[rate].indices.contains(place) else { return .none }
    let byte = findings[rate][place]
    return RateFinding(rawValue: ordinal & 1 == 0 ? byte & 0xF : byte >> 4) ?? .none
  }

  /// Adds a finding to what is known of the record; the stronger one stays.
  mutating func add(_ finding: RateFinding, _ rate: Int, ordinal: Int) {
    let place = ordinal >> 1
    guard findings[rate].indices.contains(place) else { return }
    let merged = self.finding(rate, ordinal: ordinal).merged(with: finding).rawValue
    let byte = findings[rate][place]
    findings[rate][place] = ordinal & 1 == 0 ? byte & 0xF0 | merged : byte & 0xF | merged << 4
  }

  /// Hands the findings on a record to an evaluator.
  func apply(ordinal: Int, to evaluator: inout Evaluator) {
    for rate in findings.indices {
      evaluator.rateFindings[rate] = finding(rate, ordinal: ordinal)
    }
  }
}
