import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// What a trace tells of gates, of headers and responses, and of rates.
struct TraceActionTests {
  private static func trace(_ program: Program, _ record: RequestRecord) -> Trace {
    var evaluator = Evaluator(program)
    _ = evaluator.evaluate(record)
    return evaluator.trace(record)
  }

  // MARK: Gates

  struct GateRow: CustomTestStringConvertible {
    var action: Action
    var headers: [(name: String, value: String)]
    var outcome: TraceGate.Outcome
    var level: EvidenceLevel
    var finding: String
    var change: @Sendable (inout RequestRecord) -> Void
    var testDescription: String { "\(action): \(finding)" }

    init(
      _ action: Action, headers: [(name: String, value: String)] = [],
      _ outcome: TraceGate.Outcome, _ level: EvidenceLevel, _ finding: String,
      change: @escaping @Sendable (inout RequestRecord) -> Void = { _ in }
    ) {
      self.action = action
      self.headers = headers
      self.outcome = outcome
      self.level = level
      self.finding = finding
      self.change = change
    }

    /// A row for what the log says of a token that is 120 s old.
    static func logged(
      _ finding: TokenEvidence.Finding, isTimed: Bool = false, _ outcome: TraceGate.Outcome,
      _ words: String
    ) -> GateRow {
      GateRow(.captcha, outcome, outcome == .unknown ? .exact : .observed, words) { record in
        record.timestamp = 1_000_120_000
        record.captcha = TokenEvidence(
          finding: finding, solveTimestamp: isTimed ? 1_000_000 : nil)
      }
    }
  }

  static let gateRows: [GateRow] = [
    GateRow(.captcha, .stopped, .exact, "the request carries no token"),
    GateRow(
      .challenge, headers: [("Cookie", "aws-waf-token=x")], .unknown, .exact,
      "the request carries a token; whether it is good is not recorded"),
    GateRow(
      .challenge, .unknown, .exact, "whether the request carries a good token is not recorded"
    ) { $0.headersAreComplete = false },
    .logged(.missing, .stopped, "the service found no token"),
    .logged(.invalid, .stopped, "the service found the token invalid"),
    .logged(.domainMismatch, .stopped, "the service found the token to be another domain's"),
    .logged(.valid, .passes, "the service accepted the token; its age is not recorded"),
    .logged(
      .valid, isTimed: true, .stopped, "the token is 120 s old, above the immunity time of 60 s"),
    .logged(
      .expired, .unknown,
      "the token was too old for the immunity time of then; its age is not recorded"),
    GateRow(.monetize, .stopped, .exact, "the request carries no payment"),
    GateRow(
      .monetize, headers: [("payment-signature", "x")], .unknown, .exact,
      "the request carries a payment; whether it is good is not recorded"),
    GateRow(.monetize, .passes, .observed, "the service verified the payment") {
      $0.paymentVerified = true
    },
    GateRow(.monetize, .stopped, .observed, "the service refused the payment") {
      $0.paymentVerified = false
    },
  ]

  @Test(arguments: gateRows)
  func gates(row: GateRow) throws {
    let program = sketch { builder in
      builder.beginTopRule(TopRule(name: "gate", kind: .plain))
      builder.addRule(
        RuleInfo(
          name: "gate", path: "gate", ownAction: row.action, override: .none,
          formula: builder.match(at: .exact), managed: nil),
        action: row.action, labels: [], geo: [], immunitySeconds: 60)
    }
    var record = RequestRecord(uri: "/", headers: row.headers)
    row.change(&record)
    let gate = try #require(Self.trace(program, record).steps.first?.gate)
    #expect(gate.outcome == row.outcome)
    #expect(gate.level == row.level)
    #expect(gate.finding == row.finding)
    #expect(gate.evidence == (row.action == .monetize ? "payment" : "token"))
    #expect(gate.immunitySeconds == (row.action == .monetize ? nil : 60))
    let verdict = verdict(program, record)
    switch row.outcome {
    case .stopped: #expect(verdict.action == row.action)
    case .passes: #expect(verdict.action == .allow)
    case .unknown: #expect(verdict.certainty == .indeterminate)
    }
  }

  @Test func aRuleWithoutAWayThroughHasNoGate() {
    let program = sketch { $0.rule("block", .block, $0.match(at: .exact)) }
    #expect(Self.trace(program, RequestRecord(uri: "/")).steps.first?.gate == nil)
  }

  // MARK: Headers and responses

  /// Labels are filled in as they are in the end, those of later rules too.
  @Test func handlingWithLabels() {
    let header = TemplateHeader(
      name: "x-amzn-waf-a",
      value: LabelTemplate(parts: [.text("<"), .labels(namespace: "shop:"), .text(">")]))
    let answer = CustomAnswer(
      code: 200, headers: [header], body: LabelTemplate(parts: [.clientIP]),
      contentType: "text/plain")
    let program = sketch { builder in
      builder.beginTopRule(TopRule(name: "count", kind: .plain))
      builder.addRule(
        RuleInfo(
          name: "count", path: "count", ownAction: .count, override: .none,
          formula: builder.match(at: .exact), managed: nil,
          handling: CustomHandling(inserted: [header])),
        action: .count, labels: ["shop:one"], geo: [])
      builder.rule("label", .count, builder.match(at: .exact), labels: ["shop:two", "other:x"])
      builder.beginTopRule(TopRule(name: "block", kind: .plain))
      builder.addRule(
        RuleInfo(
          name: "block", path: "block", ownAction: .block, override: .none,
          formula: builder.match(at: .exact), managed: nil,
          handling: CustomHandling(answer: answer)),
        action: .block, labels: [], geo: [])
    }
    let trace = Self.trace(program, RequestRecord(uri: "/", clientIP: "192.0.2.1"))
    let filled = TraceHeader(name: "x-amzn-waf-a", value: "<one,two>")
    #expect(trace.steps.map(\.handling.insertedHeaders) == [[filled], [], []])
    #expect(
      trace.steps.last?.handling.response
        == TraceResponse(
          status: 200, headers: [filled], contentType: "text/plain", body: "192.0.2.1"))
    #expect(trace.defaultHandling == .none)
  }

  // MARK: Rates

  @Test(
    arguments: [
      ("/login", [("X-Key", "a")], TraceOutcome.match, TraceOutcome.match),
      ("/login", [], .match, .noMatch), ("/", [("X-Key", "a")], .noMatch, .match),
    ] as [(String, [(String, String)], TraceOutcome, TraceOutcome)])
  func rates(
    _ uri: String, _ headers: [(String, String)], _ scope: TraceOutcome, _ key: TraceOutcome
  ) throws {
    let program = sketch { builder in
      let scope = builder.bytes(.uriPath, .startsWith, "/login")
      let leaf = builder.rate(
        limit: 100, windowSeconds: 60,
        keys: [.value(builder.slot(.singleHeader(name: Array("x-key".utf8)), []))],
        scopeDown: scope)
      builder.beginTopRule(TopRule(name: "rate", kind: .rateBased))
      builder.addRule(
        RuleInfo(
          name: "rate", path: "rate", ownAction: .block, override: .none, formula: .leaf(leaf),
          managed: nil), action: .block, labels: [], geo: [])
    }
    let record = RequestRecord(uri: uri, headers: headers.map { (name: $0.0, value: $0.1) })
    let statement = try #require(Self.trace(program, record).steps.first?.statement)
    guard case .leaf(let leaf) = statement, let rate = leaf.rate,
      case .leaf(let scopeDown)? = rate.scopeDown
    else {
      Issue.record("no rate in \(statement)")
      return
    }
    #expect(rate.limit == 100)
    #expect(rate.windowSeconds == 60)
    #expect(rate.keys == ["SingleHeader x-key"])
    #expect(rate.hasKey == key)
    #expect(scopeDown.outcome == scope)
    #expect(leaf.outcome == .noMatch)
    #expect(leaf.level == (scope == .match && key == .match ? .assumed : .exact))
  }
}
