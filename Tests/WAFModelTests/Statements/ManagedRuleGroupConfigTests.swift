import Diagnostics
import DocumentTree
import Testing
import WAFModel

/// The settings of managed rule groups.
@Suite struct ManagedRuleGroupConfigTests {
  private static let response = #"""
    {"Json": {"Identifier": "/ok", "SuccessValues": ["yes"], "FailureValues": ["no"]}}
    """#

  @Test(arguments: [
    #"{"LoginPath": "/login"}"#,
    #"{"PayloadType": "FORM_ENCODED"}"#,
    #"{"UsernameField": {"Identifier": "user"}}"#,
    #"{"PasswordField": {"Identifier": "/password"}}"#,
    #"""
    {"AWSManagedRulesBotControlRuleSet": {"InspectionLevel": "TARGETED",
      "EnableMachineLearning": false}}
    """#,
    #"""
    {"AWSManagedRulesATPRuleSet": {"LoginPath": "^/log", "RequestInspection":
      {"PayloadType": "JSON", "UsernameField": {"Identifier": "/u"},
       "PasswordField": {"Identifier": "/p"}}, "ResponseInspection": \#(response),
      "EnableRegexInPath": true}}
    """#,
    #"""
    {"AWSManagedRulesACFPRuleSet": {"CreationPath": "/new", "RegistrationPagePath": "/form",
      "RequestInspection": {"PayloadType": "JSON", "EmailField": {"Identifier": "/e"},
        "PhoneNumberFields": [{"Identifier": "/t1"}, {"Identifier": "/t2"}],
        "AddressFields": []}}}
    """#,
    #"""
    {"AWSManagedRulesAntiDDoSRuleSet": {"ClientSideActionConfig": {"Challenge":
      {"UsageOfAction": "ENABLED", "Sensitivity": "MEDIUM",
       "ExemptUriRegularExpressions": [{"RegexString": "\\/api\\/"}]}},
      "SensitivityToBlock": "LOW"}}
    """#,
    #"{"AWSManagedRulesAISecurityRuleSet": {"BedrockGuardrails": {"Disable": {}}}}"#,
    #"""
    {"AWSManagedRulesAISecurityRuleSet": {"BedrockGuardrails":
      {"ProtectRequestAndResponse": {"RoleArn": "arn:aws:iam::123456789012:role/r"}}}}
    """#,
  ])
  func settingsComeBack(_ text: String) throws {
    let (config, diagnostics) = try read(ManagedRuleGroupConfig.self, text, .strict)
    #expect(diagnostics.isEmpty)
    let node = try JSONParser.parse(Array(text.utf8), file: "f")
    #expect(config?.node() == node.withoutPositions())
  }

  @Test(
    arguments: [
      (#"{"LoginPat": "/x"}"#, ["error unknown-member /LoginPat (key) -> LoginPath"]),
      (
        #"{"AWSManagedRulesBotControlRuleSet": {}}"#,
        ["error missing-member /AWSManagedRulesBotControlRuleSet"]
      ),
      (
        #"{"AWSManagedRulesBotControlRuleSet": {"InspectionLevel": "common"}}"#,
        [
          "error unknown-value /AWSManagedRulesBotControlRuleSet/InspectionLevel -> COMMON"
        ]
      ),
      (
        #"{"AWSManagedRulesATPRuleSet": {"LoginPath": "/", "ResponseInspection": {}}}"#,
        ["error empty-union /AWSManagedRulesATPRuleSet/ResponseInspection"]
      ),
      (
        #"""
        {"AWSManagedRulesATPRuleSet": {"LoginPath": "/", "ResponseInspection":
          {"StatusCodes": {}}}}
        """#,
        [
          "error unknown-member /AWSManagedRulesATPRuleSet/ResponseInspection/StatusCodes (key)"
            + " -> StatusCode"
        ]
      ),
      (
        #"""
        {"AWSManagedRulesATPRuleSet": {"LoginPath": "/", "ResponseInspection":
          {"StatusCode": {"SuccessCodes": [200, "x"], "FailureCodes": [403]}}}}
        """#,
        [
          "error wrong-type /AWSManagedRulesATPRuleSet/ResponseInspection/StatusCode"
            + "/SuccessCodes/1"
        ]
      ),
      (
        #"""
        {"AWSManagedRulesAISecurityRuleSet": {"BedrockGuardrails":
          {"ProtectRequestOnly": {}}}}
        """#,
        [
          "error missing-member /AWSManagedRulesAISecurityRuleSet/BedrockGuardrails"
            + "/ProtectRequestOnly"
        ]
      ),
      (
        #"""
        {"AWSManagedRulesAISecurityRuleSet": {"BedrockGuardrails":
          {"Disable": {"RoleArn": "x"}}}}
        """#,
        [
          "error unknown-member /AWSManagedRulesAISecurityRuleSet/BedrockGuardrails"
            + "/Disable/RoleArn (key)"
        ]
      ),
      (
        #"""
        {"AWSManagedRulesAntiDDoSRuleSet": {"ClientSideActionConfig": {"Challenge":
          {"UsageOfAction": "ENABLED", "ExemptUriRegularExpressions": [{}]}}}}
        """#,
        [
          "error missing-member /AWSManagedRulesAntiDDoSRuleSet/ClientSideActionConfig/Challenge"
            + "/ExemptUriRegularExpressions/0"
        ]
      ),
    ] as [(String, [String])])
  func mistakesHavePlaces(_ text: String, _ found: [String]) throws {
    let (_, diagnostics) = try read(ManagedRuleGroupConfig.self, text, .strict)
    #expect(summary(diagnostics) == found)
  }

  /// Documents of the older spelling have one setting an element.
  @Test func olderSpelling() throws {
    let text = #"""
      {"VendorName": "AWS", "Name": "AWSManagedRulesATPRuleSet", "ManagedRuleGroupConfigs": [
        {"LoginPath": "/login"}, {"PayloadType": "JSON"}, {"UsernameField": {"Identifier": "/u"}},
        {"PasswordField": {"Identifier": "/p"}}], "RuleActionOverrides": []}
      """#
    let (statement, diagnostics) = try read(ManagedRuleGroupStatement.self, text, .strict)
    #expect(diagnostics.isEmpty)
    #expect(statement?.managedRuleGroupConfigs.count == 4)
    #expect(statement?.managedRuleGroupConfigs.first?.loginPath == "/login")
    let node = try JSONParser.parse(Array(text.utf8), file: "f")
    #expect(statement?.node() == node.withoutPositions())
  }
}
