import Bytes
import IPAddressing
import TestSupport
import Testing
import WAFRequests
import WAFTraffic

@Suite struct WAFLogDecoderTests {
  static func decode(_ text: String) throws -> RequestRecord {
    var record = RequestRecord()
    try WAFLogDecoder().decode(Array(text.utf8).span, into: &record)
    return record
  }

  /// A record whose `httpRequest` has these members.
  static func decode(request members: String, beside others: String = "") throws -> RequestRecord {
    try decode("{\"httpRequest\":{\(members)}\(others)}")
  }

  private func text(_ record: RequestRecord, _ component: Component) -> String {
    "\(component.state): \(record.text(component.range))"
  }

  @Test func nativeRecord() throws {
    let record = try Self.decode(SampleRecords.native)
    #expect(record.timestamp == 1_761_999_999_202)
    #expect(record.text(record.sourceName) == "ALB")
    #expect(record.clientIP == IPAddress("203.0.113.10").map { .address($0) })
    #expect(text(record, record.method) == "known: GET")
    #expect(text(record, record.path) == "known: /admin")
    #expect(text(record, record.query) == "known: tab=users")
    #expect(text(record, record.httpVersion) == "known: HTTP/2.0")
    #expect(record.text(record.requestID) == "r1")
    #expect(record.headers.map { record.text($0.name) } == ["Host", "User-Agent"])
    #expect(record.headersAreComplete)
    #expect(record.body.state == .absent && record.bodyAbsence == .recorded)
    #expect(record.text(record.recorded.expectedAction) == "BLOCK")
    #expect(
      record.text(record.recorded.expectedRule) == "admin-protection/AdminProtection_URIPATH")
    #expect(record.text(record.provenance) == "by hand")
    #expect(!record.recorded.isPrediction)
  }

  @Test func logRecord() throws {
    let record = try Self.decode(SampleRecords.log)
    #expect(record.clientIP == IPAddress("2001:db8::1").map { .address($0) })
    #expect(record.country == .undetermined)
    #expect(record.query.state == .absentOrEmpty)
    #expect(record.headers.map(\.value.state) == [.known, .empty, .known])
    #expect(record.body.state == .notRecorded && record.bodySize == .observed(20480))
    #expect(record.serviceFoundOversizeBody)
    #expect(record.recordedRegion.map { record.text($0) } == "DE-BE")
    #expect(record.text(record.recorded.action) == "BLOCK")
    #expect(record.text(record.recorded.terminatingRuleID) == "admin-protection")
    #expect(record.text(record.webACLARN).hasSuffix("webacl/shop/0a"))
  }

  @Test func escapesAndBase64() throws {
    let record = try Self.decode(SampleRecords.rich)
    #expect(text(record, record.path) == "lossy: /a\"b\\ä😀")
    #expect(Array(record.storage[record.query.range.bounds]) == [0xFF, 0xFE])
    #expect(record.headers.map { record.text($0.name) } == ["x-raw", "X-B64", "x-none", "cookie"])
    #expect(record.headers.map(\.value.state) == [.known, .prefix, .redacted, .redacted])
    #expect(Array(record.storage[record.headers[0].value.range.bounds]) == [0x00, 0xFF])
    #expect(Array(record.storage[record.body.range.bounds]) == [0, 1, 2])
    #expect(record.timestamp == 1_762_000_000_202)
  }

  @Test func rawMembersAreFound() throws {
    let record = try Self.decode(SampleRecords.log)
    let expected: [(RawMember, String?)] = [
      (.timestamp, "1762000000202"), (.formatVersion, "1"), (.httpSourceId, #""1-app/shop/01""#),
      (.requestBodySizeInspectedByWAF, "8192"), (.oversizeFields, #"["REQUEST_BODY"]"#),
      (.clientAsn, "64500"), (.ja4Fingerprint, nil), (.wafcast, nil),
    ]
    for (member, value) in expected {
      #expect(record.raw[member].map { record.text($0) } == value, "\(member.key)")
    }
    let request = try #require(record.raw[.httpRequest].map { record.text($0) })
    #expect(request.hasPrefix(#"{"clientIp":"#) && request.hasSuffix(#""host":"shop.example"}"#))
  }

  // MARK: States

  static let states: [(members: String, path: String, query: String)] = [
    (#""uri":"/a","args":"b""#, "known: /a", "known: b"),
    (#""uri":"/a""#, "known: /a", "notRecorded: "),
    (#""uri":"/a","args":null"#, "known: /a", "notRecorded: "),
    (#""args":"b""#, "notRecorded: ", "known: b"),
    (#""uri":"""#, "empty: ", "notRecorded: "),
    (#""uri":"/a","args":"""#, "known: /a", "absentOrEmpty: "),
    (#""uri":"/a","args":"?b=1""#, "known: /a", "known: b=1"),
    (#""uri":"/a","args":"??b""#, "known: /a", "known: ?b"),
    (#""uri":"/a","args":"?""#, "known: /a", "empty: "),
    (#""uri":"/a?b=1?c""#, "known: /a", "known: b=1?c"),
    (#""uri":"/a?""#, "known: /a", "empty: "),
    (#""uri":"/a?b","args":"""#, "known: /a?b", "absentOrEmpty: "),
    (#""uri":"REDACTED","args":"REDACTED""#, "redacted: ", "redacted: "),
    (#""uri":"/REDACTED","args":"a=REDACTED""#, "known: /REDACTED", "known: a=REDACTED"),
    (#""uri":"/\ufffd","args":"\ud800""#, "lossy: /\u{FFFD}", "lossy: \u{FFFD}"),
    ("\"uri\":\"/\u{FFFD}\",\"args\":\"ä\"", "lossy: /\u{FFFD}", "known: ä"),
    (#""uri":"/\udc00\ud83d\ude00""#, "lossy: /\u{FFFD}😀", "notRecorded: "),
    (#""uri":"/\ufffd","uriBase64":"L2E=","args":"x","argsBase64":"eQ""#, "known: /a", "known: y"),
    (#""uri":"/\ufffd?x""#, "lossy: /\u{FFFD}", "lossy: x"),
  ]

  @Test(arguments: states)
  func statesOfTheTarget(_ example: (members: String, path: String, query: String)) throws {
    let record = try Self.decode(request: example.members)
    #expect(text(record, record.path) == example.path)
    #expect(text(record, record.query) == example.query)
  }

  @Test func missingMembersAreNotRecorded() throws {
    let record = try Self.decode(#"{"httpRequest":{}}"#)
    for component in [record.method, record.path, record.query, record.httpVersion, record.body] {
      #expect(component.state == .notRecorded)
    }
    #expect(!record.headersAreComplete && record.headers.isEmpty)
    #expect(record.clientIP == .notRecorded && record.country == .notRecorded)
    #expect(record.timestamp == nil && record.bodySize == .unknown)
  }

  @Test func redactedMethodAndHeader() throws {
    let record = try Self.decode(
      request: #"""
        "httpMethod":"REDACTED","httpVersion":"HTTP/1.1","headers":[
          {"name":"authorization","value":"REDACTED"},{"name":"cookie","value":"a=REDACTED; b=1"},
          {"name":"x","value":null},{"name":"y","myValue":"z"}]
        """#)
    #expect(record.method.state == .redacted)
    #expect(record.headers.map(\.value.state) == [.redacted, .known, .redacted, .redacted])
    // What a redacted method says of the body is not known.
    #expect(record.body.state == .notRecorded)
  }

  @Test func lossyBody() throws {
    #expect(try Self.decode(request: #""body":"a\ufffd""#).body.state == .lossy)
    let record = try Self.decode(request: #""body":"a\ufffd","bodyBase64":"YQ==""#)
    #expect(text(record, record.body) == "known: a")
  }

  static let bodies: [(request: String, beside: String, body: ComponentState, size: BodySize)] = [
    (#""httpMethod":"GET","httpVersion":"HTTP/1.1","headers":[]"#, "", .absent, .unknown),
    (#""httpMethod":"GET","httpVersion":"HTTP/1.1""#, "", .notRecorded, .unknown),
    (#""httpMethod":"POST""#, #","requestBodySize":0"#, .absent, .observed(0)),
    (#""httpMethod":"POST""#, #","requestBodySize":"12""#, .notRecorded, .observed(12)),
    (#""httpMethod":"POST""#, #","requestBodySize":null"#, .notRecorded, .unknown),
    (#""body":"abc""#, #","requestBodySize":9"#, .prefix, .observed(9)),
    (#""bodyBase64":"""#, "", .absent, .recorded(0)),
    (
      #""httpMethod":"GET","httpVersion":"HTTP/1.1","headers":[]"#,
      #","wafcast":{"state":{"body":"notRecorded"}}"#, .notRecorded, .unknown
    ),
    (
      #""body":"abc""#, #","wafcast":{"state":{"body":"prefix"}}"#, .prefix, .unknown
    ),
  ]

  @Test(arguments: bodies)
  func stateOfTheBody(
    _ example: (request: String, beside: String, body: ComponentState, size: BodySize)
  ) throws {
    let record = try Self.decode(request: example.request, beside: example.beside)
    #expect(record.body.state == example.body)
    #expect(record.bodySize == example.size)
  }

  @Test func predictionsAreMarked() throws {
    let prediction = #","wafcast":{"certainty":"exact","possible":["BLOCK"],"needs":[{}]}"#
    #expect(try Self.decode(request: "", beside: prediction).recorded.isPrediction)
    #expect(try !Self.decode(request: "", beside: #","wafcast":{}"#).recorded.isPrediction)
    #expect(
      try !Self.decode(request: "", beside: #","wafcast":{"certainty":null}"#)
        .recorded.isPrediction)
  }

  /// What a prediction says of the service's findings is a prediction too.
  @Test(arguments: [true, false])
  func predictionsAreNoEvidence(isPrediction: Bool) throws {
    let found = #"""
      ,"httpSourceName":"ALB","requestBodySize":9000,"oversizeFields":["REQUEST_BODY"],\#
      "action":"BLOCK","terminatingRuleId":"r","labels":[{"name":"awswaf:clientip:geo:region:DE-BE"}]
      """#
    // The mark may stand before or behind what it is about.
    for marked in [
      #","wafcast":{"certainty":"exact"}"# + found, found + #","wafcast":{"certainty":"exact"}"#,
    ] {
      let record = try Self.decode(
        request: #""httpMethod":"POST""#, beside: isPrediction ? marked : found)
      #expect(record.serviceFoundOversizeBody == !isPrediction)
      #expect((record.recordedRegion == nil) == isPrediction)
      #expect((record.bodySize == .unknown) == isPrediction)
      #expect(record.sourceName.isEmpty == isPrediction)
      #expect(record.recorded.action.isEmpty == isPrediction)
      #expect(record.recorded.terminatingRuleID.isEmpty == isPrediction)
    }
  }

  static let oversize: [(String, Bool)] = [
    (#"["REQUEST_HEADERS"]"#, false), (#"["REQUEST_COOKIES","REQUEST_JSON_BODY"]"#, true),
    (#""[REQUEST_BODY]""#, true), ("[]", false), ("null", false),
  ]

  @Test(arguments: oversize) func oversizeFields(_ example: (String, Bool)) throws {
    let record = try Self.decode(request: "", beside: ",\"oversizeFields\":\(example.0)")
    #expect(record.serviceFoundOversizeBody == example.1)
  }

  static let timestamps: [(String, Int64?)] = [
    ("1762000000001", 1_762_000_000_001), (#""1762000000001""#, 1_762_000_000_001),
    ("1.762000000001E12", 1_762_000_000_001), ("1762000000001.75", 1_762_000_000_001),
    ("-5", -5), ("null", nil), (#""1970-01-01T00:00:00Z""#, 0),
    (#""2025-11-01T12:26:40.001Z""#, 1_762_000_000_001),
    (#""2025-11-01 13:26:40.0019+01:00""#, 1_762_000_000_001),
    (#""2025-11-01t10:56:40-01:30""#, 1_762_000_000_000),
    (#""2024-02-29T00:00:00Z""#, 1_709_164_800_000), (#""1969-12-31T23:59:59Z""#, -1000),
    (#""0001-01-01T00:00:00Z""#, -62_135_596_800_000),
    (#""9999-12-31T23:59:59.999Z""#, 253_402_300_799_999),
  ]

  @Test(arguments: timestamps) func timestamp(_ example: (String, Int64?)) throws {
    let record = try Self.decode("{\"timestamp\":\(example.0),\"httpRequest\":{}}")
    #expect(record.timestamp == example.1)
  }

  @Test func unknownMembersAreIgnored() throws {
    let record = try Self.decode(
      request: #""uri":"/","tls":{"a":[1,{"b":null}]},"tls":true"#,
      beside: #","x":[[],{},"\u0000",-0.5e+3,true,false]"#)
    #expect(text(record, record.path) == "known: /")
  }

  @Test func escapedKeysAreKnownKeys() throws {
    let record = try Self.decode(#"{"http\u0052equest":{"\u0075ri":"/x"}}"#)
    #expect(text(record, record.path) == "known: /x")
  }

  @Test func aUsedRecordLeavesNothingBehind() throws {
    let decoder = WAFLogDecoder()
    var record = RequestRecord()
    for sample in SampleRecords.all { try decoder.decode(Array(sample.utf8).span, into: &record) }
    try decoder.decode(Array(#"{"httpRequest":{}}"#.utf8).span, into: &record)
    #expect(record.timestamp == nil && record.headers.isEmpty && record.recordedRegion == nil)
    #expect(record.raw[.timestamp] == nil && record.recorded == RecordedOutcome())
    #expect(record.path == .notRecorded && !record.serviceFoundOversizeBody)
  }

  @Test func positionIsKept() throws {
    var record = RequestRecord()
    let position = RecordPosition(file: 2, offset: 77)
    try WAFLogDecoder().decode(
      Array(#"{"httpRequest":{}}"#.utf8).span, position: position, into: &record)
    #expect(record.position == position)
  }
}
