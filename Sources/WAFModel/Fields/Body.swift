package import DocumentTree

/// The body of a request, as plain bytes up to the inspection limit.
public struct Body: Hashable, Sendable {
  /// What happens where the body is over the limit; absent means ``OversizeHandling/continue``.
  public var oversizeHandling: OversizeHandling?

  /// Creates the component.
  public init(oversizeHandling: OversizeHandling? = nil) {
    self.oversizeHandling = oversizeHandling
  }
}

extension Body: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let handling = object.optional("OversizeHandling", as: OversizeHandling.self)
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(oversizeHandling: handling)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("OversizeHandling", oversizeHandling)
    return members.node
  }
}
