package import DocumentTree

/// The headers that the service inserts into a request before it forwards it.
///
/// They are inserted when the inspection is over, so that no rule sees them. Source: Inserting
/// custom request headers for non-blocking actions (documented).
public struct CustomRequestHandling: Hashable, Sendable {
  /// The headers; the service prefixes each name with `x-amzn-waf-`.
  public var insertHeaders: [CustomHTTPHeader]

  /// Creates a request handling.
  public init(insertHeaders: [CustomHTTPHeader]) {
    self.insertHeaders = insertHeaders
  }
}

extension CustomRequestHandling: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let headers = object.requiredList("InsertHeaders", of: CustomHTTPHeader.self)
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(insertHeaders: headers)
  }

  package func node() -> Node { Node("InsertHeaders", insertHeaders) }
}
