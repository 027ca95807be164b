import ManagedRules
import WAFCompiler
import WAFModel
import WAFProgram

/// A web ACL, what it refers to, and what the user says of the resource.
struct GeneratedACL {
  var webACL: WebACL
  var bundle: DocumentBundle
  var resourceType: ResourceType?
  var assumptions: [ManagedRuleAssumption] = []
}

/// Random web ACLs.
struct WebACLGenerator {
  private var statements: StatementGenerator
  private let catalogue: RulesetCatalogue
  private var isCloudFront = false

  private var dice: Dice {
    get { statements.dice }
    set { statements.dice = newValue }
  }

  /// The values that records should have.
  var scene: Scene { statements.scene }

  init(seed: UInt64, catalogue: RulesetCatalogue) {
    statements = StatementGenerator(seed: seed)
    self.catalogue = catalogue
  }

  mutating func next() -> GeneratedACL {
    let place = dice.below(4)
    isCloudFront = place == 1
    let bundle = DocumentBundle(
      ruleGroups: ["alpha", "beta"].map { Located(value: ruleGroup($0), file: "group.json") },
      ipSets: Self.ipSets, regexPatternSets: Self.patternSets)
    var rules = dice.chance(30) ? labelStory() : []
    for _ in 0..<dice.count(1...4) { rules.append(topRule(bundle)) }
    for index in rules.indices {
      rules[index].name = "r\(index)"
      rules[index].priority = index * 10
    }
    if dice.chance(20) { rules.reverse() }
    var webACL = WebACL(
      name: "shop",
      defaultAction: dice.chance(70)
        ? .allow(AllowAction(customRequestHandling: handling())) : .block(block()),
      rules: rules)
    switch place {
    case 0: webACL.scope = .regional
    case 1: webACL.arn = Vocabulary.globalWebACLARN
    default: webACL.arn = Vocabulary.webACLARN
    }
    addSettings(to: &webACL)
    if dice.chance(12) {
      webACL.preProcessFirewallManagerRuleGroups = firewallManagerGroups("PREFM", bundle)
    }
    if dice.chance(12) {
      webACL.postProcessFirewallManagerRuleGroups = firewallManagerGroups("POSTFM", bundle)
    }
    let type: ResourceType? =
      dice.chance(20)
      ? dice.pick([.applicationLoadBalancer, .cloudFront, .apiGateway, .appSync, .amplify]) : nil
    var generated = GeneratedACL(webACL: webACL, bundle: bundle, resourceType: type)
    if dice.chance(20) {
      generated.assumptions = [dice.pick(Vocabulary.assumptions)].compactMap {
        ManagedRuleAssumption($0)
      }
    }
    return generated
  }

  private mutating func addSettings(to webACL: inout WebACL) {
    if dice.chance(25) {
      webACL.associationConfig = AssociationConfig(requestBody: [
        dice.pick(["CLOUDFRONT", "API_GATEWAY", "APPLICATION_LOAD_BALANCER"]):
          RequestBodyAssociatedResourceTypeConfig(
            defaultSizeInspectionLimit: dice.pick(SizeInspectionLimit.allCases))
      ])
    }
    if dice.chance(30) {
      webACL.captchaConfig = CaptchaConfig(immunityTimeProperty: immunity())
      webACL.challengeConfig = ChallengeConfig(immunityTimeProperty: immunity())
    }
  }

  private mutating func immunity() -> ImmunityTimeProperty? {
    dice.chance(80) ? ImmunityTimeProperty(immunityTime: dice.pick([60, 300, 600])) : nil
  }

  private mutating func firewallManagerGroups(
    _ prefix: String, _ bundle: DocumentBundle
  ) -> [FirewallManagerRuleGroup] {
    let count = dice.count(1...2)
    return (0..<count).map { index in
      let rule = dice.chance(60) ? referenceRule(bundle) : managedRule()
      let statement: FirewallManagerStatement =
        switch rule.statement {
        case .managedRuleGroup(let body): .managedRuleGroup(body)
        case .ruleGroupReference(let body): .ruleGroupReference(body)
        default: .ruleGroupReference(RuleGroupReferenceStatement(arn: ""))
        }
      return FirewallManagerRuleGroup(
        name: "\(prefix)Managed-\(index)", priority: count - index,
        firewallManagerStatement: statement, overrideAction: rule.overrideAction ?? .none,
        visibilityConfig: VisibilityConfig(
          sampledRequestsEnabled: true, cloudWatchMetricsEnabled: true, metricName: "m"))
    }
  }

  // MARK: Rules

  private mutating func handling() -> CustomRequestHandling? {
    guard dice.chance(25) else { return nil }
    return CustomRequestHandling(
      insertHeaders: (0..<dice.count(1...2)).map {
        CustomHTTPHeader(
          name: dice.pick(["one", "One", "two"]) + ($0 == 0 ? "" : "-b"),
          value: dice.pick(Vocabulary.insertedValues))
      })
  }

  private mutating func block() -> BlockAction {
    BlockAction(
      customResponse: dice.chance(25)
        ? CustomResponse(responseCode: dice.pick([200, 401, 404])) : nil)
  }

  private mutating func action() -> RuleAction {
    switch dice.below(14) {
    case 0, 1: .allow(AllowAction(customRequestHandling: handling()))
    case 2..<6: .block(block())
    case 6, 7: .captcha(CaptchaAction(customRequestHandling: handling()))
    case 8, 9: .challenge(ChallengeAction(customRequestHandling: handling()))
    case 10 where isCloudFront: .monetize(MonetizeAction())
    default: .count(CountAction(customRequestHandling: handling()))
    }
  }

  private mutating func labels() -> [Label] {
    guard dice.chance(50) else { return [] }
    return [Label(name: dice.pick(Vocabulary.labels))]
  }

  private mutating func plainRule() -> Rule {
    var rule = Rule(
      name: "", priority: 0, statement: statements.statement(depth: dice.chance(20) ? 5 : 3),
      action: action(), ruleLabels: labels())
    if dice.chance(30) {
      rule.captchaConfig = CaptchaConfig(immunityTimeProperty: immunity())
      rule.challengeConfig = ChallengeConfig(immunityTimeProperty: immunity())
    }
    return rule
  }

  private mutating func topRule(_ bundle: DocumentBundle) -> Rule {
    switch dice.below(10) {
    case 0..<6: plainRule()
    case 6, 7: referenceRule(bundle)
    default: managedRule()
    }
  }

  private mutating func overrideAction() -> OverrideAction {
    dice.chance(40)
      ? .count(CountAction(customRequestHandling: handling())) : OverrideAction.none
  }

  /// Unknown producers of labels, under Count or inside groups, and a rule that ends on a label.
  private mutating func labelStory() -> [Rule] {
    var rules: [Rule] = []
    let label = Label(name: "seen")
    if dice.chance(50) {
      let maybe =
        dice.chance(50)
        ? statements.unknown()
        : .not(NotStatement(statement: statements.statement(depth: 1)))
      rules.append(
        Rule(
          name: "", priority: 0, statement: maybe, action: .count(CountAction()),
          ruleLabels: [label]))
    } else {
      let arn = Vocabulary.arn("rulegroup", dice.pick(["alpha", "beta", "missing"]))
      rules.append(
        Rule(
          name: "", priority: 0,
          statement: .ruleGroupReference(RuleGroupReferenceStatement(arn: arn)),
          overrideAction: dice.chance(70) ? .count(CountAction()) : OverrideAction.none))
    }
    if dice.chance(30) { rules.append(plainRule()) }
    let keys = [
      "seen", "awswaf:111122223333:rulegroup:alpha:seen",
      "awswaf:111122223333:rulegroup:beta:seen", "awswaf:111122223333:rulegroup:missing:seen",
    ]
    rules.append(
      Rule(
        name: "", priority: 0,
        statement: .labelMatch(LabelMatchStatement(scope: .label, key: dice.pick(keys))),
        action: dice.chance(50) ? .block(block()) : .allow(AllowAction())))
    return rules
  }

  // MARK: Groups

  private mutating func ruleGroup(_ name: String) -> RuleGroup {
    let count = dice.count(1...4)
    let rules = (0..<count).map { index in
      var rule = plainRule()
      if dice.chance(40) { rule.ruleLabels = [Label(name: "seen")] }
      if dice.chance(20) { rule.statement = statements.unknown() }
      rule.name = "\(name)\(index)"
      rule.priority = count - index
      return rule
    }
    return RuleGroup(
      name: name, capacity: 100, arn: Vocabulary.arn("rulegroup", name), rules: rules)
  }

  private mutating func overrides(
    _ names: [String]
  ) -> (overrides: [RuleActionOverride], excluded: [ExcludedRule]) {
    var overrides: [RuleActionOverride] = []
    var excluded: [ExcludedRule] = []
    for _ in 0..<dice.below(3) where !names.isEmpty {
      let name = dice.pick(names)
      if dice.chance(40) {
        if !excluded.contains(where: { $0.name == name }) {
          excluded.append(ExcludedRule(name: name))
        }
      } else if !overrides.contains(where: { $0.name == name }) {
        overrides.append(RuleActionOverride(name: name, actionToUse: action()))
      }
    }
    return (overrides, excluded)
  }

  private mutating func referenceRule(_ bundle: DocumentBundle) -> Rule {
    let name = dice.pick(["alpha", "beta", "missing"])
    let arn = Vocabulary.arn("rulegroup", name)
    let names = bundle.ruleGroup(arn: arn)?.value.rules.map(\.name) ?? []
    let (overrides, excluded) = overrides(names)
    return Rule(
      name: "", priority: 0,
      statement: .ruleGroupReference(
        RuleGroupReferenceStatement(
          arn: arn, excludedRules: excluded, ruleActionOverrides: overrides)),
      overrideAction: overrideAction())
  }

  private mutating func managedRule() -> Rule {
    let (vendor, group) = dice.weighted([
      (4, ("AWS", "AWSManagedRulesAdminProtectionRuleSet")),
      (3, ("AWS", "AWSManagedRulesCommonRuleSet")),
      (2, ("AWS", "AWSManagedRulesSQLiRuleSet")),
      (1, ("AWS", "AWSManagedRulesBotControlRuleSet")),
      (2, ("AWS", "AWSManagedRulesAntiDDoSRuleSet")),
      (2, ("Acme", "Guard")),
    ])
    // Twenty rules that nobody can model, all of them run, make very many worlds.
    let isLarge = group.contains("BotControl")
    let names = catalogue.group(vendorName: vendor, name: group)?.rules.map(\.name) ?? []
    // What hangs on it is the other challenge of Anti-DDoS.
    let first = group.contains("AntiDDoS") && dice.chance(50) ? names.first : nil
    var (overrides, excluded) = overrides(names + ["Misspelt"])
    if let first, !overrides.contains(where: { $0.name == first }) {
      overrides.append(RuleActionOverride(name: first, actionToUse: .count(CountAction())))
    }
    return Rule(
      name: "", priority: 0,
      statement: .managedRuleGroup(
        ManagedRuleGroupStatement(
          vendorName: vendor, name: group, version: dice.chance(12) ? "Version_1.0" : nil,
          managedRuleGroupConfigs: configs(group),
          excludedRules: excluded,
          scopeDownStatement: dice.chance(30) ? statements.statement(depth: 2) : nil,
          ruleActionOverrides: overrides)),
      overrideAction: isLarge && dice.chance(80) ? OverrideAction.none : overrideAction())
  }

  private mutating func configs(_ group: String) -> [ManagedRuleGroupConfig] {
    guard dice.chance(65) else { return [] }
    var config = ManagedRuleGroupConfig()
    if group.contains("BotControl") {
      config.awsManagedRulesBotControlRuleSet = AWSManagedRulesBotControlRuleSet(
        inspectionLevel: dice.pick([.common, .targeted]))
    } else if group.contains("AntiDDoS") {
      config.awsManagedRulesAntiDDoSRuleSet = AWSManagedRulesAntiDDoSRuleSet(
        clientSideActionConfig: ClientSideActionConfig(
          challenge: ClientSideAction(
            usageOfAction: dice.pick([.enabled, .enabled, .disabled]),
            exemptURIRegularExpressions: dice.chance(40)
              ? [RegularExpression(regexString: dice.pick(["^/shop", "admin", "red$"]))] : [])))
    } else {
      return []
    }
    return [config]
  }

  // MARK: Sets

  private static let ipSets: [Located<IPSet>] = [
    ("office", IPSet.IPAddressVersion.ipv4, ["192.0.2.0/28", "203.0.113.9/32"]),
    ("six", .ipv6, ["2001:db8::/32", "::ffff:192.0.2.0/120"]), ("empty", .ipv4, []),
  ].map { name, version, addresses in
    Located(
      value: IPSet(
        name: name, arn: Vocabulary.arn("ipset", name), ipAddressVersion: version,
        addresses: addresses), file: "sets.json")
  }

  private static let patternSets: [Located<RegexPatternSet>] = [
    ("words", ["admin", "^red$"]), ("looks", ["[0-9]{2}", "re(?=d)"]),
  ].map { name, patterns in
    Located(
      value: RegexPatternSet(
        name: name, arn: Vocabulary.arn("regexpatternset", name),
        regularExpressionList: patterns), file: "sets.json")
  }
}
