import WAFProgram

/// What the recording would have to hold to settle a verdict, and the rule that asks for it.
public struct Need: Hashable, Comparable, Sendable {
  /// The component or document: `body`, `header:user-agent`, `token`, `ipSet:ARN`.
  public var evidence: String
  /// The rule's name in the web ACL, then `/` and its name inside the group.
  public var rule: String

  /// A need of a rule.
  public init(evidence: String, rule: String) {
    self.evidence = evidence
    self.rule = rule
  }

  /// By evidence, then by rule.
  public static func < (left: Need, right: Need) -> Bool {
    (left.evidence, left.rule) < (right.evidence, right.rule)
  }
}
