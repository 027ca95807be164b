import Bytes
import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// Geo labels of several sources, and from a database.
struct ForwardedGeoLabelTests {
  private static let client = "awswaf:clientip:geo:"
  private static let forwarded = "awswaf:forwardedip:geo:"

  /// A geo rule that does not match for each source, then a rule that asks for a label.
  private static func program(
    _ key: String, _ sources: [AddressSource], scope: LabelPattern.Scope = .label
  ) -> Program {
    sketch { builder in
      for (index, source) in sources.enumerated() {
        let leaf = builder.leaf(builder.inCountries(["AQ"], source))
        builder.plainRule("geo\(index)", .count, .leaf(leaf), geo: [source])
      }
      let pattern = LabelPattern(scope: scope, key: key, context: "awswaf:1:webacl:acl:")
      let leaf = builder.leaf(.label(builder.labelKey(pattern)))
      builder.plainRule("asks", .block, .leaf(leaf))
    }
  }

  private static func labels(
    _ program: Program, _ record: RequestRecord, _ database: (any AddressDatabase)? = nil
  ) -> (labels: [String], isOpen: Bool) {
    var evaluator = Evaluator(program, addresses: database)
    let verdict = evaluator.evaluate(record)
    var details = VerdictDetails()
    evaluator.copyDetails(for: verdict, into: &details)
    let copied = details.labels.map { label in
      switch label {
      case .label(let index): program.labels[index]
      case .text(let range): String(decoding: details.texts[range.bounds], as: UTF8.self)
      }
    }
    #expect(copied == evaluator.labelTexts(record))
    return (copied, verdict.open.contains(.labels))
  }

  struct Row: CustomTestStringConvertible {
    var key: String
    var scope = LabelPattern.Scope.label
    var record: RequestRecord
    var database: TableDatabase?
    var shown: Shown
    var note: String
    var testDescription: String { "\(key): \(note)" }
  }

  private static let header = RequestRecord.forwarded("192.0.2.1")

  static let rows: [Row] = [
    Row(
      key: forwarded + "country:US", record: header, shown: .unknown, note: "nothing recorded"),
    Row(
      key: forwarded + "country:", scope: .namespace, record: header, shown: .yes,
      note: "any country"),
    Row(
      key: client + "country:", scope: .namespace, record: header, shown: .no,
      note: "another source"),
    Row(
      key: forwarded + "country:US", record: header.withForwardedLabels("US"),
      shown: Shown(true, .observed), note: "recorded"),
    Row(
      key: forwarded + "country:DE", record: header.withForwardedLabels("US"),
      shown: Shown(false, .observed), note: "recorded"),
    Row(
      key: forwarded + "country:XX", record: header.withForwardedLabels("XX"),
      shown: Shown(true, .observed), note: "undetermined"),
    Row(
      key: forwarded + "region:XX-XX", record: header.withForwardedLabels("XX"),
      shown: Shown(true, .observed), note: "undetermined"),
    Row(
      key: forwarded + "region:US-CA", record: header.withForwardedLabels("US", region: "US-CA"),
      shown: Shown(true, .observed), note: "recorded"),
    Row(
      key: forwarded + "region:US-CA", record: header.withForwardedLabels("US"), shown: .unknown,
      note: "only the country recorded"),
    Row(
      key: forwarded + "region:DE-BE", record: header.withForwardedLabels("US"),
      shown: Shown(false, .observed), note: "a region of another country"),
    Row(
      key: forwarded + "country:US", record: .forwarded(), shown: .no, note: "absent (Q10)"),
    Row(
      key: forwarded + "country:", scope: .namespace, record: .forwarded("x"), shown: .no,
      note: "malformed (Q10)"),
    Row(
      key: forwarded + "country:", scope: .namespace, record: .forwarded("192.0.2.1:80"),
      shown: Shown(false, .approximate), note: "perhaps malformed (Q9)"),
    Row(
      key: forwarded + "country:", scope: .namespace, record: .forwarded("192.0.2.1, x"),
      shown: Shown(true, .approximate), note: "perhaps malformed (Q9)"),
    Row(
      key: forwarded + "country:", scope: .namespace, record: header.with(.redacted, line: 0),
      shown: .unknown, note: "redacted"),
    Row(
      key: forwarded + "country:", scope: .namespace,
      record: header.with(.redacted, line: 0).withForwardedLabels("US"),
      shown: Shown(true, .observed), note: "redacted, the label recorded"),
    Row(
      key: forwarded + "country:US", record: RequestRecord.forwarded().withIncompleteHeaders,
      shown: .unknown, note: "not recorded"),
    Row(
      key: forwarded + "country:US", record: header, database: .sample,
      shown: Shown(true, .approximate), note: "database"),
    Row(
      key: forwarded + "country:DE", record: header, database: .sample,
      shown: Shown(false, .approximate), note: "database"),
    Row(
      key: forwarded + "region:US-CA", record: header, database: .sample,
      shown: Shown(true, .approximate), note: "database"),
    Row(
      key: forwarded + "region:US-XX", record: .forwarded("192.0.2.2"), database: .sample,
      shown: Shown(true, .approximate), note: "database without the region"),
    Row(
      key: forwarded + "region:XX-XX", record: .forwarded("10.0.0.1"), database: .sample,
      shown: Shown(true, .approximate), note: "database without the country"),
    Row(
      key: forwarded + "region:US-CA", record: header,
      database: TableDatabase(places: ["192.0.2.1": ("US", nil)], hasRegions: false),
      shown: .unknown, note: "database without regions"),
    Row(
      key: forwarded + "region:US-CA", record: header.withForwardedLabels("US"),
      database: .sample, shown: Shown(true, .approximate), note: "region from the database"),
    Row(
      key: forwarded + "region:DE-BE", record: header.withForwardedLabels("DE"),
      database: .sample, shown: .unknown, note: "the database has another country"),
  ]

  @Test(arguments: rows)
  func asks(_ row: Row) {
    let program = Self.program(row.key, [.forwarded()], scope: row.scope)
    #expect(shown(program, row.record, row.database) == row.shown)
  }

  @Test
  func peerFromTheDatabase() {
    let record = RequestRecord(uri: "/", clientIP: "192.0.2.1")
    let country = Self.program(Self.client + "country:US", [.client])
    #expect(shown(country, record) == .unknown)
    #expect(shown(country, record, TableDatabase.sample) == Shown(true, .approximate))
    let region = Self.program(Self.client + "region:US-CA", [.client])
    let recorded = RequestRecord(uri: "/", clientIP: "192.0.2.1", country: "US")
    #expect(shown(region, recorded) == .unknown)
    #expect(shown(region, recorded, TableDatabase.sample) == Shown(true, .approximate))
    #expect(shown(country, recorded, TableDatabase.sample) == .yes)
  }

  @Test
  func eitherSourceIsEnough() {
    let key = "awswaf:forwardedip:geo:country:US"
    let sources: [AddressSource] = [
      .forwarded(), .forwarded(header: "true-client-ip"), .client,
    ]
    let program = Self.program(key, sources)
    let both = RequestRecord(
      uri: "/",
      headers: [("X-Forwarded-For", "198.51.100.1"), ("True-Client-IP", "192.0.2.1")],
      clientIP: "198.51.100.1", country: "DE")
    #expect(shown(program, both, TableDatabase.sample) == Shown(true, .approximate))
    #expect(shown(program, both) == .unknown)
    let neither = RequestRecord(
      uri: "/", headers: [("X-Forwarded-For", "198.51.100.1")], country: "DE")
    #expect(shown(program, neither, TableDatabase.sample) == Shown(false, .approximate))
    #expect(shown(program, RequestRecord(uri: "/", country: "US")) == .no)
  }

  @Test
  func textsAreThoseOfTheSource() {
    let sources: [AddressSource] = [.forwarded(), .client]
    let program = Self.program("none:of:these", sources)
    let record = RequestRecord(
      uri: "/", headers: [("X-Forwarded-For", "192.0.2.1")], clientIP: "198.51.100.1",
      country: "DE")
    let plain = Self.labels(program, record)
    #expect(plain.labels == [Self.client + "country:DE"])
    #expect(plain.isOpen)
    let found = Self.labels(program, record, TableDatabase.sample)
    #expect(
      found.labels == [
        Self.forwarded + "country:US", Self.forwarded + "region:US-CA", Self.client + "country:DE",
        Self.client + "region:DE-BE",
      ])
    // The verdict is exact; that the labels are those of the service's database is not.
    #expect(found.isOpen)
    let absent = Self.labels(
      program, RequestRecord(uri: "/", clientIP: "10.0.0.1", country: "-"), TableDatabase.sample)
    #expect(
      absent.labels == [Self.client + "country:XX", Self.client + "region:XX-XX"])
    #expect(!absent.isOpen)
  }

  /// The facts of one record are forgotten with the next one.
  @Test
  func recordsDoNotMix() {
    let program = Self.program(Self.forwarded + "country:US", [.forwarded(), .client])
    let records = [
      Self.header, Self.header.withForwardedLabels("US", region: "US-CA"), .forwarded(),
      .forwarded("198.51.100.1"), .forwarded("192.0.2.1:80"),
      RequestRecord(uri: "/", clientIP: "192.0.2.2", country: "US"),
    ]
    for first in records {
      for second in records {
        var used = Evaluator(program, addresses: TableDatabase.sample)
        _ = used.evaluate(first)
        let verdict = used.evaluate(second)
        var fresh = Evaluator(program, addresses: TableDatabase.sample)
        #expect(verdict == fresh.evaluate(second))
        #expect(used.labelTexts(second) == fresh.labelTexts(second))
      }
    }
  }
}
