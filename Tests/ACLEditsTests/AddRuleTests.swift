import ACLEdits
import Diagnostics
import Testing
import WAFDocuments
import WAFModel

/// Rules that come from files of their own.
@Suite struct AddRuleTests {
  static let visibility =
    #""VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "MetricName": "m"}"#

  static func rule(_ name: String, _ strings: String..., priority: Int? = nil) -> String {
    let statements = strings.map {
      #"{"ByteMatchStatement": {"SearchString": "\#($0)", "FieldToMatch": {"UriPath": {}}, "TextTransformations": [{"Priority": 0, "Type": "NONE"}], "PositionalConstraint": "CONTAINS"}}"#
    }
    let statement =
      statements.count == 1
      ? statements[0]
      : #"{"OrStatement": {"Statements": [\#(statements.joined(separator: ", "))]}}"#
    let number = priority.map { #""Priority": \#($0), "# } ?? ""
    return
      #"{"Name": "\#(name)", \#(number)"Statement": \#(statement), "Action": {"Block": {}}, \#(visibility)}"#
  }

  static func acl(_ rules: String..., extra: String = "") -> String {
    #"{"Name": "shop", \#(extra)"DefaultAction": {"Allow": {}}, "Rules": [\#(rules.joined(separator: ", "))], \#(visibility)}"#
  }

  // MARK: Where it is put

  @Test(arguments: [
    (0, ["new", "a", "b"]), (15, ["a", "new", "b"]), (99, ["a", "b", "new"]),
  ])
  func byPriority(_ priority: Int, _ names: [String]) throws {
    let trial = Trial(
      document: Self.acl(Self.rule("a", "/a", priority: 10), Self.rule("b", "/b", priority: 20)),
      files: ["r.json": Self.rule("new", "/n", priority: 10)])
    let editor = try trial.edited(["--add-rule r.json@\(priority)"])
    let rules = load(editor)
    #expect(rules.map(\.name) == names)
    #expect(rules.first { $0.name == "new" }?.priority == priority)
  }

  @Test func atTheEndWhereTheOthersAreInNoOrder() throws {
    let trial = Trial(
      document: Self.acl(Self.rule("a", "/a", priority: 20), Self.rule("b", "/b", priority: 10)),
      files: ["r.json": Self.rule("new", "/n")])
    #expect(load(try trial.edited(["--add-rule r.json@0"])).map(\.name) == ["a", "b", "new"])
  }

  @Test func inTheDocumentsLayout() throws {
    let document = """
      {
      \t"DefaultAction": {"Allow": {}},
      \t"Rules": [
      \t\t{"Name": "a", "Priority": 1, "Statement": {"GeoMatchStatement": {"CountryCodes": ["NO"]}}}
      \t]
      }
      """
    let files = [
      "r.yaml": "Name: new\nStatement:\n  GeoMatchStatement:\n    CountryCodes: [NO]\n"
        + "Action:\n  Block: {}\nVisibilityConfig:\n  SampledRequestsEnabled: true\n"
        + "  CloudWatchMetricsEnabled: true\n  MetricName: m\n"
    ]
    let expected = document.replacing(
      "[\"NO\"]}}}\n",
      with: "[\"NO\"]}}},\n\t\t{\"Name\": \"new\", \"Priority\": 7, \"Statement\": "
        + "{\"GeoMatchStatement\": {\"CountryCodes\": [\"NO\"]}}, \"Action\": {\"Block\": {}}, "
        + "\"VisibilityConfig\": {\"SampledRequestsEnabled\": true, \"CloudWatchMetricsEnabled\": "
        + "true, \"MetricName\": \"m\"}}\n")
    #expect(try Trial(document: document, files: files).text("--add-rule r.yaml@7") == expected)
  }

  @Test func toAWebACLWithoutRules() throws {
    for rules in ["", #""Rules": null, "#, #""Rules": [], "#] {
      let trial = Trial(
        document: #"{"Name": "x", "DefaultAction": {"Allow": {}}, \#(rules)\#(Self.visibility)}"#,
        files: ["r.json": Self.rule("new", "/n")])
      #expect(load(try trial.edited(["--add-rule r.json@0"])).map(\.name) == ["new"])
    }
  }

  // MARK: Search strings

  struct Spelling: CustomTestStringConvertible {
    var testDescription: String
    var document: String
    var rule: String
    /// The search strings of the added rule as they are written; nil where it is refused.
    var written: [String]?
    var warnings: [String] = []
    var options = LoadingOptions()
  }

  @Test(arguments: [
    Spelling(
      testDescription: "the service's own", document: acl(extra: #""ARN": "a", "#),
      rule: rule("new", "/n"), written: ["L24="]),
    Spelling(
      testDescription: "the service's own, base64", document: acl(extra: #""LockToken": "a", "#),
      rule: rule("new", "L2FkbWlu"), written: ["L2FkbWlu"], warnings: ["ambiguous-search-string"]),
    Spelling(
      testDescription: "plain", document: acl(rule("a", "/a", priority: 9)),
      rule: rule("new", "/n", "/admin"), written: ["/n", "/admin"]),
    Spelling(
      testDescription: "base64 to plain", document: acl(rule("a", "/a", priority: 9)),
      rule: rule("new", "L2FkbWlu"), written: ["/admin"], warnings: ["ambiguous-search-string"]),
    Spelling(
      testDescription: "plain to base64", document: acl(rule("a", "L2FkbWlu", priority: 9)),
      rule: rule("new", "/n", "test"), written: ["L24=", "dGVzdA=="]),
    Spelling(
      testDescription: "a word to plain", document: acl(rule("a", "/a", priority: 9)),
      rule: rule("new", "test"), written: ["test"], warnings: ["ambiguous-search-string"]),
    Spelling(
      testDescription: "no other", document: acl(), rule: rule("new", "/n", "test"),
      written: ["/n", "test"]),
    Spelling(
      testDescription: "no spelling", document: acl(rule("a", "L2FkbWlu", priority: 9)),
      rule: rule("new", #"\u0001"#), written: nil),
    Spelling(
      testDescription: "as the user says", document: acl(rule("a", "L2FkbWlu", priority: 9)),
      rule: rule("new", "/n"), written: ["/n"], options: LoadingOptions(searchString: .plain)),
    Spelling(
      testDescription: "base64 as the user says", document: acl(rule("a", "L2FkbWlu", priority: 9)),
      rule: rule("new", "dGVzdA=="), written: ["dGVzdA=="],
      options: LoadingOptions(searchString: .base64)),
  ])
  func searchStrings(_ test: Spelling) throws {
    let trial = Trial(
      document: test.document, files: ["r.json": test.rule], options: test.options)
    guard let written = test.written else {
      #expect(try trial.refusal(["--add-rule r.json@5"]).contains("error[ambiguous-search-string]"))
      return
    }
    let editor = try trial.edited(["--add-rule r.json@5"])
    let rules = load(editor, test.options)
    let others = load(try trial.editor(), test.options)
    #expect(rules.filter { $0.name != "new" } == others)
    #expect(rules.first { $0.name == "new" }.map { strings($0.statement) } == written)
    #expect(editor.warnings.map(\.code) == test.warnings)
  }

  /// The only plain string says how the others are read.
  @Test func aRemovalThatWouldChangeOtherRules() throws {
    let document = Self.acl(
      Self.rule("tell", "/a", priority: 1), Self.rule("word", "L2FkbWlu", priority: 2))
    let refusal = try Trial(document: document).refusal(["--remove tell"])
    #expect(
      refusal.contains(
        "--remove tell: without 'tell' the search strings of 'word' would be taken as base64"))
    #expect(refusal.hasPrefix("acl.json:1:"))
    let trial = Trial(document: document, options: LoadingOptions(searchString: .plain))
    #expect(load(try trial.edited(["--remove tell"])).map(\.name) == ["word"])
    let other = try Trial(document: document).edited(["--remove word"])
    #expect(load(other).map(\.name) == ["tell"])
  }

  // MARK: Files that are no rules

  @Test(arguments: [
    ("{", "r.json:1:2: error[syntax]: the document ends"), ("", "error[syntax]"),
    ("3", "r.json:1:1: error[not-a-rule]: a rule is expected, but this is a number"),
    (
      "[]",
      "r.json:1:1: error[not-a-rule]: a rule is expected, but this is a list; give one rule a file"
    ),
    (acl(), "but this is a web ACL"), (#"{"WebACL": {}}"#, "but this is a web ACL"),
    (#"{"Rules": []}"#, "but this is a list of rules"), ("{}", "but this is something without"),
    (
      #"{"GeoMatchStatement": {"CountryCodes": ["NO"]}}"#,
      #"note: put a rule around it: {"Name": …, "Statement": {…}, "Action": {"Block": {}}}"#
    ),
    (
      #"{"Statement": {"GeoMatchStatement": {"CountryCodes": ["NO"]}}}"#,
      "note: a rule has Name and Action as well"
    ),
    (
      #"{"Statement": {}, "Action": {}}"#,
      "r.json:1:1: error[missing-member]: the rule has no 'Name'"
    ),
    (
      "{\n  \"Name\": \"x\", \"Action\": {\"Block\": {}},\n  \"Statement\": {\"GeoMatchStatment\": {}}}",
      "r.json:3:17: error[unknown-statement]"
    ),
    (
      #"{"Name": "x", "Priority": 3, "Statement": {"GeoMatchStatement": {"CountryCodes": ["NO"]}}}"#,
      "error[missing-action]"
    ),
  ])
  func noRule(_ text: String, _ error: String) throws {
    let trial = Trial(document: Self.acl(), files: ["r.json": text])
    let refusal = try trial.refusal(["--add-rule r.json@5"])
    #expect(refusal.contains(error), "\(refusal)")
  }

  // MARK: Help

  private func load(_ editor: ACLEditor, _ options: LoadingOptions = LoadingOptions()) -> [Rule] {
    let loaded = DocumentLoader(options: options).load(aclBytes: editor.bytes, file: "acl.json")
    return loaded.webACL?.value.rules ?? []
  }

  private func strings(_ statement: Statement) -> [String] {
    switch statement {
    case .byteMatch(let statement): [statement.searchString.wire]
    case .or(let statement): statement.statements.flatMap { strings($0) }
    default: []
    }
  }
}
