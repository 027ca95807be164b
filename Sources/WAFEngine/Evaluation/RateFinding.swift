import WAFProgram

/// What the simulation of a rate-based rule found for one request.
///
/// Of one request several may be found, one for each level; the strongest counts.
package enum RateFinding: UInt8, Hashable, CaseIterable, Sendable {
  /// Nothing was simulated, or the request has no time or no part in the rule.
  case none
  /// The key of the request is limited, whatever the unknowns of other requests are.
  case limited
  /// It is not limited, whatever they are.
  case notLimited
  /// The same, given the named assumptions that other requests rest on.
  case limitedIfAssumed
  case notLimitedIfAssumed
  /// Not limited, if nothing was sent before the recording begins (`rate-history=empty`).
  case notLimitedIfNothingBefore
  /// Limited or not: the unknowns of other requests decide.
  case unknown

  /// The stronger of two findings on one request: what holds with fewer assumptions.
  package func merged(with other: RateFinding) -> RateFinding {
    rank <= other.rank ? self : other
  }

  private var rank: Int {
    switch self {
    case .limited, .notLimited: 0
    case .limitedIfAssumed, .notLimitedIfAssumed: 1
    case .notLimitedIfNothingBefore: 2
    case .unknown: 3
    case .none: 4
    }
  }

  /// Whether the request's key is limited, as a condition answers.
  var answer: Answer {
    switch self {
    case .none: Answer(.no, .assumed, .idleRate)
    case .limited: Answer(.match, .approximate, .rateEstimate)
    case .notLimited: Answer(.no, .approximate, .rateEstimate)
    case .limitedIfAssumed: Answer(.match, .assumed, .rateEstimate)
    case .notLimitedIfAssumed: Answer(.no, .assumed, .rateEstimate)
    case .notLimitedIfNothingBefore: Answer(.no, .assumed, .emptyRateHistory)
    case .unknown: .unknown(.rateEstimate)
    }
  }
}
