import WAFModel
import WAFProgram
import WAFRequests

/// What a level knows of the geo labels of one source.
struct GeoKnowledge {
  struct Key: Hashable {
    var source: OracleGeoSource
    var level: EvidenceLevel
  }

  var countryNamespace: String
  var regionNamespace: String
  /// Whether the labels were added.
  var isThere = Truth.yes
  /// Nil where not known.
  var country: String?
  var region: String?

  init(_ source: OracleGeoSource, _ record: OracleRecord, _ level: EvidenceLevel) {
    let facts = record.record
    let origin = source == .client ? "clientip" : "forwardedip"
    countryNamespace = "awswaf:\(origin):geo:country:"
    regionNamespace = "awswaf:\(origin):geo:region:"
    let recordedCountry: Country
    var recordedRegion = level >= .observed ? facts.recordedRegion : nil
    switch source {
    case .client:
      recordedCountry = facts.country
    case .forwarded(let header):
      isThere = record.hasForwardedAddress(header, at: level)
      // Which header the log speaks of is known only where there is one.
      let counts = level >= .observed && record.acl.forwardedGeoHeaders.count == 1
      recordedCountry = counts ? facts.forwardedCountry : .notRecorded
      recordedRegion = counts ? facts.forwardedRegion : nil
    }
    switch recordedCountry {
    case .notRecorded: break
    case .undetermined: country = "XX"
    case .code(let code): country = code.text
    }
    region = country == "XX" ? "XX-XX" : recordedRegion.map { facts.text($0) }
  }

  /// What a pattern finds in the labels.
  func truths(_ pattern: OracleLabelPattern, flipped: Bool) -> [(String, Truth)] {
    let countryTruth =
      country.map { Truth(pattern.matches(countryNamespace + $0, flipped: flipped)) }
      ?? pattern.truthOfGeoLabel(countryNamespace, start: "", flipped: flipped)
    let regionTruth =
      region.map { Truth(pattern.matches(regionNamespace + $0, flipped: flipped)) }
      ?? pattern.truthOfGeoLabel(
        regionNamespace, start: country.map { $0 + "-" } ?? "", flipped: flipped)
    return [("country", countryTruth), ("region", regionTruth)].map {
      ($0.0, isThere == .unknown && $0.1 == .yes ? .unknown : $0.1)
    }
  }
}

extension OracleRecord {
  /// Whether there is a forwarded address to label, as far as a level knows.
  func hasForwardedAddress(_ header: String, at level: EvidenceLevel) -> Truth {
    // A recorded label shows that there was an address.
    let isShown =
      level >= .observed && acl.forwardedGeoHeaders.count == 1
      && record.forwardedCountry != .notRecorded
    func truth(_ reading: Reading) -> Truth {
      switch firstForwarded(header, reading) {
      case .absent, .invalid: .no
      case .unknown: isShown ? .yes : .unknown
      case .valid: .yes
      }
    }
    let plain = truth(Reading())
    if level < .approximate,
      Reading.all.contains(where: { Self.isAboutAddresses($0) && truth($0) != plain })
    {
      return .unknown
    }
    return plain
  }
}

extension OracleWorld {
  private func knowledge(_ source: OracleGeoSource) -> GeoKnowledge? {
    let key = GeoKnowledge.Key(source: source, level: level)
    let knowledge = record.geoKnowledge[key] ?? GeoKnowledge(source, record, level)
    record.geoKnowledge[key] = knowledge
    return knowledge.isThere == .no ? nil : knowledge
  }

  /// Adds the geo labels to the log.
  mutating func addGeoLabels() {
    for knowledge in geoSources.compactMap(knowledge) {
      if knowledge.isThere == .unknown {
        outcome.labelsAreOpen = true
        continue
      }
      if let country = knowledge.country {
        outcome.labels.insert(knowledge.countryNamespace + country)
      }
      if let region = knowledge.region {
        outcome.labels.insert(knowledge.regionNamespace + region)
      }
      if knowledge.country == nil || knowledge.region == nil { outcome.labelsAreOpen = true }
    }
  }

  mutating func truth(_ pattern: OracleLabelPattern) -> Bool {
    settleLabels(for: pattern)
    let plain = sources(pattern, flipped: false)
    if level < .approximate {
      let whole = Truth.any(plain.map(\.1))
      if whole != Truth.any(sources(pattern, flipped: true).map(\.1)) {
        let labels = outcome.labels.sorted().joined(separator: " ")
        return choose(.label(pattern, source: "Q15 " + labels), among: 2) == 1
      }
    }
    if plain.contains(where: { $0.1 == .yes }) { return true }
    for (source, truth) in plain where truth == .unknown {
      if choose(.label(pattern, source: source), among: 2) == 1 { return true }
    }
    return false
  }

  /// What each source of labels says of a pattern.
  private func sources(_ pattern: OracleLabelPattern, flipped: Bool) -> [(String, Truth)] {
    // A label is a plain suffix or prefix in either reading, where the scope is LABEL.
    let flipped = flipped && pattern.scope == .namespace
    var result = [
      ("rules", Truth(outcome.labels.contains { pattern.matches($0, flipped: flipped) }))
    ]
    for source in geoSources {
      guard let knowledge = knowledge(source) else { continue }
      result += knowledge.truths(pattern, flipped: flipped).map { ("\(source) \($0.0)", $0.1) }
    }
    for group in openGroups
    where pattern.couldMatch(namespace: group.namespace, flipped: flipped) {
      result.append(("group \(group.top)", .unknown))
    }
    for extra in extraLabels {
      let couldMatch =
        extra.labels.contains { pattern.matches($0, flipped: flipped) }
        || extra.namespaces.contains { pattern.couldMatch(namespace: $0, flipped: flipped) }
      if couldMatch { result.append(("labels of \(extra.top)", .unknown)) }
    }
    return result
  }

  // MARK: Interpolation

  /// A header value with its labels written in.
  mutating func interpolated(_ text: String) -> String {
    var rest = text[...]
    var output = ""
    for _ in 0..<10 {
      guard let start = rest.firstRange(of: "${"),
        let end = rest[start.upperBound...].firstIndex(of: "}"),
        rest[..<end].last == ":"
      else { break }
      output += rest[..<start.lowerBound]
      output += labels(under: String(rest[start.upperBound..<end]))
      rest = rest[end...].dropFirst()
    }
    return output + rest
  }

  private mutating func labels(under namespace: String) -> String {
    if ["awswaf:request_id:", "awswaf:ip:", "awswaf:ja3:", "awswaf:ja4:"].contains(namespace) {
      return "<\(namespace)>"
    }
    let pattern = OracleLabelPattern(scope: .namespace, key: namespace, context: "")
    let plain = sources(pattern, flipped: false)
    let isOpen = openLabelRules.contains { pattern.matches($0.label, flipped: false) }
    if isOpen || plain.contains(where: { $0.0 != "rules" && $0.1 == .unknown }) {
      outcome.insertedIsOpen = true
    }
    return outcome.labels.filter { $0.hasPrefix(namespace) }
      .map { String($0.dropFirst(namespace.count)) }.sorted().joined(separator: ",")
  }
}
