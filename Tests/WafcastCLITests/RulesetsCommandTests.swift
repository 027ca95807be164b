import Foundation
import TestSupport
import Testing

@Suite struct RulesetsCommandTests {
  /// An address that is cut leads nowhere.
  @Test func sourcesAreWhole() throws {
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
    for word in ["AdminProtection_URIPATH", "Block", "exact", "high", "source:", "label"] {
      #expect(run.text.contains(word), "\(word)")
    }
  }

  @Test(arguments: [["list"], ["show", "AWSManagedRulesCommonRuleSet"]])
  func json(arguments: [String]) throws {
    let run = try Demo.wafcast(["rulesets"] + arguments + ["--format", "json"])
    #expect(run.status == 0)
    #expect(try JSONSerialization.jsonObject(with: Data(run.output)) is [String: Any])
  }
}
