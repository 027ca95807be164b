import Diagnostics
import DocumentTree
import WAFModel

/// What must hold between the parts of a managed rule group's file.
struct RulesetChecks {
  let group: ManagedRuleGroup
  let entries: [RuleEntry]
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
    var names: Set<String> = []
    var priority = -1
    for entry in entries {
      if !names.insert(entry.name).inserted {
        context.error(
          "repeated-rule", "a rule '\(entry.name)' stands before this one",
          at: entry.pointer.appending("Name"))
      }
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
      guard case .branches(let branches, _, _) = entry.model else { continue }
      for branch in branches where dependsOnOtherRules(branch.statement) {
        // A managed condition is answered once a request: it can't hang on the way there.
        context.error(
          "nested-group",
          "the statement of a managed rule can't refer to a rule group, a rate or a label",
          at: branch.pointer.appending("Statement"))
      }
    }
    for label in entries.flatMap(\.labels) + labels where !isInNamespace(label.name) {
      context.error(
        "invalid-label", "the label does not stand in the namespace '\(group.labelNamespace)'",
        at: label.pointer)
    }
    return context.mistakeCount == before
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
