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
    ("/?a=1&b=1'%20OR%201", nil, Shown(false, .assumed)),
    ("/?a=1&b=1'%20OR%201", .noMatch, Shown(false, .assumed)),
    ("/?a=1&b=1'%20OR%201", .match, Shown(true, .assumed)),
    ("/?a=1&b=1'%20OR%201", .unknown, .unknown),
    ("/?a=abc", .match, Shown(false, .approximate)),
    ("/?a=abc&b=REDACTED", nil, .unknown), ("/?a=-&b=REDACTED", nil, .unknown),
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
    #expect(shown(Self.program(.body), large) == Shown(false, .assumed))
    var record = RequestRecord(uri: "/")
    record.fragment = .absent
    #expect(shown(Self.program(.uriFragment(.match)), record) == .yes)
  }

  @Test
  func transformedValuesAreLookedAt() {
    let record = RequestRecord(uri: "/?a=%61")
    #expect(shown(Self.program(.allArguments), record) == Shown(false, .assumed))
    #expect(
      shown(Self.program(.allArguments, chain: [.urlDecode]), record) == Shown(false, .approximate))
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
