package import DocumentTree

/// A component matches one of the expressions of a regex pattern set.
public struct RegexPatternSetReferenceStatement: Hashable, Sendable {
  /// The set's ARN.
  public var arn: String
  /// The component that is inspected.
  public var fieldToMatch: FieldToMatch
  /// How the component is prepared, in any order.
  public var textTransformations: [TextTransformation]
  /// How the query string is prepared before it is split, in any order.
  public var preParseTextTransformations: [PreParseTextTransformation]
  /// The lists that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates a statement.
  public init(
    arn: String, fieldToMatch: FieldToMatch, textTransformations: [TextTransformation],
    preParseTextTransformations: [PreParseTextTransformation] = []
  ) {
    self.arn = arn
    self.fieldToMatch = fieldToMatch
    self.textTransformations = textTransformations
    self.preParseTextTransformations = preParseTextTransformations
  }
}

extension RegexPatternSetReferenceStatement: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let arn = object.required("ARN", as: String.self)
    let field = object.required("FieldToMatch", as: FieldToMatch.self)
    let transformations = object.textTransformations()
    let preParse = object.preParseTextTransformations()
    object.finish()
    guard !object.isBroken, let arn, let field else { return nil }
    self.init(
      arn: arn, fieldToMatch: field, textTransformations: transformations,
      preParseTextTransformations: preParse)
    emptyMembers = object.spelledOutEmpty("PreParseTextTransformations")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("ARN", arn)
    members.add("FieldToMatch", fieldToMatch)
    members.add("TextTransformations", textTransformations)
    members.add(
      "PreParseTextTransformations", preParseTextTransformations, emptyIf: emptyMembers)
    return members.node
  }
}
