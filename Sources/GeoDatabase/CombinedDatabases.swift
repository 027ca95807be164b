package import IPAddressing
package import WAFRequests

/// Several databases as one: of each fact, what the first one tells that has it.
package struct CombinedDatabases: AddressDatabase {
  private let databases: [any AddressDatabase]

  package init(_ databases: [any AddressDatabase]) {
    self.databases = databases
  }

  package func facts(of address: IPAddress) -> AddressFacts {
    var facts = AddressFacts()
    let found = databases.map { $0.facts(of: address) }
    if let country = found.first(where: { $0.country != nil }) {
      facts.country = country.country
    }
    facts.hasCountries = found.contains { $0.hasCountries }
    // A region goes with the country of the same database.
    if let region = found.first(where: { $0.region != nil && $0.country == facts.country }) {
      facts.region = region.region
      facts.hasRegions = true
    } else {
      facts.hasRegions = found.contains { $0.hasRegions && $0.country == facts.country }
    }
    facts.asn = found.first { $0.asn != nil }?.asn
    facts.hasASNs = found.contains { $0.hasASNs }
    return facts
  }
}
