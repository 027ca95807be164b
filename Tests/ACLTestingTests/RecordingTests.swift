import ACLTesting
import Findings
import TestSupport
import Testing

/// Tests over recordings.
@Suite struct RecordingTests {
  static let acl = TestFixture.webACL([
    TestFixture.rule("beta", path: "/beta"),
    TestFixture.bodyRule("body", "evil"),
  ])

  /// Runs tests over recordings `a.ndjson`, `b.ndjson`, … of some lines.
  private func run(
    _ corpora: [[String]], _ yaml: String,
    options: ACLTestRun.Options = ACLTestRun.Options()
  ) throws -> ACLTestReport {
    let fixture = try TestFixture()
    for (name, lines) in zip("abcdef", corpora) {
      try fixture.folder.write("\(name).ndjson", lines.joined(separator: "\n"))
    }
    return try fixture.run(Self.acl, yaml, options: options)
  }

  static let shop = [
    TestFixture.record("/checkout/1"), TestFixture.record("/checkout/2"),
    TestFixture.record("/beta/1", args: "token=canary-1"),
    TestFixture.record("/beta/2", client: "198.51.100.9"), TestFixture.record("/beta/3"),
    TestFixture.record("/beta/4"), TestFixture.record("/form", method: "POST"),
  ]

  @Test func oneExpectationForAll() throws {
    let report = try run(
      [Self.shop],
      """
      tests:
        - name: checkout passes
          select: {corpus: a.ndjson, path: /checkout/**}
          expect: {action: ALLOW}
        - name: beta passes
          select: {corpus: a.ndjson, path: /beta/*}
          expect: {action: ALLOW}
        - name: two of beta
          select: {corpus: a.ndjson, path: /beta/*, limit: 2}
          expect: {action: BLOCK, rule: beta, response-code: 403}
        - name: all
          select: {corpus: a.ndjson}
          expect: {action: ALLOW}
        - name: form
          select: {corpus: a.ndjson, method: POST}
          expect: {action: ALLOW}
        - name: form if possible
          undecided: skip
          select: {corpus: a.ndjson, method: POST}
          expect: {action: ALLOW}
      """)
    #expect(
      report.cases.map(\.status) == [.passed, .failed, .passed, .failed, .failed, .skipped])
    #expect(
      report.cases.map(\.message) == [
        "", "4 of 4 requests fail; the first: expected ALLOW, got BLOCK by beta (exact)", "",
        "4 of 7 requests fail; the first: expected ALLOW, got BLOCK by beta (exact)",
        "1 of 1 requests is undecided; the first: expected ALLOW, undecided between ALLOW and "
          + "BLOCK for want of body",
        "1 of 1 requests is undecided; the first: expected ALLOW, undecided between ALLOW and "
          + "BLOCK for want of body",
      ])
    #expect(report.cases[3].details.first == "1 more undecided")
    // The recording was read once, and each request evaluated once.
    #expect(report.records == 7)
    #expect(report.requests == 7)
    #expect(report.rejects == 0)
    #expect(report.findings.count == 3)
    #expect(report.findings.allSatisfy { $0.kind == .expectationFailed && $0.isFailing })
  }

  @Test func firstExamplesOfAFailure() throws {
    let report = try run(
      [Self.shop],
      """
      tests:
        - name: beta passes
          select: {corpus: a.ndjson, path: /beta/*}
          expect: {action: ALLOW}
      """)
    let finding = try #require(report.findings.first)
    #expect(finding.rule == "beta")
    #expect(
      finding.examples.map(\.request) == [
        "GET /beta/1?token=REDACTED", "GET /beta/2", "GET /beta/3",
      ])
    #expect(finding.examples[1].client == "198.51.100.9")
    #expect(finding.examples[1].requestID == "r-/beta/2")
    #expect(finding.examples[1].timestamp == 1_760_000_000_000)
    #expect(finding.examples[0].position.hasSuffix("a.ndjson, byte 554"))
    let details = report.cases[0].details
    #expect(details[0].hasPrefix("GET /beta/1?token=REDACTED from 203.0.113.7 ("))
    #expect(details[0].hasSuffix("byte 554): expected ALLOW, got BLOCK by beta (exact)"))
    #expect(details.contains("BLOCK 403  GET /beta/1?token=REDACTED"))
    #expect(!"\(report)".contains("canary"))

    var options = ACLTestRun.Options()
    options.showsSecrets = true
    options.shownExamples = 1
    let shown = try run(
      [Self.shop],
      """
      tests:
        - name: beta passes
          select: {corpus: a.ndjson, path: /beta/*}
          expect: {action: ALLOW}
      """, options: options)
    #expect(shown.findings.first?.examples.map(\.request) == ["GET /beta/1?token=canary-1"])
  }

  @Test(arguments: [
    ("path: /none", CaseResult.Status.failed, "none of 7 records is selected"),
    ("path: /none, at-least: 0", .skipped, "none of 7 records is selected"),
    (
      "path: /checkout/1, at-least: 2", .failed,
      "only 1 of 7 records is selected, at least 2 expected"
    ),
    (
      "path: /checkout/*, at-least: 3", .failed,
      "only 2 of 7 records are selected, at least 3 expected"
    ),
    ("path: /checkout/*, at-least: 2", .passed, ""),
  ])
  func tooFewRequests(
    _ selection: String, _ status: CaseResult.Status, _ message: String
  ) throws {
    let report = try run(
      [Self.shop],
      """
      tests:
        - name: a
          select: {corpus: a.ndjson, \(selection)}
          expect: {action: ALLOW}
      """)
    #expect(report.cases.map(\.status) == [status])
    #expect(report.cases.map(\.message) == [message])
  }

  @Test func everyRecordsOwnExpectation() throws {
    func stating(_ uri: String, _ expectation: String, method: String = "GET") -> String {
      TestFixture.record(uri, method: method, wafcast: "{\"expect\": \(expectation)}")
    }
    let report = try run(
      [
        [
          stating("/beta", #"{"action": "BLOCK"}"#), TestFixture.record("/beta"),
          stating("/beta", #"{"action": "BLOCK", "rule": "beta"}"#),
          stating("/", #"{"rule": "Default_Action"}"#),
        ],
        [
          stating("/beta/x", #"{"action": "ALLOW"}"#),
          stating("/beta/y", #"{"action": "BLOCK", "rule": "alpha"}"#),
          stating("/form", #"{"action": "BLOCK"}"#, method: "POST"),
          stating("/form", #"{"action": "CAPTCHA"}"#, method: "POST"),
        ],
        [stating("/form", #"{"action": "BLOCK"}"#, method: "POST")],
        [TestFixture.record("/")],
      ],
      """
      tests:
        - records: a.ndjson
        - name: those that fail
          records: [b.ndjson]
        - records: c.ndjson
        - records: d.ndjson
        - name: none is fine
          records: {corpus: d.ndjson, at-least: 0}
        - name: by path
          records: {corpus: [a.ndjson, b.ndjson], path: /beta, at-least: 2}
      """)
    #expect(report.cases.allSatisfy { $0.group == "expectation" })
    #expect(
      report.cases.map(\.name) == [
        "records of a.ndjson", "those that fail", "records of c.ndjson", "records of d.ndjson",
        "none is fine", "by path",
      ])
    #expect(
      report.cases.map(\.status) == [.passed, .failed, .failed, .failed, .skipped, .passed])
    #expect(
      report.cases.map(\.message) == [
        "",
        "3 of 4 records with expectations fail; the first: expected ALLOW, got BLOCK by beta "
          + "(exact)",
        "1 of 1 records with expectations is undecided; the first: expected BLOCK, undecided "
          + "between ALLOW and BLOCK for want of body",
        "none of 1 records states an expectation", "none of 1 records is selected", "",
      ])
    #expect(
      report.findings.first { $0.subject.hasSuffix("records of c.ndjson") }?.needs == ["body"])
    // Records without an expectation are not evaluated: nothing is asked of them.
    #expect(report.requests == 3 + 4 + 1 + 2)
  }

  @Test func recordsThatCannotBeRead() throws {
    let report = try run(
      [[TestFixture.record("/"), "{\"httpRequest\": 7}", TestFixture.record("/x"), "nonsense"]],
      """
      tests:
        - name: all
          select: {corpus: a.ndjson}
          expect: {action: ALLOW}
      """)
    #expect(report.cases.map(\.status) == [.passed])
    #expect(report.records == 4)
    #expect(report.rejects == 2)
    let finding = try #require(report.findings.first)
    #expect(finding.kind == .unreadableRecord)
    #expect(!finding.isFailing)
    #expect(finding.message.hasPrefix("2 records of "))
    #expect(!report.hasFailed)
  }

  @Test func recordingsThatCannotBeRead() throws {
    let fixture = try TestFixture()
    try fixture.folder.write("good.ndjson", TestFixture.record("/"))
    try fixture.folder.write("empty.ndjson", "")
    let gzip = StoredGzip.member(Array((TestFixture.record("/") + "\n").utf8))
    try fixture.folder.write("cut.ndjson.gz", Array(gzip.dropLast(20)))
    let report = try fixture.run(
      Self.acl,
      """
      tests:
        - name: missing
          select: {corpus: none.ndjson}
          expect: {action: ALLOW}
        - name: cut
          select: {corpus: [good.ndjson, cut.ndjson.gz]}
          expect: {action: ALLOW}
        - name: fails anyway
          select: {corpus: [good.ndjson, cut.ndjson.gz]}
          expect: {action: BLOCK}
        - name: empty
          select: {corpus: empty.ndjson}
          expect: {action: ALLOW}
        - name: good
          select: {corpus: good.ndjson}
          expect: {action: ALLOW}
      """)
    #expect(report.cases.map(\.status) == [.error, .error, .failed, .failed, .passed])
    #expect(report.cases[0].message.hasSuffix("/none.ndjson: no such file or directory"))
    #expect(
      report.cases[1].message.hasPrefix("the recordings could not be read as a whole: "))
    #expect(report.cases[3].message == "there is no record in the recordings")
    #expect(
      Set(report.findings.map(\.kind)) == [
        .unreadableTraffic, .expectationFailed, .unreadableRecord,
      ])
    #expect(report.findings.filter { $0.kind == .unreadableTraffic }.count == 2)
    #expect(report.hasFailed)
  }

  /// Hostile records come out with their bytes escaped or not at all.
  @Test func hostileRecords() throws {
    let report = try run(
      [
        [
          TestFixture.record("/beta/\\u001b[31m<script>", host: "\\u0007a"),
          TestFixture.record("/beta", wafcast: #"{"expect": {"action": "ALLOW"}}"#),
        ]
      ],
      """
      tests:
        - name: a
          select: {corpus: a.ndjson, path: '/beta/**'}
          expect: {action: ALLOW}
      """)
    #expect(report.cases[0].details.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 32 } })
    #expect(report.findings[0].examples[0].request == "GET /beta/\\u{1B}[31m<script>")
    #expect(report.findings[0].examples[0].host == "\\u{7}a")
  }

  @Test func otherFormats() throws {
    let fixture = try TestFixture()
    try fixture.folder.write("a.http", "GET /beta HTTP/1.1\r\nHost: a\r\n\r\n")
    let report = try fixture.run(
      Self.acl,
      """
      tests:
        - name: raw
          select: {corpus: a.http, format: raw-http}
          expect: {action: BLOCK}
        - name: found out
          select: {corpus: a.http}
          expect: {action: BLOCK}
      """)
    #expect(report.cases.map(\.status) == [.passed, .passed])
  }
}
