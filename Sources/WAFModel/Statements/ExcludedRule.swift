package import DocumentTree

/// A rule of a rule group that only counts: the older spelling of an override to Count.
public struct ExcludedRule: Hashable, Sendable {
  /// The rule's name in the group.
  public var name: String

  /// Creates an exclusion.
  public init(name: String) {
    self.name = name
  }
}

extension ExcludedRule: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name = object.required("Name", as: String.self)
    object.finish()
    guard let name else { return nil }
    self.init(name: name)
  }

  package func node() -> Node { Node("Name", name) }
}
