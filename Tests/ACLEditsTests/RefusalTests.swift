import ACLEdits
import Diagnostics
import Testing

/// What is wrong with an edit, and where.
@Suite struct RefusalTests {
  static let document = #"""
    {
      "DefaultAction": {"Allow": {}},
      "PreProcessFirewallManagerRuleGroups": [{"Name": "PREFMManaged-1"}],
      "Rules": [
        {
          "Name": "common",
          "Priority": 0,
          "Statement": {"ManagedRuleGroupStatement": {
            "VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet"}},
          "OverrideAction": {"None": {}}
        },
        {
          "Name": "common-api",
          "Priority": 1,
          "Statement": {"ManagedRuleGroupStatement": {
            "VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet"}},
          "OverrideAction": {"None": {}}
        },
        {
          "Name": "own",
          "Priority": 2,
          "Statement": {"RuleGroupReferenceStatement": {"ARN": "\#(Trial.ownGroup)"}},
          "OverrideAction": {"None": {}}
        },
        {
          "Name": "foreign",
          "Priority": 3,
          "Statement": {"ManagedRuleGroupStatement": {"VendorName": "Acme", "Name": "Rules"}},
          "OverrideAction": {"None": {}}
        },
        {
          "Name": "geo",
          "Priority": "10",
          "Statement": {"GeoMatchStatement": {"CountryCodes": ["NO"]}},
          "Action": {"Block": {}}
        }
      ]
    }
    """#

  struct Case: CustomTestStringConvertible {
    var edits: [String]
    /// The first line of what is printed.
    var head: String
    /// More that is printed.
    var more: [String] = []
    var testDescription: String { edits.joined(separator: " ") }

    init(_ edits: String..., head: String, _ more: String...) {
      self.edits = edits
      self.head = head
      self.more = more
    }
  }

  @Test(arguments: [
    Case(
      "--set goe=count",
      head: "acl.json:32:15: error[unknown-rule]: --set goe=count: the web ACL has no rule 'goe'",
      "did you mean 'geo'?"),
    Case(
      "--remove nothing-like-it",
      head:
        "acl.json:4:3: error[unknown-rule]: --remove nothing-like-it: the web ACL has no rule "
        + "'nothing-like-it'"),
    Case(
      "--exclude quite-unknown",
      head:
        "acl.json:4:3: error[unknown-rule]: --exclude quite-unknown: the web ACL has no rule "
        + "'quite-unknown'",
      "note: the rules of 'foreign' are not known here; say foreign/RULE"),
    Case(
      "--exclude deny-lst",
      head:
        "acl.json:20:15: error[unknown-rule]: --exclude deny-lst: the web ACL has no rule 'deny-lst'",
      "did you mean 'deny-list'?"),
    Case(
      "--exclude own/deny-lst",
      head:
        "acl.json:20:15: error[unknown-rule]: --exclude own/deny-lst: the group of 'own' has no rule "
        + "'deny-lst'", "did you mean 'deny-list'?"),
    Case(
      "--exclude shop-group/xyz",
      head:
        "acl.json:20:15: error[unknown-rule]: --exclude shop-group/xyz: the group of 'own' has no "
        + "rule 'xyz'", "note: its rules are deny-list, allow-list"),
    Case(
      "--exclude own/deny-list_RC_COUNT",
      head:
        "acl.json:20:15: error[unknown-rule]: --exclude own/deny-list_RC_COUNT: the group of 'own' "
        + "has no rule 'deny-list_RC_COUNT'"),
    Case(
      "--exclude own/",
      head: "acl.json:20:15: error[unknown-rule]: --exclude own/: a rule of 'own' is to be named",
      "deny-list, allow-list"),
    Case(
      "--exclude comon-api/NoUserAgent_HEADER",
      head:
        "acl.json:13:15: error[unknown-rule]: --exclude comon-api/NoUserAgent_HEADER: the web ACL "
        + "has no rule group 'comon-api'", "did you mean 'common-api'?"),
    Case(
      "--exclude geo/x",
      head:
        "acl.json:32:15: error[not-a-rule-group]: --exclude geo/x: 'geo' is no rule group, it has "
        + "no rules inside"),
    Case(
      "--exclude NoUserAgent_HEADER",
      head:
        "acl.json:4:3: error[ambiguous-rule]: --exclude NoUserAgent_HEADER: 'NoUserAgent_HEADER' is "
        + "in several rules of the web ACL",
      "note: say which: common/NoUserAgent_HEADER, common-api/NoUserAgent_HEADER"),
    Case(
      "--set AWSManagedRulesCommonRuleSet/NoUserAgent_HEADER=block",
      head: "acl.json:4:3: error[ambiguous-rule]: --set AWSManaged",
      "note: say which: common/NoUserAgent_HEADER, common-api/NoUserAgent_HEADER"),
    Case(
      "--set common=block",
      head:
        "acl.json:6:15: error[invalid-action]: --set common=block: 'common' refers to a rule group: "
        + "its override is count or none",
      "note: --set 'common/RULE=block' sets one of the group's rules"),
    Case(
      "--set geo=none",
      head:
        "acl.json:32:15: error[invalid-action]: --set geo=none: 'geo' has an action of its own, not "
        + "an override",
      "note: --remove 'geo' takes the rule out, --set 'geo=count' lets it count"),
    Case(
      "--remove common/NoUserAgent_HEADER",
      head:
        "acl.json:6:15: error[invalid-removal]: --remove common/NoUserAgent_HEADER: "
        + "'common/NoUserAgent_HEADER' is a rule inside a group",
      "taken out with --exclude 'common/NoUserAgent_HEADER'; --remove 'common' takes the whole"),
    Case(
      "--set PREFMManaged-1=count",
      head:
        "acl.json:1:1: error[unknown-rule]: --set PREFMManaged-1=count: the rule 'PREFMManaged-1' "
        + "belongs to Firewall Manager", "only its administrator can change it"),
    Case(
      "--add-rule rule.json@10",
      head:
        "acl.json:33:19: error[duplicate-priority]: --add-rule rule.json@10: the rule 'geo' has the "
        + "priority 10 already", "note: the next free priority is 11"),
    Case(
      "--add-rule rule.json@1", head: "acl.json:14:19: error[duplicate-priority]",
      "note: the next free priority is 4"),
    Case(
      "--add-rule geo.json@20",
      head:
        "acl.json:32:15: error[duplicate-rule-name]: --add-rule geo.json@20: the web ACL has a rule "
        + "'geo' already", "note: --remove 'geo' before it takes the other one out"),
    Case(
      "--add-rule missing/file.json@20",
      head: "missing/file.json: error[unreadable-file]: the file can't be read"),
    // Places are those of the document before all edits.
    Case(
      "--remove common", "--exclude common-api/NoUserAgent_HEADER", "--set geo=none",
      head: "acl.json:32:15: error[invalid-action]"),
    Case(
      "--add-rule rule.json@5", "--add-rule geo.json@20",
      head: "acl.json:32:15: error[duplicate-rule-name]"),
    Case(
      "--add-rule rule.json@5", "--set new=none", head: "acl.json:30:6: error[invalid-action]"),
  ])
  func refused(_ test: Case) throws {
    let rule =
      #"{"Name": "new", "Statement": {"GeoMatchStatement": {"CountryCodes": ["DE"]}}, "Action": {"Block": {}}, "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "MetricName": "m"}}"#
    let trial = Trial(
      document: Self.document,
      files: ["rule.json": rule, "geo.json": rule.replacing(#""new""#, with: #""geo""#)])
    let refusal = try trial.refusal(test.edits)
    #expect(refusal.hasPrefix(test.head), "\(refusal)")
    for more in test.more { #expect(refusal.contains(more), "\(refusal)") }
  }

  /// A refused edit leaves the document as it was.
  @Test func nothingIsHalfDone() throws {
    var editor = try Trial(document: Self.document).editor()
    try editor.apply(try edit(typed: "--set geo=count"))
    let bytes = editor.bytes
    #expect(throws: Diagnostic.self) { try editor.apply(try edit(typed: "--set geo=none")) }
    #expect(editor.bytes == bytes)
    #expect(editor.changes.count == 1)
  }

  @Test(arguments: [
    ("acl.json", "{\"Rules\": [}", "acl.json:1:12: error[syntax]"),
    ("acl.yaml", "a: [1", "error[syntax]"),
    ("acl", "DefaultAction: {Allow: {}}\nRules: [", "error[syntax]"),
    ("acl.json", "{}", "acl.json:1:1: error[not-a-web-acl]"),
    ("acl.json", "3", "error[not-a-web-acl]"),
    ("acl.json", #"{"Rules": {"CheckBootstrapVersion": {}}, "Resources": {}}"#, "not-a-web-acl"),
    ("acl.json", #"{"GeoMatchStatement": {"CountryCodes": ["NO"]}}"#, "not-a-web-acl"),
  ])
  func noDocument(_ file: String, _ text: String, _ head: String) throws {
    let error = try #require(throws: Diagnostic.self) {
      try Trial(document: text, file: file).editor()
    }
    var sources = SourceMap()
    sources.add(file: file, bytes: Array(text.utf8)) { _ in .init(value: 0..<1) }
    #expect(sources.render(error).contains(head))
  }

  @Test(arguments: [
    (#"[{"Name": "a"}]"#, "--default-action block", "error[invalid-action]"),
    (
      #"{"RuleGroup": {"Capacity": 1, "Rules": []}}"#, "--default-action block", "no default action"
    ),
    (#"[{"Name": "a"}]"#, "--remove a", "error[invalid-removal]"),
    (#"{"Name": "a", "Statement": {}, "Action": {"Block": {}}}"#, "--remove a", "invalid-removal"),
    (
      #"{"Name": "a", "Statement": {}, "Action": {"Block": {}}}"#, "--add-rule r.json@1",
      "error[invalid-addition]"
    ),
  ])
  func lessThanAWebACL(_ document: String, _ typed: String, _ error: String) throws {
    #expect(try Trial(document: document).refusal([typed]).contains(error))
  }

  @Test func whatIsNotKnownIsTold() throws {
    let trial = Trial(document: Self.document)
    let editor = try trial.edited(["--exclude foreign/Whatever", "--set geo=block"])
    #expect(
      editor.warnings.map(editor.sources.render).map { $0.prefix { $0 != "\n" } } == [
        "acl.json:28:50: warning[unchecked-rule-name]: whether the group of 'foreign' has a rule "
          + "'Whatever' is not known",
        "acl.json:35:17: warning[edit-without-effect]: --set geo=block changes nothing: it is so "
          + "already",
      ])
  }

  @Test func whatWasDone() throws {
    let trial = Trial(document: Self.document)
    let editor = try trial.edited([
      "--exclude shop-group/deny-list", "--set allow-list=block", "--set geo=Count",
      "--default-action BLOCK", "--remove foreign", "--exclude own/deny-list",
    ])
    #expect(
      editor.changes.map(\.text) == [
        "--exclude own/deny-list", "--set own/allow-list=block", "--set geo=count",
        "--default-action BLOCK", "--remove foreign", "--exclude own/deny-list",
      ])
    #expect(
      editor.changes.map(\.effects) == [
        ["'own/deny-list': override (none) -> Count"],
        ["'own/allow-list': override (none) -> Block"], ["the rule 'geo': Action Block -> Count"],
        ["the default action: Allow -> Block"], ["the rule 'foreign' is taken out"], [],
      ])
  }
}
