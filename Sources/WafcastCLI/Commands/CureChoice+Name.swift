import Gate
import WAFReplay
import WAFReports
import Wafcast

extension CureChoice {
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
}
