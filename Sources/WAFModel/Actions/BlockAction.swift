package import DocumentTree

/// Answers the request instead of the protected resource.
public struct BlockAction: Hashable, Sendable {
  /// The answer; a plain 403 where there is none.
  public var customResponse: CustomResponse?

  /// Creates the action.
  public init(customResponse: CustomResponse? = nil) {
    self.customResponse = customResponse
  }
}

extension BlockAction: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let response = object.optional("CustomResponse", as: CustomResponse.self)
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(customResponse: response)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("CustomResponse", customResponse)
    return members.node
  }
}
