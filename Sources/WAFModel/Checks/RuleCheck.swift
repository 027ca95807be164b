import Diagnostics
import DocumentTree

/// One rule: its name, its action, its labels and its statement.
struct RuleCheck {
  let container: RuleListCheck.Container
  let bodies: [String: CustomResponseBody]

  func check(_ rule: Rule, at pointer: JSONPointer, in context: ReadingContext) {
    NameCheck.resource(rule.name, at: pointer.appending("Name"), in: context)
    if rule.priority < 0 {
      context.error(
        "invalid-priority", "a priority is 0 or more, not \(rule.priority)",
        at: pointer.appending("Priority"))
    }
    checkActions(rule, at: pointer, in: context)
    checkLabels(rule, at: pointer, in: context)
    let responses = CustomResponseCheck(bodies: bodies)
    if case .block(let action) = rule.action {
      responses.check(action, at: pointer.appending("Action").appending("Block"), in: context)
    }
    StatementCheck(container: container, responses: responses).check(
      rule.statement, at: pointer.appending("Statement"), nesting: nil, in: context)
  }

  private func checkActions(_ rule: Rule, at pointer: JSONPointer, in context: ReadingContext) {
    switch (rule.action, rule.overrideAction) {
    case (_?, _?):
      context.error(
        "conflicting-actions",
        "the rule '\(rule.name)' has both 'Action' and 'OverrideAction'; "
          + (rule.statement.isRuleGroup
            ? "a rule that uses a rule group has 'OverrideAction' only"
            : "only rules that use a rule group have 'OverrideAction'"),
        at: pointer)
    case (nil, nil):
      // What an opaque statement needs is not known.
      if case .opaque = rule.statement { return }
      let name = rule.statement.isRuleGroup ? "OverrideAction" : "Action"
      context.error(
        "missing-action", "the rule '\(rule.name)' has no '\(name)'", at: pointer)
    case (_?, nil):
      guard rule.statement.isRuleGroup else { return }
      context.error(
        "misplaced-action",
        "a rule that uses a rule group has no 'Action' but an 'OverrideAction'",
        at: pointer.appending("Action"), focus: .key)
    case (nil, _?):
      if case .opaque = rule.statement { return }
      guard !rule.statement.isRuleGroup else { return }
      context.error(
        "misplaced-override-action",
        "only rules that use a rule group have an 'OverrideAction'; this one needs an 'Action'",
        at: pointer.appending("OverrideAction"), focus: .key)
    }
  }

  private func checkLabels(_ rule: Rule, at pointer: JSONPointer, in context: ReadingContext) {
    let list = pointer.appending("RuleLabels")
    if rule.statement.isRuleGroup, !rule.ruleLabels.isEmpty {
      context.error(
        "misplaced-labels",
        "a rule that uses a rule group can't add labels; the group's rules do",
        at: list, focus: .key)
    }
    for (index, label) in rule.ruleLabels.enumerated() {
      LabelCheck.label(label.name, at: list.appending(index).appending("Name"), in: context)
    }
  }
}
