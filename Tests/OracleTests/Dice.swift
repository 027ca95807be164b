import TestSupport

/// Random choices that one seed repeats.
struct Dice {
  private var generator: SplitMix

  init(seed: UInt64) {
    generator = SplitMix(state: seed)
  }

  mutating func below(_ count: Int) -> Int {
    Int(generator.next() % UInt64(count))
  }

  mutating func chance(_ percent: Int) -> Bool {
    below(100) < percent
  }

  mutating func pick<T>(_ items: [T]) -> T {
    items[below(items.count)]
  }

  /// A number from `range`.
  mutating func count(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  /// An item by weight.
  mutating func weighted<T>(_ items: [(Int, T)]) -> T {
    var rest = below(items.map(\.0).reduce(0, +))
    for (weight, item) in items {
      if rest < weight { return item }
      rest -= weight
    }
    return items[items.count - 1].1
  }
}
