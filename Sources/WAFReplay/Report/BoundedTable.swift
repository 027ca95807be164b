import Bytes

/// Tallies by key in bounded memory: exact while there are at most `capacity` distinct keys, beyond
/// that exact for the keys with the `capacity` smallest hashes, and a sum for the rest.
///
/// A key whose hash is among the `capacity` smallest of all keys is among them in every part of
/// the input too, so it is never dropped: what remains in the end does not depend on the order of
/// the input nor on how it was split. The kept keys are then a fair sample of the distinct keys,
/// not the largest ones; `isExact` says which of the two a report shows.
package struct BoundedTable<Value: Tally>: Sendable {
  /// One key with its tally.
  package struct Entry: Sendable {
    package var key: [UInt8]
    package var value: Value
    var hash: UInt64
  }

  /// How many keys are kept at least.
  package let capacity: Int
  // INVARIANT: entries whose order is above `limit` are not here but in `dropped`; up to twice the
  // capacity wait for the next pruning, so that pruning costs little a key.
  private var keys = KeyIndex()
  /// The tallies of `keys`.
  private var values: ContiguousArray<Value> = []
  private var limit: (hash: UInt64, key: [UInt8])?
  private var dropped = Value()

  package init(capacity: Int) {
    self.capacity = max(1, capacity)
  }

  package var isEmpty: Bool { values.isEmpty }

  /// Whether every key is kept, so that all figures are exact.
  package var isExact: Bool { limit == nil && values.count <= capacity }

  /// The number of distinct keys; an estimate unless `isExact`.
  package var distinctKeys: Int {
    guard !isExact else { return values.count }
    let kept = keptPlaces
    guard let largest = kept.last.map({ keys.hash(at: $0) }), largest > 0 else { return kept.count }
    // The k-th smallest of n evenly spread hashes lies near k/n of the way.
    let share = Double(largest) / Double(UInt64.max)
    let estimate = Int((Double(kept.count - 1) / share).rounded())
    // A key that is not kept was counted once at least.
    return min(max(kept.count, estimate), kept.count + others.weight)
  }

  /// The kept keys, largest tally first, of equal ones by key.
  package func top(_ count: Int = .max) -> [Entry] {
    let sorted = keptPlaces.map(entry(at:)).sorted { left, right in
      let weights = (left.value.weight, right.value.weight)
      if weights.0 != weights.1 { return weights.0 > weights.1 }
      return left.key.lexicographicallyPrecedes(right.key)
    }
    return Array(sorted.prefix(count))
  }

  /// The sum over the keys that are not kept.
  package var others: Value {
    var sum = dropped
    if values.count > capacity {
      for place in sortedPlaces.dropFirst(capacity) { sum.merge(values[place]) }
    }
    return sum
  }

  /// The tally of a kept key.
  package subscript(key: [UInt8]) -> Value? {
    keptPlaces.first { keys.key(at: $0) == key }.map { values[$0] }
  }

  // MARK: Adding

  /// Changes the tally of `key`, or that of the keys not kept; whether the key was in the table.
  @discardableResult
  package mutating func update(
    _ key: Span<UInt8>, hash: UInt64, _ change: (inout Value) -> Void
  ) -> Bool {
    if let found = keys.place(of: key, hash) {
      change(&values[found])
      return true
    }
    add(key, hash, change)
    return false
  }

  package mutating func update(_ key: Span<UInt8>, _ change: (inout Value) -> Void) {
    update(key, hash: StableHash.hash(key), change)
  }

  /// The same for keys of which the one added last mostly comes again: that needs no hash.
  mutating func update(recurring key: Span<UInt8>, _ change: (inout Value) -> Void) {
    if keys.isLast(key) {
      change(&values[values.count - 1])
    } else {
      update(key, change)
    }
  }

  package mutating func merge(_ other: BoundedTable) {
    dropped.merge(other.dropped)
    if let theirs = other.limit, limit.map({ Self.precedes(theirs, $0) }) ?? true {
      limit = theirs
      dropEntriesAboveLimit()
    }
    for place in other.values.indices {
      other.keys.withKey(at: place) { key in
        update(key, hash: other.keys.hash(at: place)) { $0.merge(other.values[place]) }
      }
    }
  }

  // MARK: Parts

  /// Changes the tally of a key that is not in the table.
  @inline(never)
  private mutating func add(
    _ key: Span<UInt8>, _ hash: UInt64, _ change: (inout Value) -> Void
  ) {
    if values.count >= 2 * capacity, !isAboveLimit(key, hash) { prune() }
    guard !isAboveLimit(key, hash) else {
      change(&dropped)
      return
    }
    var value = Value()
    change(&value)
    keys.append(key, hash)
    values.append(value)
  }

  private mutating func prune() {
    let sorted = sortedPlaces
    for place in sorted.dropFirst(capacity) { dropped.merge(values[place]) }
    keep(sorted.prefix(capacity))
    if let last = values.indices.last { limit = (keys.hash(at: last), keys.key(at: last)) }
  }

  private mutating func dropEntriesAboveLimit() {
    guard let limit else { return }
    var kept: [Int] = []
    for place in values.indices {
      if Self.precedes(limit, (keys.hash(at: place), keys.key(at: place))) {
        dropped.merge(values[place])
      } else {
        kept.append(place)
      }
    }
    keep(kept[...])
  }

  /// Drops all other entries.
  private mutating func keep(_ places: ArraySlice<Int>) {
    var (keptKeys, keptValues) = (KeyIndex(), ContiguousArray<Value>())
    for place in places {
      keys.withKey(at: place) { keptKeys.append($0, keys.hash(at: place)) }
      keptValues.append(values[place])
    }
    (keys, values) = (keptKeys, keptValues)
  }

  private func isAboveLimit(_ key: Span<UInt8>, _ hash: UInt64) -> Bool {
    guard let limit else { return false }
    if hash != limit.hash { return hash > limit.hash }
    return limit.key.lexicographicallyPrecedes([UInt8](key))
  }

  private static func precedes(
    _ left: (hash: UInt64, key: [UInt8]), _ right: (hash: UInt64, key: [UInt8])
  ) -> Bool {
    if left.hash != right.hash { return left.hash < right.hash }
    return left.key.lexicographicallyPrecedes(right.key)
  }

  private func entry(at place: Int) -> Entry {
    Entry(key: keys.key(at: place), value: values[place], hash: keys.hash(at: place))
  }

  /// The places of the entries in the order of their hashes.
  private var sortedPlaces: [Int] {
    values.indices.sorted { left, right in
      let hashes = (keys.hash(at: left), keys.hash(at: right))
      if hashes.0 != hashes.1 { return hashes.0 < hashes.1 }
      return keys.key(at: left).lexicographicallyPrecedes(keys.key(at: right))
    }
  }

  /// The places of the kept entries in the order of their hashes.
  private var keptPlaces: ArraySlice<Int> { sortedPlaces.prefix(capacity) }
}

extension BoundedTable: Equatable {
  /// Whether both say the same, however they came about.
  package static func == (left: BoundedTable, right: BoundedTable) -> Bool {
    let (ours, theirs) = (left.keptPlaces, right.keptPlaces)
    guard left.capacity == right.capacity, ours.count == theirs.count,
      left.isExact == right.isExact, left.others == right.others
    else { return false }
    return zip(ours, theirs).allSatisfy { our, their in
      left.values[our] == right.values[their] && left.keys.key(at: our) == right.keys.key(at: their)
    }
  }
}
