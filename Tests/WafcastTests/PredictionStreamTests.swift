import TestSupport
import Testing
import Wafcast

struct PredictionStreamTests {
  private func acl() throws -> CompiledWebACL {
    let demo = PredictorTests.demo
    return try loadWebACL(
      "\(demo)/web-acl.json", with: ["\(demo)/ip-set-monitoring.json"])
  }

  @Test func itemsComeInInputOrderWithTheirPlaces() throws {
    let directory = try TemporaryDirectory()
    let record = { (uri: String) in
      """
      {"httpRequest":{"clientIp":"203.0.113.9","country":"DE","uri":"\(uri)","args":"",\
      "httpMethod":"GET","httpVersion":"HTTP/1.1","headers":[{"name":"Host","value":"a"},\
      {"name":"User-Agent","value":"b"},{"name":"Cookie","value":"sessionid=s3cret"}]}}
      """
    }
    let first = record("/admin")
    let file = try directory.write(
      "requests.ndjson", first + "\n" + "garbage\n" + record("/products/42"))
    var stream = try PredictionStream(try acl(), traffic: [file])
    var seen: [String] = []
    while let item = try stream.next() {
      switch item {
      case .prediction(let recorded):
        let path = recorded.request.text(recorded.request.path.range)
        seen.append("\(recorded.offset) \(path) \(recorded.prediction.action.logName)")
        let line = String(decoding: recorded.predictedRecord, as: UTF8.self)
        // No hexadecimal digits: the digests of the stamp may hold any of those.
        #expect(!line.contains("s3cret"))
      case .reject(let reject):
        seen.append("\(reject.offset) rejected")
        #expect(reject.input == file)
        #expect(reject.message != "")
      }
    }
    let second = first.utf8.count + 1
    #expect(
      seen == [
        "0 /admin BLOCK", "\(second) rejected", "\(second + 8) /products/42 ALLOW",
      ])
  }

  @Test func secretsStayWhereAskedFor() throws {
    let directory = try TemporaryDirectory()
    let file = try directory.write(
      "one.json",
      """
      {"httpRequest":{"uri":"/","args":"token=t0k3n","httpMethod":"GET","headers":[]}}
      """)
    var stream = try PredictionStream(try acl(), traffic: [file], showsSecrets: true)
    guard case .prediction(let recorded)? = try stream.next() else {
      Issue.record("no prediction")
      return
    }
    #expect(String(decoding: recorded.predictedRecord, as: UTF8.self).contains("t0k3n"))
    #expect(try stream.next() == nil)
  }

  @Test func missingInputIsAnError() throws {
    let acl = try acl()
    #expect(throws: (any Error).self) {
      _ = try PredictionStream(acl, traffic: ["no/such/file"])
    }
  }
}
