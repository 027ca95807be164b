package import DocumentTree

/// The names of all headers in the order of the request, joined by colons.
public struct HeaderOrder: Hashable, Sendable {
  /// What happens where there are more headers than AWS WAF inspects.
  public var oversizeHandling: OversizeHandling

  /// Creates the component.
  public init(oversizeHandling: OversizeHandling) {
    self.oversizeHandling = oversizeHandling
  }
}

extension HeaderOrder: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let handling = object.required("OversizeHandling", as: OversizeHandling.self)
    object.finish()
    guard let handling else { return nil }
    self.init(oversizeHandling: handling)
  }

  package func node() -> Node { Node("OversizeHandling", oversizeHandling) }
}
