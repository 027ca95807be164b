package import ReportText
import WAFEngine
import WAFProgram
package import WAFReplay

/// The member that stops a rule of a rule group from acting, ready to paste.
package struct Cure: Hashable, Sendable {
  /// The name of the web ACL's rule that refers to the group.
  package var topName: String
  /// The rule inside the group.
  package var ruleName: String
  /// The statement that takes the member.
  package var statementName: String
  /// Overrides that the statement has already, as the document spells them; they stay.
  package var existing: [JSONValue]
  /// Whether the statement has the member already, be it with entries that are not kept.
  package var replacesMember: Bool
  /// Whether `existing` is known to be all.
  package var existingIsKnown: Bool
  /// Where the statement is, such as `acl.json:56`; nil where that is not known.
  package var place: String?
  /// The labels that the rule adds.
  package var labels: [String]
  /// The requests that the rule ends.
  package var requests: Int

  package init(
    topName: String, ruleName: String, statementName: String, existing: [JSONValue] = [],
    replacesMember: Bool? = nil, existingIsKnown: Bool = true, place: String? = nil,
    labels: [String] = [], requests: Int
  ) {
    self.topName = topName
    self.ruleName = ruleName
    self.statementName = statementName
    self.existing = existing
    self.replacesMember = replacesMember ?? !existing.isEmpty
    self.existingIsKnown = existingIsKnown
    self.place = place
    self.labels = labels
    self.requests = requests
  }

  /// The rule that a cure is printed for unless another is asked for: of the rules in managed rule
  /// groups that which blocks most requests, the earlier one of equals.
  ///
  /// - Parameter canCure: whether the web ACL has a statement that takes the cure of a rule; Firewall
  ///   Manager's groups have none.
  package static func usualRule(
    of report: ReplayReport, where canCure: (ReportedRule) -> Bool = { _ in true }
  ) -> ReportedRule? {
    let candidates = report.rules.filter {
      $0.rule.kind == .inManagedRuleGroup && $0.rule.action == .block && $0.ended > 0
        && canCure($0.rule)
    }
    var best: RuleReport?
    for candidate in candidates where candidate.ended > (best?.ended ?? 0) { best = candidate }
    return best?.rule
  }

  /// All overrides: those that are there, and the one that lets the rule count.
  package var overrides: [JSONValue] {
    let own = JSONValue.object([
      JSONMember("Name", .string(ruleName)),
      JSONMember(
        "ActionToUse", .object([JSONMember("Count", .object([]))])),
    ])
    let others = existing.filter { value in
      guard case .object(let members) = value else { return true }
      return !members.contains { $0.key == "Name" && $0.value == .string(ruleName) }
    }
    return others + [own]
  }

  /// The member as it is pasted, one line an override.
  package var lines: [String] {
    var lines = ["\"RuleActionOverrides\": ["]
    let overrides = overrides
    for (index, override) in overrides.enumerated() {
      lines.append("  " + override.inlineText + (index == overrides.count - 1 ? "" : ","))
    }
    lines.append("]")
    return lines
  }
}
