import Bytes
import TestSupport
import Testing
import TrafficReading
import WAFRequests
import WAFTraffic

@Suite struct HARDecoderTests {
  private func decode(_ entry: String) throws -> RequestRecord {
    var record = RequestRecord(uri: "/left-over")
    try TrafficDecoder().decode(Array(entry.utf8).span, as: .har, into: &record)
    return record
  }

  private func text(_ record: RequestRecord, _ component: Component) -> String {
    let text = record.text(component.range)
    return text.isEmpty ? "\(component.state)" : "\(component.state): \(text)"
  }

  private func headers(_ record: RequestRecord) -> [String] {
    record.headers.map { "\(record.text($0.name))=\(text(record, $0.value))" }
  }

  /// An entry with these members of `request` beside method and URL.
  private func entry(_ members: String, url: String = "https://a.example/", method: String = "POST")
    -> String
  {
    #"{"startedDateTime":"2025-11-01T12:26:40.001Z","request":{"method":"\#(method)","#
      + #""url":"\#(url)",\#(members)},"response":{"status":200}}"#
  }

  @Test func browsersEntry() throws {
    let record = try decode(
      #"""
      {"_initiator":{"type":"other"},"startedDateTime":"2025-11-01T12:26:40.0019876+01:00",
       "request":{"method":"GET","url":"https:\/\/shop.example:8443/admin?tab=us%20ers&x#top",
        "httpVersion":"http/2.0","headers":[{"name":":authority","value":"shop.example:8443"},
        {"name":":path","value":"/other"},{"name":"cookie","value":"sid=a; t=b","comment":""},
        {"name":"x-empty","value":""},{"name":"x-none"}],"queryString":[{"name":"q","value":"z"}],
        "cookies":[{"name":"sid","value":"z"}],"headersSize":-1,"bodySize":0},
       "response":{"status":0,"content":{"text":"{\"request\":1}"}},"serverIPAddress":"192.0.2.8"}
      """#)
    #expect(record.timestamp == 1_761_996_400_001)
    #expect(text(record, record.method) == "known: GET")
    #expect(text(record, record.scheme) == "known: https")
    #expect(text(record, record.path) == "known: /admin")
    #expect(text(record, record.query) == "known: tab=us%20ers&x")
    #expect(text(record, record.fragment) == "lossy: top")
    #expect(text(record, record.httpVersion) == "known: HTTP/2.0")
    #expect(
      headers(record) == [
        "Host=known: shop.example:8443", "cookie=known: sid=a; t=b", "x-empty=empty",
        "x-none=redacted",
      ])
    #expect(record.headersAreComplete)
    #expect(record.body.state == .absent && record.bodySize == .recorded(0))
    #expect(record.clientIP == .notRecorded && record.country == .notRecorded)
  }

  static let targets: [(url: String, found: [String])] = [
    ("http://a.example", ["http", "/", "absent", "a.example"]),
    ("http://a.example:80?x=1", ["http", "/", "x=1", "a.example"]),
    ("https://a.example:443/b?", ["https", "/b", "empty", "a.example"]),
    ("https://a.example:80/b", ["https", "/b", "absent", "a.example:80"]),
    ("HTTPS://u:p@a.example/b#", ["https", "/b", "absent", "a.example"]),
    ("wss://a.example/socket", ["https", "/socket", "absent", "a.example"]),
    ("ws://[2001:db8::1]:80/", ["http", "/", "absent", "[2001:db8::1]"]),
    ("https://a.example/a b/ä?ü", ["https", "/a b/ä", "ü", "a.example"]),
  ]

  @Test(arguments: targets) func urlIsSplitAsText(_ example: (url: String, found: [String])) throws
  {
    let record = try decode(entry("\"headers\":[]", url: example.url))
    let query =
      record.query.state.hasBytes ? record.text(record.query.range) : record.query.state.name
    #expect(
      [record.text(record.scheme.range), record.text(record.path.range), query]
        + record.headers.map { record.text($0.value.range) } == example.found)
    #expect(!record.headersAreComplete, "a list without headers says nothing")
  }

  static let versions: [(String, String)] = [
    ("HTTP/1.1", "known: HTTP/1.1"), ("http/1.1", "known: HTTP/1.1"), ("1.1", "known: HTTP/1.1"),
    ("HTTP/1.0", "known: HTTP/1.0"), ("HTTP/2", "known: HTTP/2.0"), ("h2", "known: HTTP/2.0"),
    ("http/2.0", "known: HTTP/2.0"), ("HTTP/3", "known: HTTP/3.0"), ("h3", "known: HTTP/3.0"),
    ("spdy/3.1", "notRecorded"), ("unknown", "notRecorded"), ("", "notRecorded"),
    ("me:", "notRecorded"), ("ori", "notRecorded"),
  ]

  @Test(arguments: versions) func versionsAreMapped(_ example: (String, String)) throws {
    let record = try decode(entry("\"httpVersion\":\"\(example.0)\""))
    #expect(text(record, record.httpVersion) == example.1)
  }

  static let heads: [(members: String, headers: [String], isComplete: Bool)] = [
    // Firefox writes Host, mitmproxy neither that nor pseudo headers with HTTP/2.
    (
      #""headers":[{"name":"Host","value":"b.example"},{"name":":authority","value":"c"}]"#,
      ["Host=known: b.example"], true
    ),
    (
      #""headers":[{"name":"accept","value":"*/*"}]"#,
      ["Host=known: a.example", "accept=known: */*"], true
    ),
    (#""headers":[["X","y"],["Z"]]"#, ["Host=known: a.example", "X=known: y", "Z=redacted"], true),
    ("\"headers\":null", ["Host=known: a.example"], false),
    ("\"bodySize\":0", ["Host=known: a.example"], false),
    (
      #""headers":[],"cookies":[{"name":"a","value":"b","path":"/"},{"name":"c","value":""}]"#,
      ["Host=known: a.example", "Cookie=lossy: a=b; c="], false
    ),
    (
      #""cookies":[{"name":"a","value":"b"}],"headers":[{"name":"COOKIE","value":"c=d"}]"#,
      ["Host=known: a.example", "COOKIE=known: c=d"], true
    ),
    (
      "\"headers\":[{\"name\":\"X\",\"value\":\"a\u{FFFD}\"},{\"name\":\"Y\",\"value\":\"\\ud800\"}]",
      ["Host=known: a.example", "X=lossy: a\u{FFFD}", "Y=lossy: \u{FFFD}"], true
    ),
  ]

  @Test(arguments: heads)
  func headersAndCookies(
    _ example: (members: String, headers: [String], isComplete: Bool)
  ) throws {
    let record = try decode(entry(example.members))
    #expect(headers(record) == example.headers)
    #expect(record.headersAreComplete == example.isComplete)
  }

  /// What the developer tools of Chromium leave out is not known to be missing.
  static let hidden: [(mark: String, headers: String, isComplete: Bool, hidden: HiddenHeaders)] = [
    ("", #"{"name":"Accept","value":"a"}"#, true, []),
    ("_other", #"{"name":"Accept","value":"a"}"#, true, []),
    // Provisional headers.
    ("_priority", #"{"name":"Accept","value":"a"}"#, false, []),
    ("_priority", #"{"name":"Host","value":"a"}"#, true, [.cookie, .authorization]),
    ("_initiator", #"{"name":":authority","value":"a"}"#, false, []),
    (
      "_initiator", #"{"name":":authority","value":"a"},{"name":"Cookie","value":"b"}"#, true,
      .authorization
    ),
    (
      "_initiator", #"{"name":"host","value":"a"},{"name":"AUTHORIZATION","value":"b"}"#, true,
      .cookie
    ),
  ]

  @Test(arguments: hidden, [true, false])
  func browsersHideHeaders(
    _ example: (mark: String, headers: String, isComplete: Bool, hidden: HiddenHeaders),
    isMarkFirst: Bool
  ) throws {
    let request =
      #""request":{"method":"GET","url":"https://a.example/","headers":[\#(example.headers)]}"#
    let mark = example.mark.isEmpty ? #""x":1"# : "\"\(example.mark)\":{}"
    let record = try decode(
      isMarkFirst ? "{\(mark),\(request)}" : "{\(request),\(mark)}")
    #expect(record.headersAreComplete == example.isComplete)
    #expect(record.hiddenHeaders == example.hidden)
    #expect(!record.headersAreInOrder)
  }

  @Test(arguments: [
    ("https://a.example/b?c", "known", "known", "absent"),
    ("https://a.example/b?c#", "known", "known", "absentOrEmpty"),
    ("https://a.example/a b?c", "lossy", "known", "absent"),
    ("https://a.example/b?ü", "known", "lossy", "absent"),
    ("https://a.example/\u{FFFD}", "lossy", "absent", "absent"),
    ("https://a.example/%20?%FF", "known", "known", "absent"),
  ])
  func whatNobodySendsIsLossy(_ example: (String, String, String, String)) throws {
    let record = try decode(entry("\"headers\":[]", url: example.0))
    #expect(record.path.state.name == example.1)
    #expect(record.query.state.name == example.2)
    #expect(record.fragment.state.name == example.3)
  }

  struct Body: CustomTestStringConvertible {
    var members: String
    var body: String
    var size: BodySize = .unknown
    var method = "POST"

    init(_ members: String, _ body: String, _ size: BodySize = .unknown, method: String = "POST") {
      (self.members, self.body, self.size, self.method) = (members, body, size, method)
    }

    var testDescription: String { "\(method) \(members)" }
  }

  static let form = "application/x-www-form-urlencoded"
  static let length3 = #""headers":[{"name":"Content-Length","value":"3"}],"#

  static let bodies: [Body] = [
    // The text, checked by the sizes.
    Body(#""postData":{"mimeType":"text/plain","text":"abc"}"#, "known: abc", .recorded(3)),
    Body(#""bodySize":3,"postData":{"text":"abc"}"#, "known: abc", .recorded(3)),
    Body(#""bodySize":-1,"postData":{"text":"abc"}"#, "known: abc", .recorded(3)),
    Body(#""postData":{"text":"abc"},"bodySize":0"#, "known: abc", .recorded(3)),
    Body(#""postData":{"text":"abc"},"bodySize":4"#, "lossy: abc"),
    Body(length3 + #""postData":{"text":"abc"},"bodySize":4"#, "known: abc", .recorded(3)),
    Body(length3 + #""postData":{"text":"abcd"}"#, "lossy: abcd"),
    // Neither the bytes nor their number can be relied on.
    Body(length3 + #""postData":{"text":"ab"}"#, "notRecorded", .recorded(3)),
    Body(#""postData":{"text":"a\ufffdc"}"#, "lossy: a\u{FFFD}c"),
    Body(#""postData":{"text":"a\ud800c"}"#, "lossy: a\u{FFFD}c"),
    Body(
      #""postData":{"text":"x=1","params":[{"name":"y","value":"2"}],"mimeType":"\#(form)"}"#,
      "known: x=1", .recorded(3)),
    Body(#""postData":{"text":"AP8="}"#, "known: AP8=", .recorded(4)),
    Body(
      #""postData":{"text":"YWI=","encoding":"base64"},"bodySize":2"#, "known: ab", .recorded(2)),
    // Charsets.
    Body(
      #""postData":{"text":"ä","mimeType":"text/plain; charset=UTF-8"}"#, "known: ä", .recorded(2)),
    Body(
      #""postData":{"text":"a","mimeType":"text/plain;charset=x-other"}"#, "known: a", .recorded(1)),
    Body(#""postData":{"text":"ä","mimeType":"text/plain;charset=x-other"}"#, "lossy: ä"),
    Body(#""postData":{"text":"a","mimeType":"text/plain;charset=utf-16"}"#, "lossy: a"),
    Body(#""postData":{"text":"€","mimeType":"text/plain;charset=iso-8859-1"}"#, "lossy: €"),
    Body(
      #""postData":{"text":"ä","mimeType":"text/plain;charset=\"ISO-8859-1\""}"#,
      "known: \u{FFFD}", .recorded(1)),
    // Parameters of a form: as sent, or decoded.
    Body(
      #""postData":{"mimeType":"\#(form)","params":[{"name":"a","value":"%27+x"},{"name":"b"}]}"#,
      "lossy: a=%27+x&b="),
    Body(
      #""postData":{"mimeType":"\#(form)","params":[{"name":"a","value":"' x"},"#
        + #"{"name":"b","value":"%&ä"}]}"#, "lossy: a=%27+x&b=%25%26%C3%A4"),
    Body(
      #""postData":{"mimeType":"multipart/form-data; boundary=B","params":[{"name":"n","#
        + #""value":"v"},{"name":"f","fileName":"a.txt","contentType":"text/plain","value":"abc"}]}"#,
      "lossy: --B\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nv\r\n--B\r\n"
        + "Content-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n"
        + "Content-Type: text/plain\r\n\r\nabc\r\n--B--\r\n"),
    Body(
      #""postData":{"mimeType":"multipart/form-data","params":[{"name":"f","fileName":"a"}]}"#,
      "notRecorded"),
    // Contents of files may be missing, unless the size that was sent shows that they are not.
    Body(
      #""bodySize":3,"postData":{"mimeType":"multipart/form-data; boundary=B","text":"abc"}"#,
      "lossy: abc"),
    Body(
      length3 + #""postData":{"mimeType":"multipart/form-data","text":"abc"}"#, "known: abc",
      .recorded(3)),
    // No body, as producers write that.
    Body(#""postData":{"mimeType":""},"bodySize":0"#, "absent", .recorded(0), method: "GET"),
    Body(
      #""postData":{"mimeType":"","text":"","params":[]},"bodySize":0"#, "absent", .recorded(0),
      method: "GET"),
    Body("\"bodySize\":0", "absent", .recorded(0), method: "DELETE"),
    Body("\"bodySize\":-1", "notRecorded", method: "GET"),
    Body(#""headers":[{"name":"a","value":"b"}]"#, "absent", method: "GET"),
    Body("\"bodySize\":7", "notRecorded", .recorded(7), method: "GET"),
    // A file that is sent leaves no text, and the size that the browser writes is 0.
    Body("\"bodySize\":0", "notRecorded"),
    Body("\"postData\":null,\"bodySize\":9", "notRecorded", .recorded(9)),
    Body(
      length3 + #""postData":{"mimeType":"image/png"},"bodySize":0"#, "notRecorded", .recorded(3)),
    Body(#""headers":[{"name":"content-length","value":"0"}]"#, "absent", .recorded(0)),
  ]

  @Test(arguments: bodies) func bodyIsTrustedInOrder(_ example: Body) throws {
    let record = try decode(entry(example.members, method: example.method))
    #expect(text(record, record.body) == example.body)
    #expect(record.bodySize == example.size)
  }

  @Test func latinTextIsTheByteThatWasSent() throws {
    let record = try decode(
      entry(#""postData":{"text":"ä\u00ff","mimeType":"text/plain;charset=latin1"}"#))
    #expect(Array(record.bytes(record.body.range)) == [0xE4, 0xFF])
  }

  /// Entries that are refused: with which code and words, and where (`»`).
  static let faults: [(String, RecordError.Code, String)] = [
    ("»{}", .noHTTPRequest, "the entry has no 'request'"),
    ("»[]", .wrongType, "expected an object"),
    (#"{"request":»null}"#, .wrongType, "request: expected an object"),
    (#"{"request":»{"method":"GET"}}"#, .invalidValue, "request: a request needs a URL"),
    (#"{"request":{"url":»5}}"#, .wrongType, "request.url: expected a string"),
    (#"{"request":»{"url":"/a"}}"#, .invalidValue, "request: expected an http or https URL"),
    (#"{"request":»{"url":"http:a"}}"#, .invalidValue, "request: expected an http or https URL"),
    (#"{"request":{"headers":»{}}}"#, .wrongType, "request.headers: expected an array"),
    (#"{"request":{"headers":[»1]}}"#, .wrongType, "request.headers[0]: expected an object"),
    (#"{"request":{"url":"",»"url":""}}"#, .repeatedKey, "request: repeated key 'url'"),
    (
      #"{"request":{"url":"http://a/","postData":{"encoding":"base64","text":»"a?"}}}"#,
      .invalidValue, "request.postData.text: expected base64"
    ),
    (#"{"request":{"url":"http://a/"»]}"#, .invalidJSON, "request: expected ',' or the end"),
  ]

  @Test(arguments: faults) func refused(_ example: (String, RecordError.Code, String)) throws {
    let parts = example.0.split(separator: "»", omittingEmptySubsequences: false)
    let bytes = Array(parts.joined().utf8)
    var record = RequestRecord(uri: "/left-over")
    let error = try #require(throws: RecordError.self) {
      try TrafficDecoder().decode(bytes.span, as: .har, into: &record)
    }
    #expect(error.code == example.1 && error.message == example.2)
    #expect(error.offset == parts.first?.utf8.count)
    #expect(record.path == .notRecorded, "a refused record is empty")
  }

  // MARK: Files

  static let file = #"""
    {"log":{"version":"1.2","creator":{"name":"x","entries":[1]},"pages":[{"id":"p","entries":[]}],
     "entries":[
      {"startedDateTime":"x","request":{"method":"GET","url":"https://a.example/1","headers":[]}},
      {"request":{"method":"GET","url":"data:image/png;base64,iVBO=","headers":[]}},
      {"request":{"method":"GET","url":"blob:https://a.example/x"}},
      {"request":{"method":"CONNECT","url":"https://a.example:443/"}},
      {"request":{"method":"GET","url":"chrome-extension:\/\/x/y"}},
      {"request":{"method":"GET"}},
      {"request":{"method":"GET","url":"http://a.example/2?b"},"response":{"content":{"text":"}]"}}}
     ],"comment":""}}
    """#

  @Test func filesAreReadEntryByEntry() throws {
    let read = try ReadTraffic(Array(Self.file.utf8))
    #expect(
      read.texts == [
        "GET /1", "refused invalid-value: request: a request needs a URL", "GET /2?b",
      ])
    #expect(
      read.notices == [
        "warning: HAR entries left out that are no HTTP requests to a server (data:, blob:, …): 4"
      ])
    #expect(read.chunks.first?.format == .har)
    for size in [1, 2, 13, 100] {
      #expect(try ReadTraffic(Array(Self.file.utf8), bufferBytes: size) == read)
    }
  }

  @Test func byteOrderMarkIsPassedOver() throws {
    let text = "\u{FEFF}{\"log\": {\"entries\": [\(entry("\"bodySize\":0", method: "GET"))]}}"
    for size in [1, 512] {
      #expect(try ReadTraffic(Array(text.utf8), bufferBytes: size).texts == ["GET /"])
    }
  }

  @Test func aBrokenEntryIsOneReject() throws {
    let lines = Self.file.split(separator: "\n").map(String.init)
    let broken = lines.map { $0.contains("blob:") ? "      {\"request\":{\"method\" 1}}," : $0 }
    let read = try ReadTraffic(Array(broken.joined(separator: "\n").utf8))
    #expect(
      read.texts == [
        "GET /1", "broken-record: unexpected '1'",
        "refused invalid-value: request: a request needs a URL", "GET /2?b",
      ])
    let cut = try ReadTraffic(Array(Self.file.utf8.prefix(300)))
    #expect(cut.texts == ["GET /1", "truncated-record: the input ends inside a record"])
  }

  @Test func entriesAloneAreReadWhereTheFormatIsGiven() throws {
    let text = entry("\"bodySize\":0", url: "http://a.example/1") + "\n" + entry("\"bodySize\":0")
    #expect(try ReadTraffic(Array(text.utf8), format: .har).texts == ["POST /1", "POST /"])
    let log = LogContainerTests.log("/log") + "\n" + Self.file + "\n" + LogContainerTests.log("/z")
    let mixed = try ReadTraffic(Array(log.utf8))
    #expect(mixed.texts.first == "GET /log" && mixed.texts.last == "GET /z")
    #expect(mixed.chunks.map(\.format) == [.wafLog, .har, .wafLog])
  }

  @Test func damagedEntriesNeverStopTheProgram() {
    var random = SplitMix(state: 3)
    var record = RequestRecord()
    let decoder = TrafficDecoder()
    for body in Self.bodies {
      for _ in 0..<200 {
        var bytes = Array(entry(body.members).utf8)
        for _ in 0..<2 {
          let index = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0..<3, using: &random) {
          case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
          case 1:
            bytes.insert(Array("{}[]\",:\\".utf8).randomElement(using: &random) ?? 0, at: index)
          default: bytes.remove(at: index)
          }
        }
        try? decoder.decode(bytes.span, as: .har, into: &record)
        #expect(record.body.range.end <= record.storage.count)
      }
    }
  }
}
