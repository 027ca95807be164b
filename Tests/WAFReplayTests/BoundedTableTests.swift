import TestSupport
import Testing

@testable import WAFReplay

struct BoundedTableTests {
  private func key(_ number: Int) -> [UInt8] { Array("key-\(number)".utf8) }

  private func table(
    _ keys: some Sequence<Int>, capacity: Int
  ) -> BoundedTable<RequestCount> {
    var table = BoundedTable<RequestCount>(capacity: capacity)
    for number in keys { table.update(key(number).span) { $0.requests += 1 } }
    return table
  }

  @Test func fewKeysAreExact() {
    let table = table([1, 2, 2, 3, 3, 3], capacity: 3)
    #expect(table.isExact)
    #expect(table.distinctKeys == 3)
    #expect(table.top().map(\.key) == [key(3), key(2), key(1)])
    #expect(table.top(1).first?.value.requests == 3)
    #expect(table.others.requests == 0)
  }

  @Test func equalTalliesAreListedByKey() {
    #expect(table([5, 4, 6], capacity: 8).top().map(\.key) == [key(4), key(5), key(6)])
  }

  /// Capacity 16 with 1 to 16 times as many keys: below and above the pruning.
  @Test(arguments: [17, 20, 33, 64, 256])
  func keptKeysAreExactAndTheRestIsSummed(distinct: Int) {
    var random = SplitMix(state: UInt64(distinct))
    var expected: [[UInt8]: Int] = [:]
    var numbers: [Int] = []
    for _ in 0..<4000 {
      let number = Int.random(in: 0..<distinct, using: &random)
      numbers.append(number)
      expected[key(number), default: 0] += 1
    }
    let table = table(numbers, capacity: 16)
    #expect(!table.isExact)
    let kept = table.top()
    #expect(kept.count == 16)
    for entry in kept { #expect(expected[entry.key] == entry.value.requests) }
    #expect(kept.reduce(0) { $0 + $1.value.requests } + table.others.requests == 4000)
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func orderAndPartitionLeaveNoTrace(seed: UInt64) {
    var random = SplitMix(state: seed)
    let numbers = (0..<2000).map { _ in Int.random(in: 0..<150, using: &random) }
    let whole = table(numbers, capacity: 16)
    #expect(table(numbers.shuffled(using: &random), capacity: 16) == whole)
    var parts = [[Int]](repeating: [], count: 4)
    for number in numbers { parts[Int.random(in: 0..<4, using: &random)].append(number) }
    var merged = BoundedTable<RequestCount>(capacity: 16)
    for part in parts.shuffled(using: &random) { merged.merge(table(part, capacity: 16)) }
    #expect(merged == whole, "seed \(seed)")
  }

  @Test func differentTalliesDiffer() {
    #expect(table([1, 1], capacity: 4) != table([1], capacity: 4))
    #expect(table([1, 2], capacity: 4) != table([1, 3], capacity: 4))
  }

  @Test(arguments: [2000, 50_000])
  func distinctKeysAreEstimated(distinct: Int) {
    let table = table(0..<distinct, capacity: 1024)
    let error = abs(Double(table.distinctKeys - distinct)) / Double(distinct)
    #expect(error < 0.15)
  }

  /// An estimate never goes beyond what was counted.
  @Test(arguments: 1...40)
  func noMoreKeysThanRequests(seed: Int) {
    let keys = (seed * 1000)..<(seed * 1000 + 100)
    let table = table(keys, capacity: 16)
    #expect(!table.isExact)
    #expect(table.distinctKeys <= keys.count)
  }

  @Test func distinctThingsAreCounted() {
    var sketch = DistinctSketch()
    var half = DistinctSketch()
    var other = DistinctSketch()
    for number in 0..<20_000 {
      let hash = StableHash.hash(key(number % 5000).span)
      sketch.insert(hash)
      if number % 2 == 0 { half.insert(hash) } else { other.insert(hash) }
    }
    #expect(!sketch.isExact)
    #expect(abs(Double(sketch.count - 5000)) / 5000 < 0.15)
    half.merge(other)
    #expect(half == sketch)
    var few = DistinctSketch()
    for number in 0..<9000 { few.insert(StableHash.hash(key(number % 700).span)) }
    #expect(few.isExact)
    #expect(few.count == 700)
  }

  /// A hash of 0 is one like others.
  @Test func theSmallestHashIsCounted() {
    var sketch = DistinctSketch()
    for hash in [0, 5, 0, 7, 5] as [UInt64] { sketch.insert(hash) }
    #expect(sketch.count == 3)
    #expect(sketch.all == [0, 5, 7])
    var other = DistinctSketch()
    other.insert(9)
    other.merge(sketch)
    #expect(other.all == [0, 5, 7, 9])
    for hash in 1...5000 as ClosedRange<UInt64> { other.insert(hash << 50) }
    #expect(!other.isExact)
    sketch.merge(other)
    #expect(sketch == other)
  }

  /// Keys that mostly are the last one again need no hash, and count the same.
  @Test func recurringKeysCountTheSame() {
    let numbers = [1, 1, 1, 2, 2, 1, 3, 3, 3, 3, 2]
    var recurring = BoundedTable<RequestCount>(capacity: 2)
    for number in numbers { recurring.update(recurring: key(number).span) { $0.requests += 1 } }
    #expect(recurring == table(numbers, capacity: 2))
    #expect(recurring.top().reduce(0) { $0 + $1.value.requests } + recurring.others.requests == 11)
  }

  @Test func anUpdateTellsWhetherTheKeyWasThere() {
    var table = BoundedTable<RequestCount>(capacity: 4)
    let hash = StableHash.hash(key(1).span)
    let first = table.update(key(1).span, hash: hash) { $0.requests += 1 }
    let second = table.update(key(1).span, hash: hash) { $0.requests += 1 }
    #expect(!first && second)
  }
}
