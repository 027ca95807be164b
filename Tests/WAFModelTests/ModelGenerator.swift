import DocumentTree
import TestSupport
import WAFModel

/// Makes model values at random.
struct ModelGenerator {
  var random: SplitMix

  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

  mutating func one<Value>(of values: [Value], or other: Value) -> Value {
    values.randomElement(using: &random) ?? other
  }

  mutating func word() -> String {
    let letters = Array("abzAZ09_-:/\"\\ \u{1}ü€😀")
    return String((0..<below(8)).map { _ in one(of: letters, or: "a") })
  }

  mutating func several<Value>(
    _ limit: Int, _ make: (inout ModelGenerator) -> Value
  ) -> [Value] {
    (0..<below(limit + 1)).map { _ in make(&self) }
  }

  mutating func maybe<Value>(_ make: (inout ModelGenerator) -> Value) -> Value? {
    below(2) == 0 ? nil : make(&self)
  }

  mutating func webACL() -> WebACL {
    WebACL(
      name: maybe { $0.word() }, arn: maybe { $0.word() },
      scope: maybe { $0.one(of: Scope.allCases, or: .regional) },
      defaultAction: below(2) == 0 ? .allow(AllowAction()) : .block(block()),
      rules: several(3) { $0.rule() }, capacity: maybe { $0.below(5_000) },
      customResponseBodies: Dictionary(
        several(2) { generator in
          (
            generator.word(),
            CustomResponseBody(
              contentType: generator.one(
                of: CustomResponseBody.ContentType.allCases, or: .textPlain),
              content: generator.word())
          )
        }, uniquingKeysWith: { first, _ in first }),
      tokenDomains: maybe { $0.several(2) { $0.word() } })
  }

  mutating func rule() -> Rule {
    Rule(
      name: word(), priority: below(100), statement: statement(depth: 3),
      action: maybe { $0.action() }, overrideAction: maybe { $0.overrideAction() },
      ruleLabels: several(2) { Label(name: $0.word()) },
      visibilityConfig: maybe {
        VisibilityConfig(
          sampledRequestsEnabled: $0.below(2) == 0, cloudWatchMetricsEnabled: true,
          metricName: $0.word())
      })
  }

  mutating func block() -> BlockAction {
    BlockAction(
      customResponse: maybe { generator in
        CustomResponse(
          responseCode: 200 + generator.below(400),
          customResponseBodyKey: generator.maybe { $0.word() },
          responseHeaders: generator.several(2) {
            CustomHTTPHeader(name: $0.word(), value: $0.word())
          })
      })
  }

  mutating func action() -> RuleAction {
    switch one(of: RuleAction.Kind.allCases, or: .allow) {
    case .allow: .allow(AllowAction())
    case .block: .block(block())
    case .count: .count(CountAction())
    case .captcha: .captcha(CaptchaAction())
    case .challenge: .challenge(ChallengeAction())
    }
  }

  mutating func overrideAction() -> OverrideAction {
    below(2) == 0 ? OverrideAction.none : .count(CountAction())
  }

  mutating func field() -> FieldToMatch {
    switch one(of: FieldToMatch.Kind.allCases, or: .uriPath) {
    case .method: .method
    case .uriPath: .uriPath
    case .queryString: .queryString
    case .singleHeader: .singleHeader(name: word())
    case .singleQueryArgument: .singleQueryArgument(name: word())
    case .allQueryArguments: .allQueryArguments
    case .cookies:
      .cookies(
        Cookies(
          matchPattern: one(
            of: [.all, .includedCookies([word()]), .excludedCookies([word()])], or: .all),
          matchScope: one(of: MatchScope.allCases, or: .all),
          oversizeHandling: one(of: OversizeHandling.allCases, or: .match)))
    case .body:
      .body(
        Body(oversizeHandling: maybe { $0.one(of: OversizeHandling.allCases, or: .match) }))
    }
  }

  mutating func transformations() -> [TextTransformation] {
    let supported = TextTransformationType.known.filter(\.isSupported)
    return several(3) {
      TextTransformation(priority: $0.below(10), type: $0.one(of: supported, or: .none))
    }
  }

  mutating func statement(depth: Int) -> Statement {
    let kind = one(of: Statement.Kind.allCases, or: .geoMatch)
    switch kind {
    case .byteMatch:
      return .byteMatch(
        ByteMatchStatement(
          searchString: SearchString(bytes: several(6) { UInt8($0.below(256)) }),
          fieldToMatch: field(), textTransformations: transformations(),
          positionalConstraint: one(of: PositionalConstraint.allCases, or: .exactly)))
    case .regexMatch:
      return .regexMatch(
        RegexMatchStatement(
          regexString: word(), fieldToMatch: field(), textTransformations: transformations()))
    case .regexPatternSetReference:
      return .regexPatternSetReference(
        RegexPatternSetReferenceStatement(
          arn: word(), fieldToMatch: field(), textTransformations: transformations()))
    case .sizeConstraint:
      return .sizeConstraint(
        SizeConstraintStatement(
          fieldToMatch: field(),
          comparisonOperator: one(of: ComparisonOperator.allCases, or: .eq),
          size: below(10_000), textTransformations: transformations()))
    case .ipSetReference: return .ipSetReference(IPSetReferenceStatement(arn: word()))
    case .geoMatch:
      return .geoMatch(GeoMatchStatement(countryCodes: several(3) { $0.word() }))
    case .labelMatch:
      return .labelMatch(
        LabelMatchStatement(scope: one(of: LabelMatchScope.allCases, or: .label), key: word()))
    case .and, .or, .not:
      guard depth > 0 else { return .ipSetReference(IPSetReferenceStatement(arn: word())) }
      let nested = several(3) { $0.statement(depth: depth - 1) }
      if kind == .and { return .and(AndStatement(statements: nested)) }
      if kind == .or { return .or(OrStatement(statements: nested)) }
      return .not(NotStatement(statement: statement(depth: depth - 1)))
    case .managedRuleGroup:
      return .managedRuleGroup(
        ManagedRuleGroupStatement(
          vendorName: word(), name: word(), version: maybe { $0.word() },
          managedRuleGroupConfigs: maybe { Node($0.word(), $0.word()) },
          excludedRules: several(2) { ExcludedRule(name: $0.word()) },
          scopeDownStatement: depth > 0 ? maybe { $0.statement(depth: depth - 1) } : nil,
          ruleActionOverrides: overrides()))
    case .ruleGroupReference:
      return .ruleGroupReference(
        RuleGroupReferenceStatement(
          arn: word(), excludedRules: several(2) { ExcludedRule(name: $0.word()) },
          ruleActionOverrides: overrides()))
    }
  }

  mutating func overrides() -> [RuleActionOverride] {
    several(2) { RuleActionOverride(name: $0.word(), actionToUse: $0.action()) }
  }
}
