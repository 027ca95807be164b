extension CheckCase {
  private static func overriding(_ name: String, _ action: String = "Count") -> String {
    #"{"Name": \#(name), "ActionToUse": {"\#(action)": {}}}"#
  }

  static let managedGroups: [CheckCase] = [
    .managed(#""Name": ⟦"Core rules"⟧"#, "error invalid-name"),
    .managed(#""Name": "X", "Version": "Version_1.0""#),
    .managed(#""Name": "X", "Version": ⟦"1 0"⟧"#, "error invalid-name"),
    .rule(
      #"""
      "OverrideAction": {"None": {}}, "Statement": {"ManagedRuleGroupStatement": {"VendorName": ⟦""⟧,
        "Name": "X"}}
      """#,
      "error invalid-name"),
    .managed(
      #""Name": "X", "RuleActionOverrides": [\#(list(0..<100) { overriding("\"r\($0)\"") })]"#),
    .managed(
      #""Name": "X", "RuleActionOverrides": ⟦[\#(list(0..<101) { overriding("\"r\($0)\"") })]⟧"#,
      "error too-many-overrides"),
    .managed(
      #""Name": "X", "ExcludedRules": ⟦[\#(list(0..<101) { #"{"Name": "r\#($0)"}"# })]⟧"#,
      "error too-many-overrides"),
    .managed(
      #""Name": "X", "RuleActionOverrides": [\#(overriding(#""r""#)), \#(overriding(#"⟦"r"⟧"#))]"#,
      "error duplicate-override"),
    .managed(
      #""Name": "X", "RuleActionOverrides": [\#(overriding(#""r""#))], "ExcludedRules": [{"Name": ⟦"r"⟧}]"#,
      "warning overridden-and-excluded"),
    .managed(
      #"""
      "Name": "X", "RuleActionOverrides": [{"Name": "r", "ActionToUse": {"Block": {"CustomResponse":
        {"ResponseCode": ⟦99⟧}}}}]
      """#,
      "error invalid-response-code"),
    .managed(
      #""Name": "X", "RuleActionOverrides": [{"Name": "r", "ActionToUse": {⟦"Monetize"⟧: {}}}]"#,
      "warning invalid-override", "error missing-monetization-config"),
    .managed(
      #"""
      "Name": "AWSManagedRulesAntiDDoSRuleSet", "ManagedRuleGroupConfigs": [\#(antiDDoS("\"a\""))],
      "RuleActionOverrides": [{"Name": "ChallengeAllDuringEvent", "ActionToUse": {"Count": {}}},
        {"Name": "ChallengeDDoSRequests", "ActionToUse": {⟦"Block"⟧: {}}}]
      """#,
      "error invalid-override", says: "Allow or Count"),
    .rule(
      #"""
      "OverrideAction": {"None": {}}, "Statement": {"RuleGroupReferenceStatement": {"ARN":
        "\#(arn("rulegroup"))", "RuleActionOverrides": [\#(overriding(#""r""#)),
        \#(overriding(#"⟦"r"⟧"#))]}}
      """#,
      "error duplicate-override"),
    .acl(
      #"""
      "PreProcessFirewallManagerRuleGroups": [\#(firewallManager("a", "1")), \#(firewallManager("b", "⟦1⟧"))],
      "PostProcessFirewallManagerRuleGroups": [\#(firewallManager("a", "1"))]
      """#,
      "error duplicate-priority", says: "Firewall Manager"),
  ]

  private static func firewallManager(_ name: String, _ priority: String) -> String {
    #"{"Name": "\#(name)", "Priority": \#(priority), "OverrideAction": {"None": {}}, "#
      + #""FirewallManagerStatement": \#(managedGroup), "VisibilityConfig": {"#
      + #""SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "MetricName": "m"}}"#
  }

  private static func antiDDoS(
    _ expressions: String, usage: String = #""ENABLED""#
  ) -> String {
    #"{"AWSManagedRulesAntiDDoSRuleSet": {"ClientSideActionConfig": {"Challenge": "#
      + #"{"UsageOfAction": \#(usage), "ExemptUriRegularExpressions": [\#(expressions)]}}}}"#
  }

  private static func config(
    _ group: String, _ config: String, acl: String = "", _ found: String..., says: String = ""
  ) -> CheckCase {
    var test = managed(
      #""Name": "AWSManagedRules\#(group)RuleSet", "ManagedRuleGroupConfigs": [\#(config)]"#,
      acl: acl, says: says)
    test.found = found
    return test
  }

  private static func login(_ path: String, more: String = "") -> String {
    #"{"AWSManagedRulesATPRuleSet": {"LoginPath": \#(path)\#(more)}}"#
  }

  private static func response(_ response: String) -> String {
    login(#""/login""#, more: #", "ResponseInspection": \#(response)"#)
  }

  private static let fields =
    #", "RequestInspection": {"PayloadType": "JSON", "UsernameField": {"Identifier": "/u"}, "#
    + #""PasswordField": {"Identifier": ⟦"p"⟧}}"#

  static let groupConfigs: [CheckCase] = [
    .managed(
      #""Name": ⟦"AWSManagedRulesATPRuleSet"⟧"#, "error missing-group-config", says: "login"),
    .managed(#""Name": ⟦"AWSManagedRulesACFPRuleSet"⟧"#, "error missing-group-config"),
    .managed(#""Name": ⟦"AWSManagedRulesBotControlRuleSet"⟧"#, "warning missing-group-config"),
    .managed(#""Name": "AWSManagedRulesAntiDDoSRuleSet""#),
    .managed(#""Name": "AWSManagedRulesCommonRuleSet""#),
    config("BotControl", #"{"AWSManagedRulesBotControlRuleSet": {"InspectionLevel": "COMMON"}}"#),
    config(
      "Common", #"{⟦"AWSManagedRulesBotControlRuleSet"⟧: {"InspectionLevel": "COMMON"}}"#,
      "error misplaced-group-config"),
    config(
      "BotControl",
      #"{"AWSManagedRulesBotControlRuleSet": {"InspectionLevel": "COMMON"}}, {⟦"LoginPath"⟧: "/a"}"#,
      "error misplaced-group-config"),
    config("ATP", #"{"LoginPath": "/login"}, {"PayloadType": "JSON"}"#),
    config(
      "ATP", #"{"LoginPath": ⟦"https://shop.example/login"⟧}"#, "warning invalid-group-config"),
    config("ATP", login(#""/login""#)),
    config("ATP", login(#"⟦" "⟧"#), "error invalid-group-config"),
    config(
      "ATP", login(#"⟦"/\#(String(repeating: "a", count: 256))"⟧"#), "error invalid-group-config"),
    config("ATP", login(#"⟦"("⟧"#, more: #", "EnableRegexInPath": true"#), "error invalid-regex"),
    config("ATP", login(#""/a""#, more: fields), "warning invalid-group-config", says: "pointer"),
    config(
      "ATP", response(#"{"StatusCode": {"SuccessCodes": [200], "FailureCodes": [⟦200⟧, 401]}}"#),
      "error invalid-group-config", says: "success and for failure"),
    config(
      "ATP", response(#"{"StatusCode": {"SuccessCodes": [⟦1000⟧], "FailureCodes": [401]}}"#),
      "error invalid-group-config"),
    config(
      "ATP", response(#"{"StatusCode": {"SuccessCodes": ⟦[]⟧, "FailureCodes": [401]}}"#),
      "error invalid-group-config"),
    config(
      "ATP",
      response(
        #"{"Header": {"Name": ⟦""⟧, "SuccessValues": ⟦["1", "2", "3", "4"]⟧, "FailureValues": ["5"]}}"#
      ),
      "error invalid-name", "error invalid-group-config"),
    config(
      "ATP", response(#"{"BodyContains": {"SuccessStrings": ["a"], "FailureStrings": ⟦[]⟧}}"#),
      "error invalid-group-config"),
    config(
      "ATP",
      response(
        #"{"Json": {"Identifier": ⟦"a"⟧, "SuccessValues": ["a"], "FailureValues": ["b"]}}"#),
      "warning invalid-group-config"),
    config(
      "ATP",
      login(
        #""/login""#,
        more:
          #", ⟦"ResponseInspection"⟧: {"StatusCode": {"SuccessCodes": [200], "FailureCodes": [401]}}"#
      ),
      acl: #""Scope": "REGIONAL", "#, "error misplaced-group-config", says: "CloudFront"),
    config(
      "ACFP",
      #"""
      {"AWSManagedRulesACFPRuleSet": {"CreationPath": "/new", "RegistrationPagePath": ⟦"page"⟧,
        "RequestInspection": {"PayloadType": "JSON", "EmailField": {"Identifier": ⟦" "⟧},
          "PhoneNumberFields": [{"Identifier": "/p"}, {"Identifier": ⟦"q"⟧}]}}}
      """#,
      "warning invalid-group-config", "error invalid-group-config",
      "warning invalid-group-config"),
    config("AntiDDoS", antiDDoS(#"{"RegexString": "\\/api"}"#)),
    config("AntiDDoS", antiDDoS("", usage: #""DISABLED""#)),
    config("AntiDDoS", antiDDoS("", usage: #"⟦"ENABLED"⟧"#), "error invalid-group-config"),
    config("AntiDDoS", antiDDoS(#""a", ⟦"("⟧"#), "error invalid-regex"),
    config(
      "AntiDDoS", antiDDoS(#"⟦"^/api"⟧"#), "warning invalid-group-config", says: "host"),
    config(
      "AntiDDoS",
      antiDDoS(list(0..<6) { "\"a\($0)\"" })
        .replacing(#"ons": ["#, with: #"ons": ⟦["#).replacing("]}}}}", with: "]⟧}}}}"),
      "error invalid-group-config", says: "5"),
  ]
}
