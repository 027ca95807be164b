import Diagnostics
package import DocumentTree

extension Statement: TreeReadable, TreeWritable {
  /// Statements of AWS WAF that are not built yet.
  static let unbuilt = [
    "SqliMatchStatement", "XssMatchStatement", "RateBasedStatement", "AsnMatchStatement",
  ]

  package init?(reading cursor: Cursor, in context: ReadingContext) {
    let names = Kind.allCases.map(\.rawValue) + Self.unbuilt
    guard let union = UnionReader(cursor, in: context, what: "the statement", names: names)
    else { return nil }
    let value = union.value
    let opaque = Statement.opaque(
      OpaqueStatement(kind: union.name, node: value.node.withoutPositions()))
    guard let kind = Kind(rawValue: union.name) else {
      if Self.unbuilt.contains(union.name) {
        context.unsupported(union.name, at: value.pointer)
      } else {
        context.unknownName(
          "unknown-statement", "unknown statement '\(union.name)'", at: value.pointer,
          focus: .key, suggestion: didYouMean(union.name, among: names))
      }
      self = opaque
      return
    }
    let before = (context.mistakeCount, context.unsupportedCount)
    if let statement = Self.read(kind, from: value, in: context) {
      self = statement
    } else if context.mistakeCount == before.0, context.unsupportedCount > before.1 {
      // Nothing is wrong with it, only a member of it can't be evaluated yet.
      self = opaque
    } else {
      return nil
    }
  }

  private static func read(
    _ kind: Kind, from value: Cursor, in context: ReadingContext
  ) -> Statement? {
    switch kind {
    case .byteMatch:
      ByteMatchStatement(reading: value, in: context).map(Self.byteMatch)
    case .regexMatch:
      RegexMatchStatement(reading: value, in: context).map(Self.regexMatch)
    case .regexPatternSetReference:
      RegexPatternSetReferenceStatement(reading: value, in: context)
        .map(Self.regexPatternSetReference)
    case .sizeConstraint:
      SizeConstraintStatement(reading: value, in: context).map(Self.sizeConstraint)
    case .ipSetReference:
      IPSetReferenceStatement(reading: value, in: context).map(Self.ipSetReference)
    case .geoMatch:
      GeoMatchStatement(reading: value, in: context).map(Self.geoMatch)
    case .labelMatch:
      LabelMatchStatement(reading: value, in: context).map(Self.labelMatch)
    case .and:
      AndStatement(reading: value, in: context).map(Self.and)
    case .or:
      OrStatement(reading: value, in: context).map(Self.or)
    case .not:
      NotStatement(reading: value, in: context).map(Self.not)
    case .managedRuleGroup:
      ManagedRuleGroupStatement(reading: value, in: context).map(Self.managedRuleGroup)
    case .ruleGroupReference:
      RuleGroupReferenceStatement(reading: value, in: context).map(Self.ruleGroupReference)
    }
  }

  package func node() -> Node {
    switch self {
    case .byteMatch(let body): Node(wireName, body)
    case .regexMatch(let body): Node(wireName, body)
    case .regexPatternSetReference(let body): Node(wireName, body)
    case .sizeConstraint(let body): Node(wireName, body)
    case .ipSetReference(let body): Node(wireName, body)
    case .geoMatch(let body): Node(wireName, body)
    case .labelMatch(let body): Node(wireName, body)
    case .and(let body): Node(wireName, body)
    case .or(let body): Node(wireName, body)
    case .not(let body): Node(wireName, body)
    case .managedRuleGroup(let body): Node(wireName, body)
    case .ruleGroupReference(let body): Node(wireName, body)
    case .opaque(let body): Node(wireName, body.node)
    }
  }
}

extension ObjectReader {
  /// The preparation of a component, which all statements about components share.
  mutating func textTransformations() -> [TextTransformation] {
    unsupported("PreParseTextTransformations", "PreParseTextTransformations")
    return requiredList("TextTransformations", of: TextTransformation.self)
  }
}
