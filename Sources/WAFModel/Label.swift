package import DocumentTree

/// A label that a rule adds to the requests it matches.
public struct Label: Hashable, Sendable {
  /// The label as the rule spells it, without the prefix of the web ACL or rule group:
  /// up to five namespaces and a name, joined by colons.
  public var name: String

  /// Creates a label.
  public init(name: String) {
    self.name = name
  }
}

extension Label: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name = object.required("Name", as: String.self)
    object.finish()
    guard let name else { return nil }
    self.init(name: name)
  }

  package func node() -> Node { Node("Name", name) }
}
