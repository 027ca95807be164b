import ACLTesting
import Findings
import TestSupport
import Testing
import Wafcast

@Suite struct CoverageTests {
  static let groupARN =
    "arn:aws:wafv2:eu-central-1:111122223333:regional/rulegroup/own/7-8-9"

  static let group = """
    {"Name": "own", "ARN": "\(groupARN)", "Capacity": 50, \(TestFixture.visibility), "Rules": [
    {"Name": "watch", "Priority": 0, \(TestFixture.visibility), "Action": {"Count": {}},
    "Statement": \(TestFixture.byteMatch(#"{"UriPath": {}}"#, "/watch"))},
    {"Name": "inner", "Priority": 1, \(TestFixture.visibility), "Action": {"Block": {}},
    "Statement": \(TestFixture.byteMatch(#"{"UriPath": {}}"#, "/inner"))}
    ]}
    """

  /// Items as `line kind name matches/misses`.
  private func lines(_ items: [Coverage.Item]) -> [String] {
    items.map { item in
      "\(item.location?.line ?? 0) \(item.kind.rawValue) \(item.name) "
        + "\(item.matches)/\(item.misses)"
    }
  }

  @Test func rulesAndLeaves() throws {
    let acl = """
      {"Name": "shop", "Scope": "REGIONAL", \(TestFixture.visibility),
      "DefaultAction": {"Allow": {}}, "Rules": [
      {"Name": "second", "Priority": 2, \(TestFixture.visibility), "Action": {"Block": {}},
       "Statement": {"OrStatement": {"Statements": [
         {"ByteMatchStatement": {"SearchString": "/a", "FieldToMatch": {"UriPath": {}},
           "PositionalConstraint": "EXACTLY",
           "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}},
         {"AndStatement": {"Statements": [
           {"SizeConstraintStatement": {"FieldToMatch": {"SingleHeader": {"Name": "x-a"}},
             "ComparisonOperator": "GT", "Size": 3,
             "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}},
           {"NotStatement": {"Statement":
             {"GeoMatchStatement": {"CountryCodes": ["DE", "AT"]}}}}]}}]}}},
      {"Name": "first", "Priority": 1, \(TestFixture.visibility), "Action": {"Count": {}},
       "Statement":
         {"RegexMatchStatement": {"RegexString": "^/[ab]$", "FieldToMatch": {"UriPath": {}},
           "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}},
      {"Name": "last", "Priority": 3, \(TestFixture.visibility), "Action": {"Block": {}},
       "Statement":
         {"LabelMatchStatement": {"Scope": "LABEL", "Key": "none"}}}
      ]}
      """
    let report = try TestFixture().run(
      acl,
      """
      tests:
        - name: a
          request: {uri: /a, country: DE}
          expect: {action: BLOCK}
        - name: b
          request: {uri: /b, country: AT, headers: {x-a: long}}
          expect: {action: ALLOW}
        - name: c
          request: {uri: /c, country: FR}
          expect: {action: ALLOW}
      """)
    #expect(report.cases.map(\.status) == [.passed, .passed, .passed])
    // In evaluation order. An AND that is skipped once the OR is true has a truth all the same.
    #expect(
      lines(report.coverage.items) == [
        "14 rule first 2/1",
        "16 leaf RegexMatchStatement on UriPath ^/[ab]$ 2/1",
        "3 rule second 1/2",
        #"5 leaf ByteMatchStatement on UriPath EXACTLY "/a" 1/2"#,
        "9 leaf SizeConstraintStatement on SingleHeader x-a GT 3 1/2",
        "13 leaf GeoMatchStatement DE, AT 2/1",
        "18 rule last 0/2",
        "20 leaf LabelMatchStatement LABEL none 0/2",
      ])
    #expect(report.coverage.items.map(\.rule).last == "last")
    #expect(report.coverage.counts(of: .rule) == (covered: 2, all: 3))
    #expect(report.coverage.counts(of: .leaf) == (covered: 4, all: 5))
    #expect(report.coverage.percent == 75)
    #expect(
      report.coverage.uncovered.map(\.inWords) == [
        "rule last never matched", "LabelMatchStatement LABEL none of rule last never matched",
      ])
    #expect(report.uncounted == [])
  }

  @Test func whatWasNeverReached() throws {
    let report = try TestFixture().run(
      TestFixture.webACL([
        TestFixture.rule("all", path: "/"), TestFixture.rule("behind", path: "/b"),
      ]),
      """
      tests:
        - name: a
          request: {uri: /b}
          expect: {action: BLOCK}
      """)
    #expect(
      report.coverage.uncovered.map(\.inWords) == [
        #"ByteMatchStatement on UriPath STARTS_WITH "/" of rule all always matched"#,
        "rule behind never matched and was never reached",
        #"ByteMatchStatement on UriPath STARTS_WITH "/b" of rule behind was never reached"#,
      ])
    #expect(report.coverage.percent == 25)
  }

  /// What is reached in some worlds only is not seen, nor what has no answer.
  @Test func unknownIsNotSeen() throws {
    let report = try TestFixture().run(
      TestFixture.webACL([
        TestFixture.bodyRule("body", "evil"), TestFixture.rule("behind", path: "/b"),
      ]),
      """
      tests:
        - name: a
          request: {uri: /b, method: POST, unknown: [body]}
          expect: {action: BLOCK}
      """)
    #expect(report.cases.map(\.status) == [.passed])
    #expect(report.coverage.items.allSatisfy { $0.matches == 0 && $0.misses == 0 })
  }

  private static let groups = TestFixture.webACL([
    TestFixture.managed(
      "admin", "AWSManagedRulesAdminProtectionRuleSet",
      more: ", \"ScopeDownStatement\": "
        + TestFixture.byteMatch(#"{"UriPath": {}}"#, "/admin", "STARTS_WITH")),
    """
    {"Name": "own", "OverrideAction": {"None": {}}, "Statement":
    {"RuleGroupReferenceStatement": {"ARN": "\(groupARN)"}}}
    """,
    """
    {"Name": "lost", "OverrideAction": {"Count": {}}, "Statement": {"RuleGroupReferenceStatement":
    {"ARN": "arn:aws:wafv2:eu-central-1:111122223333:regional/rulegroup/lost/1-2-3"}}}
    """,
  ])

  private func runGroups(countsManagedRules: Bool) throws -> ACLTestReport {
    let fixture = try TestFixture()
    try fixture.folder.write("group.json", Self.group)
    var options = ACLTestRun.Options()
    options.countsManagedRules = countsManagedRules
    return try fixture.run(
      Self.groups,
      """
      tests:
        - name: a
          request: {uri: /admin/}
          expect: {action: BLOCK}
        - name: b
          request: {uri: /inner}
          expect: {action: BLOCK, rule: own/inner}
        - name: c
          request: {uri: /administration}
          expect: {action: ALLOW}
      """, with: ["group.json"], options: options)
  }

  @Test func groups() throws {
    let report = try runGroups(countsManagedRules: false)
    #expect(report.cases.map(\.status) == [.passed, .passed, .passed])
    #expect(
      lines(report.coverage.items) == [
        "4 rule admin 1/2",
        #"5 leaf ByteMatchStatement on UriPath STARTS_WITH "/admin" 2/1"#,
        "8 rule own 1/1",
        "2 rule own/watch 0/2",
        #"3 leaf ByteMatchStatement on UriPath CONTAINS "/watch" 0/2"#,
        "6 rule own/inner 1/1",
        #"7 leaf ByteMatchStatement on UriPath CONTAINS "/inner" 1/1"#,
      ])
    #expect(report.coverage.items[3].location?.file.hasSuffix("/group.json") == true)
    #expect(
      lines(report.uncounted) == ["0 rule admin/AdminProtection_URIPATH 1/1", "10 rule lost 0/0"])
  }

  @Test func managedRulesOnRequest() throws {
    let report = try runGroups(countsManagedRules: true)
    #expect(
      lines(report.coverage.items.filter { $0.rule == "admin/AdminProtection_URIPATH" })
        == ["0 rule admin/AdminProtection_URIPATH 1/1"])
    #expect(lines(report.uncounted) == ["10 rule lost 0/0"])
  }

  /// What Firewall Manager puts in is not the owner's to test.
  @Test func groupsOfFirewallManager() throws {
    let acl = TestFixture.webACL(
      [TestFixture.rule("a", path: "/a")],
      more: """
        , "PreProcessFirewallManagerRuleGroups": [{"Name": "fms", "Priority": 1,
        "OverrideAction": {"None": {}}, \(TestFixture.visibility), "FirewallManagerStatement":
        {"ManagedRuleGroupStatement": {"VendorName": "AWS",
        "Name": "AWSManagedRulesAdminProtectionRuleSet"}}}]
        """)
    var options = ACLTestRun.Options()
    options.countsManagedRules = true
    let report = try TestFixture().run(
      acl,
      """
      tests:
        - {name: a, request: {uri: /a}, expect: {action: BLOCK, rule: a}}
        - {name: b, request: {uri: /admin/}, expect: {action: BLOCK, rule: fms}}
      """, options: options)
    #expect(report.cases.map(\.status) == [.passed, .passed])
    #expect(
      lines(report.coverage.items) == [
        "7 rule a 1/0", #"8 leaf ByteMatchStatement on UriPath STARTS_WITH "/a" 1/0"#,
      ])
    #expect(
      lines(report.uncounted) == ["0 rule fms 1/1", "0 rule fms/AdminProtection_URIPATH 1/1"])
  }

  /// A rate-based rule is covered by requests that count.
  @Test func rateBasedRules() throws {
    let report = try TestFixture().run(
      TestFixture.webACL([
        """
        {"Name": "login", "Action": {"Block": {}}, "Statement": {"RateBasedStatement":
        {"Limit": 100, "AggregateKeyType": "IP", "ScopeDownStatement":
        \(TestFixture.byteMatch(#"{"UriPath": {}}"#, "/login"))}}}
        """,
        """
        {"Name": "any", "Action": {"Block": {}}, "Statement": {"RateBasedStatement":
        {"Limit": 1000, "AggregateKeyType": "IP"}}}
        """,
      ]),
      """
      tests:
        - name: a
          request: {uri: /login}
          expect: {action: ALLOW, certainty: assumed}
        - name: b
          request: {uri: /}
          expect: {action: ALLOW}
      """)
    #expect(report.cases.map(\.status) == [.passed, .passed])
    #expect(
      lines(report.coverage.items) == [
        "4 rule login 1/1", #"6 leaf ByteMatchStatement on UriPath CONTAINS "/login" 1/1"#,
        "9 rule any 2/0",
      ])
    #expect(report.assumptions == ["rate=assume-none (2)"])
  }

  @Test func severalFiles() throws {
    let fixture = try TestFixture()
    let acl = try fixture.load(
      TestFixture.webACL([
        TestFixture.rule("a", path: "/a"), TestFixture.rule("b", path: "/b"),
      ]))
    let files = try ["a", "b"].map { name in
      try fixture.tests(
        """
        tests:
          - name: blocked
            request: {uri: /\(name)}
            expect: {action: BLOCK, rule: \(name)}
        """, name: "\(name).test.yml")
    }
    #expect(ACLTestRun(acl, [files[0]]).report().coverage.percent == 25)
    let both = ACLTestRun(acl, files).report()
    #expect(lines(both.coverage.items).map { $0.suffix(3) } == ["1/1", "1/1", "1/0", "1/0"])
    #expect(both.coverage.percent == 75)
    #expect(both.cases.map { $0.location?.file.suffix(10) } == ["a.test.yml", "b.test.yml"])
    #expect(ACLTestRun(acl, files).report() == both)
  }

  @Test(arguments: [(75.0, false), (75.1, true), (100, true), (0, false)])
  func lowestCoverage(_ lowest: Double, _ fails: Bool) throws {
    var options = ACLTestRun.Options()
    options.lowestCoverage = lowest
    let report = try TestFixture().run(
      TestFixture.webACL([
        TestFixture.rule("a", path: "/a"), TestFixture.rule("b", path: "/b"),
      ]),
      """
      tests:
        - {name: a, request: {uri: /a}, expect: {action: BLOCK}}
        - {name: b, request: {uri: /b}, expect: {action: BLOCK}}
      """, options: options)
    #expect(report.hasFailed == fails)
    guard fails else { return }
    let finding = try #require(report.findings.first)
    #expect(finding.kind == .lowCoverage)
    #expect(
      finding.message
        == "tests cover 75.0 % of the web ACL, less than \(lowest == 100 ? "100.0" : "75.1") %: "
        + "2 of 2 rules, 1 of 2 statements")
    #expect(
      finding.notes == [
        #"not covered: ByteMatchStatement on UriPath STARTS_WITH "/b" of rule b always matched"#
      ])
  }
}
