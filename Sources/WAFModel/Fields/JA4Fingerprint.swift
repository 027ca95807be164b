package import DocumentTree

/// The JA4 fingerprint of the TLS Client Hello.
public struct JA4Fingerprint: Hashable, Sendable {
  /// What happens where there is no fingerprint.
  public var fallbackBehavior: FallbackBehavior

  /// Creates the component.
  public init(fallbackBehavior: FallbackBehavior) {
    self.fallbackBehavior = fallbackBehavior
  }
}

extension JA4Fingerprint: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let fallback = object.required("FallbackBehavior", as: FallbackBehavior.self)
    object.finish()
    guard let fallback else { return nil }
    self.init(fallbackBehavior: fallback)
  }

  package func node() -> Node { Node("FallbackBehavior", fallbackBehavior) }
}
