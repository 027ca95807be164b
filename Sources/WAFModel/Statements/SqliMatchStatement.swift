package import DocumentTree

/// A component looks like SQL injection.
public struct SqliMatchStatement: Hashable, Sendable {
  /// The component that is inspected.
  public var fieldToMatch: FieldToMatch
  /// How the component is prepared, in any order.
  public var textTransformations: [TextTransformation]
  /// How the query string is prepared before it is split, in any order.
  public var preParseTextTransformations: [PreParseTextTransformation]
  /// How readily something is taken for an attack; absent means ``SensitivityLevel/low``.
  public var sensitivityLevel: SensitivityLevel?
  /// The lists that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates a statement.
  public init(
    fieldToMatch: FieldToMatch, textTransformations: [TextTransformation],
    preParseTextTransformations: [PreParseTextTransformation] = [],
    sensitivityLevel: SensitivityLevel? = nil
  ) {
    self.fieldToMatch = fieldToMatch
    self.textTransformations = textTransformations
    self.preParseTextTransformations = preParseTextTransformations
    self.sensitivityLevel = sensitivityLevel
  }
}

extension SqliMatchStatement: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let field = object.required("FieldToMatch", as: FieldToMatch.self)
    let transformations = object.textTransformations()
    let preParse = object.preParseTextTransformations()
    let level = object.optional("SensitivityLevel", as: SensitivityLevel.self)
    object.finish()
    guard !object.isBroken, let field else { return nil }
    self.init(
      fieldToMatch: field, textTransformations: transformations,
      preParseTextTransformations: preParse, sensitivityLevel: level)
    emptyMembers = object.spelledOutEmpty("PreParseTextTransformations")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("FieldToMatch", fieldToMatch)
    members.add("TextTransformations", textTransformations)
    members.add(
      "PreParseTextTransformations", preParseTextTransformations, emptyIf: emptyMembers)
    members.add("SensitivityLevel", sensitivityLevel)
    return members.node
  }
}
