package import DocumentTree

/// A rule group of one's own is run.
public struct RuleGroupReferenceStatement: Hashable, Sendable {
  /// The group's ARN.
  public var arn: String
  /// Rules of the group that only count, in the older spelling.
  public var excludedRules: [ExcludedRule]
  /// Other actions for rules of the group, 100 at most.
  public var ruleActionOverrides: [RuleActionOverride]
  /// The lists that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates a statement.
  public init(
    arn: String, excludedRules: [ExcludedRule] = [],
    ruleActionOverrides: [RuleActionOverride] = []
  ) {
    self.arn = arn
    self.excludedRules = excludedRules
    self.ruleActionOverrides = ruleActionOverrides
  }
}

extension RuleGroupReferenceStatement: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let arn = object.required("ARN", as: String.self)
    let excluded = object.list("ExcludedRules", of: ExcludedRule.self)
    let overrides = object.list("RuleActionOverrides", of: RuleActionOverride.self)
    object.finish()
    guard !object.isBroken, let arn else { return nil }
    self.init(arn: arn, excludedRules: excluded, ruleActionOverrides: overrides)
    emptyMembers = object.spelledOutEmpty("ExcludedRules", "RuleActionOverrides")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("ARN", arn)
    members.add("ExcludedRules", excludedRules, emptyIf: emptyMembers)
    members.add("RuleActionOverrides", ruleActionOverrides, emptyIf: emptyMembers)
    return members.node
  }
}
