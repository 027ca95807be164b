import WAFEngine

/// Finds, for requests sorted by key and time, whether their key is limited.
///
/// An exact sliding window over recorded times, looked at by each check (`RateClock`). A key is
/// limited from the first check at which its count exceeds the limit to the first at which it does
/// not, so what the last check before a request saw decides. The count is bounded: requests that
/// certainly take part below, those that may, and those whose key is not known, above.
struct RateSweep {
  private let limit: Int
  private let windowTicks: Int64
  /// The first check of the recording: windows that begin before it are not all recorded.
  private let firstTick: Int64
  private let wildcards: WildcardCounts

  // The key at hand: counts of the checks that lie in the window, oldest first.
  private var key: RateKey?
  private var window: [(tick: Int64, counts: RateCounts)] = []
  private var windowStart = 0
  private var sum = RateCounts.none
  // The requests of the check at hand.
  private var tick: Int64 = 0
  private var pending = RateCounts.none
  private var finding = Bounds()

  /// For each of `wildcards.ticks`, the highest counts of a key.
  private var highest: [(possible: Int, possibleIfAssumed: Int)]

  private struct Bounds {
    var approximate = RateFinding.unknown
    var assumed = RateFinding.unknown
  }

  init(limit: Int, windowTicks: Int64, firstTick: Int64, wildcards: WildcardCounts) {
    self.limit = limit
    self.windowTicks = windowTicks
    self.firstTick = firstTick
    self.wildcards = wildcards
    highest = .init(repeating: (0, 0), count: wildcards.ticks.count)
  }

  /// The finding on the next request in order.
  mutating func next(_ entry: RateEntry) -> RateFinding {
    if entry.key != key {
      endKey()
      key = entry.key
      begin(entry)
    } else if entry.tick != tick {
      endTick(before: entry.tick)
      begin(entry)
    }
    pending.add(entry)
    var found = RateFinding.none
    if entry.approximate != .none { found = found.merged(with: finding.approximate) }
    if entry.assumed != .none { found = found.merged(with: finding.assumed) }
    return found
  }

  private mutating func begin(_ entry: RateEntry) {
    tick = entry.tick
    let isComplete = tick - 1 - windowTicks >= firstTick
    let others = wildcards.possible(in: tick - windowTicks..<tick)
    if entry.isWildcard {
      let place = wildcards.place(of: tick)
      let own = place < highest.count ? highest[place] : (possible: 0, possibleIfAssumed: 0)
      finding.approximate = judge(
        certain: 0, possible: own.possible + others.possible, isComplete,
        limited: .limited, notLimited: .notLimited)
      finding.assumed = judge(
        certain: 0, possible: own.possibleIfAssumed + others.possibleIfAssumed, isComplete,
        limited: .limitedIfAssumed, notLimited: .notLimitedIfAssumed)
      return
    }
    finding.approximate = judge(
      certain: sum.certain, possible: sum.possible + others.possible, isComplete,
      limited: .limited, notLimited: .notLimited)
    finding.assumed = judge(
      certain: sum.certainIfAssumed,
      possible: sum.possibleIfAssumed + others.possibleIfAssumed, isComplete,
      limited: .limitedIfAssumed, notLimited: .notLimitedIfAssumed)
  }

  private func judge(
    certain: Int, possible: Int, _ isComplete: Bool, limited: RateFinding, notLimited: RateFinding
  ) -> RateFinding {
    if certain > limit { return limited }
    guard possible <= limit else { return .unknown }
    return isComplete ? notLimited : .notLimitedIfNothingBefore
  }

  // MARK: The window

  private mutating func endKey() {
    endTick(before: nil)
    window.removeAll(keepingCapacity: true)
    windowStart = 0
    sum = .none
  }

  /// Counts the requests of the check at hand and moves the window on to the next one of the key.
  private mutating func endTick(before next: Int64?) {
    guard let key else { return }
    let isWildcard = key == .highest
    if !isWildcard {
      window.append((tick, pending))
      sum += pending
    }
    pending = .none
    if !isWildcard && !wildcards.isEmpty { raiseHighest(before: next) }
    if let next { evict(before: next - windowTicks) }
  }

  private mutating func evict(before tick: Int64) {
    while windowStart < window.count, window[windowStart].tick < tick {
      sum -= window[windowStart].counts
      windowStart += 1
    }
    if windowStart > 64, windowStart * 2 > window.count {
      window.removeSubrange(..<windowStart)
      windowStart = 0
    }
  }

  /// What the key counts at the times of requests without a key, up to its next own request.
  private mutating func raiseHighest(before next: Int64?) {
    let last = min(tick + windowTicks, next ?? .max)
    var place = wildcards.place(of: tick + 1)
    while place < wildcards.ticks.count, wildcards.ticks[place] <= last {
      evict(before: wildcards.ticks[place] - windowTicks)
      highest[place].possible = max(highest[place].possible, sum.possible)
      highest[place].possibleIfAssumed = max(
        highest[place].possibleIfAssumed, sum.possibleIfAssumed)
      place += 1
    }
  }
}
