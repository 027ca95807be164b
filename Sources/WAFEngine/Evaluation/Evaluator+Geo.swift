import IPAddressing
import WAFProgram
import WAFRequests

// Countries and regions: of the peer, and of the first address in a forwarded header.

extension Evaluator {
  /// The country of the peer.
  mutating func clientCountry(_ record: borrowing RequestRecord) -> CountryFinding {
    guard record.country == .notRecorded else { return CountryFinding(country: record.country) }
    guard case .address(let address) = record.clientIP else { return CountryFinding() }
    return databaseCountry(of: address)
  }

  /// The country of an address in a forwarded header, or of one that is not recorded.
  ///
  /// A recorded label tells of the one forwarded address that the service looked up.
  mutating func forwardedCountry(
    of address: IPAddress?, _ record: borrowing RequestRecord
  ) -> CountryFinding {
    if addressFindings.hasOneGeoHeader, record.forwardedCountry != .notRecorded {
      var country = record.forwardedCountry
      if case .code(let code) = country, code.text == "XX" { country = .undetermined }
      return CountryFinding(country: country, level: .observed)
    }
    guard let address else { return CountryFinding() }
    return databaseCountry(of: address)
  }

  private mutating func databaseCountry(of address: IPAddress) -> CountryFinding {
    guard let facts = addressFindings.facts(of: address), facts.hasCountries else {
      return CountryFinding()
    }
    return CountryFinding(
      country: facts.country.map { .code($0) } ?? .undetermined, level: .approximate)
  }

  // MARK: Labels

  /// Finds out, once a record, which labels geo match statements add.
  mutating func resolveGeo(_ record: borrowing RequestRecord) {
    addressFindings.removeAll()
    var sources = addressFindings.usedSources.rawValue
    while sources != 0 {
      let source = sources.trailingZeroBitCount
      sources &= sources - 1
      addressFindings.geo[source] =
        source == 0 ? clientGeo(record) : forwardedGeo(source, record)
    }
  }

  private mutating func clientGeo(_ record: borrowing RequestRecord) -> GeoFinding {
    var finding = GeoFinding()
    finding.country = clientCountry(record)
    let address: IPAddress? =
      if case .address(let address) = record.clientIP { address } else { nil }
    resolveRegion(
      &finding, address, recorded: record.recordedRegion.map { record.text($0) })
    return finding
  }

  private mutating func forwardedGeo(
    _ source: Int, _ record: borrowing RequestRecord
  ) -> GeoFinding {
    let first = FirstAddress(record, named: program.geoHeaders[source])
    let address: IPAddress? = if case .address(let address) = first.value { address } else { nil }
    var finding = GeoFinding()
    finding.country = forwardedCountry(of: address, record)
    switch first.value {
    case .absent, .malformed: finding.isLabelled = .no
    case .address: finding.isLabelled = .match
    case .hidden:
      // A recorded label shows that there was an address.
      guard finding.country.level == .observed else {
        finding.isLabelled = .unknown
        break
      }
      finding.isLabelled = .match
      finding.labelledLevel = .observed
    }
    let hasLabels = finding.isLabelled
    let differs = first.others.contains { other in
      switch other {
      case .absent, .malformed: hasLabels != .no
      case .address: hasLabels != .match
      case .hidden: true
      }
    }
    if differs || first.isLossy { finding.labelledLevel = .approximate }
    let region = addressFindings.hasOneGeoHeader ? record.forwardedRegion : nil
    resolveRegion(&finding, address, recorded: region.map { record.text($0) })
    return finding
  }

  /// What the service recorded, else the database where it agrees on the country.
  private mutating func resolveRegion(
    _ finding: inout GeoFinding, _ address: IPAddress?, recorded: String?
  ) {
    if finding.country.country == .undetermined {
      finding.region = "XX-XX"
      finding.regionLevel = finding.country.level
    } else if let recorded {
      finding.region = recorded
      finding.regionLevel = .observed
    } else if case .code(let code) = finding.country.country, let address,
      let facts = addressFindings.facts(of: address), facts.hasRegions, facts.country == code
    {
      finding.region = facts.region ?? code.text + "-XX"
      finding.regionLevel = .approximate
    }
  }

  /// Whether the geo labels of `sources` are all known at the walk's level.
  func areGeoLabelsKnown(_ sources: GeoSources, _ record: borrowing RequestRecord) -> Bool {
    var rest = sources.rawValue
    while rest != 0 {
      guard addressFindings.geo[rest.trailingZeroBitCount].isKnown(at: level) else { return false }
      rest &= rest - 1
    }
    return true
  }

  /// The labels of a source, country before region, by the best known answers; what is not known is
  /// left out.
  func geoLabelTexts(source: Int) -> [String] {
    let finding = addressFindings.geo[source]
    guard finding.isLabelled == .match else { return [] }
    let namespaces = source == 0 ? GeoLabel.client : GeoLabel.forwarded
    var texts: [String] = []
    if finding.country.country != .notRecorded {
      texts.append(namespaces.country + finding.country.text)
    }
    if let region = finding.region { texts.append(namespaces.region + region) }
    return texts
  }
}
