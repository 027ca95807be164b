import ReportText
import TestSupport
import Testing
import WAFEngine
import WAFReplay
import WAFReports
import WAFRequests

/// Replays over a web ACL with every kind of action: what stops a request is told apart.
@Suite struct ActionSummaryTests {
  private func summary(_ names: [String]) async throws -> ReplaySummary {
    var records: [RequestRecord] = []
    for name in names { records.append(try #require(ActionSample.requests[name])) }
    let report = try await ReplayRun(
      ActionSample.program, options: ReplayOptions(workers: 1, rates: .assumeNone)
    ).report(
      on: PreparedSource(count: records.count, rejects: []),
      decoder: PreparedDecoder(records: records))
    var summary = SampleReplay.summary(report)
    summary.webACLName = "actions"
    summary.facts = RuleFacts.all(of: ActionSample.program)
    return summary
  }

  private static let all = [
    "captcha", "captcha", "custom-response", "forwarded", "passed", "payment", "token-unknown",
  ]

  @Test func text() async throws {
    let text = try await summary(Self.all).text(TextStyle())
    #expect(Snapshot("replay-actions.txt").difference(from: text) == nil)
  }

  @Test func json() async throws {
    let text = try await summary(Self.all).json.prettyText + "\n"
    #expect(Snapshot("replay-actions.json").difference(from: text) == nil)
  }

  @Test(arguments: [
    (["captcha"], "1 request to /login will be given a CAPTCHA (405) by captcha-login"),
    (["payment"], "will be asked for a payment (402) by sell-articles"),
    (["custom-response"], "will be blocked (200 by a custom response) by soft-block"),
    (["token-unknown"], "No request will be stopped for sure."),
    (["token-unknown"], "the state of the client's token is not in it"),
    (["token-unknown"], "What would decide the 1 (all possibly challenged):"),
    (["passed"], "No request will be blocked."),
    (["passed"], "no rate-based rule limits (rate=assume-none)"),
    (["passed"], "(1 verdict rests on it; --rate changes it)"),
    (["forwarded"], "(1 verdict rests on it; --assume changes it)"),
  ])
  func words(names: [String], expected: String) async throws {
    let text = try await summary(names).text(TextStyle())
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains(expected), "\(text)")
  }

  /// A challenge is no block: the row of blocks counts none.
  @Test func challengesAreNotBlocks() async throws {
    let summary = try await summary(["captcha", "payment"])
    #expect(summary.report.outcomes.predictedBlocked == 0)
    #expect(summary.report.outcomes.possiblyMonetized == 1)
    let text = summary.text(TextStyle())
    #expect(text.contains("Stopped by"))
    #expect(text.contains("captcha-login (CAPTCHA)"))
    #expect(!text.contains("Blocked by"))
  }
}
