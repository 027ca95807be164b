package import DocumentTree

/// A component has a size.
public struct SizeConstraintStatement: Hashable, Sendable {
  /// The component that is measured.
  public var fieldToMatch: FieldToMatch
  /// How its size is compared.
  public var comparisonOperator: ComparisonOperator
  /// The size in bytes, from 0 to 21,474,836,480.
  public var size: Int
  /// How the component is prepared, in any order.
  public var textTransformations: [TextTransformation]
  /// How the query string is prepared before it is split, in any order.
  public var preParseTextTransformations: [PreParseTextTransformation]
  /// The lists that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates a statement.
  public init(
    fieldToMatch: FieldToMatch, comparisonOperator: ComparisonOperator, size: Int,
    textTransformations: [TextTransformation],
    preParseTextTransformations: [PreParseTextTransformation] = []
  ) {
    self.fieldToMatch = fieldToMatch
    self.comparisonOperator = comparisonOperator
    self.size = size
    self.textTransformations = textTransformations
    self.preParseTextTransformations = preParseTextTransformations
  }
}

extension SizeConstraintStatement: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let field = object.required("FieldToMatch", as: FieldToMatch.self)
    let comparison = object.required("ComparisonOperator", as: ComparisonOperator.self)
    let size = object.required("Size", as: LenientInt.self)
    let transformations = object.textTransformations()
    let preParse = object.preParseTextTransformations()
    object.finish()
    guard !object.isBroken, let field, let comparison, let size else { return nil }
    self.init(
      fieldToMatch: field, comparisonOperator: comparison, size: size.value,
      textTransformations: transformations,
      preParseTextTransformations: preParse)
    emptyMembers = object.spelledOutEmpty("PreParseTextTransformations")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("FieldToMatch", fieldToMatch)
    members.add("ComparisonOperator", comparisonOperator)
    members.add("Size", size)
    members.add("TextTransformations", textTransformations)
    members.add(
      "PreParseTextTransformations", preParseTextTransformations, emptyIf: emptyMembers)
    return members.node
  }
}
