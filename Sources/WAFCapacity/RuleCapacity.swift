public import Diagnostics

/// What a rule uses.
public struct RuleCapacity: Hashable, Sendable {
  /// The rule's name.
  public var name: String
  /// Where the rule is in the document.
  public var pointer: JSONPointer
  /// What the rule's capacity is made of, in the order of the document.
  public private(set) var parts: [CapacityPart] = []
  /// What is not known.
  public private(set) var unknowns: [UnknownCapacity] = []
  /// The sum of the parts; a least one where something is not known.
  public private(set) var capacity = Capacity.zero

  /// Creates a rule that uses nothing yet.
  package init(name: String, pointer: JSONPointer) {
    self.name = name
    self.pointer = pointer
  }

  /// Whether the capacity may be larger, as something is not known.
  public var isAtLeast: Bool { !unknowns.isEmpty }

  mutating func add(_ part: CapacityPart) {
    parts.append(part)
    capacity += part.capacity
  }

  mutating func add(_ unknown: UnknownCapacity) {
    unknowns.append(unknown)
  }

  /// What uses most: equal things are taken together; nil for a rule that uses nothing.
  public var costliest: (subject: String, count: Int, capacity: Capacity)? {
    var sums: [(subject: String, count: Int, capacity: Capacity)] = []
    for part in parts where part.capacity.upperBound > 0 {
      if let index = sums.firstIndex(where: { $0.subject == part.subject }) {
        sums[index].count += 1
        sums[index].capacity += part.capacity
      } else {
        sums.append((part.subject, 1, part.capacity))
      }
    }
    // Of equal ones the first, so that the answer does not depend on how `max` breaks ties.
    return sums.reversed().max {
      ($0.capacity.estimate, $0.capacity.upperBound)
        < ($1.capacity.estimate, $1.capacity.upperBound)
    }
  }
}
