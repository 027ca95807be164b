package import Diagnostics
package import WAFModel

/// Checks that need no other document: what the API would refuse, and what can't be meant.
///
/// They go over model values, so that a web ACL made by a program is checked like one that was
/// read; each finding carries the pointer of what it is about.
extension Located where Value == WebACL {
  /// Checks the web ACL.
  ///
  /// - Parameter isStrict: whether members that the evaluation does not need must be there.
  package func check(isStrict: Bool = false) -> [Diagnostic] {
    let findings = Findings(file: file)
    let container = RuleContainer(value, isStrict: isStrict)
    if let name = value.name {
      NameCheck.entity(name, at: pointer.appending("Name"), in: findings)
    }
    NameCheck.description(
      value.description, at: pointer.appending("Description"), in: findings)
    VisibilityCheck.check(
      value.visibilityConfig, of: "the web ACL", at: pointer, isNeeded: container.needsVisibility,
      in: findings)
    ActionCheck(container: container).check(
      value.defaultAction, at: pointer.appending("DefaultAction"), in: findings)
    CustomResponseCheck.checkBodies(
      value.customResponseBodies, at: pointer.appending("CustomResponseBodies"), in: findings)
    checkSettings(in: findings)
    checkFirewallManager(container, in: findings)
    let list = pointer.appending("Rules")
    let indexes = documentIndexes(count: value.rules.count)
    RuleListCheck(container: container, indexes: indexes).check(
      value.rules, at: list, in: findings)
    let ordered = value.rules.inEvaluationOrder(at: list, indexes: indexes)
    LabelFlowCheck.check(value, rules: ordered, in: findings)
    // A dropped rule might be the one that matters.
    if droppedRules.isEmpty { ReachabilityCheck.check(ordered, in: findings) }
    return findings.diagnostics
  }

  private func checkSettings(in findings: Findings) {
    ImmunityCheck.check(value.captchaConfig, value.challengeConfig, at: pointer, in: findings)
    ConfigurationCheck.tokenDomains(
      value.tokenDomains ?? [], at: pointer.appending("TokenDomains"), in: findings)
    ConfigurationCheck.association(
      value.associationConfig, at: pointer.appending("AssociationConfig"), in: findings)
    ConfigurationCheck.dataProtection(
      value.dataProtectionConfig, at: pointer.appending("DataProtectionConfig"), in: findings)
    ConfigurationCheck.application(
      value.applicationConfig, at: pointer.appending("ApplicationConfig"), in: findings)
    MonetizationCheck.check(
      value.monetizationConfig, at: pointer.appending("MonetizationConfig"), in: findings)
  }

  /// Each of Firewall Manager's two sets has priorities of its own.
  private func checkFirewallManager(_ container: RuleContainer, in findings: Findings) {
    for (groups, member) in [
      (value.preProcessFirewallManagerRuleGroups, "PreProcessFirewallManagerRuleGroups"),
      (value.postProcessFirewallManagerRuleGroups, "PostProcessFirewallManagerRuleGroups"),
    ] {
      var priorities = PriorityCheck(what: "Firewall Manager rule group")
      for (index, group) in groups.enumerated() {
        let place = pointer.appending(member).appending(index)
        NameCheck.entity(group.name, at: place.appending("Name"), in: findings)
        priorities.check(group.priority, of: group.name, at: place, in: findings)
        StatementCheck(container: container).check(
          group.firewallManagerStatement.statement,
          at: place.appending("FirewallManagerStatement"), nesting: nil, in: findings)
      }
    }
  }
}

extension Located where Value == RuleGroup {
  /// Checks the rule group.
  ///
  /// - Parameter isStrict: whether members that the evaluation does not need must be there.
  package func check(isStrict: Bool = false) -> [Diagnostic] {
    let findings = Findings(file: file)
    let container = RuleContainer(value, isStrict: isStrict)
    if let name = value.name {
      NameCheck.entity(name, at: pointer.appending("Name"), in: findings)
    }
    NameCheck.description(
      value.description, at: pointer.appending("Description"), in: findings)
    VisibilityCheck.check(
      value.visibilityConfig, of: "the rule group", at: pointer,
      isNeeded: container.needsVisibility, in: findings)
    CustomResponseCheck.checkBodies(
      value.customResponseBodies, at: pointer.appending("CustomResponseBodies"), in: findings)
    MonetizationCheck.check(
      value.monetizationConfig, at: pointer.appending("MonetizationConfig"), in: findings)
    let list = pointer.appending("Rules")
    let indexes = documentIndexes(count: value.rules.count)
    RuleListCheck(container: container, indexes: indexes).check(
      value.rules, at: list, in: findings)
    LabelFlowCheck.check(
      value, rules: value.rules.inEvaluationOrder(at: list, indexes: indexes), in: findings)
    return findings.diagnostics
  }
}

extension Located where Value == IPSet {
  /// Checks the set's name and its addresses.
  package func check() -> [Diagnostic] {
    let findings = Findings(file: file)
    if let name = value.name {
      NameCheck.entity(name, at: pointer.appending("Name"), in: findings)
    }
    NameCheck.description(
      value.description, at: pointer.appending("Description"), in: findings)
    IPSetCheck.check(value, at: pointer.appending("Addresses"), in: findings)
    return findings.diagnostics
  }
}

extension Located where Value == RegexPatternSet {
  /// Checks the set's name and its expressions.
  package func check() -> [Diagnostic] {
    let findings = Findings(file: file)
    if let name = value.name {
      NameCheck.entity(name, at: pointer.appending("Name"), in: findings)
    }
    NameCheck.description(
      value.description, at: pointer.appending("Description"), in: findings)
    let list = pointer.appending("RegularExpressionList")
    let count = value.regularExpressionList.count
    if count > 10 {
      findings.refuse(
        .tooManyPatterns, "\(count) expressions; AWS WAF allows 10 in a set", at: list,
        from: .quotas)
    }
    for (index, expression) in value.regularExpressionList.enumerated() {
      PatternCheck.check(expression, at: list.appending(index), in: findings)
    }
    return findings.diagnostics
  }
}

extension [Rule] {
  /// The rules by priority, each with its pointer; equal priorities keep the document's order.
  func inEvaluationOrder(
    at list: JSONPointer, indexes: [Int]
  ) -> [(rule: Rule, pointer: JSONPointer)] {
    zip(indexes, self).sorted { ($0.1.priority, $0.0) < ($1.1.priority, $1.0) }
      .map { (rule: $0.1, pointer: list.appending($0.0)) }
  }
}
