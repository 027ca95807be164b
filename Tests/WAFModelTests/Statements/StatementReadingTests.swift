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
  case .ipSetReference: "{\(arn)}"
  case .geoMatch: #"{"CountryCodes": ["DE", "FR"]}"#
  case .labelMatch: #"{"Scope": "NAMESPACE", "Key": "awswaf:managed:aws:"}"#
  case .and: #"{"Statements": [\#(geo), {"NotStatement": {"Statement": \#(geo)}}]}"#
  case .or: #"{"Statements": [\#(geo), \#(geo)]}"#
  case .not: #"{"Statement": \#(geo)}"#
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
      text: #"{"RateBasedStatement": {"Limit": 100}}"#,
      found: "error not-supported-yet /RateBasedStatement (key)", opaque: "RateBasedStatement"),
    Case(
      text: #"{"SqliMatchStatement": {}}"#,
      found: "error not-supported-yet /SqliMatchStatement (key)", opaque: "SqliMatchStatement"),
    Case(
      text: #"{"GeoMatchStatement": {"CountryCodes": ["DE"], "ForwardedIPConfig": {}}}"#,
      found: "error not-supported-yet /GeoMatchStatement/ForwardedIPConfig (key)",
      opaque: "GeoMatchStatement"),
    Case(
      text: #"{"IPSetReferenceStatement": {"ARN": "a", "IPSetForwardedIPConfig": {}}}"#,
      found: "error not-supported-yet /IPSetReferenceStatement/IPSetForwardedIPConfig (key)",
      opaque: "IPSetReferenceStatement"),
    Case(
      text: #"{"RegexMatchStatement": {"RegexString": "a", "PreParseTextTransformations": [], "#
        + path + "}}",
      found: "error not-supported-yet /RegexMatchStatement/PreParseTextTransformations (key)",
      opaque: "RegexMatchStatement"),
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

  @Test func somethingUnsupportedInAChildLeavesTheParent() throws {
    let (statement, _) = try read(
      Statement.self, #"{"NotStatement": {"Statement": {"AsnMatchStatement": {}}}}"#)
    #expect(
      statement
        == .not(
          NotStatement(
            statement: .opaque(
              OpaqueStatement(kind: "AsnMatchStatement", node: Node.emptyObject)))))
  }

  @Test func aMistakeBesideSomethingUnsupportedDropsTheStatement() throws {
    let (statement, diagnostics) = try read(
      Statement.self, #"{"GeoMatchStatement": {"CountryCodes": 1, "ForwardedIPConfig": {}}}"#)
    #expect(statement == nil)
    #expect(diagnostics.map(\.code) == ["wrong-type", "not-supported-yet"])
  }

  @Test func theMessageNamesTheWayOut() throws {
    let (_, diagnostics) = try read(Statement.self, #"{"XssMatchStatement": {}}"#)
    #expect(
      diagnostics.first?.message
        == "not supported yet: XssMatchStatement comes with a later version; "
        + "--allow-unknown loads it as unknown")
  }
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String, with other: String) -> String {
    hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
  }
}
