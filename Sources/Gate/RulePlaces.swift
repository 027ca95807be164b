package import Findings
import WAFModel
package import Wafcast

/// Where the rules of a web ACL stand in its documents.
package struct RulePlaces: Sendable {
  private let webACL: CompiledWebACL

  package init(_ webACL: CompiledWebACL) {
    self.webACL = webACL
  }

  /// The file and line of a rule by its path; of a rule in a managed group, that of the override for
  /// it, or of the statement that refers to the group.
  ///
  /// - Returns: the document as a whole for what has no place, as the default action.
  package func location(of path: String) -> Finding.Location {
    let names = path.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let located = webACL.webACL
    let top = names.first.map(String.init) ?? ""
    let indexes = located.documentIndexes(count: located.value.rules.count)
    guard let found = zip(indexes, located.value.rules).first(where: { $0.1.name == top }) else {
      let isDefault = path == "Default_Action"
      return location(located.place(isDefault ? JSONPointer(["DefaultAction"]) : .root))
    }
    let rule = JSONPointer(["Rules", String(found.0)])
    guard names.count == 2 else { return location(located.place(rule)) }
    let inner = String(names[1])
    switch found.1.statement {
    case .managedRuleGroup(let group):
      return overridePlace(
        inner, group.ruleActionOverrides, rule, "ManagedRuleGroupStatement")
    case .ruleGroupReference(let group):
      if let place = innerPlace(inner, arn: group.arn) { return place }
      return overridePlace(
        inner, group.ruleActionOverrides, rule, "RuleGroupReferenceStatement")
    default: return location(located.place(rule))
    }
  }

  private func overridePlace(
    _ inner: String, _ overrides: [RuleActionOverride], _ rule: JSONPointer, _ statement: String
  ) -> Finding.Location {
    let body = rule.appending("Statement").appending(statement)
    guard let index = overrides.firstIndex(where: { $0.name == inner }) else {
      return location(webACL.webACL.place(body))
    }
    return location(
      webACL.webACL.place(body.appending("RuleActionOverrides").appending(index)))
  }

  /// A rule in a group of one's own stands in the group's document.
  private func innerPlace(_ inner: String, arn: String) -> Finding.Location? {
    guard let group = webACL.bundle.ruleGroup(arn: arn) else { return nil }
    let indexes = group.documentIndexes(count: group.value.rules.count)
    guard let found = zip(indexes, group.value.rules).first(where: { $0.1.name == inner }) else {
      return nil
    }
    return location(group.place(JSONPointer(["Rules", String(found.0)])))
  }

  private func location(_ place: Place) -> Finding.Location {
    let found = webACL.sources.location(of: place)
    return Finding.Location(file: place.file, line: found?.line, column: found?.column)
  }
}
