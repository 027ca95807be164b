import Diagnostics
import DocumentTree
import Testing
import WAFModel

/// The settings of web ACLs and rule groups: what is read, and where mistakes are.
@Suite struct ConfigurationTests {
  /// A value of the tables below.
  struct Case: CustomTestStringConvertible, Sendable {
    var text: String
    var found: [String] = []
    var testDescription: String { text }
  }

  /// Reads strictly; what has no errors must be written as it was read.
  private func check<Value: TreeReadable & TreeWritable>(
    _ type: Value.Type, _ test: Case
  ) throws {
    let (value, diagnostics) = try read(type, test.text, .strict)
    #expect(summary(diagnostics) == test.found)
    guard test.found.isEmpty else { return }
    let node = try JSONParser.parse(Array(test.text.utf8), file: "f")
    #expect(value?.node() == node.withoutPositions())
  }

  @Test(arguments: [
    Case(text: "{}"),
    Case(
      text: #"""
        {"CryptoConfig": {"PaymentNetworks": [
          {"Chain": "BASE", "WalletAddress": "0x1", "Prices": [{"Amount": "0.5", "Currency": "USDC"}]},
          {"Chain": "SOLANA", "WalletAddress": "1", "Prices": []}]},
         "ConnectedAccountConfigs": [{"ConnectedAccountArn": "arn", "PaymentNetworks": [
          {"Chain": "SOLANA", "Prices": [{"Amount": "1", "Currency": "USDC"}]}]}],
         "CurrencyMode": "TEST"}
        """#),
    Case(text: #"{"ConnectedAccountConfigs": [], "CurrencyMode": "REAL"}"#),
    Case(
      text: #"{"CryptoConfig": {}}"#, found: ["error missing-member /CryptoConfig"]),
    Case(
      text: #"{"CurrencyMode": "Real"}"#, found: ["error unknown-value /CurrencyMode -> REAL"]),
    Case(
      text: #"""
        {"ConnectedAccountConfigs": [{"ConnectedAccountArn": "a",
          "PaymentNetworks": [{"Chain": "BASE_SEPOLIA", "Prices": []}]}]}
        """#,
      found: ["error unknown-value /ConnectedAccountConfigs/0/PaymentNetworks/0/Chain"]),
  ])
  func monetization(_ test: Case) throws { try check(MonetizationConfig.self, test) }

  @Test(arguments: [
    Case(
      text: #"""
        {"DataProtections": [
          {"Field": {"FieldType": "SINGLE_COOKIE", "FieldKeys": ["session"]}, "Action": "HASH",
           "ExcludeRuleMatchDetails": true, "ExcludeRateBasedDetails": false},
          {"Field": {"FieldType": "BODY", "FieldKeys": []}, "Action": "SUBSTITUTION"}]}
        """#),
    Case(text: "{}", found: ["error missing-member "]),
    Case(
      text: #"{"DataProtections": [{"Field": {"FieldType": "HEADER"}, "Action": "HASH"}]}"#,
      found: ["error unknown-value /DataProtections/0/Field/FieldType"]),
    Case(
      text: #"{"DataProtections": [{"Field": {"FieldType": "BODY"}, "Actions": "HASH"}]}"#,
      found: [
        "error missing-member /DataProtections/0",
        "error unknown-member /DataProtections/0/Actions (key) -> Action",
      ]),
  ])
  func dataProtection(_ test: Case) throws { try check(DataProtectionConfig.self, test) }

  @Test(arguments: [
    Case(text: #"{"Attributes": [{"Name": "a", "Values": ["b"]}, {}, {"Values": []}]}"#),
    Case(text: "{}"),
    Case(
      text: #"{"Attributes": {"Name": "a"}}"#, found: ["error wrong-type /Attributes"]),
  ])
  func application(_ test: Case) throws { try check(ApplicationConfig.self, test) }

  @Test(arguments: [
    Case(
      text: #"""
        {"RequestBody": {"APPLICATION_LOAD_BALANCER": {"DefaultSizeInspectionLimit": "KB_8"},
          "CLOUDFRONT": "KB_64"}, "ChallengeJavascriptSdkInjection": {"CLOUDFRONT": {}}}
        """#),
    Case(text: #"{"RequestBody": {}, "ChallengeJavascriptSdkInjection": {}}"#),
    Case(
      text: #"{"RequestBody": {"CLOUDFRONT": {"DefaultSizeInspectionLimit": "KB_63"}}}"#,
      found: [
        "error unknown-value /RequestBody/CLOUDFRONT/DefaultSizeInspectionLimit -> KB_64"
      ]),
    Case(
      text: #"{"ChallengeJavascriptSdkInjection": {"CLOUDFRONT": {"Mode": "x"}}}"#,
      found: [
        "error unknown-member /ChallengeJavascriptSdkInjection/CLOUDFRONT/Mode (key)"
      ]),
  ])
  func association(_ test: Case) throws { try check(AssociationConfig.self, test) }

  private static let visibility = #"""
    {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "MetricName": "m"}
    """#

  private static func group(_ statement: String) -> String {
    #"""
    {"Name": "PREFMManaged-1", "Priority": 1, "FirewallManagerStatement": \#(statement),
     "OverrideAction": {"None": {}}, "VisibilityConfig": \#(visibility)}
    """#
  }

  @Test(arguments: [
    Case(
      text: group(#"{"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "x"}}"#)),
    Case(
      text: group(
        #"""
        {"RuleGroupReferenceStatement": {"ARN": "a",
          "RuleActionOverrides": [{"Name": "r", "ActionToUse": {"Count": {}}}]}}
        """#)),
    Case(
      text: group(#"{"GeoMatchStatement": {"CountryCodes": ["DE"]}}"#),
      found: ["error unknown-statement /FirewallManagerStatement/GeoMatchStatement (key)"]),
    Case(
      text: group("{}"), found: ["error empty-union /FirewallManagerStatement"]),
    Case(
      text: #"{"Name": "x", "Priority": 1}"#,
      found: Array(repeating: "error missing-member ", count: 3)),
  ])
  func firewallManagerRuleGroups(_ test: Case) throws {
    try check(FirewallManagerRuleGroup.self, test)
  }

  @Test func firewallManagerStatementsAreThoseOfRules() throws {
    let text = Self.group(#"{"RuleGroupReferenceStatement": {"ARN": "a"}}"#)
    let group = try #require(try read(FirewallManagerRuleGroup.self, text).value)
    #expect(
      group.firewallManagerStatement.statement
        == .ruleGroupReference(RuleGroupReferenceStatement(arn: "a")))
  }

  /// With one group missing the indexes of the others would name other places of the document.
  @Test func aListWithABrokenGroupIsLeftOut() throws {
    let good = Self.group(#"{"RuleGroupReferenceStatement": {"ARN": "a"}}"#)
    let text = #"""
      {"DefaultAction": {"Allow": {}}, "PreProcessFirewallManagerRuleGroups": [5, \#(good)],
       "PostProcessFirewallManagerRuleGroups": [\#(good)]}
      """#
    let (acl, diagnostics) = try read(WebACL.self, text)
    #expect(summary(diagnostics) == ["error wrong-type /PreProcessFirewallManagerRuleGroups/0"])
    #expect(acl?.preProcessFirewallManagerRuleGroups == [])
    #expect(acl?.postProcessFirewallManagerRuleGroups.count == 1)
  }

  @Test(arguments: [
    Case(
      text: #"""
        {"Name": "g", "Id": "i", "Capacity": 10, "ARN": "a", "Scope": "REGIONAL",
         "Description": "", "Rules": [], "VisibilityConfig": \#(visibility),
         "LabelNamespace": "awswaf:1:rulegroup:g:", "CustomResponseBodies": {},
         "AvailableLabels": [{"Name": "awswaf:1:rulegroup:g:a"}], "ConsumedLabels": [],
         "MonetizationConfig": {"CurrencyMode": "REAL"}, "LockToken": "l", "Tags": []}
        """#),
    Case(
      text: #"{"AvailableLabels": [{"Nam": "a"}]}"#,
      found: ["error unknown-member /AvailableLabels/0/Nam (key) -> Name"]),
  ])
  func ruleGroups(_ test: Case) throws { try check(RuleGroup.self, test) }
}
