/// How closely a branch of a managed rule follows what AWS runs, best first.
package enum Fidelity: String, CaseIterable, Comparable, Sendable {
  /// The documentation fixes the condition.
  case exact
  /// A documented literal with the obvious encodings, or a condition that a log has shown.
  case high
  /// The same kind of detector with patterns of our own.
  case medium
  /// A guess.
  case low

  package static func < (left: Fidelity, right: Fidelity) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .exact: 0
    case .high: 1
    case .medium: 2
    case .low: 3
    }
  }
}

/// How far the answer "no match" of a managed rule can be trusted when none of its branches match.
package enum MissTrust: String, CaseIterable, Sendable {
  /// The branches are the whole condition.
  case exact
  /// AWS has patterns that the branches lack.
  case approximate
  /// The branches cover a small part of the rule only.
  case assumed
}
