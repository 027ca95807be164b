import ACLTesting
import Diagnostics
import Findings
import TestSupport
import Wafcast

/// A web ACL, tests and recordings in a folder of their own.
struct TestFixture {
  let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
  }

  /// Rules as JSON objects without priority and visibility, in evaluation order.
  static func webACL(
    _ rules: [String], more: String = ""
  ) -> String {
    let list = rules.enumerated().map { index, rule in
      rule.replacingPrefix("{", with: "{\"Priority\": \(index), \(visibility), ")
    }
    return """
      {"Name": "shop", "Scope": "REGIONAL", \(visibility), "DefaultAction": {"Allow": {}},
      "ARN": "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shop/1-2-3"\(more),
      "Rules": [
      \(list.joined(separator: ",\n"))
      ]}
      """
  }

  static let visibility =
    "\"VisibilityConfig\": {\"SampledRequestsEnabled\": true, "
    + "\"CloudWatchMetricsEnabled\": true, \"MetricName\": \"m\"}"

  /// A rule that looks at the path.
  static func rule(
    _ name: String, path: String, action: String = "Block", position: String = "STARTS_WITH",
    label: String? = nil
  ) -> String {
    let labels = label.map { ", \"RuleLabels\": [{\"Name\": \"\($0)\"}]" } ?? ""
    return """
      {"Name": "\(name)", "Action": {"\(action)": {}}\(labels), "Statement":
      \(byteMatch("{\"UriPath\": {}}", path, position))}
      """
  }

  static func byteMatch(
    _ field: String, _ search: String, _ position: String = "CONTAINS"
  ) -> String {
    """
    {"ByteMatchStatement": {"SearchString": "\(search)", "FieldToMatch": \(field),
    "PositionalConstraint": "\(position)",
    "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}
    """
  }

  /// A rule that looks at the body.
  static func bodyRule(_ name: String, _ search: String) -> String {
    let field = #"{"Body": {"OversizeHandling": "CONTINUE"}}"#
    return """
      {"Name": "\(name)", "Action": {"Block": {}}, "Statement": \(byteMatch(field, search))}
      """
  }

  static func managed(
    _ name: String, _ group: String, override: String = "None", more: String = ""
  ) -> String {
    """
    {"Name": "\(name)", "OverrideAction": {"\(override)": {}}, "Statement":
    {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "\(group)"\(more)}}}
    """
  }

  func load(_ acl: String, with others: [String] = []) throws -> CompiledWebACL {
    let path = try folder.write("acl.json", acl)
    var options = LoadOptions()
    options.searchString = .plain
    do throws(LoadFailure) {
      return try loadWebACL(path, with: others.map { "\(folder.path)/\($0)" }, options: options)
    } catch {
      guard case .invalid(let diagnostics, let sources) = error else { throw error }
      throw Problem.invalid(diagnostics.map { sources.render($0) })
    }
  }

  /// Reads tests, which must be without mistakes.
  func tests(_ yaml: String, name: String = "acl.test.yml") throws -> ACLTestFile {
    let path = try folder.write(name, yaml)
    let loaded = ACLTestFile.load(path)
    if let value = loaded.value, loaded.diagnostics.isEmpty { return value }
    throw Problem.invalid(loaded.diagnostics.map { loaded.sources.render($0) })
  }

  enum Problem: Error {
    case invalid([String])
  }

  func run(
    _ acl: String, _ yaml: String, with others: [String] = [],
    options: ACLTestRun.Options = ACLTestRun.Options()
  ) throws -> ACLTestReport {
    try ACLTestRun(load(acl, with: others), [tests(yaml)], options: options).report()
  }

  /// A record of a recording.
  static func record(
    _ uri: String, method: String = "GET", host: String = "shop.example",
    client: String = "203.0.113.7", country: String = "DE", args: String = "",
    action: String = "ALLOW", more: String = "", wafcast: String? = nil
  ) -> String {
    """
    {"timestamp": 1760000000000, "action": "\(action)", "httpRequest": {"clientIp": "\(client)", \
    "country": "\(country)", "headers": [{"name": "Host", "value": "\(host)"}], "uri": "\(uri)", \
    "args": "\(args)", "httpVersion": "HTTP/1.1", "httpMethod": "\(method)", \
    "requestId": "r-\(uri)"\(more)}\(wafcast.map { ", \"wafcast\": \($0)" } ?? "")}
    """
  }
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String, with text: String) -> String {
    hasPrefix(prefix) ? text + dropFirst(prefix.count) : self
  }
}
