package import DocumentTree

/// What is known of the protected application, for the recommendations of the console.
///
/// It changes nothing about the evaluation.
public struct ApplicationConfig: Hashable, Sendable {
  /// The attributes, 10 at most.
  public var attributes: [ApplicationAttribute]
  /// The lists that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates a configuration.
  public init(attributes: [ApplicationAttribute] = []) {
    self.attributes = attributes
  }
}

/// Something that is known of the protected application.
public struct ApplicationAttribute: Hashable, Sendable {
  /// The name.
  public var name: String?
  /// The values, 50 at most.
  public var values: [String]
  /// The lists that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates an attribute.
  public init(name: String? = nil, values: [String] = []) {
    self.name = name
    self.values = values
  }
}

extension ApplicationConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let attributes = object.list("Attributes", of: ApplicationAttribute.self)
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(attributes: attributes)
    emptyMembers = object.spelledOutEmpty("Attributes")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Attributes", attributes, emptyIf: emptyMembers)
    return members.node
  }
}

extension ApplicationAttribute: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name = object.optional("Name", as: String.self)
    let values = object.list("Values", of: String.self)
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(name: name, values: values)
    emptyMembers = object.spelledOutEmpty("Values")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Name", name)
    members.add("Values", values, emptyIf: emptyMembers)
    return members.node
  }
}
