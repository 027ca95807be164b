import Diagnostics
import ManagedRules
import Testing
import WAFModel

/// The note on patterns that no literal stands before.
@Suite struct UnfilteredPatternTests {
  private func regexMatch(_ pattern: String, field: String = "UriPath") -> String {
    """
    {"RegexMatchStatement": {"RegexString": "\(pattern)", "FieldToMatch": {"\(field)": {}},
     "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}
    """
  }

  private func places(_ rules: [String], catalogue: RulesetCatalogue = RulesetCatalogue()) throws
    -> [String]
  {
    try CompiledSketch(rules, catalogue: catalogue).diagnostics
      .filter { $0.code == "unfiltered-regex" }
      .map { "\($0.severity) \($0.place?.pointer.description ?? "")" }
  }

  @Test(arguments: [
    ("^[a-z]+$", true), ("[0-9]{4}", true), ("foo(?=bar)quux", true), ("sqlmap|nikto", false),
    ("^/admin/", false),
  ])
  func isNotedWhereNoLiteralHelps(_ pattern: String, _ isNoted: Bool) throws {
    let found = try places([rule("a", 0, regexMatch(pattern))])
    let expected = "note /Rules/0/Statement/RegexMatchStatement/RegexString"
    #expect(found == (isNoted ? [expected] : []))
  }

  @Test func isNotedOnce() throws {
    let found = try places([
      rule("a", 0, regexMatch("^[a-z]+$")), rule("b", 1, regexMatch("^[a-z]+$")),
      rule("c", 2, regexMatch("^[a-z]+$", field: "QueryString")),
    ])
    #expect(found.count == 1)
  }

  @Test func isNotNotedOfManagedRules() throws {
    let common = "AWSManagedRulesCommonRuleSet"
    #expect(try places([groupRule("a", 0, managedGroup(common))], catalogue: .bundled()).isEmpty)
  }
}
