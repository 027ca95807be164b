import GeoDatabase
import IPAddressing
import WAFRequests

/// The bytes of a MaxMind database, opened and asked.
func fuzzGeoDatabase(_ input: [UInt8]) throws(FuzzFailure) {
  let file = ScratchFile(input)
  defer { file.remove() }
  guard let database = try? GeoDatabase(path: file.path) else { return }
  for text in askedAddresses {
    guard let address = IPAddress(text) else { continue }
    let facts = database.facts(of: address)
    try require(
      database.facts(of: address) == facts, "another answer the second time for \(text)")
    try require(facts.region == nil || facts.country != nil, "a region of no country: \(facts)")
  }
  let combined = CombinedDatabases([database, database])
  for text in askedAddresses.prefix(3) {
    guard let address = IPAddress(text) else { continue }
    try require(
      combined.facts(of: address) == database.facts(of: address), "twice the same is another")
  }
}

private let askedAddresses = [
  "192.0.2.1", "198.51.100.7", "203.0.113.9", "0.0.0.0", "255.255.255.255", "2001:db8::1", "::",
  "::ffff:192.0.2.1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
]
