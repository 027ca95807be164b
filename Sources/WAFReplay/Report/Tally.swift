/// What is counted for one key; tallies of parts of the input merge to that of the whole.
///
/// INVARIANT: `merge` is commutative and associative, and a new tally is its neutral element.
package protocol Tally: Equatable, Sendable {
  init()
  mutating func merge(_ other: Self)
  /// The number by which a table lists its largest first.
  var weight: Int { get }
}

/// A plain number of requests.
package struct RequestCount: Tally, Hashable {
  /// The number of requests.
  package var requests = 0

  package init() {}

  init(_ requests: Int) {
    self.requests = requests
  }

  package mutating func merge(_ other: RequestCount) {
    requests += other.requests
  }

  package var weight: Int { requests }
}
