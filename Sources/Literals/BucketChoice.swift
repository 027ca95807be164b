/// Spreads anchors of three bytes over the buckets.
///
/// Two anchors of a bucket that have the same middle byte are mixed up: the first pair of one and
/// the last of the other agree too. Each anchor goes where that makes the least trouble.
struct BucketChoice {
  private let free: [UInt8]
  /// For each middle class and bucket, the first and the last classes that are in use.
  private var used: [[(first: Int, last: Int)]]

  /// A choice among the buckets whose bits are set in `free`.
  init(among free: UInt8) {
    self.free = (0..<8).map { 1 << $0 }.filter { free & $0 != 0 }
    used = [[(first: Int, last: Int)]](
      repeating: [], count: BytePairs.classCount * self.free.count)
  }

  /// The bucket for the next anchor.
  mutating func bucket(for anchor: Anchor) -> UInt8 {
    let (first, middle, last) = (anchor.byteClass(0), anchor.byteClass(1), anchor.byteClass(2))
    var best = 0
    var leastShare = Double.infinity
    for bucket in free.indices {
      var share = 0.0
      for other in used[middle * free.count + bucket] {
        if other.first != first { share += Self.share(other.first, middle, last) }
        if other.last != last { share += Self.share(first, middle, other.last) }
      }
      if share < leastShare { (best, leastShare) = (bucket, share) }
    }
    used[middle * free.count + best].append((first, last))
    return free[best]
  }

  private static func share(_ first: Int, _ middle: Int, _ last: Int) -> Double {
    BytePairs.share(first, middle) * BytePairs.share(middle, last) / BytePairs.share(middle)
  }
}
