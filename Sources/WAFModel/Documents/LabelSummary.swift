package import DocumentTree

/// A label that rules of a rule group add, or that they match.
public struct LabelSummary: Hashable, Sendable {
  /// The label, with its prefix.
  public var name: String?

  /// Creates a summary.
  public init(name: String? = nil) {
    self.name = name
  }
}

extension LabelSummary: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name = object.optional("Name", as: String.self)
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(name: name)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Name", name)
    return members.node
  }
}
