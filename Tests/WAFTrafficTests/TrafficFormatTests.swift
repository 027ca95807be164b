import TestSupport
import Testing
import TrafficReading
import WAFRequests
import WAFTraffic

/// What an input is, told by its first bytes.
@Suite struct TrafficFormatTests {
  static let request = "GET /a HTTP/1.1\nHost: x\n\n"

  static let texts: [(text: String, format: TrafficFormat?)] = [
    ("{}", .wafLog), ("[{}]", .wafLog), ("\u{FEFF} \r\n[ [ {} ] ]", .wafLog),
    ("{ \"httpRequest\": {} }", .wafLog), (request, .rawHTTP), ("\r\n\r\n" + request, .rawHTTP),
    ("X-METHOD * HTTP/2", .rawHTTP), ("# Title\n\n{\"a\": 1}\n", nil), ("[link]: http://x\n", nil),
    ("{{ template }}", nil), ("GET /a\n", nil), ("GET https://x/a\nAccept: b\n", nil),
    ("\"x\"", nil),
    ("<items/>", nil), ("<?xml version=\"1.0\"?> HTTP/1.1\n", nil), ("\u{7F}ELF", nil),
    ("\u{FEFF}", .wafLog), ("  \n", .wafLog), ("-", nil),
  ]

  /// Files that are found in a directory: their notices say how they were taken.
  @Test(arguments: texts)
  func filesAreWhatTheyHold(_ example: (text: String, format: TrafficFormat?)) throws {
    let directory = try TemporaryDirectory()
    try directory.write("notes.txt", example.text)
    for size in [1, 8, 1 << 16] {
      let read = try ReadTraffic(TrafficInput(paths: [directory.path]), bufferBytes: size)
      let isLeftOut = read.notices.contains {
        $0 == "warning: neither JSON nor raw HTTP requests; the file is left out"
      }
      #expect(isLeftOut == (example.format == nil))
      if let chunk = read.chunks.first, let format = example.format, !chunk.records.isEmpty {
        #expect(chunk.format == format)
      }
      if isLeftOut { #expect(read.items.isEmpty) }
    }
  }

  @Test func filesThatAreNamedAreRead() throws {
    let read = try ReadTraffic(Array("# Title\n{}\n".utf8))
    #expect(read.texts.first == "not-a-record: expected a JSON object")
    let directory = try TemporaryDirectory()
    try directory.write("a.log", "# Title\n")
    try directory.write("README.md", "# Title\n")
    let found = try ReadTraffic(TrafficInput(paths: [directory.path]))
    #expect(found.texts == ["not-a-record: expected a JSON object"])
    #expect(found.notices.count == 1)
  }

  @Test func aFormatThatIsGivenCounts() throws {
    let raw = try ReadTraffic(Array("oops\n\(Self.request)".utf8), format: .rawHTTP)
    #expect(raw.texts == ["not-a-record: expected METHOD TARGET HTTP/1.1", "GET /a"])
    let log = try ReadTraffic(Array(Self.request.utf8), format: .wafLog)
    #expect(log.texts == Array(repeating: "not-a-record: expected a JSON object", count: 2))
  }

  @Test func longRequestLinesAreToldToo() throws {
    let text = "GET /" + String(repeating: "a", count: 40_000) + " HTTP/1.1\n\n" + Self.request
    let read = try ReadTraffic(Array(text.utf8), bufferBytes: 100)
    #expect(read.texts.count == 2 && read.texts.last == "GET /a")
  }

  /// The layout that AWS WAF writes to S3 is read in the order of time.
  @Test func s3LayoutIsInOrder() throws {
    let directory = try TemporaryDirectory()
    let root = "AWSLogs/111122223333/WAFLogs/eu-central-1/shop/2025"
    for time in ["11/01/12/25", "11/01/12/05", "02/28/23/55", "11/01/09/00"] {
      let name = "\(root)/\(time)/111122223333_waflogs_\(time.replacing("/", with: "")).log.gz"
      try directory.write(name, StoredGzip.member(Array(LogContainerTests.log("/\(time)").utf8)))
    }
    try directory.write("\(root)/README.md", "about these files")
    try directory.write("\(root)/.DS_Store", "{}")
    let read = try ReadTraffic(TrafficInput(paths: [directory.path]))
    #expect(
      read.texts
        == ["02/28/23/55", "11/01/09/00", "11/01/12/05", "11/01/12/25"].map { "GET /\($0)" })
    #expect(read.notices.count == 1)
  }
}
