package import WAFRequests

/// Something that stands at a position of the input.
package protocol Positioned: Equatable, Sendable {
  var position: RecordPosition { get }
}

/// The first samples in input order, and how many there were in all.
package struct FirstSamples<Sample: Positioned>: Equatable, Sendable {
  /// The number of samples kept at most.
  package let capacity: Int
  /// The samples, in input order.
  package private(set) var samples: [Sample] = []

  package init(capacity: Int) {
    self.capacity = capacity
  }

  package var isEmpty: Bool { samples.isEmpty }

  /// Whether a sample from `position` would be kept; asked before one is made.
  package func wants(_ position: RecordPosition) -> Bool {
    guard samples.count >= capacity, let last = samples.last else { return capacity > 0 }
    return position < last.position
  }

  package mutating func insert(_ sample: Sample) {
    guard wants(sample.position) else { return }
    let place = samples.firstIndex { sample.position < $0.position } ?? samples.endIndex
    samples.insert(sample, at: place)
    if samples.count > capacity { samples.removeLast() }
  }

  package mutating func merge(_ other: FirstSamples) {
    for sample in other.samples { insert(sample) }
  }
}
