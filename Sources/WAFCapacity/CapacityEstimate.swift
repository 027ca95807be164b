public import Diagnostics
package import ManagedRules
package import WAFModel

/// What a web ACL or a rule group uses, rule by rule.
public struct CapacityEstimate: Hashable, Sendable {
  /// What was counted.
  public enum Subject: String, Hashable, Sendable, CaseIterable {
    /// A web ACL.
    case webACL = "web-acl"
    /// A rule group.
    case ruleGroup = "rule-group"
  }

  /// The most that the service allows a web ACL or a rule group, in WCU.
  ///
  /// Source: AWS WAF quotas (documented).
  public static let limit = CapacityTable.limit
  /// What the basic price of a web ACL includes, in WCU.
  ///
  /// Source: Web ACL capacity units (WCUs) in AWS WAF (documented).
  public static let includedInPrice = CapacityTable.includedInPrice

  /// What was counted.
  public var subject: Subject
  /// Its name, where the document has one.
  public var name: String?
  /// The document's name, as the user gave it.
  public var file: String
  /// Where the web ACL or rule group is in the document.
  public var pointer: JSONPointer
  /// The rules in the order of their evaluation, Firewall Manager's groups before and after them.
  public var rules: [RuleCapacity]
  /// The labels that the rules add; nil where they add none.
  public var labels: CapacityPart?
  /// What is not known of the document as a whole, such as rules that could not be read.
  public var unreadable: [UnknownCapacity]
  /// The capacity that the document itself states: what the service counted when it wrote a web
  /// ACL, what its owner gave a rule group.
  public var recorded: Int?
  /// Whether the document has an ARN, so that it came out of the service.
  package var hasARN: Bool

  /// The total; a least one where something is not known.
  public var capacity: Capacity {
    rules.reduce(labels?.capacity ?? .zero) { $0 + $1.capacity }
  }

  /// Everything that is not known.
  public var unknowns: [UnknownCapacity] { rules.flatMap(\.unknowns) + unreadable }

  /// Whether the total may be larger, as something is not known.
  public var isAtLeast: Bool { !unknowns.isEmpty }

  /// Counts a web ACL.
  ///
  /// - Parameters:
  ///   - webACL: the web ACL.
  ///   - bundle: the rule groups that it uses.
  ///   - catalogue: the managed rule groups that it uses.
  package init(
    of webACL: Located<WebACL>, bundle: DocumentBundle, catalogue: RulesetCatalogue
  ) {
    let value = webACL.value
    var counter = CapacityCounter(bundle: bundle, catalogue: catalogue, countsRuleGroups: true)
    var rules = counter.count(
      value.preProcessFirewallManagerRuleGroups,
      at: webACL.pointer.appending("PreProcessFirewallManagerRuleGroups"))
    rules += counter.count(value.rules, of: webACL)
    rules += counter.count(
      value.postProcessFirewallManagerRuleGroups,
      at: webACL.pointer.appending("PostProcessFirewallManagerRuleGroups"))
    subject = .webACL
    name = value.name
    file = webACL.file
    pointer = webACL.pointer
    self.rules = rules
    labels = Self.labels(of: value.rules, in: webACL)
    unreadable = Self.unreadable(in: webACL)
    recorded = value.capacity
    hasARN = value.arn != nil
  }

  /// Counts the rules of a rule group.
  ///
  /// - Parameters:
  ///   - ruleGroup: the rule group.
  ///   - bundle: not used by a rule group that the service accepts.
  ///   - catalogue: not used by a rule group that the service accepts.
  package init(
    of ruleGroup: Located<RuleGroup>, bundle: DocumentBundle = DocumentBundle(),
    catalogue: RulesetCatalogue = RulesetCatalogue()
  ) {
    let value = ruleGroup.value
    var counter = CapacityCounter(bundle: bundle, catalogue: catalogue, countsRuleGroups: false)
    subject = .ruleGroup
    name = value.name
    file = ruleGroup.file
    pointer = ruleGroup.pointer
    rules = counter.count(value.rules, of: ruleGroup)
    labels = Self.labels(of: value.rules, in: ruleGroup)
    unreadable = Self.unreadable(in: ruleGroup)
    recorded = value.capacity
    hasARN = value.arn != nil
  }

  /// The labels are counted together, not rule by rule.
  private static func labels<Value>(of rules: [Rule], in located: Located<Value>) -> CapacityPart? {
    let count = rules.reduce(0) { $0 + $1.ruleLabels.count }
    guard count > 0 else { return nil }
    return CapacityPart(
      .labels, count == 1 ? "1 label" : "\(count) labels", at: located.pointer.appending("Rules"),
      Capacity(CapacityTable.labels(count)))
  }

  private static func unreadable<Value>(in located: Located<Value>) -> [UnknownCapacity] {
    located.droppedRules.map { index in
      UnknownCapacity(
        "the rule could not be read", at: located.pointer.appending("Rules").appending(index))
    }
  }
}

extension CapacityCounter {
  /// Counts rules in the order of their evaluation, each at its place in the document.
  fileprivate mutating func count<Value>(
    _ rules: [Rule], of located: Located<Value>
  ) -> [RuleCapacity] {
    let list = located.pointer.appending("Rules")
    let places = zip(rules, located.documentIndexes(count: rules.count))
      .sorted { ($0.0.priority, $0.1) < ($1.0.priority, $1.1) }
    return places.map { rule, index in
      let pointer = list.appending(index)
      return count(
        rule.name, rule.statement, at: pointer, statement: pointer.appending("Statement"))
    }
  }

  /// Counts the rule groups that a policy of Firewall Manager puts around the rules.
  fileprivate mutating func count(
    _ groups: [FirewallManagerRuleGroup], at list: JSONPointer
  ) -> [RuleCapacity] {
    let places = groups.enumerated()
      .sorted { ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset) }
    return places.map { index, group in
      let pointer = list.appending(index)
      return count(
        group.name, group.firewallManagerStatement.statement, at: pointer,
        statement: pointer.appending("FirewallManagerStatement"))
    }
  }
}
