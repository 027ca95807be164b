import Bytes
import Diagnostics
import ManagedRules
import WAFModel
import WAFProgram

extension Compiler {
  mutating func lowerManagedGroup(
    _ statement: ManagedRuleGroupStatement, _ rule: Rule, _ scope: RuleScope,
    body: JSONPointer
  ) {
    var top = TopRule(name: rule.name, kind: .managedRuleGroup)
    top.groupID =
      "\(statement.vendorName)#\(statement.name)" + (statement.version.map { "#" + $0 } ?? "")
    top.isOverriddenToCount = rule.overrideAction?.kind == .count
    top.countHandling = counting(rule.overrideAction)
    if let scopeDown = statement.scopeDownStatement {
      top.scopeDownFormula = lower(
        scopeDown, scope, pointer: body.appending("ScopeDownStatement"))
      top.scopeDownGeo = geoSources(scopeDown)
      top.labelSources = opaqueGeoLabels(scopeDown)
    }
    guard
      let group = catalogue.group(vendorName: statement.vendorName, name: statement.name)
    else {
      let opaque = opaqueGroup(statement)
      top.opaqueGroup = builder.opaqueGroup(opaque)
      // Its rules may have geo match statements.
      top.labelSources += geoLabelSources { namespace in
        var group = opaque
        group.namespace = namespace
        return group
      }
      reportUnknownGroup(statement, scope, pointer: body)
      builder.beginTopRule(top)
      return
    }
    reportVersion(statement, group, scope, pointer: body)
    checkOverrideNames(
      statement.ruleActionOverrides, statement.excludedRules, names: group.rules.map(\.name),
      group: group.name, isManaged: true, scope, pointer: body)
    let overrides = RuleOverrides(
      statement.ruleActionOverrides, statement.excludedRules, bodies: scope.bodies)
    top.labelSources += labelSources(group)
    builder.beginTopRule(top)
    for managedRule in group.rules {
      addManagedRule(
        managedRule, group, statement, top: rule.name, overrides, scope, pointer: body)
    }
  }

  private mutating func addManagedRule(
    _ rule: ManagedRule, _ group: ManagedRuleGroup, _ statement: ManagedRuleGroupStatement,
    top: String, _ overrides: RuleOverrides, _ scope: RuleScope, pointer: JSONPointer
  ) {
    let (action, override) = overrides.effective(rule.name, own: rule.action)
    let isOff = statement.turnsOff(rule.name, in: group, overrides)
    let index = managedCondition(rule, group, version: statement.version)
    // A rule that the group's configuration turns off never matches.
    var formula: Formula = isOff ? .or([]) : .leaf(builder.leaf(.managedRule(index)))
    if !isOff, let exempt = exemption(from: rule.name, group, statement, scope, pointer: pointer) {
      formula = .and([.not(exempt), formula])
    }
    builder.addRule(
      RuleInfo(
        name: rule.name, path: "\(top)/\(rule.name)", ownAction: rule.action.engineAction,
        override: override, formula: formula, managed: isOff ? nil : index,
        handling: handling(of: action, bodies: scope.bodies)),
      action: action.engineAction, labels: rule.label.map { [$0] } ?? [],
      geo: GeoSources(rawValue: 0),
      immunitySeconds: scope.immunity.seconds(action.engineAction))
  }

  /// The paths that the configuration of the group takes out of a rule; nil where it takes out none.
  ///
  /// Source: "Anti-DDoS rule group" of the developer guide (documented: the challenges concern
  /// requests whose URI fits none of `ExemptUriRegularExpressions`; assumed: its path).
  private mutating func exemption(
    from rule: String, _ group: ManagedRuleGroup, _ statement: ManagedRuleGroupStatement,
    _ scope: RuleScope, pointer: JSONPointer
  ) -> Formula? {
    guard group.vendorName == "AWS", AntiDDoS.isChallenge(rule, of: group.name) else { return nil }
    var parts: [Formula] = []
    for (number, config) in statement.managedRuleGroupConfigs.enumerated() {
      let rules = config.awsManagedRulesAntiDDoSRuleSet
      let patterns = rules?.clientSideActionConfig.challenge.exemptURIRegularExpressions ?? []
      let list = pointer.appending("ManagedRuleGroupConfigs").appending(number)
        .appending(AntiDDoS.group).appending("ClientSideActionConfig").appending("Challenge")
        .appending("ExemptUriRegularExpressions")
      for (index, pattern) in patterns.enumerated() {
        let place = scope.place(list.appending(index).appending("RegexString"))
        parts.append(lowerPathPattern(pattern.regexString, place))
      }
    }
    return parts.isEmpty ? nil : .or(parts)
  }

  /// The condition of a managed rule: one leaf, shared by all uses of the group in this version.
  private mutating func managedCondition(
    _ rule: ManagedRule, _ group: ManagedRuleGroup, version: String?
  ) -> Int {
    let name = "\(group.name)/\(rule.name)"
    let answer = assumedAnswer(group: group.name, rule: rule.name)
    let lowest = options.lowestFidelity
    // Branches are managed data, not part of the user's document: they report nothing.
    let scope = RuleScope(
      context: LabelContext(ruleGroupARN: ""), file: group.name, rules: .root)
    if let known = builder.knownManagedRule(identity(group, rule, version)) { return known }
    let condition: ManagedCondition
    switch rule.model {
    case .unmodelled:
      condition = ManagedCondition(
        name: name, branches: [], missLevel: .assumed, assumption: answer ?? .noMatch)
    case .branches(let branches, let missTrust, _):
      // What fixes a rule in one version may not hold in another: nothing is exact there.
      let isOtherVersion = version != nil && version != group.version
      let enabled = branches.filter { $0.fidelity.engineFidelity.rawValue <= lowest.rawValue }
      // A miss can be trusted fully only where every branch was tried.
      let missLevel =
        enabled.count == branches.count && !isOtherVersion
        ? missTrust.level : max(missTrust.level, .approximate)
      condition = ManagedCondition(
        name: name,
        branches: enabled.map { branch in
          let formula = lower(branch.statement, scope, pointer: .root)
          return ManagedCondition.Branch(
            entry: builder.code(formula), formula: formula,
            fidelity: isOtherVersion
              ? max(branch.fidelity, .high).engineFidelity : branch.fidelity.engineFidelity,
            looksFor: branch.looksFor)
        },
        missLevel: missLevel, assumption: answer)
    }
    return builder.managedRule(condition, identity: identity(group, rule, version))
  }

  private func identity(
    _ group: ManagedRuleGroup, _ rule: ManagedRule, _ version: String?
  ) -> String {
    [group.vendorName, group.name, version ?? "", rule.name].joined(separator: "#")
  }

  func assumedAnswer(group: String, rule: String) -> ManagedCondition.Assumption? {
    options.assumptions.last { $0.applies(toGroup: group, rule: rule) }?.answer
  }

  /// A group without data: another vendor's, or one of AWS's that is newer than this catalogue.
  ///
  /// Groups of AWS may add the labels of tokens beside their own. How a vendor's name is spelled in
  /// labels is not documented where it has other characters than labels have.
  private func opaqueGroup(_ statement: ManagedRuleGroupStatement) -> OpaqueGroup {
    let vendor = statement.vendorName
    let isPlain = vendor.utf8.allSatisfy {
      $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
    }
    return OpaqueGroup(
      name: statement.name,
      namespace: vendor != "AWS" && isPlain ? "awswaf:managed:\(vendor):" : "awswaf:managed:",
      isAssumedIdle: (assumedAnswer(group: statement.name, rule: "*") ?? .noMatch) == .noMatch,
      evidence: "managedRuleGroup:\(statement.vendorName)/\(statement.name)",
      assumption: "\(statement.name)/*=no-match",
      settings: "\(statement.version ?? "")\(statement.ruleActionOverrides)"
        + "\(statement.excludedRules)\(statement.managedRuleGroupConfigs)")
  }

  /// Labels beside those of the rules, of bot names, tokens and the like: nobody can model them.
  private mutating func labelSources(_ group: ManagedRuleGroup) -> [Int] {
    let ownLabels = Set(group.rules.compactMap(\.label))
    let others = group.labelFamilies + group.availableLabels.filter { !ownLabels.contains($0) }
    return others.map { namespace in
      builder.opaqueGroup(
        OpaqueGroup(
          name: group.name, namespace: namespace,
          isAssumedIdle: assumedAnswer(group: group.name, rule: "*") != .unknown,
          evidence: "labels:" + namespace, assumption: "\(namespace)*=absent"))
    }
  }

  private mutating func reportUnknownGroup(
    _ statement: ManagedRuleGroupStatement, _ scope: RuleScope, pointer: JSONPointer
  ) {
    let isAWS = statement.vendorName == "AWS"
    diagnostics.append(
      Diagnostic(
        severity: .warning, code: isAWS ? "unknown-managed-group" : "no-approximation",
        message: isAWS
          ? "no managed rule group of AWS is known as '\(statement.name)'; "
            + "it is assumed to do nothing"
          : "\(statement.vendorName) publishes no rules of '\(statement.name)'; "
            + "it is assumed to do nothing",
        place: scope.place(pointer.appending("Name")),
        notes: [
          "say otherwise with --assume '\(statement.name)/*=unknown', "
            + "or give rules with --rulesets DIR"
        ],
        suggestion: isAWS
          ? didYouMean(statement.name, among: catalogue.groupNames(vendorName: "AWS")) : nil))
  }

  private mutating func reportVersion(
    _ statement: ManagedRuleGroupStatement, _ group: ManagedRuleGroup, _ scope: RuleScope,
    pointer: JSONPointer
  ) {
    guard let version = statement.version, version != group.version else { return }
    diagnostics.append(
      Diagnostic(
        severity: .warning, code: "managed-version",
        message: "the web ACL pins \(version) of \(group.name); "
          + "the approximation models its content \(group.version)",
        place: scope.place(pointer.appending("Version"))))
  }
}

extension Fidelity {
  var engineFidelity: BranchFidelity {
    switch self {
    case .exact: .exact
    case .high: .high
    case .medium: .medium
    case .low: .low
    }
  }
}

extension MissTrust {
  var level: EvidenceLevel {
    switch self {
    case .exact: .exact
    case .approximate: .approximate
    case .assumed: .assumed
    }
  }
}

/// The managed rule group whose challenges its configuration directs.
private enum AntiDDoS {
  static let group = "AWSManagedRulesAntiDDoSRuleSet"

  static func isChallenge(_ rule: String, of group: String) -> Bool {
    group == Self.group && (rule == "ChallengeAllDuringEvent" || rule == "ChallengeDDoSRequests")
  }
}

extension ManagedRuleGroupStatement {
  /// Whether the configuration of the group turns a rule off.
  ///
  /// Source: "Bot Control rule group" (the inspection level COMMON has no targeted rules; those on
  /// coordinated activity need machine learning, which is on by default) and "Anti-DDoS rule group"
  /// (`UsageOfAction`; `ChallengeDDoSRequests` runs only where
  /// `ChallengeAllDuringEvent` is overridden to Count) of the developer guide (documented).
  fileprivate func turnsOff(
    _ rule: String, in group: ManagedRuleGroup, _ overrides: RuleOverrides
  ) -> Bool {
    guard group.vendorName == "AWS" else { return false }
    switch group.name {
    case "AWSManagedRulesBotControlRuleSet":
      guard rule.hasPrefix("TGT_") else { return false }
      let configs = managedRuleGroupConfigs.compactMap(\.awsManagedRulesBotControlRuleSet)
      guard configs.contains(where: { $0.inspectionLevel == .targeted }) else { return true }
      return rule.hasPrefix("TGT_ML_") && configs.contains { $0.enableMachineLearning == false }
    case AntiDDoS.group:
      guard AntiDDoS.isChallenge(rule, of: group.name) else { return false }
      let usage = managedRuleGroupConfigs.compactMap(\.awsManagedRulesAntiDDoSRuleSet).first?
        .clientSideActionConfig.challenge.usageOfAction
      if usage == .disabled { return true }
      let all = overrides.effective("ChallengeAllDuringEvent", own: .challenge(ChallengeAction()))
      return rule == "ChallengeDDoSRequests" && all.0.engineAction != .count
    default: return false
    }
  }
}
