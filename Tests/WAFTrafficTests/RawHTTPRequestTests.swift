import Bytes
import TestSupport
import Testing
import WAFRequests
import WAFTraffic

@Suite struct RawHTTPRequestTests {
  private func decode(_ text: String) throws -> (RequestRecord, [RawHTTPWarning]) {
    var record = RequestRecord()
    let warnings = try RawHTTPRequest.decode(Array(text.utf8).span, into: &record)
    return (record, warnings)
  }

  private func text(_ record: RequestRecord, _ component: Component) -> String {
    "\(component.state): \(record.text(component.range))"
  }

  private func headers(_ record: RequestRecord) -> [String] {
    record.headers.map { "\(record.text($0.name))=\(record.text($0.value.range))" }
  }

  @Test func requestWithoutBody() throws {
    let (record, warnings) = try decode(
      "GET /admin?tab=users HTTP/1.1\r\nHost: shop.example\r\nX-Empty:\r\nA: b: c \r\n\r\n")
    #expect(text(record, record.method) == "known: GET")
    #expect(text(record, record.path) == "known: /admin")
    #expect(text(record, record.query) == "known: tab=users")
    #expect(text(record, record.httpVersion) == "known: HTTP/1.1")
    #expect(headers(record) == ["Host=shop.example", "X-Empty=", "A=b: c"])
    #expect(record.headers.map(\.value.state) == [.known, .empty, .known])
    #expect(record.headersAreComplete && record.body.state == .absent && warnings.isEmpty)
  }

  static let bodies: [(head: String, body: String, found: String, warnings: [RawHTTPWarning])] = [
    ("Content-Length: 7", "a=1&b=2", "known: a=1&b=2", []),
    ("Content-Length: 9", "a=1&b=2", "prefix: a=1&b=2", []),
    ("Content-Length: 3", "a=1&b=2", "known: a=1", [.extraBytes(4)]),
    ("Content-Length: 0", "", "absent: ", []),
    ("Content-Length: 5", "", "notRecorded: ", []),
    ("Content-Length: x", "abc", "known: abc", []),
    ("X: y", "abc\n", "known: abc\n", []),
    ("X: y", "", "absent: ", []),
    (
      "Transfer-Encoding: chunked", "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n",
      "known: hello world", []
    ),
    (
      "Transfer-Encoding: gzip, Chunked", "A \nhelloworld\n0\nTrailer: x\n\n",
      "known: helloworld", []
    ),
    ("Transfer-Encoding: chunked", "5\r\nhel", "prefix: hel", [.truncatedBody]),
    ("Transfer-Encoding: chunked", "5\r\nhello\r\n", "prefix: hello", [.truncatedBody]),
    ("Transfer-Encoding: chunked", "", "notRecorded: ", [.truncatedBody]),
    ("Transfer-Encoding: chunked", "0\r\n\r\n", "absent: ", []),
    ("Transfer-Encoding: chunked", "1\r\na\r\n0\r\n\r\nGET", "known: a", [.extraBytes(3)]),
    ("Transfer-Encoding: gzip", "abc", "known: abc", []),
  ]

  @Test(arguments: bodies)
  func bodyIsFramed(
    _ example: (head: String, body: String, found: String, warnings: [RawHTTPWarning])
  ) throws {
    let (record, warnings) = try decode("POST /f HTTP/1.1\n\(example.head)\n\n\(example.body)")
    #expect(text(record, record.body) == example.found)
    #expect(warnings == example.warnings)
  }

  @Test func foldedLinesAreJoined() throws {
    let (record, _) = try decode("GET / HTTP/1.1\nA: b\n  c\n\td\nE:\n f\n\n")
    #expect(headers(record) == ["A=b c d", "E=f"])
  }

  @Test func targetsMayHaveSpacesAndHosts() throws {
    let (spaced, _) = try decode("\r\nGET /a b?c d HTTP/1.1\n\n")
    #expect(text(spaced, spaced.path) == "known: /a b")
    #expect(text(spaced, spaced.query) == "known: c d")
    let (absolute, _) = try decode("GET http://shop.example/a HTTP/1.1\nA: b\n\n")
    #expect(headers(absolute) == ["Host=shop.example", "A=b"])
    let (second, _) = try decode("GET / HTTP/2\n")
    #expect(text(second, second.httpVersion) == "known: HTTP/2")
  }

  static let faults: [(String, RawHTTPError.Reason, Int)] = [
    ("", .noRequest, 1), ("\r\n\r\n", .noRequest, 2), ("GET /\r\n\r\n", .badRequestLine, 1),
    ("GET HTTP/1.1\n", .badRequestLine, 1), ("GET / HTTP/x\n", .badRequestLine, 1),
    (" / HTTP/1.1\n", .badRequestLine, 1),
    ("GET / HTTP/1.1\r\nHost: a\r\nbroken\r\n\r\n", .headerWithoutColon, 3),
    ("GET / HTTP/1.1\n: a\n\n", .headerWithoutColon, 2),
    ("GET / HTTP/1.1\n folded\n\n", .foldedLineFirst, 2),
    ("POST / HTTP/1.1\nTransfer-Encoding: chunked\n\nxyz\n", .badChunk, 4),
    ("POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n1\nab\n", .badChunk, 5),
    ("POST / HTTP/1.1\nTransfer-Encoding: chunked\n\nffffffffffffffffff\nab\n", .badChunk, 4),
  ]

  @Test(arguments: faults)
  func faultsAreErrorsWithTheirLine(_ example: (String, RawHTTPError.Reason, Int)) {
    #expect(throws: RawHTTPError(reason: example.1, line: example.2)) {
      try decode(example.0)
    }
  }

  @Test func damagedRequestsNeverStopTheProgram() {
    var random = SplitMix(state: 7)
    let sample = Array(
      ("POST /a?b HTTP/1.1\r\nA: b\r\n c\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "5\r\nhello\r\n0\r\n\r\n").utf8)
    var record = RequestRecord()
    for _ in 0..<5000 {
      var bytes = sample
      for _ in 0..<3 {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.insert(0x0A, at: index)
        default: bytes.removeLast(min(bytes.count - 1, index / 4))
        }
      }
      _ = try? RawHTTPRequest.decode(bytes.span, into: &record)
      #expect(record.body.range.end <= record.storage.count)
    }
  }
}
