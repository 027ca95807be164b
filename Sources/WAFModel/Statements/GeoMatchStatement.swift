package import DocumentTree

/// The client is in one of some countries.
public struct GeoMatchStatement: Hashable, Sendable {
  /// The countries as two letters (ISO 3166-1 alpha-2), 1 to 50 of them.
  public var countryCodes: [String]
  /// The header that has the address; absent means the address of the connection.
  public var forwardedIPConfig: ForwardedIPConfig?

  /// Creates a statement.
  public init(countryCodes: [String], forwardedIPConfig: ForwardedIPConfig? = nil) {
    self.countryCodes = countryCodes
    self.forwardedIPConfig = forwardedIPConfig
  }
}

extension GeoMatchStatement: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let codes = object.requiredList("CountryCodes", of: String.self)
    let forwarded = object.optional("ForwardedIPConfig", as: ForwardedIPConfig.self)
    object.finish(mistaken: ["IPSetForwardedIPConfig": "ForwardedIPConfig"])
    guard !object.isBroken else { return nil }
    self.init(countryCodes: codes, forwardedIPConfig: forwarded)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("CountryCodes", countryCodes)
    members.add("ForwardedIPConfig", forwardedIPConfig)
    return members.node
  }
}
