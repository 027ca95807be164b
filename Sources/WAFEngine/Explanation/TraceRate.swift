/// What a rate-based rule counts, and the part that the request has in it.
public struct TraceRate: Hashable, Sendable {
  /// Requests in the window above which a key is limited.
  public var limit: Int
  /// The length of the window.
  public var windowSeconds: Int
  /// What requests are counted by, in words; empty where all count together.
  public var keys: [String]
  /// Whether the request has a value for each part of the key; one without is not counted.
  public var hasKey: TraceOutcome
  /// The scope-down statement, which the requests that count match; nil where there is none.
  public var scopeDown: TraceStatement?
}
