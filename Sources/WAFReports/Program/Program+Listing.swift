import Literals
import ReportText
import WAFProgram

/// A literal that stands before a condition.
package struct ListedLiteral: Hashable, Sendable {
  /// The text, as it may be shown.
  package var text: String
  package var ignoresCase: Bool
}

extension Program {
  /// The literals of which a value must hold one for the condition to be looked at; none where it
  /// is looked at for every value.
  func listedLiterals(before leaf: LeafIndex) -> [ListedLiteral] {
    guard let (_, _, needles) = literals(of: leaves[leaf.position]) else { return [] }
    var listed: [ListedLiteral] = []
    for needle in needles {
      let literal = ListedLiteral(text: shown(needle.bytes), ignoresCase: needle.ignoresCase)
      if !listed.contains(literal) { listed.append(literal) }
    }
    return listed
  }

  /// By rule, the conditions that it watches; nil for one that is always looked at.
  var watchedLeaves: [[Int]?] {
    var watched = [[Int]?](repeating: nil, count: rules.count)
    for leaf in leaves.indices {
      let range = schedule.watcherStarts[leaf]..<schedule.watcherStarts[leaf + 1]
      for place in range {
        watched[Int(schedule.watchers[Int(place)]), default: []].append(leaf)
      }
    }
    return watched
  }
}

extension [[Int]?] {
  fileprivate subscript(index: Int, default other: [Int]) -> [Int] {
    get { self[index] ?? other }
    set { self[index] = newValue }
  }
}

extension Condition {
  /// The slot that the condition looks at; nil for one that is about no component.
  var slot: SlotIndex? {
    switch self {
    case .bytes(let slot, _, _, _), .regex(let slot, _, _), .size(let slot, _, _, _),
      .detector(let slot, _, _):
      slot
    case .ipSet, .country, .asn, .label, .rate, .managedRule, .token, .resource, .unknowable:
      nil
    }
  }
}
