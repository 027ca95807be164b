import Foundation
import TestSupport
import Testing

/// The built program on a web ACL and requests of which it is known what matches.
@Suite struct BenchCommandTests {
  private static let webACL = """
    {"Name": "bench", "DefaultAction": {"Allow": {}},
     "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true,
       "MetricName": "bench"},
     "Rules": [{"Name": "word", "Priority": 0, "Action": {"Block": {}},
       "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true,
         "MetricName": "word"},
       "Statement": {"RegexMatchStatement": {"RegexString": "un[i]on\\\\s+select",
         "FieldToMatch": {"QueryString": {}},
         "TextTransformations": [{"Priority": 0, "Type": "URL_DECODE"},
           {"Priority": 1, "Type": "LOWERCASE"}]}}}]}
    """

  private static let requests = [
    "q=tea", "q=UNION%20SELECT", "q=union", "q=union++select",
  ].map { query in
    """
    {"httpRequest": {"clientIp": "192.0.2.1", "headers": [], "uri": "/", "args": "\(query)",
      "httpMethod": "GET", "httpVersion": "HTTP/1.1"}}
    """
  }.joined(separator: "\n")

  private func run(_ arguments: String..., in folder: TemporaryDirectory) throws -> BuiltProgram.Run
  {
    try BuiltProgram("wafcast-bench").run(
      arguments, folder: URL(fileURLWithPath: folder.path))
  }

  private func folder() throws -> TemporaryDirectory {
    let folder = try TemporaryDirectory()
    try folder.write("acl.json", Self.webACL)
    try folder.write("requests.ndjson", Self.requests)
    return folder
  }

  private func figures(_ run: BuiltProgram.Run) throws -> [String: Any] {
    try #require(
      JSONSerialization.jsonObject(with: Data(run.text.utf8)) as? [String: Any], "\(run.errors)")
  }

  @Test(arguments: ["all", "none"]) func theNumbersOfMatchingRequestsAreWritten(
    optimizations: String
  ) throws {
    let folder = try folder()
    let figures = try figures(
      run(
        "evaluate", "acl.json", "requests.ndjson", "--rounds", "2", "--matching", "matching.txt",
        "--optimizations", optimizations, in: folder))
    #expect(figures["requests"] as? Int == 4)
    #expect(figures["matching"] as? Int == 2)
    #expect((figures["nanoseconds"] as? [Int])?.count == 2)
    let matching = try String(contentsOfFile: folder.path + "/matching.txt", encoding: .utf8)
    #expect(matching == "1\n3\n")
  }

  @Test func aLimitLeavesTheRestOut() throws {
    let figures = try figures(
      run("evaluate", "acl.json", "requests.ndjson", "--limit", "3", in: folder()))
    #expect(figures["requests"] as? Int == 3)
    #expect(figures["matching"] as? Int == 1)
  }

  @Test func readingCountsRecordsInEveryRound() throws {
    let figures = try figures(run("read", "requests.ndjson", "--rounds", "3", in: folder()))
    #expect(figures["requests"] as? Int == 4)
    #expect((figures["framing"] as? [Int])?.count == 3)
    #expect((figures["decoding"] as? [Int])?.count == 3)
  }

  @Test func compilingCountsConditions() throws {
    let figures = try figures(run("compile", "acl.json", "--rounds", "2", in: folder()))
    #expect(figures["conditions"] as? Int == 1)
    #expect((figures["nanoseconds"] as? [Int])?.count == 2)
    #expect((figures["wall"] as? [Int])?.count == 2)
  }

  @Test(arguments: [
    (["evaluate", "acl.json", "broken.ndjson"], "broken.ndjson"),
    (["evaluate", "acl.json", "missing.ndjson"], "no such file"),
    (["evaluate", "acl.json", "requests.ndjson", "--without", "luck"], "'luck' is none of"),
    (["compile", "requests.ndjson"], "requests.ndjson"),
  ]) func whatCantBeTimedFails(arguments: [String], message: String) throws {
    let folder = try folder()
    try folder.write("broken.ndjson", Self.requests + "\n{\"httpRequest\": 1}\n")
    let run = try BuiltProgram("wafcast-bench").run(
      arguments, folder: URL(fileURLWithPath: folder.path))
    #expect(run.status != 0)
    #expect(run.text == "")
    #expect(run.errors.contains(message), "\(run.errors)")
  }
}
