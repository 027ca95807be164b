package import DocumentTree

/// Requests that have the same query string.
public struct RateLimitQueryString: Hashable, Sendable {
  /// How the value is prepared, in any order.
  public var textTransformations: [TextTransformation]

  /// Creates a key.
  public init(textTransformations: [TextTransformation]) {
    self.textTransformations = textTransformations
  }
}

extension RateLimitQueryString: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let transformations = object.textTransformations()
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(textTransformations: transformations)
  }

  package func node() -> Node { Node("TextTransformations", textTransformations) }
}
