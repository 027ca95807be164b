import Bytes
import NativeRecords
import TestSupport
import Testing
import WAFRequests
import WAFTraffic

@Suite struct NativeRecordWriterTests {
  static func write(_ record: RequestRecord, masksSecrets: Bool = false) -> [UInt8] {
    var writer = NativeRecordWriter(masksSecrets: masksSecrets)
    var line: [UInt8] = []
    writer.append(record, to: &line)
    return line
  }

  static func decode(_ line: [UInt8]) throws -> RequestRecord {
    var record = RequestRecord()
    try WAFLogDecoder().decode(line.span, into: &record)
    return record
  }

  static func decode(_ text: String) throws -> RequestRecord { try decode(Array(text.utf8)) }

  // MARK: What was written is what was read

  /// decode(write(record)) == record, over all states of all components.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func recordsSurviveWriting(seed: UInt64) throws {
    var records = RandomRecord(seed: seed)
    for index in 0..<100 {
      let record = records.next()
      let line = Self.write(record)
      #expect(String(validating: line, as: UTF8.self) != nil)
      #expect(line.filter { $0 == 0x0A }.count == 1 && line.last == 0x0A)
      let text = String(decoding: line, as: UTF8.self)
      let facts = RecordFacts(record)
      let again = RecordFacts(try Self.decode(line))
      #expect(
        again == facts,
        "seed \(seed), record \(index): \(again.difference(from: facts)) in \(text)")
      guard again == facts else { return }
    }
  }

  /// A masked record says nothing wrong: what differs is redacted, or holds `REDACTED`.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func maskedRecordsDecode(seed: UInt64) throws {
    var records = RandomRecord(seed: seed)
    for _ in 0..<100 {
      let record = records.next()
      let line = Self.write(record, masksSecrets: true)
      let text = String(decoding: line, as: UTF8.self)
      let again = try Self.decode(line)
      #expect(again.headers.count == record.headers.count, "seed \(seed): \(text)")
      for component in [again.path, again.query, again.fragment] {
        let value = again.text(component.range)
        #expect(!value.contains("&token=2"), "seed \(seed): \(text)")
      }
      #expect(!again.text(again.query.range).contains("password=1"), "seed \(seed): \(text)")
      #expect(!again.body.state.hasBytes)
      if record.body.state == .known { #expect(again.bodySize == record.bodySize, "\(text)") }
      // What was masked once stays as it is.
      let twice = Self.write(again, masksSecrets: true)
      #expect(RecordFacts(try Self.decode(twice)) == RecordFacts(again), "seed \(seed): \(text)")
    }
  }

  // MARK: The form

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var input: String
    var output: String
    var masksSecrets = true
  }

  static let cases: [Case] = [
    Case(
      testDescription: "nothing", input: #"{"httpRequest":{}}"#,
      output: #"{"formatVersion":1,"httpRequest":{}}"#),
    Case(
      testDescription: "a log record",
      input: #"""
        {"timestamp":1792047605802,"formatVersion":1,"webaclId":"arn","terminatingRuleId":"r",\#
        "terminatingRuleType":"REGULAR","action":"BLOCK","httpSourceName":"ALB",\#
        "httpSourceId":"1-app/shop/01","ruleGroupList":[],"httpRequest":{"clientIp":"192.0.2.1",\#
        "country":"DE","headers":[{"name":"Host","value":"h"},{"name":"cookie","value":"a=b"}],\#
        "uri":"/","args":"","httpVersion":"HTTP/2.0","httpMethod":"GET","requestId":"1-1",\#
        "fragment":"","scheme":"https","host":"h"},"labels":[{"name":"a:b"}],\#
        "requestBodySize":0,"ja3Fingerprint":"01","clientAsn":"64500",\#
        "challengeResponse":{"responseCode":0,"solveTimestamp":1792047600}}
        """#,
      output: #"""
        {"timestamp":1792047605802,"formatVersion":1,"webaclId":"arn","terminatingRuleId":"r",\#
        "action":"BLOCK","httpSourceName":"ALB","httpSourceId":"1-app/shop/01",\#
        "httpRequest":{"clientIp":"192.0.2.1",\#
        "country":"DE","headers":[{"name":"Host","value":"h"},{"name":"cookie","value":"REDACTED"}],\#
        "uri":"/","args":"","httpVersion":"HTTP/2.0","httpMethod":"GET","requestId":"1-1",\#
        "scheme":"https","body":""},"labels":[{"name":"a:b"}],\#
        "challengeResponse":{"responseCode":0,"solveTimestamp":1792047600},\#
        "requestBodySize":0,"ja3Fingerprint":"01","clientAsn":64500,\#
        "wafcast":{"masked":["headers.cookie"]}}
        """#),
    Case(
      testDescription: "states of header lines",
      input: #"""
        {"httpRequest":{"headers":[{"name":"a","value":"1"},{"name":"A","value":"2"},\#
        {"name":"b","value":"3"}]},\#
        "wafcast":{"state":{"headers[1]":"prefix","headers.b":"lossy","headers":"prefix"}}}
        """#,
      output: #"""
        {"formatVersion":1,"httpRequest":{"headers":[{"name":"a","value":"1"},\#
        {"name":"A","value":"2"},{"name":"b","value":"3"}]},\#
        "wafcast":{"state":{"headers":"prefix","headers[1]":"prefix","headers.b":"lossy"}}}
        """#),
    Case(
      testDescription: "secrets",
      input: #"""
        {"httpRequest":{"uri":"/a?sig=1","args":"token=2","fragment":"access_token=3","body":"four",\#
        "headers":[{"name":"x-api-key","value":"5"}]},"wafcast":{"state":{"headers[0]":"prefix"}}}
        """#,
      output: #"""
        {"formatVersion":1,"httpRequest":{"headers":[{"name":"x-api-key","value":"REDACTED"}],\#
        "uri":"/a?sig=REDACTED","args":"token=REDACTED","fragment":"access_token=REDACTED"},\#
        "wafcast":{"masked":["headers.x-api-key","uri","args.token","fragment","body"],\#
        "bodySize":4}}
        """#),
    Case(
      testDescription: "secrets shown",
      input: #"{"httpRequest":{"args":"token=2","body":"four"}}"#,
      output: #"{"formatVersion":1,"httpRequest":{"args":"token=2","body":"four"}}"#,
      masksSecrets: false),
    Case(
      testDescription: "texts that would read as something else",
      input: #"""
        {"httpRequest":{"args":"?","argsBase64":"P2E=","uriBase64":"UkVEQUNURUQ=",\#
        "httpMethodBase64":"77+9"}}
        """#,
      output: #"""
        {"formatVersion":1,"httpRequest":{"uri":"REDACTED","uriBase64":"UkVEQUNURUQ=",\#
        "args":"?a","argsBase64":"P2E=","httpMethod":"\#u{FFFD}","httpMethodBase64":"77+9"}}
        """#),
    Case(
      testDescription: "what is added",
      input: #"""
        {"wafcast":{"expect":{"rule":"r"},"source":"s","masked":["body","args.q"],"bodySize":7,\#
        "fidelity":"x"},"httpRequest":{"args":"q=REDACTED"}}
        """#,
      output: #"""
        {"formatVersion":1,"httpRequest":{"args":"q=REDACTED"},\#
        "wafcast":{"masked":["body","args.q"],"expect":{"rule":"r"},"source":"s",\#
        "state":{"body":"redacted"},"bodySize":7}}
        """#),
    Case(
      testDescription: "a prediction",
      input: #"{"action":"BLOCK","httpRequest":{},"labels":[],"wafcast":{"certainty":"exact"}}"#,
      output: #"{"formatVersion":1,"httpRequest":{},"wafcast":{"certainty":"exact"}}"#),
  ]

  @Test(arguments: cases) func written(_ example: Case) throws {
    let record = try Self.decode(example.input)
    let line = Self.write(record, masksSecrets: example.masksSecrets)
    #expect(String(decoding: line, as: UTF8.self) == example.output + "\n")
    // What is native already stays as it is.
    let again = try Self.decode(line)
    let twice = Self.write(again, masksSecrets: example.masksSecrets)
    #expect(RecordFacts(try Self.decode(twice)) == RecordFacts(again))
  }

  /// A record that was no JSON, as another format's reader makes it.
  @Test func requestOfAnotherFormat() throws {
    let record = RequestRecord(
      method: "POST", uri: "/a?token=1", headers: [("Host", "h")], body: [0xFF], clientIP: "::1",
      country: "DE", sourceName: "CF")
    let line = String(decoding: Self.write(record), as: UTF8.self)
    #expect(
      line == #"""
        {"formatVersion":1,"httpSourceName":"CF","httpRequest":{"clientIp":"::1","country":"DE",\#
        "headers":[{"name":"Host","value":"h"}],"uri":"/a","args":"token=1",\#
        "httpVersion":"HTTP/1.1","httpMethod":"POST","fragment":"","bodyBase64":"/w=="}}

        """#)
  }
}
