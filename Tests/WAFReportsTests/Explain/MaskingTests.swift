import ReportText
import Testing
import WAFReports

@testable import WAFEngine
@testable import WAFProgram

@Suite struct MaskingTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var component: String
    var name = ""
    var value: String
    var matched: Range<Int>
    var expected: String
    var testDescription: String { "\(component) \(name) \(value)" }
  }

  static let cases = [
    Case(
      component: "header:cookie", name: "sessionid", value: "s3cret", matched: 0..<3,
      expected: "REDACTED"),
    Case(
      component: "header:authorization", name: "authorization", value: "Bearer s3cret",
      matched: 0..<6, expected: "REDACTED"),
    Case(
      component: "header:x-api-key", value: "s3cret", matched: 0..<6, expected: "REDACTED"),
    Case(
      component: "header:user-agent", name: "user-agent", value: "curl/8", matched: 0..<4,
      expected: "»curl«/8"),
    Case(
      component: "args", name: "password", value: "s3cret", matched: 1..<2,
      expected: "REDACTED"),
    Case(
      component: "args", value: "q=1&password=s3cret", matched: 0..<3,
      expected: "q=1&password=REDACTED"),
    Case(component: "args", value: "q=<b>&page=2", matched: 2..<5, expected: "q=»<b>«&page=2"),
    Case(component: "uri", value: "/a/b", matched: 0..<2, expected: "»/a«/b"),
    Case(component: "uri", value: "/a?b=1", matched: 0..<2, expected: "»/a«?b=1"),
    Case(
      component: "uri", value: "/a?token=s3cret", matched: 0..<2, expected: "/a?token=REDACTED"),
    Case(
      component: "header:referer", value: "https://x/?sid=s3cret", matched: 0..<5,
      expected: "https://x/?sid=REDACTED"),
    Case(
      component: "body", value: "pw=s3cret&c=<script>&x=s3cret", matched: 12..<20,
      expected: "…»<script>«…"),
    Case(component: "body", value: "s3cret", matched: 0..<6, expected: "REDACTED"),
    Case(
      component: "headers", name: "Authorization", value: "Bearer s3cret", matched: 0..<6,
      expected: "REDACTED"),
    Case(
      component: "headers", name: "Referer", value: "https://x/?sid=s3cret", matched: 0..<5,
      expected: "https://x/?sid=REDACTED"),
    Case(
      component: "headers", name: "X-Name", value: "a value", matched: 0..<1,
      expected: "»a« value"),
    Case(
      component: "headers", name: "X-Original-URL", value: "/?token=s3cret", matched: 0..<1,
      expected: "/?token=REDACTED"),
    Case(
      component: "args", name: "next", value: "/cb?token=s3cret", matched: 0..<3,
      expected: "/cb?token=REDACTED"),
    Case(
      component: "fragment", value: "a=1&access_token=s3cret", matched: 0..<1,
      expected: "a=1&access_token=REDACTED"),
  ]

  @Test(arguments: cases)
  func matchedValues(test: Case) {
    var explanation = Sample.blocked
    let leaf = Sample.leaf(
      "a condition", test.component, .match,
      match: Sample.match(test.value, test.matched, name: test.name))
    let inner = TraceStatement.and([.not(.or([.leaf(leaf)]))])
    explanation.trace.steps = [
      TraceStep(
        subject: .rule, rule: "monitoring", action: .block, ownAction: nil, outcome: .match,
        statement: .leaf(
          Sample.leaf(
            "managed", "managedRule:G/R", .match, .approximate,
            branches: [
              TraceBranch(fidelity: "high", looksFor: "it", outcome: .match, statement: inner)
            ])), labels: [])
    ]
    let masked = explanation.maskingSecrets()
    let text = masked.text(TextStyle())
    #expect(text.contains(test.expected), "\(text)")
    #expect(!text.contains("s3cret"))
    #expect(!masked.json.prettyText.contains("s3cret"))
    let open = explanation.text(TextStyle()).filter { $0 != "»" && $0 != "«" }
    #expect(open.contains("s3cret") == test.value.contains("s3cret"), "\(open)")
  }

  @Test(arguments: cases)
  func inTheScopeOfARate(test: Case) {
    var explanation = Sample.blocked
    var rate = Sample.leaf("a rate", "rates", .noMatch)
    let leaf = Sample.leaf(
      "a condition", test.component, .match,
      match: Sample.match(test.value, test.matched, name: test.name))
    rate.rate = TraceRate(
      limit: 10, windowSeconds: 60, keys: [], hasKey: .match, scopeDown: .leaf(leaf))
    explanation.trace.steps = [
      TraceStep(
        subject: .rule, rule: "monitoring", action: .block, ownAction: nil, outcome: .noMatch,
        statement: .leaf(rate), labels: [])
    ]
    let masked = explanation.maskingSecrets()
    #expect(masked.text(TextStyle()).contains(test.expected))
    #expect(!masked.json.prettyText.contains("s3cret"))
  }

  @Test(arguments: [(true, "a=1&token=REDACTED"), (false, "a=1&token=s3cret")])
  func queries(masks: Bool, expected: String) {
    #expect(
      Explanation.shownQuery(Array("a=1&token=s3cret".utf8), masksSecrets: masks) == expected)
  }
}
