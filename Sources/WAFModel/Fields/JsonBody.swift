package import DocumentTree

/// The body of a request as JSON: the elements that a pattern selects, and which parts of them.
public struct JsonBody: Hashable, Sendable {
  /// Which elements are inspected.
  public var matchPattern: JsonMatchPattern
  /// Which parts of them.
  public var matchScope: MatchScope
  /// What happens where the body is no JSON; absent means that what comes before the mistake is
  /// inspected.
  public var invalidFallbackBehavior: BodyParsingFallbackBehavior?
  /// What happens where the body is over the limit; absent means ``OversizeHandling/continue``.
  public var oversizeHandling: OversizeHandling?

  /// Creates the component.
  public init(
    matchPattern: JsonMatchPattern, matchScope: MatchScope,
    invalidFallbackBehavior: BodyParsingFallbackBehavior? = nil,
    oversizeHandling: OversizeHandling? = nil
  ) {
    self.matchPattern = matchPattern
    self.matchScope = matchScope
    self.invalidFallbackBehavior = invalidFallbackBehavior
    self.oversizeHandling = oversizeHandling
  }
}

extension JsonBody: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let pattern = object.required("MatchPattern", as: JsonMatchPattern.self)
    let scope = object.required("MatchScope", as: MatchScope.self)
    let fallback = object.optional(
      "InvalidFallbackBehavior", as: BodyParsingFallbackBehavior.self)
    let handling = object.optional("OversizeHandling", as: OversizeHandling.self)
    object.finish()
    guard !object.isBroken, let pattern, let scope else { return nil }
    self.init(
      matchPattern: pattern, matchScope: scope, invalidFallbackBehavior: fallback,
      oversizeHandling: handling)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("MatchPattern", matchPattern)
    members.add("MatchScope", matchScope)
    members.add("InvalidFallbackBehavior", invalidFallbackBehavior)
    members.add("OversizeHandling", oversizeHandling)
    return members.node
  }
}
