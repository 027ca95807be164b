import TestSupport
import Testing
import TrafficReading
import WAFRequests
import WAFTraffic

/// Raw requests, one after the other in a file.
@Suite struct RawHTTPFileTests {
  struct Case: CustomTestStringConvertible {
    var text: String
    var items: [String]
    var notices: [String] = []

    init(_ text: String, _ items: [String], notices: [String] = []) {
      (self.text, self.items, self.notices) = (text, items, notices)
    }

    var testDescription: String { text }
  }

  static let get = "GET /a HTTP/1.1\nHost: x\n\n"
  static let post = "POST /p HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"
  static let chunked =
    "POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;x=\"y\"\r\nhello\r\n1\r\n!\r\n0\r\n"
    + "Trailer: t\r\n\r\n"

  static let cases: [Case] = [
    Case(get, ["GET /a"]), Case("\r\n\n" + get, ["GET /a"]), Case("GET / HTTP/1.0", ["GET /"]),
    Case(get + get + get, ["GET /a", "GET /a", "GET /a"]),
    Case(get + "\n\r\n" + get, ["GET /a", "GET /a"]),
    Case(post, ["POST /p abc"]), Case(chunked, ["POST /c hello!"]),
    Case(
      post + chunked + post + "\n\n" + get,
      [
        "POST /p abc", "POST /c hello!", "POST /p abc", "GET /a",
      ]),
    // A body whose length nothing says goes to the end, unless a request follows at once.
    Case("POST /p HTTP/1.1\n\nabc\n\n\(get)", ["POST /p abc\n\n\(get)"]),
    Case("POST /p HTTP/1.1\n\n\n\nabc\n", ["POST /p \n\nabc\n"]),
    Case("POST /p HTTP/1.1\nHost: x\n\n\(post)", ["POST /p", "POST /p abc"]),
    Case("POST /p HTTP/1.1\nContent-Length: 0\n\n\(get)", ["POST /p", "GET /a"]),
    // Cut off.
    Case("POST /p HTTP/1.1\nContent-Length: 9\n\nabc", ["POST /p abc"]),
    Case(String(chunked.prefix(56)), ["POST /c hel"]),
    Case(
      "POST /c HTTP/1.1\nTransfer-Encoding: chunked\n\n3\nabc\n\(get)", ["POST /c abc", "GET /a"]),
    Case(
      "POST /c HTTP/1.1\nTransfer-Encoding: chunked\n\n3\nabc\n0\n\(get)",
      [
        "POST /c abc", "GET /a",
      ]),
    // Too long for what is announced.
    Case(
      post + "def\nghi\n" + get, ["POST /p abc", "GET /a"],
      notices: ["warning: bytes ignored after the bodies of requests: 8"]),
    // A body with what looks like a request.
    Case(
      "POST /p HTTP/1.1\nContent-Length: \(get.utf8.count)\n\n\(get)\(get)",
      ["POST /p \(get)", "GET /a"]),
    // What is no request.
    Case(
      get + "oops\n\nGET /b\n\n" + post,
      [
        "GET /a", "not-a-record: expected METHOD TARGET HTTP/1.1", "POST /p abc",
      ]),
    Case(
      get + post + "\noops\n" + get,
      [
        "GET /a", "POST /p abc", "not-a-record: expected METHOD TARGET HTTP/1.1", "GET /a",
      ]),
    Case(
      "GET /x HTTP/1.1\nbroken\n\nabc\n" + get + post,
      [
        "refused invalid-http: line 2: a header line needs a name and a colon", "GET /a",
        "POST /p abc",
      ]),
    Case(
      "POST /c HTTP/1.1\nTransfer-Encoding: chunked\n\nzz\nabc\n" + get,
      [
        "refused invalid-http: line 4: expected the size of a chunk, or the line end after one",
        "GET /a",
      ]),
    Case(
      "GET  HTTP/1.1\n\n" + get,
      [
        "not-a-record: expected METHOD TARGET HTTP/1.1", "GET /a",
      ]),
    Case("GET http://b.example/t?q HTTP/1.1\n\n" + get, ["GET /t?q", "GET /a"]),
  ]

  @Test(arguments: cases) func reads(_ example: Case) throws {
    let read = try ReadTraffic(Array(example.text.utf8), format: .rawHTTP)
    #expect(read.texts == example.items)
    #expect(read.notices == example.notices)
  }

  @Test(arguments: cases) func piecesMakeNoDifference(_ example: Case) throws {
    let bytes = Array((Self.get + example.text).utf8)
    let whole = try ReadTraffic(bytes)
    for size in [1, 2, 3, 16] { #expect(try ReadTraffic(bytes, bufferBytes: size) == whole) }
    let limits = FramingLimits(chunkRecords: 1)
    let chunked = try ReadTraffic(bytes, limits: limits, bufferBytes: 5)
    #expect(chunked.items == whole.items)
    // At the end of the input a request may show that the one before it has no body.
    #expect(chunked.chunks.dropLast().allSatisfy { $0.records.count + $0.rejects.count <= 1 })
  }

  @Test func bodiesMayBeBinary() throws {
    let body = (0...255).map { UInt8($0) } + Array("\nGET / HTTP/1.1\n".utf8)
    let head = Array("PUT /b HTTP/1.1\nContent-Length: \(body.count)\n\n".utf8)
    let directory = try TemporaryDirectory()
    let path = try directory.write("b.req", head + body + head + body)
    var reader = TrafficReader(try TrafficInput(paths: [path]), bufferBytes: 50)
    let chunk = try #require(try reader.nextChunk())
    var record = RequestRecord()
    for framed in chunk.records {
      try TrafficDecoder().decode(
        chunk.bytes.span.extracting(framed.bounds), as: chunk.format,
        position: chunk.position(of: framed), into: &record)
      #expect(Array(record.bytes(record.body.range)) == body && record.body.state == .known)
    }
    #expect(chunk.records.map(\.offset) == [0, head.count + body.count])
    #expect(record.position == RecordPosition(file: 0, offset: head.count + body.count))
  }

  @Test func aLargeRequestIsOneReject() throws {
    let size = 200_000
    let text =
      Self.get + "POST /p HTTP/1.1\nContent-Length: \(size)\n\n"
      + String(repeating: "x", count: size) + Self.get
    let limits = FramingLimits(maxRecordBytes: 1000)
    for buffer in [100, 1 << 20] {
      let read = try ReadTraffic(Array(text.utf8), limits: limits, bufferBytes: buffer)
      #expect(
        read.texts == [
          "GET /a", "record-too-large: the record is larger than 1000 bytes", "GET /a",
        ])
      let reject = try #require(read.chunks.first?.rejects.first)
      #expect(reject.count > size && reject.bytes.count == RejectedBytes.keptBytes)
    }
  }

  /// Lines longer than what is looked at as a whole, in a header, between requests and in a body.
  @Test func linesMayBeLong() throws {
    for length in [65_535, 65_536, 65_537, 200_000] {
      let long = String(repeating: "x", count: length)
      let text =
        "GET /1 HTTP/1.1\nX: \(long)\n\n" + Self.get + "\(long)\n\(Self.get)"
        + "POST /p HTTP/1.1\n\n\(long)\n\(Self.get)"
      let read = try ReadTraffic(Array(text.utf8), bufferBytes: 1000)
      #expect(
        read.texts == [
          "GET /1", "GET /a", "not-a-record: expected METHOD TARGET HTTP/1.1", "GET /a",
          "POST /p \(long)\n\(Self.get)",
        ], "\(length)")
    }
  }

  @Test func foldedLinesAreLossyAndFragmentsAreSent() throws {
    var record = RequestRecord()
    let text = "GET https://x/a?b#c%20d HTTP/1.1\nA: b\n  c\nE:\n \n\n"
    _ = try RawHTTPRequest.decode(Array(text.utf8).span, into: &record)
    #expect(record.headers.map(\.value.state) == [.known, .lossy, .empty])
    #expect(record.text(record.fragment.range) == "c%20d" && record.fragment.state == .known)
    #expect(record.text(record.scheme.range) == "https" && record.scheme.state == .known)
    #expect(record.text(record.query.range) == "b")
    _ = try RawHTTPRequest.decode(Array(Self.get.utf8).span, into: &record)
    #expect(record.fragment.state == .absent && record.scheme.state == .notRecorded)
  }

  @Test func damagedFilesNeverStopTheProgram() throws {
    var random = SplitMix(state: 5)
    let sample = Array((Self.post + Self.chunked + Self.get + Self.chunked).utf8)
    for _ in 0..<300 {
      var bytes = sample
      for _ in 0..<3 {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[index] = Array("\n\r: 0f;".utf8).randomElement(using: &random) ?? 0
        case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
        default: bytes.remove(at: index)
        }
      }
      let whole = try ReadTraffic(bytes, format: .rawHTTP)
      #expect(try ReadTraffic(bytes, format: .rawHTTP, bufferBytes: 1) == whole)
    }
  }
}
