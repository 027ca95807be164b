package import DocumentTree

/// A header that the service adds to a request or to a response.
public struct CustomHTTPHeader: Hashable, Sendable {
  /// The header's name.
  public var name: String
  /// The header's value.
  public var value: String

  /// Creates a header.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

extension CustomHTTPHeader: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name = object.required("Name", as: String.self)
    let value = object.required("Value", as: String.self)
    object.finish()
    guard let name, let value else { return nil }
    self.init(name: name, value: value)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Name", name)
    members.add("Value", value)
    return members.node
  }
}
