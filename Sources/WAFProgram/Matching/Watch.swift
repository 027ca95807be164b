/// Leaves of which one must do more than miss plainly for a condition to do more than fail.
///
/// A rule none of whose watched leaves has a candidate need not be visited.
package struct Watch: Sendable {
  package var leaves: [LeafIndex]
  /// The miss groups of these leaves.
  package var groups: [Int]
  /// Whether the condition is an OR of just these leaves: where all are unknown, so is it.
  package var isPlain: Bool
}

/// The watch of a managed condition, which the hot path reads in place.
package final class ManagedWatch: Sendable {
  package let leaves: ContiguousArray<LeafIndex>
  package let groups: ContiguousArray<Int>
  package let isPlain: Bool

  init(_ watch: Watch) {
    leaves = ContiguousArray(watch.leaves)
    groups = ContiguousArray(watch.groups)
    isPlain = watch.isPlain
  }
}

extension Program {
  /// The leaves to watch for `formula`; nil where it has to be run.
  func watch(_ formula: Formula, _ filters: LiteralFilters) -> Watch? {
    switch formula {
    case .leaf(let leaf):
      if case .managedRule(let index) = leaves[leaf.position] {
        return managed[index].watch.map {
          Watch(leaves: Array($0.leaves), groups: Array($0.groups), isPlain: false)
        }
      }
      let filter = filters.leaves[leaf.position]
      guard filter.bit >= 0 else { return nil }
      return Watch(leaves: [leaf], groups: [Int(filter.group)], isPlain: true)
    case .or(let parts):
      guard !parts.isEmpty else { return nil }
      var all = Watch(leaves: [], groups: [], isPlain: true)
      for part in parts {
        guard let watch = watch(part, filters) else { return nil }
        all.add(watch)
      }
      return all
    case .and(let parts):
      // Where the first part fails, nothing else is looked at. Behind another part it would not do:
      // what that one leaves unknown is noted, whatever the rest says.
      guard let first = parts.first, var watch = watch(first, filters) else { return nil }
      watch.isPlain = watch.isPlain && parts.count == 1
      return watch
    case .not: return nil
    }
  }

  /// The leaves to watch for a managed rule's condition: those of all its branches.
  func watch(_ condition: ManagedCondition, _ filters: LiteralFilters) -> Watch? {
    guard condition.assumption == nil, !condition.branches.isEmpty else { return nil }
    return watch(.or(condition.branches.map(\.formula)), filters)
  }
}

extension Watch {
  fileprivate mutating func add(_ other: Watch) {
    for leaf in other.leaves where !leaves.contains(leaf) { leaves.append(leaf) }
    for group in other.groups where !groups.contains(group) { groups.append(group) }
    isPlain = isPlain && other.isPlain
  }
}
