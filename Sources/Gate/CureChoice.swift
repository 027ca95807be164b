import DocumentTree
import ReportText
package import WAFReplay
package import WAFReports
package import Wafcast

/// Finds the rule that a cure is for, and what its statement says already.
package struct CureChoice {
  package let webACL: CompiledWebACL

  package init(_ webACL: CompiledWebACL) {
    self.webACL = webACL
  }

  /// Whether the rule's group is used by a rule of the web ACL itself, and not by Firewall Manager.
  package func canCure(_ rule: ReportedRule) -> Bool {
    webACL.webACL.value.rules.contains { $0.name == rule.topName }
  }

  /// The cure for a rule; nil where the web ACL has no statement that takes one.
  package func cure(
    for rule: ReportedRule, _ report: ReplayReport, _ facts: [String: RuleFacts]
  ) -> Cure? {
    guard let index = webACL.webACL.value.rules.firstIndex(where: { $0.name == rule.topName })
    else { return nil }
    let statement = webACL.webACL.value.rules[index].statement
    let overrides: [RuleActionOverride]
    switch statement {
    case .managedRuleGroup(let group): overrides = group.ruleActionOverrides
    case .ruleGroupReference(let group): overrides = group.ruleActionOverrides
    default: return nil
    }
    // An override for a rule that the group does not have is a misspelt one: it does nothing.
    let names = Set(
      report.rules.map(\.rule).filter { $0.topName == rule.topName }.map(\.innerName))
    let name = statement.kind?.rawValue ?? "statement"
    let pointer = JSONPointer(["Rules", String(index), "Statement", name])
    let place = webACL.webACL.place(pointer)
    let line = webACL.sources.location(of: place)?.line
    return Cure(
      topName: rule.topName, ruleName: rule.innerName, statementName: name,
      existing: overrides.filter { names.contains($0.name) }.map { JSONValue($0.node()) },
      replacesMember: !overrides.isEmpty,
      place: line.map { "\(place.file):\($0)" }, labels: facts[rule.path]?.labels ?? [],
      requests: report.rules.first { $0.rule == rule }?.ended ?? 0)
  }
}
