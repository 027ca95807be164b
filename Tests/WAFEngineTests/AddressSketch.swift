import Bytes
import IPAddressing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// The header of most forwarded addresses.
let forwardedFor = "x-forwarded-for"

/// A program that blocks on one condition, under a NOT where it `isNegated`.
func blockingOn(
  isNegated: Bool = false, _ condition: (inout ProgramBuilder) -> Condition
) -> Program {
  sketch { builder in
    let leaf = Formula.leaf(builder.leaf(condition(&builder)))
    builder.plainRule("rule", .block, isNegated ? .not(leaf) : leaf)
  }
}

/// The answer of the condition of `blockingOn`, with a database.
func shown(
  _ program: Program, _ record: RequestRecord, _ database: (any AddressDatabase)?
) -> Shown {
  var evaluator = Evaluator(program, addresses: database)
  let verdict = evaluator.evaluate(record)
  return Shown(verdict.possible.isSingle ? verdict.action == .block : nil, verdict.certainty)
}

extension ProgramBuilder {
  mutating func plainRule(
    _ name: String, _ action: Action, _ formula: Formula, geo: [AddressSource] = []
  ) {
    beginTopRule(
      TopRule(
        name: name, kind: .plain, rules: 0..<0, scopeDown: nil, scopeDownFormula: nil,
        isOverriddenToCount: false, opaqueGroup: nil, groupID: ""))
    var sources = GeoSources(rawValue: 0)
    for source in geo { if let added = geoSource(source) { sources.formUnion(added) } }
    addRule(
      RuleInfo(
        name: name, path: name, ownAction: action, override: .none, formula: formula, managed: nil),
      action: action, labels: [], geo: sources)
  }

  mutating func inSet(_ blocks: [String], _ source: AddressSource) -> Condition {
    let set = ipSet(
      named: blocks.joined(separator: " "), CIDRSet(blocks.compactMap { CIDRBlock($0) }))
    return .ipSet(set, source: addressSource(source))
  }

  mutating func inCountries(_ codes: [String], _ source: AddressSource) -> Condition {
    .country(
      countrySet(codes.compactMap { CountryCode(Array($0.utf8)) }), source: addressSource(source))
  }

  mutating func inSystems(_ numbers: [UInt32], _ source: AddressSource) -> Condition {
    .asn(asnSet(numbers), source: addressSource(source))
  }
}

extension AddressSource {
  /// The header `x-forwarded-for`, or another one.
  static func forwarded(
    _ position: ForwardedHeader.Position = .first, fallback: FieldFallback = .noMatch,
    isNegated: Bool = false, header: String = forwardedFor
  ) -> AddressSource {
    .forwarded(
      ForwardedHeader(
        name: Array(header.utf8), position: position, fallback: fallback, isNegated: isNegated))
  }
}

extension RequestRecord {
  /// A request with lines of the header `X-Forwarded-For`, and nothing that is not known.
  static func forwarded(_ lines: String...) -> RequestRecord {
    RequestRecord(uri: "/", headers: lines.map { ("X-Forwarded-For", $0) })
  }

  /// The same with an incomplete list of headers.
  var withIncompleteHeaders: RequestRecord {
    var record = self
    record.headersAreComplete = false
    return record
  }

  /// The same with a country and a region that the service found for a forwarded address.
  func withForwardedLabels(_ country: String, region: String? = nil) -> RequestRecord {
    var record = self
    record.forwardedCountry = Country(Array(country.utf8).span)
    if let region { record.forwardedRegion = record.append(Array(region.utf8)) }
    return record
  }

  /// The same with the state of a header line.
  func with(_ state: ComponentState, line: Int) -> RequestRecord {
    var record = self
    let hasBytes = state.hasBytes
    record.headers[line].value = Component(
      state, hasBytes ? record.headers[line].value.range : .empty)
    return record
  }
}

/// A database of a few addresses.
struct TableDatabase: AddressDatabase {
  var places: [String: (country: String?, region: String?)] = [:]
  var systems: [String: UInt32] = [:]
  var hasCountries = true
  var hasRegions = true
  var hasASNs = true

  func facts(of address: IPAddress) -> AddressFacts {
    var facts = AddressFacts()
    let place = places["\(address)"]
    facts.hasCountries = hasCountries
    facts.country = hasCountries ? place?.country.flatMap { CountryCode(Array($0.utf8)) } : nil
    facts.hasRegions = hasRegions
    facts.region = hasRegions ? place?.region : nil
    facts.hasASNs = hasASNs
    facts.asn = hasASNs ? systems["\(address)"] : nil
    return facts
  }

  static let sample = TableDatabase(
    places: [
      "192.0.2.1": ("US", "US-CA"), "192.0.2.2": ("US", nil), "198.51.100.1": ("DE", "DE-BE"),
    ],
    systems: ["192.0.2.1": 64496, "198.51.100.1": 64500])
}
