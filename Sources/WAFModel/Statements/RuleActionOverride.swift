package import DocumentTree

/// Another action for a rule of a rule group.
public struct RuleActionOverride: Hashable, Sendable {
  /// The rule's name in the group, upper and lower case as there.
  public var name: String
  /// The action that replaces the rule's own.
  public var actionToUse: RuleAction

  /// Creates an override.
  public init(name: String, actionToUse: RuleAction) {
    self.name = name
    self.actionToUse = actionToUse
  }
}

extension RuleActionOverride: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name = object.required("Name", as: String.self)
    let action = object.required("ActionToUse", as: RuleAction.self)
    object.finish()
    guard let name, let action else { return nil }
    self.init(name: name, actionToUse: action)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Name", name)
    members.add("ActionToUse", actionToUse)
    return members.node
  }
}
