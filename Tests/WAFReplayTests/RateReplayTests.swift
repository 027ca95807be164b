import Foundation
import Testing
import WAFEngine
import WAFProgram
import WAFReplay
import WAFRequests

/// A program of one rate-based rule that blocks, and a log of requests for it.
private struct RateCase {
  var limit = 2
  var windowSeconds = 60
  var keys: (inout ProgramBuilder) -> [RateRule.Key] = { _ in [.address(source: 0)] }
  var scopeDown: ((inout ProgramBuilder) -> Formula)?
  /// Whether a rule comes before it that nobody can model.
  var isBehindUnmodelled = false

  var program: Program {
    var builder = ProgramBuilder()
    if isBehindUnmodelled { TestProgram.addReputation(&builder) }
    builder.beginTopRule(
      TopRule(
        name: "rate", kind: .rateBased, rules: 0..<0, scopeDown: nil, scopeDownFormula: nil,
        isOverriddenToCount: false, opaqueGroup: nil, groupID: ""))
    let keys = keys(&builder)
    let scopeDown = scopeDown.map { $0(&builder) }
    let leaf = builder.rate(
      limit: limit, windowSeconds: windowSeconds, keys: keys, scopeDown: scopeDown)
    builder.addRule(
      RuleInfo(
        name: "rate", path: "rate", ownAction: .block, override: .none, formula: .leaf(leaf),
        managed: nil), action: .block, labels: [], geo: GeoSources(rawValue: 0))
    return builder.finish { _ in }
  }

  /// For each line `B` blocked, `-` allowed, `?` either, and behind it the certainty's first letter.
  func fates(_ lines: [String], rates: RateMode = .simulate) async throws -> [String] {
    try await predictions(lines, rates: rates).map { object in
      let wafcast = object["wafcast"] as? [String: Any]
      let certainty = wafcast?["certainty"] as? String ?? ""
      let isSingle = (wafcast?["possible"] as? [String])?.count == 1
      let action = isSingle ? (object["action"] as? String == "BLOCK" ? "B" : "-") : "?"
      return action + certainty.prefix(2)
    }
  }

  func predictions(
    _ lines: [String], rates: RateMode = .simulate
  ) async throws -> [[String: Any]] {
    let output = Collected()
    let run = ReplayRun(
      program, options: ReplayOptions(workers: 1, writesPredictions: true, rates: rates))
    _ = try await run.report(on: LineSource(lines), decoder: LogDecoder(), to: output.sinks)
    return try output.lines.compactMap { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    }
  }
}

/// A log record `seconds` after a whole check.
private func line(
  _ seconds: Double?, client: String = "192.0.2.1", headers: [(String, String)] = [],
  args: String = "", members: String = ""
) -> String {
  let time = seconds.map { #""timestamp":\#(1_700_000_000_000 + Int($0 * 1000)),"# } ?? ""
  let list = headers.map { #"{"name":"\#($0.0)","value":"\#($0.1)"}"# }.joined(separator: ",")
  return """
    {\(time)\(members)"httpRequest":{"clientIp":"\(client)","country":"DE","headers":[\(list)],\
    "uri":"/","args":"\(args)","httpVersion":"HTTP/1.1","httpMethod":"GET"}}
    """
}

struct RateReplayTests {
  /// Far enough before that the window of the others is all recorded.
  private static let start = line(-500, client: "198.51.100.9")

  struct Timing: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var seconds: [Double]
    /// Of the requests, without the one at the start.
    var blocked: [Bool]
  }

  @Test(arguments: [
    Timing(
      testDescription: "the limit itself is not too much",
      seconds: [1, 2, 11], blocked: [false, false, false]),
    Timing(
      testDescription: "more than the limit: from the next check on",
      seconds: [1, 2, 3, 9.9, 10, 10.001, 15],
      blocked: [false, false, false, false, false, true, true]),
    Timing(
      testDescription: "a request at a check counts in it",
      seconds: [8, 9, 10, 10.5], blocked: [false, false, false, true]),
    Timing(
      testDescription: "blocked requests count on",
      seconds: [1, 2, 3, 15, 16, 17, 65, 71],
      blocked: [
        false, false, false, true, true, true, true, true,
      ]),
    Timing(
      testDescription: "released at the first check that sees no more than the limit",
      seconds: [1, 2, 3, 70, 70.5, 130], blocked: [false, false, false, true, false, false]),
    Timing(
      testDescription: "logs need not be sorted",
      seconds: [15, 3, 1, 2], blocked: [true, false, false, false]),
  ])
  func countsInAWindow(_ timing: Timing) async throws {
    let fates = try await RateCase().fates([Self.start] + timing.seconds.map { line($0) })
    #expect(fates == ["-as"] + timing.blocked.map { $0 ? "Bap" : "-ap" })
  }

  @Test func theFirstWindowRestsOnAnAssumption() async throws {
    // The check at 60 s is the first whose whole window has been recorded.
    let fates = try await RateCase(limit: 9).fates([0, 15, 60, 60.001, 70].map { line($0) })
    #expect(fates == ["-as", "-as", "-as", "-ap", "-ap"])
    // What came before could only add to the count.
    let limited = try await RateCase().fates([0, 1, 2, 15].map { line($0) })
    #expect(limited == ["-as", "-as", "-as", "Bap"])
  }

  @Test func withoutASimulationNothingIsLimitedByAssumption() async throws {
    let lines = [0, 1, 2, 3, 15].map { line($0) }
    #expect(
      try await RateCase().fates(lines, rates: .assumeNone) == .init(repeating: "-as", count: 5))
    var run = ReplayRun(RateCase().program, options: ReplayOptions(rates: .assumeNone))
    #expect(run.passes == 1)
    run = ReplayRun(RateCase().program)
    #expect(run.passes == 2)
    #expect(ReplayRun(TestProgram.make()).passes == 1)
  }

  @Test func aRequestWithoutATimeTakesNoPart() async throws {
    let lines = [Self.start, line(1), line(2), line(nil), line(nil), line(15)]
    #expect(try await RateCase().fates(lines) == ["-as", "-ap", "-ap", "-as", "-as", "-ap"])
  }

  @Test func otherClientsCountForThemselves() async throws {
    let lines =
      [Self.start] + [1, 2, 3].map { line($0) } + [line(4, client: "192.0.2.2")]
      + [line(15), line(15, client: "192.0.2.2"), line(15, client: "::ffff:192.0.2.1")]
    #expect(try await RateCase().fates(lines).suffix(3) == ["Bap", "-ap", "Bap"])
  }

  @Test func whatOtherRequestsRestOnIsNamed() async throws {
    let lines = [Self.start] + [1, 2, 3, 15].map { line($0) }
    let rate = RateCase(isBehindUnmodelled: true)
    #expect(try await rate.fates(lines).last == "Bas")
    let last = try await rate.predictions(lines).last?["wafcast"] as? [String: Any]
    let assumptions = last?["assumptions"] as? [String] ?? []
    #expect(assumptions.contains("rate-participants=assumed"), "\(assumptions)")
  }

  // MARK: Keys

  struct KeyCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var keys: @Sendable (inout ProgramBuilder) -> [RateRule.Key]
    /// Three requests in a row, of which the limit is two, and one after the next check.
    var counted: [String]
    var last: String
    var isBlocked: Bool
  }

  static func forwarded(
    _ fallback: FieldFallback, _ builder: inout ProgramBuilder
  ) -> Int {
    builder.addressSource(
      .forwarded(
        ForwardedHeader(
          name: Array("x-forwarded-for".utf8), position: .first, fallback: fallback,
          isNegated: false)))
  }

  static func header(_ name: String, _ value: String, at seconds: Double) -> String {
    line(seconds, headers: [(name, value)])
  }

  @Test(arguments: [
    KeyCase(
      testDescription: "the first forwarded address",
      keys: { [.address(source: forwarded(.match, &$0))] },
      counted: [1, 2, 3].map {
        header("X-Forwarded-For", "203.0.113.1, 10.0.0.\($0)", at: Double($0))
      },
      last: header("x-forwarded-for", "203.0.113.1", at: 15), isBlocked: true),
    KeyCase(
      testDescription: "no forwarded header: no part, whatever the fallback",
      keys: { [.address(source: forwarded(.match, &$0))] },
      counted: [line(1), line(2), line(3)], last: line(15), isBlocked: false),
    KeyCase(
      testDescription: "addresses that are none count together with the fallback MATCH",
      keys: { [.address(source: forwarded(.match, &$0))] },
      counted: ["unknown", "x", "-"].map { header("X-Forwarded-For", $0, at: 1) },
      last: header("X-Forwarded-For", "somebody", at: 15), isBlocked: true),
    KeyCase(
      testDescription: "and take no part with NO_MATCH",
      keys: { [.address(source: forwarded(.noMatch, &$0))] },
      counted: ["unknown", "x", "-"].map { header("X-Forwarded-For", $0, at: 1) },
      last: header("X-Forwarded-For", "unknown", at: 15), isBlocked: false),
    KeyCase(
      testDescription: "a header that is not there: no part",
      keys: { [.value($0.slot(.singleHeader(name: Array("x-key".utf8)), []))] },
      counted: [line(1), line(2), line(3)], last: line(15), isBlocked: false),
    KeyCase(
      testDescription: "several parts make one key",
      keys: {
        [
          .value($0.slot(.method, [])),
          .value($0.slot(.singleQueryArgument(name: Array("k".utf8), preParse: []), [])),
        ]
      },
      counted: ["k=1", "k=1&x", "K=1"].map { line(1, args: $0) },
      last: line(15, client: "192.0.2.77", args: "k=1"), isBlocked: true),
    KeyCase(
      testDescription: "another value of one part, another key",
      keys: {
        [
          .value($0.slot(.method, [])),
          .value($0.slot(.singleQueryArgument(name: Array("k".utf8), preParse: []), [])),
        ]
      },
      counted: ["k=1", "k=1", "k=2"].map { line(1, args: $0) },
      last: line(15, args: "k=1"), isBlocked: false),
    KeyCase(
      testDescription: "parts don't run into each other",
      keys: {
        [
          .value($0.slot(.singleQueryArgument(name: Array("a".utf8), preParse: []), [])),
          .value($0.slot(.singleQueryArgument(name: Array("b".utf8), preParse: []), [])),
        ]
      },
      counted: ["a=xy&b=z", "a=x&b=yz", "a=xyz&b="].map { line(1, args: $0) },
      last: line(15, args: "a=x&b=yz"), isBlocked: false),
    KeyCase(
      testDescription: "long values too",
      keys: { [.value($0.slot(.singleHeader(name: Array("x-key".utf8)), []))] },
      counted: [0, 0, 1].map {
        header("X-Key", String(repeating: "long", count: 30) + "\($0)", at: 1)
      },
      last: header("X-Key", String(repeating: "long", count: 30) + "0", at: 15), isBlocked: false),
    KeyCase(
      testDescription: "the autonomous system that the log names",
      keys: { _ in [.asn(source: 0)] },
      counted: [1, 2, 3].map {
        line(1, client: "192.0.2.\($0)", members: #""clientAsn":64500,"#)
      },
      last: line(15, client: "192.0.2.4", members: #""clientAsn":64500,"#), isBlocked: true),
    KeyCase(
      testDescription: "no part: all requests count together", keys: { _ in [] },
      counted: [1, 2, 3].map { line(1, client: "192.0.2.\($0)") }, last: line(15), isBlocked: true),
  ])
  func keysTellRequestsApart(_ key: KeyCase) async throws {
    // With every part of every key, so that it counts somewhere.
    let start = line(
      -500, client: "198.51.100.9",
      headers: [("X-Forwarded-For", "198.51.100.9"), ("X-Key", "start")], args: "k=start&a=0&b=0")
    let fates = try await RateCase(keys: key.keys).fates([start] + key.counted + [key.last])
    #expect(fates.last?.first == (key.isBlocked ? "B" : "-"))
  }

  @Test func aKeyThatIsNotRecordedCouldBeAny() async throws {
    let key: (inout ProgramBuilder) -> [RateRule.Key] = {
      [.value($0.slot(.singleHeader(name: Array("x-key".utf8)), []))]
    }
    let hidden =
      #"{"timestamp":1700000001000,"httpRequest":{"clientIp":"192.0.2.1","country":"DE","headers":[{"name":"X-Key","value":"REDACTED"}],"uri":"/","args":"","httpVersion":"HTTP/1.1","httpMethod":"GET"}}"#
    let lines =
      [line(-500, headers: [("X-Key", "z")])] + [1, 2].map { Self.header("X-Key", "a", at: $0) }
      + [hidden, Self.header("X-Key", "a", at: 15), Self.header("X-Key", "b", at: 15)]
    let fates = try await RateCase(keys: key).fates(lines)
    #expect(fates.suffix(2) == ["?in", "-ap"])
  }

  // MARK: Scope-down

  @Test func onlyRequestsInScopeCountAndAreLimited() async throws {
    let rate = RateCase(scopeDown: { builder in
      let slot = builder.slot(.singleHeader(name: Array("x-key".utf8)), [])
      return .leaf(
        builder.leaf(
          .bytes(slot, search: builder.search(Array("in".utf8)), .exactly, .inspectStart)))
    })
    let lines =
      [Self.start] + [1, 2].map { Self.header("X-Key", "in", at: $0) }
      + [Self.header("X-Key", "out", at: 3), Self.header("X-Key", "in", at: 15)]
      + [Self.header("X-Key", "in", at: 16)]
      + [Self.header("X-Key", "in", at: 25), Self.header("X-Key", "out", at: 25)]
    let fates = try await rate.fates(lines)
    #expect(fates == ["-ex", "-ap", "-ap", "-ex", "-ap", "-ap", "Bap", "-ex"])
  }
}
