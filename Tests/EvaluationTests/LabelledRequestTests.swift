import Evaluation
import TestSupport
import Testing
import WAFRequests

@Suite struct LabelledRequestTests {
  private func read(_ line: String) throws(LabelledRequestError) -> LabelledRequest {
    try LabelledRequest(line: Array(line.utf8), place: "c.ndjson:7", file: "c.ndjson")
  }

  @Test func readsEveryMember() throws {
    let request = try read(
      #"""
      {"id": "x:1", "source": "here", "label": "attack", "attack_type": "sqli", "method": "POST",
       "uri": "/a?b=1#c", "http_version": "HTTP/2.0", "headers": [["Host", "h"], ["X", "M\u00fc"]],
       "body_base64": "YWI=", "payload": "passed over"}
      """#.replacing("\n", with: " "))
    #expect(
      request
        == LabelledRequest(
          id: "x:1", source: "here", label: .attack, attackType: "sqli", method: "POST",
          target: Array("/a?b=1#c".utf8), httpVersion: "HTTP/2.0",
          headers: [
            .init(name: Array("Host".utf8), value: Array("h".utf8)),
            // ISO 8859-1: a character, a byte.
            .init(name: Array("X".utf8), value: [0x4D, 0xFC]),
          ], body: Array("ab".utf8)))
  }

  @Test func whatMayBeLeftOut() throws {
    let request = try read(
      #"{"label": "benign", "method": "GET", "uri": "/", "headers": [["X", "\u20ac"]]}"#)
    #expect(request.id == "c.ndjson:7")
    #expect(request.source == "c.ndjson")
    #expect(request.attackType == "")
    #expect(request.httpVersion == "HTTP/1.1")
    #expect(request.body == [])
    // Beyond ISO 8859-1 a value is UTF-8.
    #expect(request.headers.first?.value == [0xE2, 0x82, 0xAC])
    #expect(
      try read(
        #"{"label": "benign", "method": "GET", "uri": "/", "headers": [], "attack_type": null, "#
          + #""body_base64": null}"#
      ).body == [])
  }

  @Test(
    arguments: [
      ("[]", .notAnObject),
      ("7", .notAnObject),
      (#"{"method": "GET", "uri": "/", "headers": []}"#, .missing(member: "label")),
      (#"{"label": "attack", "uri": "/", "headers": []}"#, .missing(member: "method")),
      (#"{"label": "attack", "method": "GET", "headers": []}"#, .missing(member: "uri")),
      (#"{"label": "attack", "method": "GET", "uri": "/"}"#, .missing(member: "headers")),
      (
        #"{"label": "Attack", "method": "GET", "uri": "/", "headers": []}"#, .unknownLabel("Attack")
      ),
      (
        #"{"label": 1, "method": "GET", "uri": "/", "headers": []}"#,
        .wrongType(member: "label", expected: "a string")
      ),
      (
        #"{"label": "benign", "method": "GET", "uri": "/", "headers": {"a": "b"}}"#,
        .wrongType(member: "headers", expected: "a list of [name, value] pairs")
      ),
      (
        #"{"label": "benign", "method": "GET", "uri": "/", "headers": [["a"]]}"#,
        .wrongType(member: "headers", expected: "a list of [name, value] pairs")
      ),
      (
        #"{"label": "benign", "method": "GET", "uri": "/", "headers": [], "body_base64": "%%"}"#,
        .notBase64(member: "body_base64")
      ),
    ] as [(String, LabelledRequestError)])
  func whatIsNone(line: String, error: LabelledRequestError) {
    #expect(throws: error) { try read(line) }
  }

  @Test func brokenJSONIsToldInWords() {
    let error = #expect(throws: LabelledRequestError.self) { try read(#"{"label": "#) }
    #expect(error?.message.hasPrefix("not JSON: ") == true)
  }

  @Test func theRecordIsCompleteAndExact() {
    let request = LabelledRequest(
      id: "1", source: "s", label: .benign, method: "POST", target: Array("/a%20b?c=d#e".utf8),
      httpVersion: "HTTP/2.0",
      headers: [.init(name: Array("Host".utf8), value: Array("h".utf8))])
    let record = request.record
    #expect(record.text(record.path.range) == "/a%20b")
    #expect(record.text(record.query.range) == "c=d")
    #expect(record.text(record.fragment.range) == "e")
    #expect(record.headersAreComplete)
    // A POST of HTTP/2 without content-length: only the corpus can say that it has no body.
    #expect(record.body.state == .absent)
    #expect(record.bodyAbsence == .recorded)
    #expect(record.method.state == .known)
  }
}

@Suite struct LabelledCorpusTests {
  private static let good = #"{"label": "benign", "method": "GET", "uri": "/", "headers": []}"#

  @Test func aDirectoryIsReadInTheOrderOfItsPaths() throws {
    let folder = try TemporaryDirectory()
    for name in ["b.ndjson", "a/z.jsonl", "notes.txt", "a.ndjson"] {
      try folder.write(name, Self.good)
    }
    let corpus = try LabelledCorpus(paths: [folder.path, folder.path + "/notes.txt"])
    #expect(
      corpus.files
        == ["a.ndjson", "a/z.jsonl", "b.ndjson", "notes.txt"].map {
          folder.path + "/" + $0
        })
    let reading = try corpus.read { _ in }
    #expect(reading.requestCount == 4)
    #expect(reading.badLineCount == 0)
  }

  @Test func badLinesAreCountedAndToldWithTheirPlace() throws {
    let folder = try TemporaryDirectory()
    let file = try folder.write(
      "c.ndjson", "\n\(Self.good)\r\n  \nnope\n" + String(repeating: "[]\n", count: 30) + Self.good)
    var places: [String] = []
    let reading = try LabelledCorpus(paths: [file]).read { places.append($0.id) }
    #expect(places == ["\(file):2", "\(file):35"])
    #expect(reading.requestCount == 2)
    #expect(reading.badLineCount == 31)
    #expect(reading.badLines.count == CorpusReading.keptBadLines)
    #expect(reading.badLines.first?.text.hasPrefix("\(file):4: not JSON") == true)
    #expect(reading.badLines.last?.text == "\(file):23: not a JSON object")
  }

  @Test func whatIsNoCorpus() throws {
    let folder = try TemporaryDirectory()
    #expect(throws: LabelledCorpusError.noFiles(folder.path)) {
      try LabelledCorpus(paths: [folder.path])
    }
    #expect(throws: LabelledCorpusError.notFound("nowhere")) {
      try LabelledCorpus(paths: ["nowhere"])
    }
  }
}
