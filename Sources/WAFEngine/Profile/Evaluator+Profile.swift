import WAFProgram
import WAFRequests

// Where the time goes, where somebody asks: the clock is read around what a rule, a slot or a
// condition costs, and nowhere else.

extension Evaluator {
  /// Begins to count and to measure.
  package mutating func startProfile() {
    profile = EvaluationProfile(program)
    isProfiling = true
  }

  mutating func profiledRun(
    rule index: Int, entry: Int32, _ record: borrowing RequestRecord
  ) -> Ternary {
    let start = EvaluationProfile.now
    let value = run(entry, record)
    profile.rules[index].nanoseconds += EvaluationProfile.now - start
    profile.rules[index].count += 1
    switch value {
    case .match: profile.rules[index].hits += 1
    case .unknown: profile.rules[index].unknown += 1
    case .no: break
    }
    return value
  }

  /// The answer of a condition that the prefilter left open.
  mutating func profiledAnswer(
    _ leaf: Int, _ condition: Condition, _ record: borrowing RequestRecord
  ) -> Answer {
    let start = EvaluationProfile.now
    let outer = profiledLeaf
    profiledLeaf = leaf
    let answer = computeAnswer(condition, record)
    profiledLeaf = outer
    profile.patterns[leaf].nanoseconds += EvaluationProfile.now - start
    profile.patterns[leaf].count += 1
    if answer.value == .match { profile.patterns[leaf].hits += 1 }
    if answer.value == .unknown, answer.reason == .gaveUp { profile.patterns[leaf].unknown += 1 }
    return answer
  }

  /// Counts a run of a condition on a value.
  mutating func profileRun(bytes: Int) {
    guard profiledLeaf >= 0 else { return }
    profile.patterns[profiledLeaf].runs += 1
    profile.patterns[profiledLeaf].bytes += bytes
  }

  /// Counts what has been made of a slot since `start`.
  mutating func profileSlot(_ slot: Int, since start: Int, bytes: Int, hasChanged: Bool) {
    profile.slots[slot].count += 1
    profile.slots[slot].bytes += bytes
    if hasChanged { profile.slots[slot].hits += 1 }
    profile.slots[slot].nanoseconds += EvaluationProfile.now - start
  }
}
