import Diagnostics
import DocumentTree
import ManagedRules
import Testing
import WAFModel

/// Requirements, label rules and counting branches of a ruleset file.
@Suite struct RequirementReadingTests {
  /// Line 1 is the opening brace.
  private static let good = """
    {
      "VendorName": "Example", "Name": "Shop", "Title": "Shop", "AsOf": "2026-11-23",
      "Versions": [{"Name": "Version_1.0", "Changes": "One."}, {"Name": "Version_1.1", "Changes": "Two."}],
      "DefaultVersion": "Version_1.1", "Capacity": 10,
      "LabelNamespace": "awswaf:managed:example:shop:", "Documentation": "A shop.", "Source": "a page",
      "LabelRules": [
        {"Label": "awswaf:managed:token:absent", "Documentation": "No token.", "Requires": [{"Token": "ABSENT"}]},
        {"Label": "awswaf:managed:example:shop:low", "Documentation": "Few.",
         "Requires": [{"ConfiguredPath": "LoginPath"}, {"Not": {"Captcha": "REJECTED_EXPIRED"}}],
         "Versions": [{"From": "Version_1.1"}],
         "Model": {"MissTrust": "approximate", "Branches": [
           {"Fidelity": "medium", "LooksFor": "some", "Why": "guess", "UpTo": 20,
            "Statement": {"RateBasedStatement": {"Limit": 10, "AggregateKeyType": "IP"}}}]}}
      ],
      "Rules": [
        {"Name": "First", "Priority": 0, "Action": {"Block": {}},
         "RuleLabels": [{"Name": "awswaf:managed:example:shop:first"}],
         "AdditionalLabels": [{"Name": "awswaf:managed:example:shop:First", "Versions": [{"From": "Version_1.1"}]}],
         "LabelsFirst": true, "Documentation": "First.",
         "Requires": [{"Setting": "TARGETED_INSPECTION"}, {"CountedRule": "Second"},
           {"AnyOf": [{"ResourceType": "CLOUDFRONT"}, {"MissingCredential": true}]}],
         "Model": {"MissTrust": "exact", "Branches": [{"Fidelity": "exact", "LooksFor": "all", "Why": "said"}]}},
        {"Name": "Second", "Priority": 1, "Action": {"Count": {}}, "RuleLabels": [],
         "Documentation": "Second.", "Model": {"Unmodelled": "Nobody knows."}}
      ]
    }
    """

  @Test func readsWhatIsRequired() throws {
    let file = RulesetFile(bytes: Array(Self.good.utf8), file: "shop.json")
    #expect(file.diagnostics == [])
    let group = try #require(file.group)
    let rule = try #require(group.rules.first)
    #expect(rule.labelsFirst)
    #expect(
      rule.requirements == [
        .setting(.targetedInspection), .countedRule("Second"),
        .anyOf([.resourceType("CLOUDFRONT"), .missingCredential]),
      ])
    guard case .branches(let branches, .exact, nil) = rule.model else {
      Issue.record("no branches")
      return
    }
    #expect(branches.map(\.statement) == [ManagedRuleBranch.anything])
    #expect(
      group.labelRules.map(\.requirements) == [
        [.token(.absent)], [.configuredPath(.login), .not(.captcha(.expired))],
      ])
    #expect(
      group.availableLabels
        == ["first", "First", "low"].map { "awswaf:managed:example:shop:\($0)" },
      "labels on tokens belong to no group")
  }

  /// A label rule without a model rests on its requirements alone, and is exact.
  @Test func labelRuleWithoutAModel() throws {
    let file = RulesetFile(bytes: Array(Self.good.utf8), file: "shop.json")
    let rule = try #require(file.group?.labelRules.first)
    guard case .branches(let branches, .exact, nil) = rule.model else {
      Issue.record("no branches")
      return
    }
    #expect(branches.map(\.fidelity) == [.exact])
    #expect(branches.map(\.statement) == [ManagedRuleBranch.anything])
  }

  @Test func countingBranches() throws {
    let file = RulesetFile(bytes: Array(Self.good.utf8), file: "shop.json")
    guard case .branches(let branches, _, _)? = file.group?.labelRules.last?.model else {
      Issue.record("no branches")
      return
    }
    #expect(branches.map { $0.rate?.limit } == [10])
    #expect(branches.map(\.upTo) == [20])
  }

  @Test(arguments: [("Version_1.0", false), ("Version_1.1", true), ("LATEST", true)])
  func versionsHaveLabelsOfTheirOwn(version: String, hasMore: Bool) throws {
    let file = RulesetFile(bytes: Array(Self.good.utf8), file: "shop.json")
    let content = try #require(file.group).content(version: version)
    #expect(content.isAsAsked)
    #expect(content.labelRules.count == (hasMore ? 2 : 1))
    #expect(content.rules.first?.additionalLabels.count == (hasMore ? 1 : 0))
  }

  @Test(arguments: [
    BrokenRuleset(
      "unknown requirement", #"{"Token": "ABSENT"}"#, #"{"Tokne": "ABSENT"}"#, "missing-member",
      line: 7),
    BrokenRuleset("unknown state", #""ABSENT""#, #""GONE""#, "unknown-value", line: 7),
    BrokenRuleset(
      "two requirements in one", #"{"Token": "ABSENT"}"#,
      #"{"Token": "ABSENT", "ResourceType": "CLOUDFRONT"}"#, "unknown-member", line: 7),
    BrokenRuleset("unknown path", #""LoginPath""#, #""LogoutPath""#, "unknown-value", line: 9),
    BrokenRuleset(
      "unknown setting", #""TARGETED_INSPECTION""#, #""TARGETED""#, "unknown-value", line: 20),
    BrokenRuleset(
      "label rule without a condition", #", "Requires": [{"Token": "ABSENT"}]"#, "",
      "missing-member", line: 7),
    BrokenRuleset(
      "label of nobody", "awswaf:managed:token:absent", "awswaf:managed:tokens:absent",
      "invalid-label", line: 7),
    BrokenRuleset(
      "additional label of nobody", "shop:First\"", "shopFirst\"", "invalid-label", line: 18),
    BrokenRuleset(
      "label in a requirement", #"{"Token": "ABSENT"}"#,
      #"{"Statement": {"LabelMatchStatement": {"Scope": "LABEL", "Key": "x"}}}"#, "nested-group",
      line: 7),
    BrokenRuleset(
      "bound below the limit", #""UpTo": 20"#, #""UpTo": 10"#, "invalid-rate", line: 12),
    BrokenRuleset(
      "count by another key", #""AggregateKeyType": "IP""#, #""AggregateKeyType": "CONSTANT""#,
      "invalid-rate", line: 13),
    BrokenRuleset(
      "bound of nothing", #""LooksFor": "all""#, #""LooksFor": "all", "UpTo": 5"#, "invalid-rate",
      line: 22),
    BrokenRuleset(
      "branch of nothing", #""AnyOf": ["#, #""Nothing": ["#, "missing-member", line: 21),
  ])
  func brokenFileSaysWhere(_ broken: BrokenRuleset) throws {
    let text = Self.good.replacing(broken.text, with: broken.replacement, maxReplacements: 1)
    try #require(text != Self.good)
    let file = RulesetFile(bytes: Array(text.utf8), file: "shop.json")
    #expect(file.group == nil)
    var sources = SourceMap()
    sources.add(file: "shop.json", bytes: file.bytes) { file.tree?.span(of: $0) }
    let found = try #require(file.diagnostics.first { $0.code == broken.code })
    #expect(found.place.flatMap(sources.location)?.line == broken.line, "\(file.diagnostics)")
  }

  @Test(arguments: [
    (ManagedRuleRequirement.not(.token(.absent)), "the request carries a token"),
    (
      .anyOf([.token(.accepted), .captcha(.expired)]),
      "the token is accepted, or the CAPTCHA part of the token is rejected as expired"
    ),
    (.not(.setting(.challenge)), "not: UsageOfAction is not configured to be DISABLED"),
  ])
  func words(requirement: ManagedRuleRequirement, text: String) {
    #expect(requirement.words == text)
  }
}
