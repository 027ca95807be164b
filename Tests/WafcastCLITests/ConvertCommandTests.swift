import Foundation
import TestSupport
import Testing

@Suite struct ConvertCommandTests {
  private static let har = #"""
    {"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [{
      "startedDateTime": "2026-10-12T10:00:00.000Z", "time": 1,
      "request": {"method": "POST", "url": "https://shop.example/login?token=t1",
        "httpVersion": "HTTP/1.1", "cookies": [], "queryString": [], "headersSize": -1,
        "bodySize": 5, "headers": [{"name": "Host", "value": "shop.example"},
          {"name": "Cookie", "value": "sid=t2"}],
        "postData": {"mimeType": "text/plain", "text": "a=t3!"}},
      "response": {}, "cache": {}, "timings": {}}]}}
    """#

  private func request(_ line: Substring) throws -> [String: Any] {
    let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    return try #require(record?["httpRequest"] as? [String: Any])
  }

  // MARK: Records

  @Test func recordsComeOutInTheirOrder() throws {
    let run = try Demo.wafcast(
      ["convert", "--to", "native", "-"], input: Demo.record("/a") + Demo.record("/b"))
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    let lines = run.text.split(separator: "\n")
    #expect(try lines.map { try request($0)["uri"] as? String } == ["/a", "/b"])
  }

  /// What is native stays what it is, so that a conversion changes no verdict.
  @Test func conversionChangesNoVerdict() throws {
    let place = try TemporaryDirectory()
    let native = place.path + "/native"
    let run = try Demo.wafcast(["convert", Demo.requests, "--show-secrets", "--output", native])
    #expect(run.status == 0 && run.output.isEmpty)
    let replays = try [Demo.requests, native].map { traffic in
      try Demo.wafcast(
        ["replay", Demo.webACL, traffic, "--output", "-"] + Demo.documents
      ).text
        .split(separator: "\n").map { line -> String in
          let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
          let wafcast = record?["wafcast"] as? [String: Any]
          let expect = (wafcast?["expect"] as? [String: String] ?? [:])
            .map { "\($0.key)=\($0.value)" }.sorted()
          let id = (record?["httpRequest"] as? [String: Any])?["requestId"] ?? "-"
          return "\(id) \(record?["action"] ?? "-") \(wafcast?["rule"] ?? "-") "
            + "\(wafcast?["certainty"] ?? "-") \(expect)"
        }
    }
    #expect(!replays[0].isEmpty)
    #expect(replays[0] == replays[1])
  }

  @Test func secretsAreMaskedUnlessAskedFor() throws {
    let masked = try Demo.wafcast(["convert", "-"], input: Self.har)
    #expect(masked.status == 0)
    for secret in ["t1", "t2", "t3"] { #expect(!masked.text.contains(secret)) }
    #expect(masked.text.contains(#""masked":["headers.cookie","args.token","body"]"#))
    let shown = try Demo.wafcast(["convert", "-", "--show-secrets"], input: Self.har)
    for secret in ["t1", "t2", "t3"] { #expect(shown.text.contains(secret)) }
    #expect(!shown.text.contains("masked"))
  }

  @Test func severalFormatsAtOnce() throws {
    let place = try TemporaryDirectory()
    let har = try place.write("a.har", Self.har)
    let log = try place.write("b.json", Demo.record("/log"))
    let raw = try place.write("c.http", "GET /raw HTTP/1.1\r\nHost: h\r\n\r\n")
    let run = try Demo.wafcast(["convert", har, log, raw])
    #expect(run.status == 0)
    let paths = try run.text.split(separator: "\n").map { try request($0)["uri"] as? String }
    #expect(paths == ["/login", "/log", "/raw"])
  }

  // MARK: What cannot be read

  @Test func rejectsAreCountedAndWritten() throws {
    let place = try TemporaryDirectory()
    let traffic = try place.write(
      "traffic", Demo.record("/a") + "\n{\"bad\" \u{1B}[31m}\n" + Demo.record("/b") + "{\"trunc")
    let rejects = place.path + "/rejects"
    let arguments = ["convert", traffic, "--rejects", rejects]
    let run = try Demo.wafcast(arguments)
    #expect(run.status == 2, "half of the records is more than 10 %")
    #expect(run.text.split(separator: "\n").count == 2, "what can be read is written all the same")
    #expect(run.errors.contains("could not be read"))
    #expect(!run.errors.contains("\u{1B}"))
    let lines = try String(contentsOfFile: rejects, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 2)
    let lenient = try Demo.wafcast(arguments + ["--max-rejects", "50"])
    #expect(lenient.status == 0)
    #expect(lenient.errors.contains("warning: 1 record could not be read: truncated-record"))
    #expect(try Demo.wafcast(arguments + ["--max-rejects", "50", "--quiet"]).errors.isEmpty)
  }

  @Test(arguments: ["", "no record", "{}"]) func nothingReadable(input: String) throws {
    let run = try Demo.wafcast(["convert", "-"], input: input)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("no request could be read"))
  }

  @Test func longRecordsAreRejected() throws {
    let long = Demo.record("/" + String(repeating: "a", count: 2000))
    let arguments = ["convert", "-", "--max-rejects", "50", "--max-record"]
    let run = try Demo.wafcast(arguments + ["1000"], input: Demo.record("/a") + "\n" + long)
    #expect(run.status == 0)
    #expect(run.errors.contains("record-too-large"))
    #expect(run.text.split(separator: "\n").count == 1)
    #expect(try Demo.wafcast(arguments + ["5000"], input: long).status == 0)
  }

  @Test func anUnreadableInputIsNotSkippedInSilence() throws {
    let place = try TemporaryDirectory()
    let good = try place.write("good", Demo.record("/a"))
    let zip = try place.write("bad.zip", [0x50, 0x4B, 0x03, 0x04, 0, 0, 0, 0, 0])
    let run = try Demo.wafcast(["convert", zip, good])
    #expect(run.status == 2)
    #expect(run.errors.contains("unpack it first"))
    #expect(run.text.split(separator: "\n").count == 1)
  }

  @Test func anInputIsNotOverwritten() throws {
    let place = try TemporaryDirectory()
    let traffic = try place.write("traffic", Demo.record("/a"))
    let run = try Demo.wafcast(["convert", traffic, "--output", traffic])
    #expect(run.status == 2)
    #expect(run.errors.contains("would be overwritten"))
    #expect(try String(contentsOfFile: traffic, encoding: .utf8) == Demo.record("/a"))
  }

  @Test func aClosedPipeEndsQuietly() throws {
    let run = try Demo.wafcast(["convert", Demo.requests], closesOutput: true)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
  }

  /// Usage errors end with 2 and write nothing.
  @Test(arguments: [
    [], ["-", "-"], ["no-such-file"], [Demo.requests, "--to", "har"],
    [Demo.requests, "--max-record", "0"], [Demo.requests, "--max-rejects", "101"],
    [Demo.requests, "--rejects", "-"], [Demo.requests, "--output", "a", "--rejects", "a"],
  ])
  func wrongUsage(arguments: [String]) throws {
    let run = try Demo.wafcast(["convert"] + arguments)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("rror"))
  }
}
