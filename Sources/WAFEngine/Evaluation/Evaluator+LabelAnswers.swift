import WAFProgram
import WAFRequests

// Label match statements: answers depend on the path, and those on geo labels on the walk's level.

extension Evaluator {
  mutating func labelAnswer(_ index: Int, _ record: borrowing RequestRecord) -> Answer {
    let plain = labelAnswer(index, byOtherReading: false)
    guard plain.value.isKnown, program.labelKeys[index].labelsByOtherReading != nil else {
      return plain
    }
    let other = labelAnswer(index, byOtherReading: true)
    return other.value == plain.value
      ? plain : plain.weakened(to: .approximate, .openQuestion)
  }

  private mutating func labelAnswer(_ index: Int, byOtherReading: Bool) -> Answer {
    let set =
      byOtherReading
      ? program.labelKeys[index].labelsByOtherReading ?? program.labelKeys[index].labels
      : program.labelKeys[index].labels
    if labels.present.intersects(set) { return Answer(.match) }
    let geo = geoAnswer(index, byOtherReading: byOtherReading)
    if geo.value == .match { return geo }
    guard geo.value == .no, !labels.maybe.intersects(set),
      !labels.opaqueMaybe.intersects(program.labelKeys[index].opaqueGroups)
    else { return .unknown(.maybeLabel) }
    return geo
  }

  // MARK: Geo labels

  /// Whether the geo labels on the request satisfy the key: those of one source are enough.
  private mutating func geoAnswer(_ index: Int, byOtherReading: Bool) -> Answer {
    var sources = labels.metGeo.rawValue
    guard sources != 0 else { return Answer(.no) }
    var miss = Answer(.no)
    var hasUnknown = false
    while sources != 0 {
      let source = sources.trailingZeroBitCount
      sources &= sources - 1
      let answer = geoAnswer(index, source, byOtherReading: byOtherReading)
      switch answer.value {
      case .match where labels.hasGeo(source): return answer
      case .match, .unknown: hasUnknown = true
      case .no: if answer.level > miss.level { miss = answer }
      }
    }
    return hasUnknown ? .unknown(.maybeLabel) : miss
  }

  /// Whether the labels of a source, where they are added, satisfy the key.
  private mutating func geoAnswer(
    _ index: Int, _ source: Int, byOtherReading: Bool
  ) -> Answer {
    let (countryTest, regionTest) = geoTests(index, source, byOtherReading: byOtherReading)
    if countryTest == .never, regionTest == .never { return Answer(.no) }
    let isLabelled = addressFindings.geo[source].isLabelled(at: level)
    let labelled = addressFindings.geo[source].labelledLevel
    noteLevel(labelled)
    if isLabelled == .no { return geoAnswer(.no, labelled) }
    let country = countryAnswer(countryTest, source)
    let region = country.value == .match ? country : regionAnswer(regionTest, source)
    switch (country.value, region.value) {
    case (.match, _), (_, .match):
      guard isLabelled == .match else { return .unknown(.maybeLabel) }
      let level = country.value == .match ? country.level : region.level
      return geoAnswer(.match, max(level, labelled))
    case (.no, .no): return geoAnswer(.no, max(country.level, region.level))
    default: return .unknown(.maybeLabel)
    }
  }

  private func geoTests(
    _ index: Int, _ source: Int, byOtherReading: Bool
  ) -> (country: LabelKey.GeoTest, region: LabelKey.GeoTest) {
    let tests =
      source == 0 ? program.labelKeys[index].client : program.labelKeys[index].forwarded
    return byOtherReading
      ? (tests.countryByOtherReading, tests.regionByOtherReading) : (tests.country, tests.region)
  }

  private mutating func countryAnswer(_ test: LabelKey.GeoTest, _ source: Int) -> Answer {
    let finding = addressFindings.geo[source].country
    switch test {
    case .never: return Answer(.no)
    case .always: return Answer(.match)
    case .equals(let wanted):
      guard isKnown(finding) else { return .unknown(.maybeLabel) }
      return geoAnswer(Ternary(finding.text == wanted), finding.level)
    case .startsWith(let wanted):
      guard isKnown(finding) else { return .unknown(.maybeLabel) }
      return geoAnswer(Ternary(finding.text.hasPrefix(wanted)), finding.level)
    }
  }

  private mutating func regionAnswer(_ test: LabelKey.GeoTest, _ source: Int) -> Answer {
    switch test {
    case .never: return Answer(.no)
    case .always: return Answer(.match)
    case .equals(let wanted):
      if let known = knownRegion(source) {
        return geoAnswer(Ternary(known == wanted), addressFindings.geo[source].regionLevel)
      }
      // A region's label begins with its country.
      let country = addressFindings.geo[source].country
      guard isKnown(country), !wanted.hasPrefix(country.text + "-") else {
        return .unknown(.maybeLabel)
      }
      return geoAnswer(.no, country.level)
    case .startsWith(let wanted):
      guard let known = knownRegion(source) else { return .unknown(.maybeLabel) }
      return geoAnswer(
        Ternary(known.hasPrefix(wanted)), addressFindings.geo[source].regionLevel)
    }
  }

  private mutating func isKnown(_ finding: CountryFinding) -> Bool {
    guard finding.country != .notRecorded else { return false }
    noteLevel(finding.level)
    return finding.level <= level
  }

  /// The region as its label spells it; nil where it is not known at the walk's level.
  private mutating func knownRegion(_ source: Int) -> String? {
    guard let region = addressFindings.geo[source].region else { return nil }
    let regionLevel = addressFindings.geo[source].regionLevel
    noteLevel(regionLevel)
    return regionLevel <= level ? region : nil
  }

  /// What answers from a weaker level on is worth a walk at that level.
  private mutating func noteLevel(_ weaker: EvidenceLevel) {
    guard weaker > level, walk.nextLevel.map({ weaker < $0 }) ?? true else { return }
    walk.nextLevel = weaker
  }

  private func geoAnswer(_ value: Ternary, _ level: EvidenceLevel) -> Answer {
    switch level {
    case .exact: Answer(value)
    case .observed: Answer(value, level, .serviceFinding)
    case .approximate, .assumed: Answer(value, level, .geoDatabase)
    }
  }
}
