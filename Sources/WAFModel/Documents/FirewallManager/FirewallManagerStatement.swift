import Diagnostics
package import DocumentTree

/// The rule group that a policy of Firewall Manager runs.
public enum FirewallManagerStatement: Hashable, Sendable {
  /// A managed rule group is run.
  case managedRuleGroup(ManagedRuleGroupStatement)
  /// A rule group of the administrator's own is run.
  case ruleGroupReference(RuleGroupReferenceStatement)

  /// The names of the statements in documents.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A managed rule group.
    case managedRuleGroup = "ManagedRuleGroupStatement"
    /// A rule group of the administrator's own.
    case ruleGroupReference = "RuleGroupReferenceStatement"
  }

  /// Which statement it is.
  public var kind: Kind {
    switch self {
    case .managedRuleGroup: .managedRuleGroup
    case .ruleGroupReference: .ruleGroupReference
    }
  }

  /// The same statement as a rule has it.
  public var statement: Statement {
    switch self {
    case .managedRuleGroup(let body): .managedRuleGroup(body)
    case .ruleGroupReference(let body): .ruleGroupReference(body)
    }
  }
}

extension FirewallManagerStatement: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    let names = Kind.allCases.map(\.rawValue)
    guard
      let union = UnionReader(
        cursor, in: context, what: "the statement of Firewall Manager", names: names)
    else { return nil }
    switch Kind(rawValue: union.name) {
    case .managedRuleGroup:
      guard let body = ManagedRuleGroupStatement(reading: union.value, in: context)
      else { return nil }
      self = .managedRuleGroup(body)
    case .ruleGroupReference:
      guard let body = RuleGroupReferenceStatement(reading: union.value, in: context)
      else { return nil }
      self = .ruleGroupReference(body)
    case nil:
      context.error(
        "unknown-statement",
        "Firewall Manager runs rule groups only, not '\(union.name)'",
        at: union.value.pointer, focus: .key, suggestion: didYouMean(union.name, among: names))
      return nil
    }
  }

  package func node() -> Node {
    switch self {
    case .managedRuleGroup(let body): Node(kind.rawValue, body)
    case .ruleGroupReference(let body): Node(kind.rawValue, body)
    }
  }
}
