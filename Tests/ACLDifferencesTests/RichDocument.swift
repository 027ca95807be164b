/// A web ACL that has some of everything, every list out of order and no default spelled out.
enum RichDocument {
  static let text = #"""
    {
      "Name": "shop", "Scope": "CLOUDFRONT", "Description": "the shop",
      "DefaultAction": {"Block": {"CustomResponse": {"ResponseCode": 403, "CustomResponseBodyKey": "no",
        "ResponseHeaders": [{"Name": "x-b", "Value": "1"}, {"Name": "x-a", "Value": "2"}]}}},
      "CustomResponseBodies": {"no": {"ContentType": "TEXT_PLAIN", "Content": "no"}},
      "TokenDomains": ["shop.example", "example.com"],
      "CaptchaConfig": {"ImmunityTimeProperty": {"ImmunityTime": 120}},
      "ChallengeConfig": {"ImmunityTimeProperty": {"ImmunityTime": 900}},
      "AssociationConfig": {"RequestBody": {"CLOUDFRONT": {"DefaultSizeInspectionLimit": "KB_64"}}},
      "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "MetricName": "shop"},
      "DataProtectionConfig": {"DataProtections": [
        {"Field": {"FieldType": "SINGLE_HEADER", "FieldKeys": ["b", "a"]}, "Action": "HASH", "ExcludeRuleMatchDetails": true},
        {"Field": {"FieldType": "BODY"}, "Action": "SUBSTITUTION"}]},
      "Rules": [
        \#(rule("nested", 0, #"""
          {"AndStatement": {"Statements": [
            {"OrStatement": {"Statements": [
              {"ByteMatchStatement": {"SearchString": "/admin?", "FieldToMatch": {"UriPath": {}}, "PositionalConstraint": "STARTS_WITH",
                "TextTransformations": [{"Priority": 1, "Type": "URL_DECODE"}, {"Priority": 0, "Type": "LOWERCASE"}]}},
              {"ByteMatchStatement": {"SearchString": "bad bot", "FieldToMatch": {"SingleHeader": {"Name": "user-agent"}}, "PositionalConstraint": "CONTAINS",
                "TextTransformations": [{"Priority": 0, "Type": "LOWERCASE"}]}}]}},
            {"NotStatement": {"Statement": {"GeoMatchStatement": {"CountryCodes": ["US", "DE", "CA"],
              "ForwardedIPConfig": {"HeaderName": "x-forwarded-for", "FallbackBehavior": "MATCH"}}}}},
            {"LabelMatchStatement": {"Scope": "LABEL", "Key": "awswaf:managed:token:absent"}}]}}
          """#, #""Action": {"Captcha": {"CustomRequestHandling": {"InsertHeaders": [{"Name": "seen", "Value": "1"}]}}}, "RuleLabels": [{"Name": "z:b"}, {"Name": "a"}], "CaptchaConfig": {"ImmunityTimeProperty": {"ImmunityTime": 60}}"#)),
        \#(rule("regex", 1, #"{"RegexMatchStatement": {"RegexString": "^/[a-z]+$", "FieldToMatch": {"Body": {"OversizeHandling": "MATCH"}}, "TextTransformations": [{"Priority": 0, "Type": "LOWERCASE"}]}}"#)),
        \#(rule("patterns", 2, #"{"RegexPatternSetReferenceStatement": {"ARN": "arn:aws:wafv2:us-east-1:123456789012:global/regexpatternset/p/1", "FieldToMatch": {"JsonBody": {"MatchPattern": {"IncludedPaths": ["/b", "/a"]}, "MatchScope": "VALUE", "OversizeHandling": "NO_MATCH", "InvalidFallbackBehavior": "MATCH"}}, "TextTransformations": [{"Priority": 0, "Type": "LOWERCASE"}]}}"#)),
        \#(rule("size", 3, #"{"SizeConstraintStatement": {"ComparisonOperator": "GT", "Size": 8192, "FieldToMatch": {"Headers": {"MatchPattern": {"IncludedHeaders": ["referer", "host"]}, "MatchScope": "ALL", "OversizeHandling": "CONTINUE"}}, "TextTransformations": [{"Priority": 0, "Type": "LOWERCASE"}]}}"#, #""Action": {"Block": {"CustomResponse": {"ResponseCode": 429}}}"#)),
        \#(rule("sqli", 4, #"{"SqliMatchStatement": {"SensitivityLevel": "HIGH", "FieldToMatch": {"Cookies": {"MatchPattern": {"ExcludedCookies": ["b", "a"]}, "MatchScope": "VALUE", "OversizeHandling": "MATCH"}}, "TextTransformations": [{"Priority": 0, "Type": "LOWERCASE"}]}}"#, #""Action": {"Count": {}}"#)),
        \#(rule("xss", 5, #"{"XssMatchStatement": {"FieldToMatch": {"SingleQueryArgument": {"Name": "q"}}, "TextTransformations": [{"Priority": 0, "Type": "LOWERCASE"}]}}"#, #""Action": {"Allow": {}}"#)),
        \#(rule("office", 6, #"{"IPSetReferenceStatement": {"ARN": "arn:aws:wafv2:us-east-1:123456789012:global/ipset/office/1", "IPSetForwardedIPConfig": {"HeaderName": "x-forwarded-for", "FallbackBehavior": "MATCH", "Position": "FIRST"}}}"#)),
        \#(rule("asn", 7, #"{"AsnMatchStatement": {"AsnList": [64501, 64500]}}"#)),
        \#(rule("rate", 8, #"""
          {"RateBasedStatement": {"Limit": 500, "EvaluationWindowSec": 60, "AggregateKeyType": "CUSTOM_KEYS",
            "CustomKeys": [{"IP": {}}, {"Header": {"Name": "x-key", "TextTransformations": [{"Priority": 0, "Type": "LOWERCASE"}]}}, {"HTTPMethod": {}}],
            "ScopeDownStatement": {"ByteMatchStatement": {"SearchString": "/api", "FieldToMatch": {"UriPath": {}}, "PositionalConstraint": "EXACTLY",
              "TextTransformations": [{"Priority": 0, "Type": "LOWERCASE"}]}}}}
          """#)),
        \#(rule("common", 9, #"{"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet", "Version": "Version_1.10", "ScopeDownStatement": {"GeoMatchStatement": {"CountryCodes": ["US", "DE"]}}, "ExcludedRules": [{"Name": "NoUserAgent_HEADER"}], "RuleActionOverrides": [{"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": {}}}, {"Name": "GenericLFI_BODY", "ActionToUse": {"Captcha": {}}}]}}"#, #""OverrideAction": {"None": {}}"#)),
        \#(rule("bots", 10, #"{"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "AWSManagedRulesBotControlRuleSet", "ManagedRuleGroupConfigs": [{"AWSManagedRulesBotControlRuleSet": {"InspectionLevel": "TARGETED", "EnableMachineLearning": false}}]}}"#, #""OverrideAction": {"Count": {}}"#)),
        \#(rule("own", 11, #"{"RuleGroupReferenceStatement": {"ARN": "arn:aws:wafv2:us-east-1:123456789012:global/rulegroup/own/1", "RuleActionOverrides": [{"Name": "a", "ActionToUse": {"Block": {}}}]}}"#, #""OverrideAction": {"None": {}}"#))
      ]
    }
    """#

  private static func rule(
    _ name: String, _ priority: Int, _ statement: String,
    _ members: String = #""Action": {"Block": {}}"#
  ) -> String {
    #"{"Name": "\#(name)", "Priority": \#(priority), "Statement": \#(statement), \#(members), "#
      + #""VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": false, "#
      + #""MetricName": "\#(name)"}}"#
  }
}
