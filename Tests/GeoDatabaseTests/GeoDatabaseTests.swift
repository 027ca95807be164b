import GeoDatabase
import IPAddressing
import TestSupport
import Testing
import WAFRequests

/// What databases tell of addresses.
struct GeoDatabaseTests {
  /// Facts in a line: country, region, system; `-` for none, `?` where the database can't tell.
  private static func line(_ facts: AddressFacts) -> String {
    let country = facts.country?.text ?? (facts.hasCountries ? "-" : "?")
    let region = facts.region ?? (facts.hasRegions ? "-" : "?")
    let asn = facts.asn.map { String($0) } ?? (facts.hasASNs ? "-" : "?")
    return "\(country) \(region) \(asn)"
  }

  private static func open(_ writer: DatabaseWriter) throws -> GeoDatabase {
    let folder = try TemporaryDirectory()
    return try GeoDatabase(path: folder.write("test.mmdb", writer.bytes))
  }

  private static func look(
    _ address: String, in database: some AddressDatabase
  ) throws -> String {
    line(database.facts(of: try #require(IPAddress(address))))
  }

  struct Row: CustomTestStringConvertible {
    var address: String
    var city: String
    var asn: String
    var testDescription: String { address }
  }

  static let rows: [Row] = [
    Row(address: "192.0.2.1", city: "US US-CA ?", asn: "? ? 64496"),
    Row(address: "192.0.2.255", city: "US US-CA ?", asn: "? ? 64496"),
    Row(address: "::ffff:192.0.2.1", city: "US US-CA ?", asn: "? ? 64496"),
    // A country without a subdivision; a record without a country; no record at all.
    Row(address: "198.51.100.9", city: "DE - ?", asn: "? ? -"),
    Row(address: "203.0.113.9", city: "- ? ?", asn: "? ? -"),
    Row(address: "192.0.3.1", city: "- ? ?", asn: "? ? -"),
    Row(address: "2001:db8::1", city: "FR FR-75 ?", asn: "? ? -"),
    Row(address: "2001:db9::1", city: "- ? ?", asn: "? ? -"),
  ]

  @Test(arguments: rows)
  func tells(_ row: Row) throws {
    #expect(try Self.look(row.address, in: Self.open(.city)) == row.city)
    #expect(try Self.look(row.address, in: Self.open(.asn)) == row.asn)
  }

  @Test
  func namesItsTypeAndTime() throws {
    let database = try Self.open(.city)
    #expect(database.type == "Test-City")
    #expect(database.buildTime == 1_700_000_000)
  }

  @Test
  func aCountryDatabaseHasNoRegions() throws {
    var writer = DatabaseWriter(type: "GeoLite2-Country")
    writer.add(v4: 0xC000_0200, prefix: 24, DatabaseWriter.place("US"))
    #expect(try Self.look("192.0.2.1", in: Self.open(writer)) == "US ? ?")
  }

  @Test
  func anEnterpriseDatabaseHasEverything() throws {
    var writer = DatabaseWriter(type: "GeoIP2-Enterprise")
    writer.add(
      v4: 0xC000_0200, prefix: 24,
      .map([
        ("country", .map([("iso_code", .text("US"))])),
        ("subdivisions", .array([DatabaseWriter.subdivision("NY")])),
        ("traits", .map([("autonomous_system_number", .uint32(64500))])),
      ]))
    #expect(try Self.look("192.0.2.1", in: Self.open(writer)) == "US US-NY 64500")
    #expect(try Self.look("192.0.3.1", in: Self.open(writer)) == "- ? -")
  }

  @Test
  func aDatabaseOfIPv4SaysNothingOfIPv6() throws {
    var writer = DatabaseWriter(type: "Test-Country", ipVersion: 4)
    writer.add(v4: 0xC000_0200, prefix: 24, DatabaseWriter.place("US"))
    let database = try Self.open(writer)
    #expect(try Self.look("192.0.2.1", in: database) == "US ? ?")
    #expect(try Self.look("2001:db8::1", in: database) == "? ? ?")
  }

  @Test
  func whatIsNotOfTheUsualFormIsNotKnown() throws {
    let odd: [DatabaseWriter.Value] = [
      .map([("country", .text("US"))]),
      .map([("country", .map([("iso_code", .uint32(7))]))]),
      .map([("country", .map([("iso_code", .text("USA"))]))]),
      .text("US"),
      .array([.text("US")]),
      .raw([0xFF, 0xFF, 0xFF, 0xFF]),
    ]
    for (index, value) in odd.enumerated() {
      var writer = DatabaseWriter(type: "Test-Country")
      writer.add(v4: 0xC000_0200, prefix: 24, value)
      #expect(try Self.look("192.0.2.1", in: Self.open(writer)) == "? ? ?", "record \(index)")
    }
    // A subdivision that has no code.
    var writer = DatabaseWriter(type: "Test-City")
    writer.add(
      v4: 0xC000_0200, prefix: 24,
      DatabaseWriter.place("US", subdivision: .map([("names", .map([("en", .text("Ohio"))]))])))
    #expect(try Self.look("192.0.2.1", in: Self.open(writer)) == "US ? ?")
  }

  @Test
  func severalCombine() throws {
    var other = DatabaseWriter(type: "Test-Country")
    other.add(v4: 0xC000_0200, prefix: 24, DatabaseWriter.place("CA"))
    other.add(v4: 0x0A00_0000, prefix: 8, DatabaseWriter.place("IT"))
    let city = try Self.open(.city)
    let asn = try Self.open(.asn)
    let countries = try Self.open(other)
    let all = CombinedDatabases([city, asn, countries])
    #expect(try Self.look("192.0.2.1", in: all) == "US US-CA 64496")
    #expect(try Self.look("10.1.1.1", in: all) == "IT ? -")
    #expect(try Self.look("11.1.1.1", in: all) == "- ? -")
    // A region of another country than the one that counts is none.
    #expect(try Self.look("192.0.2.1", in: CombinedDatabases([countries, city])) == "CA ? ?")
    #expect(try Self.look("192.0.2.1", in: CombinedDatabases([])) == "? ? ?")
  }
}
