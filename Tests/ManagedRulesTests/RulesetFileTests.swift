import Diagnostics
import DocumentTree
import ManagedRules
import Testing
import WAFModel

/// A change that breaks a good file, and the diagnostic that it must give.
struct BrokenRuleset: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var text: String
  var replacement: String
  var code: String
  var line: Int

  init(
    _ testDescription: String, _ text: String, _ replacement: String, _ code: String, line: Int
  ) {
    self.testDescription = testDescription
    self.text = text
    self.replacement = replacement
    self.code = code
    self.line = line
  }
}

@Suite struct RulesetFileTests {
  /// Line 1 is the opening brace.
  static let good = """
    {
      "VendorName": "Example", "Name": "Shop",
      "Title": "Shop", "AsOf": "2026-11-23",
      "Capacity": 10,
      "LabelNamespace": "awswaf:managed:example:shop:",
      "Documentation": "A shop.", "Source": "a page",
      "AvailableLabels": [{"Name": "awswaf:managed:example:shop:more"}],
      "LabelFamilies": ["awswaf:managed:example:shop:name:"],
      "Rules": [
        {
          "Name": "First", "Priority": 0, "Action": {"Challenge": {}},
          "RuleLabels": [{"Name": "awswaf:managed:example:shop:first"}],
          "Documentation": "First.",
          "Model": {
            "MissTrust": "approximate",
            "Branches": [
              {"Fidelity": "exact", "LooksFor": "a tree", "Why": "It says so.",
               "Source": "another page",
               "Statement": {"ByteMatchStatement": {
                 "SearchString": "L2FkbWlu", "FieldToMatch": {"UriPath": {}},
                 "TextTransformations": [{"Priority": 0, "Type": "NONE"}],
                 "PositionalConstraint": "EXACTLY"}}}
            ]
          }
        },
        {"Name": "Second", "Priority": 1, "Action": {"Count": {}}, "RuleLabels": [],
         "Documentation": "Second.",
         "Model": {"Unmodelled": "Nobody knows."}}
      ]
    }
    """

  @Test func readsAllMembers() throws {
    let content = RulesetFile(bytes: Array(Self.good.utf8), file: "shop.json")
    #expect(content.diagnostics == [])
    let group = try #require(content.group)
    #expect(group.vendorName == "Example")
    #expect(group.name == "Shop")
    #expect(group.capacity == 10)
    #expect(
      group.availableLabels
        == ["awswaf:managed:example:shop:first", "awswaf:managed:example:shop:more"])
    #expect(group.labelFamilies == ["awswaf:managed:example:shop:name:"])
    let all = group.content(version: nil)
    let first = try #require(all.rule(named: "First"))
    #expect(first.action.kind == .challenge)
    #expect(first.source == "a page")
    let second = try #require(all.rule(named: "Second"))
    #expect(second.label == nil)
    #expect(second.model == .unmodelled(reason: "Nobody knows."))
    guard case .branches(let branches, .approximate, nil) = first.model,
      let branch = branches.first, case .byteMatch(let match) = branch.statement
    else {
      Issue.record("the first rule has no branch")
      return
    }
    #expect(branch.source == "another page")
    // Plain, although it reads as base64.
    #expect(match.searchString.bytes == Array("L2FkbWlu".utf8))
  }

  @Test(arguments: [
    BrokenRuleset("syntax", #""Capacity": 10,"#, #""Capacity": 10"#, "syntax", line: 5),
    BrokenRuleset(
      "unknown member", #""AsOf": "2026-11-23","#, #""AsOf": "2026-11-23", "Versoin": "2","#,
      "unknown-member", line: 3),
    BrokenRuleset(
      "missing member", #""Capacity": 10,"#, "", "missing-member", line: 1),
    BrokenRuleset(
      "wrong type", #""Capacity": 10,"#, #""Capacity": "ten","#, "wrong-type", line: 4),
    BrokenRuleset(
      "unknown fidelity", #""Fidelity": "exact""#, #""Fidelity": "sure""#, "unknown-value",
      line: 17),
    BrokenRuleset(
      "unknown miss trust", #""MissTrust": "approximate""#, #""MissTrust": "high""#,
      "unknown-value", line: 15),
    BrokenRuleset(
      "unknown statement", "ByteMatchStatement", "ByteMatchStatment", "unknown-statement",
      line: 19),
    BrokenRuleset(
      "label outside the namespace", "example:shop:first", "example:shopfirst",
      "invalid-label", line: 12),
    BrokenRuleset(
      "namespace without its colon", #"shop:","#, #"shop","#, "invalid-label", line: 5),
    BrokenRuleset(
      "repeated rule", #""Name": "Second""#, #""Name": "First""#, "repeated-rule", line: 26),
    BrokenRuleset(
      "falling priority", #""Priority": 1"#, #""Priority": 0"#, "wrong-order", line: 26),
    BrokenRuleset(
      "model that is both", #""Unmodelled": "Nobody knows.""#,
      #""Unmodelled": "Nobody knows.", "MissTrust": "exact""#, "unknown-member", line: 28),
  ])
  func brokenFileSaysWhere(_ broken: BrokenRuleset) throws {
    let text = Self.good.replacing(broken.text, with: broken.replacement, maxReplacements: 1)
    try #require(text != Self.good)
    try expect(broken, in: text)
  }

  @Test func emptyBranchesAreRefused() throws {
    let start = try #require(Self.good.firstRange(of: #""Branches": ["#))
    let end = try #require(Self.good.firstRange(of: "        ]\n      }\n    },"))
    var text = Self.good
    text.replaceSubrange(start.upperBound..<end.lowerBound, with: "")
    let content = RulesetFile(bytes: Array(text.utf8), file: "shop.json")
    #expect(content.diagnostics.map(\.code) == ["empty-list"])
    #expect(content.group == nil)
  }

  @Test func referencesToGroupsAreRefused() throws {
    let start = try #require(Self.good.firstRange(of: #"{"ByteMatchStatement""#))
    let end = try #require(Self.good.firstRange(of: #""EXACTLY"}}"#))
    var text = Self.good
    text.replaceSubrange(
      start.lowerBound..<end.upperBound,
      with: #"{"NotStatement": {"Statement": {"RuleGroupReferenceStatement": {"ARN": "arn:x"}}}}"#)
    let content = RulesetFile(bytes: Array(text.utf8), file: "shop.json")
    #expect(content.diagnostics.map(\.code) == ["nested-group"])
    #expect(content.group == nil)
  }

  @Test func severalLabelsAreRefused() {
    let text = Self.good.replacing(
      #"[{"Name": "awswaf:managed:example:shop:first"}]"#,
      with: #"[{"Name": "awswaf:managed:example:shop:a"}, "#
        + #"{"Name": "awswaf:managed:example:shop:b"}]"#)
    let content = RulesetFile(bytes: Array(text.utf8), file: "shop.json")
    #expect(content.diagnostics.map(\.code) == ["several-labels"])
  }

  @Test func readsWhatIsKnownOfARule() throws {
    let text = Self.good.replacing(
      #""RuleLabels": [],"#, with: #""RuleLabels": [], \#(Self.facts),"#)
    let group = try #require(RulesetFile(bytes: Array(text.utf8), file: "s").group)
    let rule = try #require(group.content(version: nil).rule(named: "Second"))
    #expect(rule.inspects == "body")
    #expect(rule.transformations == "unknown")
    #expect(rule.oversizeHandling == .continue)
    #expect(rule.documentedPosition == 7)
    #expect(rule.observations.count == 2)
    let seen = try #require(rule.observations.first)
    #expect(seen.evidence == .log)
    #expect(seen.date == "2026-08")
    guard case .request(let request, matched: true, disagrees: nil) = seen.report,
      case .unusable(outcome: "matched", why: "No request.") = rule.observations[1].report
    else {
      Issue.record("\(rule.observations)")
      return
    }
    #expect(request.uri == "/a?x=1")
    #expect(request.headers.map { [$0.name, $0.value] } == [["user-agent", "curl"]])
    #expect(request.body == nil)
  }

  /// Members that say more of a rule.
  private static let facts = """
    "Inspects": "body", "Transformations": "unknown", "OversizeHandling": "CONTINUE", \
    "DocumentedPosition": 7, "Observations": [\(observation), \
    {"Unusable": "No request.", "Outcome": "matched", "Evidence": "author_claim", "Source": "s"}]
    """

  private static let observation = """
    {"Request": {"Method": "GET", "Uri": "/a?x=1", "Headers": [["user-agent", "curl"]]}, \
    "Matched": true, "Evidence": "waf_log", "Date": "2026-08", "Source": "s"}
    """

  @Test(arguments: [
    (#""Evidence": "waf_log""#, #""Evidence": "rumour""#, "unknown-value"),
    (#""Matched": true, "#, "", "missing-member"),
    (#"["user-agent", "curl"]"#, #"["user-agent"]"#, "wrong-type"),
    (#"["user-agent", "curl"]"#, #"{"user-agent": "curl"}"#, "wrong-type"),
    (#""Outcome": "matched", "#, "", "missing-member"),
    (#""CONTINUE""#, #""GO_ON""#, "unknown-value"),
    (#""Method": "GET", "#, #""Method": "GET", "Path": "/", "#, "unknown-member"),
  ])
  func brokenFactsAreRefused(_ text: String, _ replacement: String, _ code: String) throws {
    let facts = Self.facts.replacing(text, with: replacement, maxReplacements: 1)
    try #require(facts != Self.facts)
    let file = RulesetFile(
      bytes: Array(
        Self.good.replacing(#""RuleLabels": [],"#, with: #""RuleLabels": [], \#(facts),"#).utf8),
      file: "shop.json")
    #expect(file.diagnostics.map(\.code) == [code])
    #expect(file.group == nil)
  }

  /// Each in place of what the file of ``ManagedGroupContentTests`` says.
  @Test(arguments: [
    BrokenRuleset(
      "version of another form", #"{"Name": "Version_2.0""#, #"{"Name": "2.0""#, "invalid-version",
      line: 6),
    BrokenRuleset(
      "repeated version", #"{"Name": "Version_2.0""#, #"{"Name": "Version_1.9""#,
      "repeated-version", line: 6),
    BrokenRuleset(
      "version without its changes", #""Changes": "First went.""#, #""Date": "2022-01-10""#,
      "missing-member", line: 6),
    BrokenRuleset(
      "default that is not known", #""DefaultVersion": "Version_1.9""#,
      #""DefaultVersion": "Version_1.8""#, "unknown-version", line: 8),
    BrokenRuleset(
      "no default", #""DefaultVersion": "Version_1.9","#, "", "missing-member", line: 1),
    BrokenRuleset(
      "empty span", #"[{"Before": "Version_2.0"}]"#, "[{}]", "invalid-version", line: 14),
    BrokenRuleset(
      "span that ends before it starts", #"{"From": "Version_1.9", "Before": "Version_2.0"}"#,
      #"{"From": "Version_2.0", "Before": "Version_1.9"}"#, "invalid-version", line: 21),
    BrokenRuleset(
      "two rules of a name in one version", #"[{"From": "Version_2.0"}]"#,
      #"[{"From": "Version_1.9"}]"#, "repeated-rule", line: 25),
    BrokenRuleset(
      "retired rule that is there", #""Name": "Older""#, #""Name": "First""#, "repeated-rule",
      line: 11),
  ])
  func brokenVersionSaysWhere(_ broken: BrokenRuleset) throws {
    let text = ManagedGroupContentTests.text
    let changed = text.replacing(broken.text, with: broken.replacement, maxReplacements: 1)
    try #require(changed != text)
    try expect(broken, in: changed)
  }

  private func expect(_ broken: BrokenRuleset, in text: String) throws {
    let content = RulesetFile(bytes: Array(text.utf8), file: "shop.json")
    #expect(content.group == nil)
    let diagnostic = try #require(
      content.diagnostics.first { $0.code == broken.code }, "\(content.diagnostics)")
    #expect(diagnostic.severity == .error)
    var sources = SourceMap()
    sources.add(file: "shop.json", bytes: content.bytes) { [tree = content.tree] pointer in
      tree?.span(of: pointer)
    }
    let place = try #require(diagnostic.place)
    #expect(sources.location(of: place)?.line == broken.line, "\(diagnostic)")
  }
}
