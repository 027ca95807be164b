package import DocumentTree

/// A rule that was evaluated earlier added a label.
public struct LabelMatchStatement: Hashable, Sendable {
  /// What the key is compared with.
  public var scope: LabelMatchScope
  /// The label or namespace; one that starts with `awswaf:` is fully qualified.
  public var key: String

  /// Creates a statement.
  public init(scope: LabelMatchScope, key: String) {
    self.scope = scope
    self.key = key
  }
}

extension LabelMatchStatement: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let scope = object.required("Scope", as: LabelMatchScope.self)
    let key = object.required("Key", as: String.self)
    object.finish()
    guard let scope, let key else { return nil }
    self.init(scope: scope, key: key)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Scope", scope)
    members.add("Key", key)
    return members.node
  }
}
