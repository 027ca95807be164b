import WAFEngine

/// Requests in a window, at both levels: those that count for certain, and those that may.
struct RateCounts: Hashable, Sendable {
  var certain = 0
  var possible = 0
  var certainIfAssumed = 0
  var possibleIfAssumed = 0

  static let none = RateCounts()

  mutating func add(_ entry: RateEntry) {
    switch entry.approximate {
    case .none: break
    case .maybe: possible += 1
    case .certain:
      certain += 1
      possible += 1
    }
    switch entry.assumed {
    case .none: break
    case .maybe: possibleIfAssumed += 1
    case .certain:
      certainIfAssumed += 1
      possibleIfAssumed += 1
    }
  }

  static func += (left: inout RateCounts, right: RateCounts) {
    left.certain += right.certain
    left.possible += right.possible
    left.certainIfAssumed += right.certainIfAssumed
    left.possibleIfAssumed += right.possibleIfAssumed
  }

  static func -= (left: inout RateCounts, right: RateCounts) {
    left.certain -= right.certain
    left.possible -= right.possible
    left.certainIfAssumed -= right.certainIfAssumed
    left.possibleIfAssumed -= right.possibleIfAssumed
  }
}

/// Requests whose key is not known: they could count under any key.
///
/// One count a check, so memory grows with the time recorded, not with the requests.
struct WildcardCounts: Sendable {
  private var byTick: [Int64: RateCounts] = [:]
  private(set) var ticks: [Int64] = []
  /// What all checks before that of the same place count, at the two levels.
  private var before: [(possible: Int, possibleIfAssumed: Int)] = [(0, 0)]

  var isEmpty: Bool { byTick.isEmpty }

  mutating func add(_ entry: RateEntry) {
    byTick[entry.tick, default: .none].add(entry)
  }

  /// Makes windows ready to be asked for.
  mutating func finish() {
    ticks = byTick.keys.sorted()
    before = [(0, 0)]
    for tick in ticks {
      let last = before[before.count - 1]
      let counts = byTick[tick] ?? .none
      before.append(
        (last.possible + counts.possible, last.possibleIfAssumed + counts.possibleIfAssumed))
    }
  }

  /// How many may count in the checks of a range.
  func possible(in range: Range<Int64>) -> (possible: Int, possibleIfAssumed: Int) {
    let low = before[place(of: range.lowerBound)]
    let high = before[place(of: range.upperBound)]
    return (high.possible - low.possible, high.possibleIfAssumed - low.possibleIfAssumed)
  }

  /// The first place whose check is not before `tick`.
  func place(of tick: Int64) -> Int {
    var low = 0
    var high = ticks.count
    while low < high {
      let middle = (low + high) / 2
      if ticks[middle] < tick { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
