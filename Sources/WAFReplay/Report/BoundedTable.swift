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
  private var entries: ContiguousArray<Entry> = []
  /// Open addressing over `entries`; -1 is a free place.
  ///
  /// Its size is a power of two.
  private var index: ContiguousArray<Int32> = []
  private var limit: (hash: UInt64, key: [UInt8])?
  private var dropped = Value()

  package init(capacity: Int) {
    self.capacity = max(1, capacity)
  }

  package var isEmpty: Bool { entries.isEmpty }

  /// Whether every key is kept, so that all figures are exact.
  package var isExact: Bool { limit == nil && entries.count <= capacity }

  /// The number of distinct keys; an estimate unless `isExact`.
  package var distinctKeys: Int {
    guard !isExact else { return entries.count }
    let kept = keptEntries
    guard let largest = kept.last?.hash, largest > 0 else { return kept.count }
    // The k-th smallest of n evenly spread hashes lies near k/n of the way.
    let share = Double(largest) / Double(UInt64.max)
    let estimate = Int((Double(kept.count - 1) / share).rounded())
    // A key that is not kept was counted once at least.
    return min(max(kept.count, estimate), kept.count + others.weight)
  }

  /// The kept keys, largest tally first, of equal ones by key.
  package func top(_ count: Int = .max) -> [Entry] {
    let sorted = keptEntries.sorted { left, right in
      let weights = (left.value.weight, right.value.weight)
      if weights.0 != weights.1 { return weights.0 > weights.1 }
      return left.key.lexicographicallyPrecedes(right.key)
    }
    return Array(sorted.prefix(count))
  }

  /// The sum over the keys that are not kept.
  package var others: Value {
    var sum = dropped
    if entries.count > capacity {
      for entry in sortedEntries.dropFirst(capacity) { sum.merge(entry.value) }
    }
    return sum
  }

  /// The tally of a kept key.
  package subscript(key: [UInt8]) -> Value? {
    keptEntries.first { $0.key == key }?.value
  }

  // MARK: Adding

  /// Changes the tally of `key`, or that of the keys not kept.
  package mutating func update(
    _ key: Span<UInt8>, hash: UInt64, _ change: (inout Value) -> Void
  ) {
    if let found = find(key, hash) {
      change(&entries[found].value)
    } else if isAboveLimit(key, hash) {
      change(&dropped)
    } else {
      var value = Value()
      change(&value)
      insert(Entry(key: [UInt8](key), value: value, hash: hash))
    }
  }

  package mutating func update(_ key: Span<UInt8>, _ change: (inout Value) -> Void) {
    update(key, hash: StableHash.hash(key), change)
  }

  package mutating func merge(_ other: BoundedTable) {
    dropped.merge(other.dropped)
    if let theirs = other.limit, limit.map({ Self.precedes(theirs, $0) }) ?? true {
      limit = theirs
      dropEntriesAboveLimit()
    }
    for entry in other.entries {
      update(entry.key.span, hash: entry.hash) { $0.merge(entry.value) }
    }
  }

  // MARK: Parts

  private func find(_ key: Span<UInt8>, _ hash: UInt64) -> Int? {
    guard !index.isEmpty else { return nil }
    let mask = index.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while index[place] >= 0 {
      let candidate = Int(index[place])
      if entries[candidate].hash == hash {
        let known = entries[candidate].key
        if known.span.equals(key) { return candidate }
      }
      place = (place + 1) & mask
    }
    return nil
  }

  private mutating func insert(_ entry: Entry) {
    if entries.count >= 2 * capacity {
      prune()
      if isAboveLimit(entry.key.span, entry.hash) {
        dropped.merge(entry.value)
        return
      }
    }
    entries.append(entry)
    if entries.count * 2 > index.count { rebuildIndex() } else { place(entries.count - 1) }
  }

  private mutating func prune() {
    let sorted = sortedEntries
    for entry in sorted.dropFirst(capacity) { dropped.merge(entry.value) }
    entries = ContiguousArray(sorted.prefix(capacity))
    if let last = entries.last { limit = (last.hash, last.key) }
    rebuildIndex()
  }

  private mutating func dropEntriesAboveLimit() {
    guard let limit else { return }
    var kept: ContiguousArray<Entry> = []
    for entry in entries {
      if Self.precedes(limit, (entry.hash, entry.key)) {
        dropped.merge(entry.value)
      } else {
        kept.append(entry)
      }
    }
    entries = kept
    rebuildIndex()
  }

  private mutating func rebuildIndex() {
    var size = 16
    while size < entries.count * 4 { size *= 2 }
    index = ContiguousArray(repeating: -1, count: size)
    for entry in entries.indices { place(entry) }
  }

  private mutating func place(_ entry: Int) {
    let mask = index.count - 1
    var place = Int(truncatingIfNeeded: entries[entry].hash) & mask
    while index[place] >= 0 { place = (place + 1) & mask }
    index[place] = Int32(truncatingIfNeeded: entry)
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

  private var sortedEntries: [Entry] {
    entries.sorted { Self.precedes(($0.hash, $0.key), ($1.hash, $1.key)) }
  }

  /// The kept entries in the order of their hashes.
  private var keptEntries: ArraySlice<Entry> { sortedEntries.prefix(capacity) }
}

extension BoundedTable: Equatable {
  /// Whether both say the same, however they came about.
  package static func == (left: BoundedTable, right: BoundedTable) -> Bool {
    let (ours, theirs) = (left.keptEntries, right.keptEntries)
    guard left.capacity == right.capacity, ours.count == theirs.count,
      left.isExact == right.isExact, left.others == right.others
    else { return false }
    return zip(ours, theirs).allSatisfy { $0.key == $1.key && $0.value == $1.value }
  }
}
