extension CheckCase {
  private static func visibility(_ name: String) -> String {
    #""VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "#
      + #""MetricName": \#(name)}"#
  }

  private static let quiet = #""Action": {"Count": {}}, "Statement": \#(geo)"#

  static let names: [CheckCase] = [
    .acl(#""Name": "web_ACL-1""#),
    .acl(#""Name": ⟦"web ACL"⟧"#, "error invalid-name", says: "the API reference"),
    .acl(#""Name": ⟦"\#(String(repeating: "a", count: 129))"⟧"#, "error invalid-name"),
    .acl(#""Name": "\#(String(repeating: "a", count: 128))""#),
    .group(#""Name": ⟦"é"⟧"#, "error invalid-name"),
    .ipSet("[]", more: #""Name": ⟦""⟧, "#, "error invalid-name"),
    .patternSet("[]", more: #""Name": ⟦"a/b"⟧, "#, "error invalid-name"),
    .acl(#""Description": """#),
    .acl(#""Description": "Blocks a/b, c@d: 1.0""#),
    .acl(#""Description": ⟦"ends in space "⟧"#, "error invalid-description"),
    .acl(#""Description": ⟦"it's"⟧"#, "error invalid-description"),
    .acl(
      #""Description": ⟦"\#(String(repeating: "a", count: 257))"⟧"#, "error invalid-description"),
    .group(#""Description": ⟦"ab"⟧"#, "error invalid-description"),
    .ipSet("[]", more: #""Description": ⟦"(x)"⟧, "#, "error invalid-description"),
    .patternSet("[]", more: #""Description": ⟦"(x)"⟧, "#, "error invalid-description"),
    .acl(visibility(#""shop-1""#)),
    .acl(visibility(#"⟦"All"⟧"#), "error invalid-metric-name", says: "keeps"),
    .acl(visibility(#"⟦"Default_Action"⟧"#), "error invalid-metric-name"),
    .acl(visibility(#"⟦"a b"⟧"#), "error invalid-metric-name"),
    .acl(visibility(#"⟦""⟧"#), "error invalid-metric-name"),
    .acl(visibility(#"⟦"a/b"⟧"#), "warning invalid-metric-name"),
    .acl(
      visibility(#"⟦"\#(String(repeating: "a", count: 129))"⟧"#), "warning invalid-metric-name"),
    .acl(
      visibility(#"⟦"\#(String(repeating: "a", count: 256))"⟧"#), "error invalid-metric-name"),
    // A sketch has none; a document that has one should have all.
    .acl(#""Rules": [{"Name": "a", "Priority": 0, \#(quiet)}]"#),
    .acl(
      #"\#(visibility(#""m""#)), "Rules": [⟦{"Name": "a", "Priority": 0, \#(quiet)}⟧]"#,
      "error missing-visibility-config", says: "'a'"),
    CheckCase(
      text:
        #"⟦{"DefaultAction": {"Allow": {}}, "Rules": [{"Name": "a", "Priority": 0, \#(quiet), \#(visibility(#""m""#))}]}⟧"#,
      found: ["error missing-visibility-config"]),
    CheckCase(
      text: #"⟦{"DefaultAction": {"Allow": {}}}⟧"#, found: ["error missing-visibility-config"],
      isStrict: true),
    CheckCase(
      document: .ruleGroup, text: "⟦{}⟧", found: ["error missing-visibility-config"],
      isStrict: true),
  ]

  static let labels: [CheckCase] = [
    .rule(#"\#(quiet), "RuleLabels": [{"Name": "awsome:waf-1"}]"#),
    .rule(#"\#(quiet), "RuleLabels": [{"Name": "a:b:c:d:e:f"}]"#),
    .rule(
      #"\#(quiet), "RuleLabels": [{"Name": ⟦"a:b:c:d:e:f:g"⟧}]"#, "error invalid-label", says: "5"),
    .rule(#"\#(quiet), "RuleLabels": [{"Name": ⟦"a b"⟧}]"#, "error invalid-label"),
    .rule(#"\#(quiet), "RuleLabels": [{"Name": ⟦""⟧}]"#, "error invalid-label"),
    .rule(#"\#(quiet), "RuleLabels": [{"Name": ⟦"a::b"⟧}]"#, "error invalid-label", says: "empty"),
    .rule(
      #"\#(quiet), "RuleLabels": [{"Name": ⟦"a:\#(String(repeating: "b", count: 129))"⟧}]"#,
      "error invalid-label", says: "128"),
    .rule(#"\#(quiet), "RuleLabels": [{"Name": ⟦"a:aws:b"⟧}]"#, "error reserved-label"),
    .rule(
      #"\#(quiet), "RuleLabels": [{"Name": "a"}, {"Name": ⟦"a"⟧}]"#, "warning duplicate-label"),
    .statement(
      #"{"LabelMatchStatement": {"Scope": "LABEL", "Key": ⟦"x y"⟧}}"#,
      "error invalid-label", "warning label-never-added"),
    .statement(
      #"{"LabelMatchStatement": {"Scope": "LABEL", "Key": ⟦"awswaf:managed:aws:x:"⟧}}"#,
      "warning label-never-matches", "warning label-never-added"),
    .acl(
      #"""
      "Rules": [{"Name": "a", "Priority": 0, \#(quiet), "RuleLabels": [{"Name": "n:a"}]},
        {"Name": "b", "Priority": 1, "Action": {"Block": {}}, "Statement":
          {"LabelMatchStatement": {"Scope": "NAMESPACE", "Key": ⟦"n"⟧}}}]
      """#,
      "warning namespace-without-colon", says: "n:"),
  ]

  static let rules: [CheckCase] = [
    .rule(#""Statement": \#(geo), "Action": {"Block": {}}"#),
    .rule(#""Statement": \#(managedGroup), "OverrideAction": {"None": {}}"#),
    .acl(
      #""Rules": [⟦{"Name": "rule", "Priority": 0, "Statement": \#(geo)}⟧]"#,
      "error missing-action"),
    .acl(
      #""Rules": [⟦{"Name": "rule", "Priority": 0, "Statement": \#(managedGroup)}⟧]"#,
      "error missing-action", says: "OverrideAction"),
    .acl(
      #"""
      "Rules": [⟦{"Name": "rule", "Priority": 0, "Statement": \#(geo), "Action": {"Block": {}},
        "OverrideAction": {"None": {}}}⟧]
      """#,
      "error conflicting-actions"),
    .rule(
      #""Statement": \#(geo), ⟦"OverrideAction"⟧: {"None": {}}"#,
      "error misplaced-override-action"),
    .rule(#""Statement": \#(managedGroup), ⟦"Action"⟧: {"Block": {}}"#, "error misplaced-action"),
    .rule(
      #"""
      "Statement": \#(managedGroup), "OverrideAction": {"None": {}},
        ⟦"RuleLabels"⟧: [{"Name": "a"}]
      """#,
      "error misplaced-labels"),
  ]

  private static func reference(_ index: Int) -> String {
    """
    {"Name": "r\(index)", "Priority": \(index), "Action": {"Count": {}}, "Statement":
      {"IPSetReferenceStatement": {"ARN": "\(arn("ipset"))"}}}
    """
  }

  private static func rateRule(_ index: Int, key: String = #""RateBasedStatement""#) -> String {
    """
    {"Name": "r\(index)", "Priority": \(index), "Action": {"Block": {}}, "Statement":
      {\(key): {"Limit": 100, "AggregateKeyType": "IP"}}}
    """
  }

  private static func inserting(_ index: Int, headers: Range<Int>) -> String {
    let names = list(headers) { #"{"Name": "h\#($0)", "Value": "v"}"# }
    return """
      {"Name": "r\(index)", "Priority": \(index), "Statement": \(geo), "Action": {"Count":
        {"CustomRequestHandling": {"InsertHeaders": [\(names)]}}}}
      """
  }

  static let lists: [CheckCase] = [
    .acl(
      #"""
      "Rules": [{"Name": "first", "Priority": 7, \#(quiet)}, {"Name": "second", "Priority": ⟦7⟧,
        \#(quiet)}]
      """#,
      "error duplicate-priority", says: "'first' is at /Rules/0"),
    .acl(
      #"""
      "Rules": [{"Name": "a", "Priority": 0, \#(quiet)}, {"Name": ⟦"a"⟧, "Priority": 1, \#(quiet)}]
      """#,
      "error duplicate-rule-name", says: "/Rules/0"),
    .acl(
      #""Rules": [{"Name": "a", "Priority": ⟦-1⟧, \#(quiet)}]"#, "error invalid-priority"),
    .acl(
      #""Rules": [{"Name": "a", "Priority": ⟦2147483648⟧, \#(quiet)}]"#,
      "error invalid-priority"),
    .acl(#""Rules": [{"Name": "a", "Priority": 2147483647, \#(quiet)}]"#),
    .acl(#""Rules": [\#(list(0..<50, reference))]"#),
    .acl(#"⟦"Rules"⟧: [\#(list(0..<51, reference))]"#, "error too-many-references", says: "51"),
    .acl(#""Rules": [\#(list(0..<10) { rateRule($0) })]"#),
    .acl(
      #""Rules": [\#(list(0..<10) { rateRule($0) }), \#(rateRule(10, key: #"⟦"RateBasedStatement"⟧"#))]"#,
      "error too-many-rate-rules", says: "10"),
    .group(
      #""Rules": [\#(list(0..<4) { rateRule($0) }), \#(rateRule(4, key: #"⟦"RateBasedStatement"⟧"#))]"#,
      "error too-many-rate-rules", says: "4"),
    .acl(#""Rules": [\#(list(0..<10) { inserting($0, headers: 0..<10) })]"#),
    .acl(
      #"⟦"Rules"⟧: [\#(list(0..<11) { inserting($0, headers: 0..<10) })]"#,
      "warning too-many-headers", says: "110"),
  ]
}
