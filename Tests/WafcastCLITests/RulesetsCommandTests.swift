import Foundation
import TestSupport
import Testing

@Suite struct RulesetsCommandTests {
  /// An address that is cut leads nowhere, and half a pattern proves nothing.
  @Test func sourcesAndConditionsAreWhole() throws {
    let run = try Demo.wafcast(["rulesets", "show", "AWSManagedRulesCommonRuleSet"])
    #expect(run.text.contains("aws-managed-rule-groups-changelog.html"))
    #expect(!run.text.contains("…"))
  }

  @Test func list() throws {
    let run = try Demo.wafcast(["rulesets", "list"])
    #expect(run.status == 0)
    #expect(run.text.contains("AWSManagedRulesCommonRuleSet"))
    #expect(run.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(try Demo.wafcast(["rulesets"]).text == run.text, "list is what is done without a word")
  }

  @Test func show() throws {
    let run = try Demo.wafcast(["rulesets", "show", "AWSManagedRulesAdminProtectionRuleSet"])
    #expect(run.status == 0)
    for word in [
      "AdminProtection_URIPATH", "Block", "exact", "why:", "source", "label", "URI path [",
      "otherwise",
    ] {
      #expect(run.text.contains(word), "\(word)")
    }
  }

  @Test func showOfAVersion() throws {
    let group = "AWSManagedRulesSQLiRuleSet"
    let all = try Demo.wafcast(["rulesets", "show", group])
    let first = try Demo.wafcast(["rulesets", "show", "\(group)@Version_1.1"])
    #expect(first.status == 0)
    #expect(first.errors.isEmpty)
    #expect(all.text.contains("SQLiExtendedPatterns_BODY"))
    #expect(!first.text.contains("SQLiExtendedPatterns_BODY"), "it came with Version_2.0")
  }

  /// A page of another version than the one asked for would be taken for it.
  @Test(arguments: ["Version_2.99", "", "Version_1", "Version_1.1@x"])
  func unknownVersionIsNamedWithThoseThatAreKnown(version: String) throws {
    let group = "AWSManagedRulesSQLiRuleSet"
    let run = try Demo.wafcast(["rulesets", "show", "\(group)@\(version)"])
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("has no known version '\(version)'; known are Version_1.1,"))
  }

  @Test(arguments: [["list"], ["show", "AWSManagedRulesCommonRuleSet"]])
  func json(arguments: [String]) throws {
    let run = try Demo.wafcast(["rulesets"] + arguments + ["--format", "json"])
    #expect(run.status == 0)
    #expect(try JSONSerialization.jsonObject(with: Data(run.output)) is [String: Any])
  }

  @Test func markdownIsThePage() throws {
    let name = "AWSManagedRulesAdminProtectionRuleSet"
    let run = try Demo.wafcast(["rulesets", "show", name, "--format", "markdown"])
    let page = try Data(contentsOf: packageRoot.appending(path: "rulesets/\(name).md"))
    #expect(run.output == Array(page), "write the pages again with: make rulesets")
  }

  // MARK: diff

  private static let versions = [
    "AWSManagedRulesSQLiRuleSet@Version_1.1", "AWSManagedRulesSQLiRuleSet@Version_2.0",
  ]

  @Test func differenceOfVersions() throws {
    let run = try Demo.wafcast(["rulesets", "diff"] + Self.versions)
    #expect(run.status == 0)
    #expect(run.text.contains("added     rule SQLiExtendedPatterns_BODY"))
    #expect(run.text.contains("removed   rule SQLi_URIPATH"))
    let json = try Demo.wafcast(["rulesets", "diff"] + Self.versions + ["--format", "json"])
    let value = try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any]
    #expect(value?["schema"] as? String == "wafcast.rulesets-diff/1")
    #expect((value?["changes"] as? [Any])?.isEmpty == false)
  }

  @Test(
    arguments: [
      (versions, 2), ([versions[0], versions[0]], 0), ([versions[0], "NoSuchGroup"], 1),
      (["no/such/folder", versions[0]], 1),
    ] as [([String], Int32)])
  func detailedExitCode(arguments: [String], code: Int32) throws {
    let run = try Demo.wafcast(["rulesets", "diff", "--detailed-exitcode"] + arguments)
    #expect(run.status == code)
    #expect((code == 1) == !run.errors.isEmpty)
  }

  @Test func differenceOfDirectories() throws {
    let group = "AWSManagedRulesAdminProtectionRuleSet"
    let file = packageRoot.appending(path: "rulesets/aws/\(group).json")
    let text = try String(contentsOf: file, encoding: .utf8)
    let changed = text.replacing(#""Capacity": 100"#, with: #""Capacity": 101"#)
    try #require(changed != text)
    let (old, new) = (try TemporaryDirectory(), try TemporaryDirectory())
    try old.write("\(group).json", text)
    try new.write("deep/\(group).json", changed)
    for arguments in [[old.path, new.path], [group, new.path]] {
      let run = try Demo.wafcast(["rulesets", "diff"] + arguments)
      #expect(run.status == 0)
      #expect(run.text.contains("capacity: 100 WCU → 101 WCU"))
      #expect(run.text.hasSuffix("1 difference\n"))
    }
    try new.write("broken.json", "{")
    #expect(try Demo.wafcast(["rulesets", "diff", old.path, new.path]).status == 2)
  }
}
