package import DocumentTree

/// The nested statement does not match.
public struct NotStatement: Hashable, Sendable {
  /// The nested statement.
  public var statement: Statement

  /// Creates a statement.
  public init(statement: Statement) {
    self.statement = statement
  }
}

extension NotStatement: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let statement = object.required("Statement", as: Statement.self)
    object.finish()
    guard !object.isBroken, let statement else { return nil }
    self.init(statement: statement)
  }

  package func node() -> Node { Node("Statement", statement) }
}
