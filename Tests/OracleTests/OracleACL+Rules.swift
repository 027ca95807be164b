import ManagedRules
import WAFModel
import WAFProgram

extension OracleACL {
  func top(_ rule: Rule, context: String) -> OracleTop {
    switch rule.statement {
    case .managedRuleGroup, .ruleGroupReference:
      groupTop(rule.name, rule.statement, rule.overrideAction, context: context)
    default:
      OracleTop(name: rule.name, content: .plain(plainRule(rule, context: context)))
    }
  }

  func top(_ group: FirewallManagerRuleGroup, context: String) -> OracleTop {
    groupTop(
      group.name, group.firewallManagerStatement.statement, group.overrideAction,
      context: context)
  }

  private func groupTop(
    _ name: String, _ statement: Statement, _ overrideAction: OverrideAction?, context: String
  ) -> OracleTop {
    var top: OracleTop
    switch statement {
    case .managedRuleGroup(let body):
      top = managedTop(name, body)
      top.isManaged = true
      if let scopeDown = body.scopeDownStatement {
        let node = node(scopeDown, context: context)
        top.scopeDown = node
        top.scopeDownInspected = inspected(node)
        top.scopeDownGeoSources = Self.geoSources(scopeDown)
      }
    case .ruleGroupReference(let body):
      top = referenceTop(name, body)
    default:
      top = OracleTop(name: name, content: .group([]))
    }
    if case .count(let count) = overrideAction {
      top.isOverriddenToCount = true
      top.countHandling = count.customRequestHandling
    }
    return top
  }

  private func plainRule(
    _ rule: Rule, context: String, overrides: [RuleActionOverride] = [],
    excluded: [ExcludedRule] = []
  ) -> OracleRule {
    let (action, isExcluded) = Self.effective(
      rule.action ?? .count(CountAction()), of: rule.name, overrides, excluded)
    let node = node(rule.statement, context: context)
    return OracleRule(
      name: rule.name, node: node, geoSources: Self.geoSources(rule.statement),
      inspected: inspected(node), action: action, gate: gate(action, rule),
      isExcluded: isExcluded, labels: rule.ruleLabels.map { context + $0.name })
  }

  /// What the client needs to pass a rule; `rule` is nil for a managed one.
  private func gate(_ action: RuleAction, _ rule: Rule?) -> OracleGate? {
    func seconds(_ own: ImmunityTimeProperty?, _ webACLs: ImmunityTimeProperty?) -> Int {
      (own ?? webACLs)?.immunityTime ?? 300
    }
    return switch action {
    case .captcha:
      OracleGate(
        action: .captcha,
        immunitySeconds: seconds(
          rule?.captchaConfig?.immunityTimeProperty, webACL.captchaConfig?.immunityTimeProperty))
    case .challenge:
      OracleGate(
        action: .challenge,
        immunitySeconds: seconds(
          rule?.challengeConfig?.immunityTimeProperty,
          webACL.challengeConfig?.immunityTimeProperty))
    case .monetize: OracleGate(action: .monetize, immunitySeconds: 0)
    case .allow, .block, .count: nil
    }
  }

  private static func effective(
    _ action: RuleAction, of name: String, _ overrides: [RuleActionOverride],
    _ excluded: [ExcludedRule]
  ) -> (RuleAction, isExcluded: Bool) {
    if let override = overrides.first(where: { $0.name == name }) {
      return (override.actionToUse, false)
    }
    if excluded.contains(where: { $0.name == name }) { return (.count(CountAction()), true) }
    return (action, false)
  }

  private func referenceTop(_ name: String, _ body: RuleGroupReferenceStatement) -> OracleTop {
    let arn = ARN(body.arn)
    guard let group = bundle.ruleGroup(arn: body.arn)?.value else {
      let namespace = "awswaf:\(arn?.account ?? "*"):rulegroup:\(arn?.name ?? "*"):"
      return OracleTop(
        name: name, content: .unknownGroup(namespace: namespace, idleWhenAssumed: false),
        groupID: body.arn)
    }
    let context =
      group.labelNamespace
      ?? "awswaf:\(arn?.account ?? "*"):rulegroup:\(group.name ?? arn?.name ?? "*"):"
    let rules = group.rules.sorted { $0.priority < $1.priority }.map {
      plainRule(
        $0, context: context, overrides: body.ruleActionOverrides, excluded: body.excludedRules)
    }
    return OracleTop(name: name, content: .group(rules), groupID: body.arn)
  }

  // MARK: Managed groups

  private func managedTop(_ name: String, _ body: ManagedRuleGroupStatement) -> OracleTop {
    let id = [body.vendorName, body.name, body.version].compactMap { $0 }.joined(separator: "#")
    guard let group = catalogue.group(vendorName: body.vendorName, name: body.name) else {
      return OracleTop(
        name: name,
        content: .unknownGroup(
          namespace: "awswaf:managed:\(body.vendorName.lowercased()):",
          idleWhenAssumed: (assumption(body.name, "*") ?? .noMatch) == .noMatch),
        groupID: id)
    }
    let content = group.content(version: body.version)
    let rules = content.rules.filter { Self.runs($0.name, in: body) }.map { rule in
      let (action, isExcluded) = Self.effective(
        rule.action, of: rule.name, body.ruleActionOverrides, body.excludedRules)
      let node = managedNode(rule.name, rule.model, rule.requirements, content, id, body)
      return OracleRule(
        name: rule.name, node: node, inspected: inspected(node), action: action,
        gate: gate(action, nil), isExcluded: isExcluded,
        labels: [rule.label].compactMap(\.self) + rule.additionalLabels.map(\.name))
    }
    var top = OracleTop(name: name, content: .group(rules), groupID: id)
    for rule in content.labelRules where Self.runs(rule.label, in: body) {
      let node = managedNode(rule.label, rule.model, rule.requirements, content, id, body)
      top.labelRules.append((rule.label, node))
    }
    for rule in content.rules where rule.labelsFirst && Self.runs(rule.name, in: body) {
      let node = managedNode(rule.name, rule.model, rule.requirements, content, id, body)
      if let label = rule.label { top.labelRules.append((label, node)) }
    }
    let ruleLabels = Set(
      group.rules.flatMap { [$0.label].compactMap(\.self) + $0.additionalLabels.map(\.name) }
        + group.labelRules.map(\.label))
    top.extraLabels = group.availableLabels.filter { !ruleLabels.contains($0) }
    top.extraNamespaces = group.labelFamilies
    top.extraLabelsAreUnknown = assumption(group.name, "*") == .unknown
    return top
  }

  /// The condition of a rule, or of a label that comes before the rules.
  ///
  /// Of what is required only the request's side is read from the data; what settings do is told
  /// apart here (`runs`, `exemptPatterns`).
  private func managedNode(
    _ rule: String, _ model: ManagedRuleModel, _ requirements: [ManagedRuleRequirement],
    _ content: ManagedGroupContent, _ id: String, _ body: ManagedRuleGroupStatement
  ) -> OracleNode {
    let leaf = OracleLeaf.managed(group: id, rule: rule)
    if managed[leaf] == nil {
      managed[leaf] = managedRule(
        rule, model, of: body.name, isOtherVersion: !content.isAsAsked)
    }
    var parts = requirements.compactMap(node)
    let exempt = exemptPatterns(rule, in: body).compactMap(pathNode)
    if !exempt.isEmpty { parts.append(.not(.any(exempt))) }
    let own = OracleNode.leaf(number(leaf), isNegated: false)
    return parts.isEmpty ? own : .all(parts + [own])
  }

  private func node(_ requirement: ManagedRuleRequirement) -> OracleNode? {
    switch requirement {
    case .statement(let statement): node(statement, context: "")
    case .token(let state): .leaf(number(.token(state, isCaptcha: false)), isNegated: false)
    case .captcha(let state): .leaf(number(.token(state, isCaptcha: true)), isNegated: false)
    case .not(let inner): node(inner).map { .not($0) }
    case .configuredPath, .setting, .countedRule, .resourceType, .missingCredential, .anyOf: nil
    }
  }

  /// The paths that the configuration of Anti-DDoS takes out of its challenges.
  private func exemptPatterns(_ rule: String, in body: ManagedRuleGroupStatement) -> [String] {
    guard body.name == "AWSManagedRulesAntiDDoSRuleSet",
      rule.hasPrefix("Challenge") || rule.hasSuffix("challengeable-request")
    else { return [] }
    return body.managedRuleGroupConfigs.flatMap { config in
      config.awsManagedRulesAntiDDoSRuleSet?.clientSideActionConfig.challenge
        .exemptURIRegularExpressions ?? []
    }.map(\.regexString)
  }

  /// Whether the group's configuration has a rule run at all.
  private static func runs(_ rule: String, in body: ManagedRuleGroupStatement) -> Bool {
    guard body.vendorName == "AWS" else { return true }
    let configs = body.managedRuleGroupConfigs
    switch body.name {
    case "AWSManagedRulesBotControlRuleSet":
      let isTargeted = configs.contains {
        $0.awsManagedRulesBotControlRuleSet?.inspectionLevel == .targeted
      }
      return isTargeted || !rule.hasPrefix("TGT_")
    case "AWSManagedRulesAntiDDoSRuleSet":
      let isOff = configs.contains {
        $0.awsManagedRulesAntiDDoSRuleSet?.clientSideActionConfig.challenge.usageOfAction
          == .disabled
      }
      switch rule {
      case "ChallengeAllDuringEvent", "awswaf:managed:aws:anti-ddos:challengeable-request":
        return !isOff
      case "ChallengeDDoSRequests":
        let (other, _) = effective(
          .challenge(ChallengeAction()), of: "ChallengeAllDuringEvent",
          body.ruleActionOverrides, body.excludedRules)
        return !isOff && other.kind == .count
      default: return true
      }
    default:
      return true
    }
  }

  private func managedRule(
    _ rule: String, _ model: ManagedRuleModel, of group: String, isOtherVersion: Bool
  ) -> OracleManagedRule {
    let assumption = assumption(group, rule)
    switch model {
    case .unmodelled:
      return OracleManagedRule(branches: nil, missTrust: .assumed, assumption: assumption)
    case .branches(let branches, let missTrust, _):
      var trust: EvidenceLevel =
        switch missTrust {
        case .exact: .exact
        case .approximate: .approximate
        case .assumed: .assumed
        }
      // The compiler leaves out branches below medium unless told otherwise.
      let enabled = branches.filter { $0.fidelity <= .medium }
      // What fixes a rule may be other patterns, or those of another version.
      if enabled.count < branches.count || isOtherVersion { trust = max(trust, .approximate) }
      if enabled.isEmpty { trust = .assumed }
      return OracleManagedRule(
        branches: enabled.map {
          OracleManagedRule.Branch(
            level: $0.fidelity == .exact && !isOtherVersion ? .exact : .approximate,
            node: node($0.statement, context: ""))
        }, missTrust: trust, assumption: assumption)
    }
  }
}
