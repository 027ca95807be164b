package import DocumentTree

/// The client's address is in an IP set.
public struct IPSetReferenceStatement: Hashable, Sendable {
  /// The set's ARN.
  public var arn: String
  /// The header that has the addresses; absent means the address of the connection.
  public var ipSetForwardedIPConfig: IPSetForwardedIPConfig?

  /// Creates a statement.
  public init(arn: String, ipSetForwardedIPConfig: IPSetForwardedIPConfig? = nil) {
    self.arn = arn
    self.ipSetForwardedIPConfig = ipSetForwardedIPConfig
  }
}

extension IPSetReferenceStatement: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let arn = object.required("ARN", as: String.self)
    let forwarded = object.optional("IPSetForwardedIPConfig", as: IPSetForwardedIPConfig.self)
    object.finish(mistaken: ["ForwardedIPConfig": "IPSetForwardedIPConfig"])
    guard !object.isBroken, let arn else { return nil }
    self.init(arn: arn, ipSetForwardedIPConfig: forwarded)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("ARN", arn)
    members.add("IPSetForwardedIPConfig", ipSetForwardedIPConfig)
    return members.node
  }
}
