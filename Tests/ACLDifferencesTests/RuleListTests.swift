import Findings
import Testing

/// Rules that come, go, move and get other names.
@Suite struct RuleListTests {
  typealias S = Samples

  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var old: String
    var new: String
    var lines: [String]

    init(_ description: String, _ old: String, _ new: String, _ lines: String...) {
      testDescription = description
      self.old = old
      self.new = new
      self.lines = lines
    }
  }

  static let cases: [Case] = [
    Case(
      "added", S.acl(S.rule("a")), S.acl(S.rule("a"), S.rule("b", 1, S.bytes("/x"))),
      #"added rule "b": ByteMatchStatement {SearchString: "/x", FieldToMatch: UriPath, "#
        + "TextTransformations: [NONE], PositionalConstraint: CONTAINS}, Block"),
    Case(
      "removed", S.acl(S.rule("a"), S.rule("b", 1, S.group(), action: S.noOverride)),
      S.acl(S.rule("a")),
      #"removed rule "b": managed rule group AWSManagedRulesCommonRuleSet, OverrideAction None"#),
    Case(
      "renamed, with its metric", S.acl(S.rule("a", and: S.metric("a"))),
      S.acl(S.rule("z", and: S.metric("z"))),
      #"renamed rule "z": was "a""#,
      #"changed rule "z": VisibilityConfig.MetricName: "a" → "z" (metrics and samples only)"#),
    Case(
      "another name and another content is another rule", S.acl(S.rule("a")),
      S.acl(S.rule("b", 0, S.geo(#""DE""#))),
      #"added rule "b": GeoMatchStatement {CountryCodes: [DE]}, Block"#,
      #"removed rule "a": GeoMatchStatement {CountryCodes: [US]}, Block"#),
    Case(
      "numbers that leave the order alone", S.acl(S.rule("a", 0), S.rule("b", 1)),
      S.acl(S.rule("a", 10), S.rule("b", 200))),
    Case(
      "another order in the document", S.acl(S.rule("a", 0), S.rule("b", 1)),
      S.acl(S.rule("b", 1), S.rule("a", 0))),
    Case(
      "the last one comes first",
      S.acl(S.rule("a", 0), S.rule("b", 1), S.rule("c", 2)),
      S.acl(S.rule("a", 1), S.rule("b", 2), S.rule("c", 0)),
      #"moved rule "c": now first, was after "b""#),
    Case(
      "the first one comes last",
      S.acl(S.rule("a", 0), S.rule("b", 1), S.rule("c", 2)),
      S.acl(S.rule("a", 9), S.rule("b", 1), S.rule("c", 2)),
      #"moved rule "a": now after "c", was first"#),
    Case(
      "what comes between moves nothing", S.acl(S.rule("a", 0), S.rule("b", 1)),
      S.acl(S.rule("a", 0), S.rule("n", 1, S.geo(#""DE""#)), S.rule("b", 2)),
      #"added rule "n": GeoMatchStatement {CountryCodes: [DE]}, Block"#),
    Case(
      "what goes from between moves nothing",
      S.acl(S.rule("a", 0), S.rule("n", 1, S.geo(#""DE""#)), S.rule("b", 2)),
      S.acl(S.rule("a", 0), S.rule("b", 1)),
      #"removed rule "n": GeoMatchStatement {CountryCodes: [DE]}, Block"#),
    Case(
      "moved and changed", S.acl(S.rule("a", 0), S.rule("b", 1)),
      S.acl(S.rule("a", 2, action: #""Action": {"Count": {}}"#), S.rule("b", 1)),
      #"moved rule "a": now after "b", was first"#, #"changed rule "a": Action: Block → Count"#),
    Case(
      "moved and renamed", S.acl(S.rule("a", 0), S.rule("b", 1, S.geo(#""DE""#))),
      S.acl(S.rule("z", 2), S.rule("b", 1, S.geo(#""DE""#))),
      #"renamed rule "z": was "a""#, #"moved rule "z": now after "b", was first"#),
    Case(
      "names with escape sequences", S.acl(), S.acl(S.rule("a\\u001b[2J")),
      #"added rule "a\u{1B}[2J": GeoMatchStatement {CountryCodes: [US]}, Block"#),
  ]

  @Test(arguments: cases) func changes(_ test: Case) throws {
    let found = try lines(test.old, test.new)
    #expect(found == test.lines)
    #expect(try lines(test.old, test.old) == [])
    #expect(try lines(test.new, test.new) == [])
  }

  @Test func firewallManagerGroups() throws {
    func acl(_ groups: String) -> String {
      S.acl(with: #""PreProcessFirewallManagerRuleGroups": [\#(groups)],"#)
    }
    func group(_ name: String, _ priority: Int, _ members: String = "") -> String {
      #"{"Name": "\#(name)", "Priority": \#(priority), "FirewallManagerStatement": "#
        + S.group(members) + "," + S.noOverride + S.metric("m") + "}"
    }
    #expect(
      try lines(acl(group("a", 0) + "," + group("b", 1)), acl(group("a", 7) + "," + group("b", 9)))
        == [])
    #expect(
      try lines(acl(group("a", 0)), acl(group("a", 0, #", "ExcludedRules": [{"Name": "X"}]"#))) == [
        #"changed Firewall Manager rule group "a": RuleActionOverrides: X: its own action → Count"#
      ])
    #expect(
      try lines(acl(group("a", 0)), acl("")) == [
        #"removed Firewall Manager rule group "a": managed rule group "#
          + "AWSManagedRulesCommonRuleSet, OverrideAction None"
      ])
  }

  /// Rules in the new document, what is gone in the old one.
  @Test func locations() throws {
    let old = S.acl("\n" + S.rule("a"), "\n" + S.rule("gone", 1, S.geo(#""FR""#)))
    let new = S.acl(
      "\n\n" + S.rule("new", 5, S.geo(#""DE""#)),
      "\n  " + S.rule("a", action: #""Action": {"Count": {}}"#))
    let changes = try compared(loaded(old, file: "old.json"), loaded(new, file: "new.json"))
    let places = changes.map { change in
      let place = change.location
      return "\(change.rule) \(place?.file ?? "-"):\(place?.line ?? 0):\(place?.column ?? 0)"
    }
    #expect(places == ["a new.json:4:3", "new new.json:3:1", "gone old.json:3:1"])
  }
}
