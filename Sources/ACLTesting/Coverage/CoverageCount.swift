import Diagnostics
import Findings
import WAFEngine
import WAFModel
import WAFProgram
import Wafcast

/// Counts what requests have shown of a web ACL.
struct CoverageCount {
  /// The items that count.
  private(set) var items: [Coverage.Item] = []
  /// What does not: rules that somebody else maintains, and groups that are not at hand.
  private(set) var others: [Coverage.Item] = []

  /// Where an item is kept.
  private struct Slot {
    var index: Int
    var counts: Bool
  }

  private let program: Program
  /// The items of the program's rules, of the web ACL's rules, and of the leaves of either.
  private var ruleSlots: [Int: Slot] = [:]
  private var topSlots: [Int: Slot] = [:]
  private var leavesOfRule: [Int: Range<Int>] = [:]
  private var leavesOfTop: [Int: Range<Int>] = [:]

  init(_ acl: CompiledWebACL, countsManagedRules: Bool) {
    program = acl.program
    let places = RulePlaces(acl)
    for top in program.topRules.indices {
      let rule = program.topRules[top]
      let place = places.tops[top]
      let isForeign = place == nil || rule.opaqueGroup != nil
      topSlots[top] = add(
        Coverage.Item(
          kind: .rule, name: rule.name, rule: rule.name, location: place?.location),
        counts: !isForeign)
      switch rule.kind {
      case .plain, .rateBased:
        ruleSlots[rule.rules.lowerBound] = topSlots[top]
        guard let place else { break }
        leavesOfRule[rule.rules.lowerBound] = addLeaves(
          of: place.statement, rule.name, places.sources)
      case .managedRuleGroup, .ruleGroup:
        if let place, case .managedRuleGroup(let body) = place.statement.statement,
          let scopeDown = body.scopeDownStatement
        {
          leavesOfTop[top] = addLeaves(
            of: place.statement.scopeDown(scopeDown), rule.name, places.sources)
        }
        let inner = places.inner(of: place)
        for index in rule.rules {
          let own = inner[program.ruleInfo[index].name]
          let path = program.ruleInfo[index].path
          let isManaged = rule.kind == .managedRuleGroup
          ruleSlots[index] = add(
            Coverage.Item(kind: .rule, name: path, rule: path, location: own?.location),
            counts: isManaged ? countsManagedRules && !isForeign : own != nil)
          if let own { leavesOfRule[index] = addLeaves(of: own.statement, path, places.sources) }
        }
      }
    }
  }

  private mutating func add(_ item: Coverage.Item, counts: Bool) -> Slot {
    if counts { items.append(item) } else { others.append(item) }
    return Slot(index: (counts ? items : others).count - 1, counts: counts)
  }

  private mutating func addLeaves(
    of statement: PlacedStatement, _ rule: String, _ sources: SourceMap
  ) -> Range<Int> {
    let start = items.count
    for leaf in statement.leaves {
      items.append(
        Coverage.Item(
          kind: .leaf, name: leaf.name, rule: rule,
          location: Finding.Location(leaf.place, in: sources)))
    }
    return start..<items.count
  }

  // MARK: Counting

  /// Counts the steps of one request.
  mutating func add(_ way: WayThrough) {
    for step in way.steps {
      guard let rule = step.rule else {
        addLeaves(step.step.statement, leavesOfTop[step.top])
        continue
      }
      let matched = step.step.matchesOrIsCounted
      if let matched { add(matched, ruleSlots[rule]) }
      addLeaves(step.step.statement, leavesOfRule[rule])
    }
    for (top, slot) in topSlots where program.topRules[top].kind.isGroup {
      if way.matchedGroups.contains(top) {
        add(true, slot)
      } else if way.steps.contains(where: { $0.top == top }) {
        add(false, slot)
      }
    }
  }

  private mutating func addLeaves(_ statement: TraceStatement, _ range: Range<Int>?) {
    // A statement that could not be lowered has other leaves than the document: nothing is known.
    let outcomes = statement.documentLeaves
    guard let range, range.count == outcomes.count else { return }
    for (index, outcome) in zip(range, outcomes) {
      switch outcome {
      case .match: items[index].matches += 1
      case .noMatch: items[index].misses += 1
      case .unknown: break
      }
    }
  }

  private mutating func add(_ matched: Bool, _ slot: Slot?) {
    guard let slot else { return }
    func count(_ item: inout Coverage.Item) {
      if matched { item.matches += 1 } else { item.misses += 1 }
    }
    if slot.counts { count(&items[slot.index]) } else { count(&others[slot.index]) }
  }
}

extension TraceStep {
  /// Whether the rule matches; nil where that is not known.
  ///
  /// No request alone exceeds a rate: of a rate-based rule it is told whether the request counts.
  fileprivate var matchesOrIsCounted: Bool? {
    if case .leaf(let leaf) = statement, let rate = leaf.rate, outcome != .match {
      let scope = rate.scopeDown?.truth ?? .match
      if scope == .unknown || rate.hasKey == .unknown { return nil }
      return scope == .match && rate.hasKey == .match
    }
    switch outcome {
    case .match: return true
    case .noMatch: return false
    case .unknown: return nil
    }
  }
}

extension TraceStatement {
  /// The answers of the leaves that stand in the document.
  fileprivate var documentLeaves: [TraceOutcome] {
    switch self {
    case .and(let parts), .or(let parts): return parts.flatMap(\.documentLeaves)
    case .not(let part): return part.documentLeaves
    case .leaf(let leaf):
      guard let rate = leaf.rate else { return [leaf.outcome] }
      return rate.scopeDown?.documentLeaves ?? []
    }
  }

  /// What the statement says, by Kleene's logic over its leaves.
  fileprivate var truth: TraceOutcome {
    switch self {
    case .leaf(let leaf): return leaf.outcome
    case .not(let part):
      switch part.truth {
      case .match: return .noMatch
      case .noMatch: return .match
      case .unknown: return .unknown
      }
    case .and(let parts):
      let truths = parts.map(\.truth)
      if truths.contains(.noMatch) { return .noMatch }
      return truths.contains(.unknown) ? .unknown : .match
    case .or(let parts):
      let truths = parts.map(\.truth)
      if truths.contains(.match) { return .match }
      return truths.contains(.unknown) ? .unknown : .noMatch
    }
  }
}
