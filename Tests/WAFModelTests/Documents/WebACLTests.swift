import Diagnostics
import DocumentTree
import Testing
import WAFModel

@Suite struct WebACLTests {
  private static let full = #"""
    {
      "Name": "shop", "Id": "1", "ARN": "arn:aws:wafv2:eu-west-1:1:regional/webacl/shop/1",
      "DefaultAction": {"Allow": {}}, "Description": "",
      "Rules": [
        {
          "Name": "admin", "Priority": 1,
          "Statement": {"ManagedRuleGroupStatement": {"VendorName": "AWS",
            "Name": "AWSManagedRulesAdminProtectionRuleSet", "ExcludedRules": [],
            "RuleActionOverrides": [{"Name": "AdminProtection_URIPATH", "ActionToUse": {"Count": {}}}]}},
          "OverrideAction": {"None": {}},
          "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": false,
            "MetricName": "m"}
        },
        {
          "Name": "path", "Priority": 0,
          "Statement": {"ByteMatchStatement": {"SearchString": "L2FkbWlu",
            "FieldToMatch": {"Cookies": {"MatchPattern": {"All": {}}, "MatchScope": "ALL",
              "OversizeHandling": "CONTINUE"}},
            "TextTransformations": [{"Priority": 0, "Type": "LOWERCASE"}],
            "PositionalConstraint": "CONTAINS"}},
          "Action": {"Block": {"CustomResponse": {"ResponseCode": 403,
            "CustomResponseBodyKey": "sorry", "ResponseHeaders": []}}},
          "RuleLabels": [{"Name": "a:b"}], "CaptchaConfig": {},
          "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true,
            "MetricName": "m"}
        }
      ],
      "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true,
        "MetricName": "shop"},
      "Capacity": 112, "PreProcessFirewallManagerRuleGroups": [],
      "PostProcessFirewallManagerRuleGroups": [], "ManagedByFirewallManager": false,
      "RetrofittedByFirewallManager": false, "LabelNamespace": "awswaf:1:webacl:shop:",
      "CustomResponseBodies": {"sorry": {"ContentType": "TEXT_PLAIN", "Content": "no\n"}},
      "CaptchaConfig": {"ImmunityTimeProperty": {"ImmunityTime": 300}},
      "ChallengeConfig": {"ImmunityTimeProperty": {"ImmunityTime": 300}},
      "TokenDomains": ["example.com"], "ApplicationConfig": {"Attributes": []},
      "DataProtectionConfig": {"DataProtections": []},
      "OnSourceDDoSProtectionConfig": {"ALBLowReputationMode": "ALWAYS_ON"},
      "AssociationConfig": {"RequestBody": {"CLOUDFRONT": {"DefaultSizeInspectionLimit": "KB_64"}},
        "ChallengeJavascriptSdkInjection": {"CLOUDFRONT": {}}},
      "MonetizationConfig": {}, "AnalyticsConfig": {"Mode": "DISABLED"}
    }
    """#

  @Test func everythingComesBack() throws {
    let (acl, diagnostics) = try read(WebACL.self, Self.full, .serviceDocument)
    #expect(diagnostics.isEmpty)
    let node = try JSONParser.parse(Array(Self.full.utf8), file: "f")
    #expect(acl?.node().canonical == node.canonical)
    #expect(acl?.rules.map(\.name) == ["admin", "path"])
    #expect(
      acl?.associationConfig?.requestBody["CLOUDFRONT"]?.defaultSizeInspectionLimit.bytes
        == 65_536)
  }

  @Test func unknownMembersAreKept() throws {
    let text = #"{"DefaultAction": {"Block": {}}, "Novelty": {"a": [1]}, "Tags": []}"#
    let (acl, diagnostics) = try read(WebACL.self, text)
    #expect(summary(diagnostics) == ["warning unknown-member /Novelty (key)"])
    let node = try JSONParser.parse(Array(text.utf8), file: "f")
    #expect(acl?.node().canonical == node.canonical)
  }

  @Test func bodyLimitsInTheShortSpelling() throws {
    let text = #"""
      {"DefaultAction": {"Block": {}}, "AssociationConfig": {"RequestBody": {"API_GATEWAY": "KB_48"}}}
      """#
    let (acl, diagnostics) = try read(WebACL.self, text)
    #expect(diagnostics.isEmpty)
    #expect(
      acl?.associationConfig?.requestBody["API_GATEWAY"]?.defaultSizeInspectionLimit == .kb48)
    let node = try JSONParser.parse(Array(text.utf8), file: "f")
    #expect(acl?.node() == node.withoutPositions())
  }

  @Test(arguments: [
    (
      #"{"DefaultAction": {"Allow": {}}, "TokenDomains": [1]}"#, "wrong-type", "/TokenDomains/0"
    ),
    (
      #"{"DefaultAction": {"Allow": {}}, "ManagedByFirewallManager": 1}"#, "wrong-type",
      "/ManagedByFirewallManager"
    ),
    (
      #"{"DefaultAction": {"Allow": {}}, "AnalyticsConfig": {"Mode": "ON"}}"#, "unknown-value",
      "/AnalyticsConfig/Mode"
    ),
    (
      #"{"DefaultAction": {"Allow": {}}, "OnSourceDDoSProtectionConfig": {}}"#,
      "missing-member", "/OnSourceDDoSProtectionConfig"
    ),
    (#"{"DefaultActon": {"Allow": {}}, "MonetizationConfig": null}"#, "missing-member", ""),
  ])
  func refusals(_ text: String, _ code: String, _ pointer: String) throws {
    let (_, diagnostics) = try read(WebACL.self, text)
    let error = try #require(diagnostics.first { $0.severity == .error })
    #expect(error.code == code)
    #expect(error.place?.pointer.description == pointer)
  }

  @Test func brokenRulesLeaveTheOthersAndTheirPlaces() throws {
    let rule = #"""
      {"Name": "x", "Priority": 1, "Statement": {"GeoMatchStatement": {"CountryCodes": ["DE"]}}}
      """#
    let text = #"""
      {"DefaultAction": {"Allow": {}}, "Rules": [{"Name": 1}, \#(rule), 5, \#(rule)]}
      """#
    let node = try JSONParser.parse(Array(text.utf8), file: "acl.json")
    let context = ReadingContext(file: "acl.json")
    let acl = try #require(WebACL(reading: Cursor(node), in: context))
    #expect(acl.rules.count == 2)
    let dropped = context.droppedElements[JSONPointer(["Rules"])]
    #expect(dropped == [0, 2])
    var located = Located(value: acl, file: "acl.json")
    located.droppedRules = dropped ?? []
    // An index in the value becomes the one in the document again.
    #expect(located.documentIndexes(count: acl.rules.count) == [1, 3])
  }

  @Test func mistakenMembersOfRules() throws {
    let text = #"""
      {"Name": "x", "Priority": 1, "RuleAction": {"Block": {}}, "Labels": [],
       "Statement": {"GeoMatchStatement": {"CountryCodes": ["DE"]}}}
      """#
    #expect(
      summary(try read(Rule.self, text).diagnostics) == [
        "warning unknown-member /RuleAction (key) -> Action",
        "warning unknown-member /Labels (key) -> RuleLabels",
      ])
  }

  @Test func sets() throws {
    let ipSet = #"""
      {"Name": "n", "Id": "i", "ARN": "a", "Description": "", "IPAddressVersion": "IPV4",
       "Addresses": ["192.0.2.0/24"]}
      """#
    let addresses = try read(IPSet.self, ipSet)
    #expect(addresses.diagnostics.isEmpty)
    #expect(addresses.value?.addresses == ["192.0.2.0/24"])
    #expect(
      addresses.value?.node().canonical
        == (try JSONParser.parse(Array(ipSet.utf8), file: "f").canonical))

    let patterns = #"{"ARN": "a", "RegularExpressionList": [{"RegexString": "^a"}, "b$"]}"#
    let expressions = try read(RegexPatternSet.self, patterns)
    #expect(expressions.diagnostics.isEmpty)
    #expect(expressions.value?.regularExpressionList == ["^a", "b$"])
    #expect(
      expressions.value?.node().canonical
        == (try JSONParser.parse(Array(patterns.utf8), file: "f").canonical))
  }
}
