import Diagnostics
import ManagedRules
import Testing
import WAFCapacity
import WAFModel

/// The limits as diagnostics.
@Suite struct CapacityCheckTests {
  /// Rules with `plain` WCU that cannot be shared, and `repeats` transformations that can be.
  private static func rules(plain: Int, repeats: Int) -> [Rule] {
    let geo = Statement.and(
      AndStatement(statements: Array(repeating: Samples.geo, count: plain - 2 * repeats)))
    let match = Samples.byteMatch(.uriPath, [Samples.lowercase])
    return Samples.rules([geo] + Array(repeating: match, count: repeats))
  }

  struct Case: CustomTestStringConvertible {
    var rules: [Rule]
    var capacity: Int?
    var arn: String?
    /// `severity code pointer`.
    var expected: [String]

    init(
      plain: Int, repeats: Int = 0, capacity: Int? = nil, arn: String? = nil, _ expected: String...
    ) {
      rules = CapacityCheckTests.rules(plain: plain, repeats: repeats)
      self.capacity = capacity
      self.arn = arn
      self.expected = expected
    }

    var testDescription: String { "\(rules.count) rules, \(capacity ?? 0), \(expected)" }
  }

  private func summary(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.map {
      "\($0.severity.rawValue) \($0.code) \($0.place?.pointer.description ?? "")"
    }
  }

  @Test(arguments: [
    Case(plain: 1),
    Case(plain: 1_500),
    Case(plain: 1_501, "note capacity-price /WebACL/Rules"),
    // 14 and 24, one too many at most.
    Case(plain: 1_490, repeats: 2),
    Case(plain: 5_000, "note capacity-price /WebACL/Rules"),
    Case(plain: 5_001, "error capacity-exceeded /WebACL/Rules"),
    Case(plain: 4_981, repeats: 2, "warning capacity-exceeded /WebACL/Rules"),
    Case(plain: 4_980, repeats: 2, "note capacity-price /WebACL/Rules"),
    Case(plain: 4_991, repeats: 2, "error capacity-exceeded /WebACL/Rules"),
    // What the service wrote may be counted better than we can.
    Case(plain: 5_001, capacity: 4_900, arn: "a", "warning capacity-exceeded /WebACL/Rules"),
    Case(plain: 5_001, capacity: 5_001, arn: "a", "error capacity-exceeded /WebACL/Rules"),
    Case(plain: 5_001, capacity: 4_900, "error capacity-exceeded /WebACL/Rules"),
  ])
  func webACL(_ sample: Case) {
    let webACL = Samples.webACL(sample.rules, capacity: sample.capacity, arn: sample.arn)
    let found = CapacityCheck.check(
      webACL, bundle: DocumentBundle(), catalogue: RulesetCatalogue())
    #expect(summary(found) == sample.expected)
    #expect(found.allSatisfy { $0.place?.file == "acl.json" })
  }

  @Test(arguments: [
    Case(plain: 10, capacity: 10),
    Case(plain: 10),
    Case(plain: 11, capacity: 10, "error rule-group-capacity /RuleGroup/Capacity"),
    Case(plain: 11, capacity: 10, arn: "a", "warning rule-group-capacity /RuleGroup/Capacity"),
    Case(plain: 10, repeats: 2, capacity: 20, "warning rule-group-capacity /RuleGroup/Capacity"),
    Case(plain: 10, repeats: 2, capacity: 30),
    Case(plain: 10, repeats: 2, capacity: 19, "error rule-group-capacity /RuleGroup/Capacity"),
    Case(plain: 2_000, capacity: 2_000),
    Case(plain: 5_001, "error capacity-exceeded /RuleGroup/Rules"),
    Case(plain: 5_001, capacity: 5_000, "error rule-group-capacity /RuleGroup/Capacity"),
    Case(plain: 10, capacity: 5_001, "error invalid-capacity /RuleGroup/Capacity"),
    Case(plain: 10, capacity: 0, "error invalid-capacity /RuleGroup/Capacity"),
  ])
  func ruleGroup(_ sample: Case) {
    let group = Samples.ruleGroup(sample.rules, capacity: sample.capacity, arn: sample.arn)
    let found = CapacityCheck.check(
      Samples.webACL([]), bundle: DocumentBundle(ruleGroups: [group]),
      catalogue: RulesetCatalogue())
    #expect(summary(found) == sample.expected)
    #expect(found.allSatisfy { $0.place?.file == "group.json" })
  }

  /// What is not known only adds.
  @Test func unknownPartsDoNotHideTheLimit() {
    let unknown = Statement.managedRuleGroup(
      ManagedRuleGroupStatement(vendorName: "Acme", name: "Bots"))
    var rules = Self.rules(plain: 5_001, repeats: 0)
    rules.append(Samples.rule("unknown", 99, unknown))
    let found = CapacityCheck.check(
      Samples.webACL(rules), bundle: DocumentBundle(), catalogue: RulesetCatalogue())
    #expect(found.map(\.severity) == [.error])
    #expect(found.first?.message.contains("at least 5001 WCU") == true)
  }
}
