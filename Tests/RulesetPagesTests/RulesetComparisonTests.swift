import ManagedRules
import ReportText
import RulesetPages
import Testing

/// A change of the sample's text, and the differences that it makes.
struct ComparisonCase: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var text: String
  var replacement: String
  /// Kind, subject and details.
  var expected: [String]

  init(_ testDescription: String, _ text: String, _ replacement: String, _ expected: [String]) {
    self.testDescription = testDescription
    self.text = text
    self.replacement = replacement
    self.expected = expected
  }

  static let all = [
    ComparisonCase("nothing", "Before the first", "Before the first", []),
    ComparisonCase(
      "capacity", "1010", "1011", ["changed group: capacity: 1010 WCU → 1011 WCU"]),
    ComparisonCase(
      "default version", #""DefaultVersion": "Version_2.0""#, #""DefaultVersion": "Version_1.0""#,
      ["changed group: default version: Version_2.0 → Version_1.0"]),
    ComparisonCase(
      "label of the group", "shop:more", "shop:most",
      [
        "changed group: labels: + awswaf:managed:example:shop:most; "
          + "labels: - awswaf:managed:example:shop:more"
      ]),
    ComparisonCase(
      "retired rule", "Older_RULE", "Oldest_RULE",
      ["changed group: retired rule names: + Oldest_RULE; retired rule names: - Older_RULE"]),
    ComparisonCase(
      "words of the group", "or *not*", "or not", ["reworded group: documentation"]),
    ComparisonCase(
      "words of a version", "Old went", "It went", ["reworded Version_2.0: changes"]),
    ComparisonCase(
      "action", #"{"Challenge": {}}"#, #"{"Block": {}}"#,
      ["changed rule Path_URIPATH: action: Challenge → Block"]),
    ComparisonCase(
      "component", #""Inspects": "URI path""#, #""Inspects": "path""#,
      ["changed rule Path_URIPATH: component: URI path → path"]),
    ComparisonCase(
      "versions of a rule", #"[{"Before": "Version_2.0"}]"#, #"[{"Before": "Version_3.0"}]"#,
      [
        "changed rule Old_BODY: versions: before Version_2.0 → before Version_3.0"
      ]),
    ComparisonCase(
      "renamed rule", #""Name": "Old_BODY""#, #""Name": "Old_URIPATH""#,
      [
        "added rule Old_URIPATH: Block, no label; not modelled; before Version_2.0",
        "removed rule Old_BODY: Block, no label; not modelled; before Version_2.0",
      ]),
    ComparisonCase(
      "fidelity", #""Fidelity": "low""#, #""Fidelity": "medium""#,
      [#"changed rule Path_URIPATH: branch "a ``` fence": fidelity: low → medium"#]),
    ComparisonCase(
      "condition", "/admin", "/adm",
      [
        #"changed rule Path_URIPATH: branch "the admin page": condition;   - "/admin", "/\"root\"";"#
          + #"   + "/adm", "/\"root\"""#
      ]),
    ComparisonCase(
      "words of a branch", "It says so.", "So it says.",
      [#"reworded rule Path_URIPATH: branch "the admin page": why"#]),
    ComparisonCase(
      "trust", #""MissTrust": "approximate""#, #""MissTrust": "assumed""#,
      ["changed rule Path_URIPATH: trust in a miss: approximate → assumed"]),
    ComparisonCase(
      "a rule that is modelled now", #"{"Unmodelled": "Nobody knows."}"#,
      #"""
      {"MissTrust": "assumed", "Branches": [{"Fidelity": "low", "LooksFor": "a", "Why": "b.",
        "Statement": {"XssMatchStatement": {"FieldToMatch": {"UriPath": {}},
        "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}}]}
      """#,
      [#"changed rule Old_BODY: modelled now; a miss is assumed; + low branch "a""#]),
    ComparisonCase(
      "requirement", #"{"ConfiguredPath": "LoginPath"}"#, #"{"MissingCredential": true}"#,
      [
        "changed rule Path_URIPATH: requires: + the body lacks the configured user name or password "
          + "field; requires: - the path starts with the configured LoginPath, without regard to case "
          + "(with EnableRegexInPath: it fits the regular expression)"
      ]),
    ComparisonCase(
      "requirement of a label", #"{"Captcha": "ABSENT"}"#, #"{"Token": "ACCEPTED"}"#,
      [
        "changed label awswaf:managed:example:shop:first: requires: + any(method [NONE] is "
          + #""POST"; the token is accepted); requires: - any(method [NONE] is "POST"; "#
          + "the CAPTCHA part of the token is absent)"
      ]),
    ComparisonCase(
      "label of a rule", "shop:too", "shop:two",
      [
        "changed group: labels: + awswaf:managed:example:shop:two; "
          + "labels: - awswaf:managed:example:shop:too",
        "changed rule Path_URIPATH: more labels: + awswaf:managed:example:shop:two; "
          + "more labels: - awswaf:managed:example:shop:too",
      ]),
    ComparisonCase(
      "observation", #""Matched": true"#, #""Matched": false"#,
      ["reworded rule Path_URIPATH: observations"]),
    // Another spelling of the same.
    ComparisonCase(
      "order of transformations in the list",
      #"[{"Priority": 1, "Type": "LOWERCASE"},"#, #"[{"Priority": 9, "Type": "LOWERCASE"},"#, []),
  ]
}

@Suite struct RulesetComparisonTests {
  private func changes(_ old: String, _ new: String) throws -> RulesetComparison {
    RulesetComparison(
      old: .init(name: "old", groups: [try SampleGroup.read(old)], isCatalogue: false),
      new: .init(name: "new", groups: [try SampleGroup.read(new)], isCatalogue: false))
  }

  private func lines(_ comparison: RulesetComparison) -> [String] {
    comparison.changes.map {
      "\($0.kind.rawValue) \($0.subject): " + $0.details.joined(separator: "; ")
    }
  }

  @Test(arguments: ComparisonCase.all)
  func differencesAreNamed(_ item: ComparisonCase) throws {
    let changed = SampleGroup.text.replacing(
      item.text, with: item.replacement, maxReplacements: 1)
    try #require(SampleGroup.text.contains(item.text))
    let comparison = try changes(SampleGroup.text, changed)
    #expect(lines(comparison) == item.expected)
    #expect(
      comparison.touchesVerdicts == item.expected.contains { !$0.hasPrefix("reworded") })
  }

  @Test func rulesThatChangePlaces() throws {
    var group = try SampleGroup.read()
    let first = group.rules[0]
    group.rules.append(
      contentsOf: ["A", "B", "C"].map { name in
        var rule = first
        rule.name = name
        return rule
      })
    var other = group
    other.rules.append(other.rules.remove(at: 0))
    let comparison = RulesetComparison(
      old: .init(name: "old", groups: [group], isCatalogue: false),
      new: .init(name: "new", groups: [other], isCatalogue: false))
    #expect(lines(comparison) == ["moved rule Old_BODY: now after C, was first"])
  }

  @Test func twoVersionsOfAGroup() throws {
    let group = try SampleGroup.read()
    let comparison = RulesetComparison(
      old: .init(
        name: "Shop@Version_1.0", groups: [group.narrowed(to: "Version_1.0")], isCatalogue: false),
      new: .init(name: "Shop", groups: [group.narrowed(to: nil)], isCatalogue: false))
    #expect(
      lines(comparison) == [
        #"changed rule Path_URIPATH: + low branch "a ``` fence""#,
        "removed rule Old_BODY: Block, no label; not modelled; before Version_2.0",
      ])
  }

  @Test func groupsOfDirectories() throws {
    let shop = try SampleGroup.read()
    let other = try SampleGroup.read(
      SampleGroup.text.replacing(#""Name": "Shop""#, with: #""Name": "Other""#))
    func compare(_ old: [ManagedRuleGroup], _ new: [ManagedRuleGroup], _ isOne: Bool) -> [String] {
      RulesetComparison(
        old: .init(name: "old", groups: old, isCatalogue: true),
        new: .init(name: "new", groups: new, isCatalogue: !isOne)
      ).changes.map { "\($0.kind.rawValue) \($0.group)" }
    }
    #expect(compare([shop], [other, shop], false) == ["added Other"])
    #expect(compare([shop, other], [other], false) == ["removed Shop"])
    #expect(compare([shop, other], [shop], true) == [], "the others are not meant")
    #expect(compare([other], [shop], true) == ["added Shop"])
  }

  @Test func report() throws {
    let changed = SampleGroup.text.replacing("1010", with: "1011").replacing("or *not*", with: "")
    let comparison = try changes(SampleGroup.text, changed)
    #expect(
      comparison.text(TextStyle()) == """
        old  old
        new  new

        Shop
          changed   group
                    capacity: 1010 WCU → 1011 WCU
          reworded  group
                    documentation

        2 differences, 1 in words only

        """)
    #expect(comparison.json.prettyText.contains(#""schema": "wafcast.rulesets-diff/1""#))
    #expect(
      try changes(SampleGroup.text, SampleGroup.text).text(TextStyle()).hasSuffix("no difference\n")
    )
  }
}
