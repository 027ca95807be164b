import Diagnostics
import Findings
import GateSettings
import Testing

@Suite struct JudgementTests {
  static func change(_ kind: FindingKind, _ counts: CertaintyCounts) -> Finding {
    Finding(
      kind: kind, severity: .error, isFailing: true, webACL: "shop", message: "m",
      radius: BlastRadius(requests: counts))
  }

  struct Case: CustomTestStringConvertible {
    var failOn: [String]
    var finding: Finding
    var fails: Bool
    var testDescription: String { "\(failOn) \(finding.kind.rawValue)" }

    init(_ failOn: [String], _ finding: Finding, _ fails: Bool) {
      self.failOn = failOn
      self.finding = finding
      self.fails = fails
    }
  }

  static let exact = CertaintyCounts(exact: 1)
  static let assumed = CertaintyCounts(assumed: 1)
  static let possible = CertaintyCounts(possible: 1)
  static let missed = Finding(
    kind: .engineMismatch, severity: .warning, isFailing: false, webACL: "shop", message: "m")
  static let failed = Finding(
    kind: .expectationFailed, severity: .error, isFailing: true, webACL: "shop", message: "m")

  static let cases = [
    Case(["newly-blocked"], change(.newlyBlocked, exact), true),
    Case(["newly-blocked"], change(.newlyBlocked, CertaintyCounts(observed: 1)), true),
    Case(["newly-blocked"], change(.newlyBlocked, CertaintyCounts(approximate: 1)), true),
    Case(["newly-blocked"], change(.newlyBlocked, assumed), true),
    Case(["newly-blocked"], change(.newlyBlocked, possible), false),
    Case(["newly-blocked:possible"], change(.newlyBlocked, possible), true),
    Case(["newly-blocked:predicted"], change(.newlyBlocked, assumed), true),
    Case(["newly-blocked:certain"], change(.newlyBlocked, exact), true),
    Case(["newly-blocked:certain"], change(.newlyBlocked, assumed), false),
    Case(["newly-blocked"], change(.newlyAllowed, exact), false),
    Case(["newly-allowed", "newly-blocked"], change(.newlyAllowed, exact), true),
    Case(["any"], change(.ruleChanged, exact), true),
    Case(["any"], change(.ruleChanged, possible), false),
    Case(["any:possible"], change(.ruleChanged, possible), true),
    Case(["any"], missed, false),
    Case(["none"], change(.newlyBlocked, exact), false),
    Case(["engine-mismatch"], missed, true),
    Case(["newly-blocked"], missed, false),
    // What fails by itself does so whatever is listed.
    Case(["none"], failed, true),
  ]

  @Test(arguments: cases) func failOn(_ test: Case) throws {
    let policy = try test.failOn.flatMap { try FailOn.kinds($0) }
    let judged = policy.judge(test.finding)
    #expect(judged.isFailing == test.fails)
    // How grave a change is follows from how sure it is, not from what fails.
    if test.finding.kind.isChange {
      #expect(judged.severity == test.finding.severity)
    } else {
      #expect((judged.severity == .error) == test.fails)
    }
    var accepted = test.finding
    accepted.acceptance = Finding.Acceptance(source: .baseline)
    #expect(!policy.judge(accepted).isFailing)
  }

  @Test func theTextOfAPolicy() throws {
    for text in ["newly-blocked", "newly-allowed:possible", "rule-changed:certain", "low-coverage"]
    {
      #expect(try FailOn(text).text == text)
    }
    #expect(try FailOn("newly-blocked:predicted").text == "newly-blocked")
    #expect(FailOn.usual.map(\.text) == ["newly-blocked"])
    #expect(throws: FailOn.Problem.self) { try FailOn.kinds("any:sometimes") }
    #expect(throws: FailOn.Problem.self) { try FailOn.kinds("anything") }
  }

  // MARK: The vacuum

  static func settings() throws -> ACLSettings {
    let project = try Project("acl.json", "logs/a.gz", "logs/b.gz")
    var configuration = try project.configuration(
      """
      acls:
        - file: acl.json
          corpora: [none.gz, "logs/*"]
      minimum: 100
      max-rejects: 5%
      max-indeterminate: 2%
      recorded-under: [blue-*]
      coverage: { fail-under: 80 }
      """)
    _ = configuration.expandPaths(in: project.files)
    return configuration.acls[0]
  }

  static let good = TrafficFacts(
    records: 200, requests: 200, rejects: 10, indeterminate: 4, rulesMatched: 1,
    recordedUnder: [
      "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/0a1b": 100, "blue-7": 50, "": 9,
    ])

  @Test func aGoodRunPasses() throws {
    let checks = try Self.settings().judge(Self.good, webACL: "shop", names: ["shop"])
    #expect(checks.allSatisfy { $0.result.status == .passed && $0.finding == nil })
    #expect(
      checks.map(\.result.name) == [
        "there are requests to judge by", "at most 5% of the records are unreadable",
        "a rule matches a request", "there are at least 100 requests",
        "the traffic was recorded under this web ACL", "at most 2% requests are indeterminate",
      ])
  }

  struct Vacuum: CustomTestStringConvertible {
    var kind: FindingKind
    var message: String
    /// `wafcast.yml:5`, or a file.
    var place: String
    var facts: TrafficFacts
    var exitCode: Int32
    var testDescription: String { message }

    init(
      _ kind: FindingKind, _ message: String, at place: String, exitCode: Int32 = 1,
      _ change: (inout TrafficFacts) -> Void
    ) {
      self.kind = kind
      self.message = message
      self.place = place
      self.exitCode = exitCode
      facts = JudgementTests.good
      change(&facts)
    }
  }

  static let vacuums = [
    Vacuum(
      .noReadableRequest, "the traffic has no request: nothing was checked", at: "wafcast.yml:3",
      exitCode: 2
    ) { $0 = TrafficFacts() },
    Vacuum(
      .noReadableRequest, "none of 7 records could be read as a request: nothing was checked",
      at: "wafcast.yml:3", exitCode: 2
    ) { $0 = TrafficFacts(records: 7) },
    Vacuum(
      .unreadableTraffic,
      "logs/b.gz could not be read, or not to its end: broken gzip", at: "wafcast.yml:3",
      exitCode: 2
    ) { $0.unreadable = [.init(input: "logs/b.gz", message: "broken gzip")] },
    Vacuum(
      .unreadableRecord, "11 of 200 records could not be read (5.5%), 5% are allowed",
      at: "wafcast.yml:5", exitCode: 2
    ) { $0.rejects = 11 },
    Vacuum(
      .noRuleReached, "no rule matched any of 200 requests: the traffic shows nothing of them",
      at: "acl.json"
    ) { $0.rulesMatched = 0 },
    Vacuum(
      .tooFewRequests, "99 requests were evaluated, at least 100 are asked for",
      at: "wafcast.yml:4"
    ) {
      $0.requests = 99
      $0.indeterminate = 0
    },
    Vacuum(
      .otherWebACL, "12 of 200 requests were recorded under another web ACL: 'api', 'other'",
      at: "wafcast.yml:7"
    ) {
      $0.recordedUnder["other"] = 4
      $0.recordedUnder["arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/api/0a1b"] = 8
    },
    Vacuum(
      .tooManyIndeterminate, "5 of 200 requests are indeterminate (2.5%), 2% are allowed",
      at: "wafcast.yml:6", exitCode: 3
    ) { $0.indeterminate = 5 },
  ]

  @Test(arguments: vacuums) func vacuum(_ test: Vacuum) throws {
    let checks = try Self.settings().judge(test.facts, webACL: "shop", names: ["shop"])
    let findings = checks.compactMap(\.finding)
    #expect(findings.map(\.kind) == [test.kind])
    let finding = try #require(findings.first)
    #expect(finding.message == test.message)
    #expect(finding.webACL == "shop")
    let place = finding.location.map { $0.file + ($0.line.map { ":\($0)" } ?? "") }
    #expect(place == test.place)
    #expect(finding.isFailing == (test.kind != .tooManyIndeterminate))
    #expect(checks.filter { $0.result.status == .failed }.map(\.result.message) == [test.message])
    #expect(findings.exitCode == test.exitCode)
    // What fails by itself is not talked away by `fail-on: none`.
    #expect([FailOn]().judge(finding).isFailing == finding.isFailing)
  }

  @Test func nothingIsSaidOfForeignRecordingsWithoutAName() throws {
    var facts = Self.good
    facts.recordedUnder = ["other": 5]
    #expect(
      try Self.settings().judge(facts, webACL: "x", names: []).compactMap(\.finding) == [])
  }

  @Test func withoutAConfigurationTheDocumentIsThePlace() {
    let settings = GateConfiguration(webACLs: ["acl.json"]).acls[0]
    let findings = settings.judge(TrafficFacts(), webACL: "shop", names: []).compactMap(\.finding)
    #expect(findings.map(\.location) == [Finding.Location(file: "acl.json")])
  }

  @Test(arguments: [
    ("arn:aws:wafv2:eu-west-1:1:regional/webacl/shop/0a", "shop"),
    ("arn:aws:wafv2:us-east-1:1:global/webacl/a-b_c/0a", "a-b_c"),
    ("shop", "shop"),
    ("arn:aws:wafv2:x:1:regional/rulegroup/g/0", "arn:aws:wafv2:x:1:regional/rulegroup/g/0"),
    ("a/webacl/b/c", "a/webacl/b/c"), ("", ""),
  ])
  func nameInARN(_ recorded: String, _ name: String) {
    #expect(TrafficFacts.webACLName(in: recorded) == name)
  }

  @Test func coverage() throws {
    let items = (0..<9).map { number in
      Coverage.Item(
        kind: .rule, name: "r\(number)", rule: "r\(number)", matches: number < 7 ? 1 : 0)
    }
    let settings = try Self.settings()
    let check = try #require(settings.judge(Coverage(items: items), webACL: "shop"))
    let finding = try #require(check.finding)
    #expect(
      finding.message == "the tests cover 77.7% of the rules and statements, 80% is asked for")
    #expect(finding.notes == ["not covered: r7", "not covered: r8"])
    #expect(finding.isFailing && finding.kind == .lowCoverage)
    #expect(finding.location?.line == 8)
    let enough = settings.judge(Coverage(items: Array(items.prefix(8))), webACL: "shop")
    #expect(enough?.finding == nil && enough?.result.status == .passed)
    let usual = ACLSettings(file: Setting("a"))
    #expect(usual.judge(Coverage(items: items), webACL: "shop") == nil)
  }

  @Test(arguments: [
    ("0", Share(percent: 0) as Share?), ("10", Share(percent: 10)), ("2.5%", Share(percent: 2.5)),
    ("100%", Share(percent: 100)), ("100.1", nil), ("-1", nil), ("", nil), ("%", nil), ("nan", nil),
    ("infinity", nil), (" 5", nil), ("5 %", nil), ("0x10", nil),
  ])
  func share(_ text: String, _ share: Share?) {
    #expect(Share(text) == share)
    #expect(share.map { Share($0.text) == $0 } ?? true)
  }

  @Test(arguments: [
    ("5", 5, 100, false), ("5", 6, 100, true), ("1_000", 1001, 9, true), ("5%", 5, 100, false),
    ("5%", 6, 100, true), ("0", 0, 0, false), ("0%", 0, 0, false), ("0%", 1, 9, true),
  ])
  func limit(_ text: String, _ count: Int, _ total: Int, _ isExceeded: Bool) throws {
    #expect(try #require(RequestLimit(text)).isExceeded(by: count, of: total) == isExceeded)
  }
}
