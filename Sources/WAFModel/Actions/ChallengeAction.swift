package import DocumentTree

/// Runs a silent challenge in the client, unless it has a valid token.
public struct ChallengeAction: Hashable, Sendable {
  /// Headers that are inserted into the request.
  public var customRequestHandling: CustomRequestHandling?

  /// Creates the action.
  public init(customRequestHandling: CustomRequestHandling? = nil) {
    self.customRequestHandling = customRequestHandling
  }
}

extension ChallengeAction: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let handling = object.optional(
      "CustomRequestHandling", as: CustomRequestHandling.self)
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(customRequestHandling: handling)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("CustomRequestHandling", customRequestHandling)
    return members.node
  }
}
