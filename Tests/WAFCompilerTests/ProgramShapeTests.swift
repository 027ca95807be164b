import ManagedRules
import Testing
import WAFCompiler
import WAFEngine
import WAFModel
import WAFProgram
import WAFRequests

/// What a web ACL compiles to: what is shared, what is not, and the order of the rules.
struct ProgramShapeTests {
  // MARK: Tokens and labels

  @Test(arguments: ["", "\"TokenDomains\": [],", "\"TokenDomains\": [\"example.com\"],"])
  func domainsOfTokensReachTheGates(_ members: String) throws {
    let sketch = try CompiledSketch(
      [rule("a", 0, byteMatch("x"), action: "Captcha")], members: members)
    #expect(sketch.program.gates.map(\.takesOtherDomains) == [members.contains("example")])
  }

  /// Of more forwarded headers than the engine tells apart the labels may be there.
  @Test func labelsOfUncountedHeadersAreMaybe() throws {
    func geo(_ number: Int) -> String {
      """
      {"GeoMatchStatement": {"CountryCodes": ["DE"], "ForwardedIPConfig":
        {"HeaderName": "x-\(number)", "FallbackBehavior": "NO_MATCH"}}}
      """
    }
    let label = "awswaf:forwardedip:geo:country:DE"
    for (count, possible) in [(3, [Action.allow]), (70, [.allow, .block])] {
      let rules = (0..<count).map { rule("geo-\($0)", $0, geo($0), action: "Count") }
      let sketch = try CompiledSketch(rules + [rule("end", count, labelMatch(label))])
      #expect(sketch.verdict(on: RequestRecord(uri: "/")).possible.actions == possible)
    }
  }

  // MARK: Sharing

  @Test
  func equalConditionsAreOneLeaf() throws {
    let sketch = try CompiledSketch([
      rule("a", 0, byteMatch("x"), action: "Count"), rule("b", 1, byteMatch("x")),
      rule("c", 2, "{\"NotStatement\": {\"Statement\": \(byteMatch("x"))}}"),
    ])
    #expect(sketch.program.leaves.count == 1)
    #expect(sketch.formulas[0] == sketch.formulas[1])
    #expect(sketch.formulas[2] == .not(sketch.formulas[0]))
    #expect(sketch.program.searches.count == 1)
  }

  @Test(
    arguments: [
      byteMatch("y"), byteMatch("x", "\"QueryString\": {}"), byteMatch("x", position: "EXACTLY"),
      byteMatch("x", types: [(0, "LOWERCASE")]),
    ])
  func differentConditionsAreNot(_ other: String) throws {
    let sketch = try CompiledSketch([rule("a", 0, byteMatch("x")), rule("b", 1, other)])
    #expect(sketch.program.leaves.count == 2)
    #expect(sketch.formulas[0] != sketch.formulas[1])
  }

  @Test
  func chainsThatBeginAlikeShareTheirSlots() throws {
    let sketch = try CompiledSketch([
      rule("a", 0, byteMatch("x", types: [(0, "URL_DECODE"), (1, "LOWERCASE")])),
      rule("b", 1, byteMatch("y", types: [(0, "URL_DECODE")])),
      rule("c", 2, byteMatch("z", types: [(0, "URL_DECODE"), (1, "HTML_ENTITY_DECODE")])),
      rule("d", 3, byteMatch("z")),
    ])
    // The path, decoded, and then in lower case or with entities decoded.
    #expect(
      sketch.program.slots.map { $0.transformation.map { "\($0)" } ?? "-" } == [
        "-", "urlDecode", "lowercase", "htmlEntityDecode",
      ])
    #expect(sketch.program.slots.map { $0.parent?.position ?? -1 } == [-1, 0, 1, 1])
    #expect(sketch.program.fields.count == 1)
  }

  @Test
  func transformationsRunByPriorityAndNoneIsNothing() throws {
    let sketch = try CompiledSketch([
      rule("a", 0, byteMatch("x", types: [(5, "LOWERCASE"), (1, "URL_DECODE"), (3, "NONE")])),
      rule("b", 1, byteMatch("x", types: [(0, "URL_DECODE"), (1, "LOWERCASE")])),
    ])
    #expect(sketch.program.leaves.count == 1)
    #expect(sketch.program.slots.count == 3)
    #expect(
      sketch.verdict(on: RequestRecord(uri: "/%58")).action == .block)
  }

  @Test
  func headerAndArgumentNamesAreComparedWithoutCase() throws {
    let sketch = try CompiledSketch([
      rule("a", 0, byteMatch("x", "\"SingleHeader\": {\"Name\": \"X-Name\"}")),
      rule("b", 1, byteMatch("x", "\"SingleHeader\": {\"Name\": \"x-name\"}")),
      rule("c", 2, byteMatch("x", "\"SingleQueryArgument\": {\"Name\": \"Q\"}")),
      rule("d", 3, byteMatch("x", "\"SingleQueryArgument\": {\"Name\": \"q\"}")),
    ])
    #expect(sketch.program.leaves.count == 2)
  }

  // MARK: Managed rules

  private static let admin = "AWSManagedRulesAdminProtectionRuleSet"

  /// The statement of the exact branch of the rule, as a user may write it.
  private static let asAUserWritesIt = byteMatch(
    "sqlmanager", types: [(0, "URL_DECODE"), (1, "URL_DECODE")])

  @Test
  func aManagedRuleIsALeafOfItsOwn() throws {
    let sketch = try CompiledSketch(
      [
        rule("mine", 0, Self.asAUserWritesIt, action: "Count"),
        groupRule("admin", 1, managedGroup(Self.admin)),
      ], catalogue: .bundled())
    #expect(sketch.formulas.count == 2)
    #expect(sketch.formulas[0] != sketch.formulas[1])
    guard case .leaf(let leaf) = sketch.formulas[1],
      case .managedRule(let index) = sketch.program.leaves[leaf.position]
    else {
      Issue.record("no managed leaf")
      return
    }
    // Its evidence is shared with the user's condition, its answer is not.
    #expect(sketch.program.managed[index].branches.first?.formula == sketch.formulas[0])
  }

  @Test
  func usesOfOneGroupShareTheirConditionsAndVersionsDoNot() throws {
    let pinned = ", \"Version\": \"Version_1.0\""
    let sketch = try CompiledSketch(
      [
        groupRule("one", 0, managedGroup(Self.admin), override: "Count"),
        groupRule("two", 1, managedGroup(Self.admin), override: "Count"),
        groupRule("pinned", 2, managedGroup(Self.admin, more: pinned)),
      ], catalogue: .bundled())
    #expect(sketch.paths.map { $0.split(separator: "/")[0] } == ["one", "two", "pinned"])
    #expect(sketch.formulas[0] == sketch.formulas[1])
    #expect(sketch.formulas[0] != sketch.formulas[2])
    #expect(sketch.program.managed.count == 2)
    #expect(
      sketch.program.topRules.map(\.groupID) == [
        "AWS#\(Self.admin)", "AWS#\(Self.admin)", "AWS#\(Self.admin)#Version_1.0",
      ])
  }

  @Test
  func everyBundledGroupLowersWhole() throws {
    for group in RulesetCatalogue.bundled().groups {
      let sketch = try CompiledSketch(
        [groupRule("g", 0, managedGroup(group.name))], catalogue: .bundled(),
        options: CompilerOptions(lowestFidelity: .low))
      #expect(sketch.diagnostics == [], "\(group.name)")
      // Without a configuration its paths are unknown.
      #expect(sketch.evidence.allSatisfy { $0.hasPrefix("configuration:") }, "\(group.name)")
      let content = group.content(version: nil)
      #expect(sketch.paths == content.rules.map { "g/\($0.name)" })
      #expect(
        sketch.program.labelRules.map { sketch.program.labels[Int($0.label)] }
          == content.labelRules.map(\.label)
          + content.rules.filter(\.labelsFirst).compactMap(\.label))
      let conditions =
        content.rules.map { ($0.name, $0.model) } + content.labelRules.map { ($0.label, $0.model) }
      for (rule, model) in conditions {
        let name = "\(group.name)/\(rule)"
        guard let managed = sketch.program.managed.first(where: { $0.name == name }) else {
          // The configuration turns the rule off, or it counts requests.
          #expect(
            rule.hasPrefix("TGT_") || rule.contains(/volumetric/.ignoresCase())
              || rule == "ChallengeDDoSRequests", "\(name)")
          continue
        }
        switch model {
        case .unmodelled:
          #expect(managed.branches.isEmpty, "\(name)")
          #expect(managed.assumption == .noMatch, "\(name)")
        case .branches(let branches, let missTrust, _):
          #expect(managed.branches.map(\.looksFor) == branches.map(\.looksFor), "\(name)")
          #expect(managed.missLevel.rawValue >= (missTrust == .exact ? 0 : 2), "\(name)")
          #expect(managed.assumption == nil, "\(name)")
        }
      }
    }
  }

  @Test
  func branchesBelowTheLowestFidelityAreLeftOut() throws {
    for lowest in BranchFidelity.allCases {
      let sketch = try CompiledSketch(
        [groupRule("g", 0, managedGroup(Self.admin))], catalogue: .bundled(),
        options: CompilerOptions(lowestFidelity: lowest))
      let fidelities = Set(sketch.program.managed[0].branches.map(\.fidelity))
      #expect(fidelities == Set(BranchFidelity.allCases.filter { $0.rawValue <= lowest.rawValue }))
    }
  }

  // MARK: Order

  @Test
  func prioritiesGiveTheOrder() throws {
    let bundle = DocumentBundle.ruleGroup([
      .path("second", 20, "x", .block(BlockAction())),
      .path("first", 10, "y", .count(CountAction())),
    ])
    let rules = [
      rule("c", 200, byteMatch("c")), rule("a", 0, byteMatch("a")),
      groupRule("g", 100, ruleGroupReference("group")), rule("b", 7, byteMatch("b")),
    ]
    let expected = ["a", "b", "g/first", "g/second", "c"]
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
      let sketch = try CompiledSketch(order.map { rules[$0] }, bundle: bundle)
      #expect(sketch.paths == expected)
      #expect(sketch.program.topRules.map(\.name) == ["a", "b", "g", "c"])
      #expect(sketch.program.topRules.map(\.rules) == [0..<1, 1..<2, 2..<4, 4..<5])
      #expect(sketch.diagnostics == [])
    }
  }

  // MARK: Actions and overrides

  private static let group = DocumentBundle.ruleGroup([
    .path(
      "one", 0, "one", .block(BlockAction(customResponse: CustomResponse(responseCode: 429))),
      labels: ["ns:l"]),
    .path("two", 1, "two", .block(BlockAction())),
    .path("three", 2, "three", .allow(AllowAction())),
  ])

  @Test
  func overridesReplaceActions() throws {
    let more = """
      , "RuleActionOverrides": [{"Name": "one", "ActionToUse": {"Count": {}}},
           {"Name": "three", "ActionToUse": {"Block": {}}}],
        "ExcludedRules": [{"Name": "two"}, {"Name": "three"}]
      """
    let sketch = try CompiledSketch(
      [groupRule("g", 0, ruleGroupReference("group", more: more))], bundle: Self.group)
    #expect(sketch.program.rules.map(\.action) == [.count, .count, .block])
    #expect(sketch.program.ruleInfo.map(\.ownAction) == [.block, .block, .allow])
    // An override of the action wins over an exclusion (Q14).
    #expect(
      sketch.program.ruleInfo.map(\.override) == [
        .ruleActionOverride, .excluded, .ruleActionOverride,
      ])
    #expect(sketch.program.rules.map(\.responseCode) == [0, 0, 0])
    #expect(sketch.diagnostics == [])
  }

  @Test
  func aGroupKeepsItsActionsWithoutOverrides() throws {
    let sketch = try CompiledSketch(
      [groupRule("g", 0, ruleGroupReference("group"), override: "Count")], bundle: Self.group)
    #expect(sketch.program.rules.map(\.action) == [.block, .block, .allow])
    #expect(sketch.program.rules.map(\.responseCode) == [429, 0, 0])
    #expect(sketch.program.topRules[0].isOverriddenToCount)
    #expect(sketch.program.topRules[0].kind == .ruleGroup)
    #expect(sketch.program.topRules[0].groupID == arn("rulegroup", "group"))
  }

  @Test
  func anExclusionAndAnOverrideToCountSayTheSame() throws {
    let records = ["/one", "/two", "/three", "/"].map { RequestRecord(uri: $0) }
    let excluded = try CompiledSketch(
      [
        groupRule(
          "g", 0, ruleGroupReference("group", more: ", \"ExcludedRules\": [{\"Name\": \"one\"}]"))
      ],
      bundle: Self.group)
    let overridden = try CompiledSketch(
      [
        groupRule(
          "g", 0,
          ruleGroupReference(
            "group",
            more:
              ", \"RuleActionOverrides\": [{\"Name\": \"one\", \"ActionToUse\": {\"Count\": {}}}]"))
      ], bundle: Self.group)
    for record in records {
      #expect(excluded.verdict(on: record) == overridden.verdict(on: record))
    }
  }

  @Test
  func theDefaultActionAndItsResponse() throws {
    let sketch = try CompiledSketch(
      [],
      members: """
        "CustomResponseBodies": {},
        """)
    #expect(sketch.program.defaultAction == .allow)
    #expect(sketch.program.webACLName == "acl")
    #expect(!sketch.program.isCloudFrontScope)
  }

  // MARK: Labels

  @Test(
    arguments: [
      ("", "awswaf:*:webacl:acl:ns:l"),
      ("\"ARN\": \"\(arn("webacl", "other"))\",", "awswaf:111122223333:webacl:other:ns:l"),
      ("\"LabelNamespace\": \"awswaf:1:webacl:x:\",", "awswaf:1:webacl:x:ns:l"),
    ])
  func labelsAreQualified(_ row: (String, String)) throws {
    let sketch = try CompiledSketch(
      [rule("a", 0, byteMatch("x"), more: "\"RuleLabels\": [{\"Name\": \"ns:l\"}],")],
      members: row.0)
    #expect(Array(sketch.program.labels) == [row.1])
  }

  @Test
  func aGroupsLabelsAreTheGroupsOwn() throws {
    let sketch = try CompiledSketch(
      [
        groupRule("g", 0, ruleGroupReference("group"), override: "Count"),
        rule("mine", 1, labelMatch("ns:l"), action: "Allow"),
        rule("full", 2, labelMatch("awswaf:111122223333:rulegroup:group:ns:l")),
      ], bundle: Self.group)
    #expect(Array(sketch.program.labels) == ["awswaf:111122223333:rulegroup:group:ns:l"])
    let verdict = sketch.verdict(on: RequestRecord(uri: "/one"))
    #expect(sketch.program.rulePath(of: verdict) == "full")
    #expect(verdict.certainty == .exact)
  }

  @Test
  func managedRulesAddTheirDocumentedLabels() throws {
    let sketch = try CompiledSketch(
      [groupRule("admin", 0, managedGroup(Self.admin))], catalogue: .bundled())
    #expect(
      Array(sketch.program.labels)
        == ["awswaf:managed:aws:admin-protection:AdminProtection_URIPath"])
  }

  @Test
  func geoMatchesAreNoted() throws {
    let geo = "{\"GeoMatchStatement\": {\"CountryCodes\": [\"US\"]}}"
    let sketch = try CompiledSketch(
      [
        rule("a", 0, geo),
        rule("b", 1, "{\"NotStatement\": {\"Statement\": \(geo)}}"),
        rule("c", 2, "{\"AndStatement\": {\"Statements\": [\(byteMatch("x")), \(geo)]}}"),
        rule("d", 3, byteMatch("x")),
        groupRule("g", 4, managedGroup(Self.admin, more: ", \"ScopeDownStatement\": \(geo)")),
      ], catalogue: .bundled())
    #expect(sketch.program.rules.map { $0.geo == .client } == [true, true, true, false, false])
    #expect(sketch.program.topRules[4].scopeDownGeo == .client)
    #expect(sketch.program.topRules[4].scopeDownFormula == sketch.formulas[0])
  }

  // MARK: Body limits

  struct LimitRow: CustomTestStringConvertible {
    var members = ""
    var option: ResourceType?
    var type: ResourceType?
    var bytes: Int
    var testDescription: String { "\(members) \(option?.rawValue ?? "-")" }
  }

  private static func association(_ type: String, _ limit: String) -> String {
    """
    "AssociationConfig": {"RequestBody":
      {"\(type)": {"DefaultSizeInspectionLimit": "\(limit)"}}},
    """
  }

  static let limitRows: [LimitRow] = [
    LimitRow(type: nil, bytes: 8192),
    LimitRow(option: .apiGateway, type: .apiGateway, bytes: 16_384),
    LimitRow(
      members: association("API_GATEWAY", "KB_48"), option: .apiGateway, type: .apiGateway,
      bytes: 49_152),
    LimitRow(
      members: association("API_GATEWAY", "KB_48"), option: .appRunnerService,
      type: .appRunnerService, bytes: 16_384),
    LimitRow(members: association("COGNITO_USER_POOL", "KB_32"), type: nil, bytes: 8192),
    // A web ACL of CloudFront scope protects CloudFront alone.
    LimitRow(
      members: "\"ARN\": \"arn:aws:wafv2:us-east-1:1:global/webacl/acl/id\",", type: nil,
      bytes: 8192),
  ]

  @Test(arguments: limitRows)
  func bodyLimits(_ row: LimitRow) throws {
    let sketch = try CompiledSketch(
      [], members: row.members, options: CompilerOptions(resourceType: row.option))
    let limits = sketch.program.bodyLimits
    #expect(limits.stated == row.type)
    #expect(limits.limit(of: limits.stated ?? limits.assumed) == row.bytes)
    #expect(sketch.diagnostics == [])
  }

  @Test
  func theScopeOfCloudFrontStatesTheType() throws {
    for (limit, bytes) in [
      ("KB_16", 16_384), ("KB_32", 32_768), ("KB_48", 49_152), ("KB_64", 65_536),
    ] {
      let webACL = WebACL(
        name: "acl", scope: .cloudfront, defaultAction: .block(BlockAction()),
        associationConfig: AssociationConfig(requestBody: [
          "CLOUDFRONT": RequestBodyAssociatedResourceTypeConfig(
            defaultSizeInspectionLimit: try #require(SizeInspectionLimit(rawValue: limit)))
        ]))
      let (program, diagnostics) = Compiler.compile(
        Located(value: webACL, file: "acl.json"), bundle: DocumentBundle(),
        catalogue: RulesetCatalogue())
      #expect(diagnostics == [])
      #expect(program.isCloudFrontScope)
      #expect(program.defaultAction == .block)
      #expect(program.bodyLimits.stated == .cloudFront)
      #expect(program.bodyLimits.limit(of: .cloudFront) == bytes)
    }
  }
}
