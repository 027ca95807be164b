package import WAFProgram

/// How a request fares otherwise under a new web ACL.
package struct Change: Hashable, Sendable {
  /// What changes; the raw value tells the gravest first.
  package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    case newlyBlocked
    case newlyChallenged
    case newlyAllowed
    /// The old web ACL decides, the new one can't.
    case newlyIndeterminate
    /// The same action by another rule.
    case ruleChanged
  }

  package var kind: Kind
  /// The strictest level at which every world shows it; indeterminate where only some worlds do, and
  /// for a request whose fate has become open.
  package var certainty: Certainty
  /// What some worlds show, where not all show one kind.
  package var possible: KindSet

  package struct KindSet: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    init(_ kind: Kind) {
      self.init(rawValue: 1 << kind.rawValue)
    }

    package func contains(_ kind: Kind) -> Bool { rawValue >> kind.rawValue & 1 == 1 }

    /// The gravest of them.
    var gravest: Kind? { Kind.allCases.first { contains($0) } }
  }
}

extension Action {
  /// What becomes of the client.
  enum Fate {
    case passes
    case blocked
    /// A CAPTCHA, a challenge, a price.
    case challenged
  }

  var fate: Fate {
    switch self {
    case .allow, .count: .passes
    case .block: .blocked
    case .captcha, .challenge, .monetize: .challenged
    }
  }

  /// The change from `old` to this action; nil where they are the same.
  func change(from old: Action) -> Change.Kind? {
    guard self != old else { return nil }
    switch fate {
    case .passes: return .newlyAllowed
    case .blocked: return .newlyBlocked
    case .challenged: return .newlyChallenged
    }
  }
}
