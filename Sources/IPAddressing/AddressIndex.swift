/// The sets of a list that an address lies in, as a number: addresses of one class lie in the same
/// sets.
@frozen
package struct AddressClass: Hashable, Sendable {
  package let rawValue: Int32

  @inlinable package init(_ rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// The class of the addresses that lie in no set.
  package static var none: AddressClass {
    @inlinable get { AddressClass(0) }
  }
}

/// All IP sets of a program in one structure: a single lookup says which of them hold an address.
///
/// The bounds of all ranges cut the addresses into intervals within which nothing changes; each
/// interval has a class, and a class is a row of bits, one a set. Looking an address up is a
/// ``FloorTable`` search, a few cache misses however many sets there are; a test of a set is a bit
/// of the class. Equal to asking each ``CIDRSet`` by itself; IPv4-mapped IPv6 addresses are IPv6
/// addresses here too.
package struct AddressIndex: Sendable {
  private let v4: FloorTable<UInt32>
  private let v6: WideFloorTable
  /// The rows of all classes, one behind the other.
  @usableFromInline let rows: ContiguousArray<UInt64>
  @usableFromInline let wordsPerRow: Int

  /// The index of `sets`, which have their places in it.
  package init(_ sets: some Collection<CIDRSet>) {
    var classes = ClassTable(setCount: sets.count)
    v4 = FloorTable(classes.intervals(of: sets.map(\.v4)))
    v6 = WideFloorTable(classes.intervals(of: sets.map(\.v6)))
    rows = classes.rows
    wordsPerRow = classes.wordsPerRow
  }

  /// The index of no sets: it takes no time to make.
  package init() {
    v4 = FloorTable([])
    v6 = WideFloorTable([])
    rows = [0]
    wordsPerRow = 1
  }

  /// The sets that `address` lies in.
  package func memberships(of address: IPAddress) -> AddressClass {
    guard !v4.isEmpty else { return .none }
    return switch address {
    case .v4(let bits): AddressClass(v4.value(at: bits))
    case .v6(let bits): AddressClass(v6.value(at: bits))
    }
  }

  /// Whether the addresses of `members` lie in the set at the place `set`.
  @inlinable package func contains(_ set: Int, in members: AddressClass) -> Bool {
    rows[Int(members.rawValue) &* wordsPerRow &+ set &>> 6] & 1 &<< UInt64(set & 63) != 0
  }

  /// The number of classes, that of no set included.
  package var classCount: Int { rows.count / wordsPerRow }

  /// The bytes that the tables take.
  package var byteCount: Int { v4.byteCount + v6.byteCount + rows.count * 8 }
}

/// Classes by the sets that they stand for, while an index is made.
private struct ClassTable {
  let wordsPerRow: Int
  private(set) var rows: ContiguousArray<UInt64>
  private var classes: [[UInt64]: Int32] = [:]
  /// The class beyond a bound of a set, by class and set.
  ///
  /// There are few ways to cross a bound, and hashing one is quicker than hashing a row.
  private var crossings: [Crossing: Int32] = [:]

  private struct Crossing: Hashable {
    var from: Int32
    var set: Int32
  }

  init(setCount: Int) {
    wordsPerRow = max(1, (setCount + 63) / 64)
    rows = ContiguousArray(repeating: 0, count: wordsPerRow)
    classes[Array(rows)] = 0
  }

  /// The intervals of all addresses that `sets` cut, in order, neighbours of different classes.
  mutating func intervals<Value>(
    of sets: [SortedRanges<Value>]
  ) -> ContiguousArray<FloorEntry<Value>> {
    var bounds: [Bound<Value>] = []
    bounds.reserveCapacity(sets.reduce(0) { $0 + 2 * $1.firsts.count })
    for (place, set) in sets.enumerated() {
      let place = Int32(truncatingIfNeeded: place)
      for (first, last) in zip(set.firsts, set.lasts) {
        bounds.append(Bound(at: first, set: place))
        // The space ends with its last address: nothing is behind that bound.
        if last < .max { bounds.append(Bound(at: last + 1, set: place)) }
      }
    }
    // Each set's bounds are sorted already: runs that the standard library's sort merges.
    bounds.sort { $0.at < $1.at }

    var intervals: ContiguousArray = [FloorEntry<Value>(key: 0, value: 0)]
    intervals.reserveCapacity(bounds.count + 1)
    var current: Int32 = 0
    var index = 0
    while index < bounds.count {
      let key = bounds[index].at
      var end = index + 1
      while end < bounds.count, bounds[end].at == key { end += 1 }
      current =
        end == index + 1
        ? crossed(Crossing(from: current, set: bounds[index].set))
        : crossed(from: current, bounds[index..<end].lazy.map(\.set))
      index = end
      let last = intervals.count - 1
      if intervals[last].key == key {
        intervals[last].value = current
      } else if intervals[last].value != current {
        intervals.append(FloorEntry(key: key, value: current))
      }
    }
    return intervals
  }

  /// A bound of a set: to one side addresses lie in it, to the other they don't.
  private struct Bound<Value> {
    var at: Value
    var set: Int32
  }

  private mutating func crossed(_ crossing: Crossing) -> Int32 {
    if let known = crossings[crossing] { return known }
    let found = crossed(from: crossing.from, CollectionOfOne(crossing.set))
    crossings[crossing] = found
    return found
  }

  /// The class beyond bounds of `sets`, which lie at one place.
  private mutating func crossed(from start: Int32, _ sets: some Sequence<Int32>) -> Int32 {
    var row = Array(rows[Int(start) * wordsPerRow..<(Int(start) + 1) * wordsPerRow])
    for set in sets { row[Int(set) >> 6] ^= 1 << UInt64(set & 63) }
    return intern(row)
  }

  private mutating func intern(_ row: [UInt64]) -> Int32 {
    if let known = classes[row] { return known }
    let index = Int32(truncatingIfNeeded: rows.count / wordsPerRow)
    rows.append(contentsOf: row)
    classes[row] = index
    return index
  }
}
