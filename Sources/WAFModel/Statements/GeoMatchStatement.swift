package import DocumentTree

/// The client is in one of some countries.
public struct GeoMatchStatement: Hashable, Sendable {
  /// The countries as two letters (ISO 3166-1 alpha-2), 1 to 50 of them.
  public var countryCodes: [String]

  /// Creates a statement.
  public init(countryCodes: [String]) {
    self.countryCodes = countryCodes
  }
}

extension GeoMatchStatement: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let codes = object.requiredList("CountryCodes", of: String.self)
    object.unsupported("ForwardedIPConfig", "ForwardedIPConfig")
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(countryCodes: codes)
  }

  package func node() -> Node { Node("CountryCodes", countryCodes) }
}
