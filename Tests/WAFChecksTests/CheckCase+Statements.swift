extension CheckCase {
  private static let rate = #"{"Limit": 100, "AggregateKeyType": "IP"}"#

  private static func reference(
    _ container: String, _ statement: String, _ arn: String, _ found: String..., says: String = ""
  ) -> CheckCase {
    var test = acl(
      #"""
      \#(container)"Rules": [{"Name": "a", "Priority": 0, "Action": {"Count": {}}, "Statement":
        {"\#(statement)": {"ARN": \#(arn)}}}]
      """#, says: says)
    test.found = found
    return test
  }

  static let nesting: [CheckCase] = [
    .statement(#"{"AndStatement": {"Statements": [\#(geo), \#(geo)]}}"#),
    .statement(#"{"AndStatement": {"Statements": ⟦[]⟧}}"#, "error empty-statement-list"),
    .statement(
      #"{"OrStatement": {"Statements": ⟦[\#(geo)]⟧}}"#, "warning single-nested-statement"),
    .statement(
      #"{"NotStatement": {"Statement": {⟦"ManagedRuleGroupStatement"⟧: {"VendorName": "AWS", "Name": "X"}}}}"#,
      "error nested-rule-group"),
    .statement(
      #"{"NotStatement": {"Statement": {⟦"RateBasedStatement"⟧: \#(rate)}}}"#,
      "error nested-rate-statement"),
    .rule(
      #"""
      "OverrideAction": {"None": {}}, "Statement": {"ManagedRuleGroupStatement": {"VendorName":
        "AWS", "Name": "X", "ScopeDownStatement": {⟦"RateBasedStatement"⟧: \#(rate)}}}
      """#,
      "error nested-rate-statement", says: "ScopeDownStatement"),
    .rate(
      #"""
      "AggregateKeyType": "IP", "ScopeDownStatement": {"OrStatement": {"Statements": ⟦[]⟧}}
      """#,
      "error empty-statement-list"),
    .group(
      #"""
      "Rules": [{"Name": "a", "Priority": 0, "OverrideAction": {"None": {}}, "Statement":
        {⟦"ManagedRuleGroupStatement"⟧: {"VendorName": "AWS", "Name": "X"}}}]
      """#,
      "error rule-group-in-rule-group"),
    reference("", "IPSetReferenceStatement", #"⟦"office"⟧"#, "warning invalid-arn"),
    reference(
      "", "IPSetReferenceStatement", #"⟦"\#(arn("regexpatternset"))"⟧"#, "error invalid-arn",
      says: "an IP set is expected"),
    reference(
      #""Scope": "CLOUDFRONT", "#, "IPSetReferenceStatement", #"⟦"\#(arn("ipset"))"⟧"#,
      "error scope-mismatch"),
    reference(
      #""Scope": "REGIONAL", "#, "IPSetReferenceStatement",
      #"⟦"\#(arn("ipset", scope: "global"))"⟧"#, "error scope-mismatch"),
    reference(
      #""ARN": "\#(arn("webacl"))", "#, "IPSetReferenceStatement",
      #"⟦"arn:aws:wafv2:eu-west-1:111122223333:regional/ipset/x/0"⟧"#, "error scope-mismatch",
      says: "eu-west-1"),
    reference(
      #""ARN": "\#(arn("webacl"))", "#, "IPSetReferenceStatement", #""\#(arn("ipset"))""#),
    .rule(
      #"""
      "OverrideAction": {"None": {}}, "Statement": {"RuleGroupReferenceStatement":
        {"ARN": ⟦"\#(arn("webacl"))"⟧}}
      """#,
      "error invalid-arn"),
  ]

  static let rates: [CheckCase] = [
    .rate(#""AggregateKeyType": "IP""#),
    .rule(
      #""Action": {⟦"Allow"⟧: {}}, "Statement": {"RateBasedStatement": \#(rate)}"#,
      "error invalid-rate-action"),
    .group(
      #"""
      "Rules": [{"Name": "a", "Priority": 0, "Action": {⟦"Monetize"⟧: {}}, "Statement":
        {"RateBasedStatement": \#(rate)}}]
      """#,
      "error invalid-rate-action", "error missing-monetization-config"),
    .statement(
      #"{"RateBasedStatement": {"Limit": ⟦9⟧, "AggregateKeyType": "IP"}}"#,
      "error invalid-rate-limit"),
    .statement(
      #"{"RateBasedStatement": {"Limit": ⟦2000000001⟧, "AggregateKeyType": "IP"}}"#,
      "error invalid-rate-limit"),
    .statement(#"{"RateBasedStatement": {"Limit": 10, "AggregateKeyType": "IP"}}"#),
    .rate(#""AggregateKeyType": "IP", "EvaluationWindowSec": 600"#),
    .rate(
      #""AggregateKeyType": "IP", "EvaluationWindowSec": ⟦180⟧"#, "error invalid-rate-window",
      says: "120"),
    .rate(#""AggregateKeyType": ⟦"CONSTANT"⟧"#, "error missing-scope-down"),
    .rate(#""AggregateKeyType": "CONSTANT", "ScopeDownStatement": \#(geo)"#),
    .rate(#""AggregateKeyType": ⟦"CUSTOM_KEYS"⟧"#, "error missing-custom-keys"),
    .rate(
      #""AggregateKeyType": "IP", ⟦"CustomKeys"⟧: [{"HTTPMethod": {}}]"#,
      "error misplaced-custom-keys"),
    .rate(
      #"""
      "AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": ⟦[\#(list(0..<6) {
        #"{"Header": {"Name": "h\#($0)", "TextTransformations": \#(none)}}"#
      })]⟧
      """#,
      "error too-many-custom-keys"),
    .rate(
      #""AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": [{⟦"IP"⟧: {}}]"#,
      "error lone-address-key", says: "IP counts"),
    .rate(
      #"""
      "AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": [{⟦"ForwardedIP"⟧: {}}],
        "ForwardedIPConfig": {"HeaderName": "X-Forwarded-For", "FallbackBehavior": "MATCH"}
      """#,
      "error lone-address-key", says: "FORWARDED_IP"),
    .rate(
      #""AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": [{"IP": {}}, {"HTTPMethod": {}}]"#),
    .rate(
      #"""
      "AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": [{"HTTPMethod": {}}, {⟦"HTTPMethod"⟧: {}}]
      """#,
      "error repeated-custom-key"),
    .rate(
      #"""
      "AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": [{"ASN": {}}, {⟦"ASN"⟧: {}}]
      """#,
      "warning repeated-custom-key"),
    .rate(
      #"""
      "AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": [
        {"Cookie": {"Name": "a", "TextTransformations": \#(none)}},
        {"Cookie": {"Name": "b", "TextTransformations": \#(none)}},
        {"QueryArgument": {"Name": ⟦" "⟧, "TextTransformations": ⟦[]⟧}},
        {"UriPath": {"TextTransformations": ⟦[]⟧}}, {"QueryString": {"TextTransformations": ⟦[]⟧}}]
      """#,
      "error invalid-name", "error missing-transformation", "error missing-transformation",
      "error missing-transformation"),
    .rate(
      #""AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": [{"LabelNamespace": {"Namespace": "a:b:"}}]"#
    ),
    .rate(
      #"""
      "AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": [{"LabelNamespace": {"Namespace": ⟦"a:b"⟧}}]
      """#,
      "error invalid-label-namespace", says: "a:b:"),
    .rate(#""AggregateKeyType": ⟦"FORWARDED_IP"⟧"#, "error missing-forwarded-ip-config"),
    .rate(
      #"""
      "AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": [{"HTTPMethod": {}}, {⟦"ForwardedIP"⟧: {}}]
      """#,
      "error missing-forwarded-ip-config"),
    .rate(
      #"""
      "AggregateKeyType": "IP", ⟦"ForwardedIPConfig"⟧: {"HeaderName": "X-Forwarded-For",
        "FallbackBehavior": "MATCH"}
      """#,
      "warning unused-forwarded-ip-config"),
    .rate(
      #"""
      "AggregateKeyType": "FORWARDED_IP", "ForwardedIPConfig": {"HeaderName": ⟦"X Forwarded"⟧,
        "FallbackBehavior": "MATCH"}
      """#,
      "error invalid-header-name"),
    .rate(
      #"""
      "AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": [{"ASN": {}}], "ForwardedIPConfig":
        {"HeaderName": "X-Forwarded-For", "FallbackBehavior": "MATCH"}
      """#),
  ]
}
