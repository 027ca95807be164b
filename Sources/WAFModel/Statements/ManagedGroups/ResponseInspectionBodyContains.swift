package import DocumentTree

/// The texts in bodies that tell of success.
public struct ResponseInspectionBodyContains: Hashable, Sendable {
  /// The texts of success, 1 to 5.
  public var successStrings: [String]
  /// The texts of failure, 1 to 5.
  public var failureStrings: [String]

  /// Creates settings.
  public init(successStrings: [String], failureStrings: [String]) {
    self.successStrings = successStrings
    self.failureStrings = failureStrings
  }
}

extension ResponseInspectionBodyContains: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let successStrings = object.requiredList("SuccessStrings", of: String.self)
    let failureStrings = object.requiredList("FailureStrings", of: String.self)
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(successStrings: successStrings, failureStrings: failureStrings)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("SuccessStrings", successStrings)
    members.add("FailureStrings", failureStrings)
    return members.node
  }
}
