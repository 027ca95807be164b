import Bytes
import IPAddressing
import TestSupport
import Testing
import WAFRequests

@Suite struct RequestRecordTests {
  private func text(_ record: RequestRecord, _ component: Component) -> String {
    "\(component.state): \(record.text(component.range))"
  }

  @Test func resetKeepsItsMemory() {
    var record = RequestRecord(
      uri: "/" + String(repeating: "x", count: 5000),
      headers: (0..<40).map { (name: "h\($0)", value: "v") })
    let capacities = (record.storage.capacity, record.headers.capacity)
    let addresses = addresses(of: record)
    record.timestamp = 5
    record.recorded.isPrediction = true
    record.reset()

    #expect((record.storage.capacity, record.headers.capacity) == capacities)
    #expect(self.addresses(of: record) == addresses)
    #expect(record.storage.isEmpty && record.headers.isEmpty)
    #expect(record.timestamp == nil)
    #expect(record.recorded == RecordedOutcome())
    #expect(record.path == .notRecorded && !record.headersAreComplete)
  }

  private func addresses(of record: RequestRecord) -> [Int] {
    [
      record.storage.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) },
      record.headers.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) },
    ]
  }

  @Test func completeRequest() {
    let record = RequestRecord(
      method: "POST", uri: "/a%20b?x=1&y=?#part", headers: [("Host", "shop.example"), ("E", "")],
      body: Array("b=2".utf8), clientIP: "192.0.2.1", country: "de", httpVersion: "HTTP/2.0",
      sourceName: "ALB")

    #expect(text(record, record.method) == "known: POST")
    #expect(text(record, record.path) == "known: /a%20b")
    #expect(text(record, record.query) == "known: x=1&y=?")
    #expect(text(record, record.httpVersion) == "known: HTTP/2.0")
    #expect(text(record, record.body) == "known: b=2")
    #expect(record.bodySize == .recorded(3))
    #expect(record.headersAreComplete)
    #expect(record.headers.map { record.text($0.name) } == ["Host", "E"])
    #expect(record.headers.map(\.value.state) == [.known, .empty])
    #expect(record.clientIP == IPAddress("192.0.2.1").map { .address($0) })
    guard case .code(let code) = record.country else {
      Issue.record("no country")
      return
    }
    #expect(code.text == "DE")
    #expect(record.text(record.sourceName) == "ALB")
  }

  @Test func whatIsNotGivenIsNotRecorded() {
    let record = RequestRecord(uri: "/")
    #expect(record.clientIP == .notRecorded && record.country == .notRecorded)
    #expect(record.query.state == .absent)
    #expect(record.body.state == .absent && record.bodyAbsence == .recorded)
    #expect(RequestRecord(uri: "/", clientIP: "localhost").clientIP == .invalid)
    #expect(RequestRecord(uri: "/", country: "-").country == .undetermined)
    #expect(RequestRecord(uri: "/", country: "Germany").country == .notRecorded)
  }

  static let targets: [(uri: String, path: String, query: String, host: String?)] = [
    ("/", "known: /", "absent: ", nil),
    ("/?", "known: /", "empty: ", nil),
    ("/a?b?c", "known: /a", "known: b?c", nil),
    ("/a#b?c", "known: /a", "absent: ", nil),
    ("", "empty: ", "absent: ", nil),
    ("*", "known: *", "absent: ", nil),
    ("https://shop.example", "known: /", "absent: ", "shop.example"),
    ("https://shop.example?x=1", "known: /", "known: x=1", "shop.example"),
    ("HTTP://me@shop.example:81/a/b?x#y", "known: /a/b", "known: x", "shop.example:81"),
    ("//shop.example/a", "known: //shop.example/a", "absent: ", nil),
  ]

  @Test(arguments: targets)
  func targetIsSplit(_ target: (uri: String, path: String, query: String, host: String?)) {
    let record = RequestRecord(uri: target.uri)
    #expect(text(record, record.path) == target.path)
    #expect(text(record, record.query) == target.query)
    let host = record.indexOfHeader(named: Array("host".utf8).span)
    #expect(host.map { record.text(record.headers[$0].value.range) } == target.host)
  }

  @Test func hostHeaderIsNotDoubled() {
    let record = RequestRecord(uri: "http://a.example/", headers: [("HOST", "b.example")])
    #expect(record.headers.count == 1)
  }

  @Test func headersAreFoundByName() {
    let record = RequestRecord(
      uri: "/",
      headers: [("Cookie", "a=1"), ("X-Cookie", "no"), (" cookie\t", "b=2"), ("cook", "no")])
    let values = record.headers(named: Array("cookie".utf8)).map { record.text($0.value.range) }
    #expect(values == ["a=1", "b=2"])
    #expect(record.indexOfHeader(named: Array("cookie".utf8).span, from: 1) == 2)
    #expect(record.indexOfHeader(named: Array("cookie".utf8).span, from: 3) == nil)
    #expect(record.indexOfHeader(named: Array("accept".utf8).span) == nil)
  }

  @Test func statesHaveNames() {
    for state in ComponentState.allCases {
      #expect(ComponentState(name: Array(state.name.utf8).span) == state)
    }
    #expect(ComponentState(name: Array("Known".utf8).span) == nil)
  }
}
