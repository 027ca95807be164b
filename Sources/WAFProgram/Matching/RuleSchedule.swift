/// Which rules have to be visited, given what the prefilters have found.
///
/// Rules are bits of words; the place of a rule is that in `Program.rules`.
package struct RuleSchedule: Sendable {
  /// Rules that are scheduled together: those of a group, or of consecutive rules without one.
  package struct Segment: Sendable {
    package var tops: Range<Int>
    package var rules: Range<Int>
    package var isGroup: Bool
    /// The fields, and the miss groups, of the leaves that its rules watch.
    package var fields: [Int] = []
    package var missGroups: [Int] = []
    /// The parts with an inspection limit that its rules look at.
    package var inspected = InspectedParts(rawValue: 0)
    /// Whether some rule need not be visited.
    package var canSkip: Bool
  }

  package private(set) var segments: ContiguousArray<Segment> = []
  package private(set) var wordCount = 0
  /// By evidence level, the rules that are visited whatever the prefilters find: those that watch
  /// nothing, and those whose miss rests on something weaker than the level.
  package private(set) var visitedAt: ContiguousArray<ContiguousArray<UInt64>> = []
  /// By miss group, the rules that watch one of its leaves.
  package private(set) var watchersOfGroup: ContiguousArray<ContiguousArray<UInt64>> = []
  /// The rules that watch a leaf are `watchers[watcherStarts[leaf]..<watcherStarts[leaf + 1]]`.
  package private(set) var watcherStarts: ContiguousArray<Int32> = []
  package private(set) var watchers: ContiguousArray<Int32> = []
  /// The parts that the rules of the segment before a rule look at.
  package private(set) var inspectedBefore: ContiguousArray<InspectedParts> = []

  package init() {}

  init(_ program: Program, _ filters: LiteralFilters) {
    wordCount = (program.rules.count + 63) / 64
    let none = ContiguousArray<UInt64>(repeating: 0, count: wordCount)
    visitedAt = .init(repeating: none, count: EvidenceLevel.allCases.count)
    watchersOfGroup = .init(repeating: none, count: filters.missGroups.count)
    inspectedBefore = .init(repeating: InspectedParts(rawValue: 0), count: program.rules.count)
    var ofLeaf = [[Int32]](repeating: [], count: program.leaves.count)
    for tops in program.segments {
      var segment = Segment(
        tops: tops, rules: program.rules(of: tops),
        isGroup: program.topRules[tops.lowerBound].kind.isGroup, canSkip: false)
      for rule in segment.rules {
        inspectedBefore[rule] = segment.inspected
        segment.inspected.formUnion(program.rules[rule].inspected)
        guard let watch = program.watch(rule: rule, filters) else {
          for level in visitedAt.indices { Self.insert(rule, into: &visitedAt[level]) }
          continue
        }
        segment.canSkip = true
        for level in EvidenceLevel.allCases where program.missLevel(of: rule) > level {
          Self.insert(rule, into: &visitedAt[Int(level.rawValue)])
        }
        for group in watch.groups {
          Self.insert(rule, into: &watchersOfGroup[group])
          if !segment.missGroups.contains(group) { segment.missGroups.append(group) }
          let field = filters.missGroups[group].field
          if !segment.fields.contains(field) { segment.fields.append(field) }
        }
        for leaf in watch.leaves { ofLeaf[leaf.position].append(Int32(truncatingIfNeeded: rule)) }
      }
      segments.append(segment)
    }
    watcherStarts.append(0)
    for rules in ofLeaf {
      watchers.append(contentsOf: rules)
      watcherStarts.append(Int32(truncatingIfNeeded: watchers.count))
    }
  }

  private static func insert(_ rule: Int, into words: inout ContiguousArray<UInt64>) {
    words[rule >> 6] |= 1 << UInt64(rule & 63)
  }
}

extension Program {
  /// The rules of the web ACL, cut into groups and runs of rules without one.
  fileprivate var segments: [Range<Int>] {
    var found: [Range<Int>] = []
    for top in topRules.indices {
      if let last = found.last, !topRules[top].kind.isGroup,
        !topRules[last.lowerBound].kind.isGroup
      {
        found[found.count - 1] = last.lowerBound..<top + 1
      } else {
        found.append(top..<top + 1)
      }
    }
    return found
  }

  fileprivate func rules(of tops: Range<Int>) -> Range<Int> {
    guard let first = tops.first, let last = tops.last else { return 0..<0 }
    return topRules[first].rules.lowerBound..<topRules[last].rules.upperBound
  }

  /// The leaves that a rule watches; nil for one that does something although it does not match.
  fileprivate func watch(rule: Int, _ filters: LiteralFilters) -> Watch? {
    let top = topRules[Int(rules[rule].top)]
    guard rules[rule].geo.isEmpty, top.kind.isGroup || top.labelSources.isEmpty else { return nil }
    // Whatever rests on an assumption names it.
    guard missLevel(of: rule) < .assumed else { return nil }
    return watch(ruleInfo[rule].formula, filters)
  }

  /// What a rule's miss rests on at best.
  fileprivate func missLevel(of rule: Int) -> EvidenceLevel {
    var level = EvidenceLevel.exact
    for leaf in ruleInfo[rule].formula.leaves {
      if case .managedRule(let index) = leaves[leaf.position] {
        level = max(level, managed[index].missLevel)
      }
    }
    return level
  }
}
