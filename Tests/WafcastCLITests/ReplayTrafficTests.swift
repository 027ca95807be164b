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
}
