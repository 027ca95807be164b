/// Every value of a corpus once for each label, with where it was met.
package struct DistinctValues: Sendable {
  /// A value and where it was met.
  package struct Entry: Sendable {
    package var value: [UInt8]
    package var label: LabelledRequest.Label
    package var verdicts: DetectorVerdicts
    package var places: Set<ValuePlace> = []
    package var sources: Set<String> = []
    package var attackTypes: Set<String> = []
    /// The first request that has it.
    package var firstID: String
  }

  private struct Key: Hashable {
    var value: [UInt8]
    var label: LabelledRequest.Label
  }

  private var index: [Key: Int] = [:]
  /// In the order in which they were met.
  package private(set) var entries: [Entry] = []

  package init() {}

  /// Takes in the values of a request; returns what the detectors find in any of them.
  @discardableResult
  package mutating func add(_ request: LabelledRequest) -> DetectorVerdicts {
    var verdicts = DetectorVerdicts()
    RequestValues(of: request).each { place, value in
      let key = Key(value: value, label: request.label)
      let position: Int
      if let known = index[key] {
        position = known
      } else {
        position = entries.count
        index[key] = position
        entries.append(
          Entry(
            value: value, label: request.label, verdicts: DetectorVerdicts(on: value),
            firstID: request.id))
      }
      entries[position].places.insert(place)
      entries[position].sources.insert(request.source)
      if !request.attackType.isEmpty {
        entries[position].attackTypes.insert(request.attackType)
      }
      verdicts.formUnion(entries[position].verdicts)
    }
    return verdicts
  }
}
