import Diagnostics
import Findings
import Foundation
import GateSettings
import TestSupport
import Testing

@Suite struct SuppressionTests {
  static func day(_ text: String) -> CalendarDay {
    CalendarDay(text) ?? CalendarDay(secondsSince1970: 0)
  }

  static func finding(
    _ kind: FindingKind = .newlyBlocked, rule: String = "common/XSS",
    route: String = "POST /checkout/{id}", webACL: String = "shop", subject: String = ""
  ) -> Finding {
    Finding(
      kind: kind, severity: .error, isFailing: true, webACL: webACL, rule: rule, route: route,
      subject: subject, message: "m")
  }

  static func suppression(
    kinds: Set<FindingKind> = [], rule: String? = nil, route: String? = nil,
    webACL: String? = nil, id: String? = nil, expires: String = "2026-12-31"
  ) -> Suppression {
    Suppression(
      kinds: kinds, rule: rule.map { PathPattern($0) }, route: route.flatMap { RoutePattern($0) },
      webACL: webACL.map { PathPattern($0) }, id: id, reason: "known", owner: "team",
      expires: day(expires), location: Finding.Location(file: "wafcast.yml", line: 9, column: 5))
  }

  static let covering: [(Suppression, Bool)] = [
    (suppression(kinds: [.newlyBlocked]), true),
    (suppression(kinds: [.newlyAllowed]), false),
    (suppression(kinds: [.newlyAllowed, .newlyBlocked]), true),
    (suppression(rule: "common/*"), true),
    (suppression(rule: "common/**"), true),
    (suppression(rule: "common"), false),
    (suppression(rule: "*"), false),
    (suppression(route: "/checkout/*"), true),
    (suppression(route: "POST /checkout/*"), true),
    (suppression(route: "GET /checkout/*"), false),
    (suppression(route: "/api/**"), false),
    (suppression(kinds: [.newlyBlocked], webACL: "shop"), true),
    (suppression(kinds: [.newlyBlocked], webACL: "sh*"), true),
    (suppression(kinds: [.newlyBlocked], webACL: "api"), false),
    (suppression(id: finding().id), true),
    (suppression(id: String(repeating: "0", count: 32)), false),
    (suppression(kinds: [.newlyBlocked], rule: "common/*", route: "/other"), false),
  ]

  @Test(arguments: covering) func covers(_ suppression: Suppression, _ isCovered: Bool) {
    #expect(suppression.covers(Self.finding()) == isCovered)
  }

  @Test(arguments: FindingKind.allCases)
  func whatSaysThatNothingWasCheckedIsNotCovered(_ kind: FindingKind) {
    let never: Set<FindingKind> = [.noReadableRequest, .suppressionExpired, .suppressionUnused]
    let finding = Self.finding(kind, subject: "s")
    let covering = [Self.suppression(kinds: [kind]), Self.suppression(id: finding.id)]
    for suppression in covering {
      #expect(suppression.covers(finding) == !never.contains(kind))
    }
  }

  @Test func aFindingWithoutRuleOrRouteFitsNoPattern() {
    let finding = Self.finding(.tooFewRequests, rule: "", route: "")
    #expect(!Self.suppression(rule: "**").covers(finding))
    #expect(!Self.suppression(route: "/**").covers(finding))
  }

  // MARK: The day

  @Test(arguments: [
    // Seconds since 1970 of the last second of the day, UTC, and of the next one.
    (1_798_761_599, true), (1_798_761_600, false), (0, true),
  ])
  func holdsToTheEndOfItsDay(_ now: Int64, _ holds: Bool) throws {
    var acceptances = Acceptances(
      suppressions: [Self.suppression(rule: "common/*")],
      today: CalendarDay(secondsSince1970: now))
    var findings = [Self.finding()]
    acceptances.accept(&findings)
    #expect(findings[0].isFailing == !holds)
    #expect((findings[0].acceptance != nil) == holds)
    let told = acceptances.findings(webACL: "shop")
    #expect(told.map(\.kind) == (holds ? [] : [.suppressionExpired]))
    guard let expired = told.first else { return }
    #expect(expired.isFailing && expired.severity == .error)
    #expect(
      expired.message == "the suppression of findings by common/* expired on 2026-12-31")
    #expect(
      expired.notes == ["it would cover 1 finding now", "reason: known", "owner: team"])
    #expect(expired.location?.line == 9)
    #expect(expired.webACL == "shop")
  }

  @Test func whatIsAccepted() {
    var acceptances = Acceptances(
      suppressions: [Self.suppression(rule: "common/*")], today: Self.day("2026-06-01"))
    var findings = [Self.finding(), Self.finding(rule: "other")]
    acceptances.accept(&findings)
    #expect(
      findings[0].acceptance
        == Finding.Acceptance(
          source: .suppression, reason: "known", owner: "team", expires: "2026-12-31"))
    #expect(findings.map(\.isFailing) == [false, true])
    #expect(acceptances.findings(webACL: "shop") == [])
  }

  @Test func unusedOnesWarn() {
    var acceptances = Acceptances(
      suppressions: [
        Self.suppression(rule: "common/*"), Self.suppression(rule: "gone"),
        Self.suppression(rule: "old", expires: "2026-01-01"),
      ], today: Self.day("2026-06-01"))
    var findings = [Self.finding()]
    acceptances.accept(&findings)
    // Over several web ACLs: what one of them meets is met.
    findings = [Self.finding(rule: "else")]
    acceptances.accept(&findings)
    let told = acceptances.findings(webACL: "shop")
    #expect(told.map(\.kind) == [.suppressionUnused, .suppressionExpired])
    #expect(told[0].severity == .warning && !told[0].isFailing)
    #expect(told[0].message == "the suppression of findings by gone covers nothing")
    #expect(told[1].notes.first == "it would cover nothing now and can be removed")
    #expect(Set(told.map(\.id)).count == 2)
    // A run that was interrupted can't know.
    #expect(
      acceptances.findings(webACL: "shop", isComplete: false).map(\.kind) == [.suppressionExpired])
  }

  @Test(arguments: [("2027-06-01", 0), ("2027-06-02", 1), ("9999-12-31", 1)])
  func farDatesAreTold(_ expires: String, _ count: Int) {
    let acceptances = Acceptances(
      suppressions: [Self.suppression(rule: "x", expires: expires)], today: Self.day("2026-06-01"))
    let notices = acceptances.notices()
    #expect(notices.count == count)
    if count > 0 {
      #expect(
        notices[0] == """
          wafcast.yml:9: the suppression of findings by x holds until \(expires), more than a year
          """)
    }
  }

  // MARK: Budgets

  @Test func acceptedChangesDoNotCount() {
    let metrics = Metrics(
      changes: [
        .init(.newlyBlocked, "POST /checkout/{id}", by: "common/XSS", exact: 30),
        .init(.newlyBlocked, "GET /a", by: "common/XSS", exact: 5),
        .init(.newlyAllowed, "POST /checkout/{id}", by: "common/XSS", exact: 2),
      ], requests: 100, totals: ["blocks": 35])
    let inBaseline = Self.finding(.newlyBlocked, route: "GET /a")
    let acceptances = Acceptances(
      suppressions: [
        Self.suppression(kinds: [.newlyBlocked], route: "/checkout/*", webACL: "shop")
      ],
      baseline: Baseline(accepting: [inBaseline]), today: Self.day("2026-06-01"))
    let left = acceptances.metrics(metrics, webACL: "shop")
    #expect(left.changes.map(\.kind) == [.newlyAllowed])
    #expect(left.totals == metrics.totals && left.requests == 100)
    #expect(acceptances.metrics(metrics, webACL: "api").changes.count == 3)
    let later = Acceptances(
      suppressions: acceptances.suppressions, today: Self.day("2027-01-01"))
    #expect(later.metrics(metrics, webACL: "shop").changes.count == 3)
  }

  // MARK: Reading

  struct Mistake: CustomTestStringConvertible {
    var text: String
    var expected: [String]
    var testDescription: String { text }

    init(_ text: String, _ expected: String...) {
      self.text = text
      self.expected = expected
    }
  }

  static let rest = "reason: r, owner: o, expires: 2026-12-31"

  static let mistakes = [
    Mistake(
      "¶rule: x", "missing-member: a suppression has no 'reason'",
      "missing-member: a suppression has no 'owner'",
      "missing-member: a suppression has no 'expires'"),
    Mistake(
      "rule: x, reason: ¶'', owner: o, expires: 2026-12-31", "invalid-setting: 'reason' is empty"),
    Mistake(
      "rule: x, reason: r, owner: o, expires: ¶2026-02-30",
      "invalid-setting: '2026-02-30' is no day"),
    Mistake(
      "rule: x, reason: r, owner: o, expires: ¶2026",
      "wrong-type: 'expires' must be a string, not a number"),
    Mistake(
      "¶until: 2026-12-31, rule: x, \(rest)",
      "unknown-setting: a suppression has no setting 'until'; did you mean 'expires'?"),
    Mistake(
      "¶paht: /a, rule: x, \(rest)",
      "unknown-setting: a suppression has no setting 'paht'; did you mean 'path'?"),
    Mistake(
      "kind: ¶newly-bloked, \(rest)",
      "invalid-setting: 'kind' has no value 'newly-bloked'; did you mean 'newly-blocked'?"),
    Mistake(
      "kind: [newly-blocked, ¶no-readable-request], \(rest)",
      "invalid-setting: 'no-readable-request' can't be suppressed"),
    Mistake("path: ¶checkout, \(rest)", "invalid-setting: 'checkout' fits no path"),
    Mistake("path: ¶POST /checkout, \(rest)", "invalid-setting: 'POST /checkout' fits no path"),
    Mistake("route: ¶POST checkout, \(rest)", "invalid-setting: 'POST checkout' fits no route"),
    Mistake(
      "path: /a, route: ¶GET /a, \(rest)",
      "invalid-setting: a suppression has a path or a route, not both"),
    Mistake("id: ¶12ab, \(rest)", "invalid-setting: an id of a finding has 32 hexadecimal digits"),
    Mistake("¶webacl: shop, \(rest)", "invalid-setting: the suppression covers everything"),
  ]

  @Test(arguments: mistakes) func mistake(_ test: Mistake) throws {
    // What concerns the suppression as a whole points to its beginning, which is the brace.
    let isWhole = test.text.hasPrefix("¶") && !test.expected[0].hasPrefix("unknown")
    let text = isWhole ? "¶{ \(test.text.dropFirst()) }" : "{ \(test.text) }"
    let marked = MarkedText("acls: [a.json]\nsuppressions:\n  - \(text)")
    let reading = try Project().read(marked.text)
    #expect(reading.lines == test.expected.map { "\(marked.place) error \($0)" })
    #expect(reading.configuration?.suppressions == [])
  }

  @Test(arguments: ["suppressions:\n  - ", "- "])
  func aFileOfSuppressions(_ head: String) throws {
    let project = try Project("a.json")
    try project.directory.write(
      "waf/accepted.yml",
      head + "{ id: 0123456789ABCDEF0123456789abcdef, reason: r, owner: o, expires: 2026-12-31 }")
    let configuration = try project.configuration("acls: [a.json]\nsuppressions: waf/accepted.yml")
    #expect(configuration.suppressions.map(\.id) == ["0123456789abcdef0123456789abcdef"])
    #expect(configuration.suppressions.map(\.location?.file) == ["waf/accepted.yml"])
  }

  @Test func mistakesInAFileOfSuppressionsHaveItsPlaces() throws {
    let project = try Project()
    try project.directory.write("s.yml", "suppression: []")
    let unknown = try project.read("acls: [a.json]\nsuppressions: s.yml")
    #expect(
      unknown.lines == [
        "1:1 error unknown-setting: a file of suppressions has no setting 'suppression'; "
          + "did you mean 'suppressions'?"
      ])
    #expect(unknown.diagnostics.first?.place?.file == "s.yml")
    try project.directory.write("s.yml", "a: [")
    #expect(
      try project.read("acls: [a.json]\nsuppressions: s.yml").diagnostics.map(\.code) == ["syntax"])
  }
}

@Suite struct BaselineTests {
  static let findings = [
    SuppressionTests.finding(.newlyBlocked, rule: "z"),
    SuppressionTests.finding(.newlyBlocked, rule: "a"),
    SuppressionTests.finding(.newlyBlocked, rule: "a"),
    SuppressionTests.finding(.expectationFailed, rule: "", route: "", subject: "login works"),
    SuppressionTests.finding(.budgetExceeded, subject: "blocks == 0"),
    SuppressionTests.finding(.noRuleReached),
    SuppressionTests.finding(.newlyCounted, webACL: "api"),
  ]

  @Test func writesReadsAndSorts() throws {
    let project = try Project()
    var accepted = Self.findings
    accepted.append(SuppressionTests.finding(.newlyAllowed, rule: "suppressed"))
    accepted[accepted.count - 1].acceptance = Finding.Acceptance(source: .suppression)
    let baseline = Baseline(accepting: accepted)
    #expect(
      baseline.entries.map { "\($0.webACL) \($0.kind) \($0.rule)" } == [
        "api newly-counted common/XSS", "shop expectation-failed ", "shop newly-blocked a",
        "shop newly-blocked z",
      ])
    #expect(Baseline(accepting: accepted.reversed()).text == baseline.text)
    try project.directory.write("b.json", baseline.text)
    let reading = Baseline.read("b.json", in: project.files)
    #expect(reading.diagnostics == [])
    #expect(reading.baseline == baseline)
    let schema = try JSONSchema(
      contentsOf: packageRoot.appendingPathComponent("docs/schemas/baseline.schema.json"))
    #expect(try schema.findings(in: baseline.text) == [])
    #expect(try schema.findings(in: Baseline().text) == [])
  }

  /// What is accepted already stays in the baseline when it is written again.
  @Test func updatingKeepsWhatStillOccurs() {
    var findings = Self.findings
    var acceptances = Acceptances(
      suppressions: [], baseline: Baseline(accepting: findings),
      today: SuppressionTests.day("2026-06-01"))
    acceptances.accept(&findings)
    #expect(Baseline(accepting: findings) == Baseline(accepting: Self.findings))
  }

  @Test func whatIsInTheBaselineFailsNothing() {
    var acceptances = Acceptances(
      suppressions: [], baseline: Baseline(accepting: Self.findings),
      today: SuppressionTests.day("2026-06-01"))
    var findings = [Self.findings[0], Self.findings[4], SuppressionTests.finding(rule: "new")]
    acceptances.accept(&findings)
    #expect(findings.map(\.isFailing) == [false, true, true])
    #expect(findings[0].acceptance == Finding.Acceptance(source: .baseline))
    #expect(
      acceptances.notices() == [
        "3 entries of the baseline did not occur: "
          + "newly-counted common/XSS POST /checkout/{id} (\(Self.findings[6].id.prefix(8))), "
          + "expectation-failed (\(Self.findings[3].id.prefix(8))), "
          + "newly-blocked a POST /checkout/{id} (\(Self.findings[1].id.prefix(8)))"
          + "; --update-baseline removes what is gone"
      ])
    #expect(acceptances.notices(isComplete: false) == [])
  }

  @Test func aSuppressionSaysMoreThanABaseline() {
    var findings = [Self.findings[0]]
    var acceptances = Acceptances(
      suppressions: [SuppressionTests.suppression(rule: "z")],
      baseline: Baseline(accepting: findings), today: SuppressionTests.day("2026-06-01"))
    acceptances.accept(&findings)
    #expect(findings[0].acceptance?.source == .suppression)
    #expect(acceptances.notices() == [])
  }

  @Test(arguments: [
    ("{}", "missing-member"), ("[]", "wrong-type"), ("{", "syntax"),
    (#"{"schema": "x", "findings": []}"#, "unknown-value"),
    (#"{"schema": "wafcast.baseline/1", "findings": [{}]}"#, "missing-member"),
    (#"{"schema": "wafcast.baseline/1", "findings": [{"id": 5}]}"#, "wrong-type"),
    (#"{"schema": "wafcast.baseline/1", "findings": [], "more": 1}"#, "unknown-member"),
    (
      #"{"schema": "wafcast.baseline/1", "findings": [{"id": "x", "reason": ""}]}"#,
      "unknown-member"
    ),
  ])
  func noBaseline(_ text: String, _ code: String) throws {
    let project = try Project()
    try project.directory.write("b.json", text)
    let reading = Baseline.read("b.json", in: project.files)
    #expect(reading.baseline == nil)
    #expect(reading.diagnostics.contains { $0.code == code && $0.place != nil })
  }

  @Test func noFile() throws {
    let reading = Baseline.read("none.json", in: try Project().files)
    #expect(reading.baseline == nil && reading.diagnostics.map(\.code) == ["file-not-found"])
  }
}
