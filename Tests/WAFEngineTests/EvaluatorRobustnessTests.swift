import TestSupport
import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// Whatever bytes and states a record has: no trap, and a verdict that fits itself.
struct EvaluatorRobustnessTests {
  private static func program(_ random: inout SplitMix) -> Program {
    sketch(limits: BodyLimits(stated: nil, assumed: .applicationLoadBalancer, configured: [:])) {
      builder in
      for number in 0..<12 {
        var formula = condition(&builder, &random)
        if Bool.random(using: &random) { formula = .not(formula) }
        if Bool.random(using: &random) { formula = .and([formula, condition(&builder, &random)]) }
        let action = Action.allCases[Int.random(in: 0..<5, using: &random)]
        let labels = ["awswaf:111122223333:webacl:acl:l\(number % 3)"]
        if number % 4 == 0 {
          builder.group(
            "g\(number)", counts: Bool.random(using: &random),
            scopeDown: Bool.random(using: &random) ? condition(&builder, &random) : nil)
          builder.groupRule("r", action, formula, labels: labels)
          builder.groupRule("s", .count, condition(&builder, &random), labels: ["awswaf:1:x:y"])
        } else {
          builder.rule("r\(number)", action, formula, labels: labels)
        }
      }
    }
  }

  private static func condition(
    _ builder: inout ProgramBuilder, _ random: inout SplitMix
  ) -> Formula {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return builder.label("l\(Int.random(in: 0..<3, using: &random))")
    case 1:
      return builder.managed("G/\(builder.program.managed.count)", [(.high, builder.path("/a"))])
    default: return ComponentSketch.condition(&builder, &random)
    }
  }

  private static func record(_ random: inout SplitMix) -> RequestRecord {
    var record = RequestRecord()
    func component(_ random: inout SplitMix) -> Component {
      let state = ComponentState.allCases[
        Int.random(in: ComponentState.allCases.indices, using: &random)]
      guard state.hasBytes else { return Component(state) }
      let alphabet = Array("an=&;%u4 \"+/.,REDACTED\0\u{e9}{}[]:\\".utf8)
      let isLong = Int.random(in: 0..<10, using: &random) == 0
      let count = Int.random(in: 0...(isLong ? 9000 : 30), using: &random)
      return Component(
        state,
        record.append(
          (0..<count).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] }))
    }
    record.method = component(&random)
    record.path = component(&random)
    record.query = component(&random)
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      let name = ["n", "cookie", "Cookie", "content-length"][Int.random(in: 0..<4, using: &random)]
      let value = component(&random)
      record.headers.append(Header(name: record.append(Array(name.utf8)), value: value))
    }
    record.fragment = component(&random)
    record.ja3Fingerprint = component(&random)
    record.headersAreComplete = Bool.random(using: &random)
    record.body = component(&random)
    record.settleBody(
      observedSize: Bool.random(using: &random) ? Int.random(in: 0...20_000, using: &random) : nil)
    return record
  }

  @Test
  func verdictsFitThemselves() {
    let seed: UInt64 = 0x5eed_0002
    var random = SplitMix(state: seed)
    var seen: Set<Certainty> = []
    for round in 0..<60 {
      let program = Self.program(&random)
      var evaluator = Evaluator(program)
      for _ in 0..<40 {
        let record = Self.record(&random)
        let verdict = evaluator.evaluate(record)
        let needs = evaluator.needs(for: verdict, record)
        let trace = evaluator.trace(record)
        seen.insert(verdict.certainty)
        let fits =
          verdict.possible.contains(verdict.action)
          && (verdict.certainty == .indeterminate) != verdict.possible.isSingle
          && needs.isEmpty == verdict.possible.isSingle
          && trace.steps.count <= program.rules.count + program.topRules.count
          && evaluator.evaluate(record) == verdict
        guard !fits else { continue }
        Issue.record("round \(round) of seed \(seed): \(verdict), needs \(needs)")
        return
      }
    }
    #expect(seen.isSuperset(of: [.exact, .approximate, .indeterminate]))
  }
}
