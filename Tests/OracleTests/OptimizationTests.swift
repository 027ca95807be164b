import Foundation
import ManagedRules
import Testing
import WAFCompiler
import WAFEngine
import WAFModel
import WAFProgram
import WAFRequests

/// What an evaluator does to be quick makes no difference to what it says: all switched off, all
/// on, each alone on, each alone off.
///
/// Each variant has one evaluator for all records of a web ACL, and records come again: what one
/// record leaves behind must not show in another. What they are held against is an evaluator that has
/// seen no other record, with nothing on. `OPTIMIZATION_PAIRS` sets the number of pairs,
/// `ORACLE_SEED` the seed, and `OPTIMIZATION_CASE` runs one case.
@Suite struct OptimizationTests {
  private static let parts = 4
  private static let pairsPerACL = 20

  @Test("what is done to be quick changes nothing", arguments: 0..<parts)
  func saysTheSame(_ part: Int) throws {
    let environment = ProcessInfo.processInfo.environment
    let pairs = environment["OPTIMIZATION_PAIRS"].flatMap { Int($0) } ?? 2_400
    let seed = environment["ORACLE_SEED"].flatMap { UInt64($0) } ?? 1
    let catalogue = RulesetCatalogue.bundled()
    var totals = Totals()
    if let single = environment["OPTIMIZATION_CASE"].flatMap({ UInt64($0) }) {
      if part == 0 { Self.run(try OptimizationCase(seed: single, catalogue), &totals) }
    } else {
      let cases = (pairs + Self.pairsPerACL - 1) / Self.pairsPerACL
      for number in stride(from: part, to: cases, by: Self.parts)
      where totals.problems.count < 3 {
        let seed = seed &* 9_000_011 &+ UInt64(number)
        Self.run(try OptimizationCase(seed: seed, catalogue), &totals)
      }
    }
    for problem in totals.problems { Issue.record("\(problem)") }
    if totals.pairs > 10_000 { print(totals.summary) }
    // A generator that never reaches the hard cases proves nothing.
    guard totals.pairs >= 500 else { return }
    for certainty in Certainty.allCases {
      #expect(totals.certainties[certainty, default: 0] * 100 > totals.pairs, "\(certainty)")
    }
    #expect(totals.kinds.allSatisfy { $0.value * 100 > totals.pairs }, "\(totals.kinds)")
  }

  /// The exception: a value without the literals of a pattern is known not to match, where the pattern
  /// itself would give up.
  @Test(arguments: [
    (path: "xxqzj", plain: Certainty.exact, quick: Certainty.exact),
    (path: manyX + "xxqzj!", plain: .indeterminate, quick: .indeterminate),
    (path: manyX + " j", plain: .indeterminate, quick: .exact),
  ])
  func patternThatGivesUpIsNotRunInVain(_ path: String, _ plain: Certainty, _ quick: Certainty) {
    let regex = RegexMatchStatement(
      regexString: "^(x+x+)+qzj$", fieldToMatch: .uriPath,
      textTransformations: [TextTransformation(priority: 0, type: .none)])
    let webACL = WebACL(
      name: "shop", defaultAction: .allow(AllowAction()),
      rules: [
        Rule(
          name: "slow", priority: 0, statement: .regexMatch(regex),
          action: .block(BlockAction()))
      ])
    let program = Compiler.compile(
      Located(value: webACL, file: "acl.json"), bundle: DocumentBundle(),
      catalogue: RulesetCatalogue(), options: CompilerOptions()
    ).program
    var record = RequestRecord()
    record.path = record.appendExact(Array(path.utf8))
    for (_, options) in EngineOptions.variants {
      var evaluator = Evaluator(program, options: options)
      let certainty = evaluator.evaluate(record).certainty
      #expect(certainty == (options.usesPrefilters ? quick : plain), "\(options)")
    }
  }

  private static let manyX = String(repeating: "x", count: 60)

  private struct Totals {
    var pairs = 0
    var certainties: [Certainty: Int] = [:]
    var kinds: [String: Int] = [:]
    var otherLevels = 0
    var problems: [String] = []

    mutating func add(_ observation: Observation, hasRates: Bool) {
      pairs += 1
      certainties[observation.certainty, default: 0] += 1
      kinds["open fields", default: 0] += observation.hasOpenFields ? 1 : 0
      kinds["labels", default: 0] += observation.hasLabels ? 1 : 0
      kinds["assumptions", default: 0] += observation.hasAssumptions ? 1 : 0
      kinds["needs", default: 0] += observation.hasNeeds ? 1 : 0
      kinds["oversize", default: 0] += observation.hasOversize ? 1 : 0
      kinds["rates", default: 0] += hasRates ? 1 : 0
    }

    var summary: String {
      let kinds = kinds.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      let shares = Certainty.allCases.map { "\($0.name) \(certainties[$0] ?? 0)" }
      return """
        optimizations: \(pairs) pairs (\(shares.joined(separator: ", "))); \
        \(kinds.joined(separator: ", ")); other level \(otherLevels)
        """
    }
  }

  private static func run(_ item: OptimizationCase, _ totals: inout Totals) {
    let program = item.program(of: item.generated)
    let plain = item.plainObservations(program)
    for observation in plain { totals.add(observation, hasRates: !program.rates.isEmpty) }
    for (name, options) in EngineOptions.variants {
      let quick = item.observations(program, options)
      totals.otherLevels += zip(quick, plain).count { !$0.hasLevel(of: $1) }
      guard let difference = OptimizationCase.firstDifference(quick, plain) else { continue }
      totals.problems.append(item.report(difference.names, name, options))
      return
    }
  }
}

/// A web ACL and the records that are evaluated with it, some of them several times.
private struct OptimizationCase {
  let seed: UInt64
  let catalogue: RulesetCatalogue
  let generated: GeneratedACL
  let records: [RequestRecord]
  /// The order in which the records come.
  let plays: [Int]

  init(seed: UInt64, _ catalogue: RulesetCatalogue) throws {
    self.seed = seed
    var catalogue = catalogue
    var acls = WebACLGenerator(seed: seed, catalogue: catalogue)
    var dice = Dice(seed: seed ^ 0x5EED)
    var generated = acls.next()
    // Few rules as a rule, and now and then more than one word of bits.
    for _ in 0..<(dice.chance(15) ? dice.count(4...12) : 0) {
      generated.webACL.rules += acls.next().webACL.rules
    }
    if dice.chance(60) {
      var focused = FocusedGenerator(seed: seed)
      try focused.add(to: &generated.webACL, &catalogue)
    }
    for index in generated.webACL.rules.indices {
      generated.webACL.rules[index].name = "r\(index)"
      generated.webACL.rules[index].priority = index
      if dice.chance(6) { generated.webACL.rules[index].limitRate(&dice) }
    }
    self.generated = generated
    self.catalogue = catalogue
    var generator = RecordGenerator(seed: ~seed, scene: acls.scene)
    records = (0..<8).map { _ in generator.next() }
    plays = Array(records.indices) + (0..<12).map { _ in dice.below(8) }
  }

  func program(of generated: GeneratedACL) -> Program {
    Compiler.compile(
      Located(value: generated.webACL, file: "acl.json"), bundle: generated.bundle,
      catalogue: catalogue,
      options: CompilerOptions(
        resourceType: generated.resourceType, assumptions: generated.assumptions)
    ).program
  }

  func observations(_ program: Program, _ options: EngineOptions) -> [Observation] {
    var evaluator = Evaluator(program, options: options)
    var found: [Observation] = []
    for place in plays.indices { found.append(observe(place, &evaluator)) }
    return found
  }

  /// With nothing on, and an evaluator for each record.
  func plainObservations(_ program: Program) -> [Observation] {
    var found: [Observation] = []
    for place in plays.indices {
      var evaluator = Evaluator(program, options: .none)
      found.append(observe(place, &evaluator))
    }
    return found
  }

  private func observe(_ place: Int, _ evaluator: inout Evaluator) -> Observation {
    let play = plays[place]
    for rate in evaluator.rateFindings.indices {
      let finding = (play &* 5 &+ rate &* 3 &+ Int(seed & 0xFF)) % RateFinding.allCases.count
      evaluator.rateFindings[rate] = RateFinding.allCases[finding]
    }
    return Observation(&evaluator, records[play], isTraced: place % 5 == 0)
  }

  static func firstDifference(
    _ quick: [Observation], _ plain: [Observation]
  ) -> (place: Int, names: [String], text: String)? {
    for (place, (own, other)) in zip(quick, plain).enumerated() {
      let differences = own.differences(from: other)
      if differences.isEmpty { continue }
      let text = differences.map { "\($0.name) is \($0.values)" }.joined(separator: "; ")
      return (place, differences.map(\.name), text)
    }
    return nil
  }

  /// A small web ACL on which the same still differs, with everything about it.
  func report(_ names: [String], _ variant: String, _ options: EngineOptions) -> String {
    func difference(_ candidate: GeneratedACL) -> (place: Int, names: [String], text: String)? {
      let program = program(of: candidate)
      return Self.firstDifference(observations(program, options), plainObservations(program))
    }
    let smallest = Reproduction.shrink(generated) { difference($0)?.names == names }
    guard let found = difference(smallest) else { return "case \(seed): \(names) with \(variant)" }
    return """
      case \(seed), play \(found.place) with \(variant): \(found.text)
      \(Reproduction.describe(smallest))
      \(Reproduction.describe(records[plays[found.place]]))
      """
  }
}

extension EngineOptions {
  /// All on, each switch alone on, each alone off, and each with nothing but the prefilters, which
  /// some of them need.
  static var variants: [(name: String, options: EngineOptions)] {
    var found: [(name: String, options: EngineOptions)] = [
      ("all", .all), ("none", .none),
    ]
    func add(_ name: String, _ options: EngineOptions) {
      if !found.contains(where: { $0.options == options }) { found.append((name, options)) }
    }
    for (name, path) in switches {
      var (alone, missing) = (EngineOptions.none, EngineOptions.all)
      alone[keyPath: path] = true
      missing[keyPath: path] = false
      add("\(name) alone", alone)
      add("all but \(name)", missing)
      alone.usesPrefilters = true
      add("prefilters and \(name)", alone)
    }
    return found
  }
}

extension Rule {
  /// Makes a rate-based rule of a rule with an action of its own.
  fileprivate mutating func limitRate(_ dice: inout Dice) {
    guard action != nil else { return }
    statement = .rateBased(
      RateBasedStatement(
        limit: 100, aggregateKeyType: .ip,
        scopeDownStatement: dice.chance(80) ? statement : nil))
  }
}
