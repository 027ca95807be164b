package import IPAddressing

/// Where an address lies and whose it is, looked up where a recording does not tell.
///
/// The engine asks through this interface, so that it knows no file format and no C library. What a
/// database says is never better than approximate: it is not the service's own.
package protocol AddressDatabase: Sendable {
  /// What the database knows of `address`; the same address has the same answer every time.
  func facts(of address: IPAddress) -> AddressFacts
}

/// What a database knows of one address.
package struct AddressFacts: Hashable, Sendable {
  /// The country; nil where the database has countries but none for the address.
  package var country: CountryCode?
  /// The region as its label spells it (`US-CA`); nil where there is none for the address.
  package var region: String?
  /// The autonomous system; nil where there is none for the address.
  package var asn: UInt32?
  /// Whether the database tells countries of addresses of this family at all; else a missing one
  /// means nothing.
  package var hasCountries = false
  /// The same of regions.
  package var hasRegions = false
  /// The same of autonomous systems.
  package var hasASNs = false

  /// Nothing known.
  package init() {}
}
