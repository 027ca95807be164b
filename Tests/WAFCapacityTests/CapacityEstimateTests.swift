import Diagnostics
import DocumentTree
import ManagedRules
import Testing
import WAFCapacity
import WAFModel

/// Rule groups, what is not known, Firewall Manager, and what uses most.
@Suite struct CapacityEstimateTests {
  private static let reference = Statement.ruleGroupReference(
    RuleGroupReferenceStatement(arn: Samples.groupARN))

  private func estimate(
    _ statements: [Statement], _ groups: [Located<RuleGroup>] = []
  ) -> CapacityEstimate {
    CapacityEstimate(
      of: Samples.webACL(Samples.rules(statements)), bundle: DocumentBundle(ruleGroups: groups),
      catalogue: .bundled())
  }

  struct Unknown: CustomTestStringConvertible {
    var testDescription: String
    var statement: Statement
    /// What is known of it.
    var capacity: Capacity
    var pointer: String
    var words: String
  }

  static let unknowns = [
    Unknown(
      testDescription: "group not at hand", statement: reference, capacity: .zero,
      pointer: "RuleGroupReferenceStatement", words: "'partners' is not at hand"),
    Unknown(
      testDescription: "vendor",
      statement: .managedRuleGroup(ManagedRuleGroupStatement(vendorName: "Acme", name: "Bots")),
      capacity: .zero, pointer: "ManagedRuleGroupStatement", words: "'Bots' of 'Acme'"),
    Unknown(
      testDescription: "scope-down of an unknown group",
      statement: .managedRuleGroup(
        ManagedRuleGroupStatement(
          vendorName: "Acme", name: "Bots", scopeDownStatement: Samples.geo)),
      capacity: Capacity(1), pointer: "ManagedRuleGroupStatement", words: "'Bots' of 'Acme'"),
    Unknown(
      testDescription: "statement",
      statement: .not(
        NotStatement(
          statement: .opaque(OpaqueStatement(kind: "MoonMatch", node: .emptyObject)))),
      capacity: .zero, pointer: "NotStatement/Statement/MoonMatch", words: "'MoonMatch'"),
    Unknown(
      testDescription: "component",
      statement: Samples.byteMatch(
        .opaque(kind: "Trailer", node: .emptyObject), [Samples.lowercase]),
      capacity: Capacity(12), pointer: "ByteMatchStatement/FieldToMatch", words: "'Trailer'"),
  ]

  /// A total without something is never shown as the whole.
  @Test(arguments: unknowns)
  func unknown(_ sample: Unknown) {
    let found = estimate([Samples.geo, sample.statement])
    #expect(found.isAtLeast)
    #expect(found.rules.map(\.isAtLeast) == [false, true])
    #expect(found.capacity == Capacity(1) + sample.capacity)
    #expect(
      found.unknowns.map(\.pointer.description)
        == ["/WebACL/Rules/1/Statement/" + sample.pointer])
    #expect(found.unknowns.first?.reason.contains(sample.words) == true)
  }

  /// A document that does not say its capacity: what its rules need at least.
  @Test(arguments: [nil, 0, -7])
  func groupWithoutCapacity(_ capacity: Int?) {
    let rules = Samples.rules([Samples.geo, Samples.geo])
    let found = estimate([Self.reference], [Samples.ruleGroup(rules, capacity: capacity)])
    #expect(found.capacity == Capacity(2))
    #expect(found.isAtLeast)
  }

  /// A rule group that uses itself is not valid, but must not lead round in circles.
  @Test func groupOfItself() {
    let group = Samples.ruleGroup(Samples.rules([Self.reference]), capacity: nil)
    #expect(estimate([Self.reference], [group]).isAtLeast)
    let bundle = DocumentBundle(ruleGroups: [group])
    #expect(CapacityEstimate(of: group, bundle: bundle).isAtLeast)
  }

  @Test func unreadableRules() {
    var webACL = Samples.webACL(Samples.rules([Samples.geo]))
    webACL.droppedRules = [0]
    let found = CapacityEstimate(
      of: webACL, bundle: DocumentBundle(), catalogue: RulesetCatalogue())
    #expect(found.isAtLeast)
    #expect(found.unknowns.map(\.pointer.description) == ["/WebACL/Rules/0"])
    #expect(found.rules.map(\.pointer.description) == ["/WebACL/Rules/1"])
  }

  @Test func firewallManagerGroups() {
    func group(
      _ name: String, _ priority: Int, _ statement: FirewallManagerStatement
    ) -> FirewallManagerRuleGroup {
      FirewallManagerRuleGroup(
        name: name, priority: priority, firewallManagerStatement: statement,
        overrideAction: .none,
        visibilityConfig: VisibilityConfig(
          sampledRequestsEnabled: true, cloudWatchMetricsEnabled: true, metricName: name))
    }
    var webACL = Samples.webACL(Samples.rules([Samples.geo]))
    let managed = ManagedRuleGroupStatement(
      vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet")
    let own = RuleGroupReferenceStatement(arn: Samples.groupARN)
    webACL.value.preProcessFirewallManagerRuleGroups = [
      group("b", 2, .managedRuleGroup(managed)), group("a", 1, .ruleGroupReference(own)),
    ]
    webACL.value.postProcessFirewallManagerRuleGroups = [
      group("z", 0, .ruleGroupReference(own))
    ]
    let found = CapacityEstimate(
      of: webACL,
      bundle: DocumentBundle(ruleGroups: [Samples.ruleGroup([], capacity: 20)]),
      catalogue: .bundled())
    #expect(found.rules.map(\.name) == ["a", "b", "r0", "z"])
    #expect(found.rules.map(\.capacity.estimate) == [20, 700, 1, 20])
    #expect(
      found.rules.first?.parts.first?.pointer.description
        == "/WebACL/PreProcessFirewallManagerRuleGroups/1/FirewallManagerStatement"
        + "/RuleGroupReferenceStatement")
  }

  @Test func costliest() {
    let many = Samples.rule(
      "many", 0,
      .or(
        OrStatement(statements: [
          Samples.byteMatch(.uriPath, [Samples.urlDecode], .contains), Samples.geo,
          Samples.byteMatch(.uriPath, [Samples.any], .contains),
        ])))
    let found = CapacityEstimate(of: Samples.ruleGroup([many], capacity: nil))
    let costliest = found.rules.first?.costliest
    #expect(costliest?.subject == "ByteMatchStatement CONTAINS")
    #expect(costliest?.count == 2)
    #expect(costliest?.capacity == Capacity(20))
    #expect(RuleCapacity(name: "none", pointer: .root).costliest == nil)
  }

  @Test func partsAreNamed() {
    let json = FieldToMatch.jsonBody(JsonBody(matchPattern: .all, matchScope: .all))
    let rate = RateBasedStatement(
      limit: 10, aggregateKeyType: .customKeys,
      scopeDownStatement: .and(
        AndStatement(statements: [
          Samples.byteMatch(json, [Samples.lowercase]),
          Samples.byteMatch(.allQueryArguments, preParse: [.urlDecode]),
        ])),
      customKeys: [
        .header(RateLimitHeader(name: "a", textTransformations: [Samples.lowercase]))
      ])
    let parts = estimate([.rateBased(rate)]).rules[0].parts
    #expect(
      parts.map(\.subject) == [
        "RateBasedStatement", "custom key Header", "LOWERCASE of a custom key",
        "ByteMatchStatement EXACTLY", "doubled for JsonBody", "LOWERCASE on JsonBody",
        "ByteMatchStatement EXACTLY", "AllQueryArguments", "URL_DECODE before parsing",
      ])
    #expect(parts.map(\.capacity.estimate) == [2, 30, 0, 2, 2, 10, 2, 10, 10])
  }

  /// Documents may name any number.
  @Test func sumsStopAtTheLargestNumber() {
    let found = estimate(
      [Self.reference, Self.reference], [Samples.ruleGroup([], capacity: .max)])
    #expect(found.capacity == Capacity(.max))
  }
}
