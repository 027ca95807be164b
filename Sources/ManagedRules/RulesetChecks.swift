import Diagnostics
import DocumentTree
import WAFModel

/// What must hold between the parts of a managed rule group's file.
struct RulesetChecks {
  let group: ManagedRuleGroup
  let entries: [RuleEntry]
  let labelEntries: [LabelRuleEntry]
  let labels: [LabelEntry]
  let context: ReadingContext

  /// Reports what does not hold; `true` where all does.
  func pass(at pointer: JSONPointer) -> Bool {
    let before = context.mistakeCount
    if !group.labelNamespace.hasPrefix("awswaf:managed:") || !group.labelNamespace.hasSuffix(":") {
      context.error(
        "invalid-label", "a label namespace starts with 'awswaf:managed:' and ends with ':'",
        at: pointer.appending("LabelNamespace"))
    }
    checkVersions(at: pointer)
    var spans: [String: [VersionSpan]] = [:]
    var priority = -1
    for entry in entries {
      if let before = spans[entry.name], overlap(before, entry.versions) {
        context.error(
          "repeated-rule", "a rule '\(entry.name)' stands before this one",
          at: entry.pointer.appending("Name"), notes: ["in other versions it may stand again"])
      }
      spans[entry.name, default: []] += entry.versions
      if entry.priority <= priority {
        context.error(
          "wrong-order", "priorities rise from rule to rule; \(entry.priority) does not",
          at: entry.pointer.appending("Priority"))
      }
      priority = max(priority, entry.priority)
      if entry.labels.count > 1 {
        context.error(
          "several-labels", "a managed rule has at most one label of its own",
          at: entry.pointer.appending("RuleLabels"))
      }
      check(entry.model, requirements: entry.requirements, at: entry.pointer)
    }
    for label in entries.flatMap(\.labels) + entries.flatMap(\.additionalLabels) + labels
    where !isInNamespace(label.name) {
      reportNamespace(at: label.pointer)
    }
    for entry in labelEntries {
      if !isInNamespace(entry.label) && !Self.tokenNamespaces.contains(where: entry.label.hasPrefix)
      {
        reportNamespace(at: entry.pointer.appending("Label"))
      }
      if let model = entry.model {
        check(model, requirements: entry.requirements, at: entry.pointer)
      } else {
        check(requirements: entry.requirements, at: entry.pointer)
      }
    }
    return context.mistakeCount == before
  }

  /// The namespaces of the labels on tokens, which several groups add.
  private static let tokenNamespaces = ["awswaf:managed:token:", "awswaf:managed:captcha:"]

  private func reportNamespace(at pointer: JSONPointer) {
    context.error(
      "invalid-label", "the label does not stand in the namespace '\(group.labelNamespace)'",
      at: pointer)
  }

  /// A managed condition is answered once a request: it can't hang on the way there.
  private func check(
    _ model: ModelEntry, requirements: [ManagedRuleRequirement], at pointer: JSONPointer
  ) {
    check(requirements: requirements, at: pointer)
    guard case .branches(let branches, _, _) = model else { return }
    for branch in branches {
      let place = branch.pointer.appending("Statement")
      if case .rateBased(let rate) = branch.statement {
        if branches.count > 1 || rate.aggregateKeyType != .ip || rate.scopeDownStatement != nil {
          context.error(
            "invalid-rate",
            "a rate-based branch is the only one, counts by IP and has no scope-down statement",
            at: place, notes: ["what it counts is what the rule 'Requires'"])
        }
        if let upTo = branch.upTo, upTo <= rate.limit {
          context.error(
            "invalid-rate", "'UpTo' lies above the limit",
            at: branch.pointer.appending("UpTo"))
        }
      } else if dependsOnOtherRules(branch.statement) {
        reportNesting(at: place)
      } else if branch.upTo != nil {
        context.error(
          "invalid-rate", "'UpTo' is for branches with a rate-based statement",
          at: branch.pointer.appending("UpTo"))
      }
      if !branch.hasStatement && requirements.isEmpty {
        context.error(
          "missing-member", "a branch without a 'Statement' needs a rule with 'Requires'",
          at: branch.pointer)
      }
    }
  }

  private func check(requirements: [ManagedRuleRequirement], at pointer: JSONPointer) {
    for (index, requirement) in requirements.enumerated()
    where requirement.statements.contains(where: dependsOnOtherRules) {
      reportNesting(at: pointer.appending("Requires").appending(index))
    }
  }

  private func reportNesting(at pointer: JSONPointer) {
    context.error(
      "nested-group",
      "the statement of a managed rule can't refer to a rule group, a rate or a label", at: pointer)
  }

  private func checkVersions(at pointer: JSONPointer) {
    let numbers = group.versions.map(\.number)
    for (index, number) in numbers.enumerated() where numbers[..<index].contains(number) {
      context.error(
        "repeated-version", "\(number.name) stands before this one",
        at: pointer.appending("Versions").appending(index))
    }
    switch group.defaultVersion {
    case nil where numbers.isEmpty: break
    case nil:
      context.error(
        "missing-member", "a group with versions says which is the 'DefaultVersion'", at: pointer)
    case let version? where !numbers.contains(version):
      context.error(
        "unknown-version", "\(version.name) is not among the versions",
        at: pointer.appending("DefaultVersion"))
    case _?: break
    }
    for retired in group.retiredRules where group.rules.contains(where: { $0.name == retired.name })
    {
      context.error(
        "repeated-rule", "'\(retired.name)' is a rule of the group and can't be a retired one",
        at: pointer.appending("RetiredRules"))
    }
  }

  /// Whether one version may have both.
  private func overlap(_ left: [VersionSpan], _ right: [VersionSpan]) -> Bool {
    guard !left.isEmpty, !right.isEmpty else { return true }
    return left.contains { one in
      right.contains { other in
        let ends = [one.before, other.before].compactMap(\.self).min()
        let starts = [one.from, other.from].compactMap(\.self).max()
        guard let ends, let starts else { return true }
        return starts < ends
      }
    }
  }

  private func dependsOnOtherRules(_ statement: Statement) -> Bool {
    switch statement {
    case .managedRuleGroup, .ruleGroupReference, .rateBased, .labelMatch: true
    case .and(let body): body.statements.contains(where: dependsOnOtherRules)
    case .or(let body): body.statements.contains(where: dependsOnOtherRules)
    case .not(let body): dependsOnOtherRules(body.statement)
    case .byteMatch, .regexMatch, .regexPatternSetReference, .sizeConstraint, .sqliMatch,
      .xssMatch, .ipSetReference, .geoMatch, .asnMatch, .opaque:
      false
    }
  }

  private func isInNamespace(_ label: String) -> Bool {
    label.hasPrefix(group.labelNamespace) && label != group.labelNamespace
  }
}

extension ManagedRuleRequirement {
  /// The statements in it.
  fileprivate var statements: [Statement] {
    switch self {
    case .statement(let statement): [statement]
    case .not(let requirement): requirement.statements
    case .anyOf(let requirements): requirements.flatMap(\.statements)
    case .configuredPath, .token, .captcha, .resourceType, .missingCredential, .setting,
      .countedRule:
      []
    }
  }
}
