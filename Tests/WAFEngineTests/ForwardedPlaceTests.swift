import IPAddressing
import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// Countries and autonomous systems: of the peer, of forwarded addresses, from a database.
struct ForwardedPlaceTests {
  private static func country(
    _ source: AddressSource = .client, isNegated: Bool = false
  ) -> Program {
    blockingOn(isNegated: isNegated) { $0.inCountries(["US"], source) }
  }

  private static func asn(_ numbers: [UInt32], _ source: AddressSource = .client) -> Program {
    blockingOn { $0.inSystems(numbers, source) }
  }

  // Semantics 9.1, documented.
  @Test
  func vectors() {
    let matches = Self.country(.forwarded(fallback: .match))
    #expect(shown(matches, .forwarded("not-an-ip")) == .yes)
    #expect(shown(Self.country(.forwarded()), .forwarded("not-an-ip")) == .no)
    #expect(shown(matches, .forwarded()) == .no)
    let negated = Self.country(.forwarded(fallback: .match, isNegated: true), isNegated: true)
    // Match, unless the rule is not applied at all (the current API model's words).
    #expect(shown(negated, .forwarded()) == Shown(true, .approximate))
  }

  @Test
  func theServicesLabelTellsTheCountry() {
    let program = Self.country(.forwarded())
    let record = RequestRecord.forwarded("192.0.2.1, 10.0.0.1")
    #expect(shown(program, record) == .unknown)
    #expect(shown(program, record.withForwardedLabels("US")) == Shown(true, .observed))
    #expect(shown(program, record.withForwardedLabels("DE")) == Shown(false, .observed))
    #expect(shown(program, record.withForwardedLabels("XX")) == Shown(false, .observed))
    #expect(shown(program, record.withForwardedLabels("-")) == Shown(false, .observed))
    // Also where the header itself is not recorded: there was an address.
    let hidden = record.with(.redacted, line: 0)
    #expect(shown(program, hidden) == .unknown)
    #expect(shown(program, hidden.withForwardedLabels("US")) == Shown(true, .observed))
    let incomplete = RequestRecord.forwarded().withIncompleteHeaders
    #expect(shown(program, incomplete) == .unknown)
    #expect(shown(program, incomplete.withForwardedLabels("US")) == Shown(true, .observed))
    // What the record shows to be absent or malformed stays so.
    #expect(shown(program, RequestRecord.forwarded().withForwardedLabels("US")) == .no)
    #expect(shown(program, RequestRecord.forwarded("x").withForwardedLabels("US")) == .no)
  }

  @Test
  func ofTwoHeadersALabelTellsNothing() {
    let program = sketch { builder in
      let first = builder.inCountries(["US"], .forwarded())
      let second = builder.inCountries(["US"], .forwarded(header: "true-client-ip"))
      builder.plainRule("first", .block, .leaf(builder.leaf(first)))
      builder.plainRule("second", .count, .leaf(builder.leaf(second)))
    }
    let record = RequestRecord.forwarded("192.0.2.1").withForwardedLabels("US", region: "US-CA")
    #expect(shown(program, record) == .unknown)
    #expect(shown(program, record, TableDatabase.sample) == Shown(true, .approximate))
  }

  @Test
  func aDatabaseIsAnApproximation() {
    let forwarded = Self.country(.forwarded(fallback: .match))
    let database = TableDatabase.sample
    #expect(shown(forwarded, .forwarded("192.0.2.1"), database) == Shown(true, .approximate))
    #expect(shown(forwarded, .forwarded("198.51.100.1"), database) == Shown(false, .approximate))
    #expect(shown(forwarded, .forwarded("10.0.0.1"), database) == Shown(false, .approximate))
    #expect(
      shown(forwarded, .forwarded("::ffff:192.0.2.1"), database) == Shown(true, .approximate))
    var record = RequestRecord.forwarded("192.0.2.1")
    record = record.with(.redacted, line: 0)
    #expect(shown(forwarded, record, database) == .unknown)
    // What is recorded needs none.
    let observed = RequestRecord.forwarded("198.51.100.1").withForwardedLabels("US")
    #expect(shown(forwarded, observed, database) == Shown(true, .observed))
    // A database of something else.
    let systems = TableDatabase(hasCountries: false, hasRegions: false)
    #expect(shown(forwarded, .forwarded("192.0.2.1"), systems) == .unknown)
    // The peer.
    let peer = Self.country()
    let record2 = RequestRecord(uri: "/", clientIP: "192.0.2.1")
    #expect(shown(peer, record2) == .unknown)
    #expect(shown(peer, record2, database) == Shown(true, .approximate))
    #expect(
      shown(peer, RequestRecord(uri: "/", clientIP: "198.51.100.1"), database)
        == Shown(false, .approximate))
    #expect(
      shown(peer, RequestRecord(uri: "/", clientIP: "192.0.2.1", country: "DE"), database) == .no)
    #expect(
      shown(peer, RequestRecord(uri: "/", clientIP: "192.0.2.1", country: "-"), database) == .no)
    #expect(shown(peer, RequestRecord(uri: "/"), database) == .unknown)
    #expect(shown(peer, RequestRecord(uri: "/", clientIP: "nonsense"), database) == .unknown)
  }

  @Test
  func readingsThatDisagreeMakeItApproximate() {
    let record = RequestRecord.forwarded("192.0.2.1:80").withForwardedLabels("US")
    #expect(shown(Self.country(.forwarded()), record) == Shown(false, .approximate))
    #expect(shown(Self.country(.forwarded(fallback: .match)), record) == .yes)
    // An address whose country is not known could disagree.
    #expect(
      shown(Self.country(.forwarded()), .forwarded("192.0.2.1:80")) == Shown(false, .approximate))
    let mixed = RequestRecord.forwarded("192.0.2.1, x").withForwardedLabels("US")
    #expect(shown(Self.country(.forwarded()), mixed) == Shown(true, .approximate))
    #expect(shown(Self.country(.forwarded(fallback: .match)), mixed) == Shown(true, .observed))
    #expect(
      shown(Self.country(.forwarded(fallback: .match)), .forwarded("")) == Shown(true, .approximate)
    )
    let lossy = RequestRecord.forwarded("192.0.2.1").withForwardedLabels("US").with(.lossy, line: 0)
    #expect(shown(Self.country(.forwarded()), lossy) == Shown(true, .approximate))
  }

  @Test
  func systemsOfThePeer() {
    var record = RequestRecord(uri: "/", clientIP: "192.0.2.1")
    #expect(shown(Self.asn([64496]), record) == .unknown)
    #expect(shown(Self.asn([1, 64496]), record, TableDatabase.sample) == Shown(true, .approximate))
    record.clientASN = 64500
    #expect(shown(Self.asn([64500]), record) == Shown(true, .observed))
    #expect(shown(Self.asn([64496]), record, TableDatabase.sample) == Shown(false, .observed))
    // An address that belongs to none has number 0, which may be listed.
    let unmapped = RequestRecord(uri: "/", clientIP: "10.0.0.1")
    #expect(shown(Self.asn([0]), unmapped, TableDatabase.sample) == Shown(true, .approximate))
    #expect(shown(Self.asn([1]), unmapped, TableDatabase.sample) == Shown(false, .approximate))
  }

  @Test
  func systemsOfForwardedAddresses() {
    let program = Self.asn([64496], .forwarded())
    let matches = Self.asn([64496], .forwarded(fallback: .match))
    var record = RequestRecord.forwarded("192.0.2.1")
    #expect(shown(program, record) == .unknown)
    #expect(shown(program, record, TableDatabase.sample) == Shown(true, .approximate))
    record.forwardedASN = 64496
    #expect(shown(program, record) == Shown(true, .observed))
    #expect(shown(program, record.with(.redacted, line: 0)) == Shown(true, .observed))
    #expect(shown(program, .forwarded("x")) == .no)
    #expect(shown(matches, .forwarded("x")) == .yes)
    #expect(shown(program, .forwarded()) == .no)
    // One page has the fallback for missing addresses too (Q9).
    #expect(shown(matches, .forwarded()) == Shown(false, .approximate))
  }

  @Test
  func ofTwoHeadersASystemTellsNothing() {
    let program = sketch { builder in
      let first = builder.inSystems([64496], .forwarded())
      let second = builder.inSystems([64496], .forwarded(header: "true-client-ip"))
      builder.plainRule("first", .block, .leaf(builder.leaf(first)))
      builder.plainRule("second", .count, .leaf(builder.leaf(second)))
    }
    var record = RequestRecord.forwarded("192.0.2.1")
    record.forwardedASN = 64496
    #expect(shown(program, record) == .unknown)
  }
}
