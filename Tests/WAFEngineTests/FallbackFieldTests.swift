import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// `UriFragment`, `JA3Fingerprint` and `JA4Fingerprint`.
struct FallbackFieldTests {
  struct Row: CustomTestStringConvertible {
    var state: ComponentState
    var type: ResourceType?
    var fallback: FieldFallback
    var search = "x"
    var shown: Shown
    var testDescription: String {
      "\(state) \(type?.rawValue ?? "-") \(fallback) \(search): \(shown)"
    }

    init(
      _ state: ComponentState, _ type: ResourceType?, _ fallback: FieldFallback, _ shown: Shown,
      search: String = "x"
    ) {
      self.state = state
      self.type = type
      self.fallback = fallback
      self.search = search
      self.shown = shown
    }

    var limits: BodyLimits {
      BodyLimits(stated: type, assumed: .applicationLoadBalancer, configured: [:])
    }

    func component(_ text: String, in record: inout RequestRecord) -> Component {
      state.hasBytes ? Component(state, record.append(Array(text.utf8))) : Component(state)
    }
  }

  static let fragmentRows: [Row] = [
    Row(.known, .cloudFront, .noMatch, Shown(true, .approximate)),
    Row(.known, .applicationLoadBalancer, .noMatch, Shown(true, .approximate)),
    // Q13: with or without its `#`.
    Row(.known, .cloudFront, .noMatch, Shown(false, .approximate), search: "#x"),
    Row(.known, .cloudFront, .match, .no, search: "y"),
    Row(.absent, .cloudFront, .match, .yes), Row(.absent, .cloudFront, .noMatch, .no),
    Row(.absent, nil, .match, .yes),
    Row(.notRecorded, .cloudFront, .match, .unknown), Row(.redacted, .cloudFront, .match, .unknown),
    // No other resource has a fragment.
    Row(.known, .apiGateway, .match, .yes, search: "y"), Row(.known, .appSync, .noMatch, .no),
    Row(.notRecorded, .cognitoUserPool, .match, .yes),
    // Where the scope alone tells the type, its part shows.
    Row(.known, nil, .noMatch, .no, search: "y"),
    Row(.known, nil, .match, Shown(false, .assumed), search: "y"),
    Row(.known, nil, .noMatch, Shown(true, .assumed)),
    Row(.known, nil, .match, Shown(true, .approximate)),
    Row(.notRecorded, nil, .match, .unknown),
    Row(.absentOrEmpty, .cloudFront, .match, Shown(true, .approximate)),
    Row(.absentOrEmpty, .cloudFront, .noMatch, .no),
    Row(.prefix, .cloudFront, .noMatch, .unknown),
    Row(.lossy, .cloudFront, .noMatch, Shown(true, .approximate)),
  ]

  @Test(arguments: fragmentRows)
  func fragments(_ row: Row) {
    let program = blocking(limits: row.limits) {
      $0.bytes(.uriFragment(row.fallback), .exactly, row.search)
    }
    var record = RequestRecord(uri: "/")
    record.fragment = row.component("x", in: &record)
    #expect(shown(program, record) == row.shown)
    if row.shown == .unknown { #expect(needs(program, record) == ["fragment for rule"]) }
    if row.shown.certainty == .assumed {
      #expect(assumptions(program, record) == ["resource-type=APPLICATION_LOAD_BALANCER"])
    }
  }

  static let fingerprintRows: [Row] = [
    Row(.known, .cloudFront, .noMatch, Shown(true, .observed)),
    Row(.known, .cloudFront, .match, Shown(false, .observed), search: "y"),
    Row(.known, .apiGateway, .match, .yes, search: "y"),
    Row(.absent, .cloudFront, .match, .yes),
    Row(.notRecorded, .cloudFront, .match, .unknown),
    Row(.notRecorded, .applicationLoadBalancer, .noMatch, .unknown),
    Row(.notRecorded, .apiGateway, .match, .yes), Row(.notRecorded, .appSync, .noMatch, .no),
    Row(.redacted, .cloudFront, .match, .unknown),
    Row(.known, nil, .noMatch, Shown(true, .assumed)),
    Row(.known, nil, .match, Shown(true, .observed)),
  ]

  @Test(arguments: fingerprintRows)
  func fingerprints(_ row: Row) {
    var record = RequestRecord(uri: "/")
    record.ja3Fingerprint = row.component("x", in: &record)
    record.ja4Fingerprint = record.ja3Fingerprint
    for field in [Field.ja3Fingerprint(row.fallback), .ja4Fingerprint(row.fallback)] {
      let program = blocking(limits: row.limits) { $0.bytes(field, .exactly, row.search) }
      #expect(shown(program, record) == row.shown)
      if row.shown == .unknown {
        #expect(needs(program, record) == ["\(field.evidence) for rule"])
      }
    }
  }

  @Test
  func plainHTTPHasNoFingerprint() {
    var record = RequestRecord(uri: "/")
    for (scheme, shown) in [("http", Shown.yes), ("HTTP", .yes), ("https", .unknown)] {
      record.scheme = record.appendExact(Array(scheme.utf8))
      record.ja3Fingerprint = .notRecorded
      let program = blocking { $0.bytes(.ja3Fingerprint(.match), .exactly, "x") }
      #expect(WAFEngineTests.shown(program, record) == shown)
    }
  }
}
