package import DocumentTree

/// The status codes that tell of success.
public struct ResponseInspectionStatusCode: Hashable, Sendable {
  /// The codes of success, 1 to 10.
  public var successCodes: [Int]
  /// The codes of failure, 1 to 10.
  public var failureCodes: [Int]

  /// Creates settings.
  public init(successCodes: [Int], failureCodes: [Int]) {
    self.successCodes = successCodes
    self.failureCodes = failureCodes
  }
}

extension ResponseInspectionStatusCode: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let successCodes = object.requiredList("SuccessCodes", of: Int.self)
    let failureCodes = object.requiredList("FailureCodes", of: Int.self)
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(successCodes: successCodes, failureCodes: failureCodes)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("SuccessCodes", successCodes)
    members.add("FailureCodes", failureCodes)
    return members.node
  }
}
