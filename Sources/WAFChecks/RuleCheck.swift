import Diagnostics
import WAFModel

/// One rule: its name, its action, its labels and its statement.
struct RuleCheck {
  let container: RuleContainer

  func check(_ rule: Rule, at pointer: JSONPointer, in findings: Findings) {
    NameCheck.entity(rule.name, at: pointer.appending("Name"), in: findings)
    checkActions(rule, at: pointer, in: findings)
    if let action = rule.action {
      ActionCheck(container: container).check(
        action, at: pointer.appending("Action"), in: findings)
    }
    if case .count(let action) = rule.overrideAction {
      ActionCheck(container: container).requestHandling(
        action.customRequestHandling,
        at: pointer.appending("OverrideAction").appending("Count"), in: findings)
    }
    checkLabels(rule, at: pointer, in: findings)
    ImmunityCheck.check(rule.captchaConfig, rule.challengeConfig, at: pointer, in: findings)
    VisibilityCheck.check(
      rule.visibilityConfig, of: "the rule '\(rule.name)'", at: pointer,
      isNeeded: container.needsVisibility, in: findings)
    StatementCheck(container: container).check(
      rule.statement, at: pointer.appending("Statement"), nesting: nil, in: findings)
  }

  private func checkActions(_ rule: Rule, at pointer: JSONPointer, in findings: Findings) {
    switch (rule.action, rule.overrideAction) {
    case (_?, _?):
      findings.refuse(
        .conflictingActions,
        "the rule '\(rule.name)' has both 'Action' and 'OverrideAction'; "
          + (rule.statement.isRuleGroup
            ? "a rule that uses a rule group has 'OverrideAction' only"
            : "only rules that use a rule group have 'OverrideAction'"),
        at: pointer, from: .api)
    case (nil, nil):
      // What an opaque statement needs is not known.
      if case .opaque = rule.statement { return }
      let name = rule.statement.isRuleGroup ? "OverrideAction" : "Action"
      findings.refuse(
        .missingAction, "the rule '\(rule.name)' has no '\(name)'", at: pointer, from: .api)
    case (let action?, nil):
      if rule.statement.isRuleGroup {
        findings.refuse(
          .misplacedAction,
          "a rule that uses a rule group has no 'Action' but an 'OverrideAction'",
          at: pointer.appending("Action"), focus: .key, from: .api)
      } else if rule.statement.isRateBased {
        checkRateAction(action, at: pointer.appending("Action"), in: findings)
      }
    case (nil, _?):
      if case .opaque = rule.statement { return }
      guard !rule.statement.isRuleGroup else { return }
      findings.refuse(
        .misplacedOverrideAction,
        "only rules that use a rule group have an 'OverrideAction'; this one needs an 'Action'",
        at: pointer.appending("OverrideAction"), focus: .key, from: .api)
    }
  }

  private func checkRateAction(
    _ action: RuleAction, at pointer: JSONPointer, in findings: Findings
  ) {
    switch action.kind {
    case .allow, .monetize:
      findings.refuse(
        .invalidRateAction, "a rate-based rule can't have the action \(action.kind.rawValue)",
        at: pointer.appending(action.kind.rawValue), focus: .key, from: .actions,
        notes: ["it can have Block, Count, Captcha and Challenge"])
    case .block, .count, .captcha, .challenge: break
    }
  }

  private func checkLabels(_ rule: Rule, at pointer: JSONPointer, in findings: Findings) {
    let list = pointer.appending("RuleLabels")
    if rule.statement.isRuleGroup, !rule.ruleLabels.isEmpty {
      findings.refuse(
        .misplacedLabels,
        "a rule that uses a rule group can't add labels; the group's rules do",
        at: list, focus: .key, from: .labels)
    }
    LabelCheck.labels(rule.ruleLabels, at: list, in: findings)
  }
}
