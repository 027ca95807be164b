import TestSupport
import Testing

/// What a request on the command line can have beside its bytes, and requests of every format.
@Suite struct ExplainFactsTests {
  /// Explains against a web ACL of these rules.
  private func explain(
    _ rules: [String], _ arguments: [String], input: String = ""
  ) throws -> BuiltProgram.Run {
    let place = try TemporaryDirectory()
    let file = try place.write("acl.json", SmallWebACL.text(rules))
    return try Demo.wafcast(
      ["explain", file, "--resource-type", "APPLICATION_LOAD_BALANCER"] + arguments, input: input)
  }

  private static let ja3 = "e7d705a3286e19ea42f587b344ee6865"
  private static let ja4 = "t13d1516h2_8daaf6152771_b186095e22b6"
  private static let fragment = SmallWebACL.matches(
    "part=", in: #"{"UriFragment": {"FallbackBehavior": "NO_MATCH"}}"#, "CONTAINS")
  private static let captcha = SmallWebACL.rule(
    SmallWebACL.matches("/login", in: #"{"UriPath": {}}"#), action: #"{"Captcha": {}}"#)

  struct Case: CustomTestStringConvertible, Sendable {
    var rule: String
    var arguments: [String]
    var expected: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let cases = [
    Case(
      rule: SmallWebACL.rule(fragment), arguments: ["--uri", "/a?b#part=1"],
      expected: "BLOCK 403  GET /a?b#part=1"),
    Case(rule: SmallWebACL.rule(fragment), arguments: ["--uri", "/a?part=1"], expected: "ALLOW"),
    Case(
      rule: SmallWebACL.rule(
        SmallWebACL.matches(ja3, in: #"{"JA3Fingerprint": {"FallbackBehavior": "MATCH"}}"#)),
      arguments: ["--uri", "/", "--ja3", ja3.uppercased()], expected: "BLOCK 403"),
    Case(
      rule: SmallWebACL.rule(
        SmallWebACL.matches(ja3, in: #"{"JA3Fingerprint": {"FallbackBehavior": "MATCH"}}"#)),
      arguments: ["--uri", "/"], expected: "Needs      the JA3 fingerprint, for rule"),
    Case(
      rule: SmallWebACL.rule(
        SmallWebACL.matches(ja3, in: #"{"JA3Fingerprint": {"FallbackBehavior": "MATCH"}}"#)),
      arguments: ["--uri", "http://shop.example/"], expected: "BLOCK 403"),
    Case(
      rule: SmallWebACL.rule(
        SmallWebACL.matches(ja4, in: #"{"JA4Fingerprint": {"FallbackBehavior": "NO_MATCH"}}"#)),
      arguments: ["--uri", "/", "--ja4", ja4], expected: "BLOCK 403"),
    Case(
      rule: SmallWebACL.rule(#"{"AsnMatchStatement": {"AsnList": [64496]}}"#),
      arguments: ["--uri", "/", "--asn", "64496"], expected: "BLOCK 403"),
    Case(
      rule: SmallWebACL.rule(#"{"AsnMatchStatement": {"AsnList": [64496]}}"#),
      arguments: ["--uri", "/"],
      expected: "Needs      the client's autonomous system, for rule"),
    Case(
      rule: captcha, arguments: ["--uri", "/login"],
      expected: "Token      the request carries no token"),
    Case(
      rule: captcha, arguments: ["--uri", "/login", "--token", "valid"],
      expected: "the client gets through, the rule counts (observed)"),
    Case(
      rule: captcha, arguments: ["--uri", "/login", "--token", "invalid"],
      expected: "CAPTCHA 405"),
    Case(
      rule: captcha,
      arguments: ["--uri", "/login", "--header", "Cookie: aws-waf-token=s3cret"],
      expected: "Needs      the state of the client's token, for rule"),
  ]

  @Test(arguments: cases)
  func facts(test: Case) throws {
    let run = try explain([test.rule], test.arguments)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains(test.expected), "\(run.text)")
    #expect(!run.text.contains("s3cret"))
  }

  /// A fragment may carry what a query does.
  @Test(arguments: [false, true])
  func secretsInAFragment(shows: Bool) throws {
    let run = try explain(
      [SmallWebACL.rule(Self.fragment)],
      ["--uri", "/#part=1&access_token=s3cret"] + (shows ? ["--show-secrets"] : []))
    #expect(run.text.contains("s3cret") == shows)
  }

  @Test func aRateNeedsMoreThanOneRequest() throws {
    let rate = SmallWebACL.rule(
      #"{"RateBasedStatement": {"Limit": 100, "AggregateKeyType": "IP"}}"#)
    let run = try explain([rate], ["--uri", "/", "--client-ip", "192.0.2.1"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains("more than 100 requests in 300 s by client address"))
    #expect(run.text.contains("Assumes    no rate-based rule limits (rate=assume-none)"))
  }

  // MARK: Recordings

  private static let raw = """
    GET /first HTTP/1.1\r
    Host: shop.example\r
    \r
    GET /login HTTP/1.1\r
    Host: shop.example\r
    \r

    """

  @Test(arguments: [
    (["--nth", "1"], "ALLOW  GET /first"), (["--nth", "2"], "CAPTCHA 405  GET /login"),
    (["--nth", "2", "--format-in", "raw-http"], "CAPTCHA 405  GET /login"),
  ])
  func rawRequests(arguments: [String], expected: String) throws {
    let run = try explain([Self.captcha], ["-"] + arguments, input: Self.raw)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.hasPrefix(expected), "\(run.text)")
  }

  @Test func aHAR() throws {
    let har = """
      {"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [
      {"request": {"method": "GET", "url": "https://shop.example/login", "httpVersion": "HTTP/1.1",
      "headers": [{"name": "Host", "value": "shop.example"}], "queryString": [], "cookies": [],
      "headersSize": -1, "bodySize": 0}}]}}
      """
    let run = try explain([Self.captcha], ["-"], input: har)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains("GET /login"), "\(run.text)")
  }

  @Test(arguments: [
    (["-"], "choose one with --request-id or --nth"), (["-", "--nth", "3"], "only 2 requests"),
    (["-", "--nth", "0"], "--nth takes"), (["-", "--nth", "1", "--request-id", "a"], "exclude"),
    (["-", "--asn", "1"], "--asn goes with"), (["--nth", "1"], "need the recordings"),
    (["--uri", "/", "--ja3", "nonsense"], "--ja3 takes"),
    (["--uri", "/", "--ja4", "nonsense"], "--ja4 takes"),
    (["--uri", "/", "--token", "good"], "--token"), (["--uri", "/", "--asn", "AS1"], "--asn"),
    (["-", "--format-in", "pcap"], "--format-in"),
  ])
  func wrongUsage(arguments: [String], expected: String) throws {
    let run = try explain([Self.captcha], arguments, input: Self.raw)
    #expect(run.status == 2)
    #expect(run.text.isEmpty)
    #expect(run.errors.contains(expected), "\(run.errors)")
  }
}
