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
  /// The position of the last sample, where there are as many as can be.
  private var end: RecordPosition?

  package init(capacity: Int) {
    self.capacity = capacity
  }

  package var isEmpty: Bool { samples.isEmpty }

  /// Whether a sample from `position` would be kept; asked before one is made.
  package func wants(_ position: RecordPosition) -> Bool {
    guard let end else { return capacity > 0 }
    return position < end
  }

  package mutating func insert(_ sample: Sample) {
    guard wants(sample.position) else { return }
    let place = samples.firstIndex { sample.position < $0.position } ?? samples.endIndex
    samples.insert(sample, at: place)
    if samples.count > capacity { samples.removeLast() }
    if samples.count == capacity { end = samples.last?.position }
  }

  package mutating func merge(_ other: FirstSamples) {
    for sample in other.samples { insert(sample) }
  }
}
