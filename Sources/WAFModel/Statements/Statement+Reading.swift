import Diagnostics
package import DocumentTree

extension Statement: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    let cursor = Self.withoutStrayConfigs(cursor, in: context)
    guard
      let union = UnionReader(
        cursor, in: context, what: "the statement", names: Kind.allCases.map(\.rawValue))
    else { return nil }
    let value = union.value
    guard let kind = Kind(rawValue: union.name) else {
      context.unknownName(
        "unknown-statement", "unknown statement '\(union.name)'", at: value.pointer,
        focus: .key, suggestion: didYouMean(union.name, among: Kind.allCases.map(\.rawValue)))
      self = .opaque(OpaqueStatement(union))
      return
    }
    let before = context.mistakeCount
    if let statement = Self.read(kind, from: value, in: context) {
      self = statement
    } else if context.mistakeCount == before {
      // Nothing is wrong with it, only nobody knows a member of it, and that is allowed.
      self = .opaque(OpaqueStatement(union))
    } else {
      return nil
    }
  }

  private static let strays = ["ForwardedIPConfig", "IPSetForwardedIPConfig"]

  /// The statement without the forwarding settings that samples of the documentation have beside
  /// the statement instead of in it.
  ///
  /// They are not moved: AWS WAF refuses or ignores them.
  private static func withoutStrayConfigs(
    _ cursor: Cursor, in context: ReadingContext
  ) -> Cursor {
    let members = cursor.node.members ?? []
    guard members.contains(where: { strays.contains($0.key) }) else { return cursor }
    let kept = members.filter { !strays.contains($0.key) }
    guard kept.count < members.count, let statement = kept.first(where: { !$0.value.isNull })
    else { return cursor }
    for name in strays where members.contains(where: { $0.key == name && !$0.value.isNull }) {
      context.report(
        Diagnostic(
          severity: context.features.contains(.strict) ? .error : .warning,
          code: "misplaced-member",
          message: "'\(name)' beside '\(statement.key)' is ignored",
          place: context.place(cursor.pointer.appending(name), .key),
          notes: ["it belongs inside '\(statement.key)'"]))
    }
    return Cursor(Node(.object(kept)), at: cursor.pointer)
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
    case .sqliMatch:
      SqliMatchStatement(reading: value, in: context).map(Self.sqliMatch)
    case .xssMatch:
      XssMatchStatement(reading: value, in: context).map(Self.xssMatch)
    case .ipSetReference:
      IPSetReferenceStatement(reading: value, in: context).map(Self.ipSetReference)
    case .geoMatch:
      GeoMatchStatement(reading: value, in: context).map(Self.geoMatch)
    case .asnMatch:
      AsnMatchStatement(reading: value, in: context).map(Self.asnMatch)
    case .labelMatch:
      LabelMatchStatement(reading: value, in: context).map(Self.labelMatch)
    case .and:
      AndStatement(reading: value, in: context).map(Self.and)
    case .or:
      OrStatement(reading: value, in: context).map(Self.or)
    case .not:
      NotStatement(reading: value, in: context).map(Self.not)
    case .rateBased:
      RateBasedStatement(reading: value, in: context).map(Self.rateBased)
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
    case .sqliMatch(let body): Node(wireName, body)
    case .xssMatch(let body): Node(wireName, body)
    case .ipSetReference(let body): Node(wireName, body)
    case .geoMatch(let body): Node(wireName, body)
    case .asnMatch(let body): Node(wireName, body)
    case .labelMatch(let body): Node(wireName, body)
    case .and(let body): Node(wireName, body)
    case .or(let body): Node(wireName, body)
    case .not(let body): Node(wireName, body)
    case .rateBased(let body): Node(wireName, body)
    case .managedRuleGroup(let body): Node(wireName, body)
    case .ruleGroupReference(let body): Node(wireName, body)
    case .opaque(let body): Node(wireName, body.node)
    }
  }
}

extension ObjectReader {
  /// The preparation of a component, which all statements about components share.
  mutating func textTransformations() -> [TextTransformation] {
    requiredList("TextTransformations", of: TextTransformation.self)
  }

  /// The preparation of the query string, which all statements about components share.
  mutating func preParseTextTransformations() -> [PreParseTextTransformation] {
    list("PreParseTextTransformations", of: PreParseTextTransformation.self)
  }
}

extension OpaqueStatement {
  fileprivate init(_ union: UnionReader) {
    self.init(kind: union.name, node: union.value.node.withoutPositions())
  }
}
