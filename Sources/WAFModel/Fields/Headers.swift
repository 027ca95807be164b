package import DocumentTree

/// The headers of a request: those that a pattern selects, and which parts of them.
public struct Headers: Hashable, Sendable {
  /// Which headers are inspected.
  public var matchPattern: HeaderMatchPattern
  /// Which parts of them.
  public var matchScope: MatchScope
  /// What happens where there are more headers than AWS WAF inspects.
  public var oversizeHandling: OversizeHandling

  /// Creates the component.
  public init(
    matchPattern: HeaderMatchPattern, matchScope: MatchScope,
    oversizeHandling: OversizeHandling
  ) {
    self.matchPattern = matchPattern
    self.matchScope = matchScope
    self.oversizeHandling = oversizeHandling
  }
}

extension Headers: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let pattern = object.required("MatchPattern", as: HeaderMatchPattern.self)
    let scope = object.required("MatchScope", as: MatchScope.self)
    let handling = object.required("OversizeHandling", as: OversizeHandling.self)
    object.finish()
    guard let pattern, let scope, let handling else { return nil }
    self.init(matchPattern: pattern, matchScope: scope, oversizeHandling: handling)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("MatchPattern", matchPattern)
    members.add("MatchScope", matchScope)
    members.add("OversizeHandling", oversizeHandling)
    return members.node
  }
}
