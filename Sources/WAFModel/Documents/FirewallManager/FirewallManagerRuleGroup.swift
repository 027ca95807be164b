package import DocumentTree

/// A rule group that a policy of Firewall Manager puts before or after a web ACL's own rules.
///
/// Source: the API's FirewallManagerRuleGroup (documented).
public struct FirewallManagerRuleGroup: Hashable, Sendable {
  /// The name, such as `PREFMManaged-...` or `POSTFMManaged-...`.
  public var name: String
  /// The place among the groups on the same side: lower numbers come first.
  public var priority: Int
  /// The group.
  public var firewallManagerStatement: FirewallManagerStatement
  /// What becomes of the group's outcome.
  public var overrideAction: OverrideAction
  /// What is measured and sampled.
  public var visibilityConfig: VisibilityConfig

  /// Creates a rule group.
  public init(
    name: String, priority: Int, firewallManagerStatement: FirewallManagerStatement,
    overrideAction: OverrideAction, visibilityConfig: VisibilityConfig
  ) {
    self.name = name
    self.priority = priority
    self.firewallManagerStatement = firewallManagerStatement
    self.overrideAction = overrideAction
    self.visibilityConfig = visibilityConfig
  }
}

extension FirewallManagerRuleGroup: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name = object.required("Name", as: String.self)
    let priority = object.required("Priority", as: LenientInt.self)
    let firewallManagerStatement = object.required(
      "FirewallManagerStatement", as: FirewallManagerStatement.self)
    let overrideAction = object.required("OverrideAction", as: OverrideAction.self)
    let visibilityConfig = object.required("VisibilityConfig", as: VisibilityConfig.self)
    object.finish()
    guard !object.isBroken, let name, let priority, let firewallManagerStatement,
      let overrideAction, let visibilityConfig
    else { return nil }
    self.init(
      name: name, priority: priority.value, firewallManagerStatement: firewallManagerStatement,
      overrideAction: overrideAction, visibilityConfig: visibilityConfig)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Name", name)
    members.add("Priority", priority)
    members.add("FirewallManagerStatement", firewallManagerStatement)
    members.add("OverrideAction", overrideAction)
    members.add("VisibilityConfig", visibilityConfig)
    return members.node
  }
}
