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
  }

  /// Which action it is.
  public var kind: Kind {
    switch self {
    case .allow: .allow
    case .block: .block
    case .count: .count
    case .captcha: .captcha
    case .challenge: .challenge
    }
  }
}

extension RuleAction: TreeReadable, TreeWritable {
  /// Actions of AWS WAF that are not built yet.
  static let unbuilt = ["Monetize"]

  package init?(reading cursor: Cursor, in context: ReadingContext) {
    let names = Kind.allCases.map(\.rawValue)
    guard let union = UnionReader(cursor, in: context, what: "the action", names: names)
    else { return nil }
    guard let kind = Kind(rawValue: union.name) else {
      unknownAction(union, names: names, in: context)
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
      refuseUnlessAllowed(union, in: context)
      guard let body = CaptchaAction(reading: value, in: context) else { return nil }
      self = .captcha(body)
    case .challenge:
      refuseUnlessAllowed(union, in: context)
      guard let body = ChallengeAction(reading: value, in: context) else { return nil }
      self = .challenge(body)
    }
  }

  package func node() -> Node {
    switch self {
    case .allow(let body): Node(kind.rawValue, body)
    case .block(let body): Node(kind.rawValue, body)
    case .count(let body): Node(kind.rawValue, body)
    case .captcha(let body): Node(kind.rawValue, body)
    case .challenge(let body): Node(kind.rawValue, body)
    }
  }
}

/// Captcha and Challenge depend on tokens, which are not evaluated yet; in the data of managed
/// rule groups they stand so that the groups are complete.
private func refuseUnlessAllowed(_ union: UnionReader, in context: ReadingContext) {
  guard !context.features.contains(.challengeActions) else { return }
  context.unsupported("the action \(union.name)", at: union.value.pointer)
}

/// An action without a model value can't be kept as unknown, whatever the features say.
private func unknownAction(
  _ union: UnionReader, names: [String], in context: ReadingContext
) {
  if RuleAction.unbuilt.contains(union.name) {
    context.error(
      "not-supported-yet",
      "not supported yet: the action \(union.name) comes with a later version",
      at: union.value.pointer, focus: .key)
    return
  }
  context.error(
    "unknown-action", "unknown action '\(union.name)'", at: union.value.pointer, focus: .key,
    suggestion: didYouMean(union.name, among: names))
}
