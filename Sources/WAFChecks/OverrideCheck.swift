import Diagnostics
import WAFModel

/// What a rule says about single rules of the group that it uses.
///
/// Whether the group has such rules is checked where the group is known.
struct OverrideCheck {
  let container: RuleContainer
  /// The rules of the group that can be overridden only to Allow or Count.
  var restricted: Set<String> = []

  /// Source: `RuleActionOverrides` and `ExcludedRules` of the API reference (documented).
  func check(
    _ overrides: [RuleActionOverride], _ excluded: [ExcludedRule], at body: JSONPointer,
    in findings: Findings
  ) {
    let list = body.appending("RuleActionOverrides")
    for (count, what, pointer) in [
      (overrides.count, "rule action overrides", list),
      (excluded.count, "excluded rules", body.appending("ExcludedRules")),
    ] where count > 100 {
      findings.refuse(
        .tooManyOverrides, "\(count) \(what); AWS WAF allows 100", at: pointer, from: .api)
    }
    var names: Set<String> = []
    for (index, override) in overrides.enumerated() {
      let pointer = list.appending(index)
      if !names.insert(override.name).inserted {
        findings.refuse(
          .duplicateOverride, "the rule '\(override.name)' is overridden twice",
          at: pointer.appending("Name"))
      }
      let action = pointer.appending("ActionToUse")
      checkRestriction(override, at: action, in: findings)
      if case .monetize = override.actionToUse {
        findings.warn(
          .invalidOverride,
          "the documentation does not say that a rule can be overridden to Monetize",
          at: action.appending("Monetize"), focus: .key)
      }
      ActionCheck(container: container).check(override.actionToUse, at: action, in: findings)
    }
    for (index, rule) in excluded.enumerated() where names.contains(rule.name) {
      findings.warn(
        .overriddenAndExcluded,
        "the rule '\(rule.name)' is both overridden and excluded; it is read as overridden",
        at: body.appending("ExcludedRules").appending(index).appending("Name"),
        notes: ["which of the two AWS WAF follows is not documented"])
    }
  }

  /// Source: "AWS WAF Distributed Denial of Service (DDoS) prevention rule group" (documented).
  private func checkRestriction(
    _ override: RuleActionOverride, at action: JSONPointer, in findings: Findings
  ) {
    guard restricted.contains(override.name) else { return }
    switch override.actionToUse.kind {
    case .allow, .count: return
    case .block, .captcha, .challenge, .monetize:
      findings.refuse(
        .invalidOverride,
        "the rule '\(override.name)' can be overridden only to Allow or Count",
        at: action.appending(override.actionToUse.kind.rawValue), focus: .key,
        from: .managedGroups)
    }
  }
}
