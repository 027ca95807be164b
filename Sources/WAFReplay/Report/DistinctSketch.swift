/// How many different things were seen: exact up to `capacity`, an estimate beyond.
///
/// Keeps the smallest hashes; the same whatever the order of the input and its partition.
package struct DistinctSketch: Sendable {
  /// The number of hashes kept.
  package static let capacity = 1024

  // INVARIANT: no hash is kept twice, and none above `limit`; up to twice the capacity wait for the
  // next pruning, so that pruning costs little a hash.
  /// Open addressing; 0 is a free place, and a hash of 0 is in `hasZero`.
  ///
  /// Its size is a power of two, and at least twice the number of hashes in it.
  private var places: ContiguousArray<UInt64> = []
  private var kept = 0
  private var hasZero = false
  /// Hashes above it are not among the smallest ones.
  private var limit = UInt64.max

  package init() {}

  /// The number of different things.
  package var count: Int {
    let smallest = smallestHashes
    guard smallest.count == Self.capacity, let largest = smallest.last, largest > 0 else {
      return smallest.count
    }
    return Int((Double(smallest.count - 1) / (Double(largest) / Double(UInt64.max))).rounded())
  }

  /// Whether `count` is exact.
  package var isExact: Bool { smallestHashes.count < Self.capacity }

  package mutating func insert(_ hash: UInt64) {
    guard hash <= limit else { return }
    guard hash != 0 else {
      hasZero = true
      return
    }
    if places.isEmpty { places = .init(repeating: 0, count: 16) }
    guard place(hash) else { return }
    kept += 1
    if kept * 2 > places.count { grow() }
  }

  package mutating func merge(_ other: DistinctSketch) {
    if other.hasZero { insert(0) }
    for hash in other.places where hash != 0 { insert(hash) }
  }

  /// The hashes of all that was seen; nil where there were too many to keep.
  package var all: Set<UInt64>? { isExact ? Set(smallestHashes) : nil }

  /// Puts a hash into its place; false where it is there.
  private mutating func place(_ hash: UInt64) -> Bool {
    let mask = places.count - 1
    // The highest bits are alike where only the smallest hashes are kept: the lowest choose.
    var place = Int(truncatingIfNeeded: hash) & mask
    while places[place] != 0 {
      if places[place] == hash { return false }
      place = (place + 1) & mask
    }
    places[place] = hash
    return true
  }

  /// Makes room: prunes to the smallest hashes where there are enough of them.
  private mutating func grow() {
    let hashes: ContiguousArray<UInt64>
    if kept >= 2 * Self.capacity {
      hashes = smallestHashes
      if let last = hashes.last { limit = last }
    } else {
      hashes = places
      places = .init(repeating: 0, count: places.count * 2)
    }
    for index in places.indices { places[index] = 0 }
    kept = 0
    for hash in hashes where hash != 0 {
      _ = place(hash)
      kept += 1
    }
  }

  /// The smallest hashes in order.
  private var smallestHashes: ContiguousArray<UInt64> {
    var hashes = places.filter { $0 != 0 }
    if hasZero { hashes.append(0) }
    hashes.sort()
    return ContiguousArray(hashes.prefix(Self.capacity))
  }
}

extension DistinctSketch: Equatable {
  /// Whether both have seen the same, as far as they can tell.
  package static func == (left: DistinctSketch, right: DistinctSketch) -> Bool {
    left.smallestHashes == right.smallestHashes
  }
}
