package import DocumentTree

/// A managed rule group is run.
public struct ManagedRuleGroupStatement: Hashable, Sendable {
  /// The vendor's name, `AWS` for the groups of AWS.
  public var vendorName: String
  /// The group's name, such as `AWSManagedRulesCommonRuleSet`.
  public var name: String
  /// The group's version; absent means the vendor's default, which moves.
  public var version: String?
  /// The group's own settings.
  public var managedRuleGroupConfigs: [ManagedRuleGroupConfig]
  /// Rules of the group that only count, in the older spelling.
  public var excludedRules: [ExcludedRule]
  /// What requests must look like for the group to see them.
  public var scopeDownStatement: Statement?
  /// Other actions for rules of the group, 100 at most.
  public var ruleActionOverrides: [RuleActionOverride]
  /// The lists that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates a statement.
  public init(
    vendorName: String, name: String, version: String? = nil,
    managedRuleGroupConfigs: [ManagedRuleGroupConfig] = [], excludedRules: [ExcludedRule] = [],
    scopeDownStatement: Statement? = nil, ruleActionOverrides: [RuleActionOverride] = []
  ) {
    self.vendorName = vendorName
    self.name = name
    self.version = version
    self.managedRuleGroupConfigs = managedRuleGroupConfigs
    self.excludedRules = excludedRules
    self.scopeDownStatement = scopeDownStatement
    self.ruleActionOverrides = ruleActionOverrides
  }
}

extension ManagedRuleGroupStatement: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let vendor = object.required("VendorName", as: String.self)
    let name = object.required("Name", as: String.self)
    let version = object.optional("Version", as: String.self)
    let configs = object.list("ManagedRuleGroupConfigs", of: ManagedRuleGroupConfig.self)
    let excluded = object.list("ExcludedRules", of: ExcludedRule.self)
    let scopeDown = object.optional("ScopeDownStatement", as: Statement.self)
    let overrides = object.list("RuleActionOverrides", of: RuleActionOverride.self)
    object.finish()
    guard !object.isBroken, let vendor, let name else { return nil }
    self.init(
      vendorName: vendor, name: name, version: version, managedRuleGroupConfigs: configs,
      excludedRules: excluded, scopeDownStatement: scopeDown, ruleActionOverrides: overrides)
    emptyMembers = object.spelledOutEmpty(
      "ManagedRuleGroupConfigs", "ExcludedRules", "RuleActionOverrides")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("VendorName", vendorName)
    members.add("Name", name)
    members.add("Version", version)
    members.add("ManagedRuleGroupConfigs", managedRuleGroupConfigs, emptyIf: emptyMembers)
    members.add("ExcludedRules", excludedRules, emptyIf: emptyMembers)
    members.add("ScopeDownStatement", scopeDownStatement)
    members.add("RuleActionOverrides", ruleActionOverrides, emptyIf: emptyMembers)
    return members.node
  }
}
