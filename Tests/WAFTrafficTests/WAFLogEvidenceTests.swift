import Bytes
import TestSupport
import Testing
import WAFRequests
import WAFTraffic

/// What of a log record counts as evidence beside the request itself.
@Suite struct WAFLogEvidenceTests {
  private static func decode(
    request members: String = "", beside others: String = ""
  ) throws -> RequestRecord {
    try WAFLogDecoderTests.decode(request: members, beside: others)
  }

  private func text(_ record: RequestRecord, _ component: Component) -> String {
    "\(component.state): \(record.text(component.range))"
  }

  // MARK: Components

  /// One millisecond before May 2025, and its beginning.
  private static let before = #","timestamp":1746057599999"#
  private static let since = #","timestamp":"2025-05-01T00:00:00Z""#

  static let fragments: [(request: String, beside: String, fragment: String)] = [
    (#""fragment":"top""#, "", "known: top"), (##""fragment":"#top""##, "", "known: top"),
    (###""fragment":"##top""###, "", "known: #top"), (##""fragment":"#""##, "", "empty: "),
    (#""fragment":"""#, "", "absent: "), (#""fragment":"REDACTED""#, "", "redacted: "),
    (#""fragment":"\ufffd""#, "", "lossy: \u{FFFD}"),
    (#""fragment":"x","fragmentBase64":"I2E=""#, "", "known: #a"),
    (#""fragmentBase64":"""#, "", "empty: "), ("", "", "notRecorded: "),
    (#""scheme":"https""#, "", "notRecorded: "), (#""scheme":"https""#, before, "notRecorded: "),
    (#""scheme":"https""#, since, "absent: "), ("", since, "notRecorded: "),
    (#""scheme":null,"fragment":null"#, since, "notRecorded: "),
    (#""fragment":null,"scheme":"http""#, since, "absent: "),
    (#""scheme":"""#, since, "notRecorded: "),
    (#""scheme":"https","fragment":"a""#, since, "known: a"),
    (
      #""scheme":"https""#, since + #","wafcast":{"state":{"fragment":"notRecorded"}}"#,
      "notRecorded: "
    ),
    ("", #","wafcast":{"state":{"fragment":"absent"}}"#, "absent: "),
    (#""fragment":"a""#, #","wafcast":{"state":{"fragment":"prefix"}}"#, "prefix: a"),
    (#""fragment":"a""#, #","wafcast":{"masked":["fragment"]}"#, "redacted: "),
  ]

  @Test(arguments: fragments)
  func fragmentOf(_ example: (request: String, beside: String, fragment: String)) throws {
    // Whether the timestamp stands before or behind the request does not matter.
    let record = try Self.decode(request: example.request, beside: example.beside)
    #expect(text(record, record.fragment) == example.fragment)
    if !example.beside.isEmpty {
      let front = example.beside.dropFirst()
      let turned = try WAFLogDecoderTests.decode(
        "{\(front),\"httpRequest\":{\(example.request)}}")
      #expect(text(turned, turned.fragment) == example.fragment)
    }
  }

  static let schemes: [(String, String)] = [
    (#""scheme":"https""#, "known: https"), (#""scheme":"HTTP""#, "known: HTTP"),
    (#""scheme":"""#, "notRecorded: "), (#""scheme":"-""#, "notRecorded: "),
    (#""scheme":null"#, "notRecorded: "), ("", "notRecorded: "),
    (#""scheme":"REDACTED""#, "redacted: "), (#""schemeBase64":"aHR0cHM=""#, "known: https"),
  ]

  @Test(arguments: schemes) func schemeOf(_ example: (String, String)) throws {
    let record = try Self.decode(request: example.0)
    #expect(text(record, record.scheme) == example.1)
  }

  static let fingerprints: [(request: String, beside: String, fingerprint: String)] = [
    ("", #","ja3Fingerprint":"0a","ja4Fingerprint":"0a""#, "known: 0a"),
    ("", #","ja3Fingerprint":"","ja4Fingerprint":"-""#, "notRecorded: "),
    ("", #","ja3Fingerprint":null"#, "notRecorded: "), ("", "", "notRecorded: "),
    (#""scheme":"https""#, "", "notRecorded: "), (#""scheme":"http""#, "", "absent: "),
    (#""scheme":"Http""#, #","ja3Fingerprint":"-""#, "absent: "),
    (#""scheme":"http""#, #","ja3Fingerprint":"0a","ja4Fingerprint":"0a""#, "known: 0a"),
    (
      "", #","wafcast":{"state":{"ja3Fingerprint":"absent","ja4Fingerprint":"absent"}}"#,
      "absent: "
    ),
    ("", #","ja3FingerprintBase64":"MGE=","ja4FingerprintBase64":"MGE=""#, "known: 0a"),
  ]

  @Test(arguments: fingerprints)
  func fingerprintsOf(_ example: (request: String, beside: String, fingerprint: String)) throws {
    let record = try Self.decode(request: example.request, beside: example.beside)
    #expect(text(record, record.ja3Fingerprint) == example.fingerprint)
    #expect(text(record, record.ja4Fingerprint) == example.fingerprint)
  }

  @Test func twinsOfAllComponents() throws {
    let record = try Self.decode(
      request: #""httpMethod":"?","httpMethodBase64":"/w==","httpVersionBase64":"/g==""#)
    #expect(Array(record.storage[record.method.range.bounds]) == [0xFF])
    #expect(Array(record.storage[record.httpVersion.range.bounds]) == [0xFE])
  }

  @Test func linesOfOneNameHaveStatesOfTheirOwn() throws {
    let headers = #""headers":[{"name":"a","value":"1"},{"name":"a","value":"2"}]"#
    let record = try Self.decode(
      request: headers, beside: #","wafcast":{"state":{"headers[1]":"prefix"}}"#)
    #expect(record.headers.map(\.value.state) == [.known, .prefix])
    for name in ["headers[2]", "headers[-1]", "headers[]", "headers[+1]", "headers[0"] {
      #expect(throws: RecordError.self) {
        try Self.decode(
          request: headers, beside: #","wafcast":{"state":{"\#(name)":"prefix"}}"#)
      }
    }
  }

  // MARK: Tokens

  struct TokenCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var members: String
    var captcha = TokenEvidence()
    var challenge = TokenEvidence()
  }

  private static func labels(_ names: String...) -> String {
    let list = names.map { #"{"name":"awswaf:managed:\#($0)"}"# }.joined(separator: ",")
    return #","labels":[\#(list)]"#
  }

  private static func challenge(_ members: String) -> String {
    #","challengeResponse":{\#(members)}"#
  }

  private static let solved = TokenEvidence(finding: .valid, solveTimestamp: 1_792_047_600)

  static let tokens: [TokenCase] = [
    TokenCase(testDescription: "nothing", members: #","captchaResponse":null"#),
    TokenCase(
      testDescription: "valid",
      members: challenge(#""responseCode":0,"solveTimestamp":1792047600"#), challenge: solved),
    TokenCase(
      testDescription: "milliseconds and text",
      members: challenge(
        #""solveTimestamp":"1792047600123","responseCode":"0","failureReason":null"#),
      challenge: solved),
    TokenCase(
      testDescription: "captcha",
      members: #","captchaResponse":{"responseCode":0,"solveTimestamp":1792047600}"#,
      captcha: solved),
    TokenCase(
      testDescription: "no time", members: challenge(#""responseCode":0,"solveTimestamp":0"#)),
    TokenCase(testDescription: "no members", members: challenge("")),
    TokenCase(
      testDescription: "a code without a reason",
      members: challenge(#""responseCode":202,"solveTimestamp":1792047600"#)),
    TokenCase(
      testDescription: "missing",
      members: challenge(
        #""responseCode":202,"solveTimestamp":0,"failureReason":"TOKEN_MISSING""#),
      challenge: TokenEvidence(finding: .missing)),
    TokenCase(
      testDescription: "expired",
      members: challenge(#""solveTimestamp":1792047600,"failureReason":"TOKEN_EXPIRED""#),
      challenge: TokenEvidence(finding: .expired, solveTimestamp: 1_792_047_600)),
    TokenCase(
      testDescription: "invalid", members: challenge(#""failureReason":"TOKEN_INVALID""#),
      challenge: TokenEvidence(finding: .invalid)),
    TokenCase(
      testDescription: "another domain's",
      members: challenge(#""failureReason":"TOKEN_DOMAIN_MISMATCH""#),
      challenge: TokenEvidence(finding: .domainMismatch)),
    TokenCase(
      testDescription: "a reason of its own", members: challenge(#""failureReason":"NOT_SOLVED""#),
      challenge: TokenEvidence(finding: .invalid)),
    TokenCase(
      testDescription: "times out of reach",
      members: challenge(#""responseCode":0,"solveTimestamp":-5"#)
        + #","captchaResponse":{"responseCode":0,"solveTimestamp":8e18}"#),
    TokenCase(
      testDescription: "label accepted", members: labels("token:accepted"),
      challenge: TokenEvidence(finding: .valid)),
    TokenCase(
      testDescription: "label captcha accepted", members: labels("captcha:accepted"),
      captcha: TokenEvidence(finding: .valid)),
    TokenCase(
      testDescription: "label absent", members: labels("token:absent"),
      captcha: TokenEvidence(finding: .missing), challenge: TokenEvidence(finding: .missing)),
    TokenCase(
      testDescription: "own labels first", members: labels("token:accepted", "captcha:absent"),
      captcha: TokenEvidence(finding: .missing), challenge: TokenEvidence(finding: .valid)),
    TokenCase(
      testDescription: "labels with a reason",
      members: labels("token:rejected:expired", "token:rejected", "captcha:rejected"),
      captcha: TokenEvidence(finding: .invalid), challenge: TokenEvidence(finding: .expired)),
    TokenCase(
      testDescription: "more reasons",
      members: labels(
        "token:rejected", "token:rejected:domain_mismatch", "captcha:rejected:not_solved"),
      captcha: TokenEvidence(finding: .invalid),
      challenge: TokenEvidence(finding: .domainMismatch)),
    TokenCase(
      testDescription: "other labels", members: labels("token:id:1", "token", "token:acceptedx")),
    TokenCase(
      testDescription: "the response before the labels",
      members: labels("token:accepted") + challenge(#""failureReason":"TOKEN_EXPIRED""#),
      challenge: TokenEvidence(finding: .expired)),
    TokenCase(
      testDescription: "labels where the response says nothing",
      members: challenge(#""responseCode":0"#) + labels("token:accepted"),
      challenge: TokenEvidence(finding: .valid)),
    TokenCase(
      testDescription: "a rule's response",
      members: #"""
        ,"nonTerminatingMatchingRules":[{"ruleId":"a","challengeResponse":{"responseCode":0,\#
        "solveTimestamp":1}},1,{"challengeResponse":{"responseCode":0,\#
        "solveTimestamp":1792047600}},{"ruleId":"b","challengeResponse":null}]
        """# + labels("token:absent"),
      captcha: TokenEvidence(finding: .missing), challenge: solved),
    TokenCase(
      testDescription: "not the usual shape", members: #","nonTerminatingMatchingRules":"[]""#),
  ]

  @Test(arguments: tokens) func evidenceOfTokens(_ example: TokenCase) throws {
    let record = try Self.decode(beside: example.members)
    #expect(record.captcha == example.captcha)
    #expect(record.challenge == example.challenge)
  }

  // MARK: Findings

  @Test func geoLabels() throws {
    let record = try Self.decode(
      beside: #"""
        ,"labels":[{"name":"awswaf:forwardedip:geo:country:US"},{"x":1,\#
        "name":"awswaf:forwardedip:geo:region:US-C\u0041"},{"name":null},\#
        {"name":"awswaf:clientip:geo:region:DE-BE"},{"name":"awswaf:clientip:geo:country:FR"}]
        """#)
    #expect(record.forwardedCountry == .code(try #require(CountryCode(Array("US".utf8)))))
    #expect(record.forwardedRegion.map { record.text($0) } == "US-CA")
    #expect(record.recordedRegion.map { record.text($0) } == "DE-BE")
    #expect(record.country == .notRecorded)
    let unknown = try Self.decode(
      beside: #","labels":[{"name":"awswaf:forwardedip:geo:country:XX"}]"#)
    #expect(unknown.forwardedCountry == .undetermined && unknown.forwardedRegion == nil)
  }

  static let networks: [(String, UInt32?)] = [
    ("64500", 64500), (#""64500""#, 64500), ("0", 0), ("4294967295", .max), ("null", nil),
    (#""""#, nil), (#""-""#, nil),
  ]

  @Test(arguments: networks) func networkOf(_ example: (String, UInt32?)) throws {
    let record = try Self.decode(
      beside: ",\"clientAsn\":\(example.0),\"forwardedAsn\":\(example.0)")
    #expect(record.clientASN == example.1)
    #expect(record.forwardedASN == example.1)
  }

  static let payments: [(String, Bool?)] = [
    (#"{"verificationStatus":"VERIFIED"}"#, true), (#"{"verificationStatus":"FAILED"}"#, false),
    (#"{"verificationStatus":null}"#, nil), (#"{"verificationStatus":""}"#, nil), ("{}", nil),
    ("null", nil), (#"{"x":[1],"verificationStatus":"verified"}"#, false),
  ]

  @Test(arguments: payments) func paymentOf(_ example: (String, Bool?)) throws {
    let record = try Self.decode(beside: ",\"monetizeVerifyResponse\":\(example.0)")
    #expect(record.paymentVerified == example.1)
  }

  @Test func sizes() throws {
    let record = try Self.decode(
      request: #""httpMethod":"GET","headers":[],"httpVersion":"HTTP/1.1""#,
      beside: #","requestBodySizeInspectedByWAF":8192,"wafcast":{"bodySize":9000}"#)
    #expect(record.inspectedBodySize == 8192)
    #expect(record.bodySize == .recorded(9000))
    #expect(record.body.state == .notRecorded)
    let cut = try Self.decode(
      request: #""body":"abc","headers":[{"name":"content-length","value":"3"}]"#,
      beside: #","wafcast":{"bodySize":9}"#)
    #expect(cut.body.state == .prefix && cut.bodySize == .recorded(9))
    #expect(try Self.decode(beside: #","wafcast":{"bodySize":0}"#).body.state == .absent)
  }

  /// What a prediction says of the service's findings is no evidence; what it says of the request is.
  @Test(arguments: [true, false])
  func predictionsAreNoEvidence(isPrediction: Bool) throws {
    let found = #"""
      ,"requestBodySizeInspectedByWAF":1,"clientAsn":1,"forwardedAsn":2,"ja3Fingerprint":"03",\#
      "captchaResponse":{"failureReason":"TOKEN_EXPIRED"},\#
      "nonTerminatingMatchingRules":[{"challengeResponse":{"failureReason":"TOKEN_EXPIRED"}}],\#
      "monetizeVerifyResponse":{"verificationStatus":"VERIFIED"},\#
      "labels":[{"name":"awswaf:forwardedip:geo:country:DE"},\#
      {"name":"awswaf:forwardedip:geo:region:DE-BE"},{"name":"awswaf:managed:token:accepted"}]
      """#
    let mark = #","wafcast":{"certainty":"exact"}"#
    for members in [mark + found, found + mark] {
      let record = try Self.decode(
        request: #""scheme":"https","fragment":"a""#, beside: isPrediction ? members : found)
      #expect((record.inspectedBodySize == nil) == isPrediction)
      #expect((record.clientASN == nil) == isPrediction)
      #expect((record.forwardedASN == nil) == isPrediction)
      #expect((record.captcha == TokenEvidence()) == isPrediction)
      #expect((record.challenge == TokenEvidence()) == isPrediction)
      #expect((record.paymentVerified == nil) == isPrediction)
      #expect((record.forwardedCountry == .notRecorded) == isPrediction)
      #expect((record.forwardedRegion == nil) == isPrediction)
      #expect(text(record, record.ja3Fingerprint) == "known: 03")
      #expect(text(record, record.fragment) == "known: a")
      #expect(text(record, record.scheme) == "known: https")
    }
  }

  static let refused: [String] = [
    #","ja3Fingerprint":1"#, #","clientAsn":"AS1""#, #","clientAsn":-1"#,
    #","clientAsn":4294967296"#, #","forwardedAsn":[]"#, #","captchaResponse":[]"#,
    #","captchaResponse":{"responseCode":"x"}"#, #","monetizeVerifyResponse":"VERIFIED""#,
    #","challengeResponse":{"failureReason":1}"#,
    #","challengeResponse":{"responseCode":0,"responseCode":0}"#,
    #","requestBodySizeInspectedByWAF":-1"#, #","wafcast":{"bodySize":"x"}"#,
    #","labels":[],"labels":[]"#,
  ]

  @Test(arguments: refused) func refusedMembers(members: String) throws {
    #expect(throws: RecordError.self) { try Self.decode(beside: members) }
  }

  /// A used record leaves nothing behind.
  @Test func nothingIsLeftBehind() throws {
    var record = try Self.decode(
      request: #""scheme":"https","fragment":"a""#,
      beside: #"""
        ,"clientAsn":1,"forwardedAsn":1,"ja3Fingerprint":"0","ja4Fingerprint":"0",\#
        "captchaResponse":{"failureReason":"x"},"requestBodySizeInspectedByWAF":1,\#
        "labels":[{"name":"awswaf:managed:token:accepted"}],\#
        "monetizeVerifyResponse":{"verificationStatus":"VERIFIED"}
        """#)
    try WAFLogDecoder().decode(Array(#"{"httpRequest":{}}"#.utf8).span, into: &record)
    #expect(record.scheme == .notRecorded && record.fragment == .notRecorded)
    #expect(record.ja3Fingerprint == .notRecorded && record.ja4Fingerprint == .notRecorded)
    #expect(record.clientASN == nil && record.forwardedASN == nil)
    #expect(record.captcha == TokenEvidence() && record.challenge == TokenEvidence())
    #expect(record.paymentVerified == nil && record.inspectedBodySize == nil)
  }
}
