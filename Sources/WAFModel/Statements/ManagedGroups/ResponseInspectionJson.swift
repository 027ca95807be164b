package import DocumentTree

/// The values in JSON bodies that tell of success.
public struct ResponseInspectionJson: Hashable, Sendable {
  /// The JSON pointer of the value.
  public var identifier: String
  /// The values of success, 1 to 5.
  public var successValues: [String]
  /// The values of failure, 1 to 5.
  public var failureValues: [String]

  /// Creates settings.
  public init(identifier: String, successValues: [String], failureValues: [String]) {
    self.identifier = identifier
    self.successValues = successValues
    self.failureValues = failureValues
  }
}

extension ResponseInspectionJson: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let identifier = object.required("Identifier", as: String.self)
    let successValues = object.requiredList("SuccessValues", of: String.self)
    let failureValues = object.requiredList("FailureValues", of: String.self)
    object.finish()
    guard !object.isBroken, let identifier else { return nil }
    self.init(identifier: identifier, successValues: successValues, failureValues: failureValues)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Identifier", identifier)
    members.add("SuccessValues", successValues)
    members.add("FailureValues", failureValues)
    return members.node
  }
}
