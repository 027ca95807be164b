import Diagnostics
import DocumentTree
package import Findings
import WAFModel

/// How two web ACLs differ as documents: what a reviewer should read, and nothing of how it is
/// written.
package struct ACLComparison {
  private let old: ACLDocuments
  private let new: ACLDocuments

  package init(old: ACLDocuments, new: ACLDocuments) {
    self.old = old
    self.new = new
  }

  /// The differences, in the evaluation order of the new web ACL.
  ///
  /// First rules, those that are gone behind the others; then what is no rule; then the documents that
  /// both web ACLs refer to.
  package var changes: [StructuralChange] {
    groupChanges("PreProcessFirewallManagerRuleGroups", \.preProcessFirewallManagerRuleGroups)
      + ruleChanges
      + groupChanges("PostProcessFirewallManagerRuleGroups", \.postProcessFirewallManagerRuleGroups)
      + SettingDifferences(old: old, new: new).changes
      + DocumentDifferences(old: old, new: new).changes
  }

  private var ruleChanges: [StructuralChange] {
    RuleListDifference(old.rules, new.rules).changes(
      subject: { "rule \"\(printable($0.name))\"" }, rule: \.name,
      old: { old.location(Self.place(of: $0, in: old.webACL)) },
      new: { new.location(Self.place(of: $0, in: new.webACL)) })
  }

  private func groupChanges(
    _ member: String, _ groups: KeyPath<WebACL, [FirewallManagerRuleGroup]>
  ) -> [StructuralChange] {
    func place(_ rule: RankedRule, _ side: ACLDocuments) -> Finding.Location {
      side.location(side.webACL.place(JSONPointer([member, String(rule.index)])))
    }
    return RuleListDifference(
      RankedRule.ranked(old.webACL.value[keyPath: groups]),
      RankedRule.ranked(new.webACL.value[keyPath: groups])
    ).changes(
      subject: { "Firewall Manager rule group \"\(printable($0.name))\"" }, rule: \.name,
      old: { place($0, old) }, new: { place($0, new) })
  }

  static func place(of rule: RankedRule, in document: Located<some Hashable & Sendable>) -> Place {
    document.place(JSONPointer(["Rules", String(rule.index)]))
  }
}

extension RuleListDifference {
  /// The steps as changes.
  ///
  /// - Parameters:
  ///   - subject: what a rule is called.
  ///   - rule: the rule of the web ACL that a rule is of.
  ///   - old: where an old rule stands.
  ///   - new: where a new rule stands.
  func changes(
    subject: (RankedRule) -> String, rule: (RankedRule) -> String,
    old: (RankedRule) -> Finding.Location, new: (RankedRule) -> Finding.Location
  ) -> [StructuralChange] {
    steps.map { step in
      let (kind, about, details): (StructuralChange.Kind, RankedRule, [String]) =
        switch step {
        case .added(let rule): (.added, rule, [rule.summary])
        case .removed(let rule): (.removed, rule, [rule.summary])
        case .renamed(let from, let to): (.renamed, to, ["was \"\(printable(from.name))\""])
        case .moved(let rule, let text): (.moved, rule, [text])
        case .changed(let rule, let lines): (.changed, rule, lines)
        }
      return StructuralChange(
        kind: kind, subject: subject(about), rule: rule(about), details: details,
        location: kind == .removed ? old(about) : new(about))
    }
  }
}
