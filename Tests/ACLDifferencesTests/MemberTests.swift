import Testing

/// Changes inside rules, member by member, in words.
@Suite struct MemberTests {
  typealias S = Samples

  struct Case: CustomTestStringConvertible {
    var testDescription: String { "\(old) → \(new)" }
    var old: String
    var new: String
    var details: String

    init(_ old: String, _ new: String, _ details: String) {
      self.old = old
      self.new = new
      self.details = details
    }
  }

  /// Statements of one rule.
  static let statements: [Case] = [
    Case(
      S.bytes("/a"), S.bytes("/b"), #"Statement.ByteMatchStatement.SearchString: "/a" → "/b""#),
    Case(
      #"{"NotStatement": {"Statement": \#(S.bytes("/a"))}}"#,
      #"{"NotStatement": {"Statement": \#(S.bytes("/b"))}}"#,
      #"Statement.NotStatement.Statement.ByteMatchStatement.SearchString: "/a" → "/b""#),
    Case(
      S.bytes("/a"), S.bytes("/wA=", key: "SearchStringBase64"),
      #"Statement.ByteMatchStatement.SearchString: "/a" → bytes FF 00"#),
    Case(
      S.bytes("/a"), S.bytes("/a", #"{"SingleHeader": {"Name": "host"}}"#),
      #"Statement.ByteMatchStatement.FieldToMatch: UriPath → SingleHeader {Name: "host"}"#),
    Case(
      S.bytes("/a", #"{"Body": {}}"#), S.bytes("/a", #"{"Body": {"OversizeHandling": "MATCH"}}"#),
      "Statement.ByteMatchStatement.FieldToMatch.Body.OversizeHandling: CONTINUE → MATCH"),
    Case(
      S.bytes("/a"),
      S.bytes(
        "/a", steps: #"{"Priority": 5, "Type": "LOWERCASE"}, {"Priority": 1, "Type": "URL_DECODE"}"#
      ),
      "Statement.ByteMatchStatement.TextTransformations: [NONE] → [URL_DECODE, LOWERCASE]"),
    Case(
      S.geo(#""US", "DE""#), S.geo(#""FR", "US", "GB""#),
      "Statement.GeoMatchStatement.CountryCodes: +2 (FR, GB), -1 (DE)"),
    Case(
      #"{"AsnMatchStatement": {"AsnList": [1, 2, 3, 4, 5, 6, 7]}}"#,
      #"{"AsnMatchStatement": {"AsnList": [7]}}"#,
      "Statement.AsnMatchStatement.AsnList: -6 (1, 2, 3, 4, …)"),
    Case(
      #"{"RegexMatchStatement": {"RegexString": "^/a", "FieldToMatch": {"UriPath": {}}, "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}"#,
      #"{"RegexMatchStatement": {"RegexString": "^/b\\d", "FieldToMatch": {"UriPath": {}}, "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}"#,
      #"Statement.RegexMatchStatement.RegexString: "^/a" → "^/b\d""#),
    Case(
      #"{"AndStatement": {"Statements": [\#(S.bytes("/a")), \#(S.geo())]}}"#,
      #"{"AndStatement": {"Statements": [\#(S.geo()), \#(S.bytes("/b"))]}}"#,
      #"Statement.AndStatement.Statements[1].ByteMatchStatement.SearchString: "/a" → "/b""#),
    Case(
      #"{"OrStatement": {"Statements": [\#(S.bytes("/a")), \#(S.geo())]}}"#,
      #"{"OrStatement": {"Statements": [\#(S.geo()), \#(S.bytes("/a")), \#(S.geo(#""DE""#))]}}"#,
      "Statement.OrStatement.Statements: +1 (GeoMatchStatement {CountryCodes: [DE]})"),
    Case(
      S.geo(), #"{"NotStatement": {"Statement": \#(S.geo())}}"#,
      "Statement: put into NotStatement"),
    Case(
      S.geo(),
      #"{"AndStatement": {"Statements": [\#(S.geo()), {"NotStatement": {"Statement": \#(S.geo(#""DE""#))}}]}}"#,
      "Statement: put into AndStatement with NotStatement {Statement: GeoMatchStatement "
        + "{CountryCodes: [DE]}}"),
    Case(
      #"{"OrStatement": {"Statements": [\#(S.geo()), \#(S.geo(#""DE""#))]}}"#, S.geo(),
      "Statement: taken out of OrStatement with GeoMatchStatement {CountryCodes: [DE]}"),
    Case(
      #"{"RateBasedStatement": {"Limit": 100, "AggregateKeyType": "IP"}}"#,
      #"{"RateBasedStatement": {"Limit": 200, "AggregateKeyType": "IP", "EvaluationWindowSec": 60, "ScopeDownStatement": \#(S.geo())}}"#,
      "Statement.RateBasedStatement.Limit: 100 → 200; "
        + "Statement.RateBasedStatement.EvaluationWindowSec: 300 → 60; "
        + "Statement.RateBasedStatement.ScopeDownStatement: (none) → "
        + "GeoMatchStatement {CountryCodes: [US]}"),
    Case(
      #"{"IPSetReferenceStatement": {"ARN": "arn:aws:wafv2:eu-west-1:1:regional/ipset/a/1"}}"#,
      #"{"IPSetReferenceStatement": {"ARN": "arn:aws:wafv2:eu-west-1:1:regional/ipset/b/2"}}"#,
      #"Statement.IPSetReferenceStatement.ARN: "arn:aws:wafv2:eu-west-1:1:regional/ipset/a/1" → "#
        + #""arn:aws:wafv2:eu-west-1:1:regional/ipset/b/2""#),
    Case(
      S.group(), S.group(#", "Version": "Version_1.0""#),
      #"Statement.ManagedRuleGroupStatement.Version: (none) → "Version_1.0""#),
    Case(
      S.group(
        #", "RuleActionOverrides": [{"Name": "SizeRestrictions_BODY", "ActionToUse": {"Block": {}}}]"#
      ),
      S.group(
        #", "RuleActionOverrides": [{"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": {}}}]"#
      ),
      "RuleActionOverrides: SizeRestrictions_BODY: Block → Count"),
    Case(
      S.group(#", "ExcludedRules": [{"Name": "Priority"}]"#),
      S.group(
        #", "RuleActionOverrides": [{"Name": "GenericLFI_BODY", "ActionToUse": {"Count": {}}}]"#),
      "RuleActionOverrides: Priority: Count → its own action; "
        + "RuleActionOverrides: GenericLFI_BODY: its own action → Count"),
    Case(
      S.group(
        #", "ManagedRuleGroupConfigs": [{"AWSManagedRulesBotControlRuleSet": {"InspectionLevel": "COMMON"}}]"#
      ),
      S.group(
        #", "ManagedRuleGroupConfigs": [{"AWSManagedRulesBotControlRuleSet": {"InspectionLevel": "TARGETED"}}]"#
      ),
      "Statement.ManagedRuleGroupStatement.ManagedRuleGroupConfigs."
        + "AWSManagedRulesBotControlRuleSet.InspectionLevel: COMMON → TARGETED"),
    Case(
      S.bytes(String(repeating: "a", count: 180) + "b"),
      S.bytes(String(repeating: "a", count: 180) + "c"),
      "Statement.ByteMatchStatement.SearchString: …\(String(repeating: "a", count: 40))b\" → "
        + "…\(String(repeating: "a", count: 40))c\""),
    Case(
      S.bytes("cafe\\u0301"), S.bytes("caf\\u00e9"),
      "Statement.ByteMatchStatement.SearchString: \"cafe\u{301}\" → \"caf\u{E9}\""),
  ]

  @Test(arguments: statements) func statement(_ test: Case) throws {
    func acl(_ statement: String) -> String {
      let isGroup = statement.contains("ManagedRuleGroupStatement")
      return isGroup
        ? S.acl(S.rule("r", 0, statement, action: S.noOverride)) : S.acl(S.rule("r", 0, statement))
    }
    #expect(try lines(acl(test.old), acl(test.new)) == [#"changed rule "r": "# + test.details])
    #expect(try lines(acl(test.new), acl(test.old)).count == 1)
  }

  /// What stands beside the statement.
  static let members: [Case] = [
    Case(#""Action": {"Block": {}}"#, #""Action": {"Count": {}}"#, "Action: Block → Count"),
    Case(
      #""Action": {"Block": {}}"#,
      #""Action": {"Block": {"CustomResponse": {"ResponseCode": 429}}}"#,
      "Action.Block.CustomResponse: (none) → {ResponseCode: 429}"),
    Case(
      #""Action": {"Block": {}}"#,
      #""Action": {"Block": {}}, "RuleLabels": [{"Name": "b"}, {"Name": "a"}]"#,
      #"RuleLabels: +2 ("b", "a")"#),
    Case(
      #""Action": {"Captcha": {}}"#,
      #""Action": {"Captcha": {}}, "CaptchaConfig": {"ImmunityTimeProperty": {"ImmunityTime": 60}}"#,
      "CaptchaConfig.ImmunityTimeProperty: (none) → {ImmunityTime: 60}"),
  ]

  @Test(arguments: members) func member(_ test: Case) throws {
    func acl(_ members: String) -> String { S.acl(S.rule("r", action: members)) }
    #expect(try lines(acl(test.old), acl(test.new)) == [#"changed rule "r": "# + test.details])
  }

  /// Trials of what an element was must not take time that doubles with each level.
  @Test func deepNesting() throws {
    func statement(_ leaf: String, depth: Int) -> String {
      var text = S.bytes(leaf)
      for level in 0..<depth {
        text =
          #"{"AndStatement": {"Statements": [\#(text), {"AndStatement": {"Statements": ["#
          + S.bytes("\(leaf)-\(level)") + "," + S.geo() + "]}}]}}"
      }
      return text
    }
    let found = try lines(
      S.acl(S.rule("r", 0, statement("a", depth: 24))),
      S.acl(S.rule("r", 0, statement("b", depth: 24))))
    #expect(found.count == 1)
    #expect(found.first?.split(separator: ";").count == 25)
  }
}
