extension CheckCase {
  /// Rules by name, each with its members; priorities follow the order.
  private static func rules(_ rules: String...) -> String {
    let list = rules.enumerated().map { index, members in
      #"{"Name": "r\#(index)", "Priority": \#(index), \#(members)}"#
    }
    return #""Rules": [\#(list.joined(separator: ", "))]"#
  }

  private static func adding(_ label: String, _ action: String = "Count") -> String {
    #""Statement": \#(geo), "Action": {"\#(action)": {}}, "RuleLabels": [{"Name": "\#(label)"}]"#
  }

  private static func asking(_ key: String, _ scope: String = "LABEL") -> String {
    #""Action": {"Block": {}}, "Statement": {"LabelMatchStatement": {"Scope": "\#(scope)", "Key": \#(key)}}"#
  }

  private static func running(_ statement: String) -> String {
    #""OverrideAction": {"None": {}}, "Statement": \#(statement)"#
  }

  private static let ownGroup =
    #"{"RuleGroupReferenceStatement": {"ARN": "\#(arn("rulegroup", "g"))"}}"#
  private static let never = "warning label-never-added"

  static let linter: [CheckCase] = labelFlow + reachability

  private static let labelFlow: [CheckCase] = [
    .acl(rules(adding("n:a"), asking(#""n:a""#))),
    .acl(rules(adding("m:n:a"), asking(#""n:a""#))),
    .acl(rules(adding("n:a"), asking(#""n:""#, "NAMESPACE"))),
    .acl(rules(adding("m:n:a"), asking(#""n:""#, "NAMESPACE"))),
    .acl(rules(adding("n:a"), asking(#"⟦"n:b"⟧"#)), never, says: "n:a"),
    .acl(rules(adding("n:a"), asking(#"⟦"a:"⟧"#, "NAMESPACE")), never),
    .acl(rules(asking(#"⟦"n:a"⟧"#), adding("n:a")), never),
    .acl(rules(adding("n:a", "Block"), asking(#"⟦"n:a"⟧"#)), never, says: "ends the evaluation"),
    .acl(rules(adding("n:a", "Captcha"), asking(#""n:a""#))),
    // The labels of groups need their full names.
    .acl(rules(running(ownGroup), asking(#"⟦"n:a"⟧"#)), never),
    .acl(rules(running(ownGroup), asking(#""awswaf:111122223333:rulegroup:g:n:a""#))),
    .acl(
      rules(running(ownGroup), asking(#"⟦"awswaf:111122223333:rulegroup:h:n:a"⟧"#)), never,
      says: "'h'"),
    .acl(#""Name": "w", "# + rules(adding("a"), asking(#""awswaf:1:webacl:w:a""#))),
    .acl(#""Name": "w", "# + rules(adding("a"), asking(#"⟦"awswaf:1:webacl:w:b"⟧"#)), never),
    .acl(
      #""Name": "w", "# + rules(adding("n:a"), asking(#""awswaf:1:webacl:w:n:""#, "NAMESPACE"))),
    .acl(
      #""Name": "w", "# + rules(adding("a"), asking(#"⟦"awswaf:1:webacl:v:a"⟧"#)), never,
      says: "another web ACL"),
    .acl(
      rules(running(managedGroup), asking(#""awswaf:managed:aws:core-rule-set:X""#))),
    .acl(rules(asking(#"⟦"awswaf:managed:aws:core-rule-set:X"⟧"#)), never),
    .acl(
      rules(
        #""Statement": \#(geo), "Action": {"Count": {}}"#,
        asking(#""awswaf:clientip:geo:country:DE""#))),
    .acl(rules(asking(#"⟦"awswaf:clientip:geo:country:DE"⟧"#)), never),
    .acl(
      rules(
        #""Statement": \#(geo), "Action": {"Count": {}}"#,
        asking(#"⟦"awswaf:forwardedip:geo:country:DE"⟧"#)), never),
    .group(rules(adding("n:a", "Block"), asking(#""n:a""#))),
    .group(rules(asking(#"⟦"n:a"⟧"#)), never, says: "rule group's rules"),
    .group(rules(asking(#""awswaf:managed:aws:core-rule-set:X""#))),
  ]

  private static func path(
    _ constraint: String, _ search: String = "/", types: [String] = ["NONE"]
  ) -> String {
    #"{"ByteMatchStatement": {"SearchString": "\#(search)", "PositionalConstraint": "#
      + #""\#(constraint)", "FieldToMatch": {"UriPath": {}}, "TextTransformations": "#
      + #"\#(transformations(types))}}"#
  }

  private static func size(_ comparison: String, _ size: Int) -> String {
    #"{"SizeConstraintStatement": {"ComparisonOperator": "\#(comparison)", "Size": \#(size), "#
      + #""FieldToMatch": {"UriPath": {}}, "TextTransformations": \#(none)}}"#
  }

  private static func ending(_ statement: String, _ action: String = "Block") -> String {
    #""Action": {"\#(action)": {}}, "Statement": \#(statement)"#
  }

  private static let last = ending(geo)
  private static let unreachable = "warning unreachable-rules"

  private static let reachability: [CheckCase] = [
    .acl(
      rules(ending("⟦\(path("STARTS_WITH"))⟧"), last, last), unreachable, says: "'r1', 'r2'"),
    .acl(rules(last, ending(path("STARTS_WITH")))),
    .acl(rules(ending(path("STARTS_WITH"), "Count"), last)),
    .acl(rules(ending(path("STARTS_WITH"), "Captcha"), last)),
    .acl(rules(ending(path("STARTS_WITH", types: ["MD5"])), last)),
    .acl(rules(ending(path("STARTS_WITH", "/a")), last)),
    .acl(rules(ending("⟦\(size("GE", 1))⟧", "Allow"), last), unreachable),
    .acl(rules(ending(size("GE", 2)), last)),
    .acl(
      rules(ending(#"⟦{"NotStatement": {"Statement": \#(size("LE", -1))}}⟧"#), last)
        .replacing(#""Size": -1"#, with: #""Size": ⟦-1⟧"#),
      unreachable, "error invalid-size"),
    .acl(
      rules(
        ending(
          #"⟦{"OrStatement": {"Statements": [\#(geo), {"RegexMatchStatement": {"RegexString": ⟦".*"⟧, "FieldToMatch": {"Method": {}}, "TextTransformations": \#(none)}}]}}⟧"#
        ), last), unreachable, "warning uncertain-regex"),
    .acl(
      rules(
        ending(#"{"AndStatement": {"Statements": [\#(geo), \#(size("GT", 0))]}}"#), last)),
  ]
}
