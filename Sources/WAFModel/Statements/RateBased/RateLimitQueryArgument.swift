package import DocumentTree

/// Requests that have the same value in a query argument.
public struct RateLimitQueryArgument: Hashable, Sendable {
  /// The argument's name.
  public var name: String
  /// How the value is prepared, in any order.
  public var textTransformations: [TextTransformation]

  /// Creates a key.
  public init(name: String, textTransformations: [TextTransformation]) {
    self.name = name
    self.textTransformations = textTransformations
  }
}

extension RateLimitQueryArgument: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name = object.required("Name", as: String.self)
    let transformations = object.textTransformations()
    object.finish()
    guard !object.isBroken, let name else { return nil }
    self.init(name: name, textTransformations: transformations)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Name", name)
    members.add("TextTransformations", textTransformations)
    return members.node
  }
}
