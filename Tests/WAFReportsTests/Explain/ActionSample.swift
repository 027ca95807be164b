import WAFEngine
import WAFProgram
import WAFReplay
import WAFReports
import WAFRequests

/// A web ACL with every kind of action, and requests that meet them.
enum ActionSample {
  static let program: Program = {
    var builder = ProgramBuilder()
    add(
      "mark-api", .count, path: "/api/", labels: ["shop:api"], inserts: ["x-amzn-waf-area"],
      to: &builder)
    addRate("limit-logins", to: &builder)
    add("captcha-login", .captcha, path: "/login", inserts: ["x-amzn-waf-human"], to: &builder)
    add("challenge-search", .challenge, path: "/search", to: &builder)
    add("sell-articles", .monetize, path: "/articles/", to: &builder)
    add(
      "soft-block", .block, path: "/old/",
      answer: CustomAnswer(
        code: 200,
        headers: [
          TemplateHeader(name: "x-reason", value: LabelTemplate(parts: [.text("gone")]))
        ],
        body: LabelTemplate(parts: [.text("<p>Gone: "), .clientIP, .text("</p>")]),
        contentType: "text/html"), to: &builder)
    addDetector("no-sql", to: &builder)
    return builder.finish { program in
      program.webACLName = "actions"
      program.detectorAssumptions[.sqlInjectionLow] = .noMatch
      program.defaultHandling = CustomHandling(inserted: [header("X-Amzn-Waf-Area")])
    }
  }()

  private static func header(_ name: String) -> TemplateHeader {
    TemplateHeader(
      name: name, value: LabelTemplate(parts: [.text("v-"), .labels(namespace: "shop:")]))
  }

  private static func starts(_ path: String, _ builder: inout ProgramBuilder) -> Formula {
    .leaf(
      builder.leaf(
        .bytes(
          builder.slot(.uriPath, []), search: builder.search(Array(path.utf8)), .startsWith,
          .inspectStart)))
  }

  private static func begin(
    _ name: String, _ kind: TopRule.Kind, to builder: inout ProgramBuilder
  ) {
    builder.beginTopRule(
      TopRule(
        name: name, kind: kind, rules: 0..<0, scopeDown: nil, scopeDownFormula: nil,
        isOverriddenToCount: false, opaqueGroup: nil, groupID: ""))
  }

  private static func add(
    _ name: String, _ action: Action, path: String, labels: [String] = [],
    inserts: [String] = [], answer: CustomAnswer? = nil, to builder: inout ProgramBuilder
  ) {
    begin(name, .plain, to: &builder)
    let formula = starts(path, &builder)
    builder.addRule(
      RuleInfo(
        name: name, path: name, ownAction: action, override: .none, formula: formula,
        managed: nil,
        handling: CustomHandling(inserted: inserts.map(header), answer: answer)),
      action: action, labels: labels, geo: [])
  }

  private static func addRate(_ name: String, to builder: inout ProgramBuilder) {
    begin(name, .rateBased, to: &builder)
    let scope = starts("/login", &builder)
    let leaf = builder.rate(
      limit: 100, windowSeconds: 300,
      keys: [
        .address(source: 0),
        .value(builder.slot(.singleHeader(name: Array("x-shop".utf8)), [])),
      ], scopeDown: scope)
    builder.addRule(
      RuleInfo(
        name: name, path: name, ownAction: .block, override: .none, formula: .leaf(leaf),
        managed: nil), action: .block, labels: [], geo: [])
  }

  private static func addDetector(_ name: String, to builder: inout ProgramBuilder) {
    begin(name, .plain, to: &builder)
    let leaf = builder.leaf(
      .detector(builder.slot(.queryString, []), .sqlInjectionLow, .inspectStart))
    builder.addRule(
      RuleInfo(
        name: name, path: name, ownAction: .block, override: .none, formula: .leaf(leaf),
        managed: nil), action: .block, labels: [], geo: [])
  }

  // MARK: Requests

  static func request(
    _ uri: String, headers: [(name: String, value: String)] = [],
    _ change: (inout RequestRecord) -> Void = { _ in }
  ) -> RequestRecord {
    var record = RequestRecord(
      uri: uri, headers: [("Host", "shop.example")] + headers, clientIP: "203.0.113.7",
      country: "DE")
    record.timestamp = 1_792_047_605_802
    change(&record)
    return record
  }

  /// By the name of what happens.
  static let requests: [String: RequestRecord] = [
    "forwarded": request("/api/stock?id=1%20or"),
    "captcha": request("/login"),
    "passed": request("/login", headers: [("X-Shop", "a")]) { record in
      record.captcha = TokenEvidence(finding: .valid, solveTimestamp: 1_792_047_485)
    },
    "token-unknown": request("/search", headers: [("Cookie", "aws-waf-token=abc")]),
    "payment": request("/articles/1"),
    "custom-response": request("/old/index.html"),
  ]

  static func explanation(_ record: RequestRecord) -> Explanation {
    var evaluator = Evaluator(program)
    let verdict = evaluator.evaluate(record)
    let labels = evaluator.labelTexts(record)
    let assumptions = evaluator.assumptions(for: verdict)
    let needs = evaluator.needs(for: verdict, record)
    let code: Int? =
      switch verdict.action {
      case .allow, .count: nil
      case .block: 200
      case .captcha: 405
      case .challenge: 202
      case .monetize: 402
      }
    return Explanation(
      webACLName: program.webACLName, outline: OutlineRule.all(of: program),
      defaultAction: program.defaultAction,
      request: ExplainedRequest(
        method: "GET", target: record.text(record.path.range), client: "203.0.113.7"),
      action: verdict.action, certainty: verdict.certainty,
      possible: verdict.possible.actions, rule: program.rulePath(of: verdict),
      responseCode: code, fidelity: nil, labels: labels, needs: needs,
      open: verdict.open.names, assumptions: assumptions, trace: evaluator.trace(record))
  }
}
