import TestSupport
import Testing
import WAFRequests
import WAFTraffic

/// Records that are refused: with which code, in which words, and where.
@Suite struct RefusedRecordTests {
  /// A record in which `»` marks the offending byte.
  struct Case: CustomTestStringConvertible {
    var record: String
    var code: RecordError.Code
    var message: String

    init(_ record: String, _ code: RecordError.Code, _ message: String) {
      self.record = record
      self.code = code
      self.message = message
    }

    var testDescription: String { record }
  }

  static let cases: [Case] = [
    Case("»[1]", .wrongType, "expected an object"),
    Case("»", .wrongType, "expected an object"),
    Case("»{}", .noHTTPRequest, "the record has no 'httpRequest'"),
    Case(
      #"»{"events":[{"message":"{}"}]}"#, .noHTTPRequest,
      "the record has no 'httpRequest'; it looks like an export of CloudWatch Logs: "
        + "take out the messages first (jq -r '.events[].message')"),
    Case(#"{"httpRequest":»null}"#, .wrongType, "httpRequest: expected an object"),
    Case(#"{"httpRequest":»[]}"#, .wrongType, "httpRequest: expected an object"),
    Case(#"{"httpRequest":{"uri":»1}}"#, .wrongType, "httpRequest.uri: expected a string"),
    Case(
      #"{"httpRequest":{"headers":[{"name":"a","value":""},{"name":"b","value":»{}}]}}"#,
      .wrongType, "httpRequest.headers[1].value: expected a string"),
    Case(
      #"{"httpRequest":{"headers":[»"a"]}}"#, .wrongType,
      "httpRequest.headers[0]: expected an object"),
    Case(
      #"{"httpRequest":{"headers":[»{"value":"x"}]}}"#, .invalidValue,
      "httpRequest.headers[0]: a header needs a name"),
    Case(
      #"{"httpRequest":{"headers":[{"name":"a","valueBase64":»"a"}]}}"#, .invalidValue,
      "httpRequest.headers[0].valueBase64: expected base64"),
    Case(
      #"{"httpRequest":{"bodyBase64":»"YQ=a"}}"#, .invalidValue,
      "httpRequest.bodyBase64: expected base64"),
    Case(
      #"{"httpRequest":{"bodyBase64":»"YR=="}}"#, .invalidValue,
      "httpRequest.bodyBase64: expected base64"),
    Case(
      #"{"httpRequest":{"uri":"/",»"uri":"/admin"}}"#, .repeatedKey,
      "httpRequest: repeated key 'uri'"),
    Case(#"{"httpRequest":{},»"httpRequest":{}}"#, .repeatedKey, "repeated key 'httpRequest'"),
    Case(
      #"{"httpRequest":{"headers":[{"name":"a",»"n\u0061me":"b"}]}}"#, .repeatedKey,
      "httpRequest.headers[0]: repeated key 'name'"),
    Case(
      #"{"timestamp":»"yesterday","httpRequest":{}}"#, .invalidValue,
      "timestamp: expected milliseconds since 1970 or RFC 3339 text"),
    Case(
      #"{"timestamp":»"2025-02-29T00:00:00Z","httpRequest":{}}"#, .invalidValue,
      "timestamp: expected milliseconds since 1970 or RFC 3339 text"),
    Case(#"{"timestamp":»true,"httpRequest":{}}"#, .wrongType, "timestamp: expected a number"),
    Case(
      #"{"timestamp":»01,"httpRequest":{}}"#, .invalidJSON, "timestamp: invalid number"),
    Case(
      #"{"httpRequest":{},"requestBodySize":»-1}"#, .invalidValue,
      "requestBodySize: expected a number of bytes"),
    Case(
      #"{"httpRequest":{},"labels":»"x"}"#, .wrongType, "labels: expected an array"),
    Case(
      #"{"httpRequest":{},"wafcast":{"state":{»"path":"known"}}}"#, .invalidState,
      "wafcast.state: 'path' is no component"),
    Case(
      #"{"httpRequest":{},"wafcast":{"state":{"uri":»"gone"}}}"#, .invalidState,
      "wafcast.state.uri: 'gone' is no state"),
    Case(
      #"{"httpRequest":{},"wafcast":{"state":{»"uri":"known"}}}"#, .invalidState,
      "wafcast.state: 'uri' is not in the record, so it cannot be 'known'"),
    Case(
      #"{"wafcast":{"state":{»"uri":"absent"}},"httpRequest":{"uri":"/"}}"#, .invalidState,
      "wafcast.state: 'uri' is in the record, so it cannot be 'absent'"),
    Case(
      #"{"httpRequest":{},"wafcast":{"masked":["uri",»"cookie"]}}"#, .invalidState,
      "wafcast.masked[1]: 'cookie' is no component"),
    Case(
      #"{"httpRequest":{},"wafcast":{"expect":{»"acton":"BLOCK"}}}"#, .invalidValue,
      "wafcast.expect: 'acton' is no expectation (action, rule)"),
    Case(#"{"httpRequest":{}}»x"#, .invalidJSON, "data after the record"),
    Case(#"{"httpRequest":{}»"#, .invalidJSON, "the record ends too early"),
    Case(
      #"{"httpRequest":{"uri":"/a»"#, .invalidJSON, "httpRequest.uri: the record ends too early"),
    Case(#"{"httpRequest":{»,"uri":"/"}}"#, .invalidJSON, "httpRequest: expected a key"),
    Case(#"{"httpRequest":{"uri"»,"/"}}"#, .invalidJSON, "httpRequest: expected ':'"),
    Case(
      #"{"httpRequest":{"uri":"/"»"args":""}}"#, .invalidJSON,
      "httpRequest: expected ',' or the end"),
    Case(
      "{\"httpRequest\":{\"uri\":\"a»\tb\"}}", .invalidJSON,
      "httpRequest.uri: control character inside a string"),
    Case(
      #"{"httpRequest":{"uri":"a»\xb"}}"#, .invalidJSON,
      "httpRequest.uri: invalid escape in a string"),
    Case(#"{"httpRequest":{},"x":[0,»nul]}"#, .invalidJSON, "x[1]: expected a value"),
    Case(#"{"httpRequest":{},"x":[0,»]}"#, .invalidJSON, "x[1]: expected a value"),
    Case(
      "{\"httpRequest\":{},\"x\":" + String(repeating: "[", count: 128) + "»[",
      .nestedTooDeep,
      "x" + String(repeating: "[0]", count: 127)
        + ": nested deeper than 128 levels"),
  ]

  @Test(arguments: cases) func refused(_ example: Case) throws {
    let parts = example.record.split(separator: "»", omittingEmptySubsequences: false)
    let offset = try #require(parts.first).utf8.count
    let bytes = Array(parts.joined().utf8)
    var record = RequestRecord(uri: "/left-over")
    let error = try #require(throws: RecordError.self) {
      try WAFLogDecoder().decode(bytes.span, into: &record)
    }
    #expect(error.code == example.code)
    #expect(error.message == example.message)
    #expect(error.offset == offset)
    #expect(record.path == .notRecorded, "a refused record is empty")
  }
}
