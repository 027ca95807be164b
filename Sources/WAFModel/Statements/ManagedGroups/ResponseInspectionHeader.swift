package import DocumentTree

/// The values of a header that tell of success.
public struct ResponseInspectionHeader: Hashable, Sendable {
  /// The name of the header.
  public var name: String
  /// The values of success, 1 to 3.
  public var successValues: [String]
  /// The values of failure, 1 to 3.
  public var failureValues: [String]

  /// Creates settings.
  public init(name: String, successValues: [String], failureValues: [String]) {
    self.name = name
    self.successValues = successValues
    self.failureValues = failureValues
  }
}

extension ResponseInspectionHeader: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name = object.required("Name", as: String.self)
    let successValues = object.requiredList("SuccessValues", of: String.self)
    let failureValues = object.requiredList("FailureValues", of: String.self)
    object.finish()
    guard !object.isBroken, let name else { return nil }
    self.init(name: name, successValues: successValues, failureValues: failureValues)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Name", name)
    members.add("SuccessValues", successValues)
    members.add("FailureValues", failureValues)
    return members.node
  }
}
