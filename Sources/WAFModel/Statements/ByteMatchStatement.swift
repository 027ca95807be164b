package import DocumentTree

/// A component contains, starts with, ends with, or is some bytes.
public struct ByteMatchStatement: Hashable, Sendable {
  /// The bytes to look for.
  public var searchString: SearchString
  /// The component that is inspected.
  public var fieldToMatch: FieldToMatch
  /// How the component is prepared, in any order.
  public var textTransformations: [TextTransformation]
  /// How the query string is prepared before it is split, in any order.
  public var preParseTextTransformations: [PreParseTextTransformation]
  /// Where in the component the bytes must be.
  public var positionalConstraint: PositionalConstraint
  /// The lists that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates a statement.
  public init(
    searchString: SearchString, fieldToMatch: FieldToMatch,
    textTransformations: [TextTransformation],
    preParseTextTransformations: [PreParseTextTransformation] = [],
    positionalConstraint: PositionalConstraint
  ) {
    self.searchString = searchString
    self.fieldToMatch = fieldToMatch
    self.textTransformations = textTransformations
    self.preParseTextTransformations = preParseTextTransformations
    self.positionalConstraint = positionalConstraint
  }
}

extension ByteMatchStatement: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let search = SearchString(from: &object, in: context)
    let field = object.required("FieldToMatch", as: FieldToMatch.self)
    let transformations = object.textTransformations()
    let preParse = object.preParseTextTransformations()
    let constraint = object.required("PositionalConstraint", as: PositionalConstraint.self)
    object.finish()
    guard !object.isBroken, let search, let field, let constraint else { return nil }
    self.init(
      searchString: search, fieldToMatch: field, textTransformations: transformations,
      preParseTextTransformations: preParse, positionalConstraint: constraint)
    emptyMembers = object.spelledOutEmpty("PreParseTextTransformations")
  }

  package func node() -> Node {
    var members = MemberList()
    searchString.write(to: &members)
    members.add("FieldToMatch", fieldToMatch)
    members.add("TextTransformations", textTransformations)
    members.add(
      "PreParseTextTransformations", preParseTextTransformations, emptyIf: emptyMembers)
    members.add("PositionalConstraint", positionalConstraint)
    return members.node
  }
}
