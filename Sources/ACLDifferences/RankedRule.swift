import Diagnostics
import DocumentTree
import WAFModel

/// A rule, or a rule group of Firewall Manager, in its place among others.
struct RankedRule {
  var name: String
  var priority: Int
  /// The index in the document.
  var index: Int
  /// What it says, but for its name and its place.
  var meaning: Meaning
  /// What it says but for its metrics too: what a renamed one keeps.
  var content: [UInt8]
  /// What it is, for one that comes or goes: `GeoMatchStatement {…}, Block`.
  var summary: String

  private init(_ node: Node, name: String, priority: Int, index: Int, statement: Statement) {
    self.name = name
    self.priority = priority
    self.index = index
    let members = (node.members ?? []).filter { $0.key != "Name" && $0.key != "Priority" }
    meaning = Meaning(Node(.object(members)))
    content = Meaning(Node(.object(members.filter { $0.key != "VisibilityConfig" }))).key
    summary = Self.summary(meaning, statement)
  }

  /// The rules of a web ACL or a rule group in evaluation order.
  ///
  /// - Parameter indexes: their indexes in the document.
  static func ranked(_ rules: [Rule], at indexes: [Int]) -> [RankedRule] {
    inOrder(
      zip(rules, indexes).map { rule, index in
        RankedRule(
          rule.spellingSearchStrings().node(), name: rule.name, priority: rule.priority,
          index: index, statement: rule.statement)
      })
  }

  /// The rule groups that Firewall Manager has before or behind the rules, in evaluation order.
  static func ranked(_ groups: [FirewallManagerRuleGroup]) -> [RankedRule] {
    inOrder(
      groups.enumerated().map { index, group in
        RankedRule(
          group.spellingSearchStrings().node(), name: group.name, priority: group.priority,
          index: index, statement: group.firewallManagerStatement.statement)
      })
  }

  /// Equal priorities, which the service refuses, keep the order of the document.
  private static func inOrder(_ rules: [RankedRule]) -> [RankedRule] {
    rules.sorted { ($0.priority, $0.index) < ($1.priority, $1.index) }
  }

  private static func summary(_ meaning: Meaning, _ statement: Statement) -> String {
    let what =
      switch statement {
      case .managedRuleGroup(let group):
        "managed rule group \(printable(group.name))" + (group.version.map { " \($0)" } ?? "")
      case .ruleGroupReference(let group):
        "rule group \"\(printable(ARN(group.arn)?.name ?? group.arn))\""
      default: meaning["Statement"]?.words ?? statement.wireName
      }
    let action = meaning["Action"].map { ", " + $0.words } ?? ""
    let override = meaning["OverrideAction"].map { ", OverrideAction " + $0.words } ?? ""
    return what + action + override
  }
}
