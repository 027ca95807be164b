import WAFModel

/// The web ACL or rule group that rules stand in, as far as checks of a rule depend on it.
struct RuleContainer {
  enum Kind {
    case webACL
    case ruleGroup
  }

  let kind: Kind
  /// The bodies that custom responses here can name.
  let bodies: [String: CustomResponseBody]
  /// What it protects; `nil` where the document does not tell.
  let scope: Scope?
  /// Where it is deployed.
  let arn: ARN?
  /// Whether Monetize can be used.
  let hasMonetizationConfig: Bool
  /// Whether rules need a `VisibilityConfig`; see ``VisibilityCheck``.
  let needsVisibility: Bool

  init(_ webACL: WebACL, isStrict: Bool) {
    kind = .webACL
    bodies = webACL.customResponseBodies
    arn = webACL.arn.flatMap { ARN($0) }
    scope = webACL.scope ?? arn?.scope
    hasMonetizationConfig = webACL.monetizationConfig != nil
    needsVisibility =
      isStrict || webACL.visibilityConfig != nil
      || webACL.rules.contains { $0.visibilityConfig != nil }
  }

  init(_ group: RuleGroup, isStrict: Bool) {
    kind = .ruleGroup
    bodies = group.customResponseBodies
    arn = group.arn.flatMap { ARN($0) }
    scope = group.scope ?? arn?.scope
    hasMonetizationConfig = group.monetizationConfig != nil
    needsVisibility =
      isStrict || group.visibilityConfig != nil
      || group.rules.contains { $0.visibilityConfig != nil }
  }

  var inWords: String {
    switch kind {
    case .webACL: "web ACL"
    case .ruleGroup: "rule group"
    }
  }
}
