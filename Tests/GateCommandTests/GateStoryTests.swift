import Foundation
import TestSupport
import Testing

/// A pull request that touches a web ACL, as CI sees it.
@Suite struct GateStoryTests {
  private static let quietRule = Gate.rule("block-env", 0, Gate.contains("/.env"))

  private static let config = """
    version: 1
    acls:
      - file: waf/acl.json
        corpora: [traffic.ndjson]
    budgets: [new_blocks == 0]
    base: main
    """

  private func repository(config: String = GateStoryTests.config) throws -> Repository {
    // A rule has to be reached by something: one of the requests asks for /.env.
    try Repository([
      "waf/acl.json": Gate.acl([Self.quietRule]),
      "traffic.ndjson": Gate.traffic + Gate.record("/.env"),
      "wafcast.yml": config,
    ])
  }

  @Test func addingAdminProtectionFailsAndNamesRulePathsAndClients() throws {
    let repository = try repository()
    try repository.write("waf/acl.json", Gate.acl([Self.quietRule, Gate.adminProtection]))
    let run = try repository.wafcast("check")
    #expect(run.status == 1)
    #expect(run.text.contains("admin-protection/AdminProtection_URIPATH"))
    #expect(run.text.contains("/admin/orders/{id}"))
    #expect(run.text.contains("2 requests of 1 client to GET /admin/orders/{id}"))
    #expect(run.text.contains("+ added rule \"admin-protection\""))
    #expect(run.text.contains("budget"))
    #expect(run.text.contains("\"ActionToUse\": { \"Count\": {} }"))
    // An approximation of a managed rule is never called certain.
    #expect(run.text.contains("(2 approximate)"))
  }

  @Test func theExclusionPasses() throws {
    let repository = try repository()
    try repository.write("waf/acl.json", Gate.acl([Self.quietRule, Gate.adminExcluded]))
    let run = try repository.wafcast("check")
    #expect(run.status == 0)
    #expect(run.text.contains("newly-counted"))
    #expect(!run.text.contains("newly-blocked"))
  }

  @Test func reformattingGivesNoFinding() throws {
    let repository = try repository()
    let acl = try JSONSerialization.jsonObject(
      with: Data(try repository.read("waf/acl.json").utf8))
    let other = try JSONSerialization.data(withJSONObject: acl, options: [.sortedKeys])
    try repository.write("waf/acl.json", String(decoding: other, as: UTF8.self))
    let run = try repository.wafcast("check", "--report", "json")
    #expect(run.status == 0)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    let section = try #require((report["webACLs"] as? [[String: Any]])?.first)
    #expect((section["findings"] as? [Any])?.isEmpty == true)
    #expect((section["structure"] as? [Any])?.isEmpty == true)
    #expect(section["changed"] as? Int == 0)
  }

  /// Two rules on the same requests: which comes first decides the rule, not the action.
  @Test(arguments: [
    // (old priorities, new priorities, whether something changes)
    ([1, 2], [5, 9], false), ([1, 2], [2, 1], true),
  ])
  func priorities(old: [Int], new: [Int], changes: Bool) throws {
    func acl(_ priorities: [Int]) -> String {
      Gate.acl([
        Gate.rule("first", priorities[0], Gate.contains("/admin")),
        Gate.rule("second", priorities[1], Gate.contains("orders")),
      ])
    }
    let repository = try Repository([
      "acl.json": acl(old), "new.json": acl(new), "traffic.ndjson": Gate.traffic,
    ])
    let run = try repository.wafcast("diff", "acl.json", "new.json", "traffic.ndjson")
    #expect(run.status == 0)
    #expect(run.text.contains("rule-changed") == changes)
    #expect(run.text.contains("moved") == changes)
    if !changes { #expect(run.text.contains("nothing changes for 6 recorded requests")) }
    let strict = try repository.wafcast(
      "diff", "acl.json", "new.json", "traffic.ndjson", "--fail-on", "rule-changed")
    #expect(strict.status == (changes ? 1 : 0))
  }

  /// A body that nobody recorded is as unknown to the new web ACL as to the old one.
  @Test func anUnknownOnBothSidesIsNoChange() throws {
    let body = Gate.rule("body", 3, Gate.contains("attack", "Body"))
    let repository = try Repository([
      "old.json": Gate.acl([body]),
      "new.json": Gate.acl([Gate.rule("env", 1, Gate.contains("/.env")), body]),
      "behind.json": Gate.acl([body, Gate.rule("pay", 4, Gate.contains("/pay"))]),
      "traffic.ndjson": Gate.record("/cart", method: "POST") + Gate.record("/pay", method: "POST"),
    ])
    let same = try repository.wafcast("diff", "old.json", "new.json", "traffic.ndjson")
    #expect(same.status == 0)
    #expect(same.text.contains("nothing changes for 2 recorded requests"))
    #expect(same.text.contains("indeterminate"))
    // Behind an unknown block a new one is certain for those that get there: all are blocked now,
    // but some may have been before.
    let behind = try repository.wafcast("diff", "old.json", "behind.json", "traffic.ndjson")
    #expect(behind.status == 0)
    #expect(
      behind.text.contains("1 request of 1 client to POST /pay might newly be blocked by pay"))
    let possible = try repository.wafcast(
      "diff", "old.json", "behind.json", "traffic.ndjson", "--fail-on", "newly-blocked:possible")
    #expect(possible.status == 1)
  }

  /// The same where a rule that only one side has matches on the way, so that worlds are gone through:
  /// the body that both ask for has one answer in each.
  @Test func anUnknownBehindAnotherRuleIsNoChange() throws {
    let body = Gate.rule("body", 3, Gate.contains("attack", "Body"))
    let repository = try Repository([
      "old.json": Gate.acl([body]),
      "new.json": Gate.acl([Gate.rule("seen", 1, Gate.contains("/cart"), action: "Count"), body]),
      "traffic.ndjson": Gate.record("/cart", method: "POST"),
    ])
    let run = try repository.wafcast(
      "diff", "old.json", "new.json", "traffic.ndjson", "--fail-on",
      "newly-blocked:possible,newly-allowed:possible,newly-indeterminate:possible")
    #expect(run.status == 0)
    #expect(run.text.contains("newly-counted"))
    #expect(!run.text.contains("might"))
  }

  @Test(arguments: [("2026-11-29", 0), ("2026-11-30", 0), ("2026-12-01", 1)])
  func aSuppressionPassesUntilItsDate(day: String, status: Int32) throws {
    let repository = try repository(
      config: Self.config + """

        suppressions:
          - kind: newly-blocked
            rule: admin-protection/*
            reason: the old administration goes
            owner: team-shop
            expires: 2026-11-30
        """)
    try repository.write("waf/acl.json", Gate.acl([Self.quietRule, Gate.adminProtection]))
    let formatter = ISO8601DateFormatter()
    let date = try #require(formatter.date(from: day + "T12:00:00Z"))
    let run = try repository.wafcast(
      "check", environment: ["SOURCE_DATE_EPOCH": String(Int(date.timeIntervalSince1970))])
    #expect(run.status == status)
    #expect(run.text.contains("suppression-expired") == (status == 1))
    #expect(run.text.contains("accepted: suppressed by team-shop") == (status == 0))
  }

  @Test func aBaselineAcceptsWhatItHas() throws {
    let repository = try repository(config: Self.config + "\nbaseline: accepted.json\n")
    try repository.write("waf/acl.json", Gate.acl([Self.quietRule, Gate.adminProtection]))
    #expect(try repository.wafcast("check", "--update-baseline").status == 0)
    #expect(try repository.wafcast("check").status == 0)
    try repository.write(
      "traffic.ndjson", Gate.traffic + Gate.record("/.env") + Gate.record("/admin/users"))
    let run = try repository.wafcast("check")
    #expect(run.status == 1)
    #expect(run.text.contains("GET /admin/users"))
  }

  /// Nothing that was checked is nothing that passes.
  @Test(arguments: [
    ("traffic.ndjson", "", 2, "no-readable-request"),
    ("traffic.ndjson", "not json\n", 2, "no-readable-request"),
    ("traffic.ndjson", Gate.record("/"), 1, "no-rule-reached"),
    ("wafcast.yml", GateStoryTests.config + "\nminimum: 100\n", 1, "too-few-requests"),
    (
      "traffic.ndjson",
      Gate.record(
        "/.env",
        more: #"""
          , "webaclId": "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/other/1"
          """#), 1, "other-web-acl"
    ),
  ])
  func nothingPassesInAVacuum(file: String, text: String, status: Int32, kind: String) throws {
    let repository = try repository()
    try repository.write(file, text)
    let run = try repository.wafcast("check")
    #expect(run.status == status)
    #expect(run.text.contains(kind))
  }

  @Test func aNewWebACLIsComparedWithNone() throws {
    let repository = try repository()
    try repository.write("waf/other.json", Gate.acl([Gate.adminProtection]))
    try repository.write(
      "wafcast.yml", Self.config.replacing("waf/acl.json", with: "waf/other.json"))
    let run = try repository.wafcast("check")
    #expect(run.status == 1)
    #expect(run.text.contains("compared with main: no web ACL"))
    #expect(run.text.contains("newly-blocked"))
  }

  @Test func testsAndCoverageAreHeldToo() throws {
    let repository = try repository(
      config: Self.config + """

        tests: ["waf/*.test.yml"]
        coverage: {fail-under: 100}
        """)
    try repository.write(
      "waf/acl.test.yml",
      """
      tests:
        - name: env is blocked
          request: {uri: /.env}
          expect: {action: BLOCK, rule: block-env}
      """)
    let low = try repository.wafcast("check")
    #expect(low.status == 1)
    #expect(low.text.contains("low-coverage"))
    try repository.write(
      "waf/acl.test.yml",
      """
      tests:
        - name: env is blocked
          request: {uri: /.env}
          expect: {action: BLOCK, rule: block-env}
        - name: home passes
          request: {uri: /}
          expect: {action: ALLOW}
      """)
    #expect(try repository.wafcast("check").status == 0)
    #expect(try repository.wafcast("test", "waf", "--acl", "waf/acl.json").status == 0)
  }
}
