import Diagnostics
import ManagedRules
import WAFModel
import WAFProgram

extension Compiler {
  mutating func lowerTopRule(_ rule: Rule, _ scope: RuleScope, pointer: JSONPointer) {
    switch rule.statement {
    case .managedRuleGroup(let statement):
      let body = pointer.appending("Statement").appending("ManagedRuleGroupStatement")
      lowerManagedGroup(statement, rule, scope, body: body)
    case .ruleGroupReference(let statement):
      let body = pointer.appending("Statement").appending("RuleGroupReferenceStatement")
      lowerRuleGroup(statement, rule, scope, body: body)
    case .opaque(let statement) where rule.action == nil:
      lowerOpaqueGroup(statement, rule)
    case .byteMatch, .regexMatch, .regexPatternSetReference, .sizeConstraint, .sqliMatch, .xssMatch,
      .ipSetReference, .geoMatch, .asnMatch, .labelMatch, .and, .or, .not, .rateBased, .opaque:
      var top = TopRule(name: rule.name, kind: rule.statement.isRateBased ? .rateBased : .plain)
      top.labelSources = opaqueGeoLabels(rule.statement)
      builder.beginTopRule(top)
      lowerRule(
        rule, path: rule.name, overrides: RuleOverrides(), scope, pointer: pointer)
    }
  }

  /// Rule groups that Firewall Manager puts in front of a web ACL's rules, or behind them.
  ///
  /// Source: `FirewallManagerRuleGroup` of the API reference (documented).
  mutating func lowerFirewallManagerGroups(
    _ groups: [FirewallManagerRuleGroup], _ scope: RuleScope, pointer: JSONPointer
  ) {
    let ordered = groups.enumerated().sorted {
      ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset)
    }
    for (index, group) in ordered {
      let rule = Rule(
        name: group.name, priority: group.priority,
        statement: group.firewallManagerStatement.statement,
        overrideAction: group.overrideAction)
      let place = pointer.appending(index)
      let body = place.appending("FirewallManagerStatement")
      switch group.firewallManagerStatement {
      case .managedRuleGroup(let statement):
        lowerManagedGroup(
          statement, rule, scope, body: body.appending("ManagedRuleGroupStatement"))
      case .ruleGroupReference(let statement):
        lowerRuleGroup(
          statement, rule, scope, body: body.appending("RuleGroupReferenceStatement"))
      }
    }
  }

  /// A rule with an action of its own, of the web ACL or of a rule group.
  private mutating func lowerRule(
    _ rule: Rule, path: String, overrides: RuleOverrides, _ scope: RuleScope,
    pointer: JSONPointer
  ) {
    let statement = pointer.appending("Statement")
    let formula = lower(rule.statement, scope, pointer: statement)
    // The service refuses a rule without an action; where one is loaded all the same it counts.
    let own = rule.action ?? .count(CountAction())
    let (action, override) = overrides.effective(rule.name, own: own)
    // A response that an override sets is looked up in the web ACL's bodies (assumed, Q28).
    let bodies = override == .ruleActionOverride ? overrides.bodies : scope.bodies
    var immunity = scope.immunity
    immunity.override(rule.captchaConfig, rule.challengeConfig)
    builder.addRule(
      RuleInfo(
        name: rule.name, path: path, ownAction: own.engineAction, override: override,
        formula: formula, managed: nil, handling: handling(of: action, bodies: bodies)),
      action: action.engineAction, labels: rule.ruleLabels.map(scope.context.qualified),
      geo: geoSources(rule.statement), immunitySeconds: immunity.seconds(action.engineAction))
  }

  /// The sources of the geo labels that a statement adds on every inspection.
  mutating func geoSources(_ statement: Statement) -> GeoSources {
    var sources = GeoSources(rawValue: 0)
    for match in statement.geoMatches {
      let source = source(match.forwardedIPConfig, RuleScope.unplaced)
      if let found = builder.geoSource(source) { sources.formUnion(found) }
    }
    return sources
  }

  /// A statement that is not known, in a rule without an action: it may run a rule group.
  private mutating func lowerOpaqueGroup(_ statement: OpaqueStatement, _ rule: Rule) {
    var top = TopRule(name: rule.name, kind: .ruleGroup)
    top.isOverriddenToCount = rule.overrideAction?.kind == .count
    top.opaqueGroup = builder.opaqueGroup(
      OpaqueGroup(
        name: rule.name, namespace: "awswaf:", isAssumedIdle: false,
        evidence: "statement:" + statement.kind, assumption: ""))
    builder.beginTopRule(top)
  }

  // MARK: Rule groups of one's own

  private mutating func lowerRuleGroup(
    _ statement: RuleGroupReferenceStatement, _ rule: Rule, _ scope: RuleScope,
    body: JSONPointer
  ) {
    var top = TopRule(name: rule.name, kind: .ruleGroup)
    top.groupID = statement.arn
    top.isOverriddenToCount = rule.overrideAction?.kind == .count
    top.countHandling = counting(rule.overrideAction)
    guard let group = bundle.ruleGroup(arn: statement.arn) else {
      reportUnresolved("rule group", statement.arn, scope.place(body.appending("ARN")))
      let name = ARN(statement.arn)?.name ?? statement.arn
      top.opaqueGroup = builder.opaqueGroup(
        OpaqueGroup(
          name: name, namespace: LabelContext(ruleGroupARN: statement.arn).prefix,
          isAssumedIdle: false, evidence: "ruleGroup:" + statement.arn, assumption: "",
          settings: "\(statement.ruleActionOverrides)\(statement.excludedRules)"))
      // Its rules may have geo match statements.
      top.labelSources = geoLabelSources { namespace in
        OpaqueGroup(
          name: name, namespace: namespace, isAssumedIdle: false,
          evidence: "ruleGroup:" + statement.arn, assumption: "")
      }
      builder.beginTopRule(top)
      return
    }
    let names = group.value.rules.map(\.name)
    let overrides = RuleOverrides(
      statement.ruleActionOverrides, statement.excludedRules, bodies: scope.bodies)
    checkOverrideNames(
      statement.ruleActionOverrides, statement.excludedRules, names: names,
      group: group.value.name ?? statement.arn, isManaged: false, scope, pointer: body)
    for rule in group.value.rules { top.labelSources += opaqueGeoLabels(rule.statement) }
    builder.beginTopRule(top)
    let inner = RuleScope(
      context: LabelContext(group.value, arn: statement.arn), file: group.file,
      rules: group.pointer.appending("Rules"), bodies: group.value.customResponseBodies,
      immunity: scope.immunity)
    let indexes = group.documentIndexes(count: group.value.rules.count)
    for (index, innerRule) in Self.inEvaluationOrder(group.value.rules, at: indexes) {
      lowerRule(
        innerRule, path: "\(rule.name)/\(innerRule.name)", overrides: overrides, inner,
        pointer: inner.rules.appending(index))
    }
  }

  // MARK: Geo labels that nobody can foresee

  /// The geo labels that statements which can't be evaluated may add: maybe.
  mutating func opaqueGeoLabels(_ statement: Statement) -> [Int] {
    guard let kind = statement.kindOfOpaqueGeoMatch ?? kindOfUncountedGeoMatch(statement) else {
      return []
    }
    return geoLabelSources { namespace in
      OpaqueGroup(
        name: kind, namespace: namespace, isAssumedIdle: false, evidence: "statement:" + kind,
        assumption: "")
    }
  }

  /// A geo match on one more forwarded header than the engine tells apart.
  private mutating func kindOfUncountedGeoMatch(_ statement: Statement) -> String? {
    for match in statement.geoMatches {
      let source = source(match.forwardedIPConfig, RuleScope.unplaced)
      if builder.geoSource(source) == nil { return statement.wireName }
    }
    return nil
  }

  mutating func geoLabelSources(_ group: (String) -> OpaqueGroup) -> [Int] {
    ["awswaf:clientip:geo:", "awswaf:forwardedip:geo:"].map { builder.opaqueGroup(group($0)) }
  }

  // MARK: Checks that both kinds of group share

  /// Names in overrides that the group does not have: for a managed group the service ignores them
  /// in silence, which is how a rollout blocks; for a group of one's own it refuses them.
  mutating func checkOverrideNames(
    _ overrides: [RuleActionOverride], _ excluded: [ExcludedRule], names: [String],
    retired: [RetiredRule] = [], group: String, isManaged: Bool, _ scope: RuleScope,
    pointer: JSONPointer
  ) {
    let named =
      overrides.enumerated().map { (member: "RuleActionOverrides", $0.offset, $0.element.name) }
      + excluded.enumerated().map { (member: "ExcludedRules", $0.offset, $0.element.name) }
    for (member, index, name) in named where !names.contains(name) {
      if isManaged && ManagedRuleGroup.isReleaseCandidate(name) { continue }
      let place = scope.place(
        pointer.appending(member).appending(index).appending("Name"))
      let message = "\(group) has no rule '\(name)'"
      if let rule = retired.first(where: { $0.name == name }) {
        diagnostics.append(
          Diagnostic(
            severity: .note, code: "retired-rule",
            message: "\(message) in the version at hand; the entry does nothing",
            place: place, notes: [rule.note]))
        continue
      }
      let effect =
        isManaged
        ? "the service ignores the entry: it overrides nothing"
        : "the service refuses the web ACL"
      diagnostics.append(
        Diagnostic(
          severity: isManaged ? .warning : .error, code: "unknown-override-rule",
          message: "\(message); \(effect)", place: place,
          suggestion: didYouMean(name, among: names)))
    }
  }

  mutating func reportUnresolved(_ kind: String, _ arn: String, _ place: Place) {
    diagnostics.append(
      Diagnostic(
        severity: .warning, code: "unresolved-reference",
        message: "no document of the \(kind) \(arn); what depends on it is unknown",
        place: place,
        notes: ["give the document with --with FILE, or put it into the bundle directory"]))
  }
}

/// The overrides that a web ACL makes for the rules of one group.
struct RuleOverrides {
  private var actions: [String: RuleAction] = [:]
  private var excluded: Set<String> = []
  /// The custom response bodies that overrides can name.
  let bodies: [String: CustomResponseBody]

  init(
    _ overrides: [RuleActionOverride] = [], _ excluded: [ExcludedRule] = [],
    bodies: [String: CustomResponseBody] = [:]
  ) {
    self.bodies = bodies
    for override in overrides { actions[override.name] = override.actionToUse }
    self.excluded = Set(excluded.map(\.name))
  }

  /// An override of the action wins over an exclusion (assumed, Q14).
  func effective(_ name: String, own: RuleAction) -> (RuleAction, RuleInfo.Override) {
    if let action = actions[name] { return (action, .ruleActionOverride) }
    if excluded.contains(name) { return (.count(CountAction()), .excluded) }
    return (own, .none)
  }
}

extension TopRule {
  init(name: String, kind: Kind) {
    self.init(
      name: name, kind: kind, rules: 0..<0, scopeDown: nil, scopeDownFormula: nil,
      isOverriddenToCount: false, opaqueGroup: nil, groupID: "")
  }
}

extension RuleAction {
  var engineAction: Action {
    switch self {
    case .allow: .allow
    case .block: .block
    case .count: .count
    case .captcha: .captcha
    case .challenge: .challenge
    case .monetize: .monetize
    }
  }
}

extension RuleScope {
  /// For questions about a statement that do not hang on where it stands.
  static let unplaced = RuleScope(
    context: LabelContext(ruleGroupARN: ""), file: "", rules: .root)
}

extension Statement {
  fileprivate var isRateBased: Bool {
    if case .rateBased = self { true } else { false }
  }

  /// The geo matches anywhere in the statement: each adds labels on every inspection.
  var geoMatches: [GeoMatchStatement] {
    switch self {
    case .geoMatch(let body): [body]
    case .and(let body): body.statements.flatMap(\.geoMatches)
    case .or(let body): body.statements.flatMap(\.geoMatches)
    case .not(let body): body.statement.geoMatches
    case .rateBased(let body): body.scopeDownStatement?.geoMatches ?? []
    case .byteMatch, .regexMatch, .regexPatternSetReference, .sizeConstraint, .sqliMatch,
      .xssMatch, .ipSetReference, .asnMatch, .labelMatch, .managedRuleGroup,
      .ruleGroupReference, .opaque:
      []
    }
  }

  /// The kind of a statement inside this one that can't be evaluated and may have a geo match: one
  /// under an unknown name, or one of which a part is unknown.
  fileprivate var kindOfOpaqueGeoMatch: String? {
    switch self {
    case .opaque(let body):
      switch Self.Kind(rawValue: body.kind) {
      case .geoMatch, .and, .or, .not, .rateBased, .managedRuleGroup, .ruleGroupReference, nil:
        return body.kind
      case .byteMatch, .regexMatch, .regexPatternSetReference, .sizeConstraint, .sqliMatch,
        .xssMatch, .ipSetReference, .asnMatch, .labelMatch:
        return nil
      }
    case .and(let body): return body.statements.lazy.compactMap(\.kindOfOpaqueGeoMatch).first
    case .or(let body): return body.statements.lazy.compactMap(\.kindOfOpaqueGeoMatch).first
    case .not(let body): return body.statement.kindOfOpaqueGeoMatch
    case .rateBased(let body): return body.scopeDownStatement?.kindOfOpaqueGeoMatch
    case .byteMatch, .regexMatch, .regexPatternSetReference, .sizeConstraint, .sqliMatch,
      .xssMatch, .ipSetReference, .geoMatch, .asnMatch, .labelMatch, .managedRuleGroup,
      .ruleGroupReference:
      return nil
    }
  }
}
