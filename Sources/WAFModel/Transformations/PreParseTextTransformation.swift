package import DocumentTree

/// One step of preparing the query string before it is split into arguments.
public struct PreParseTextTransformation: Hashable, Sendable {
  /// The step's place among the others of its statement: lower numbers come first.
  public var priority: Int
  /// What the step does.
  public var type: PreParseTextTransformationType

  /// Creates a transformation.
  public init(priority: Int, type: PreParseTextTransformationType) {
    self.priority = priority
    self.type = type
  }
}

extension PreParseTextTransformation: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let priority = object.required("Priority", as: LenientInt.self)
    let type = object.required("Type", as: PreParseTextTransformationType.self)
    object.finish()
    guard let priority, let type else { return nil }
    self.init(priority: priority.value, type: type)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Priority", priority)
    members.add("Type", type)
    return members.node
  }
}
