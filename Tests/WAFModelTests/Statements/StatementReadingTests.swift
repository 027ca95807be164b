import Diagnostics
import DocumentTree
import Testing
import WAFModel

private let none = #"[{"Priority": 0, "Type": "NONE"}]"#
private let path = #""FieldToMatch": {"UriPath": {}}, "TextTransformations": "# + none

/// A document of each statement.
private func sample(_ kind: Statement.Kind) -> String {
  let geo = #"{"GeoMatchStatement": {"CountryCodes": ["DE", "FR"]}}"#
  let arn = #""ARN": "arn:aws:wafv2:eu-west-1:111122223333:regional/x/name/id""#
  let overrides =
    #""ExcludedRules": [{"Name": "a"}], "RuleActionOverrides": "#
    + #"[{"Name": "b", "ActionToUse": {"Allow": {}}}]"#
  return switch kind {
  case .byteMatch:
    #"{"SearchString": "L2FkbWlu", \#(path), "PositionalConstraint": "STARTS_WITH"}"#
  case .regexMatch: #"{"RegexString": "^/a", \#(path)}"#
  case .regexPatternSetReference: "{\(arn), \(path)}"
  case .sizeConstraint: #"{"ComparisonOperator": "GT", "Size": 8192, \#(path)}"#
  case .sqliMatch: #"{\#(path), "SensitivityLevel": "HIGH"}"#
  case .xssMatch: "{\(path)}"
  case .ipSetReference: "{\(arn)}"
  case .geoMatch: #"{"CountryCodes": ["DE", "FR"]}"#
  case .asnMatch: #"{"AsnList": [0, 64496, 4294967295]}"#
  case .labelMatch: #"{"Scope": "NAMESPACE", "Key": "awswaf:managed:aws:"}"#
  case .and: #"{"Statements": [\#(geo), {"NotStatement": {"Statement": \#(geo)}}]}"#
  case .or: #"{"Statements": [\#(geo), \#(geo)]}"#
  case .not: #"{"Statement": \#(geo)}"#
  case .rateBased:
    #"{"Limit": 100, "AggregateKeyType": "IP", "ScopeDownStatement": \#(geo)}"#
  case .managedRuleGroup:
    #"""
    {"VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet", "Version": "Version_1.0",
     "ManagedRuleGroupConfigs": [{"LoginPath": "/login"}], "ScopeDownStatement": \#(geo),
     \#(overrides)}
    """#
  case .ruleGroupReference: "{\(arn), \(overrides)}"
  }
}

@Suite struct StatementReadingTests {
  @Test(arguments: Statement.Kind.allCases)
  func everyKindIsReadAndWritten(_ kind: Statement.Kind) throws {
    let text = #"{"\#(kind.rawValue)": \#(sample(kind))}"#
    let (statement, diagnostics) = try read(Statement.self, text, .base64SearchStrings)
    #expect(diagnostics.isEmpty)
    #expect(statement?.kind == kind)
    #expect(statement?.wireName == kind.rawValue)
    let node = try JSONParser.parse(Array(text.utf8), file: "f")
    #expect(statement?.node().canonical == node.canonical)
  }

  @Test(arguments: Statement.Kind.allCases)
  func everyKindReportsUnknownMembers(_ kind: Statement.Kind) throws {
    let body = #"{"Xyzzy": 1, "# + sample(kind).dropFirst()
    let (statement, diagnostics) = try read(
      Statement.self, #"{"\#(kind.rawValue)": \#(body)}"#, .base64SearchStrings)
    #expect(statement?.kind == kind)
    #expect(summary(diagnostics) == ["warning unknown-member /\(kind.rawValue)/Xyzzy (key)"])
  }

  @Test(arguments: Statement.Kind.allCases)
  func everyKindNeedsItsMembers(_ kind: Statement.Kind) throws {
    let (statement, diagnostics) = try read(Statement.self, #"{"\#(kind.rawValue)": {}}"#)
    #expect(statement == nil)
    #expect(!diagnostics.isEmpty)
    #expect(diagnostics.allSatisfy { $0.code == "missing-member" && $0.severity == .error })
  }

  struct Case: CustomTestStringConvertible {
    var text: String
    var found: String
    /// What the statement becomes; `nil` where it is dropped.
    var opaque: String?
    var testDescription: String { text }
  }

  @Test(arguments: [
    Case(
      text: #"{"ByteMatchStatment": {}}"#,
      found: "error unknown-statement /ByteMatchStatment (key) -> ByteMatchStatement",
      opaque: "ByteMatchStatment"),
    Case(
      text: #"{"RateBasedStatment": {"Limit": 100}}"#,
      found: "error unknown-statement /RateBasedStatment (key) -> RateBasedStatement",
      opaque: "RateBasedStatment"),
    Case(
      text: #"{"HeaderCountStatement": [1, {"a": null}]}"#,
      found: "error unknown-statement /HeaderCountStatement (key)",
      opaque: "HeaderCountStatement"),
    Case(text: "{}", found: "error empty-union ", opaque: nil),
    Case(
      text: #"{"NotStatement": {}, "AndStatement": {}}"#, found: "error several-members ",
      opaque: nil),
  ])
  func refusals(_ test: Case) throws {
    let (statement, diagnostics) = try read(Statement.self, test.text)
    #expect(summary(diagnostics) == [test.found])
    #expect(statement?.kind == nil)
    #expect(statement?.wireName == test.opaque)
    guard test.opaque != nil else { return }
    let (allowed, warnings) = try read(Statement.self, test.text, .allowUnknown)
    #expect(allowed == statement)
    #expect(
      summary(warnings) == [test.found.replacingPrefix("error", with: "warning")])
    let node = try JSONParser.parse(Array(test.text.utf8), file: "f")
    #expect(allowed?.node() == node.withoutPositions())
  }

  @Test func somethingUnknownInAChildLeavesTheParent() throws {
    let (statement, _) = try read(
      Statement.self, #"{"NotStatement": {"Statement": {"AsnStatement": {}}}}"#, .allowUnknown)
    #expect(
      statement
        == .not(
          NotStatement(
            statement: .opaque(
              OpaqueStatement(kind: "AsnStatement", node: Node.emptyObject)))))
  }

  /// A member that nobody knows makes the statement unknown, where that is allowed.
  @Test(arguments: [
    (
      #"{"XssMatchStatement": {\#(path), "PreParseTextTransformations": "#
        + #"[{"Priority": 0, "Type": "SORT_ARGS"}]}}"#,
      "unknown-transformation /XssMatchStatement/PreParseTextTransformations/0/Type"
    ),
    (
      #"{"RateBasedStatement": {"Limit": 10, "AggregateKeyType": "CUSTOM_KEYS", "#
        + #""CustomKeys": [{"Country": {}}]}}"#,
      "unknown-custom-key /RateBasedStatement/CustomKeys/0/Country (key)"
    ),
  ])
  func somethingUnknownInside(_ text: String, _ found: String) throws {
    let (dropped, errors) = try read(Statement.self, text)
    #expect(dropped == nil)
    #expect(summary(errors) == ["error " + found])
    let (statement, warnings) = try read(Statement.self, text, .allowUnknown)
    #expect(summary(warnings) == ["warning " + found])
    #expect(statement?.kind == nil)
    let node = try JSONParser.parse(Array(text.utf8), file: "f")
    #expect(statement?.node() == node.withoutPositions())
  }

  @Test func aMistakeBesideSomethingUnknownDropsTheStatement() throws {
    let text =
      #"{"RateBasedStatement": {"Limit": [], "AggregateKeyType": "IP", "#
      + #""CustomKeys": [{"Country": {}}]}}"#
    let (statement, diagnostics) = try read(Statement.self, text, .allowUnknown)
    #expect(statement == nil)
    #expect(diagnostics.map(\.code) == ["wrong-type", "unknown-custom-key"])
  }
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String, with other: String) -> String {
    hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
  }
}
