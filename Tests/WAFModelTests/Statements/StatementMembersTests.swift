import Diagnostics
import DocumentTree
import Testing
import WAFModel

private let prepared =
  #""FieldToMatch":{"AllQueryArguments":{}},"TextTransformations":[{"Priority":0,"Type":"NONE"}]"#
private let preParse =
  #""PreParseTextTransformations":[{"Priority":1,"Type":"URL_DECODE"},"#
  + #"{"Priority":0,"Type":"REPLACE_SEMICOLONS_WITH_AMPERSANDS"}]"#
private let forwarded = #"{"HeaderName":"X-Forwarded-For","FallbackBehavior":"NO_MATCH"}"#
private let set =
  #""ARN":"arn:aws:wafv2:eu-west-1:111122223333:regional/ipset/name/00000000""#

/// Documents with the members of the API in its order, so that writing gives the same text back.
private let documents = [
  #"{"ByteMatchStatement":{"SearchString":"YQ==",\#(prepared),\#(preParse),"#
    + #""PositionalConstraint":"CONTAINS"}}"#,
  #"{"RegexMatchStatement":{"RegexString":"a",\#(prepared),\#(preParse)}}"#,
  #"{"RegexMatchStatement":{"RegexString":"a",\#(prepared),"PreParseTextTransformations":[]}}"#,
  #"{"RegexPatternSetReferenceStatement":{\#(set),\#(prepared),\#(preParse)}}"#,
  #"{"SqliMatchStatement":{\#(prepared),\#(preParse),"SensitivityLevel":"LOW"}}"#,
  #"{"SqliMatchStatement":{\#(prepared),"PreParseTextTransformations":[]}}"#,
  #"{"XssMatchStatement":{\#(prepared),\#(preParse)}}"#,
  #"{"GeoMatchStatement":{"CountryCodes":["DE"],"ForwardedIPConfig":\#(forwarded)}}"#,
  #"{"AsnMatchStatement":{"AsnList":[64496],"ForwardedIPConfig":\#(forwarded)}}"#,
  #"{"IPSetReferenceStatement":{\#(set),"IPSetForwardedIPConfig":{"HeaderName":"a","#
    + #""FallbackBehavior":"MATCH","Position":"ANY"}}}"#,
  #"{"RateBasedStatement":{"Limit":2000000000,"EvaluationWindowSec":60,"#
    + #""AggregateKeyType":"FORWARDED_IP","#
    + #""ScopeDownStatement":{"XssMatchStatement":{\#(prepared)}},"#
    + #""ForwardedIPConfig":\#(forwarded),"CustomKeys":[]}}"#,
]

@Suite struct StatementMembersTests {
  @Test(arguments: documents)
  func whatIsReadIsWritten(_ text: String) throws {
    let (statement, diagnostics) = try read(Statement.self, text, .base64SearchStrings)
    #expect(diagnostics.isEmpty)
    #expect(statement.map { JSONWriter.compact($0.node()) } == text)
  }

  @Test func sizeConstraintWithPreParse() throws {
    let text =
      #"{"SizeConstraintStatement":{"ComparisonOperator":"GT","Size":1,\#(prepared),\#(preParse)}}"#
    let (statement, diagnostics) = try read(Statement.self, text)
    #expect(diagnostics.isEmpty)
    let node = try JSONParser.parse(Array(text.utf8), file: "f")
    #expect(statement?.node().canonical == node.canonical)
    guard case .sizeConstraint(let size) = statement else {
      Issue.record("no size constraint")
      return
    }
    #expect(
      size.preParseTextTransformations == [
        PreParseTextTransformation(priority: 1, type: .urlDecode),
        PreParseTextTransformation(priority: 0, type: .replaceSemicolonsWithAmpersands),
      ])
  }

  @Test func forwardedIPConfigs() throws {
    let geo = try read(Statement.self, documents[7]).value
    #expect(
      geo
        == .geoMatch(
          GeoMatchStatement(
            countryCodes: ["DE"],
            forwardedIPConfig: ForwardedIPConfig(
              headerName: "X-Forwarded-For", fallbackBehavior: .noMatch))))
    let ipSet = try read(IPSetReferenceStatement.self, "{\(set),\(ipSetConfig)}").value
    #expect(
      ipSet?.ipSetForwardedIPConfig
        == IPSetForwardedIPConfig(
          headerName: "True-Client-IP", fallbackBehavior: .match, position: .last))
  }

  private var ipSetConfig: String {
    #""IPSetForwardedIPConfig":{"HeaderName":"True-Client-IP","FallbackBehavior":"MATCH","#
      + #""Position":"LAST"}"#
  }

  struct Case: CustomTestStringConvertible {
    var text: String
    var found: [String]
    var isRead = false
    var testDescription: String { text }
  }

  @Test(arguments: [
    Case(
      text: #"{"SqliMatchStatement": {\#(prepared), "SensitivityLevel": "MEDIUM"}}"#,
      found: ["error unknown-value /SqliMatchStatement/SensitivityLevel"]),
    Case(
      text: #"{"SqliMatchStatement": {\#(prepared), "SensitivityLevel": "high"}}"#,
      found: ["error unknown-value /SqliMatchStatement/SensitivityLevel -> HIGH"]),
    Case(
      text: #"{"XssMatchStatement": {\#(prepared), "SensitivityLevel": "HIGH"}}"#,
      found: ["warning unknown-member /XssMatchStatement/SensitivityLevel (key)"],
      isRead: true),
    Case(
      text: #"{"AsnMatchStatement": {"AsnList": [1, -1, 4294967296, "7", "x"]}}"#,
      found: [
        "error invalid-asn /AsnMatchStatement/AsnList/1",
        "error invalid-asn /AsnMatchStatement/AsnList/2",
        "warning number-as-string /AsnMatchStatement/AsnList/3 -> 7",
        "error wrong-type /AsnMatchStatement/AsnList/4",
      ]),
    Case(
      text: #"{"GeoMatchStatement": {"CountryCodes": ["DE"], "ForwardedIPConfig": {}}}"#,
      found: [
        "error missing-member /GeoMatchStatement/ForwardedIPConfig",
        "error missing-member /GeoMatchStatement/ForwardedIPConfig",
      ]),
    Case(
      text: #"{"GeoMatchStatement": {"CountryCodes": ["DE"], "IPSetForwardedIPConfig": {}}}"#,
      found: [
        "warning unknown-member /GeoMatchStatement/IPSetForwardedIPConfig (key) "
          + "-> ForwardedIPConfig"
      ], isRead: true),
    Case(
      text: #"{"IPSetReferenceStatement": {\#(set), "ForwardedIPConfig": \#(forwarded)}}"#,
      found: [
        "warning unknown-member /IPSetReferenceStatement/ForwardedIPConfig (key) "
          + "-> IPSetForwardedIPConfig"
      ], isRead: true),
    Case(
      text: #"{"IPSetReferenceStatement": {\#(set), "IPSetForwardedIPConfig": \#(forwarded)}}"#,
      found: ["error missing-member /IPSetReferenceStatement/IPSetForwardedIPConfig"]),
    // A sample of the developer guide has the configuration beside the statement.
    Case(
      text: #"{"AsnMatchStatement": {"AsnList": [1]}, "ForwardedIPConfig": \#(forwarded)}"#,
      found: ["warning misplaced-member /ForwardedIPConfig (key)"], isRead: true),
    Case(
      text: #"{"IPSetForwardedIPConfig": {}, "IPSetReferenceStatement": {\#(set)}}"#,
      found: ["warning misplaced-member /IPSetForwardedIPConfig (key)"], isRead: true),
    Case(
      text: #"{"AsnMatchStatement": {"AsnList": [1]}, "ForwardedIPConfig": null}"#, found: [],
      isRead: true),
    Case(
      text: #"{"ForwardedIPConfig": \#(forwarded)}"#,
      found: ["error unknown-statement /ForwardedIPConfig (key)"], isRead: true),
  ])
  func mistakes(_ test: Case) throws {
    let (statement, diagnostics) = try read(Statement.self, test.text)
    #expect(summary(diagnostics) == test.found)
    #expect((statement != nil) == test.isRead)
  }

  @Test func aMisplacedConfigIsNotMoved() throws {
    let text = #"{"AsnMatchStatement": {"AsnList": [1]}, "ForwardedIPConfig": \#(forwarded)}"#
    let (statement, diagnostics) = try read(Statement.self, text)
    #expect(statement == .asnMatch(AsnMatchStatement(asnList: [1])))
    #expect(diagnostics.first?.notes == ["it belongs inside 'AsnMatchStatement'"])
    let strict = try read(Statement.self, text, .strict).diagnostics
    #expect(summary(strict) == ["error misplaced-member /ForwardedIPConfig (key)"])
  }
}
