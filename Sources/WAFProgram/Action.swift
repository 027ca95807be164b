/// What a rule does with a request, and what becomes of the request.
public enum Action: UInt8, CaseIterable, Hashable, Sendable {
  /// The request goes to the protected resource.
  case allow
  /// The request is answered by the service.
  case block
  /// The rule counts, labels and lets the evaluation go on.
  case count
  /// Without a valid token the client gets a CAPTCHA.
  case captcha
  /// Without a valid token the client gets a silent challenge.
  case challenge
  /// Without a payment the client gets a price.
  case monetize

  /// The name in AWS WAF logs.
  public var logName: String {
    switch self {
    case .allow: "ALLOW"
    case .block: "BLOCK"
    case .count: "COUNT"
    case .captcha: "CAPTCHA"
    case .challenge: "CHALLENGE"
    case .monetize: "MONETIZE"
    }
  }

  /// Whether the action lets clients with a token or a payment through.
  package var hasGate: Bool {
    switch self {
    case .captcha, .challenge, .monetize: true
    case .allow, .block, .count: false
    }
  }
}

/// A set of actions.
public struct ActionSet: OptionSet, Hashable, Sendable {
  /// One bit an action.
  public let rawValue: UInt8

  /// The actions in `rawValue`.
  @inlinable public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// The set of one action.
  @inlinable public init(_ action: Action) {
    rawValue = 1 << action.rawValue
  }

  /// Whether `action` is in the set.
  @inlinable public func contains(_ action: Action) -> Bool {
    contains(ActionSet(action))
  }

  /// The actions of the set, in the order of `Action.allCases`.
  public var actions: [Action] {
    Action.allCases.filter { contains($0) }
  }

  /// Whether exactly one action is in the set.
  @inlinable public var isSingle: Bool {
    rawValue.nonzeroBitCount == 1
  }
}
