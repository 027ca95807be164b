import Diagnostics
import Testing
import WAFDocuments
import WAFModel

@Suite struct LeniencyTests {
  private static let geo = #"{"GeoMatchStatement": {"CountryCodes": ["DE"]}}"#

  private func acl(_ rules: String...) -> String {
    #"{"DefaultAction": {"Allow": {}}, "Rules": [\#(rules.joined(separator: ", "))]}"#
  }

  private func loadLeniently(_ text: String, strict: Bool = false) -> LoadedDocuments {
    load(text, LoadingOptions(strict: strict, lenient: true))
  }

  /// What the service refuses and the engine can evaluate: a warning of the same code that says so.
  @Test(arguments: [
    (
      #""Action": {"Block": {}}, "OverrideAction": {"None": {}}, "Statement": \#(geo)"#,
      "conflicting-actions"
    ),
    (#""Statement": \#(geo)"#, "missing-action"),
    (
      #""Action": {"Allow": {}}, "Statement": {"RateBasedStatement": {"Limit": 5, "AggregateKeyType": "IP"}}"#,
      "invalid-rate-action invalid-rate-limit"
    ),
    (
      #""Action": {"Block": {}}, "RuleLabels": [{"Name": "aws:x"}], "Statement": \#(geo)"#,
      "reserved-label"
    ),
  ])
  func refusedRulesAreKept(_ members: String, _ expected: String) throws {
    let text = acl(#"{"Name": "r", "Priority": 0, \#(members)}"#)
    let strict = load(text)
    #expect(strict.hasErrors)
    let loaded = loadLeniently(text)
    #expect(!loaded.hasErrors)
    #expect(loaded.diagnostics.map(\.code) == expected.split(separator: " ").map(String.init))
    for diagnostic in loaded.diagnostics {
      #expect(diagnostic.severity == .warning)
      #expect(diagnostic.message.hasSuffix("(the service refuses it)"))
    }
    #expect(loaded.webACL?.value.rules.map(\.name) == ["r"])
  }

  /// A statement that can't be read is unknown, and its rule is there.
  @Test func brokenStatementsAreUnknown() throws {
    let text = acl(
      #"{"Name": "first", "Priority": 0, "Action": {"Count": {}}, "Statement": \#(Self.geo)}"#,
      #"{"Name": "broken", "Priority": 1, "Action": {"Block": {}}, "Statement": {"GeoMatchStatement": {"CountryCodes": 5}}}"#,
      #"{"Name": "last", "Priority": 2, "Action": {"Count": {}}, "Statement": \#(Self.geo)}"#)
    #expect(codes(load(text)) == ["error wrong-type"])
    let loaded = loadLeniently(text)
    #expect(codes(loaded) == ["warning wrong-type"])
    #expect(
      loaded.diagnostics.first?.message.hasSuffix("(whether the rule 'broken' matches is unknown)")
        == true)
    let webACL = try #require(loaded.webACL)
    #expect(webACL.value.rules.map(\.name) == ["first", "broken", "last"])
    #expect(webACL.value.rules[1].action?.kind == .block)
    guard case .opaque(let statement) = webACL.value.rules[1].statement else {
      Issue.record("\(webACL.value.rules[1])")
      return
    }
    #expect(statement.kind == "GeoMatchStatement")
    #expect(webACL.droppedRules.isEmpty)
  }

  /// A rule of which nobody can say when it runs or what it does is left out, by name.
  @Test(arguments: [
    (
      #"{"Name": "bad", "Priority": "x", "Action": {"Block": {}}, "Statement": \#(geo)}"#,
      "the rule 'bad'"
    ),
    (
      #"{"Name": "bad", "Priority": 1, "Action": {"Blok": {}}, "Statement": \#(geo)}"#,
      "the rule 'bad'"
    ),
    (#"{"Priority": 1, "Action": {"Block": {}}, "Statement": \#(geo)}"#, "the rule 2"),
    ("7", "the rule 2"),
  ])
  func brokenRulesAreLeftOut(_ rule: String, _ name: String) throws {
    let good =
      #"{"Name": "good", "Priority": 0, "Action": {"Count": {}}, "Statement": \#(Self.geo)}"#
    let loaded = loadLeniently(acl(good, rule))
    #expect(!loaded.hasErrors)
    #expect(!loaded.diagnostics.isEmpty)
    #expect(loaded.diagnostics.contains { $0.message.hasSuffix("(\(name) is left out)") })
    #expect(loaded.webACL?.value.rules.map(\.name) == ["good"])
    #expect(loaded.webACL?.droppedRules == [1])
  }

  /// What has no part in the evaluation costs nothing.
  @Test func aBrokenVisibilityConfigCostsNothing() throws {
    let loaded = loadLeniently(
      acl(
        #"{"Name": "r", "Priority": 0, "Action": {"Block": {}}, "Statement": \#(Self.geo), "VisibilityConfig": {}}"#
      ))
    #expect(!loaded.hasErrors)
    #expect(loaded.diagnostics.contains { $0.message.contains("the rule 'r' is evaluated") })
    #expect(
      !loaded.diagnostics.contains {
        $0.message.contains("has no 'VisibilityConfig'") && $0.message.contains("the rule")
      })
    guard case .geoMatch? = loaded.webACL?.value.rules.first?.statement else {
      Issue.record("\(loaded.diagnostics)")
      return
    }
  }

  /// A rule that is put back has the members that it was written with.
  @Test func aRescuedRuleHasItsVisibilityConfig() {
    let visibility =
      #""VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "MetricName": "m"}"#
    let loaded = loadLeniently(
      acl(
        #"{"Name": "r", "Priority": 0, "Action": {"Block": {}}, "Statement": \#(Self.geo), \#(visibility)}"#,
        #"{"Name": "s", "Priority": 1, "Action": {"Block": {}}, "Statement": {"GeoMatchStatement": {"CountryCodes": 5}}, \#(visibility)}"#
      ))
    #expect(
      codes(loaded).filter { !$0.hasSuffix("missing-visibility-config") } == ["warning wrong-type"])
    #expect(
      !loaded.diagnostics.contains {
        $0.code == "missing-visibility-config" && $0.message.contains("the rule")
      })
  }

  @Test func unknownThingsAreOpaque() {
    let loaded = loadLeniently(
      acl(
        #"{"Name": "r", "Priority": 0, "Action": {"Block": {}}, "Statement": {"FutureStatement": {}}}"#
      ))
    #expect(codes(loaded) == ["warning unknown-statement"])
  }

  @Test func aMissingDefaultActionIsAssumed() throws {
    let loaded = loadLeniently(#"{"Name": "shop", "Rules": []}"#)
    #expect(codes(loaded) == ["warning assumed-default-action"])
    #expect(loaded.webACL?.value.name == "shop")
  }

  @Test func whatSaysNothingStaysAnError() {
    for text in ["{", "5", "{}", #"{"DefaultAction": {"Count": {}}}"#] {
      let loaded = loadLeniently(text)
      #expect(loaded.hasErrors, "\(text)")
      #expect(loaded.webACL == nil)
    }
  }

  @Test func brokenDocumentsBesideTheWebACLAreLeftOut() throws {
    let folder = try TemporaryFolder([
      "acl.json": Samples.getOutput, "set.json": #"{"IPSet": {"Addresses": []}}"#, "x.json": "{,",
    ])
    let loader = DocumentLoader(options: LoadingOptions(lenient: true))
    for loaded in [
      loader.load(acl: folder.path), loader.load(acl: folder("acl.json"), with: [folder.path]),
    ] {
      #expect(!loaded.hasErrors, "\(loaded.diagnostics)")
      #expect(loaded.webACL?.value.name == "shop")
      #expect(
        loaded.diagnostics.filter { $0.message.hasSuffix("(the document is left out)") }.count == 2)
    }
    #expect(DocumentLoader().load(acl: folder.path).hasErrors)
    // A file that was named and is not there is a mistake of the command, not of a document.
    #expect(loader.load(acl: folder("acl.json"), with: [folder("no.json")]).hasErrors)
  }

  @Test func ruleGroupsAreRescuedAsWell() {
    let loaded = loadLeniently(
      #"{"RuleGroup": {"Name": "g", "Capacity": 1, "Rules": [{"Name": "r", "Priority": 0, "Action": {"Block": {}}, "Statement": {}}]}}"#
    )
    #expect(codes(loaded) == ["warning empty-union", "warning assumed-default-action"])
    #expect(loaded.bundle.ruleGroups.first?.value.rules.map(\.name) == ["r"])
  }
}
