/// What a condition asks of the client's token.
package struct TokenTest: Hashable, Sendable {
  /// The parts on which labels report apart.
  package enum Part: UInt8, Hashable, Sendable {
    case challenge
    case captcha
  }

  /// In the words of the labels.
  package enum State: UInt8, Hashable, Sendable {
    case absent
    case accepted
    case rejected
    case notSolved
    case expired
    case domainMismatch
    case invalid

    package var title: String {
      switch self {
      case .absent: "absent"
      case .accepted: "accepted"
      case .rejected: "rejected"
      case .notSolved: "rejected: not solved"
      case .expired: "rejected: expired"
      case .domainMismatch: "rejected: another domain's"
      case .invalid: "rejected: invalid"
      }
    }
  }

  package var part: Part
  package var state: State

  package init(_ part: Part, _ state: State) {
    self.part = part
    self.state = state
  }
}
