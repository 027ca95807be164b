import DocumentTree
import WAFModel

/// Random statements over the vocabulary.
struct StatementGenerator {
  var dice: Dice

  mutating func statement(depth: Int) -> Statement {
    if depth > 0, dice.chance(35) {
      switch dice.below(3) {
      case 0:
        return .and(AndStatement(statements: parts(depth)))
      case 1:
        return .or(OrStatement(statements: parts(depth)))
      default:
        return .not(NotStatement(statement: statement(depth: depth - 1)))
      }
    }
    return leaf()
  }

  private mutating func parts(_ depth: Int) -> [Statement] {
    (0..<dice.count(2...3)).map { _ in statement(depth: depth - 1) }
  }

  mutating func leaf() -> Statement {
    switch dice.below(20) {
    case 0..<7: return byteMatch()
    case 7, 8: return sizeConstraint()
    case 9:
      return .regexMatch(
        RegexMatchStatement(
          regexString: dice.pick(Vocabulary.patterns), fieldToMatch: field(),
          textTransformations: transformations()))
    case 10:
      return .regexPatternSetReference(
        RegexPatternSetReferenceStatement(
          arn: Vocabulary.arn("regexpatternset", dice.pick(["words", "looks", "missing"])),
          fieldToMatch: field(), textTransformations: transformations()))
    case 11, 12: return ipSet()
    case 13, 14: return geo()
    case 15..<19: return labelMatch()
    default: return unknown()
    }
  }

  /// A statement that no record can answer.
  mutating func unknown() -> Statement {
    switch dice.below(3) {
    case 0:
      .ipSetReference(IPSetReferenceStatement(arn: Vocabulary.arn("ipset", "missing")))
    case 1:
      .opaque(
        OpaqueStatement(kind: "XssMatchStatement", node: Node("X", String(dice.below(2)))))
    default:
      .regexPatternSetReference(
        RegexPatternSetReferenceStatement(
          arn: Vocabulary.arn("regexpatternset", "missing"), fieldToMatch: .uriPath,
          textTransformations: [TextTransformation(priority: 0, type: .none)]))
    }
  }

  mutating func geo() -> Statement {
    let count = dice.count(1...2)
    return .geoMatch(
      GeoMatchStatement(countryCodes: (0..<count).map { _ in dice.pick(Vocabulary.countries) }))
  }

  private mutating func ipSet() -> Statement {
    let name = dice.pick(["office", "office", "six", "empty", "missing"])
    return .ipSetReference(IPSetReferenceStatement(arn: Vocabulary.arn("ipset", name)))
  }

  mutating func labelMatch() -> Statement {
    let isNamespace = dice.chance(40)
    let keys =
      switch (isNamespace, dice.chance(50)) {
      case (true, true): Vocabulary.labelNamespaces
      case (true, false): Vocabulary.qualifiedNamespaces
      case (false, true): Vocabulary.labelKeys
      case (false, false): Vocabulary.qualifiedKeys
      }
    return .labelMatch(
      LabelMatchStatement(scope: isNamespace ? .namespace : .label, key: dice.pick(keys)))
  }

  private mutating func byteMatch() -> Statement {
    let constraint = dice.pick(PositionalConstraint.allCases)
    let search = dice.pick(
      constraint == .containsWord ? Vocabulary.words : Vocabulary.searches)
    return .byteMatch(
      ByteMatchStatement(
        searchString: SearchString(bytes: Array(search.utf8)), fieldToMatch: field(),
        textTransformations: transformations(), positionalConstraint: constraint))
  }

  private mutating func sizeConstraint() -> Statement {
    .sizeConstraint(
      SizeConstraintStatement(
        fieldToMatch: field(), comparisonOperator: dice.pick(ComparisonOperator.allCases),
        size: dice.pick(Vocabulary.sizes), textTransformations: transformations()))
  }

  private mutating func field() -> FieldToMatch {
    switch dice.below(14) {
    case 0: .method
    case 1..<4: .uriPath
    case 4: .queryString
    case 5, 6: .singleHeader(name: dice.pick(["user-agent", "X-Team", "host", "cookie"]))
    case 7: .singleQueryArgument(name: dice.pick(Vocabulary.arguments))
    case 8: .allQueryArguments
    case 9, 10: .cookies(cookies())
    case 11..<13:
      .body(Body(oversizeHandling: dice.pick([nil, .continue, .match, .noMatch])))
    default:
      dice.chance(20) ? .opaque(kind: "JsonBody", node: Node.emptyObject) : .uriPath
    }
  }

  private mutating func cookies() -> Cookies {
    var names: [String] = []
    for _ in 0..<dice.count(1...2) { names.append(dice.pick(Vocabulary.cookieNames)) }
    let pattern = dice.pick([
      CookieMatchPattern.all, .includedCookies(names), .excludedCookies(names),
    ])
    return Cookies(
      matchPattern: pattern, matchScope: dice.pick(MatchScope.allCases),
      oversizeHandling: dice.pick(OversizeHandling.allCases))
  }

  private static let types: [TextTransformationType] = [
    .none, .lowercase, .urlDecode, .urlDecodeUni, .htmlEntityDecode, .compressWhiteSpace,
    .normalizePath, .base64Decode, .removeNulls,
  ]

  private mutating func transformations() -> [TextTransformation] {
    guard dice.chance(60) else { return [TextTransformation(priority: 0, type: .none)] }
    let count = dice.count(1...3)
    var list: [TextTransformation] = []
    for index in 0..<count {
      // Priorities fall here and rise there: their order counts, not that of the list.
      let priority = dice.chance(50) ? index : 10 - index
      let type =
        dice.chance(2) ? TextTransformationType(wireName: "CMD_LINE") : dice.pick(Self.types)
      list.append(TextTransformation(priority: priority, type: type))
    }
    return list
  }
}
