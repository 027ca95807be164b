package import DocumentTree

/// What follows the `#` of the URI.
public struct UriFragment: Hashable, Sendable {
  /// What happens where there is no fragment, or the resource never has one.
  public var fallbackBehavior: FallbackBehavior?

  /// Creates the component.
  public init(fallbackBehavior: FallbackBehavior? = nil) {
    self.fallbackBehavior = fallbackBehavior
  }
}

extension UriFragment: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let fallback = object.optional("FallbackBehavior", as: FallbackBehavior.self)
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(fallbackBehavior: fallback)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("FallbackBehavior", fallbackBehavior)
    return members.node
  }
}
