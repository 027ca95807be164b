package import DocumentTree

/// The header that has the addresses to compare with an IP set, and which of them.
public struct IPSetForwardedIPConfig: Hashable, Sendable {
  /// The header's name, such as `X-Forwarded-For`; its case does not matter.
  public var headerName: String
  /// What happens where the header has no valid address in the position.
  ///
  /// Not where the header is absent: the statement does not match then.
  /// Source: Using forwarded IP addresses in AWS WAF (documented).
  public var fallbackBehavior: FallbackBehavior
  /// Which of the header's addresses are compared.
  public var position: ForwardedIPPosition

  /// Creates a configuration.
  public init(
    headerName: String, fallbackBehavior: FallbackBehavior, position: ForwardedIPPosition
  ) {
    self.headerName = headerName
    self.fallbackBehavior = fallbackBehavior
    self.position = position
  }
}

extension IPSetForwardedIPConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name = object.required("HeaderName", as: String.self)
    let fallback = object.required("FallbackBehavior", as: FallbackBehavior.self)
    let position = object.required("Position", as: ForwardedIPPosition.self)
    object.finish()
    guard let name, let fallback, let position else { return nil }
    self.init(headerName: name, fallbackBehavior: fallback, position: position)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("HeaderName", headerName)
    members.add("FallbackBehavior", fallbackBehavior)
    members.add("Position", position)
    return members.node
  }
}
