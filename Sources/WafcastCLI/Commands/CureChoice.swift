import DocumentTree
import ReportText
import WAFReplay
import WAFReports
import Wafcast

/// Finds the rule that a cure is for, and what its statement says already.
struct CureChoice {
  let webACL: CompiledWebACL

  init(_ webACL: CompiledWebACL) {
    self.webACL = webACL
  }

  /// The rule that `--cure` names: by its path, its name inside the group, or `GROUP/RULE`.
  func rule(named name: String) throws -> ReportedRule {
    let rules = ReplayReport(webACL.program).rules.map(\.rule)
      .filter { ($0.kind == .inManagedRuleGroup || $0.kind == .inRuleGroup) && canCure($0) }
    let found = rules.first { rule in
      let group = rule.groupID.split(separator: "#").dropFirst().first.map(String.init) ?? ""
      return rule.path == name || rule.innerName == name || "\(group)/\(rule.innerName)" == name
    }
    if let found { return found }
    guard !rules.isEmpty else {
      throw Failure("--cure: no rule of the web ACL uses a rule group at hand")
    }
    let hint = didYouMean(name, among: rules.flatMap { [$0.innerName, $0.path] })
    throw Failure(
      "--cure: no rule group of the web ACL has a rule '\(printable(name))'"
        + (hint.map { "; did you mean '\(printable($0))'?" } ?? ""))
  }

  /// Whether the rule's group is used by a rule of the web ACL itself, and not by Firewall Manager.
  func canCure(_ rule: ReportedRule) -> Bool {
    webACL.webACL.value.rules.contains { $0.name == rule.topName }
  }

  /// The cure for a rule; nil where the web ACL has no statement that takes one.
  func cure(
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
