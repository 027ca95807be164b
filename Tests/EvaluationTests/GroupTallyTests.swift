import Evaluation
import Testing
import WAFProgram

@Suite struct GroupTallyTests {
  private static func match(
    _ rule: String, _ action: Action = .block, _ fidelity: String? = "high"
  ) -> RuleMatch {
    RuleMatch(rule: rule, action: action, fidelity: fidelity, component: "uri")
  }

  @Test(
    arguments: [
      ([], false, false),
      ([match("a", .count)], false, false),
      ([match("a", .captcha, "exact")], false, false),
      ([match("a")], true, false),
      ([match("a", .block, "exact")], true, true),
      ([match("a", .block, "exact"), match("b")], true, false),
      // What only counts does not make a documented block an approximate one.
      ([match("a", .block, "exact"), match("b", .count, "low")], true, true),
      ([match("a", .block, nil)], true, false),
    ] as [([RuleMatch], Bool, Bool)])
  func blocks(matches: [RuleMatch], isBlocked: Bool, isDocumented: Bool) {
    let findings = GroupFindings(matches: matches)
    #expect(findings.isBlocked == isBlocked)
    #expect(findings.isBlockedAsDocumented == isDocumented)
  }

  @Test func counts() {
    var tally = GroupTally(rules: [
      .init(rule: "g/a", action: .block), .init(rule: "g/b", action: .block),
      .init(rule: "g/c", action: .count),
    ])
    func add(_ label: LabelledRequest.Label, _ type: String, _ matches: [RuleMatch]) {
      tally.add(
        GroupFindings(matches: matches, undecided: matches.isEmpty ? ["g/c"] : []),
        on: LabelledRequest(id: "", source: "s", label: label, attackType: type, target: []))
    }
    add(.attack, "sqli", [Self.match("g/a"), Self.match("g/b", .block, "exact")])
    add(.attack, "sqli", [])
    add(.attack, "xss", [Self.match("g/b", .block, "exact")])
    add(.benign, "", [Self.match("g/a", .block, "medium"), Self.match("g/c", .count, nil)])
    add(.benign, "", [Self.match("g/b", .block, "exact")])
    add(.benign, "", [])

    #expect(tally.attackTypes["sqli"]?.recall == Proportion(1, of: 2))
    #expect(tally.attackTypes["sqli"]?.blockedByBoth == 1)
    #expect(tally.attackTypes["xss"]?.recall == Proportion(1, of: 1))
    #expect(tally.attackTypes["xss"]?.blockedAsDocumented == 1)
    #expect(tally.attackSources["s"]?.recall == Proportion(2, of: 3))
    #expect(tally.benignSources["s"]?.falsePositives == Proportion(1, of: 3))
    #expect(tally.benignSources["s"]?.blockedByBoth == 0)
    #expect(tally.benignSources["s"]?.blockedAsDocumented == 1)
    #expect(
      tally.benignBlocks == [
        .init(source: "s", rule: "g/a", fidelity: "medium"): 1,
        .init(source: "s", rule: "g/b", fidelity: "exact"): 1,
      ])
    #expect(tally.rules.map { $0.matched(.attack) } == [1, 2, 0])
    #expect(tally.rules.map { $0.matched(.benign) } == [1, 1, 1])
    #expect(tally.rules[2].matched(.benign, GroupTally.assumed) == 1)
    #expect(tally.rules[2].undecided == 2)
  }

  @Test(arguments: [
    ("SQLi", ["AWSManagedRulesSQLiRuleSet"]),
    ("AnonymousIpList, PHP", ["AWSManagedRulesAnonymousIpList", "AWSManagedRulesPHPRuleSet"]),
    ("AWSManagedRulesUnixRuleSet,Unix", ["AWSManagedRulesUnixRuleSet"]),
    ("free,BotControl", GroupChoice.free + ["AWSManagedRulesBotControlRuleSet"]),
  ])
  func namesOfGroups(list: String, names: [String]) {
    #expect(GroupChoice.names(in: list) == names)
  }
}
