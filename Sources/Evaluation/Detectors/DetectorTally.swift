/// What the detectors find in a corpus.
package struct DetectorTally: Sendable {
  /// How many of what was asked about one detector found.
  package struct Counts: Hashable, Sendable {
    package var total = 0
    package var found: [AttackDetector: Int] = [:]

    mutating func add(_ verdicts: DetectorVerdicts) {
      total += 1
      for detector in AttackDetector.allCases where verdicts[detector] {
        found[detector, default: 0] += 1
      }
    }

    package func share(_ detector: AttackDetector) -> Proportion {
      Proportion(found[detector] ?? 0, of: total)
    }
  }

  /// Attacks with at least one value that is found, by kind.
  package private(set) var attackTypes: [String: Counts] = [:]
  package private(set) var attackSources: [String: Counts] = [:]
  package private(set) var benignSources: [String: Counts] = [:]
  /// Distinct values, by label.
  package private(set) var values: [LabelledRequest.Label: Counts] = [:]
  /// Distinct values of benign requests, by place; one may have several.
  package private(set) var benignPlaces: [ValuePlace: Counts] = [:]
  package private(set) var distinct = DistinctValues()

  package init() {}

  /// Takes in a request; returns what the detectors find in any of its values.
  @discardableResult
  package mutating func add(_ request: LabelledRequest) -> DetectorVerdicts {
    let verdicts = distinct.add(request)
    switch request.label {
    case .attack:
      attackTypes[request.attackType, default: Counts()].add(verdicts)
      attackSources[request.source, default: Counts()].add(verdicts)
    case .benign: benignSources[request.source, default: Counts()].add(verdicts)
    }
    return verdicts
  }

  /// Counts distinct values; to be called once, when all requests are in.
  package mutating func countValues() {
    values = [:]
    benignPlaces = [:]
    for entry in distinct.entries {
      values[entry.label, default: Counts()].add(entry.verdicts)
      guard entry.label == .benign else { continue }
      for place in entry.places { benignPlaces[place, default: Counts()].add(entry.verdicts) }
    }
  }
}
