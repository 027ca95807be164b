package import WAFProgram
package import WAFRequests

/// Runs two web ACLs over records and says how each record fares otherwise under the new one.
///
/// The verdicts' `open` is empty. Both share one evaluator: the leaves of both are answered once a record. An unknown that both ask
/// has one answer in each world. What changes:
///
/// 1. Each web ACL gives its verdict. Where the rules that only one of them has are known not to
///    match, both take the same way and nothing changes, whatever is unknown.
/// 2. Where both verdicts are decided, the change follows from them. Its certainty is the strictest
///    level at which all ends that are possible for one, with all that are possible for the other,
///    make it (the ends at that level are gathered without correlation: never too strict).
/// 3. Otherwise worlds are gone through one by one (`forks`).
package struct PairEvaluator: ~Copyable {
  private var evaluator: Evaluator
  private var other: AsideProgram
  private let sharesAnswers: Bool
  private let hasSameEnd: Bool
  private let areEqual: Bool
  /// By rule and by rule of the web ACL: the same number for the same name.
  let oldNames: RuleNames
  let newNames: RuleNames
  /// What the walks behind the verdicts found.
  package private(set) var oldDetails = VerdictDetails()
  package private(set) var newDetails = VerdictDetails()

  /// Worlds gone through for a record at most; beyond that the verdicts stand alone.
  package static let mostWorlds = 512

  package init(_ pair: ProgramPair, addresses: (any AddressDatabase)? = nil) {
    evaluator = Evaluator(pair.old, addresses: addresses)
    evaluator.findings.reserveRules(of: pair.new)
    evaluator.turn = 1
    evaluator.notesOpenFields = false
    evaluator.sharesAnswers = pair.sharesAnswers
    evaluator.sharesRates = pair.sharesRates
    other = AsideProgram(
      program: pair.new,
      rateFindings: .init(repeating: .none, count: pair.new.rates.count), turn: 2)
    sharesAnswers = pair.sharesAnswers
    hasSameEnd = pair.hasSameEnd
    areEqual = pair.areEqual
    var numbers: [String: Int32] = [:]
    oldNames = RuleNames(pair.old, &numbers)
    newNames = RuleNames(pair.new, &numbers)
  }

  /// Takes what a simulation found on the rates of a record, for each web ACL.
  package mutating func setRates(
    old: (Int) -> RateFinding, new: (Int) -> RateFinding
  ) {
    for rate in evaluator.rateFindings.indices { evaluator.rateFindings[rate] = old(rate) }
    for rate in other.rateFindings.indices { other.rateFindings[rate] = new(rate) }
  }

  /// What both web ACLs do with a record.
  package mutating func compare(_ record: borrowing RequestRecord) -> ComparedRequest {
    let old = evaluator.evaluate(record)
    evaluator.copyDetails(for: old, into: &oldDetails)
    let oldWalk = WalkSummary(evaluator, oldNames)
    evaluator.exchange(&other)
    let new = sharesAnswers ? evaluator.evaluateFurther(record) : evaluator.evaluate(record)
    evaluator.copyDetails(for: new, into: &newDetails)
    let newWalk = WalkSummary(evaluator, newNames)
    evaluator.exchange(&other)
    var comparison = ComparedRequest(old: old, new: new)
    guard !areEqual else { return comparison }
    if !hasSameEnd || oldWalk.metUnshared || newWalk.metUnshared || !sharesAnswers {
      comparison.change = change(old, oldWalk, new, newWalk, record)
      comparison.counts = countChanges(comparison, record)
    }
    return comparison
  }

  /// What would settle the new verdict, and the rules that are open; after `compare`.
  package mutating func needs(
    for verdict: Verdict, _ record: borrowing RequestRecord
  ) -> (needs: [Need], open: [OpenRule]) {
    evaluator.exchange(&other)
    if !sharesAnswers { evaluator.begin(record) }
    let needs = evaluator.needs(for: verdict, record)
    let open = evaluator.openRules
    evaluator.exchange(&other)
    return (needs, open)
  }

  // MARK: Changes of the action

  private mutating func change(
    _ old: Verdict, _ oldWalk: WalkSummary, _ new: Verdict, _ newWalk: WalkSummary,
    _ record: borrowing RequestRecord
  ) -> Change? {
    let level = max(old.level, new.level)
    if old.certainty != .indeterminate, new.certainty == .indeterminate {
      let kinds = kinds(of: oldWalk.ends, newWalk.ends)
      return Change(kind: .newlyIndeterminate, certainty: .indeterminate, possible: kinds.some)
    }
    let kinds = kinds(of: oldWalk.ends, newWalk.ends)
    if let kind = kinds.all {
      return Change(
        kind: kind, certainty: strictest(kind, below: level, record), possible: Change.KindSet(kind)
      )
    }
    if kinds.some.isEmpty { return nil }
    // Not all pairs of ends change. Which go together, and what is left of them where weaker answers
    // count too: another rule that is open at a strict level only is no change.
    let worlds = forks(at: .assumed, record) ?? kinds
    if let kind = worlds.all {
      return Change(
        kind: kind, certainty: strictest(kind, below: .assumed, record),
        possible: Change.KindSet(kind))
    }
    return worlds.some.gravest.map {
      Change(kind: $0, certainty: .indeterminate, possible: worlds.some)
    }
  }

  private struct Kinds {
    var some = Change.KindSet(rawValue: 0)
    /// The kind that all worlds show.
    var all: Change.Kind?
    private var isFirst = true

    mutating func add(_ kind: Change.Kind?) {
      if let kind { some.insert(Change.KindSet(kind)) }
      all = isFirst || all == kind ? kind : nil
      isFirst = false
    }
  }

  /// What the pairs of ends show, as though each could go with each.
  private func kinds(of old: [NamedEnd], _ new: [NamedEnd]) -> Kinds {
    var kinds = Kinds()
    for left in old {
      for right in new { kinds.add(right.change(from: left)) }
    }
    return kinds
  }

  /// The strictest level at which every pair of ends makes the change; `level` is known to.
  private mutating func strictest(
    _ kind: Change.Kind, below level: EvidenceLevel, _ record: borrowing RequestRecord
  ) -> Certainty {
    for candidate in EvidenceLevel.allCases where candidate < level {
      let old = ends(at: candidate, oldNames, record)
      evaluator.exchange(&other)
      let new = ends(at: candidate, newNames, record)
      evaluator.exchange(&other)
      if kinds(of: old, new).all == kind { return Certainty(candidate) }
    }
    return Certainty(level)
  }

  private mutating func ends(
    at level: EvidenceLevel, _ names: RuleNames, _ record: borrowing RequestRecord
  ) -> [NamedEnd] {
    if !sharesAnswers { evaluator.begin(record) }
    evaluator.runWalk(at: level, .worlds, record)
    return WalkSummary(evaluator, names).ends
  }

  mutating func exchangeTurns() { evaluator.exchange(&other) }

  /// The way through the web ACL whose turn it is.
  mutating func tracedWay(_ record: borrowing RequestRecord) -> Trace {
    if !sharesAnswers { evaluator.begin(record) }
    return evaluator.trace(record)
  }

  /// Whether a rule counts the request, of the web ACL whose turn it is.
  mutating func counts(
    _ name: Int32, at level: EvidenceLevel, _ names: RuleNames, _ record: borrowing RequestRecord
  ) -> Ternary {
    if !sharesAnswers { evaluator.begin(record) }
    return evaluator.counts(name, at: level, names, record)
  }

  // MARK: Worlds

  /// What the worlds show, each gone through with both web ACLs; nil where there are too many.
  ///
  /// Unknowns are settled as they are met: the first world has them all fail, and each further one
  /// has another of them hold, with those before it as they were.
  private mutating func forks(
    at level: EvidenceLevel, _ record: borrowing RequestRecord
  ) -> Kinds? {
    var kinds = Kinds()
    var worlds = 0
    // For each world to go through: which unknowns hold, and which are settled before new ones.
    var waiting: [(holds: ContiguousArray<UnknownChoice>, settled: [UnknownChoice])] = [([], [])]
    while let next = waiting.popLast() {
      worlds += 1
      guard worlds <= Self.mostWorlds else { return nil }
      evaluator.chosenUnknowns = next.holds
      if !sharesAnswers { evaluator.begin(record) }
      let old = evaluator.end(inWorldAt: level, record)
      var met = Array(evaluator.metUnknowns)
      evaluator.exchange(&other)
      evaluator.chosenUnknowns = next.holds
      if !sharesAnswers { evaluator.begin(record) }
      let new = evaluator.end(inWorldAt: level, record)
      met += evaluator.metUnknowns
      evaluator.exchange(&other)
      guard let old, let new else { return nil }
      kinds.add(newNames.end(new).change(from: oldNames.end(old)))
      var settled = next.settled
      for unknown in met where !settled.contains(unknown) {
        waiting.append((next.holds + [unknown], settled + [unknown]))
        settled.append(unknown)
      }
    }
    return kinds
  }
}

/// An end of the evaluation as a log names it.
struct NamedEnd: Hashable {
  var action: Action
  /// The same number for the same name in both web ACLs.
  var name: Int32

  func change(from old: NamedEnd) -> Change.Kind? {
    action.change(from: old.action) ?? (name == old.name ? nil : .ruleChanged)
  }
}

/// What is needed of a walk through all worlds.
struct WalkSummary {
  var ends: [NamedEnd] = []
  var metUnshared: Bool

  init(_ evaluator: borrowing Evaluator, _ names: RuleNames) {
    metUnshared = evaluator.metUnshared
    for index in evaluator.ends.indices {
      let end = names.end(evaluator.ends[index])
      if !ends.contains(end) { ends.append(end) }
    }
  }
}
