import Testing
import Transforms
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// Inspection limits, oversize handling, and bodies that are not (all) in the record.
struct BodyTests {
  // MARK: Limits

  struct LimitRow: CustomTestStringConvertible {
    var source: String?
    var stated: ResourceType?
    var configured: [ResourceType: Int] = [:]
    var within: Int
    var certainty = Certainty.exact
    var testDescription: String {
      "\(source ?? "-") \(stated?.rawValue ?? "-") \(configured.count) configured: \(within)"
    }
  }

  static let limitRows: [LimitRow] = [
    LimitRow(source: "ALB", within: 8192),
    LimitRow(source: "APPSYNC", within: 8192),
    LimitRow(source: "CF", within: 16_384),
    LimitRow(source: "APIGW", within: 16_384),
    LimitRow(source: "COGNITOIDP", within: 16_384),
    LimitRow(source: "APPRUNNER", within: 16_384),
    LimitRow(source: "VERIFIED_ACCESS", within: 16_384),
    LimitRow(source: "CF", configured: [.cloudFront: 65_536], within: 65_536),
    LimitRow(source: "CF", configured: [.apiGateway: 65_536], within: 16_384),
    // What the user or the documents say goes before the record.
    LimitRow(source: "ALB", stated: .cloudFront, within: 16_384),
    LimitRow(source: "CF", stated: .applicationLoadBalancer, within: 8192),
    LimitRow(
      stated: .apiGateway, configured: [.apiGateway: 32_768, .cloudFront: 65_536], within: 32_768),
    LimitRow(within: 8192, certainty: .assumed),
    LimitRow(source: "SOMETHING", within: 8192, certainty: .assumed),
  ]

  @Test(arguments: limitRows)
  func theFirstByteAboveTheLimitIsOversize(_ row: LimitRow) {
    let limits = BodyLimits(
      stated: row.stated, assumed: .applicationLoadBalancer, configured: row.configured)
    let matching = blocking(limits: limits) {
      $0.bytes(.body, .contains, "never", oversize: .match)
    }
    let letter = [UInt8](repeating: UInt8(ascii: "a"), count: row.within)
    func record(_ body: [UInt8]) -> RequestRecord {
      RequestRecord(method: "POST", uri: "/", body: body, sourceName: row.source)
    }
    #expect(shown(matching, record(letter)) == .no)
    #expect(shown(matching, record(letter + letter.prefix(1))) == Shown(true, row.certainty))
    // The last byte inside is looked at, the first one outside is not.
    let searching = blocking(limits: limits) { $0.bytes(.body, .endsWith, "x") }
    let ending = letter.dropLast() + [UInt8(ascii: "x")]
    #expect(shown(searching, record(ending + letter)) == Shown(true, row.certainty))
    #expect(
      shown(searching, record(letter + [UInt8(ascii: "x")])) == Shown(false, row.certainty))
    if row.certainty == .assumed {
      #expect(
        assumptions(matching, record(letter + letter))
          == ["resource-type=APPLICATION_LOAD_BALANCER"])
    }
  }

  @Test
  func everyResourceTypeHasALimit() {
    for type in ResourceType.allCases {
      #expect([8192, 16_384].contains(type.defaultBodyLimitBytes))
      #expect(type.hasConfigurableBodyLimit == (type != .appSync))
    }
  }

  // MARK: Oversize handling and evidence of the size

  /// What the record has of a body of letters `a`.
  enum Evidence: Sendable {
    case bytes(Int)
    case contentLength(Int)
    case requestBodySize(Int)
    case oversizeFields
    case nothing
    case redacted

    var record: RequestRecord {
      var record: RequestRecord
      if case .contentLength(let count) = self {
        record = RequestRecord(
          method: "POST", uri: "/", headers: [("Content-Length", "\(count)")])
      } else {
        record = RequestRecord(method: "POST", uri: "/")
      }
      if case .bytes(let count) = self {
        record.body = record.appendExact([UInt8](repeating: UInt8(ascii: "a"), count: count))
        record.settleBody()
        return record
      }
      record.body = .notRecorded
      if case .redacted = self { record.body = Component(.redacted) }
      if case .requestBodySize(let count) = self {
        record.settleBody(observedSize: count, infersAbsence: false)
      } else {
        record.settleBody(infersAbsence: false)
      }
      if case .oversizeFields = self { record.serviceFoundOversizeBody = true }
      return record
    }
  }

  enum Asks: Sendable {
    case contains(String)
    case size(Comparison, Int)
    case decodedSize(Comparison, Int)
  }

  struct EvidenceRow: CustomTestStringConvertible {
    var evidence: Evidence
    var asks: Asks
    var oversize = Oversize.inspectStart
    var shown: Shown
    var testDescription: String { "\(evidence): \(asks), \(oversize)" }

    init(_ evidence: Evidence, _ asks: Asks, _ oversize: Oversize, _ shown: Shown) {
      self.evidence = evidence
      self.asks = asks
      self.oversize = oversize
      self.shown = shown
    }
  }

  static let evidenceRows: [EvidenceRow] = [
    // The body is there.
    EvidenceRow(.bytes(100), .contains("a"), .inspectStart, .yes),
    EvidenceRow(.bytes(9000), .contains("b"), .inspectStart, .no),
    EvidenceRow(.bytes(9000), .contains("b"), .match, .yes),
    EvidenceRow(.bytes(9000), .contains("a"), .noMatch, .no),
    EvidenceRow(.bytes(8192), .contains("a"), .noMatch, .yes),
    // Q1: the size of what is inspected, or of the body.
    EvidenceRow(.bytes(9000), .size(.greater, 8192), .inspectStart, Shown(false, .approximate)),
    EvidenceRow(.bytes(9000), .size(.equal, 8192), .inspectStart, Shown(true, .approximate)),
    EvidenceRow(.bytes(9000), .size(.greater, 8191), .inspectStart, .yes),
    EvidenceRow(.bytes(9000), .size(.less, 10_000), .inspectStart, .yes),
    EvidenceRow(.bytes(9000), .size(.greater, 8192), .match, .yes),
    EvidenceRow(.bytes(9000), .size(.greater, 1), .noMatch, .no),
    EvidenceRow(.bytes(8192), .size(.equal, 8192), .match, .yes),
    // Only its size is there.
    EvidenceRow(.contentLength(100), .contains("a"), .inspectStart, .unknown),
    EvidenceRow(.contentLength(100), .contains("a"), .match, .unknown),
    EvidenceRow(.contentLength(9000), .contains("a"), .match, .yes),
    EvidenceRow(.contentLength(9000), .contains("a"), .noMatch, .no),
    EvidenceRow(.contentLength(9000), .contains("a"), .inspectStart, .unknown),
    EvidenceRow(.contentLength(100), .size(.equal, 100), .inspectStart, .yes),
    EvidenceRow(.contentLength(100), .size(.equal, 100), .noMatch, .yes),
    EvidenceRow(.contentLength(100), .decodedSize(.equal, 100), .inspectStart, .unknown),
    EvidenceRow(
      .contentLength(9000), .size(.greater, 8192), .inspectStart, Shown(false, .approximate)),
    EvidenceRow(.contentLength(9000), .size(.greater, 8192), .match, .yes),
    EvidenceRow(.requestBodySize(9000), .contains("a"), .match, Shown(true, .observed)),
    EvidenceRow(.requestBodySize(9000), .contains("a"), .noMatch, Shown(false, .observed)),
    EvidenceRow(
      .requestBodySize(100), .size(.greater, 99), .inspectStart, Shown(true, .observed)),
    EvidenceRow(.requestBodySize(100), .size(.greater, 99), .match, Shown(true, .observed)),
    EvidenceRow(
      .requestBodySize(9000), .size(.greater, 8192), .inspectStart,
      Shown(false, .approximate)),
    EvidenceRow(.oversizeFields, .contains("a"), .match, Shown(true, .observed)),
    EvidenceRow(.oversizeFields, .contains("a"), .inspectStart, .unknown),
    EvidenceRow(.nothing, .contains("a"), .match, .unknown),
    EvidenceRow(.nothing, .size(.greaterOrEqual, 1), .inspectStart, .unknown),
    EvidenceRow(.redacted, .contains("a"), .inspectStart, .unknown),
  ]

  @Test(arguments: evidenceRows)
  func evidence(_ row: EvidenceRow) {
    let program = blocking { builder in
      switch row.asks {
      case .contains(let text): builder.bytes(.body, .contains, text, oversize: row.oversize)
      case .size(let comparison, let size):
        builder.size(.body, comparison, size, oversize: row.oversize)
      case .decodedSize(let comparison, let size):
        builder.size(.body, comparison, size, [.urlDecode], oversize: row.oversize)
      }
    }
    #expect(shown(program, row.evidence.record) == row.shown)
    if row.shown == .unknown {
      #expect(needs(program, row.evidence.record) == ["body for rule"])
    }
  }

  // MARK: The first bytes of a body

  struct PrefixRow: CustomTestStringConvertible {
    var bytes: String
    var size: Int?
    var condition: @Sendable (inout ProgramBuilder) -> Formula
    var shown: Shown
    var name: String
    var testDescription: String { "\(name) on \(bytes.prefix(20))… of \(size ?? -1)" }

    init(
      _ name: String, _ bytes: String, of size: Int? = nil, _ shown: Shown,
      _ condition: @escaping @Sendable (inout ProgramBuilder) -> Formula
    ) {
      self.name = name
      self.bytes = bytes
      self.size = size
      self.shown = shown
      self.condition = condition
    }
  }

  private static let full = String(repeating: "a", count: 8192)

  static let prefixRows: [PrefixRow] = [
    PrefixRow("starts", "abc", .yes) { $0.bytes(.body, .startsWith, "ab") },
    PrefixRow("starts otherwise", "abc", .no) { $0.bytes(.body, .startsWith, "b") },
    PrefixRow("may start", "abc", .unknown) { $0.bytes(.body, .startsWith, "abcd") },
    PrefixRow("contains", "abc", .yes) { $0.bytes(.body, .contains, "bc") },
    PrefixRow("may contain", "abc", .unknown) { $0.bytes(.body, .contains, "x") },
    PrefixRow("may be", "abc", .unknown) { $0.bytes(.body, .exactly, "abc") },
    PrefixRow("is not", "abc", .no) { $0.bytes(.body, .exactly, "ab") },
    PrefixRow("may end", "abc", .unknown) { $0.bytes(.body, .endsWith, "c") },
    PrefixRow("word", "a word b", .yes) { $0.bytes(.body, .containsWord, "word") },
    PrefixRow("word at the cut", "a word", .unknown) {
      $0.bytes(.body, .containsWord, "word")
    },
    PrefixRow("pattern", "abc", .unknown) { $0.regex(.body, ["b"]) },
    PrefixRow("longer", "abc", .yes) { $0.size(.body, .greater, 2) },
    PrefixRow("not shorter", "abc", .no) { $0.size(.body, .less, 3) },
    PrefixRow("maybe longer", "abc", .unknown) { $0.size(.body, .greater, 3) },
    PrefixRow("size told", "abc", of: 10, Shown(true, .observed)) {
      $0.size(.body, .equal, 10)
    },
    PrefixRow("lowercase", "ABC", .yes) { $0.bytes(.body, .startsWith, "abc", [.lowercase]) },
    PrefixRow("decoded", "%41b", .yes) { $0.bytes(.body, .startsWith, "Ab", [.urlDecode]) },
    // What follows may make the escape complete.
    PrefixRow("cut escape", "ab%4", .unknown) {
      $0.bytes(.body, .startsWith, "ab%", [.urlDecode])
    },
    PrefixRow("cut %u escape", "ab%u00", .unknown) {
      $0.bytes(.body, .startsWith, "ab%u00", [.urlDecodeUni])
    },
    PrefixRow("base64", "YWJj", .unknown) {
      $0.bytes(.body, .startsWith, "abc", [.base64Decode])
    },
    // All that is inspected is recorded.
    PrefixRow("full start", full + "b", .no) { $0.bytes(.body, .contains, "b") },
    PrefixRow("full start over the limit", full + "b", .yes) {
      $0.bytes(.body, .contains, "b", oversize: .match)
    },
    PrefixRow("told over the limit", "abc", of: 9000, Shown(true, .observed)) {
      $0.bytes(.body, .contains, "x", oversize: .match)
    },
    PrefixRow("told within the limit", "abc", of: 100, Shown(true, .observed)) {
      $0.bytes(.body, .contains, "b", oversize: .noMatch)
    },
  ]

  @Test(arguments: prefixRows)
  func prefixes(_ row: PrefixRow) {
    var record = RequestRecord(method: "POST", uri: "/")
    record.body = Component(.prefix, record.append(Array(row.bytes.utf8)))
    record.bodySize = row.size.map { .observed($0) } ?? .unknown
    #expect(shown(blocking(row.condition), record) == row.shown)
  }

  @Test
  func aReencodedBodyIsApproximate() throws {
    let record = try RequestRecord(method: "POST", uri: "/", body: Array("abc".utf8))
      .with(.lossy, "body")
    let program = blocking { $0.bytes(.body, .contains, "b") }
    #expect(shown(program, record) == Shown(true, .approximate))
  }

  // MARK: Requests without a body

  @Test
  func anAbsentBodyMatchesNothing() {
    let record = RequestRecord.withoutBodyWord(httpVersion: "HTTP/1.1")
    #expect(shown(blocking { $0.bytes(.body, .contains, "a") }, record) == .no)
    #expect(shown(blocking { .not($0.bytes(.body, .contains, "a")) }, record) == .yes)
    // HTTP/1.x framing proves the absence; whether it counts as empty is open for sizes (Q3).
    #expect(shown(blocking { $0.bytes(.body, .exactly, "") }, record) == .no)
    #expect(shown(blocking { $0.size(.body, .greater, 0) }, record) == .no)
    #expect(
      shown(blocking { $0.size(.body, .equal, 0) }, record) == Shown(false, .approximate))
  }

  @Test
  func anAbsentBodyOfHTTP2IsAnAssumption() {
    let record = RequestRecord.withoutBodyWord(httpVersion: "HTTP/2.0")
    let program = blocking { $0.bytes(.body, .contains, "a") }
    #expect(shown(program, record) == Shown(false, .assumed))
    #expect(assumptions(program, record) == ["bodyless-h2"])
  }

  @Test
  func aBodyOfZeroRecordedBytesReadsBothWays() {
    let record = RequestRecord(uri: "/", headers: [("content-length", "0")])
    #expect(shown(blocking { $0.bytes(.body, .contains, "a") }, record) == .no)
    #expect(
      shown(blocking { $0.bytes(.body, .exactly, "") }, record) == Shown(false, .approximate))
  }

  // MARK: gRPC

  @Test(
    arguments: [
      ("application/grpc", Shown.unknown), ("Application/gRPC+proto", .unknown),
      ("application/json", .yes),
    ])
  func rulesOnBodiesOfGRPCAreAnOpenQuestion(_ row: (String, Shown)) {
    let record = RequestRecord(
      method: "POST", uri: "/", headers: [("Content-Type", row.0)], body: Array("abc".utf8))
    for formula: @Sendable (inout ProgramBuilder) -> Formula in [
      { $0.bytes(.body, .contains, "b") }, { .not($0.bytes(.body, .contains, "x")) },
      { $0.size(.body, .equal, 3) },
    ] {
      let program = blocking(formula)
      #expect(shown(program, record) == row.1)
      if row.1 == .unknown { #expect(needs(program, record) == ["openQuestion:Q21 for rule"]) }
    }
    #expect(shown(blocking { $0.path("/") }, record) == .yes)
  }
}
