import ManagedRules
import Testing
import WAFCompiler
import WAFEngine
import WAFProgram
import WAFRequests

/// Representative requests against the two groups that web ACLs use most: Common and AdminProtection.
struct ManagedPayloadTests {
  struct Row: CustomTestStringConvertible {
    var name: String
    var record: RequestRecord
    /// `group/rule`; nil where no modelled rule matches.
    var rule: String?
    var certainty: Certainty
    var testDescription: String { name }
  }

  private static func request(
    _ uri: String, method: String = "GET", agent: String? = "Mozilla/5.0",
    headers: [(name: String, value: String)] = [], body: [UInt8]? = nil
  ) -> RequestRecord {
    RequestRecord(
      method: method, uri: uri,
      headers: [(name: "Host", value: "www.example.com")]
        + (agent.map { [(name: "User-Agent", value: $0)] } ?? []) + headers,
      body: body, sourceName: "ALB")
  }

  private static func blocked(
    _ name: String, _ rule: String, _ record: RequestRecord,
    _ certainty: Certainty = .approximate
  ) -> Row {
    Row(name: name, record: record, rule: rule, certainty: certainty)
  }

  /// What no rule matches, as far as approximations tell.
  private static func passes(_ name: String, _ record: RequestRecord) -> Row {
    Row(name: name, record: record, rule: nil, certainty: .approximate)
  }

  private static func letters(_ count: Int) -> String { String(repeating: "a", count: count) }

  static let attacks: [Row] = [
    blocked("traversal", "common/GenericLFI_QUERYARGUMENTS", request("/?f=../../x")),
    blocked("backslashes", "common/GenericLFI_QUERYARGUMENTS", request("/?f=..%5C..%5Cx")),
    blocked("encoded", "common/GenericLFI_QUERYARGUMENTS", request("/?f=%2e%2e%2f%2e%2e%2fx")),
    blocked(
      "encoded twice", "common/GenericLFI_QUERYARGUMENTS",
      request("/?f=%252e%252e%252f%252e%252e%252fx")),
    blocked("traversal in the path", "common/GenericLFI_URIPATH", request("/a/../../x")),
    blocked(
      "traversal in the body", "common/GenericLFI_BODY",
      request("/", method: "POST", body: Array("see ../../x".utf8))),
    passes("one step", request("/?f=../x")),
    blocked(
      "IPv4 URL", "common/GenericRFI_QUERYARGUMENTS", request("/?u=http://198.51.100.7/x.txt")),
    blocked(
      "IPv4 URL, encoded", "common/GenericRFI_QUERYARGUMENTS",
      request("/?u=http%3A%2F%2F198.51.100.7%2Fx.txt")),
    passes("domain name URL", request("/?u=https://example.com/x")),
    blocked(
      "metadata", "common/EC2MetaDataSSRF_QUERYARGUMENTS",
      request("/?u=http://169.254.169.254/latest/meta-data/")),
    blocked(
      "loopback", "common/EC2MetaDataSSRF_QUERYARGUMENTS",
      request("/?redirect_uri=http://localhost:4200")),
    passes("localhost as a word", request("/?q=localhost")),
    blocked(
      "metadata in a cookie", "common/EC2MetaDataSSRF_COOKIE",
      request("/", headers: [(name: "Cookie", value: "u=http://169.254.169.254/")])),
    blocked(
      "XSS", "common/CrossSiteScripting_QUERYARGUMENTS",
      request("/?q=%3Cscript%3Ealert(%22hello%22)%3C/script%3E")),
    passes("comparison", request("/?q=1%20%3C%202")),
    // Another group's: AWSManagedRulesSQLiRuleSet.
    passes("SQL injection", request("/?q='%20OR%20'1'='1")),
  ]

  static let probes: [Row] = [
    blocked("extension", "common/RestrictedExtensions_URIPATH", request("/config.ini"), .exact),
    blocked("log file", "common/RestrictedExtensions_URIPATH", request("/a/access.log"), .exact),
    blocked("other case", "common/RestrictedExtensions_URIPATH", request("/CONFIG.INI")),
    blocked("backup", "common/RestrictedExtensions_URIPATH", request("/.env.bak")),
    blocked(
      "extension in an argument", "common/RestrictedExtensions_QUERYARGUMENTS",
      request("/?f=config.ini"), .exact),
    passes("login", request("/login")),
    passes("analogue", request("/ini/logs")),
    blocked("documented word", "admin/AdminProtection_URIPATH", request("/sqlmanager/"), .exact),
    blocked(
      "documented word, encoded twice", "admin/AdminProtection_URIPATH",
      request("/%2573qlmanager/"), .exact),
    blocked("admin", "admin/AdminProtection_URIPATH", request("/admin")),
    blocked("admin and more", "admin/AdminProtection_URIPATH", request("/admin/users")),
    blocked("admin, encoded", "admin/AdminProtection_URIPATH", request("/%61dmin")),
    passes("administer", request("/administer")),
    passes("admin as an argument", request("/?a=/admin")),
  ]

  static let headersAndSizes: [Row] = [
    blocked("no agent", "common/NoUserAgent_HEADER", request("/", agent: nil), .exact),
    blocked("empty agent", "common/NoUserAgent_HEADER", request("/", agent: "")),
    blocked("NUL agent", "common/NoUserAgent_HEADER", request("/", agent: "\0\0")),
    blocked("scanner", "common/UserAgent_BadBots_HEADER", request("/", agent: "Nmap NSE")),
    passes("library", request("/", agent: "curl/8.0")),
    passes("query of 2,048 bytes", request("/?" + letters(2048))),
    blocked(
      "query of 2,049 bytes", "common/SizeRestrictions_QUERYSTRING",
      request("/?" + letters(2049)), .exact),
    passes("path of 1,024 bytes", request("/" + letters(1023))),
    blocked(
      "path of 1,025 bytes", "common/SizeRestrictions_URIPATH", request("/" + letters(1024)),
      .exact),
    passes(
      "body of 8,192 bytes", request("/", method: "POST", body: Array(letters(8192).utf8))),
    blocked(
      "body of 8,193 bytes", "common/SizeRestrictions_BODY",
      request("/", method: "POST", body: Array(letters(8193).utf8)), .exact),
    passes(
      "cookie of 10,240 bytes",
      request("/", headers: [(name: "Cookie", value: "a=" + letters(10_238))])),
    blocked(
      "cookie of 10,241 bytes", "common/SizeRestrictions_Cookie_HEADER",
      request("/", headers: [(name: "Cookie", value: "a=" + letters(10_239))]), .exact),
  ]

  private static let rules = [
    groupRule("admin", 0, managedGroup("AWSManagedRulesAdminProtectionRuleSet")),
    groupRule("common", 1, managedGroup("AWSManagedRulesCommonRuleSet")),
  ]

  @Test(arguments: attacks + probes + headersAndSizes)
  func ruleOf(_ row: Row) throws {
    let sketch = try CompiledSketch(Self.rules, catalogue: .bundled())
    let verdict = sketch.verdict(on: row.record)
    #expect(sketch.program.rulePath(of: verdict) == row.rule ?? "Default_Action")
    #expect(verdict.action == (row.rule == nil ? .allow : .block))
    #expect(verdict.certainty == row.certainty)
  }

  @Test(
    arguments: [
      (
        ", \"RuleActionOverrides\": [{\"Name\": \"AdminProtection_URIPATH\","
          + " \"ActionToUse\": {\"Count\": {}}}]", "None"
      ),
      (", \"ExcludedRules\": [{\"Name\": \"AdminProtection_URIPATH\"}]", "None"),
      (
        ", \"ScopeDownStatement\": {\"NotStatement\": {\"Statement\": "
          + byteMatch("/admin", position: "STARTS_WITH") + "}}", "None"
      ),
      ("", "Count"),
    ])
  func anExemptionLetsAdminThrough(_ row: (String, String)) throws {
    let group = managedGroup("AWSManagedRulesAdminProtectionRuleSet", more: row.0)
    let sketch = try CompiledSketch(
      [groupRule("admin", 0, group, override: row.1)], catalogue: .bundled())
    let verdict = sketch.verdict(on: Self.request("/admin"))
    #expect(verdict.action == .allow)
    #expect(verdict.certainty == .exact)
    let label = "awswaf:managed:aws:admin-protection:AdminProtection_URIPath"
    let isScoped = row.0.contains("ScopeDown")
    #expect(verdict.open.contains(.labels) == !isScoped)
    var evaluator = Evaluator(sketch.program)
    let record = Self.request("/admin")
    _ = evaluator.evaluate(record)
    #expect(evaluator.labelTexts(record) == (isScoped ? [] : [label]))
  }

  @Test
  func aLaterAllowDoesNotHelp() throws {
    let admin = groupRule("admin", 5, managedGroup("AWSManagedRulesAdminProtectionRuleSet"))
    for (priority, action) in [(1, Action.allow), (9, .block)] {
      let allow = rule(
        "allow", priority, byteMatch("/admin", position: "STARTS_WITH"), action: "Allow")
      let sketch = try CompiledSketch([admin, allow], catalogue: .bundled())
      #expect(sketch.verdict(on: Self.request("/admin")).action == action)
    }
  }
}
