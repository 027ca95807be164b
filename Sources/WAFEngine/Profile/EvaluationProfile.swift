package import WAFProgram

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What evaluators did, and how long it took: by rule, by slot and by pattern.
///
/// INVARIANT: merging is commutative and associative, and a new profile of the same program is its
/// neutral element. Counts depend on the records alone; times differ from run to run, so that a
/// profile is never part of a report.
package struct EvaluationProfile: Hashable, Sendable {
  /// What was done with one rule, slot or pattern.
  package struct Entry: Hashable, Sendable {
    /// How often it came up: evaluations of a rule, values computed of a slot, candidates that the
    /// prefilter left to a pattern.
    package var count = 0
    /// How often that led somewhere: matches of a rule or a pattern, values of a slot that its last
    /// transformation changed.
    package var hits = 0
    /// How often it is not known where it led: a rule that stays open, a pattern that gave up.
    package var unknown = 0
    /// How often a pattern was run to confirm a candidate, which can have several values.
    package var runs = 0
    /// The bytes that were looked at or made.
    package var bytes = 0
    /// The time spent, what it had to wait for included: a rule's is also that of the slots that it
    /// was the first to ask for.
    package var nanoseconds = 0

    package init(
      count: Int = 0, hits: Int = 0, unknown: Int = 0, runs: Int = 0, bytes: Int = 0,
      nanoseconds: Int = 0
    ) {
      self.count = count
      self.hits = hits
      self.unknown = unknown
      self.runs = runs
      self.bytes = bytes
      self.nanoseconds = nanoseconds
    }

    package mutating func merge(_ other: Entry) {
      count += other.count
      hits += other.hits
      unknown += other.unknown
      runs += other.runs
      bytes += other.bytes
      nanoseconds += other.nanoseconds
    }
  }

  /// By place in `Program.rules`.
  package var rules: ContiguousArray<Entry>
  /// By place in `Program.slots`.
  package var slots: ContiguousArray<Entry>
  /// By place in `Program.leaves`: conditions on the values of a slot, detectors included.
  package var patterns: ContiguousArray<Entry>

  /// The empty profile of a program.
  package init(_ program: Program) {
    rules = .init(repeating: Entry(), count: program.rules.count)
    slots = .init(repeating: Entry(), count: program.slots.count)
    patterns = .init(repeating: Entry(), count: program.leaves.count)
  }

  /// Adds what another evaluator of the same program did.
  package mutating func merge(_ other: EvaluationProfile) {
    Self.merge(&rules, other.rules)
    Self.merge(&slots, other.slots)
    Self.merge(&patterns, other.patterns)
  }

  private static func merge(
    _ entries: inout ContiguousArray<Entry>, _ others: ContiguousArray<Entry>
  ) {
    for (place, other) in zip(entries.indices, others) { entries[place].merge(other) }
  }

  /// The time of a clock that only goes forward, in nanoseconds: for differences.
  package static var now: Int {
    var time = timespec()
    // Sound: the call writes to the local value, and keeps no pointer to it.
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
  }
}
