import Testing
import WAFEngine
import WAFProgram
import WAFReplay

struct PredictedRecordTests {
  private func predict(
    _ line: String, _ usage: TestProgram.Usage = .init(), masksSecrets: Bool = true
  ) async throws -> String {
    let (report, output) = try await replay(
      [line], TestProgram.make(usage), masksSecrets: masksSecrets)
    #expect(report.rejects.samples.samples.map(\.reason.message) == [])
    return output.lines.joined(separator: "\n")
  }

  private func request(
    _ method: String = "GET", _ path: String, agent: String = "x", extra: String = ""
  ) -> String {
    """
    {"httpRequest":{"clientIp":"10.0.0.1","country":"DE","headers":[{"name":"User-Agent",\
    "value":"\(agent)"}],"uri":"\(path)","args":"","httpVersion":"HTTP/1.1",\
    "httpMethod":"\(method)","requestId":"r1"}\(extra)}
    """
  }

  private let ownGroup = """
    {"ruleGroupId":"arn:aws:wafv2:eu-central-1:111122223333:regional/rulegroup/own/x",\
    "terminatingRule":null,"nonTerminatingMatchingRules":[],"excludedRules":null,\
    "customerConfig":null}
    """

  private func adminGroup(_ members: String) -> String {
    #"{"ruleGroupId":"AWS#AWSManagedRulesAdminProtectionRuleSet",\#(members),"customerConfig":null}"#
  }

  @Test func theDefaultAction() async throws {
    let line = """
      {"timestamp":1700000000000,"formatVersion":1,"webaclId":"arn:old","action":"BLOCK",\
      "terminatingRuleId":"old-rule","httpSourceName":"CF","httpSourceId":"E123",\
      "httpRequest":{"clientIp":"10.0.0.1","headers":[],"uri":"/","args":"","httpVersion":\
      "HTTP/1.1","httpMethod":"GET","scheme":"https","host":"shop.example","fragment":""},\
      "labels":[{"name":"old:label"}],"requestBodySize":0,"ja3Fingerprint":"f00","clientAsn":64500}
      """
    #expect(
      try await predict(line) == """
        {"timestamp":1700000000000,"formatVersion":1,"webaclId":"\(TestProgram.arn)",\
        "terminatingRuleId":"Default_Action","terminatingRuleType":"REGULAR","action":"ALLOW",\
        "terminatingRuleMatchDetails":[],"httpSourceName":"CF","httpSourceId":"E123",\
        "ruleGroupList":[\(ownGroup),\
        \(adminGroup(#""terminatingRule":null,"nonTerminatingMatchingRules":[],"excludedRules":null"#))],\
        "rateBasedRuleList":[],"nonTerminatingMatchingRules":[],"requestHeadersInserted":null,\
        "responseCodeSent":null,"httpRequest":{"clientIp":"10.0.0.1","headers":[],"uri":"/",\
        "args":"","httpVersion":"HTTP/1.1","httpMethod":"GET","scheme":"https",\
        "host":"shop.example","fragment":""},"requestBodySize":0,"ja3Fingerprint":"f00",\
        "clientAsn":64500,"wafcast":{"certainty":"exact","possible":["ALLOW"],\
        "rule":"Default_Action","recorded":{"action":"BLOCK","terminatingRuleId":"old-rule"}}}
        """)
  }

  @Test func aManagedRuleBlocks() async throws {
    let record = try await predict(request("GET", "/admin"), .init(arn: ""))
    #expect(
      record == """
        {"formatVersion":1,"webaclId":"shop","terminatingRuleId":"admin",\
        "terminatingRuleType":"MANAGED_RULE_GROUP","action":"BLOCK",\
        "terminatingRuleMatchDetails":[],"httpSourceName":"ALB","httpSourceId":"-",\
        "ruleGroupList":[\(ownGroup),\
        \(adminGroup(#""terminatingRule":{"ruleId":"AdminProtection_URIPATH","action":"BLOCK","ruleMatchDetails":null},"nonTerminatingMatchingRules":[],"excludedRules":null"#))],\
        "rateBasedRuleList":[],"nonTerminatingMatchingRules":[],"requestHeadersInserted":null,\
        "responseCodeSent":null,"httpRequest":{"clientIp":"10.0.0.1","country":"DE",\
        "headers":[{"name":"User-Agent","value":"x"}],"uri":"/admin","args":"",\
        "httpVersion":"HTTP/1.1","httpMethod":"GET","requestId":"r1"},\
        "labels":[{"name":"awswaf:managed:aws:admin-protection:AdminProtection_URIPath"}],\
        "wafcast":{"certainty":"approximate","possible":["BLOCK"],\
        "rule":"admin/AdminProtection_URIPATH","fidelity":"high"}}
        """)
  }

  struct Shape: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var usage = TestProgram.Usage()
    var path = "/admin"
    var agent = "x"
    var parts: [String]
    var absent: [String] = []
  }

  static let shapes: [Shape] = [
    Shape(
      testDescription: "rule action override to Count",
      usage: .init(adminOverride: .ruleActionOverride),
      parts: [
        #""terminatingRuleId":"Default_Action""#, #""action":"ALLOW""#,
        #""terminatingRule":null,"nonTerminatingMatchingRules":[{"ruleId":"AdminProtection_URIPATH","action":"COUNT","ruleMatchDetails":[],"overriddenAction":"BLOCK"}],"excludedRules":null"#,
        #""rateBasedRuleList":[],"nonTerminatingMatchingRules":[],"#,
        #""labels":[{"name":"awswaf:managed:aws:admin-protection:AdminProtection_URIPath"}]"#,
      ]),
    Shape(
      testDescription: "excluded rule", usage: .init(adminOverride: .excluded),
      parts: [
        #""nonTerminatingMatchingRules":[],"excludedRules":[{"exclusionType":"EXCLUDED_AS_COUNT","ruleId":"AdminProtection_URIPATH"}]"#,
        #""action":"ALLOW""#,
      ]),
    Shape(
      testDescription: "group turned into Count", usage: .init(managedIsCounted: true),
      parts: [
        #""terminatingRule":{"ruleId":"AdminProtection_URIPATH","action":"BLOCK","ruleMatchDetails":null},"#,
        #""rateBasedRuleList":[],"nonTerminatingMatchingRules":[{"ruleId":"admin","action":"COUNT","ruleMatchDetails":[]}]"#,
        #""action":"ALLOW","terminatingRuleMatchDetails""#,
      ]),
    Shape(
      testDescription: "scope-down that leaves the path out", usage: .init(scopeDownPath: "/adm"),
      parts: [#""action":"ALLOW""#], absent: ["AdminProtectionRuleSet", #""labels""#]),
    Shape(
      testDescription: "own group blocks", path: "/", agent: "sqlmap",
      parts: [
        #""terminatingRuleId":"own","terminatingRuleType":"GROUP","action":"BLOCK""#,
        #""terminatingRule":{"ruleId":"scanner","action":"BLOCK","ruleMatchDetails":null}"#,
        #""certainty":"exact","possible":["BLOCK"],"rule":"own/scanner"}"#,
      ], absent: ["AdminProtectionRuleSet", #""fidelity""#]),
    Shape(
      testDescription: "Count rules of web ACL and group", path: "/login", agent: "curl",
      parts: [
        #""nonTerminatingMatchingRules":[{"ruleId":"count-curl","action":"COUNT","ruleMatchDetails":[]}]"#,
        #""rateBasedRuleList":[],"nonTerminatingMatchingRules":[{"ruleId":"watch-logins","action":"COUNT","ruleMatchDetails":[]}]"#,
        #""labels":[{"name":"awswaf:111122223333:webacl:shop:login"}]"#,
      ]),
    Shape(
      testDescription: "geo labels before the rule's own", usage: .init(hasGeo: true), path: "/",
      parts: [
        #""labels":[{"name":"awswaf:clientip:geo:country:DE"},{"name":"awswaf:111122223333:webacl:shop:login"}]"#
      ]),
    Shape(
      testDescription: "assumption", usage: .init(unmodelled: true), path: "/",
      parts: [
        #""certainty":"assumed","possible":["ALLOW"],"rule":"Default_Action","assumptions":["AWSManagedRulesAmazonIpReputationList/List=no-match"]}"#
      ]),
  ]

  @Test(arguments: shapes)
  func shape(_ shape: Shape) async throws {
    let record = try await predict(request("GET", shape.path, agent: shape.agent), shape.usage)
    for part in shape.parts { #expect(record.contains(part), "\(record)") }
    for part in shape.absent { #expect(!record.contains(part), "\(record)") }
  }

  @Test func anIndeterminateRequestSaysWhatItNeeds() async throws {
    let record = try await predict(request("POST", "/upload"), .init(blockCode: 418))
    #expect(record.contains(#""certainty":"indeterminate","possible":["ALLOW","BLOCK"],"#))
    #expect(record.contains(#""needs":[{"evidence":"body","rule":"no-evil-bodies"}]"#))
    #expect(record.contains(#""open":["terminatingRuleId","responseCodeSent""#))
    #expect(record.contains(#""action":"ALLOW""#))
  }

  @Test func aCustomResponseHasItsCode() async throws {
    let line = #"{"httpRequest":{"headers":[],"uri":"/","httpMethod":"POST","body":"evil"}}"#
    let record = try await predict(line, .init(blockCode: 418))
    #expect(record.contains(#""action":"BLOCK""#))
    #expect(record.contains(#""responseCodeSent":418"#))
  }

  @Test(arguments: [("-", "XX", "XX-XX"), ("US", "US", "US-CA")])
  func geoLabelsComeFromWhatIsRecorded(country: String, label: String, region: String) async throws
  {
    let line = """
      {"httpRequest":{"country":"\(country)","headers":[],"uri":"/","httpMethod":"GET",\
      "httpVersion":"HTTP/1.1"},"labels":[{"name":"awswaf:clientip:geo:region:US-CA"}]}
      """
    let record = try await predict(line, .init(hasGeo: true))
    #expect(
      record.contains(
        #""labels":[{"name":"awswaf:clientip:geo:country:\#(label)"},{"name":"awswaf:clientip:geo:region:\#(region)"}]"#
      ), "\(record)")
  }

  @Test func additionsOfTheInputArePassedOn() async throws {
    let additions =
      #""expect":{"action":"ALLOW"},"source":"hand","state":{"httpVersion":"lossy"}}"#
    let record = try await predict(request("GET", "/", extra: #","wafcast":{"# + additions))
    #expect(record.hasSuffix("," + additions + "}"), "\(record)")
  }

  @Test func aPredictionIsNoEvidence() async throws {
    let first = try await predict(
      request("GET", "/admin", extra: #","action":"ALLOW","terminatingRuleId":"Default_Action""#))
    let second = try await predict(first)
    #expect(second == first)
    let (report, _) = try await replay([first, request("GET", "/")], TestProgram.make())
    #expect(report.predictions == 1)
  }
}
