import IPAddressing
import WAFProgram
import WAFRequests

/// What is known of the places of a record's addresses; kept from record to record for its memory.
struct AddressFindings {
  private let database: (any AddressDatabase)?
  private var known: ContiguousArray<(address: IPAddress, facts: AddressFacts)> = []
  /// The geo labels by source: places in `Program.geoHeaders`.
  var geo: ContiguousArray<GeoFinding>
  /// The sources that some rule adds labels of.
  let usedSources: GeoSources
  /// Whether all forwarded countries, and all forwarded systems, of the program come from one
  /// header: a log tells of one forwarded address, not of several.
  let hasOneGeoHeader: Bool
  let hasOneASNHeader: Bool

  init(_ program: Program, _ database: (any AddressDatabase)?) {
    self.database = database
    geo = .init(repeating: GeoFinding(), count: program.geoHeaders.count)
    var used = GeoSources(rawValue: 0)
    for rule in program.rules { used.formUnion(rule.geo) }
    for top in program.topRules { used.formUnion(top.scopeDownGeo) }
    usedSources = used
    var geoHeaders = Set(program.geoHeaders.dropFirst())
    var asnHeaders: Set<[UInt8]> = []
    for leaf in program.leaves {
      switch leaf {
      case .country(_, let source): program.addressSources[source].addHeader(to: &geoHeaders)
      case .asn(_, let source): program.addressSources[source].addHeader(to: &asnHeaders)
      default: continue
      }
    }
    for rate in program.rates {
      for case .asn(let source) in rate.keys {
        program.addressSources[source].addHeader(to: &asnHeaders)
      }
    }
    hasOneGeoHeader = geoHeaders.count == 1
    hasOneASNHeader = asnHeaders.count == 1
  }

  /// Forgets the record before.
  mutating func removeAll() {
    known.removeAll(keepingCapacity: true)
  }

  /// What the database knows of `address`, asked once a record; nil without a database.
  mutating func facts(of address: IPAddress) -> AddressFacts? {
    guard let database else { return nil }
    let address = address.mappedIPv4 ?? address
    for entry in known where entry.address == address { return entry.facts }
    let facts = database.facts(of: address)
    known.append((address, facts))
    return facts
  }
}

extension AddressSource {
  fileprivate func addHeader(to names: inout Set<[UInt8]>) {
    if case .forwarded(let header) = self { names.insert(header.name) }
  }
}

/// The labels that a geo match statement adds for one source, as far as they are known.
struct GeoFinding {
  /// Whether there are labels: none without an address (Q10).
  var isLabelled = Ternary.match
  var labelledLevel = EvidenceLevel.exact
  var country = CountryFinding()
  /// The region as its label spells it (`US-CA`, `US-XX`, `XX-XX`); nil where it is not known.
  var region: String?
  var regionLevel = EvidenceLevel.exact

  /// Whether there are labels, with what rests on something weaker than `level` taken as unknown.
  func isLabelled(at level: EvidenceLevel) -> Ternary {
    labelledLevel <= level ? isLabelled : .unknown
  }

  /// Whether both labels, or that there are none, is known at `level`.
  func isKnown(at level: EvidenceLevel) -> Bool {
    switch isLabelled(at: level) {
    case .no: true
    case .unknown: false
    case .match:
      country.isKnown(at: level) && region != nil && regionLevel <= level
    }
  }
}

/// A country, and what it rests on.
struct CountryFinding {
  var country = Country.notRecorded
  var level = EvidenceLevel.exact

  func isKnown(at level: EvidenceLevel) -> Bool {
    country != .notRecorded && self.level <= level
  }

  /// The country as its label spells it; empty where it is not known.
  var text: String {
    switch country {
    case .notRecorded: ""
    case .undetermined: "XX"
    case .code(let code): code.text
    }
  }
}
