import DocumentTree
import WAFModel

/// Random statements over a scene.
struct StatementGenerator {
  var dice: Dice
  let scene: Scene

  init(seed: UInt64) {
    dice = Dice(seed: seed)
    scene = Scene(dice: &dice)
  }

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
    switch dice.below(26) {
    case 0..<9: return byteMatch()
    case 9..<12: return sizeConstraint()
    case 12: return regexMatch()
    case 13:
      let probe = probe(withoutFingerprints: true)
      return .regexPatternSetReference(
        RegexPatternSetReferenceStatement(
          arn: Vocabulary.arn("regexpatternset", dice.pick(["words", "looks", "missing"])),
          fieldToMatch: probe.field, textTransformations: probe.steps,
          preParseTextTransformations: probe.preParse))
    case 14: return detector()
    case 15..<17: return ipSet()
    case 17, 18: return geo()
    case 19: return network()
    case 20..<25: return labelMatch()
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
        OpaqueStatement(kind: "FutureStatement", node: Node("X", String(dice.below(2)))))
    default:
      .regexPatternSetReference(
        RegexPatternSetReferenceStatement(
          arn: Vocabulary.arn("regexpatternset", "missing"), fieldToMatch: .uriPath,
          textTransformations: [TextTransformation(priority: 0, type: .none)]))
    }
  }

  // MARK: Client

  private mutating func forwarded() -> ForwardedIPConfig? {
    guard dice.chance(40) else { return nil }
    return ForwardedIPConfig(
      headerName: dice.pick(Vocabulary.forwardedHeaders),
      fallbackBehavior: dice.pick(FallbackBehavior.allCases))
  }

  private mutating func geo() -> Statement {
    let codes = (0..<dice.count(1...2)).map { _ in dice.pick(Vocabulary.countries) }
    return .geoMatch(GeoMatchStatement(countryCodes: codes, forwardedIPConfig: forwarded()))
  }

  private mutating func network() -> Statement {
    let numbers = (0..<dice.count(1...2)).map { _ in dice.pick(Vocabulary.networks) }
    return .asnMatch(AsnMatchStatement(asnList: numbers, forwardedIPConfig: forwarded()))
  }

  private mutating func ipSet() -> Statement {
    let name = dice.pick(["office", "office", "office", "six", "six", "empty", "missing"])
    var config: IPSetForwardedIPConfig?
    if dice.chance(55) {
      config = IPSetForwardedIPConfig(
        headerName: dice.pick(Vocabulary.forwardedHeaders),
        fallbackBehavior: dice.pick(FallbackBehavior.allCases),
        position: dice.pick(ForwardedIPPosition.allCases))
    }
    return .ipSetReference(
      IPSetReferenceStatement(
        arn: Vocabulary.arn("ipset", name), ipSetForwardedIPConfig: config))
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

  // MARK: Components

  /// A component, its transformations, and a value that it may well have after them.
  struct Probe {
    var field: FieldToMatch
    var steps: [TextTransformation]
    var preParse: [PreParseTextTransformation] = []
    var value: [UInt8]
  }

  private mutating func byteMatch() -> Statement {
    let probe = probe()
    let constraint: PositionalConstraint
    switch probe.field {
    case .ja3Fingerprint, .ja4Fingerprint: constraint = .exactly
    default: constraint = dice.pick(PositionalConstraint.allCases)
    }
    return .byteMatch(
      ByteMatchStatement(
        searchString: SearchString(bytes: search(probe.value, constraint)),
        fieldToMatch: probe.field, textTransformations: probe.steps,
        preParseTextTransformations: probe.preParse, positionalConstraint: constraint))
  }

  private mutating func search(
    _ value: [UInt8], _ constraint: PositionalConstraint
  ) -> [UInt8] {
    if constraint == .containsWord {
      let words = value.split { !NaiveTransformations.isWord($0) }.map { Array($0.prefix(150)) }
      return words.isEmpty || dice.chance(20)
        ? Array(dice.pick(Vocabulary.words).utf8) : dice.pick(words)
    }
    guard !value.isEmpty, dice.chance(85) else { return Array(dice.pick(Vocabulary.searches).utf8) }
    let value = Array(value.prefix(150))
    let length = constraint == .exactly ? value.count : dice.count(1...value.count)
    switch constraint {
    case .exactly, .startsWith: return Array(value.prefix(length))
    case .endsWith: return Array(value.suffix(length))
    case .contains, .containsWord:
      let start = dice.below(value.count - length + 1)
      return Array(value[start..<start + length])
    }
  }

  private mutating func regexMatch() -> Statement {
    let probe = probe(withoutFingerprints: true)
    var pattern = dice.pick(Vocabulary.patterns)
    if !probe.value.isEmpty, dice.chance(60) {
      let piece = search(probe.value, .contains).prefix(12)
      pattern = piece.map { byte in
        let digits = String(byte, radix: 16)
        return "\\x" + (digits.utf8.count == 1 ? "0" : "") + digits
      }.joined()
    }
    return .regexMatch(
      RegexMatchStatement(
        regexString: pattern, fieldToMatch: probe.field, textTransformations: probe.steps,
        preParseTextTransformations: probe.preParse))
  }

  private mutating func sizeConstraint() -> Statement {
    let probe = probe(withoutFingerprints: true)
    let near = max(0, probe.value.count + dice.pick([-1, 0, 0, 1]))
    return .sizeConstraint(
      SizeConstraintStatement(
        fieldToMatch: probe.field, comparisonOperator: dice.pick(ComparisonOperator.allCases),
        size: dice.chance(50) ? near : dice.pick(Vocabulary.sizes),
        textTransformations: probe.steps, preParseTextTransformations: probe.preParse))
  }

  private mutating func detector() -> Statement {
    let probe = probe(withoutFingerprints: true)
    return dice.chance(50)
      ? .sqliMatch(
        SqliMatchStatement(
          fieldToMatch: probe.field, textTransformations: probe.steps,
          preParseTextTransformations: probe.preParse,
          sensitivityLevel: dice.pick([nil, .low, .high])))
      : .xssMatch(
        XssMatchStatement(
          fieldToMatch: probe.field, textTransformations: probe.steps,
          preParseTextTransformations: probe.preParse))
  }
}

extension NaiveTransformations {
  static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
      || byte == 0x5f
  }
}
