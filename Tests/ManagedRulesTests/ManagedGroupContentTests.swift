import ManagedRules
import Testing
import WAFModel

@Suite struct ManagedGroupContentTests {
  /// A group with two lines of versions, a rule for each, and a branch that came later.
  static let text = """
    {
      "VendorName": "Example", "Name": "Shop", "Title": "Shop", "AsOf": "2026-11-23",
      "Versions": [
        {"Name": "Version_1.2", "Date": "2021-12-10", "Changes": "The first that is known."},
        {"Name": "Version_1.9", "Changes": "Second got a branch."},
        {"Name": "Version_2.0", "Changes": "First went."}
      ],
      "DefaultVersion": "Version_1.9",
      "Capacity": 10, "LabelNamespace": "awswaf:managed:example:shop:",
      "Documentation": "A shop.", "Source": "a page",
      "RetiredRules": [{"Name": "Older", "Note": "Before the first version."}],
      "Rules": [
        {"Name": "First", "Priority": 0, "Action": {"Block": {}}, "RuleLabels": [],
         "Documentation": "First.", "Versions": [{"Before": "Version_2.0"}],
         "Model": {"Unmodelled": "Nobody knows."}},
        {"Name": "Second", "Priority": 1, "Action": {"Block": {}}, "RuleLabels": [],
         "Documentation": "Second.",
         "Model": {"MissTrust": "exact", "Branches": [
           {"Fidelity": "exact", "LooksFor": "old", "Why": "So.", "Statement": MATCH},
           {"Fidelity": "exact", "LooksFor": "new", "Why": "So.", "Statement": MATCH,
            "Versions": [{"From": "Version_1.9", "Before": "Version_2.0"}]}]}},
        {"Name": "Third", "Priority": 2, "Action": {"Block": {}}, "RuleLabels": [],
         "Documentation": "Third in 1.x.", "Versions": [{"Before": "Version_2.0"}],
         "Model": {"Unmodelled": "Nobody knows."}},
        {"Name": "Third", "Priority": 3, "Action": {"Count": {}}, "RuleLabels": [],
         "Documentation": "Third in 2.x.", "Versions": [{"From": "Version_2.0"}],
         "Model": {"Unmodelled": "Nobody knows."}}
      ]
    }
    """.replacing(
      "MATCH",
      with: """
        {"ByteMatchStatement": {"SearchString": "x", "FieldToMatch": {"UriPath": {}}, \
        "TextTransformations": [{"Priority": 0, "Type": "NONE"}], \
        "PositionalConstraint": "EXACTLY"}}
        """)

  private func group(_ text: String = text) throws -> ManagedRuleGroup {
    let file = RulesetFile(bytes: Array(text.utf8), file: "shop.json")
    #expect(file.diagnostics == [])
    return try #require(file.group)
  }

  @Test(
    arguments: [
      (nil, "Version_1.9", true),
      ("Version_1.2", "Version_1.2", true),
      ("Version_1.9", "Version_1.9", true),
      ("Version_1.9_PLUS_RC_COUNT", "Version_1.9", true),
      ("Version_2.0", "Version_2.0", true),
      // The newest of the line that is not newer.
      ("Version_1.5", "Version_1.2", false),
      ("Version_1.40", "Version_1.9", false),
      ("Version_2.7", "Version_2.0", false),
      // Older than all of its line.
      ("Version_1.1", "Version_1.2", false),
      // No line of its own, no version at all.
      ("Version_3.0", "Version_1.9", false),
      ("latest", "Version_1.9", false),
      ("", "Version_1.9", false),
    ] as [(String?, String, Bool)])
  func versionIsChosen(_ asked: String?, _ expected: String, _ isAsAsked: Bool) throws {
    let content = try group().content(version: asked)
    #expect(content.version?.name == expected)
    #expect(content.isAsAsked == isAsAsked)
  }

  @Test(arguments: [
    ("Version_1.2", ["First.", "Second.", "Third in 1.x."], ["old"]),
    ("Version_1.9", ["First.", "Second.", "Third in 1.x."], ["old", "new"]),
    ("Version_2.0", ["Second.", "Third in 2.x."], ["old"]),
  ])
  func rulesAndBranchesOfTheVersion(
    _ version: String, _ rules: [String], _ branches: [String]
  ) throws {
    let content = try group().content(version: version)
    #expect(content.rules.map(\.documentation) == rules)
    guard case .branches(let found, _, _) = content.rule(named: "Second")?.model else {
      Issue.record("Second has no branches")
      return
    }
    #expect(found.map(\.looksFor) == branches)
  }

  @Test func groupWithoutVersionsHasTheNewestContent() throws {
    let start = try #require(Self.text.firstRange(of: #"  "Versions": [\#n    {"Name""#))
    let end = try #require(Self.text.firstRange(of: #""DefaultVersion": "Version_1.9","#))
    var text = Self.text
    text.removeSubrange(start.lowerBound..<end.upperBound)
    let content = try group(text).content(version: nil)
    #expect(content.version == nil)
    #expect(content.isAsAsked)
    #expect(content.rules.map(\.documentation) == ["Second.", "Third in 2.x."])
    #expect(try !group(text).content(version: "Version_1.0").isAsAsked)
  }

  @Test func namesThatAreMeant() throws {
    let content = try group().content(version: nil)
    #expect(content.rule(named: "First") != nil)
    #expect(content.rule(named: "first") == nil)
    #expect(content.closestRuleName(to: "first") == "First")
    #expect(content.closestRuleName(to: "Entirely") == nil)
    #expect(ManagedRuleGroup.isReleaseCandidate("SQLi_BODY_RC_COUNT"))
    #expect(!ManagedRuleGroup.isReleaseCandidate("SQLi_BODY"))
  }

  /// A rule that the version lacks is no rule of the content.
  @Test func ruleOfAnotherVersionIsNotFound() throws {
    let content = try group().content(version: "Version_2.0")
    #expect(content.rule(named: "First") == nil)
    #expect(content.rule(named: "Third")?.action.kind == .count)
  }

  @Test(arguments: [
    ("Version_1.23", 1, 23), ("Version_0.0", 0, 0), ("Version_10.1_PLUS_RC_COUNT", 10, 1),
  ])
  func versionReads(_ text: String, _ major: Int, _ minor: Int) {
    #expect(ManagedVersion(text) == ManagedVersion(major: major, minor: minor))
  }

  @Test(arguments: [
    "", "Version_", "Version_1", "Version_1.2.3", "version_1.2", "Version_1.-2", "Version_1.x",
    "Version_+1.2", "Version_1.99999999999999999999", "1.2", "Version_1.2_PLUS", " Version_1.2",
  ])
  func otherTextsAreNoVersions(_ text: String) {
    #expect(ManagedVersion(text) == nil)
  }

  @Test func versionsAreComparedAsNumbers() throws {
    let versions = try ["Version_1.2", "Version_1.9", "Version_1.10", "Version_2.0"].map {
      try #require(ManagedVersion($0))
    }
    #expect(versions == versions.reversed().sorted())
  }
}
