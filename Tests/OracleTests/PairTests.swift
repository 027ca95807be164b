import Foundation
import ManagedRules
import Testing
import WAFCompiler
import WAFEngine
import WAFModel
import WAFProgram
import WAFRequests

/// Two web ACLs over one set of leaves, against the same two alone and against the forking oracle.
///
/// `PAIR_CASES` sets the number of web ACLs, `ORACLE_SEED` the seed.
@Suite struct PairTests {
  private static let recordsPerACL = 12

  /// What is done to the old web ACL to make the new one.
  enum Mutation: CaseIterable {
    case none, renumbered, neverMatching, counting, swapped, removed, defaultAction, blockAll
    case renamed

    /// Whether it can change nothing for any request, whatever is unknown.
    var changesNothing: Bool { self == .none || self == .renumbered || self == .neverMatching }
    /// Whether no action changes; that one may change is said all the same where unknown labels and
    /// groups that are not at hand are not known to be the same.
    var keepsActions: Bool { changesNothing || self == .counting || self == .renamed }
  }

  @Test("a comparison never claims more than the worlds of both sides do")
  func pairsAgree() {
    let environment = ProcessInfo.processInfo.environment
    let cases = environment["PAIR_CASES"].flatMap { UInt64($0) } ?? 450
    let seed = environment["ORACLE_SEED"].flatMap { UInt64($0) } ?? 1
    let catalogue = RulesetCatalogue.bundled()
    var totals = Totals()
    for number in 0..<cases where totals.problems.count < 5 {
      let mutation = Mutation.allCases[Int(number) % Mutation.allCases.count]
      Self.run(seed &* 7_000_003 &+ number, mutation, catalogue, &totals)
    }
    for problem in totals.problems { Issue.record("\(problem)") }
    // A generator that never changes anything proves nothing.
    #expect(totals.changed * 20 > totals.compared)
    #expect(totals.possibly > 0)
    #expect(totals.unchangedWhileOpen > 0)
  }

  private struct Totals {
    var compared = 0
    var changed = 0
    var possibly = 0
    /// Both sides undecided, and yet nothing changes.
    var unchangedWhileOpen = 0
    var problems: [String] = []
  }

  private static func run(
    _ seed: UInt64, _ mutation: Mutation, _ catalogue: RulesetCatalogue, _ totals: inout Totals
  ) {
    var acls = WebACLGenerator(seed: seed, catalogue: catalogue)
    let old = acls.next()
    var records = RecordGenerator(seed: ~seed, scene: acls.scene)
    let other = acls.next()
    var new = old
    new.webACL = mutated(old.webACL, mutation, other.webACL.rules)
    let options = CompilerOptions(
      resourceType: old.resourceType, assumptions: old.assumptions)
    func located(_ acl: GeneratedACL) -> Located<WebACL> {
      Located(value: acl.webACL, file: "acl.json")
    }
    let pair = Compiler.compile(
      old: located(old), old.bundle, new: located(new), new.bundle, catalogue: catalogue,
      options: options
    ).programs
    var evaluator = PairEvaluator(pair)
    var alone = [old, new].map { acl in
      Compiler.compile(
        located(acl), bundle: acl.bundle, catalogue: catalogue, options: options
      ).program
    }
    let newProgram = alone.removeLast()
    let oldProgram = alone.removeLast()
    var oldAlone = Evaluator(oldProgram)
    var newAlone = Evaluator(newProgram)
    let oracles = [old, new].map { OracleACL($0, catalogue: catalogue) }
    for index in 0..<recordsPerACL {
      let record = records.next()
      let compared = evaluator.compare(record)
      totals.compared += 1
      var problems: [String] = []
      let left = oldAlone.evaluate(record)
      let right = newAlone.evaluate(record)
      for (name, together, alone, programs) in [
        ("old", compared.old, left, (pair.old, oldProgram)),
        ("new", compared.new, right, (pair.new, newProgram)),
      ] {
        if together.action != alone.action || together.certainty != alone.certainty
          || together.possible != alone.possible
          || programs.0.rulePath(of: together) != programs.1.rulePath(of: alone)
          || together.responseCode != alone.responseCode
        {
          problems.append("the \(name) verdict is \(together), alone it is \(alone)")
        }
      }
      if mutation.changesNothing, compared.change != nil || !compared.counts.isEmpty {
        problems.append("nothing can change, but \(compared.change as Any), \(compared.counts)")
      }
      if mutation.keepsActions, let change = compared.change,
        change.certainty != .indeterminate,
        change.kind != .ruleChanged || mutation == .counting
      {
        problems.append("no action can change, but \(change)")
      }
      problems += claims(of: compared, record, oracles)
      switch compared.change?.certainty {
      case nil:
        if left.certainty == .indeterminate, right.certainty == .indeterminate {
          totals.unchangedWhileOpen += 1
        }
      case .indeterminate: totals.possibly += 1
      default: totals.changed += 1
      }
      totals.problems += problems.map { "case \(seed) \(mutation), record \(index): \($0)" }
    }
  }

  /// What is claimed, held against all worlds of each side alone.
  private static func claims(
    of compared: ComparedRequest, _ record: RequestRecord, _ oracles: [OracleACL]
  ) -> [String] {
    let oracle = oracles.map { Oracle(record, for: $0, mostWorlds: 256) }
    if let change = compared.change, change.certainty != .indeterminate {
      guard let level = EvidenceLevel.allCases.first(where: { Certainty($0) == change.certainty }),
        let old = oracle[0].summary(at: level), let new = oracle[1].summary(at: level)
      else { return [] }
      // Where both sides are open, unknowns that they share decide: more than each side alone tells.
      if !old.possible.isSingle, !new.possible.isSingle { return [] }
      for left in old.possible.actions {
        for right in new.possible.actions where kind(left, right) != change.kind {
          return ["\(change), but \(left) becomes \(right) in some worlds of \(level)"]
        }
      }
      return []
    }
    guard compared.change == nil, let old = oracle[0].summary(at: .assumed),
      let new = oracle[1].summary(at: .assumed)
    else { return [] }
    // Without a change the worlds pair up: both sides can do the same things.
    return old.possible == new.possible
      ? [] : ["no change, but \(old.possible.actions) becomes \(new.possible.actions)"]
  }

  private static func kind(_ old: Action, _ new: Action) -> Change.Kind {
    if old == new { return .ruleChanged }
    switch new {
    case .allow, .count: return .newlyAllowed
    case .block: return .newlyBlocked
    case .captcha, .challenge, .monetize: return .newlyChallenged
    }
  }

  // MARK: Mutations

  private static func mutated(
    _ webACL: WebACL, _ mutation: Mutation, _ others: [Rule]
  ) -> WebACL {
    var webACL = webACL
    var rules = webACL.rules.sorted { $0.priority < $1.priority }
    switch mutation {
    case .none: break
    case .renumbered:
      for index in rules.indices { rules[index].priority = 1000 + 7 * index }
    case .neverMatching:
      let size = Statement.sizeConstraint(
        SizeConstraintStatement(
          fieldToMatch: .method, comparisonOperator: .gt, size: 3,
          textTransformations: [TextTransformation(priority: 0, type: .none)]))
      rules.insert(
        Rule(
          name: "never", priority: -1,
          statement: .and(
            AndStatement(statements: [size, .not(NotStatement(statement: size))])),
          action: .block(BlockAction())), at: rules.count / 2)
    case .counting:
      if var rule = others.first(where: { rule in
        guard rule.action != nil, rule.ruleLabels.isEmpty else { return false }
        if case .rateBased = rule.statement { return false }
        return !hasGeo(rule.statement)
      }) {
        rule.name = "counting"
        rule.action = .count(CountAction())
        rules.insert(rule, at: rules.count / 2)
      }
    case .swapped: if rules.count > 1 { rules.swapAt(0, rules.count - 1) }
    case .removed: if !rules.isEmpty { rules.remove(at: rules.count / 2) }
    case .defaultAction:
      webACL.defaultAction =
        if case .allow = webACL.defaultAction { .block(BlockAction()) } else {
          .allow(AllowAction())
        }
    case .blockAll:
      let method = Statement.sizeConstraint(
        SizeConstraintStatement(
          fieldToMatch: .uriPath, comparisonOperator: .ge, size: 0,
          textTransformations: [TextTransformation(priority: 0, type: .none)]))
      rules.insert(
        Rule(name: "all", priority: 0, statement: method, action: .block(BlockAction())), at: 0)
    case .renamed: if !rules.isEmpty { rules[rules.count / 2].name = "renamed" }
    }
    if mutation != .none, mutation != .renumbered {
      for index in rules.indices { rules[index].priority = index }
    }
    webACL.rules = rules
    return webACL
  }

  private static func hasGeo(_ statement: Statement) -> Bool {
    switch statement {
    case .geoMatch, .opaque: true
    case .and(let body): body.statements.contains(where: hasGeo)
    case .or(let body): body.statements.contains(where: hasGeo)
    case .not(let body): hasGeo(body.statement)
    default: false
    }
  }
}
