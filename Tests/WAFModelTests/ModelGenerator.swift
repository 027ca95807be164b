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
      defaultAction: below(2) == 0
        ? .allow(AllowAction(customRequestHandling: handling())) : .block(block()),
      rules: several(3) { $0.rule() }, dataProtectionConfig: maybe { $0.dataProtection() },
      capacity: maybe { $0.below(5_000) },
      preProcessFirewallManagerRuleGroups: several(2) { $0.firewallManagerRuleGroup() },
      postProcessFirewallManagerRuleGroups: several(2) { $0.firewallManagerRuleGroup() },
      managedByFirewallManager: maybe { $0.below(2) == 0 },
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
      captchaConfig: captcha(), challengeConfig: challenge(),
      tokenDomains: maybe { $0.several(2) { $0.word() } },
      associationConfig: maybe { $0.association() },
      retrofittedByFirewallManager: maybe { $0.below(2) == 0 },
      onSourceDDoSProtectionConfig: maybe {
        OnSourceDDoSProtectionConfig(
          albLowReputationMode: $0.one(of: LowReputationMode.allCases, or: .alwaysOn))
      },
      applicationConfig: maybe { $0.application() },
      monetizationConfig: maybe { $0.monetization() },
      analyticsConfig: maybe {
        AnalyticsConfig(mode: $0.one(of: AnalyticsMode.allCases, or: .disabled))
      })
  }

  mutating func rule() -> Rule {
    Rule(
      name: word(), priority: below(100), statement: statement(depth: 3),
      action: maybe { $0.action() }, overrideAction: maybe { $0.overrideAction() },
      ruleLabels: several(2) { Label(name: $0.word()) },
      visibilityConfig: maybe { $0.visibility() }, captchaConfig: captcha(),
      challengeConfig: challenge())
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
    case .allow: .allow(AllowAction(customRequestHandling: handling()))
    case .block: .block(block())
    case .count: .count(CountAction(customRequestHandling: handling()))
    case .captcha: .captcha(CaptchaAction(customRequestHandling: handling()))
    case .challenge: .challenge(ChallengeAction(customRequestHandling: handling()))
    case .monetize: .monetize(MonetizeAction(priceMultiplier: maybe { $0.word() }))
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
    case .jsonBody:
      .jsonBody(
        JsonBody(
          matchPattern: below(2) == 0 ? .all : .includedPaths(several(2) { "/" + $0.word() }),
          matchScope: one(of: MatchScope.allCases, or: .all),
          invalidFallbackBehavior: maybe {
            $0.one(of: BodyParsingFallbackBehavior.allCases, or: .match)
          },
          oversizeHandling: maybe { $0.one(of: OversizeHandling.allCases, or: .match) }))
    case .headers:
      .headers(
        Headers(
          matchPattern: one(
            of: [.all, .includedHeaders([word()]), .excludedHeaders([word()])], or: .all),
          matchScope: one(of: MatchScope.allCases, or: .all),
          oversizeHandling: one(of: OversizeHandling.allCases, or: .match)))
    case .headerOrder:
      .headerOrder(
        HeaderOrder(oversizeHandling: one(of: OversizeHandling.allCases, or: .match)))
    case .ja3Fingerprint: .ja3Fingerprint(JA3Fingerprint(fallbackBehavior: fallback()))
    case .ja4Fingerprint: .ja4Fingerprint(JA4Fingerprint(fallbackBehavior: fallback()))
    case .uriFragment:
      .uriFragment(UriFragment(fallbackBehavior: maybe { $0.fallback() }))
    }
  }

  mutating func transformations() -> [TextTransformation] {
    several(3) {
      TextTransformation(
        priority: $0.below(10), type: $0.one(of: TextTransformationType.known, or: .none))
    }
  }

  mutating func preParse() -> [PreParseTextTransformation] {
    several(2) {
      PreParseTextTransformation(
        priority: $0.below(10),
        type: $0.one(of: PreParseTextTransformationType.allCases, or: .none))
    }
  }

  mutating func fallback() -> FallbackBehavior {
    one(of: FallbackBehavior.allCases, or: .match)
  }

  mutating func forwardedIP() -> ForwardedIPConfig {
    ForwardedIPConfig(headerName: word(), fallbackBehavior: fallback())
  }

  mutating func customKey() -> RateBasedStatementCustomKey {
    switch one(of: RateBasedStatementCustomKey.Kind.allCases, or: .ip) {
    case .header:
      .header(RateLimitHeader(name: word(), textTransformations: transformations()))
    case .cookie:
      .cookie(RateLimitCookie(name: word(), textTransformations: transformations()))
    case .queryArgument:
      .queryArgument(
        RateLimitQueryArgument(name: word(), textTransformations: transformations()))
    case .queryString:
      .queryString(RateLimitQueryString(textTransformations: transformations()))
    case .httpMethod: .httpMethod
    case .forwardedIP: .forwardedIP
    case .ip: .ip
    case .labelNamespace: .labelNamespace(RateLimitLabelNamespace(namespace: word()))
    case .uriPath: .uriPath(RateLimitUriPath(textTransformations: transformations()))
    case .ja3Fingerprint: .ja3Fingerprint(RateLimitJA3Fingerprint(fallbackBehavior: fallback()))
    case .ja4Fingerprint: .ja4Fingerprint(RateLimitJA4Fingerprint(fallbackBehavior: fallback()))
    case .asn: .asn
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
          preParseTextTransformations: preParse(),
          positionalConstraint: one(of: PositionalConstraint.allCases, or: .exactly)))
    case .regexMatch:
      return .regexMatch(
        RegexMatchStatement(
          regexString: word(), fieldToMatch: field(), textTransformations: transformations(),
          preParseTextTransformations: preParse()))
    case .regexPatternSetReference:
      return .regexPatternSetReference(
        RegexPatternSetReferenceStatement(
          arn: word(), fieldToMatch: field(), textTransformations: transformations(),
          preParseTextTransformations: preParse()))
    case .sizeConstraint:
      return .sizeConstraint(
        SizeConstraintStatement(
          fieldToMatch: field(),
          comparisonOperator: one(of: ComparisonOperator.allCases, or: .eq),
          size: below(10_000), textTransformations: transformations(),
          preParseTextTransformations: preParse()))
    case .sqliMatch:
      return .sqliMatch(
        SqliMatchStatement(
          fieldToMatch: field(), textTransformations: transformations(),
          preParseTextTransformations: preParse(),
          sensitivityLevel: maybe { $0.one(of: SensitivityLevel.allCases, or: .low) }))
    case .xssMatch:
      return .xssMatch(
        XssMatchStatement(
          fieldToMatch: field(), textTransformations: transformations(),
          preParseTextTransformations: preParse()))
    case .ipSetReference:
      return .ipSetReference(
        IPSetReferenceStatement(
          arn: word(),
          ipSetForwardedIPConfig: maybe {
            IPSetForwardedIPConfig(
              headerName: $0.word(), fallbackBehavior: $0.fallback(),
              position: $0.one(of: ForwardedIPPosition.allCases, or: .any))
          }))
    case .geoMatch:
      return .geoMatch(
        GeoMatchStatement(
          countryCodes: several(3) { $0.word() },
          forwardedIPConfig: maybe { $0.forwardedIP() }))
    case .asnMatch:
      return .asnMatch(
        AsnMatchStatement(
          asnList: several(3) { UInt32.random(in: 0...UInt32.max, using: &$0.random) },
          forwardedIPConfig: maybe { $0.forwardedIP() }))
    case .rateBased:
      return .rateBased(
        RateBasedStatement(
          limit: below(1_000), evaluationWindowSec: maybe { $0.below(700) },
          aggregateKeyType: one(of: RateBasedStatementAggregateKeyType.allCases, or: .ip),
          scopeDownStatement: depth > 0 ? maybe { $0.statement(depth: depth - 1) } : nil,
          forwardedIPConfig: maybe { $0.forwardedIP() },
          customKeys: several(3) { $0.customKey() }))
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
          managedRuleGroupConfigs: several(2) { $0.managedRuleGroupConfig() },
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
