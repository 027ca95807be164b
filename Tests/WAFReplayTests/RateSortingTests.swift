import TestSupport
import Testing

@testable import WAFEngine
@testable import WAFReplay

struct RateSortingTests {
  private static func entries(_ count: Int, seed: UInt64) -> [RateEntry] {
    var random = SplitMix(state: seed)
    return (0..<count).map { ordinal in
      let key = Int.random(in: 0..<12, using: &random)
      return RateEntry(
        key: key == 0 ? nil : RateKey(rawValue: UInt128(key) << 90 | UInt128(key)),
        tick: Int64.random(in: -5...5, using: &random), ordinal: ordinal,
        approximate: .maybe, assumed: .certain)
    }
  }

  @Test(arguments: [1, 2, 3, 100, 5000])
  func entriesComeOutInOrderWhateverIsKeptInMemory(capacity: Int) throws {
    for count in [0, 1, 2, 99, 100, 101, 3000] {
      let entries = Self.entries(count, seed: UInt64(count))
      var sorter = RateEntrySorter(capacity: capacity)
      for entry in entries { try sorter.add(entry) }
      var sorted: [RateEntry] = []
      try sorter.drain { sorted.append($0) }
      #expect(sorted == entries.sorted())
      try sorter.drain { _ in Issue.record("the sorter should be empty") }
    }
  }

  @Test func entriesSurviveTheFile() {
    for entry in Self.entries(50, seed: 3) {
      var bytes: [UInt8] = [7]
      entry.append(to: &bytes)
      #expect(bytes.count == RateEntry.byteCount + 1)
      #expect(RateEntry(bytes[1...]) == entry)
    }
  }

  @Test(
    arguments: [
      (0, 0), (1, 1), (9_999, 1), (10_000, 1), (10_001, 2), (-1, 0), (-10_000, -1), (-9_999, 0),
      (Int64.max, 922_337_203_685_478), (Int64.min, -922_337_203_685_477),
    ] as [(Int64, Int64)])
  func timesAreRoundedUpToChecks(timestamp: Int64, tick: Int64) {
    #expect(RateClock.tick(timestamp) == tick)
  }

  @Test func strongerFindingsStay() {
    for finding in RateFinding.allCases {
      #expect(finding.merged(with: .none) == finding)
      #expect(RateFinding.none.merged(with: finding) == finding)
    }
    #expect(RateFinding.unknown.merged(with: .limitedIfAssumed) == .limitedIfAssumed)
    #expect(RateFinding.notLimited.merged(with: .notLimitedIfAssumed) == .notLimited)
  }

  @Test func findingsAreKeptByRecord() {
    var random = SplitMix(state: 11)
    var findings = RateFindings(rateCount: 2)
    findings.reserve(1, recordCount: 33)
    var expected = [RateFinding](repeating: .none, count: 33)
    for _ in 0..<100 {
      let ordinal = Int.random(in: 0..<33, using: &random)
      let finding = RateFinding.allCases.randomElement(using: &random) ?? .none
      findings.add(finding, 1, ordinal: ordinal)
      expected[ordinal] = expected[ordinal].merged(with: finding)
    }
    #expect((0..<33).map { findings.finding(1, ordinal: $0) } == expected)
    // Records that came later than the simulation.
    #expect(findings.finding(1, ordinal: 40) == .none)
    #expect(findings.finding(0, ordinal: 3) == .none)
  }
}
