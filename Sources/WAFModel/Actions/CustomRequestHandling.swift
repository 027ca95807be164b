import Diagnostics
package import DocumentTree

/// The headers that the service inserts into a request before it forwards it.
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

extension ObjectReader {
  /// Reads the request handling of an action.
  ///
  /// The insertion of headers comes with a later version. Under `allowUnknown` it is kept and
  /// warned about: no rule ever sees an inserted header, so the evaluation stays right.
  mutating func customRequestHandling(in context: ReadingContext) -> CustomRequestHandling? {
    let handling = optional("CustomRequestHandling", as: CustomRequestHandling.self)
    guard has("CustomRequestHandling") else { return nil }
    context.unsupported(
      "CustomRequestHandling (the insertion of headers)",
      at: cursor.pointer.appending("CustomRequestHandling"))
    return handling
  }
}
