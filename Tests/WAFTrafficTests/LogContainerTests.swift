import TestSupport
import Testing
import TrafficReading
import WAFRequests
import WAFTraffic

/// Log records in the documents that hold them.
@Suite struct LogContainerTests {
  /// A log record for a path.
  static func log(_ path: String) -> String {
    #"{"timestamp":1762000000001,"httpRequest":{"uri":"\#(path)","httpMethod":"GET"}}"#
  }

  /// The same as the text of a JSON string.
  static func quoted(_ path: String) -> String {
    "\"" + log(path).replacing("\"", with: "\\\"") + "\""
  }

  struct Case: CustomTestStringConvertible {
    var name: String
    var text: String
    var items: [String]
    var notices: [String] = []

    var testDescription: String { name }
  }

  static let sound: [Case] = [
    Case(
      name: "filter-log-events",
      text:
        "{\"events\": [\n  {\"logStreamName\": \"s\", \"timestamp\": 1, \"message\": \(quoted("/a")),"
        + " \"eventId\": \"1\"},\n  {\"message\": \(quoted("/b"))}\n ],\n"
        + " \"searchedLogStreams\": [{\"x\": [1]}],\n \"nextToken\": \"t\"\n}\n",
      items: ["GET /a", "GET /b"]),
    Case(
      name: "members before the events",
      text: "{\"searchedLogStreams\":[{\"events\":[1]}],\"nextToken\":\"events\",\"events\":["
        + "{\"message\":\(quoted("/a"))}]}",
      items: ["GET /a"]),
    Case(
      name: "pages, one after the other",
      text: "{\"events\":[{\"message\":\(quoted("/a"))}],\"nextToken\":\"t\"}"
        + "{\"events\":[]}\n{\"events\":[{\"message\":\(quoted("/b"))}]}",
      items: ["GET /a", "GET /b"]),
    Case(
      name: "one event a line",
      text: "{\"timestamp\":1,\"message\":\(quoted("/a"))}\n{\"message\":\(quoted("/b"))}\n",
      items: ["GET /a", "GET /b"]),
    Case(
      name: "rows of Insights",
      text: "[{\"@timestamp\":\"2025-11-01 12:26:40.805\",\"@message\":\(quoted("/a"))},\n"
        + "{\"@message\":\(log("/b")),\"@ptr\":\"x\"}]",
      items: ["GET /a", "GET /b"]),
    Case(
      name: "get-query-results",
      text: "{\"queryLanguage\":\"CWLI\",\"results\":[[{\"field\":\"@timestamp\",\"value\":\"t\"},"
        + "{\"field\":\"@message\",\"value\":\(quoted("/a"))},{\"field\":\"@ptr\",\"value\":\"p\"}],"
        + "[{\"field\":\"@message\",\"value\":\(quoted("/b"))}]],"
        + "\"statistics\":{\"recordsMatched\":2.0},\"status\":\"Complete\"}",
      items: ["GET /a", "GET /b"]),
    Case(
      name: "rows alone",
      text: "[[{\"field\":\"@timestamp\",\"value\":\"t\"},"
        + "{\"field\":\"@message\",\"value\":\(quoted("/a"))}]]",
      items: ["GET /a"]),
    Case(
      name: "rows without a message",
      text: "{\"results\":[[{\"field\":\"@timestamp\",\"value\":\"t\"}]],\"status\":\"Complete\"}",
      items: [],
      notices: [
        "error: the rows of the query have no '@message'; run it with 'fields @message'"
      ]),
    Case(
      name: "subscription",
      text: "{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":[{\"id\":\"\",\"message\":"
        + "\"CWL CONTROL MESSAGE: Checking health of destination Firehose.\"}]}"
        + "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"1\",\"subscriptionFilters\":[\"f\"],"
        + "\"logEvents\":[{\"id\":\"1\",\"timestamp\":1,\"message\":\(quoted("/a"))},"
        + "{\"id\":\"2\",\"message\":\(quoted("/b"))}]}",
      items: ["GET /a", "GET /b"],
      notices: ["warning: control messages of CloudWatch Logs left out: 1"]),
    Case(
      name: "Elastic",
      text: "{\"event\":{\"original\":\(quoted("/a"))},\"message\":\"text\"}\n"
        + "{\"event.original\":\(quoted("/b"))}\n{\"event\":{\"kind\":\"x\"},\"message\":\(quoted("/c"))}",
      items: ["GET /a", "GET /b", "GET /c"]),
    Case(
      name: "a search in OpenSearch",
      text: "{\"took\":1,\"hits\":{\"total\":{\"value\":2},\"hits\":[{\"_index\":\"i\",\"_source\":"
        + "\(log("/a"))},{\"_source\":{\"event\":{\"original\":\(quoted("/b"))}}}]}}",
      items: ["GET /a", "GET /b"]),
    Case(
      name: "bare documents of OpenSearch", text: "{\"_source\":\(log("/a"))}", items: ["GET /a"]),
    Case(
      name: "records in an array", text: "[\(log("/a")),\(log("/b"))]", items: ["GET /a", "GET /b"]),
    Case(
      name: "bare records beside a document",
      text: "\(log("/a"))\n{\"events\":[{\"message\":\(quoted("/b"))}]}\n\(log("/c"))",
      items: ["GET /a", "GET /b", "GET /c"]),
    Case(
      name: "bare records in a document", text: "{\"events\":[\(log("/a")),\(log("/b"))]}",
      items: ["GET /a", "GET /b"]),
    Case(
      name: "members of a record are no documents",
      text: #"{"httpRequest":{"uri":"/a","httpMethod":"GET","x":{"events":[{}]}},"#
        + #""y":{"hits":[{}]},"eventsX":[{}],"events\u0000":[{}],"log":[{}]}"#,
      items: ["GET /a"]),
  ]

  static let broken: [Case] = [
    Case(
      name: "an event that is no record",
      text: "{\"events\":[{\"message\":\"START RequestId\"},{\"message\":\(quoted("/a"))},"
        + "{\"message\":\"{\\\"httpRequest\\\":{\\\"uri\\\":1}}\"},{\"message\":7},"
        + "{\"message\":{\"httpRequest\":{\"uri\":1}}}]}",
      items: [
        "refused wrong-type: message: expected an object", "GET /a",
        "refused wrong-type: message: httpRequest.uri: expected a string",
        "refused no-http-request: the record has no 'httpRequest'",
        "refused wrong-type: message: httpRequest.uri: expected a string",
      ]),
    Case(
      name: "an event that breaks off",
      text: "{\"events\":[\n{\"message\":\(quoted("/a"))},\n{\"message\":\"x\n{\"message\":"
        + "\(quoted("/b"))}\n]}\n\(log("/c"))",
      items: ["GET /a", "broken-record: line break inside a string", "GET /b", "GET /c"]),
    Case(
      name: "cut off inside an event",
      text: "{\"events\":[{\"message\":\(quoted("/a"))},{\"message\":\"{",
      items: ["GET /a", "truncated-record: the input ends inside a record"]),
    Case(
      name: "cut off between events", text: "{\"events\":[{\"message\":\(quoted("/a"))},",
      items: ["GET /a"],
      notices: ["error: the document that holds the records ends too early"]),
    Case(
      name: "cut off after the events",
      text: "{\"events\":[{\"message\":\(quoted("/a"))}],\"nextToken\":\"",
      items: ["GET /a"],
      notices: ["error: the document that holds the records ends too early"]),
    Case(
      name: "broken after the events",
      text: "{\"events\":[{\"message\":\(quoted("/a"))}],oops}\n\(log("/b"))",
      items: ["GET /a", "broken-record: unexpected 'o'", "GET /b"]),
    Case(
      name: "events that are no objects", text: "{\"events\":[1,\"x\"]}\n\(log("/b"))",
      items: ["not-a-record: expected a JSON object", "GET /b"]),
    Case(
      name: "cut off before the events", text: "{\"nextToken\":\"x\",\"events\":",
      items: ["truncated-record: the input ends inside a record"]),
  ]

  @Test(arguments: sound + broken) func reads(_ example: Case) throws {
    // What follows a semicolon is a hint of the log decoder's.
    let read = try ReadTraffic(Array(example.text.utf8))
    #expect(read.texts.map { $0.split(separator: ";")[0] } == example.items.map { $0[...] })
    #expect(read.notices == example.notices)
  }

  @Test(arguments: sound + broken) func piecesMakeNoDifference(_ example: Case) throws {
    let bytes = Array((example.text + "\n" + Self.log("/z") + "\n" + example.text).utf8)
    let whole = try ReadTraffic(bytes)
    for size in [1, 2, 3, 7, 64] { #expect(try ReadTraffic(bytes, bufferBytes: size) == whole) }
    let limits = FramingLimits(chunkRecords: 1)
    #expect(try ReadTraffic(bytes, limits: limits).items == whole.items)
  }

  @Test func placesAreThoseOfTheEvents() throws {
    let text = "{\"events\": [{\"message\": \(Self.quoted("/a"))}, {\"message\": {\"a\":1}}]}"
    let read = try ReadTraffic(Array(text.utf8))
    let second = text.utf8.count - "{\"message\": {\"a\":1}}]}".utf8.count
    #expect(
      read.items == [
        "12 GET /a", "\(second) refused no-http-request: message: the record has no 'httpRequest'",
      ])
  }

  /// The size of the document does not count, that of an event does.
  @Test func documentsMayBeLargerThanTheLimit() throws {
    let event = "{\"message\":\(Self.quoted("/a"))},"
    let large = "{\"message\":\"" + String(repeating: "x", count: 2000) + "\"}"
    let text =
      "{\"x\":\"" + String(repeating: "y", count: 3000) + "\",\"events\":["
      + String(repeating: event, count: 50) + large + "],\"z\":\""
      + String(repeating: "y", count: 3000) + "\"}"
    let limits = FramingLimits(maxRecordBytes: 1000, chunkRecords: 20)
    let read = try ReadTraffic(Array(text.utf8), limits: limits, bufferBytes: 100)
    #expect(read.texts.filter { $0 == "GET /a" }.count == 50)
    #expect(read.texts.last == "record-too-large: the record is larger than 1000 bytes")
    #expect(read.chunks.count == 3 && read.notices.isEmpty)
  }

  @Test func documentsInDocumentsEndSomewhere() throws {
    let depth = 5000
    let nested =
      String(repeating: "{\"events\":[", count: depth) + Self.log("/a")
      + String(repeating: "]}", count: depth)
    let read = try ReadTraffic(Array((nested + "\n" + Self.log("/b")).utf8))
    #expect(read.texts == ["nested-too-deep: nested too deep", "GET /b"])
    let arrays = String(repeating: "[", count: 100_000)
    let open = try ReadTraffic(Array("{\"results\":\(arrays){}".utf8))
    #expect(open.notices == ["error: the document that holds the records ends too early"])
  }

  @Test func damagedDocumentsNeverStopTheProgram() throws {
    var random = SplitMix(state: 11)
    for example in Self.sound {
      for _ in 0..<40 {
        var bytes = Array((example.text + "\n" + Self.log("/z")).utf8)
        for _ in 0..<3 {
          let index = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0..<3, using: &random) {
          case 0: bytes[index] = Array("{}[]\",:\\\n x".utf8).randomElement(using: &random) ?? 0
          case 1:
            bytes.insert(Array("{}[]\",:\n".utf8).randomElement(using: &random) ?? 0, at: index)
          default: bytes.remove(at: index)
          }
        }
        let whole = frame(bytes, pieces: [bytes.count])
        #expect(frame(bytes, pieces: [1]) == whole)
        #expect(frame(bytes, pieces: [5, 2]) == whole)
      }
    }
  }
}
