import DocumentTree
import ManagedRules
import Testing
import WAFCapacity
import WAFModel

/// Every statement, component and transformation against `corpora/conformance/wcu.json`.
@Suite struct CapacityTableTests {
  private func capacity(_ statement: Statement) -> Capacity {
    CapacityEstimate(
      of: Samples.webACL(Samples.rules([statement])),
      bundle: DocumentBundle(ruleGroups: [Samples.ruleGroup([], capacity: 123)]),
      catalogue: .bundled()
    ).capacity
  }

  /// Statements of a kind, each with the WCU that the table names; a new kind does not compile
  /// until it has some.
  private static func samples(
    of kind: Statement.Kind, _ table: WCUTable
  ) throws -> [(statement: Statement, wcu: Int)] {
    func base() throws -> Int { try table.number("statements", kind.rawValue, "base") }
    switch kind {
    case .byteMatch, .regexMatch, .regexPatternSetReference, .sizeConstraint, .xssMatch, .sqliMatch:
      return try inspections(of: .uriPath, [Samples.any], table).filter {
        $0.statement.kind == kind
      }
    case .ipSetReference:
      let more = try table.number("statements", kind.rawValue, "add_if_forwarded_ip_position_ANY")
      let direct = Statement.ipSetReference(IPSetReferenceStatement(arn: "a"))
      return try [(direct, base())]
        + ForwardedIPPosition.allCases.map { position in
          let config = IPSetForwardedIPConfig(
            headerName: "X-Forwarded-For", fallbackBehavior: .match, position: position)
          let statement = IPSetReferenceStatement(arn: "a", ipSetForwardedIPConfig: config)
          return (.ipSetReference(statement), try base() + (position == .any ? more : 0))
        }
    case .geoMatch: return [(Samples.geo, try base())]
    case .asnMatch: return [(.asnMatch(AsnMatchStatement(asnList: [64496])), try base())]
    case .labelMatch:
      return [(.labelMatch(LabelMatchStatement(scope: .label, key: "a:b")), try base())]
    case .and:
      return [(.and(AndStatement(statements: [Samples.geo, Samples.geo])), try base() + 2)]
    case .or: return [(.or(OrStatement(statements: [Samples.geo, Samples.geo])), try base() + 2)]
    case .not: return [(.not(NotStatement(statement: Samples.geo)), try base() + 1)]
    case .rateBased:
      let key = try table.number("statements", kind.rawValue, "per_custom_key")
      return try (0...5).map { keys in
        let statement = RateBasedStatement(
          limit: 100, aggregateKeyType: keys == 0 ? .constant : .customKeys,
          scopeDownStatement: Samples.geo,
          customKeys: Array(repeating: .httpMethod, count: keys))
        return (.rateBased(statement), try base() + keys * key + 1)
      }
    case .managedRuleGroup:
      return try table.members("managed_rule_groups").map { member in
        let statement = ManagedRuleGroupStatement(
          vendorName: "AWS", name: member.key, scopeDownStatement: Samples.geo)
        let wcu = try table.number("managed_rule_groups", member.key, "capacity")
        return (.managedRuleGroup(statement), wcu + 1)
      }
    case .ruleGroupReference:
      return [(.ruleGroupReference(RuleGroupReferenceStatement(arn: Samples.groupARN)), 123)]
    }
  }

  /// All statements that inspect a component, over one component.
  private static func inspections(
    of field: FieldToMatch, _ steps: [TextTransformation], _ table: WCUTable
  ) throws -> [(statement: Statement, wcu: Int)] {
    let name = { (kind: Statement.Kind) in kind.rawValue }
    func base(_ kind: Statement.Kind) throws -> Int {
      try table.number("statements", name(kind), "base")
    }
    var result: [(statement: Statement, wcu: Int)] = []
    for constraint in PositionalConstraint.allCases {
      let wcu = try table.number(
        "statements", name(.byteMatch), "base_by_positional_constraint", constraint.rawValue)
      result.append((Samples.byteMatch(field, steps, constraint), wcu))
    }
    for level in [nil] + SensitivityLevel.allCases {
      let statement = SqliMatchStatement(
        fieldToMatch: field, textTransformations: steps, sensitivityLevel: level)
      let wcu = try table.number(
        "statements", name(.sqliMatch), "base_by_sensitivity", level?.rawValue ?? "LOW")
      result.append((.sqliMatch(statement), wcu))
    }
    let regex = RegexMatchStatement(
      regexString: "a", fieldToMatch: field, textTransformations: steps)
    result.append((.regexMatch(regex), try base(.regexMatch)))
    let set = RegexPatternSetReferenceStatement(
      arn: "a", fieldToMatch: field, textTransformations: steps)
    result.append((.regexPatternSetReference(set), try base(.regexPatternSetReference)))
    let size = SizeConstraintStatement(
      fieldToMatch: field, comparisonOperator: .gt, size: 1, textTransformations: steps)
    result.append((.sizeConstraint(size), try base(.sizeConstraint)))
    let xss = XssMatchStatement(fieldToMatch: field, textTransformations: steps)
    result.append((.xssMatch(xss), try base(.xssMatch)))
    return result
  }

  @Test(arguments: Statement.Kind.allCases)
  func statement(_ kind: Statement.Kind) throws {
    let samples = try Self.samples(of: kind, WCUTable())
    #expect(!samples.isEmpty)
    for sample in samples {
      #expect(sample.statement.kind == kind)
      #expect(capacity(sample.statement) == Capacity(sample.wcu), "\(sample.statement)")
    }
  }

  @Test func tableHasNoOtherStatement() throws {
    let names = try WCUTable().members("statements").map(\.key)
    #expect(Set(names) == Set(Statement.Kind.allCases.map(\.rawValue)))
  }

  /// A component of a kind; a new kind does not compile until it has one.
  private static func field(_ kind: FieldToMatch.Kind) -> FieldToMatch {
    switch kind {
    case .method: .method
    case .uriPath: .uriPath
    case .queryString: .queryString
    case .singleHeader: .singleHeader(name: "Host")
    case .singleQueryArgument: .singleQueryArgument(name: "q")
    case .allQueryArguments: .allQueryArguments
    case .cookies:
      .cookies(Cookies(matchPattern: .all, matchScope: .all, oversizeHandling: .match))
    case .body: .body(Body(oversizeHandling: .match))
    case .jsonBody: .jsonBody(JsonBody(matchPattern: .all, matchScope: .all))
    case .headers:
      .headers(Headers(matchPattern: .all, matchScope: .all, oversizeHandling: .match))
    case .headerOrder: .headerOrder(HeaderOrder(oversizeHandling: .match))
    case .ja3Fingerprint: .ja3Fingerprint(JA3Fingerprint(fallbackBehavior: .match))
    case .ja4Fingerprint: .ja4Fingerprint(JA4Fingerprint(fallbackBehavior: .match))
    case .uriFragment: .uriFragment(UriFragment(fallbackBehavior: .match))
    }
  }

  /// Each component under each statement that inspects one.
  @Test(arguments: FieldToMatch.Kind.allCases)
  func component(_ kind: FieldToMatch.Kind) throws {
    let table = try WCUTable()
    let modifiers = kind.rawValue == "JsonBody" || kind.rawValue == "AllQueryArguments"
    let name = modifiers ? kind.rawValue : "others"
    let row = try table.members("component_modifiers", name)
    for (statement, base) in try Self.inspections(of: Self.field(kind), [Samples.any], table) {
      let add = row.first { $0.key == "add" }?.value.integer ?? 0
      let factor = row.first { $0.key == "multiply_base_by" }?.value.integer ?? 1
      #expect(capacity(statement) == Capacity(base * factor + add), "\(statement)")
    }
  }

  @Test(arguments: TextTransformationType.known + [.opaque("NEW")])
  func textTransformation(_ type: TextTransformationType) throws {
    let table = try WCUTable()
    let each = try table.number("text_transformations", type == .none ? "NONE" : "each")
    let steps = [TextTransformation(priority: 0, type: type)]
    for (statement, base) in try Self.inspections(of: .queryString, steps, table) {
      #expect(capacity(statement) == Capacity(base + each), "\(statement)")
    }
  }

  /// Whether NONE is free is not known, so that it is in the upper bound only.
  @Test(arguments: PreParseTextTransformationType.allCases)
  func preParseTextTransformation(_ type: PreParseTextTransformationType) throws {
    let each = try WCUTable().number("pre_parse_text_transformations", "each")
    let found = capacity(Samples.byteMatch(.queryString, preParse: [type]))
    #expect(
      found == Capacity(estimate: type == .none ? 2 : 2 + each, upperBound: 2 + each))
  }

  /// A key's transformations are in the upper bound only.
  @Test(arguments: RateBasedStatementCustomKey.Kind.allCases)
  func customKey(_ kind: RateBasedStatementCustomKey.Kind) throws {
    let steps = [Samples.lowercase, TextTransformation(priority: 1, type: .none)]
    let key: RateBasedStatementCustomKey =
      switch kind {
      case .header: .header(RateLimitHeader(name: "a", textTransformations: steps))
      case .cookie: .cookie(RateLimitCookie(name: "a", textTransformations: steps))
      case .queryArgument:
        .queryArgument(RateLimitQueryArgument(name: "a", textTransformations: steps))
      case .queryString: .queryString(RateLimitQueryString(textTransformations: steps))
      case .uriPath: .uriPath(RateLimitUriPath(textTransformations: steps))
      case .httpMethod: .httpMethod
      case .forwardedIP: .forwardedIP
      case .ip: .ip
      case .labelNamespace: .labelNamespace(RateLimitLabelNamespace(namespace: "a:"))
      case .ja3Fingerprint: .ja3Fingerprint(RateLimitJA3Fingerprint(fallbackBehavior: .match))
      case .ja4Fingerprint: .ja4Fingerprint(RateLimitJA4Fingerprint(fallbackBehavior: .match))
      case .asn: .asn
      }
    let rate = RateBasedStatement(
      limit: 100, aggregateKeyType: .customKeys, customKeys: [key])
    let takesSteps: Set<RateBasedStatementCustomKey.Kind> = [
      .header, .cookie, .queryArgument, .queryString, .uriPath,
    ]
    #expect(
      capacity(.rateBased(rate))
        == Capacity(estimate: 32, upperBound: takesSteps.contains(kind) ? 42 : 32))
  }

  @Test func limits() throws {
    let table = try WCUTable()
    #expect(try CapacityEstimate.limit == table.number("capacity_limits", "web_acl_max"))
    #expect(try CapacityEstimate.limit == table.number("capacity_limits", "rule_group_max"))
    #expect(
      try CapacityEstimate.includedInPrice
        == table.number("capacity_limits", "web_acl_included_in_basic_price"))
  }

  @Test(arguments: [(0, nil), (1, 1), (5, 1), (6, 2), (10, 2), (11, 3)])
  func labels(count: Int, wcu: Int?) throws {
    #expect(try WCUTable().number("labels", "per_5_labels_or_part") == 1)
    let rules = (0..<count).map { Samples.rule("r\($0)", $0, Samples.geo, labels: 1) }
    let estimate = CapacityEstimate(of: Samples.ruleGroup(rules, capacity: nil))
    #expect(estimate.labels?.capacity == wcu.map { Capacity($0) })
    #expect(estimate.capacity == Capacity(count + (wcu ?? 0)))
  }
}
