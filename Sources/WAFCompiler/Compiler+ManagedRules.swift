import Bytes
import Diagnostics
import ManagedRules
import WAFModel
import WAFProgram

extension Compiler {
  mutating func lowerManagedGroup(
    _ statement: ManagedRuleGroupStatement, _ rule: Rule, _ scope: RuleScope,
    pointer: JSONPointer
  ) {
    let body = pointer.appending("Statement").appending("ManagedRuleGroupStatement")
    var top = TopRule(name: rule.name, kind: .managedRuleGroup)
    top.groupID =
      "\(statement.vendorName)#\(statement.name)" + (statement.version.map { "#" + $0 } ?? "")
    top.isOverriddenToCount = rule.overrideAction?.kind == .count
    if let scopeDown = statement.scopeDownStatement {
      top.scopeDownFormula = lower(
        scopeDown, scope, pointer: body.appending("ScopeDownStatement"))
      top.scopeDownHasGeo = scopeDown.hasGeoMatch
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
    let overrides = RuleOverrides(statement.ruleActionOverrides, statement.excludedRules)
    top.labelSources += labelSources(group)
    builder.beginTopRule(top)
    for managedRule in group.rules {
      addManagedRule(managedRule, group, statement, top: rule.name, overrides)
    }
  }

  private mutating func addManagedRule(
    _ rule: ManagedRule, _ group: ManagedRuleGroup, _ statement: ManagedRuleGroupStatement,
    top: String, _ overrides: RuleOverrides
  ) {
    let (action, override) = overrides.effective(rule.name, own: rule.action)
    let index = managedCondition(rule, group, version: statement.version)
    let leaf = builder.leaf(.managedRule(index))
    builder.addRule(
      RuleInfo(
        name: rule.name, path: "\(top)/\(rule.name)", ownAction: rule.action.engineAction,
        override: override, formula: .leaf(leaf), managed: index),
      action: action.engineAction, labels: rule.label.map { [$0] } ?? [], hasGeo: false,
      responseCode: action.responseCode)
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

  private func assumedAnswer(group: String, rule: String) -> ManagedCondition.Assumption? {
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
      assumption: "\(statement.name)/*=no-match")
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
