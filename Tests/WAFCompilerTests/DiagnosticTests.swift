import Diagnostics
import ManagedRules
import Testing
import WAFCompiler
import WAFEngine
import WAFModel
import WAFProgram
import WAFRequests

/// What the compiler reports, where, and what it makes of it.
struct DiagnosticTests {
  struct Row: CustomTestStringConvertible {
    var name: String
    var rules: [String]
    var bundle = DocumentBundle()
    var catalogue = RulesetCatalogue()
    /// `severity code file#pointer`.
    var found: [String]
    var suggestion: String?
    /// Part of the message.
    var says = ""
    /// What the program calls unknown.
    var unknown: [String] = []
    var testDescription: String { name }
  }

  private static let admin = "AWSManagedRulesAdminProtectionRuleSet"

  private static func overriding(_ name: String, _ action: String = "Count") -> String {
    ", \"RuleActionOverrides\": [{\"Name\": \"\(name)\", \"ActionToUse\": {\"\(action)\": {}}}]"
  }

  static let references: [Row] = [
    Row(
      name: "IP set that is not there", rules: [rule("a", 0, ipSetReference("gone"))],
      found: [
        "warning unresolved-reference acl.json#/Rules/0/Statement/IPSetReferenceStatement/ARN"
      ],
      says: arn("ipset", "gone"), unknown: ["ipSet:" + arn("ipset", "gone")]),
    Row(
      name: "pattern set that is not there", rules: [rule("a", 0, patternSetReference("gone"))],
      found: [
        "warning unresolved-reference "
          + "acl.json#/Rules/0/Statement/RegexPatternSetReferenceStatement/ARN"
      ],
      unknown: ["regexPatternSet:" + arn("regexpatternset", "gone")]),
    Row(
      name: "rule group that is not there",
      rules: [groupRule("a", 0, ruleGroupReference("gone"))],
      found: [
        "warning unresolved-reference "
          + "acl.json#/Rules/0/Statement/RuleGroupReferenceStatement/ARN"
      ]),
    Row(
      name: "reference inside a statement",
      rules: [
        rule("first", 5, byteMatch("x")),
        rule(
          "a", 0,
          "{\"AndStatement\": {\"Statements\": [\(byteMatch("x")), "
            + "{\"NotStatement\": {\"Statement\": \(ipSetReference("gone"))}}]}}"),
      ],
      found: [
        "warning unresolved-reference acl.json#/Rules/1/Statement/AndStatement/Statements/1"
          + "/NotStatement/Statement/IPSetReferenceStatement/ARN"
      ],
      unknown: ["ipSet:" + arn("ipset", "gone")]),
    Row(
      name: "sets that are there",
      rules: [rule("a", 0, ipSetReference("set"))], bundle: .ipSet(["192.0.2.0/24"]), found: []),
  ]

  static let overrides: [Row] = [
    Row(
      name: "misspelt managed rule",
      rules: [
        groupRule("a", 0, managedGroup(admin, more: overriding("AdminProtection_URI_PATH")))
      ],
      catalogue: .bundled(),
      found: [
        "warning unknown-override-rule acl.json#/Rules/0/Statement/ManagedRuleGroupStatement"
          + "/RuleActionOverrides/0/Name"
      ],
      suggestion: "AdminProtection_URIPATH", says: "ignores"),
    Row(
      name: "the label in place of the rule",
      rules: [
        groupRule("a", 0, managedGroup(admin, more: overriding("AdminProtection_URIPath")))
      ],
      catalogue: .bundled(),
      found: [
        "warning unknown-override-rule acl.json#/Rules/0/Statement/ManagedRuleGroupStatement"
          + "/RuleActionOverrides/0/Name"
      ],
      suggestion: "AdminProtection_URIPATH"),
    Row(
      name: "misspelt exclusion",
      rules: [
        groupRule(
          "a", 0,
          managedGroup(admin, more: ", \"ExcludedRules\": [{\"Name\": \"AdminProtection\"}]"))
      ],
      catalogue: .bundled(),
      found: [
        "warning unknown-override-rule acl.json#/Rules/0/Statement/ManagedRuleGroupStatement"
          + "/ExcludedRules/0/Name"
      ]),
    Row(
      name: "release candidate",
      rules: [
        groupRule(
          "a", 0, managedGroup(admin, more: overriding("AdminProtection_URIPATH_RC_COUNT")))
      ],
      catalogue: .bundled(), found: []),
    Row(
      name: "right names",
      rules: [groupRule("a", 0, managedGroup(admin, more: overriding("AdminProtection_URIPATH")))],
      catalogue: .bundled(), found: []),
    Row(
      name: "group of one's own",
      rules: [groupRule("a", 0, ruleGroupReference("group", more: overriding("oen")))],
      bundle: .ruleGroup([.path("one", 0, "x", .block(BlockAction()))]),
      found: [
        "error unknown-override-rule acl.json#/Rules/0/Statement/RuleGroupReferenceStatement"
          + "/RuleActionOverrides/0/Name"
      ],
      suggestion: "one", says: "refuses"),
  ]

  static let managedGroups: [Row] = [
    Row(
      name: "misspelt group",
      rules: [groupRule("a", 0, managedGroup("AWSManagedRulesAdminProtectionRuleset"))],
      catalogue: .bundled(),
      found: [
        "warning unknown-managed-group "
          + "acl.json#/Rules/0/Statement/ManagedRuleGroupStatement/Name"
      ],
      suggestion: admin),
    Row(
      name: "another vendor's group",
      rules: [groupRule("a", 0, managedGroup("Core", vendor: "Vendor"))], catalogue: .bundled(),
      found: [
        "warning no-approximation acl.json#/Rules/0/Statement/ManagedRuleGroupStatement/Name"
      ],
      says: "assumed to do nothing"),
    Row(
      name: "pinned version",
      rules: [groupRule("a", 0, managedGroup(admin, more: ", \"Version\": \"Version_1.0\""))],
      catalogue: .bundled(),
      found: [
        "warning managed-version acl.json#/Rules/0/Statement/ManagedRuleGroupStatement/Version"
      ],
      says: "Version_1.0"),
  ]

  static let sets: [Row] = [
    Row(
      name: "no CIDR block", rules: [rule("a", 0, ipSetReference("set"))],
      bundle: .ipSet(["192.0.2.0/24", "192.0.2.1"]),
      found: ["error invalid-cidr set.json#/Addresses/1"], says: "192.0.2.1",
      unknown: ["ipSet:" + arn("ipset", "set")]),
    Row(
      name: "prefix length 0", rules: [rule("a", 0, ipSetReference("set"))],
      bundle: .ipSet(["0.0.0.0/0"]), found: ["error invalid-cidr set.json#/Addresses/0"]),
    Row(
      name: "IPv6 in an IPv4 set", rules: [rule("a", 0, ipSetReference("set"))],
      bundle: .ipSet(["2001:db8::/32"]),
      found: ["error address-version set.json#/Addresses/0"],
      unknown: ["ipSet:" + arn("ipset", "set")]),
    Row(
      name: "IPv4 in an IPv6 set", rules: [rule("a", 0, ipSetReference("set"))],
      bundle: .ipSet(["192.0.2.0/24"], version: .ipv6),
      found: ["error address-version set.json#/Addresses/0"],
      unknown: ["ipSet:" + arn("ipset", "set")]),
    Row(
      name: "host bits", rules: [rule("a", 0, ipSetReference("set"))],
      bundle: .ipSet(["192.0.2.7/24"]), found: ["warning host-bits set.json#/Addresses/0"],
      says: "192.0.2.0/24"),
    Row(
      name: "one report for two uses",
      rules: [
        rule("a", 0, ipSetReference("set")),
        rule("b", 1, "{\"NotStatement\": {\"Statement\": \(ipSetReference("set"))}}"),
      ],
      bundle: .ipSet(["192.0.2.7/24"]), found: ["warning host-bits set.json#/Addresses/0"]),
  ]

  private static let pattern = "acl.json#/Rules/0/Statement/RegexMatchStatement/RegexString"

  static let patterns: [Row] = [
    Row(name: "plain pattern", rules: [rule("a", 0, regexMatch("^/a+$"))], found: []),
    // What the service refuses is for the checks of documents to say.
    Row(name: "atomic group", rules: [rule("a", 0, regexMatch("ab(?>c)"))], found: []),
    Row(
      name: "lookahead", rules: [rule("a", 0, regexMatch("a(?=b)"))],
      found: ["note unfiltered-regex \(pattern)"]),
    Row(
      name: "invalid", rules: [rule("a", 0, regexMatch("ab(c"))],
      found: ["error invalid-regex \(pattern)"], says: "at character 5 of the pattern",
      unknown: ["regex:ab(c"]),
    // Characters, not bytes.
    Row(
      name: "behind other letters", rules: [rule("a", 0, regexMatch("éé("))],
      found: ["error invalid-regex \(pattern)"], says: "at character 4 of the pattern",
      unknown: ["regex:éé("]),
    Row(
      name: "in a set", rules: [rule("a", 0, patternSetReference("set"))],
      bundle: .patternSet(["fine", "(bad"]),
      found: ["error invalid-regex set.json#/RegularExpressionList/1"],
      unknown: ["regexPatternSet:" + arn("regexpatternset", "set")]),
  ]

  @Test(arguments: references + overrides + managedGroups + sets + patterns)
  func reports(_ row: Row) throws {
    let sketch = try CompiledSketch(row.rules, bundle: row.bundle, catalogue: row.catalogue)
    let found = sketch.diagnostics.map { diagnostic in
      let place = diagnostic.place.map { "\($0.file)#\($0.pointer)" } ?? "-"
      return "\(diagnostic.severity.rawValue) \(diagnostic.code) \(place)"
    }
    #expect(found == row.found)
    #expect(sketch.evidence == row.unknown)
    if let suggestion = row.suggestion {
      #expect(sketch.diagnostics.first?.suggestion == suggestion)
    }
    if !row.says.isEmpty {
      #expect(sketch.diagnostics.first?.message.contains(row.says) == true)
    }
  }

  @Test
  func whatIsNotThereIsUnknown() throws {
    let record = RequestRecord(uri: "/", clientIP: "192.0.2.1")
    for statement in [ipSetReference("gone"), patternSetReference("gone"), regexMatch("(")] {
      let sketch = try CompiledSketch([rule("a", 0, statement)])
      let verdict = sketch.verdict(on: record)
      #expect(verdict.certainty == .indeterminate, "\(statement)")
      #expect(verdict.possible.actions == [.allow, .block])
    }
    let group = try CompiledSketch([groupRule("a", 0, ruleGroupReference("gone"))])
    #expect(group.verdict(on: record).possible.actions == [.allow, .block, .captcha, .challenge])
    let counted = try CompiledSketch(
      [groupRule("a", 0, ruleGroupReference("gone"), override: "Count")])
    #expect(counted.verdict(on: record).possible.actions == [.allow])
    #expect(counted.verdict(on: record).certainty == .exact)
  }

  @Test
  func aMisspeltOverrideDoesNotOverride() throws {
    for (name, action) in [("AdminProtection_URIPATH", Action.allow), ("AdminProtection", .block)] {
      let sketch = try CompiledSketch(
        [groupRule("a", 0, managedGroup(Self.admin, more: Self.overriding(name)))],
        catalogue: .bundled())
      #expect(sketch.verdict(on: RequestRecord(uri: "/sqlmanager")).action == action)
    }
  }

  // MARK: Statements that are not known

  private static let scanned = """
    {"FutureStatement": {"FieldToMatch": {"UriPath": {}},
      "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}
    """

  @Test
  func anOpaqueStatementIsUnknown() throws {
    let sketch = try CompiledSketch([rule("a", 0, Self.scanned)], allowUnknown: true)
    #expect(sketch.evidence == ["statement:FutureStatement"])
    #expect(sketch.verdict(on: RequestRecord(uri: "/")).certainty == .indeterminate)
  }

  @Test
  func anOpaqueTransformationIsUnknown() throws {
    let sketch = try CompiledSketch(
      [rule("a", 0, byteMatch("x", types: [(0, "FUTURE")]))], allowUnknown: true)
    #expect(sketch.verdict(on: RequestRecord(uri: "/")).certainty == .indeterminate)
    #expect(sketch.evidence.count == 1)
  }

  /// Labels of a geo match that can't be evaluated were taken for absent.
  @Test(
    arguments: [
      """
      {"RateBasedStatement": {"Limit": 100, "AggregateKeyType": "IP", "ScopeDownStatement":
        {"FutureStatement": {}}}}
      """,
      "{\"FutureStatement\": {}}",
    ])
  func anOpaqueStatementMayAddGeoLabels(_ statement: String) throws {
    for key in ["awswaf:forwardedip:geo:country:US", "awswaf:clientip:geo:country:US"] {
      for wrapped in [statement, "{\"NotStatement\": {\"Statement\": \(statement)}}"] {
        guard wrapped == statement || !statement.contains("RateBased") else { continue }
        let sketch = try CompiledSketch(
          [rule("geo", 0, wrapped, action: "Count"), rule("asks", 1, labelMatch(key))],
          allowUnknown: true)
        let verdict = sketch.verdict(on: RequestRecord(uri: "/", country: "US"))
        #expect(verdict.certainty == .indeterminate, "\(key)")
      }
    }
    let without = try CompiledSketch(
      [
        rule("future", 0, byteMatch("x", types: [(0, "FUTURE")]), action: "Count"),
        rule("asks", 1, labelMatch("awswaf:clientip:geo:country:US")),
      ], allowUnknown: true)
    #expect(without.verdict(on: RequestRecord(uri: "/", country: "US")).certainty == .exact)
  }

  @Test
  func aGroupThatIsNotThereMayAddGeoLabels() throws {
    for (statement, certainty) in [
      (ruleGroupReference("gone"), Certainty.indeterminate),
      (managedGroup("Foreign", vendor: "Vendor"), .assumed),
    ] {
      let sketch = try CompiledSketch([
        groupRule("g", 0, statement, override: "Count"),
        rule("asks", 1, labelMatch("awswaf:clientip:geo:country:US")),
      ])
      let verdict = sketch.verdict(on: RequestRecord(uri: "/", country: "US"))
      #expect(verdict.certainty == certainty, "\(statement)")
    }
  }

  /// It may be a rule group of a kind to come: taken for a rule that counts, it could end nothing.
  @Test
  func anOpaqueStatementWithoutAnActionMayDoAnything() throws {
    let statement = "{\"FutureRuleGroupStatement\": {}}"
    let sketch = try CompiledSketch([groupRule("a", 0, statement)], allowUnknown: true)
    let verdict = sketch.verdict(on: RequestRecord(uri: "/"))
    #expect(verdict.possible.actions == [.allow, .block, .captcha, .challenge])
    let counted = try CompiledSketch(
      [groupRule("a", 0, statement, override: "Count")], allowUnknown: true)
    #expect(counted.verdict(on: RequestRecord(uri: "/")).possible.actions == [.allow])
  }
}
