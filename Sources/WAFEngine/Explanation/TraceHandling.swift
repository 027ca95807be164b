/// A header that a rule inserts, into the request that is forwarded or into a custom response.
public struct TraceHeader: Hashable, Sendable {
  /// The name as it is sent: with `x-amzn-waf-` in a request.
  public var name: String
  /// The value, with the labels of the request filled in.
  public var value: String
}

/// What a block answers with in place of a plain 403.
public struct TraceResponse: Hashable, Sendable {
  /// The status, which says nothing of the action: 200 is possible.
  public var status: Int
  /// The headers that are added.
  public var headers: [TraceHeader]
  /// `text/plain`, `text/html`, `application/json`; empty without a body.
  public var contentType: String
  /// The body, with the labels of the request filled in; nil where there is none.
  public var body: String?
}

/// What a rule, or the default action, adds to requests or answers blocked ones with.
public struct TraceHandling: Hashable, Sendable {
  /// The headers that it inserts into a request that is forwarded in the end.
  public var insertedHeaders: [TraceHeader]
  /// The custom response of a block; nil where it has none.
  public var response: TraceResponse?

  /// Nothing of the kind.
  public static let none = TraceHandling(insertedHeaders: [], response: nil)
}
