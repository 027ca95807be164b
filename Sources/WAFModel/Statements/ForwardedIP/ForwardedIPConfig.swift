package import DocumentTree

/// The header that has the client's address, where a proxy hides it.
public struct ForwardedIPConfig: Hashable, Sendable {
  /// The header's name, such as `X-Forwarded-For`; its case does not matter.
  public var headerName: String
  /// What happens where the header has no valid address.
  ///
  /// Not where the header is absent: the statement does not match then.
  /// Source: Using forwarded IP addresses in AWS WAF (documented).
  public var fallbackBehavior: FallbackBehavior

  /// Creates a configuration.
  public init(headerName: String, fallbackBehavior: FallbackBehavior) {
    self.headerName = headerName
    self.fallbackBehavior = fallbackBehavior
  }
}

extension ForwardedIPConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name = object.required("HeaderName", as: String.self)
    let fallback = object.required("FallbackBehavior", as: FallbackBehavior.self)
    object.finish()
    guard let name, let fallback else { return nil }
    self.init(headerName: name, fallbackBehavior: fallback)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("HeaderName", headerName)
    members.add("FallbackBehavior", fallbackBehavior)
    return members.node
  }
}
