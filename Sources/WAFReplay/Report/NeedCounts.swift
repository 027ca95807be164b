import WAFEngine

/// Indeterminate requests by what would settle them.
///
/// Many requests are open in the same way, each with a dozen needs. So they are counted by all that
/// they need together, and what a single need is asked for by follows when somebody asks.
struct NeedCounts: Sendable {
  /// Requests that need the same.
  private struct Group {
    var needs: [Need]
    var openRules: [OpenRule]
    /// Where the open rules stand in the report.
    var places: [Int]
    var report = NeedReport()
  }

  private var groups: ContiguousArray<Group> = []
  /// The requests of groups that are no more: a recording can be open in more ways than are kept.
  private var others = Settled()

  /// What single needs, and evidence whatever the rules that ask for it, would settle.
  struct Settled: Equatable, Sendable {
    var byNeed: [Need: NeedReport] = [:]
    var byEvidence: [String: NeedReport] = [:]

    fileprivate mutating func add(_ needs: [Need], _ report: NeedReport) {
      for (index, need) in needs.enumerated() {
        byNeed[need, default: NeedReport()].merge(report)
        // Several rules may ask for the same: a request counts once.
        guard !needs[..<index].contains(where: { $0.evidence == need.evidence }) else { continue }
        byEvidence[need.evidence, default: NeedReport()].merge(report)
      }
    }

    fileprivate mutating func merge(_ other: Settled) {
      for (need, report) in other.byNeed { byNeed[need, default: NeedReport()].merge(report) }
      for (evidence, report) in other.byEvidence {
        byEvidence[evidence, default: NeedReport()].merge(report)
      }
    }
  }

  var settled: Settled {
    var sum = others
    for group in groups { sum.add(group.needs, group.report) }
    return sum
  }

  /// Adds a request; returns its group, for `openPlaces`.
  mutating func add(
    _ request: borrowing SummarizedRequest, needs: [Need], openRules: [OpenRule],
    _ index: ReportIndex
  ) -> Int {
    let place = place(of: needs, openRules) { openRules.map(index.place(of:)) }
    groups[place].report.add(request)
    return place
  }

  /// Where the open rules of a group stand in the report.
  func openPlaces(ofGroup place: Int) -> [Int] { groups[place].places }

  mutating func merge(_ other: NeedCounts) {
    others.merge(other.others)
    for group in other.groups {
      let place = place(of: group.needs, group.openRules) { group.places }
      groups[place].report.merge(group.report)
    }
  }

  private mutating func place(
    of needs: [Need], _ openRules: [OpenRule], places: () -> [Int]
  ) -> Int {
    // An evaluator that hands out the same arrays again is spared the comparison.
    for place in groups.indices
    where Self.isSame(groups[place].needs, needs) && Self.isSame(groups[place].openRules, openRules)
    {
      return place
    }
    for place in groups.indices
    where groups[place].needs == needs && groups[place].openRules == openRules {
      return place
    }
    if groups.count == Self.capacity {
      others = settled
      groups.removeAll(keepingCapacity: true)
    }
    groups.append(Group(needs: needs, openRules: openRules, places: places()))
    return groups.count - 1
  }

  /// Whether both are one array; arrays that are not may still hold the same.
  private static func isSame<Element>(_ left: [Element], _ right: [Element]) -> Bool {
    guard left.count == right.count else { return false }
    // Sound: the addresses are compared, not read from.
    return unsafe left.withUnsafeBufferPointer { left in
      unsafe right.withUnsafeBufferPointer { unsafe left.baseAddress == $0.baseAddress }
    }
  }

  /// The number of groups kept at most.
  private static let capacity = 64
}

extension NeedCounts: Equatable {
  /// Whether both say the same of every need, however they came about.
  static func == (left: NeedCounts, right: NeedCounts) -> Bool { left.settled == right.settled }
}
