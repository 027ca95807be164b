import Diagnostics
import Testing
import WAFDocuments
import WAFModel

@Suite struct PartialDocumentTests {
  private static let statement = #"{"GeoMatchStatement": {"CountryCodes": ["DE"]}}"#

  @Test(arguments: [
    ("[\(Samples.rule)]", "a list of rules", PartialDocument.ruleList),
    (#"{"Rules": [\#(Samples.rule)]}"#, "a list of rules", .rules),
    (#"{"Scope": "REGIONAL", "Rules": [\#(Samples.rule)]}"#, "a list of rules", .rules),
    (Samples.rule, "a single rule", .rule),
    (statement, "a single statement", .statement),
    (#"{"Statement": \#(statement)}"#, "a single statement", .statement),
    (Samples.ruleGroup, "a rule group", .ruleGroup),
    (#"{"Name": "g", "Capacity": 1, "Rules": [\#(Samples.rule)]}"#, "a rule group", .ruleGroup),
  ])
  func areLoadedAsWebACLs(_ text: String, _ what: String, _ part: PartialDocument) throws {
    let loaded = load(text, LoadingOptions(searchString: .base64))
    #expect(codes(loaded) == ["warning assumed-default-action"])
    #expect(loaded.diagnostics.first?.message.contains(what) == true)
    #expect(loaded.partial == part)
    let webACL = try #require(loaded.webACL)
    #expect(webACL.value.defaultAction == .allow(AllowAction()))
    #expect(webACL.value.rules.count == 1)
    #expect(loaded.bundle.webACLs.count == 1)
  }

  @Test func aStatementBlocksWhatItMatches() throws {
    let rule = try #require(load(Self.statement).webACL?.value.rules.first)
    #expect(rule.name == "statement")
    #expect(rule.action == .block(BlockAction()))
    let group = load(#"{"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "X"}}"#)
    #expect(group.webACL?.value.rules.first?.overrideAction == OverrideAction.none)
    #expect(group.webACL?.value.rules.first?.action == nil)
  }

  @Test func aRuleGroupIsReferredTo() throws {
    for (text, arn) in [
      (Samples.ruleGroup, "arn:group"),
      (#"{"RuleGroup": {"Name": "g", "Capacity": 1, "Rules": []}}"#, "rulegroup/g"),
      (#"{"RuleGroup": {"Rules": []}}"#, "rulegroup/rule-group"),
    ] {
      let loaded = load(text)
      let rule = try #require(loaded.webACL?.value.rules.first)
      guard case .ruleGroupReference(let reference) = rule.statement else {
        Issue.record("\(rule)")
        continue
      }
      #expect(reference.arn == arn)
      #expect(loaded.bundle.ruleGroup(arn: arn) != nil)
    }
  }

  /// What is wrong is found in the document as it is, not in the web ACL around it.
  @Test func diagnosticsPointIntoTheDocument() throws {
    let text = """
      [{"Name": "a", "Priority": 0, "Action": {"Block": {}}, "Statement":
        {"GeoMatchStatement": {"CountryCodes": ["UK"]}}}]
      """
    let loaded = load(text)
    #expect(codes(loaded) == ["warning assumed-default-action", "error invalid-country-code"])
    let place = try #require(loaded.diagnostics.last?.place)
    let location = try #require(loaded.sources.location(of: place))
    #expect(location.line == 2)
    #expect(location.column == 43)
  }

  @Test func diagnosticsComeInTheOrderOfTheDocument() {
    let rule = #""Priority": 0, "Statement": {"GeoMatchStatement": {"CountryCodes": ["DE"]}}"#
    let loaded = load(
      #"[{"Name": "a", \#(rule)}, {"Name": "b", \#(rule), "Action": {"Blok": {}}}]"#)
    #expect(
      codes(loaded) == [
        "warning assumed-default-action", "error missing-action", "error unknown-action",
      ])
  }

  /// The web ACL around the document lacks what nobody wrote, and a rule alone has no others.
  @Test func theFrameIsNotChecked() {
    let options = LoadingOptions(searchString: .base64)
    #expect(codes(load("[\(Samples.visibleRule)]", options)) == ["warning assumed-default-action"])
    let asking = #"{"LabelMatchStatement": {"Scope": "LABEL", "Key": "a"}}"#
    #expect(codes(load(asking)) == ["warning assumed-default-action"])
    #expect(
      codes(
        load(#"[{"Name": "a", "Priority": 0, "Action": {"Block": {}}, "Statement": \#(asking)}]"#))
        == ["warning assumed-default-action", "warning label-never-added"])
  }

  @Test func besideAWebACLTheyAreRefused() throws {
    let folder = try TemporaryFolder([
      "acl.json": Samples.getOutput, "rules.json": "[\(Samples.rule)]",
    ])
    #expect(codes(DocumentLoader().load(acl: folder.path)) == ["warning ignored-document"])
    #expect(
      codes(DocumentLoader().load(acl: folder("acl.json"), with: [folder("rules.json")]))
        == ["error not-a-wafv2-document"])
  }

  /// Whoever counts capacity asks for no verdict.
  @Test func rulesAlone() throws {
    let folder = try TemporaryFolder([
      "group.json": Samples.ruleGroup, "rules.json": "[\(Samples.rule)]", "acl.json": Samples.acl,
    ])
    let loader = DocumentLoader(options: LoadingOptions(searchString: .base64))
    let group = loader.load(rulesOf: folder("group.json"))
    #expect(codes(group) == [])
    #expect(group.webACL == nil)
    #expect(group.ruleGroup?.value.name == "g")
    let rules = loader.load(rulesOf: folder("rules.json"))
    #expect(codes(rules) == [])
    #expect(rules.webACL?.value.rules.count == 1)
    #expect(loader.load(rulesOf: folder("acl.json")).webACL?.value.name == "shop")
  }

  @Test func inYAML() {
    let loaded = load(
      """
      - Name: a
        Priority: 0
        Action: {Block: {}}
        Statement:
          GeoMatchStatement: {CountryCodes: [DE]}
      """, file: "rules.yaml")
    #expect(codes(loaded) == ["warning assumed-default-action"])
    #expect(loaded.webACL?.value.rules.map(\.name) == ["a"])
  }
}
