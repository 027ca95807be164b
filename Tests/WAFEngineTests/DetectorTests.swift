import Bytes
import Testing
import Transforms
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// `SqliMatchStatement` and `XssMatchStatement`, whose logic is not published (Q22).
struct DetectorTests {
  private static func program(
    _ field: Field, _ oversize: Oversize = .inspectStart,
    assuming assumption: ManagedCondition.Assumption? = nil,
    chain: [TextTransformation] = []
  ) -> Program {
    var builder = ProgramBuilder()
    let condition = Condition.detector(
      builder.slot(field, chain), .sqlInjectionHigh, oversize)
    builder.rule("rule", .block, .leaf(builder.leaf(condition)))
    return builder.finish { program in
      program.bodyLimits = BodyLimits(
        stated: .applicationLoadBalancer, assumed: .applicationLoadBalancer, configured: [:])
      if let assumption { program.detectorAssumptions[.sqlInjectionHigh] = assumption }
    }
  }

  static let rows: [(String, ManagedCondition.Assumption?, Shown)] = [
    ("/", nil, .no), ("/?a=", nil, Shown(false, .approximate)),
    ("/?a=abc_1&b=Z", nil, Shown(false, .approximate)),
    ("/?a=1&b=1'or'1'='1", nil, Shown(true, .approximate)),
    ("/?a=1&b=O'Brien", nil, Shown(false, .approximate)),
    ("/?a=1&b=1'or'1'='1", .noMatch, Shown(false, .assumed)),
    ("/?a=1&b=1'or'1'='1", .match, Shown(true, .assumed)),
    ("/?a=1&b=1'or'1'='1", .unknown, .unknown),
    ("/?a=abc", .match, Shown(false, .approximate)),
    ("/?a=abc&b=REDACTED", nil, .unknown), ("/?a=-&b=REDACTED", nil, .unknown),
    ("/?a=1'or'1'='1&b=REDACTED", nil, Shown(true, .approximate)),
    ("/?a=-&b=REDACTED", .match, Shown(true, .assumed)),
  ]

  @Test(arguments: rows)
  func values(_ row: (String, ManagedCondition.Assumption?, Shown)) {
    let program = Self.program(.allArguments, assuming: row.1)
    let record = RequestRecord(uri: row.0)
    #expect(shown(program, record) == row.2)
    if row.2.certainty == .assumed {
      let answer = row.2.holds == true ? "match" : "no-match"
      #expect(assumptions(program, record) == ["detector/sqli-high=\(answer)"])
    }
  }

  @Test
  func whatWouldSettleIt() {
    let record = RequestRecord(uri: "/?a=-")
    #expect(
      needs(Self.program(.allArguments, assuming: .unknown), record)
        == ["detector/sqli-high for rule"])
    let hidden = RequestRecord(uri: "/?a=REDACTED")
    #expect(needs(Self.program(.allArguments), hidden) == ["args for rule"])
  }

  @Test
  func handlingAndFallbackComeFirst() {
    let large = RequestRecord(
      method: "POST", uri: "/", body: [UInt8](repeating: UInt8(ascii: "-"), count: 9000))
    #expect(shown(Self.program(.body, .match), large) == .yes)
    #expect(shown(Self.program(.body, .noMatch), large) == .no)
    #expect(shown(Self.program(.body), large) == Shown(false, .approximate))
    var record = RequestRecord(uri: "/")
    record.fragment = .absent
    #expect(shown(Self.program(.uriFragment(.match)), record) == .yes)
  }

  @Test
  func transformedValuesAreLookedAt() {
    let record = RequestRecord(uri: "/?a=1%27or%271%27%3D%271")
    #expect(shown(Self.program(.allArguments), record) == Shown(false, .approximate))
    #expect(
      shown(Self.program(.allArguments, chain: [.urlDecode]), record) == Shown(true, .approximate))
  }

  /// The trace shows the tokens, and what they make together.
  @Test
  func tokensAreShown() throws {
    var evaluator = Evaluator(Self.program(.allArguments))
    let record = RequestRecord(uri: "/?a=1&b=10+AND+1=1&c='or'1'='1")
    _ = evaluator.evaluate(record)
    guard case .leaf(let leaf)? = evaluator.trace(record).steps.first?.statement else {
      Issue.record("no leaf")
      return
    }
    let match = try #require(leaf.match)
    #expect(match.name == "c")
    let detection = try #require(match.detection)
    #expect(!detection.tokens.isEmpty && !detection.reason.isEmpty && !detection.context.isEmpty)
    #expect(detection.tokens.allSatisfy { match.value.span.contains($0.text.span) })
    #expect(!match.matched.isEmpty)
  }

  @Test
  func titles() {
    var evaluator = Evaluator(Self.program(.body, chain: [.urlDecode]))
    let record = RequestRecord(uri: "/")
    _ = evaluator.evaluate(record)
    guard case .leaf(let leaf)? = evaluator.trace(record).steps.first?.statement else {
      Issue.record("no leaf")
      return
    }
    #expect(leaf.title == "Body after URL_DECODE holds SQL injection (sensitivity HIGH)")
  }
}
