import Diagnostics
package import DocumentTree

/// What a rule does with the requests that match it.
public enum RuleAction: Hashable, Sendable {
  /// Lets the request through; ends the evaluation.
  case allow(AllowAction)
  /// Answers the request; ends the evaluation.
  case block(BlockAction)
  /// Counts the request; the evaluation goes on.
  case count(CountAction)
  /// Asks for a solved puzzle; ends the evaluation where there is no valid token.
  case captcha(CaptchaAction)
  /// Asks for a passed challenge; ends the evaluation where there is no valid token.
  case challenge(ChallengeAction)
  /// Asks for a payment; ends the evaluation where there is none.
  case monetize(MonetizeAction)

  /// The names of the actions in documents.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The action Allow.
    case allow = "Allow"
    /// The action Block.
    case block = "Block"
    /// The action Count.
    case count = "Count"
    /// The action Captcha.
    case captcha = "Captcha"
    /// The action Challenge.
    case challenge = "Challenge"
    /// The action Monetize.
    case monetize = "Monetize"
  }

  /// Which action it is.
  public var kind: Kind {
    switch self {
    case .allow: .allow
    case .block: .block
    case .count: .count
    case .captcha: .captcha
    case .challenge: .challenge
    case .monetize: .monetize
    }
  }
}

extension RuleAction: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    let names = Kind.allCases.map(\.rawValue)
    guard let union = UnionReader(cursor, in: context, what: "the action", names: names)
    else { return nil }
    guard let kind = Kind(rawValue: union.name) else {
      // An action without a model value can't be kept as unknown, whatever the features say.
      context.error(
        "unknown-action", "unknown action '\(union.name)'", at: union.value.pointer, focus: .key,
        suggestion: didYouMean(union.name, among: names))
      return nil
    }
    let value = union.value
    switch kind {
    case .allow:
      guard let body = AllowAction(reading: value, in: context) else { return nil }
      self = .allow(body)
    case .block:
      guard let body = BlockAction(reading: value, in: context) else { return nil }
      self = .block(body)
    case .count:
      guard let body = CountAction(reading: value, in: context) else { return nil }
      self = .count(body)
    case .captcha:
      guard let body = CaptchaAction(reading: value, in: context) else { return nil }
      self = .captcha(body)
    case .challenge:
      guard let body = ChallengeAction(reading: value, in: context) else { return nil }
      self = .challenge(body)
    case .monetize:
      guard let body = MonetizeAction(reading: value, in: context) else { return nil }
      self = .monetize(body)
    }
  }

  package func node() -> Node {
    switch self {
    case .allow(let body): Node(kind.rawValue, body)
    case .block(let body): Node(kind.rawValue, body)
    case .count(let body): Node(kind.rawValue, body)
    case .captcha(let body): Node(kind.rawValue, body)
    case .challenge(let body): Node(kind.rawValue, body)
    case .monetize(let body): Node(kind.rawValue, body)
    }
  }
}
