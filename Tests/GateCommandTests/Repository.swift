import Foundation
import TestSupport

/// A git repository with a web ACL, for the time of one test.
struct Repository {
  let folder: TemporaryDirectory

  /// - Parameter files: what is committed first, by path.
  init(_ files: [String: String]) throws {
    folder = try TemporaryDirectory()
    try git("init", "-q", "-b", "main")
    for (path, text) in files { try folder.write(path, text) }
    try commit("first")
  }

  func write(_ path: String, _ text: String) throws { try folder.write(path, text) }

  func commit(_ message: String) throws {
    try git("add", "-A")
    try git("commit", "-q", "-m", message)
  }

  func path(_ name: String) -> String { folder.path + "/" + name }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
  }

  /// Runs `wafcast` in the repository.
  func wafcast(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> BuiltProgram.Run {
    try BuiltProgram("wafcast").run(
      arguments, environment: environment, folder: URL(fileURLWithPath: folder.path))
  }

  private func git(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["git", "-c", "user.name=Test", "-c", "user.email=test@example.com"] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "HOME": folder.path,
    ]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Problem.git(arguments) }
  }

  enum Problem: Error { case git([String]) }
}

/// Web ACLs and records of the tests.
enum Gate {
  static func acl(_ rules: [String], defaultAction: String = "Allow") -> String {
    """
    {
      "Name": "shop",
      "Scope": "REGIONAL",
      "DefaultAction": {"\(defaultAction)": {}},
      "VisibilityConfig": \(visibility),
      "Rules": [
        \(rules.joined(separator: ",\n    "))
      ]
    }

    """
  }

  static let visibility =
    #"{"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "MetricName": "m"}"#

  static func rule(
    _ name: String, _ priority: Int, _ statement: String, action: String = "Block",
    labels: [String] = []
  ) -> String {
    let list = labels.map { #"{"Name": "\#($0)"}"# }.joined(separator: ", ")
    let ruleLabels = labels.isEmpty ? "" : #" "RuleLabels": [\#(list)],"#
    return """
      {"Name": "\(name)", "Priority": \(priority), "Action": {"\(action)": {}},\(ruleLabels) \
      "VisibilityConfig": \(visibility), "Statement": \(statement)}
      """
  }

  static func contains(_ text: String, _ field: String = "UriPath") -> String {
    let fieldText =
      switch field {
      case "Body": #"{"Body": {"OversizeHandling": "CONTINUE"}}"#
      default: "{\"\(field)\": {}}"
      }
    return """
      {"ByteMatchStatement": {"SearchString": "\(text)", "PositionalConstraint": "CONTAINS", \
      "FieldToMatch": \(fieldText), "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}
      """
  }

  static func managed(
    _ name: String, _ priority: Int, _ group: String, overrides: String = ""
  ) -> String {
    """
    {"Name": "\(name)", "Priority": \(priority), "OverrideAction": {"None": {}}, \
    "VisibilityConfig": \(visibility), "Statement": {"ManagedRuleGroupStatement": \
    {"VendorName": "AWS", "Name": "\(group)"\(overrides)}}}
    """
  }

  static let adminProtection = managed(
    "admin-protection", 10, "AWSManagedRulesAdminProtectionRuleSet")

  static let adminExcluded = managed(
    "admin-protection", 10, "AWSManagedRulesAdminProtectionRuleSet",
    overrides: """
      , "RuleActionOverrides": [{"Name": "AdminProtection_URIPATH", "ActionToUse": {"Count": {}}}]
      """)

  /// A native record; a body that is not given is not recorded.
  static func record(
    _ uri: String, method: String = "GET", client: String = "203.0.113.9", args: String = "",
    headers: [(String, String)] = [], body: String? = nil, more: String = ""
  ) -> String {
    let lines = ([("Host", "shop.example"), ("User-Agent", "Mozilla/5.0 Firefox/140.0")] + headers)
      .map { #"{"name": \#(quoted($0.0)), "value": \#(quoted($0.1))}"# }.joined(separator: ", ")
    let bodyText = body.map { #", "body": \#(quoted($0))"# } ?? ""
    return """
      {"timestamp": 1792047605802, "httpRequest": {"clientIp": "\(client)", "country": "DE", \
      "headers": [\(lines)], "uri": \(quoted(uri)), "args": \(quoted(args)), "httpVersion": \
      "HTTP/1.1", "httpMethod": \(quoted(method)), "requestId": "1-\(uri.count)"\(bodyText)}\(more)}

      """
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      default:
        if scalar.value < 0x20 {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  /// Requests to a shop and to its administration, from two clients.
  static let traffic =
    record("/") + record("/products/1") + record("/products/2")
    + record("/admin") + record("/admin/orders/7", client: "198.51.100.4")
    + record("/admin/orders/8", client: "198.51.100.4")
}
