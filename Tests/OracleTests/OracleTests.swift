import Foundation
import ManagedRules
import Testing
import WAFCompiler
import WAFEngine
import WAFModel
import WAFProgram
import WAFRequests

/// The engine against an independent evaluator that forks on every unknown.
///
/// `ORACLE_PAIRS` sets the number of pairs, `ORACLE_SEED` the seed, `ORACLE_CASE` runs one case,
/// and `ORACLE_EXAMPLES` prints so many pairs on which the engine claims less than it could.
@Suite struct OracleTests {
  private static let recordsPerACL = 25
  private static let mostWorlds = 2048

  @Test("the engine never claims more than the worlds do")
  func oracleAgrees() async {
    let environment = ProcessInfo.processInfo.environment
    let pairs = environment["ORACLE_PAIRS"].flatMap { Int($0) } ?? 20_000
    let seed = environment["ORACLE_SEED"].flatMap { UInt64($0) } ?? 1
    let catalogue = RulesetCatalogue.bundled()
    if let single = environment["ORACLE_CASE"].flatMap({ UInt64($0) }) {
      var totals = Totals()
      Self.run(single, catalogue, &totals)
      print(totals.summary)
      return
    }
    let cases = (pairs + Self.recordsPerACL - 1) / Self.recordsPerACL
    let workers = max(1, min(4, ProcessInfo.processInfo.activeProcessorCount))
    let totals = await withTaskGroup(of: Totals.self) { group in
      for worker in 0..<workers {
        group.addTask {
          var totals = Totals()
          for number in stride(from: worker, to: cases, by: workers) {
            Self.run(seed &* 1_000_003 &+ UInt64(number), catalogue, &totals)
            if totals.kindsReported.count >= 4 { break }
          }
          return totals
        }
      }
      return await group.reduce(into: Totals()) { $0.add($1) }
    }
    print(totals.summary)
    #expect(totals.failures == 0, "seed \(seed)")
    // A generator that never reaches the hard cases proves nothing.
    if totals.pairs >= 5000 {
      #expect(totals.labelDecides * 100 >= totals.pairs)
      #expect(totals.labelDecidesAfterCountedGroup * 1000 >= totals.pairs)
      #expect(totals.skipped * 100 <= totals.pairs)
      #expect(totals.coverage.missing == [])
    }
  }

  private static func run(
    _ seed: UInt64, _ catalogue: RulesetCatalogue, _ totals: inout Totals
  ) {
    var acls = WebACLGenerator(seed: seed, catalogue: catalogue)
    let generated = acls.next()
    var records = RecordGenerator(seed: ~seed, scene: acls.scene)
    let (acl, program) = prepare(generated, catalogue)
    var evaluator = Evaluator(program)
    var answers = LeafAnswers(acl)
    defer { totals.coverage.add(answers, of: acl) }
    for index in 0..<recordsPerACL {
      let record = records.next()
      let comparison = Comparison(
        record, acl: acl, evaluator: &evaluator, mostWorlds: mostWorlds)
      totals.add(comparison)
      if let truth = comparison.truth { answers.add(comparison.oracle.record, truth) }
      if comparison.claimsLess, totals.examples > 0 {
        totals.examples -= 1
        print(
          smallest(generated, record, "claims less, case \(seed), record \(index)", catalogue) {
            $0.claimsLess && $0.lessFields == comparison.lessFields
          })
      }
      guard !comparison.violations.isEmpty else { continue }
      totals.failures += 1
      // One report a kind: the first says most, and shrinking takes its time.
      guard totals.kindsReported.insert(comparison.kind).inserted else { return }
      let text = smallest(generated, record, "case \(seed), record \(index)", catalogue) {
        $0.kind == comparison.kind
      }
      Issue.record("\(text)")
      return
    }
  }

  private static func prepare(
    _ generated: GeneratedACL, _ catalogue: RulesetCatalogue
  ) -> (OracleACL, Program) {
    let program = Compiler.compile(
      Located(value: generated.webACL, file: "acl.json"), bundle: generated.bundle,
      catalogue: catalogue,
      options: CompilerOptions(
        resourceType: generated.resourceType, assumptions: generated.assumptions)
    ).program
    return (OracleACL(generated, catalogue: catalogue), program)
  }

  /// A small web ACL on which the record still shows the same, with everything about it.
  private static func smallest(
    _ generated: GeneratedACL, _ record: RequestRecord, _ title: String,
    _ catalogue: RulesetCatalogue, shows: (Comparison) -> Bool
  ) -> String {
    func compare(_ candidate: GeneratedACL) -> Comparison {
      let (acl, program) = prepare(candidate, catalogue)
      var evaluator = Evaluator(program)
      return Comparison(record, acl: acl, evaluator: &evaluator, mostWorlds: mostWorlds)
    }
    let smallest = Reproduction.shrink(generated) { shows(compare($0)) }
    return """
      \(title): \(compare(smallest).violations.joined(separator: "; "))
      \(compare(smallest).note)
      \(Reproduction.describe(smallest))
      \(Reproduction.describe(record))
      """
  }
}

/// Counts over all pairs.
private struct Totals {
  var pairs = 0
  var failures = 0
  var kindsReported: Set<[String]> = []
  var skipped = 0
  var labelDecides = 0
  var labelDecidesAfterCountedGroup = 0
  var mostWorlds = 0
  /// How many pairs on which the engine claims less are still to be printed.
  var examples = ProcessInfo.processInfo.environment["ORACLE_EXAMPLES"].flatMap { Int($0) } ?? 0
  private var coarser = 0
  private var larger = 0
  private var moreOpen = 0
  private var less = 0
  private var otherFilling = 0
  private var otherAction = 0
  private var certainties: [Certainty: Int] = [:]
  private var lessFields: [String: Int] = [:]
  var coverage = Coverage()

  mutating func add(_ other: Totals) {
    pairs += other.pairs
    failures += other.failures
    kindsReported.formUnion(other.kindsReported)
    skipped += other.skipped
    labelDecides += other.labelDecides
    labelDecidesAfterCountedGroup += other.labelDecidesAfterCountedGroup
    mostWorlds = max(mostWorlds, other.mostWorlds)
    coarser += other.coarser
    larger += other.larger
    moreOpen += other.moreOpen
    less += other.less
    otherFilling += other.otherFilling
    otherAction += other.otherAction
    certainties.merge(other.certainties, uniquingKeysWith: +)
    coverage.formUnion(other.coverage)
    lessFields.merge(other.lessFields, uniquingKeysWith: +)
  }

  mutating func add(_ comparison: Comparison) {
    pairs += 1
    guard !comparison.isSkipped else {
      skipped += 1
      return
    }
    certainties[comparison.certainty, default: 0] += 1
    mostWorlds = max(mostWorlds, comparison.worlds)
    if comparison.labelDecides { labelDecides += 1 }
    if comparison.labelDecidesAfterCountedGroup { labelDecidesAfterCountedGroup += 1 }
    if comparison.certaintyIsCoarser { coarser += 1 }
    if comparison.possibleIsLarger { larger += 1 }
    if comparison.openIsLarger { moreOpen += 1 }
    if comparison.claimsLess { less += 1 }
    for name in comparison.lessFields.names { lessFields[name, default: 0] += 1 }
    if comparison.fillingDiffers { otherFilling += 1 }
    if comparison.actionDiffers { otherAction += 1 }
  }

  var summary: String {
    let fields = lessFields.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      .joined(separator: ", ")
    let shares = Certainty.allCases.map { "\($0.name) \(certainties[$0] ?? 0)" }
    return """
      oracle: \(pairs) pairs (\(shares.joined(separator: ", "))), \(skipped) skipped, \
      at most \(mostWorlds) worlds
      engine claims less on \(less): coarser certainty \(coarser), more actions \(larger), \
      more open fields \(moreOpen) (\(fields)); \
      other filling \(otherFilling), other action \(otherAction)
      an unknown label decides for a terminating rule in \(labelDecides), after a group under \
      override Count in \(labelDecidesAfterCountedGroup)
      """
  }
}
