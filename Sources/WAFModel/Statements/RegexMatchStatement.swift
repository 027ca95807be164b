package import DocumentTree

/// A component matches a regular expression.
public struct RegexMatchStatement: Hashable, Sendable {
  /// The expression, in the syntax of PCRE with exceptions.
  public var regexString: String
  /// The component that is inspected.
  public var fieldToMatch: FieldToMatch
  /// How the component is prepared, in any order.
  public var textTransformations: [TextTransformation]

  /// Creates a statement.
  public init(
    regexString: String, fieldToMatch: FieldToMatch, textTransformations: [TextTransformation]
  ) {
    self.regexString = regexString
    self.fieldToMatch = fieldToMatch
    self.textTransformations = textTransformations
  }
}

extension RegexMatchStatement: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let regex = object.required("RegexString", as: String.self)
    let field = object.required("FieldToMatch", as: FieldToMatch.self)
    let transformations = object.textTransformations()
    object.finish()
    guard !object.isBroken, let regex, let field else { return nil }
    self.init(regexString: regex, fieldToMatch: field, textTransformations: transformations)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("RegexString", regexString)
    members.add("FieldToMatch", fieldToMatch)
    members.add("TextTransformations", textTransformations)
    return members.node
  }
}
