package import DocumentTree

/// Asks the client to pay, unless the request carries a valid payment.
///
/// CloudFront only; the web ACL or rule group has a `MonetizationConfig`. Source: the API's
/// MonetizeAction (documented).
public struct MonetizeAction: Hashable, Sendable {
  /// What the base price is multiplied by: "1" to "100"; "1" where it is absent.
  public var priceMultiplier: String?

  /// Creates the action.
  public init(priceMultiplier: String? = nil) {
    self.priceMultiplier = priceMultiplier
  }
}

extension MonetizeAction: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let priceMultiplier = object.optional("PriceMultiplier", as: String.self)
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(priceMultiplier: priceMultiplier)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("PriceMultiplier", priceMultiplier)
    return members.node
  }
}
