import Bytes
import PredictedRecords
import Testing
import WAFEngine
import WAFProgram
import WAFReplay
import WAFRequests

/// What becomes of `httpRequest` in a predicted record.
struct PredictedRequestTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var request: String
    var written: String
    /// What is written once it is read again, where that differs.
    var again: String?
    var masked: [String] = []
    var tail = ""
    var masksSecrets = true
  }

  static let cases: [Case] = [
    Case(
      testDescription: "secret headers",
      request:
        #"{"headers":[{"name":"Cookie","value":"a=b"},{"name":"X-Api-Key","value":"k"},{"name":"Host","value":"h"}],"uri":"/"}"#,
      written:
        #"{"headers":[{"name":"Cookie","value":"REDACTED"},{"name":"X-Api-Key","value":"REDACTED"},{"name":"Host","value":"h"}],"uri":"/"}"#,
      masked: ["headers.cookie", "headers.x-api-key"]),
    Case(
      testDescription: "secret arguments",
      request: #"{"uri":"/","args":"a=1&Password=x&b=%3C"}"#,
      written: #"{"uri":"/","args":"a=1&Password=REDACTED&b=%3C"}"#, masked: ["args.Password"]),
    Case(
      testDescription: "secrets in the base64 twin",
      request: #"{"uri":"/","args":"token=?","argsBase64":"dG9rZW49/w==","httpMethod":"GET"}"#,
      written: #"{"uri":"/","args":"token=REDACTED","httpMethod":"GET"}"#, masked: ["args.token"]),
    Case(
      testDescription: "plain base64 twin stays",
      request: #"{"uri":"/","args":"a=?","argsBase64":"YT3/"}"#,
      written: #"{"uri":"/","args":"a=?","argsBase64":"YT3/"}"#),
    Case(
      testDescription: "query inside uri",
      request: #"{"headers":[],"uri":"/x?token=1&a=2"}"#,
      written: #"{"headers":[],"uri":"/x","args":"token=REDACTED&a=2"}"#, masked: ["args.token"]),
    Case(
      testDescription: "question mark of the path",
      request: #"{"uri":"/x?token=1","args":""}"#,
      written: #"{"uri":"/x?token=REDACTED","args":""}"#, masked: ["uri"]),
    Case(
      testDescription: "body", request: #"{"uri":"/","body":"secret","httpMethod":"POST"}"#,
      written: #"{"uri":"/","httpMethod":"POST"}"#, masked: ["body"]),
    Case(
      testDescription: "stated state of a masked body",
      request: #"{"uri":"/","bodyBase64":"/w=="}"#, written: #"{"uri":"/"}"#, masked: ["body"],
      tail: #","wafcast":{"state":{"body":"known","uri":"lossy"}}"#),
    Case(
      testDescription: "empty body", request: #"{"uri":"/","body":""}"#,
      written: #"{"uri":"/","body":""}"#),
    Case(
      testDescription: "referer with a secret",
      request: #"{"headers":[{"name":"Referer","value":"https://h/?code=1&x=2"}],"uri":"/"}"#,
      written:
        #"{"headers":[{"name":"Referer","value":"https://h/?code=REDACTED&x=2"}],"uri":"/"}"#,
      again: #"{"headers":[{"name":"Referer","value":"REDACTED"}],"uri":"/"}"#,
      masked: ["headers.referer"]),
    Case(
      testDescription: "nothing masked on request",
      request:
        #"{"headers":[{"name":"Cookie","value":"a=b"}],"uri":"/","args":"sig=1","body":"x"}"#,
      written:
        #"{"headers":[{"name":"Cookie","value":"a=b"}],"uri":"/","args":"sig=1","body":"x"}"#,
      masksSecrets: false),
    Case(
      testDescription: "redacted already",
      request: #"{"headers":[{"name":"authorization","value":"REDACTED"}],"uri":"/"}"#,
      written: #"{"headers":[{"name":"authorization","value":"REDACTED"}],"uri":"/"}"#),
    Case(
      testDescription: "line breaks and spaces",
      request: "{\n \"uri\" : \"/a b\\n\",\n\"x\": {\"y\" : [1,\n 2], \"z\": \"a \\\" b\"}}",
      written: #"{"uri":"/a b\n","x":{"y":[1,2],"z":"a \" b"}}"#),
    Case(
      testDescription: "escaped key", request: #"{"uri":"/","\u0061rgs":"token=1"}"#,
      written: #"{"uri":"/","args":"token=REDACTED"}"#, masked: ["args.token"]),
    Case(testDescription: "nothing but a path", request: #"{"uri":"/"}"#, written: #"{"uri":"/"}"#),
    Case(testDescription: "nothing at all", request: "{}", written: "{}"),
  ]

  @Test(arguments: cases)
  func written(_ testCase: Case) async throws {
    let (report, output) = try await replay(
      [#"{"httpRequest":\#(testCase.request)\#(testCase.tail)}"#], TestProgram.make(),
      masksSecrets: testCase.masksSecrets)
    #expect(report.rejects.samples.samples.map(\.reason.message) == [])
    let line = try #require(output.lines.first)
    #expect(line.contains(#","httpRequest":\#(testCase.written),"#), "\(line)")
    let names = testCase.masked.map { "\"\($0)\"" }.joined(separator: ",")
    #expect(line.contains(#""masked":[\#(names)]"#) == !testCase.masked.isEmpty, "\(line)")
    // What was written can be read again, and says the same.
    let again = try await replay(
      [line], TestProgram.make(), masksSecrets: testCase.masksSecrets)
    #expect(again.report.rejects.samples.samples.map(\.reason.message) == [])
    let second = try #require(again.output.lines.first)
    let expected = testCase.again ?? testCase.written
    #expect(second.contains(#""httpRequest":\#(expected),"#), "\(second)")
  }

  @Test func bytesThatAreNoUTF8GetATwin() throws {
    var json = Array(#"{"httpRequest":{"uri":"/a"#.utf8)
    json += [0xFF]
    json += Array(#"","args":"q="#.utf8) + [0xC3, 0x28]
    json += Array(#"","headers":[{"name":"X-Y","value":"v"#.utf8) + [0x80]
    json += Array(#""}],"extra":"e"#.utf8) + [0xFE] + Array(#""}}"#.utf8)
    var record = RequestRecord()
    try LogDecoder().decode(json.span, format: 0, position: RecordPosition(), into: &record)
    let line = predict(record)
    let text = try #require(String(validating: line, as: UTF8.self))
    #expect(
      text.contains(
        "\"httpRequest\":{\"uri\":\"/a\u{FFFD}\",\"uriBase64\":\"L2H/\",\"args\":\"q=\u{FFFD}(\","
          + "\"argsBase64\":\"cT3DKA==\",\"headers\":[{\"name\":\"X-Y\",\"value\":\"v\u{FFFD}\","
          + "\"valueBase64\":\"doA=\"}],\"extra\":\"e\u{FFFD}\"}"), "\(text)")
  }

  /// A request that was no JSON is written from its components, with the states they need.
  @Test func componentsOfOtherFormats() throws {
    let record = RequestRecord(
      method: "POST", uri: "/a?token=1", headers: [("Host", "h"), ("Cookie", "s=1")],
      body: Array("x".utf8), clientIP: "2001:db8::1", country: "DE", sourceName: "CF")
    let text = String(decoding: predict(record), as: UTF8.self)
    #expect(text.contains(#""httpSourceName":"CF","httpSourceId":"-""#))
    #expect(
      text.contains(
        #""httpRequest":{"clientIp":"2001:db8::1","country":"DE","headers":[{"name":"Host","value":"h"},{"name":"Cookie","value":"REDACTED"}],"uri":"/a","args":"token=REDACTED","httpVersion":"HTTP/1.1","httpMethod":"POST","fragment":""}"#
      ), "\(text)")
    #expect(text.contains(#""masked":["headers.cookie","args.token","body"]"#))
    let bare = String(decoding: predict(RequestRecord(uri: "/a")), as: UTF8.self)
    #expect(
      bare.contains(
        #""httpRequest":{"headers":[],"uri":"/a","httpVersion":"HTTP/1.1","httpMethod":"GET","fragment":"","body":""}"#
      ), "\(bare)")
    #expect(bare.contains(#""state":{"args":"absent"}"#))
    var again = RequestRecord()
    try LogDecoder().decode(
      Array(bare.utf8).span, format: 0, position: RecordPosition(), into: &again)
    #expect(again.query.state == .absent)
    #expect(again.body.state == .absent)
    #expect(again.headersAreComplete)
  }

  private func predict(_ record: borrowing RequestRecord) -> [UInt8] {
    let program = TestProgram.make()
    var evaluator = Evaluator(program)
    var writer = PredictedRecordWriter(program)
    var details = VerdictDetails()
    var line: [UInt8] = []
    let verdict = evaluator.evaluate(record)
    evaluator.copyDetails(for: verdict, into: &details)
    let needs = evaluator.needs(for: verdict, record)
    writer.append(record, verdict, details, needs: needs, to: &line)
    return line
  }

  @Test(arguments: [0x00, 0x1F, 0x22, 0x5C, 0x7F] as [UInt8])
  func oddBytesAreEscaped(byte: UInt8) throws {
    var record = RequestRecord(uri: "/")
    let path = [UInt8(ascii: "/"), byte]
    record = RequestRecord(uri: String(decoding: path, as: UTF8.self))
    let line = predict(record)
    var scanner = JSONScanner(line.span)
    try scanner.skipValue()
    var again = RequestRecord()
    try LogDecoder().decode(line.span, format: 0, position: RecordPosition(), into: &again)
    #expect(Array(again.storage[again.path.range.bounds]) == path)
  }
}
