import Diagnostics
import DocumentTree
import Testing
import WAFModel

private let none = #"[{"Priority": 0, "Type": "NONE"}]"#
private let geo = #"{"GeoMatchStatement": {"CountryCodes": ["DE"]}}"#
private let managed = #"{"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "X"}}"#

/// A rule of a web ACL and what the checks say about it.
struct CheckCase: CustomTestStringConvertible {
  var members: String
  var found: [String]
  var testDescription: String { members }

  init(_ members: String, _ found: String...) {
    self.members = members
    self.found = found
  }

  /// A rule with an action and a statement.
  static func statement(_ statement: String, _ found: String...) -> CheckCase {
    var test = CheckCase(#""Statement": \#(statement), "Action": {"Count": {}}"#)
    test.found = found
    return test
  }

  /// A rule with a byte match statement.
  static func bytes(
    _ search: String, constraint: String = "CONTAINS", types: [String] = ["NONE"],
    field: String = #"{"UriPath": {}}"#, _ found: String...
  ) -> CheckCase {
    let list = types.enumerated().map { #"{"Priority": \#($0), "Type": "\#($1)"}"# }
    var test = CheckCase(
      #"""
      "Action": {"Count": {}}, "Statement": {"ByteMatchStatement": {
        "SearchString": "\#(search)", "PositionalConstraint": "\#(constraint)",
        "FieldToMatch": \#(field), "TextTransformations": [\#(list.joined(separator: ", "))]}}
      """#)
    test.found = found
    return test
  }
}

private let byteMatch = "/Rules/0/Statement/ByteMatchStatement"

@Suite struct CheckTests {
  private func check(_ test: CheckCase) throws -> [String] {
    let text = #"""
      {"DefaultAction": {"Allow": {}}, "CustomResponseBodies": {"sorry": {"ContentType":
        "TEXT_PLAIN", "Content": ""}}, "Rules": [{"Name": "rule", "Priority": 0, \#(test.members)}]}
      """#
    let (acl, diagnostics) = try read(WebACL.self, text, .plainSearchStrings)
    try #require(!diagnostics.containsError, "\(diagnostics)")
    return summary(try Located(value: #require(acl), file: "f").check())
  }

  @Test(arguments: [
    CheckCase(#""Statement": \#(geo), "Action": {"Block": {}}"#),
    CheckCase(#""Statement": \#(managed), "OverrideAction": {"None": {}}"#),
    CheckCase(#""Statement": \#(geo)"#, "error missing-action /Rules/0"),
    CheckCase(#""Statement": \#(managed)"#, "error missing-action /Rules/0"),
    CheckCase(
      #""Statement": \#(geo), "Action": {"Block": {}}, "OverrideAction": {"None": {}}"#,
      "error conflicting-actions /Rules/0"),
    CheckCase(
      #""Statement": \#(geo), "OverrideAction": {"None": {}}"#,
      "error misplaced-override-action /Rules/0/OverrideAction (key)"),
    CheckCase(
      #""Statement": \#(managed), "Action": {"Block": {}}"#,
      "error misplaced-action /Rules/0/Action (key)"),
    CheckCase(
      #""Statement": \#(managed), "OverrideAction": {"None": {}}, "RuleLabels": [{"Name": "a"}]"#,
      "error misplaced-labels /Rules/0/RuleLabels (key)"),
    CheckCase(
      #""Statement": \#(geo), "Action": {"Block": {}}, "RuleLabels": [{"Name": "a:aws:b"}]"#,
      "error reserved-label /Rules/0/RuleLabels/0/Name"),
    CheckCase(
      #""Statement": \#(geo), "Action": {"Block": {}}, "RuleLabels": [{"Name": "awsome:waf-1"}]"#),
    CheckCase(
      #""Statement": \#(geo), "Action": {"Block": {}}, "RuleLabels": [{"Name": "a b"}]"#,
      "error invalid-label /Rules/0/RuleLabels/0/Name"),
    CheckCase(
      #""Statement": \#(geo), "Action": {"Block": {}}, "RuleLabels": [{"Name": "a::b"}]"#,
      "error invalid-label /Rules/0/RuleLabels/0/Name"),
    CheckCase(
      #""Statement": \#(geo), "Action": {"Block": {}}, "RuleLabels": [{"Name": "a:b:c:d:e:f"}]"#),
    CheckCase(
      #""Statement": \#(geo), "Action": {"Block": {}}, "RuleLabels": [{"Name": "a:b:c:d:e:f:g"}]"#,
      "error invalid-label /Rules/0/RuleLabels/0/Name"),
    CheckCase(
      #""Statement": \#(geo), "Action": {"Block": {"CustomResponse": {"ResponseCode": 600}}}"#,
      "error invalid-response-code /Rules/0/Action/Block/CustomResponse/ResponseCode"),
    CheckCase(
      #""Statement": \#(geo), "Action": {"Block": {"CustomResponse": {"ResponseCode": 200, "CustomResponseBodyKey": "sory"}}}"#,
      "error unknown-response-body /Rules/0/Action/Block/CustomResponse/CustomResponseBodyKey"
        + " -> sorry"),
    CheckCase(
      #""Statement": \#(geo), "Action": {"Block": {"CustomResponse": {"ResponseCode": 200, "ResponseHeaders": [{"Name": "Content-Type", "Value": "x"}]}}}"#,
      "error invalid-response-header "
        + "/Rules/0/Action/Block/CustomResponse/ResponseHeaders/0/Name"),
  ])
  func rules(_ test: CheckCase) throws {
    #expect(try check(test) == test.found)
  }

  @Test(arguments: [
    CheckCase.statement(#"{"AndStatement": {"Statements": [\#(geo), \#(geo)]}}"#),
    .statement(
      #"{"AndStatement": {"Statements": []}}"#,
      "error empty-statement-list /Rules/0/Statement/AndStatement/Statements"),
    .statement(
      #"{"OrStatement": {"Statements": [\#(geo)]}}"#,
      "warning single-nested-statement /Rules/0/Statement/OrStatement/Statements"),
    .statement(
      #"{"NotStatement": {"Statement": \#(managed)}}"#,
      "error nested-rule-group "
        + "/Rules/0/Statement/NotStatement/Statement/ManagedRuleGroupStatement (key)"),
    .statement(
      #"{"GeoMatchStatement": {"CountryCodes": ["de", "UK", "Germany", "XK"]}}"#,
      "error invalid-country-code /Rules/0/Statement/GeoMatchStatement/CountryCodes/0 -> DE",
      "error invalid-country-code /Rules/0/Statement/GeoMatchStatement/CountryCodes/1 -> GB",
      "error invalid-country-code /Rules/0/Statement/GeoMatchStatement/CountryCodes/2"),
    .statement(
      #"{"GeoMatchStatement": {"CountryCodes": []}}"#,
      "error missing-country /Rules/0/Statement/GeoMatchStatement/CountryCodes"),
    .statement(
      #"{"LabelMatchStatement": {"Scope": "LABEL", "Key": "a:"}}"#,
      "warning label-never-matches /Rules/0/Statement/LabelMatchStatement/Key"),
    .statement(
      #"{"LabelMatchStatement": {"Scope": "NAMESPACE", "Key": "a"}}"#,
      "warning namespace-without-colon /Rules/0/Statement/LabelMatchStatement/Key -> a:"),
    .statement(
      #"{"LabelMatchStatement": {"Scope": "LABEL", "Key": "awswaf:managed:aws:x y"}}"#,
      "error invalid-label /Rules/0/Statement/LabelMatchStatement/Key"),
    .statement(#"{"LabelMatchStatement": {"Scope": "LABEL", "Key": "awswaf:managed:aws:x"}}"#),
    .statement(
      #"""
      {"SizeConstraintStatement": {"Size": -1, "ComparisonOperator": "GT", "FieldToMatch":
        {"SingleHeader": {"Name": " "}}, "TextTransformations": []}}
      """#,
      "error invalid-name "
        + "/Rules/0/Statement/SizeConstraintStatement/FieldToMatch/SingleHeader/Name",
      "error missing-transformation "
        + "/Rules/0/Statement/SizeConstraintStatement/TextTransformations",
      "error invalid-size /Rules/0/Statement/SizeConstraintStatement/Size"),
  ])
  func statements(_ test: CheckCase) throws {
    #expect(try check(test) == test.found)
  }

  @Test(arguments: [
    CheckCase.bytes("/admin"),
    .bytes(String(repeating: "a", count: 200)),
    .bytes(
      String(repeating: "a", count: 201),
      "error search-string-too-long \(byteMatch)/SearchString"),
    .bytes("", "warning empty-search-string \(byteMatch)/SearchString"),
    .bytes("bad_Bot1", constraint: "CONTAINS_WORD"),
    .bytes(
      "bad-bot", constraint: "CONTAINS_WORD", "error invalid-word \(byteMatch)/SearchString"),
    .bytes("Admin"),
    .bytes(
      "Admin", types: ["URL_DECODE", "LOWERCASE"],
      "warning search-string-never-matches \(byteMatch)/SearchString"),
    .bytes("Admin", types: ["LOWERCASE", "URL_DECODE"]),
    .bytes(
      "Admin", types: ["LOWERCASE", "REMOVE_NULLS"],
      "warning search-string-never-matches \(byteMatch)/SearchString"),
    .bytes("a", types: Array(repeating: "NONE", count: 10)),
    .bytes(
      "a", types: Array(repeating: "NONE", count: 11),
      "error too-many-transformations \(byteMatch)/TextTransformations"),
    .bytes(
      "a", field: #"{"SingleQueryArgument": {"Name": "\#(String(repeating: "n", count: 65))"}}"#,
      "error name-too-long \(byteMatch)/FieldToMatch/SingleQueryArgument/Name"),
    .bytes(
      "a",
      field: #"""
        {"Cookies": {"MatchPattern": {"IncludedCookies": []}, "MatchScope": "ALL",
          "OversizeHandling": "MATCH"}}
        """#,
      "error invalid-cookie-list \(byteMatch)/FieldToMatch/Cookies/MatchPattern/IncludedCookies"),
  ])
  func components(_ test: CheckCase) throws {
    #expect(try check(test) == test.found)
  }

  @Test func duplicateTransformationPriorities() throws {
    let test = CheckCase.statement(
      #"""
      {"RegexMatchStatement": {"RegexString": "a", "FieldToMatch": {"Method": {}},
        "TextTransformations": [{"Priority": 1, "Type": "NONE"}, {"Priority": 1, "Type": "NONE"}]}}
      """#)
    #expect(
      try check(test) == [
        "error duplicate-priority "
          + "/Rules/0/Statement/RegexMatchStatement/TextTransformations/1/Priority"
      ])
  }

  @Test(
    arguments: [
      (0, "error invalid-regex"), (200, nil), (201, "warning regex-too-long"),
      (512, "warning regex-too-long"), (513, "error regex-too-long"),
    ] as [(Int, String?)])
  func regexLength(_ length: Int, _ found: String?) throws {
    let test = CheckCase.statement(
      #"""
      {"RegexMatchStatement": {"RegexString": "\#(String(repeating: "a", count: length))",
        "FieldToMatch": {"Method": {}}, "TextTransformations": \#(none)}}
      """#)
    let pointer = "/Rules/0/Statement/RegexMatchStatement/RegexString"
    #expect(try check(test) == (found.map { ["\($0) \(pointer)"] } ?? []))
  }

  @Test(arguments: [(100, 0), (101, 1)])
  func overrideLimit(_ count: Int, _ errors: Int) throws {
    let overrides = (0..<count).map {
      RuleActionOverride(name: "r\($0)", actionToUse: .count(CountAction()))
    }
    let group = ManagedRuleGroupStatement(
      vendorName: "AWS", name: "X", ruleActionOverrides: overrides)
    let rule = Rule(
      name: "r", priority: 0, statement: .managedRuleGroup(group),
      overrideAction: OverrideAction.none)
    let acl = WebACL(defaultAction: .allow(AllowAction()), rules: [rule])
    let found = Located(value: acl, file: "f").check()
    #expect(found.count(where: { $0.code == "too-many-overrides" }) == errors)
    #expect(found.count == errors)
  }

  @Test func ruleGroupsContainNoGroups() throws {
    let (group, _) = try read(
      RuleGroup.self,
      #"""
      {"Rules": [{"Name": "a", "Priority": 0, "Statement": \#(managed),
        "OverrideAction": {"None": {}}}]}
      """#)
    let found = Located(
      value: try #require(group), file: "f", pointer: JSONPointer(["RuleGroup"])
    ).check()
    #expect(
      summary(found) == [
        "error rule-group-in-rule-group "
          + "/RuleGroup/Rules/0/Statement/ManagedRuleGroupStatement (key)"
      ])
  }

  @Test func bodyLimitsOfOtherResources() throws {
    let (acl, _) = try read(
      WebACL.self,
      #"""
      {"DefaultAction": {"Allow": {}}, "AssociationConfig": {"RequestBody":
        {"CLOUDFRNT": "KB_16", "APPLICATION_LOAD_BALANCER": "KB_16"}}}
      """#)
    #expect(
      summary(Located(value: try #require(acl), file: "f").check()) == [
        "error unknown-resource-type "
          + "/AssociationConfig/RequestBody/APPLICATION_LOAD_BALANCER (key)",
        "error unknown-resource-type /AssociationConfig/RequestBody/CLOUDFRNT (key) -> CLOUDFRONT",
      ])
  }

  @Test func setsHaveLimits() {
    let addresses = IPSet(
      ipAddressVersion: .ipv4, addresses: Array(repeating: "192.0.2.0/24", count: 10_001))
    #expect(
      summary(Located(value: addresses, file: "f").check())
        == ["error too-many-addresses /Addresses"])
    let patterns = RegexPatternSet(
      regularExpressionList: Array(repeating: "a", count: 10) + [""])
    #expect(
      summary(Located(value: patterns, file: "f").check()) == [
        "warning too-many-patterns /RegularExpressionList",
        "error invalid-regex /RegularExpressionList/10",
      ])
  }
}
