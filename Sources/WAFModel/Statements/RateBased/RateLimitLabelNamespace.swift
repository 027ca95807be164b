package import DocumentTree

/// Requests that have the same labels of a namespace.
public struct RateLimitLabelNamespace: Hashable, Sendable {
  /// The fully qualified namespace, which ends with a colon.
  public var namespace: String

  /// Creates a key.
  public init(namespace: String) {
    self.namespace = namespace
  }
}

extension RateLimitLabelNamespace: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let namespace = object.required("Namespace", as: String.self)
    object.finish()
    guard let namespace else { return nil }
    self.init(namespace: namespace)
  }

  package func node() -> Node { Node("Namespace", namespace) }
}
