package import DocumentTree

/// The client's address is in an IP set.
public struct IPSetReferenceStatement: Hashable, Sendable {
  /// The set's ARN.
  public var arn: String

  /// Creates a statement.
  public init(arn: String) {
    self.arn = arn
  }
}

extension IPSetReferenceStatement: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let arn = object.required("ARN", as: String.self)
    object.unsupported("IPSetForwardedIPConfig", "IPSetForwardedIPConfig")
    object.finish()
    guard !object.isBroken, let arn else { return nil }
    self.init(arn: arn)
  }

  package func node() -> Node { Node("ARN", arn) }
}
