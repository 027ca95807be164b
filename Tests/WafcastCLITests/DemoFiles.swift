import TestSupport

/// The program, and the demo's documents and recording.
enum Demo {
  static let webACL = "corpora/demo/web-acl.json"
  static let withExclusion = "corpora/demo/web-acl-with-exclusion.json"
  static let requests = "corpora/demo/requests.ndjson"
  static let documents = ["--with", "corpora/demo/ip-set-monitoring.json"]

  /// Runs `wafcast`.
  static func wafcast(
    _ arguments: [String], input: String = "", environment: [String: String] = [:],
    closesOutput: Bool = false
  ) throws -> BuiltProgram.Run {
    try BuiltProgram("wafcast").run(
      arguments, input: Array(input.utf8), environment: environment, closesOutput: closesOutput)
  }

  /// A native record.
  static func record(_ uri: String, id: String = "1-1", method: String = "GET") -> String {
    """
    {"timestamp": 1792047605802, "httpRequest": {"clientIp": "203.0.113.9", "country": "DE", \
    "headers": [{"name": "Host", "value": "shop.example"}, {"name": "User-Agent", "value": \
    "Mozilla/5.0"}], "uri": "\(uri)", "args": "", "httpVersion": "HTTP/1.1", "httpMethod": \
    "\(method)", "requestId": "\(id)"}}
    """
  }
}
