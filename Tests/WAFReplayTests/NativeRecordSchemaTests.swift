import Foundation
import NativeRecords
import TestSupport
import Testing
import WAFRequests
import WAFTraffic

struct NativeRecordSchemaTests {
  private func schema() throws -> JSONSchema {
    let file = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "docs/schemas/native-record.schema.json")
    return try JSONSchema(contentsOf: file)
  }

  private static let records = [
    #"{"httpRequest":{}}"#,
    #"""
    {"timestamp":1,"webaclId":"a","action":"BLOCK","terminatingRuleId":"r","httpSourceName":"CF",\#
    "httpSourceId":"x","cfDistributionTenantId":"t","oversizeFields":["REQUEST_BODY"],\#
    "requestBodySize":9000,"requestBodySizeInspectedByWAF":8192,"clientAsn":1,"forwardedAsn":"2",\#
    "ja3Fingerprint":"0","ja4FingerprintBase64":"/w==","labels":[{"name":"a:b"}],\#
    "captchaResponse":{"responseCode":0,"solveTimestamp":1},\#
    "challengeResponse":{"failureReason":"TOKEN_MISSING"},\#
    "monetizeVerifyResponse":{"verificationStatus":"VERIFIED"},\#
    "httpRequest":{"clientIp":"::1","country":"-","headers":[{"nameBase64":"/w==","value":"v"}],\#
    "uri":"/","args":"","httpMethodBase64":"/w==","fragment":"f","scheme":"https"},\#
    "wafcast":{"expect":{"rule":"r"},"source":"s","masked":["headers.x"],"bodySize":9,\#
    "state":{"uri":"prefix"},"certainty":"exact"}}
    """#,
    #"""
    {"labels":[{"name":"awswaf:forwardedip:geo:country:XX"},\#
    {"name":"awswaf:managed:captcha:accepted"}],"httpRequest":{"headers":null,"body":"\ufffd"},\#
    "wafcast":{"bodySize":7}}
    """#,
  ]

  @Test(arguments: records, [true, false])
  func writtenRecordsConform(text: String, masksSecrets: Bool) throws {
    let schema = try schema()
    #expect(try schema.findings(in: text) == [])
    var record = RequestRecord()
    try WAFLogDecoder().decode(Array(text.utf8).span, into: &record)
    var line: [UInt8] = []
    var writer = NativeRecordWriter(masksSecrets: masksSecrets)
    writer.append(record, to: &line)
    let written = String(decoding: line, as: UTF8.self)
    #expect(try schema.findings(in: written) == [], "\(written)")
  }

  /// The schema refuses what the decoder refuses: each case breaks one thing.
  @Test(arguments: [
    "{}", #"{"httpRequest":[]}"#, #"{"httpRequest":{"uri":1}}"#,
    #"{"httpRequest":{"headers":[{"value":"v"}]}}"#,
    #"{"httpRequest":{},"wafcast":{"state":{"uri":"gone"}}}"#,
    #"{"httpRequest":{},"wafcast":{"expect":{"acton":"BLOCK"}}}"#,
    #"{"httpRequest":{},"challengeResponse":[]}"#, #"{"httpRequest":{},"clientAsn":[]}"#,
    #"{"httpRequest":{},"labels":{}}"#,
  ])
  func otherRecordsDoNotConform(text: String) throws {
    #expect(try !schema().findings(in: text).isEmpty)
    var record = RequestRecord()
    #expect(throws: RecordError.self) {
      try WAFLogDecoder().decode(Array(text.utf8).span, into: &record)
    }
  }
}
