import Diagnostics
import DocumentTree
import Testing
import WAFModel

@Suite struct RateBasedStatementTests {
  private static let none = #""TextTransformations": [{"Priority": 0, "Type": "LOWERCASE"}]"#

  private func sample(
    _ kind: RateBasedStatementCustomKey.Kind
  ) -> (text: String, value: RateBasedStatementCustomKey) {
    let lower = [TextTransformation(priority: 0, type: .lowercase)]
    let named = #"{"Name": "x", \#(Self.none)}"#
    return switch kind {
    case .header: (named, .header(RateLimitHeader(name: "x", textTransformations: lower)))
    case .cookie: (named, .cookie(RateLimitCookie(name: "x", textTransformations: lower)))
    case .queryArgument:
      (named, .queryArgument(RateLimitQueryArgument(name: "x", textTransformations: lower)))
    case .queryString:
      ("{\(Self.none)}", .queryString(RateLimitQueryString(textTransformations: lower)))
    case .httpMethod: ("{}", .httpMethod)
    case .forwardedIP: ("{}", .forwardedIP)
    case .ip: ("{}", .ip)
    case .labelNamespace:
      (#"{"Namespace": "a:b:"}"#, .labelNamespace(RateLimitLabelNamespace(namespace: "a:b:")))
    case .uriPath: ("{\(Self.none)}", .uriPath(RateLimitUriPath(textTransformations: lower)))
    case .ja3Fingerprint:
      (
        #"{"FallbackBehavior": "MATCH"}"#,
        .ja3Fingerprint(RateLimitJA3Fingerprint(fallbackBehavior: .match))
      )
    case .ja4Fingerprint:
      (
        #"{"FallbackBehavior": "NO_MATCH"}"#,
        .ja4Fingerprint(RateLimitJA4Fingerprint(fallbackBehavior: .noMatch))
      )
    case .asn: ("{}", .asn)
    }
  }

  @Test(arguments: RateBasedStatementCustomKey.Kind.allCases)
  func everyKeyIsReadAndWritten(_ kind: RateBasedStatementCustomKey.Kind) throws {
    let (body, value) = sample(kind)
    let text = #"{"\#(kind.rawValue)": \#(body)}"#
    let (key, diagnostics) = try read(RateBasedStatementCustomKey.self, text)
    #expect(diagnostics.isEmpty)
    #expect(key == value)
    #expect(key?.kind == kind)
    let node = try JSONParser.parse(Array(text.utf8), file: "f")
    #expect(key?.node() == node.withoutPositions())
  }

  @Test(arguments: RateBasedStatementCustomKey.Kind.allCases)
  func everyKeyReportsUnknownMembers(_ kind: RateBasedStatementCustomKey.Kind) throws {
    let (body, value) = sample(kind)
    let rest = body == "{}" ? "}" : ", " + body.dropFirst()
    let (key, diagnostics) = try read(
      RateBasedStatementCustomKey.self, #"{"\#(kind.rawValue)": {"Xyzzy": 1\#(rest)}"#)
    #expect(key == value)
    #expect(summary(diagnostics) == ["warning unknown-member /\(kind.rawValue)/Xyzzy (key)"])
  }

  @Test(arguments: [
    ("{}", "error empty-union "),
    (#"{"IP": null}"#, "error empty-union "),
    (#"{"IP": {}, "HTTPMethod": {}}"#, "error several-members "),
    (#"{"HttpMethod": {}}"#, "error unknown-custom-key /HttpMethod (key) -> HTTPMethod"),
    (#"{"IP": []}"#, "error wrong-type /IP"),
    (#"{"Header": {\#(none)}}"#, "error missing-member /Header"),
    (#"{"Cookie": {"Name": "a"}}"#, "error missing-member /Cookie"),
    (#"{"UriPath": {}}"#, "error missing-member /UriPath"),
    (#"{"LabelNamespace": {}}"#, "error missing-member /LabelNamespace"),
    (#"{"JA3Fingerprint": {}}"#, "error missing-member /JA3Fingerprint"),
  ])
  func mistakesInAKey(_ text: String, _ found: String) throws {
    let (key, diagnostics) = try read(RateBasedStatementCustomKey.self, text)
    #expect(key == nil)
    #expect(summary(diagnostics) == [found])
  }

  @Test func everyMemberIsRead() throws {
    let text = #"""
      {"Limit": 100, "EvaluationWindowSec": 600, "AggregateKeyType": "CUSTOM_KEYS",
       "ScopeDownStatement": {"GeoMatchStatement": {"CountryCodes": ["DE"]}},
       "ForwardedIPConfig": {"HeaderName": "X-Real-IP", "FallbackBehavior": "MATCH"},
       "CustomKeys": [{"ForwardedIP": {}}, {"HTTPMethod": {}}]}
      """#
    let (statement, diagnostics) = try read(RateBasedStatement.self, text)
    #expect(diagnostics.isEmpty)
    #expect(
      statement
        == RateBasedStatement(
          limit: 100, evaluationWindowSec: 600, aggregateKeyType: .customKeys,
          scopeDownStatement: .geoMatch(GeoMatchStatement(countryCodes: ["DE"])),
          forwardedIPConfig: ForwardedIPConfig(
            headerName: "X-Real-IP", fallbackBehavior: .match),
          customKeys: [.forwardedIP, .httpMethod]))
    let node = try JSONParser.parse(Array(text.utf8), file: "f")
    #expect(statement?.node() == node.withoutPositions())
  }

  @Test(arguments: RateBasedStatementAggregateKeyType.allCases)
  func everyKeyType(_ type: RateBasedStatementAggregateKeyType) throws {
    let text = #"{"Limit":10,"AggregateKeyType":"\#(type.rawValue)"}"#
    let (statement, diagnostics) = try read(RateBasedStatement.self, text)
    #expect(diagnostics.isEmpty)
    #expect(statement == RateBasedStatement(limit: 10, aggregateKeyType: type))
    #expect(statement.map { JSONWriter.compact($0.node()) } == text)
  }

  @Test(arguments: [
    // The API's own sample has it in quotes.
    (#"{"Limit": "100", "AggregateKeyType": "IP"}"#, "warning number-as-string /Limit -> 100"),
    (#"{"Limit": 100}"#, "error missing-member "),
    (#"{"AggregateKeyType": "IP"}"#, "error missing-member "),
    (#"{"Limit": 100, "AggregateKeyType": "ip"}"#, "error unknown-value /AggregateKeyType -> IP"),
    (
      #"{"Limit": 100, "AggregateKeyType": "CUSTOM_KEY"}"#,
      "error unknown-value /AggregateKeyType -> CUSTOM_KEYS"
    ),
    (
      #"{"Limit": 100, "AggregateKeyType": "IP", "EvaluationWindowSecs": 60}"#,
      "warning unknown-member /EvaluationWindowSecs (key) -> EvaluationWindowSec"
    ),
    (
      #"{"Limit": 100, "AggregateKeyType": "IP", "CustomKeys": {}}"#,
      "error wrong-type /CustomKeys"
    ),
    (
      #"{"Limit": 100, "AggregateKeyType": "IP", "ScopeDownStatement": {}}"#,
      "error empty-union /ScopeDownStatement"
    ),
  ])
  func mistakes(_ text: String, _ found: String) throws {
    let (statement, diagnostics) = try read(RateBasedStatement.self, text)
    #expect(summary(diagnostics) == [found])
    #expect((statement != nil) == found.hasPrefix("warning"))
  }
}
