package import DocumentTree

/// At least one nested statement matches.
public struct OrStatement: Hashable, Sendable {
  /// The nested statements.
  public var statements: [Statement]

  /// Creates a statement.
  public init(statements: [Statement]) {
    self.statements = statements
  }
}

extension OrStatement: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let statements = object.requiredList("Statements", of: Statement.self)
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(statements: statements)
  }

  package func node() -> Node { Node("Statements", statements) }
}
