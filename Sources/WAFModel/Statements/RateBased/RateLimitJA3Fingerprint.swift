package import DocumentTree

/// Requests that have the same JA3 fingerprint.
public struct RateLimitJA3Fingerprint: Hashable, Sendable {
  /// Whether requests without a fingerprint are counted together.
  public var fallbackBehavior: FallbackBehavior

  /// Creates a key.
  public init(fallbackBehavior: FallbackBehavior) {
    self.fallbackBehavior = fallbackBehavior
  }
}

extension RateLimitJA3Fingerprint: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let fallback = object.required("FallbackBehavior", as: FallbackBehavior.self)
    object.finish()
    guard let fallback else { return nil }
    self.init(fallbackBehavior: fallback)
  }

  package func node() -> Node { Node("FallbackBehavior", fallbackBehavior) }
}
