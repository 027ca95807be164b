/// How many different things were seen: exact up to `capacity`, an estimate beyond.
///
/// Keeps the smallest hashes; the same whatever the order of the input and its partition.
package struct DistinctSketch: Sendable {
  /// The number of hashes kept.
  package static let capacity = 1024

  private var hashes: ContiguousArray<UInt64> = []
  /// Hashes above it are not among the smallest ones.
  private var limit = UInt64.max
  // How many of `hashes` are sorted and distinct; later ones wait for the next settling.
  private var settled = 0

  package init() {}

  /// The number of different things.
  package var count: Int {
    let kept = settledHashes
    guard kept.count == Self.capacity, let largest = kept.last, largest > 0 else {
      return kept.count
    }
    return Int((Double(kept.count - 1) / (Double(largest) / Double(UInt64.max))).rounded())
  }

  /// Whether `count` is exact.
  package var isExact: Bool { settledHashes.count < Self.capacity }

  package mutating func insert(_ hash: UInt64) {
    guard hash <= limit, hashes.last != hash else { return }
    hashes.append(hash)
    if hashes.count - settled >= 3 * Self.capacity { settle() }
  }

  package mutating func merge(_ other: DistinctSketch) {
    for hash in other.hashes { insert(hash) }
  }

  /// The hashes of all that was seen; nil where there were too many to keep.
  package var all: Set<UInt64>? { isExact ? Set(settledHashes) : nil }

  private mutating func settle() {
    hashes = settledHashes
    settled = hashes.count
    if settled == Self.capacity, let last = hashes.last { limit = last }
  }

  private var settledHashes: ContiguousArray<UInt64> {
    var kept: ContiguousArray<UInt64> = []
    for hash in hashes.sorted() where kept.last != hash {
      kept.append(hash)
      if kept.count == Self.capacity { break }
    }
    return kept
  }
}

extension DistinctSketch: Equatable {
  /// Whether both have seen the same, as far as they can tell.
  package static func == (left: DistinctSketch, right: DistinctSketch) -> Bool {
    left.settledHashes == right.settledHashes
  }
}
