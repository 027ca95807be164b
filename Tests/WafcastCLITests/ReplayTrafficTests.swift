import Foundation
import TestSupport
import Testing

/// Replays of traffic in other formats than logs, and of rates.
@Suite struct ReplayTrafficTests {
  private func replay(
    _ rule: String, _ arguments: [String], input: String
  ) throws -> BuiltProgram.Run {
    let place = try TemporaryDirectory()
    let file = try place.write("acl.json", SmallWebACL.text([rule]))
    return try Demo.wafcast(["replay", file, "-"] + arguments, input: input)
  }

  private static let captcha = SmallWebACL.rule(
    SmallWebACL.matches("/login", in: #"{"UriPath": {}}"#), action: #"{"Captcha": {}}"#)

  @Test(arguments: [[], ["--format-in", "raw-http"]])
  func rawRequests(arguments: [String]) throws {
    let raw = "GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /login HTTP/1.1\r\nHost: x\r\n\r\n"
    let run = try replay(Self.captcha, arguments, input: raw)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains("1 request to /login will be given a CAPTCHA (405) by rule (exact)"))
    #expect(run.text.contains("challenged            1          1         1  CAPTCHA 1"))
    #expect(!run.text.contains("Blocked by"))
  }

  /// A format that is given is not looked for.
  @Test func theWrongFormat() throws {
    let run = try replay(
      Self.captcha, ["--format-in", "raw-http"], input: Demo.record("/login"))
    #expect(run.status == 2)
    #expect(run.errors.contains("no request could be read"))
  }

  private static let rate = SmallWebACL.rule(
    #"{"RateBasedStatement": {"Limit": 10, "EvaluationWindowSec": 60, "AggregateKeyType": "IP"}}"#)

  /// A request every two seconds.
  private static let burst = (0..<40).map { number in
    Demo.record("/a", id: "1-\(number)")
      .replacing("1792047605802", with: String(1_792_047_605_802 + number * 2000))
  }.joined()

  @Test func rates() throws {
    let run = try replay(Self.rate, [], input: Self.burst)
    #expect(run.status == 0, "\(run.errors)")
    let text = run.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("by rule (approximate, a rate above 10 requests in 60 s)"), "\(text)")
  }

  @Test func idleRates() throws {
    let run = try replay(Self.rate, ["--rate", "assume-none"], input: Self.burst)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains("No request will be blocked."))
    #expect(run.text.contains("(40 verdicts rest on it; --rate changes it)"))
    #expect(run.text.contains("no rate-based rule limits (rate=assume-none)"))
  }

  private static func numbered(_ priority: Int, _ rule: String) -> String {
    rule.replacing("\"Priority\": 0", with: "\"Priority\": \(priority)")
      .replacing("\"Name\": \"rule\"", with: "\"Name\": \"rule-\(priority)\"")
  }

  /// What rules do beside deciding, in records that the schema describes.
  @Test(arguments: [
    (
      #"{"Count": {"CustomRequestHandling": {"InsertHeaders": [{"Name": "a", "Value": "b"}]}}}"#,
      #""requestHeadersInserted":[{"name":"x-amzn-waf-a","value":"b"}]"#
    ),
    (
      #"{"Block": {"CustomResponse": {"ResponseCode": 429, "ResponseHeaders": [{"Name": "c", "Value": "d"}]}}}"#,
      #""response":{"headers":[{"name":"c","value":"d"}]}"#
    ),
    (
      #"{"Captcha": {}}"#,
      #""captchaResponse":{"responseCode":405,"solveTimestamp":0,"failureReason":"TOKEN_MISSING"}"#
    ),
    (#"{"Challenge": {}}"#, #""challengeResponse":{"responseCode":202"#),
  ])
  func predictionsFitTheSchema(action: String, part: String) throws {
    let schema = try JSONSchema(
      contentsOf: packageRoot.appendingPathComponent("docs/schemas/predicted-record.schema.json"))
    let place = try TemporaryDirectory()
    let rules = [
      Self.rate.replacing("{\"Block\": {}}", with: "{\"Count\": {}}"),
      Self.numbered(
        1, SmallWebACL.rule(SmallWebACL.matches("/a", in: #"{"UriPath": {}}"#), action: action)),
    ]
    let file = try place.write("acl.json", SmallWebACL.text(rules))
    let output = place.path + "/predicted.ndjson"
    let run = try Demo.wafcast(["replay", file, "-", "--output", output], input: Self.burst)
    #expect(run.status == 0, "\(run.errors)")
    let text = try String(contentsOfFile: output, encoding: .utf8)
    #expect(text.contains(part), "\(text)")
    #expect(text.contains(#""rateBasedRuleList":[{"rateBasedRuleId":"rule","#))
    for line in text.split(separator: "\n") {
      #expect(try schema.findings(in: String(line)) == [], "\(line)")
    }
  }
}
