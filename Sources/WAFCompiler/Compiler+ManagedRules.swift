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
    let content = group.content(version: statement.version)
    if !content.isAsAsked { reportVersion(statement, group, content, scope, pointer: body) }
    checkManagedOverrideNames(statement, group, content, scope, pointer: body)
    let overrides = RuleOverrides(
      statement.ruleActionOverrides, statement.excludedRules, bodies: scope.bodies)
    top.labelSources += labelSources(group)
    builder.beginTopRule(top)
    let use = ManagedGroupUse(
      statement: statement, group: group, content: content, top: rule.name, overrides: overrides,
      scope: scope, pointer: body)
    addLabelRules(use)
    for managedRule in content.rules { addManagedRule(managedRule, use) }
  }

  private mutating func addManagedRule(_ rule: ManagedRule, _ use: ManagedGroupUse) {
    let (action, override) = use.overrides.effective(rule.name, own: rule.action)
    let condition = condition(of: rule, use)
    var info = RuleInfo(
      name: rule.name, path: "\(use.top)/\(rule.name)", ownAction: rule.action.engineAction,
      override: override, formula: condition.formula, managed: condition.managed,
      handling: handling(of: action, bodies: use.scope.bodies))
    info.fidelity = condition.fidelity
    builder.addRule(
      info, action: action.engineAction,
      labels: [rule.label].compactMap(\.self) + rule.additionalLabels.map(\.name),
      geo: GeoSources(rawValue: 0),
      immunitySeconds: use.scope.immunity.seconds(action.engineAction))
  }

  /// The labels that come before the rules: those without a rule, and those of rules whose labels
  /// the group adds whichever rule ends the evaluation.
  private mutating func addLabelRules(_ use: ManagedGroupUse) {
    let prefilter = prefilter(of: use)
    for rule in use.content.labelRules {
      let condition = condition(
        named: rule.label, rule.model, requires: rule.requirements, use)
      builder.addLabelRule(
        rule.label, formula: condition.formula,
        prefilter: prefilter.flatMap { $0.labels.contains(rule.label) ? $0.leaf : nil })
    }
    for rule in use.content.rules where rule.labelsFirst {
      let formula = condition(of: rule, use).formula
      if let label = rule.label { builder.addLabelRule(label, formula: formula) }
    }
  }

  private mutating func condition(
    of rule: ManagedRule, _ use: ManagedGroupUse
  ) -> LoweredCondition {
    condition(named: rule.name, rule.model, requires: rule.requirements, use)
  }

  /// What a rule requires, and its model: both must hold.
  private mutating func condition(
    named name: String, _ model: ManagedRuleModel, requires requirements: [ManagedRuleRequirement],
    _ use: ManagedGroupUse
  ) -> LoweredCondition {
    var parts: [Formula] = []
    for requirement in requirements {
      let formula = lower(requirement, use)
      // What the group's configuration turns off never matches.
      if formula == .or([]) { return LoweredCondition(formula: formula) }
      guard formula != .and([]) else { continue }
      parts.append(
        use.content.isAsAsked ? formula : approximated(formula, "requirement of \(name)", use))
    }
    if let branch = countingBranch(of: model, named: name, use), let rate = branch.rate {
      let scopeDown: Formula? = parts.isEmpty ? nil : .and(parts)
      parts.append(.leaf(leaf(counting: rate, above: rate.limit, scopeDown)))
      if let bound = branch.upTo {
        parts.append(.not(.leaf(leaf(counting: rate, above: bound, scopeDown))))
      }
      return LoweredCondition(formula: .and(parts), fidelity: branch.fidelity.engineFidelity)
    }
    let index = managedCondition(name, model, use)
    let leaf = Formula.leaf(builder.leaf(.managedRule(index)))
    return LoweredCondition(
      formula: parts.isEmpty ? leaf : .and(parts + [leaf]), managed: index)
  }

  /// The branch by which a rule counts; nil where it counts nothing, at the fidelity asked for, or the
  /// user gives the answer.
  private func countingBranch(
    of model: ManagedRuleModel, named name: String, _ use: ManagedGroupUse
  ) -> ManagedRuleBranch? {
    guard case .branches(let branches, _, _) = model, let branch = branches.first,
      branch.rate != nil, isEnabled(branch),
      assumedAnswer(group: use.group.name, rule: name) == nil
    else { return nil }
    return branch
  }

  private mutating func leaf(
    counting rate: RateBasedStatement, above limit: Int, _ scopeDown: Formula?
  ) -> LeafIndex {
    builder.managedRate(
      limit: limit, windowSeconds: rate.evaluationWindowSec ?? Self.defaultRateWindow,
      scopeDown: scopeDown)
  }

  /// The user's list in the place of one that only AWS has: it is assumed to be complete.
  ///
  /// Source: "IP reputation rule groups" of the developer guide (documented: the rules look at the
  /// web request origin, not at forwarded addresses).
  private mutating func condition(
    _ path: String, _ list: ManagedAddressList
  ) -> ManagedCondition {
    let set = builder.ipSet(named: list.file, list.addresses)
    let formula = Formula.leaf(builder.leaf(.ipSet(set, source: 0)))
    return ManagedCondition(
      name: path,
      branches: [
        ManagedCondition.Branch(
          entry: builder.code(formula), formula: formula, fidelity: .high,
          looksFor: "a client's address on the list that was given")
      ],
      missLevel: .assumed, assumption: nil)
  }

  private func isEnabled(_ branch: ManagedRuleBranch) -> Bool {
    branch.fidelity.engineFidelity.rawValue <= options.lowestFidelity.rawValue
  }

  /// The condition of a managed rule: one leaf, shared by all uses of the group in this version.
  private mutating func managedCondition(
    _ name: String, _ model: ManagedRuleModel, _ use: ManagedGroupUse
  ) -> Int {
    let identity = [
      use.group.vendorName, use.group.name, use.statement.version ?? "", name,
    ].joined(separator: "#")
    if let known = builder.knownManagedRule(identity) { return known }
    let answer = assumedAnswer(group: use.group.name, rule: name)
    // Branches are managed data, not part of the user's document: they report nothing.
    let scope = RuleScope(
      context: LabelContext(ruleGroupARN: ""), file: use.group.name, rules: .root,
      isManaged: true)
    let path = "\(use.group.name)/\(name)"
    let condition: ManagedCondition
    switch model {
    case .unmodelled:
      let list = options.addressLists.last { $0.group == use.group.name && $0.rule == name }
      condition =
        list.flatMap { answer == nil ? self.condition(path, $0) : nil }
        ?? ManagedCondition(
          name: path, branches: [], missLevel: .assumed, assumption: answer ?? .noMatch)
    case .branches(let branches, let missTrust, _):
      // What fixes a rule in one version may not hold in another: nothing is exact there.
      let isOtherVersion = !use.content.isAsAsked
      let enabled = branches.filter { isEnabled($0) && $0.rate == nil }
      // A miss can be trusted fully only where every branch was tried, and not at all where none was.
      let missLevel =
        enabled.isEmpty
        ? .assumed
        : enabled.count == branches.count && !isOtherVersion
          ? missTrust.level : max(missTrust.level, .approximate)
      condition = ManagedCondition(
        name: path,
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
    return builder.managedRule(condition, identity: identity)
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
    let ownLabels = Set(
      group.rules.compactMap(\.label) + group.rules.flatMap(\.additionalLabels).map(\.name)
        + group.labelRules.map(\.label))
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
    _ statement: ManagedRuleGroupStatement, _ group: ManagedRuleGroup,
    _ content: ManagedGroupContent, _ scope: RuleScope, pointer: JSONPointer
  ) {
    let asked = statement.version ?? ""
    let taken = content.version.map { "its content is taken to be that of \($0.name)" }
    diagnostics.append(
      Diagnostic(
        severity: .warning, code: "managed-version",
        message: "\(asked) of \(group.name) is not known; "
          + (taken ?? "no version of the group is: it is taken as of \(group.asOf)"),
        place: scope.place(pointer.appending("Version")),
        notes: content.version == nil
          ? []
          : ["nothing of it is exact then: what fixes a rule in one version may not in another"]
      ))
  }

  /// Names in overrides that no rule has: AWS ignores those of rules that it retired, which is fine,
  /// and misspelt ones, which is how a rollout blocks.
  private mutating func checkManagedOverrideNames(
    _ statement: ManagedRuleGroupStatement, _ group: ManagedRuleGroup,
    _ content: ManagedGroupContent, _ scope: RuleScope, pointer: JSONPointer
  ) {
    let names = content.rules.map(\.name)
    let others = group.rules.filter { !names.contains($0.name) }
    let retired =
      group.retiredRules
      + others.map { rule in
        RetiredRule(
          name: rule.name,
          note: "the group has the rule " + rule.versions.map(\.words).joined(separator: ", "))
      }
    checkOverrideNames(
      statement.ruleActionOverrides, statement.excludedRules, names: names, retired: retired,
      group: [group.name, content.version?.name].compactMap(\.self).joined(separator: " "),
      isManaged: true, scope, pointer: pointer)
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

/// A managed rule group where a web ACL uses it.
struct ManagedGroupUse {
  let statement: ManagedRuleGroupStatement
  let group: ManagedRuleGroup
  let content: ManagedGroupContent
  /// The name of the web ACL's rule.
  let top: String
  let overrides: RuleOverrides
  let scope: RuleScope
  /// The place of the statement's body.
  let pointer: JSONPointer
}

/// The condition of a managed rule, and what tells how good it is.
private struct LoweredCondition {
  var formula: Formula
  /// The place in `Program.managed`; nil where the rule counts, or never matches.
  var managed: Int?
  /// Of a rule that counts.
  var fidelity: BranchFidelity?
}
