import Foundation
import TestSupport
import Testing

@Suite struct CapacityCommandTests {
  private static let schema = "docs/schemas/capacity-report.schema.json"
  private static let groupARN =
    "arn:aws:wafv2:eu-central-1:123456789012:regional/rulegroup/partners/11111111"

  /// A rule as JSON.
  private static func rule(_ name: String, _ priority: Int, _ statement: String) -> String {
    let action = statement.contains("Group") ? "OverrideAction\": {\"None" : "Action\": {\"Block"
    return """
      {"Name": "\(name)", "Priority": \(priority), "\(action)": {}}, "Statement": \(statement),
       "VisibilityConfig": {"SampledRequestsEnabled": false, "CloudWatchMetricsEnabled": false,
       "MetricName": "\(name)"}}
      """
  }

  private static func webACL(_ rules: [String], _ more: String = "") -> String {
    """
    {"Name": "shop", "Scope": "REGIONAL", "DefaultAction": {"Allow": {}}, \(more)
     "VisibilityConfig": {"SampledRequestsEnabled": false, "CloudWatchMetricsEnabled": false,
     "MetricName": "shop"}, "Rules": [\(rules.joined(separator: ", "))]}
    """
  }

  private static let geo = #"{"GeoMatchStatement": {"CountryCodes": ["DE"]}}"#
  private static let path = #"""
    {"ByteMatchStatement": {"SearchString": "/admin", "FieldToMatch": {"UriPath": {}},
     "TextTransformations": [{"Priority": 0, "Type": "LOWERCASE"}],
     "PositionalConstraint": "EXACTLY"}}
    """#
  private static let shared = [rule("one", 1, path), rule("two", 2, path)]
  private static let unknown = #"""
    {"ManagedRuleGroupStatement": {"VendorName": "Acme", "Name": "Bots\u202E"}}
    """#
  private static let reference = #"{"RuleGroupReferenceStatement": {"ARN": "\#(groupARN)"}}"#

  private static func group(_ rules: [String], capacity: Int) -> String {
    """
    {"RuleGroup": {"Name": "partners", "Id": "11111111", "Capacity": \(capacity),
     "ARN": "\(groupARN)", "Rules": [\(rules.joined(separator: ", "))],
     "VisibilityConfig": {"SampledRequestsEnabled": false, "CloudWatchMetricsEnabled": false,
     "MetricName": "partners"}}}
    """
  }

  /// Rules of 250 WCU each.
  private static func heavy(_ count: Int) -> [String] {
    let xss = #"""
      {"XssMatchStatement": {"FieldToMatch": {"Body": {"OversizeHandling": "CONTINUE"}},
       "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}
      """#
    let ten = #"""
      {"SizeConstraintStatement": {"FieldToMatch": {"AllQueryArguments": {}}, "Size": 9,
       "ComparisonOperator": "GT", "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}
      """#
    let statements =
      Array(repeating: xss, count: 5) + Array(repeating: ten, count: 4)
      + Array(repeating: geo, count: 6)
    let or = "{\"OrStatement\": {\"Statements\": [\(statements.joined(separator: ", "))]}}"
    return (0..<count).map { rule("heavy-\($0)", $0, or) }
  }

  private struct Outcome {
    var run: BuiltProgram.Run
    /// The JSON report.
    var report: [String: Any] = [:]

    func total(_ member: String) -> Any? { (report["total"] as? [String: Any])?[member] }
  }

  /// Runs the command over a document, and checks the report against its schema.
  private func capacity(
    _ document: String, _ arguments: [String] = [], with other: String? = nil
  ) throws -> Outcome {
    let directory = try TemporaryDirectory()
    var command = ["capacity", try directory.write("document.json", document)]
    if let other { command += ["--with", try directory.write("other.json", other)] }
    let run = try Demo.wafcast(command + arguments + ["--format", "json"])
    guard !run.output.isEmpty else { return Outcome(run: run) }
    let findings = try JSONSchema(contentsOf: packageRoot.appendingPathComponent(Self.schema))
      .findings(in: run.text)
    #expect(findings == [])
    let report = try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any]
    return Outcome(run: run, report: report ?? [:])
  }

  @Test func demo() throws {
    let run = try Demo.wafcast(["capacity", Demo.webACL])
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    #expect(Snapshot("capacity-demo.txt").difference(from: run.text) == nil)
  }

  /// 14 and 24: the worked example of two rules that share a transformation.
  @Test func sharedTransformations() throws {
    let outcome = try capacity(Self.webACL(Self.shared))
    #expect(outcome.run.status == 0)
    #expect(outcome.total("estimate") as? Int == 14)
    #expect(outcome.total("upperBound") as? Int == 24)
    #expect(outcome.total("isAtLeast") as? Bool == false)
    let rules = outcome.report["rules"] as? [[String: Any]] ?? []
    let parts = rules.last?["parts"] as? [[String: Any]] ?? []
    #expect(parts.last?["sharedWith"] as? String == "one")
  }

  /// The estimate decides, and a document that is too large is a finding, not a failure.
  @Test(arguments: [
    (["--fail-over", "14"], 0), (["--fail-over", "13"], 1), (["--fail-over", "0"], 1), ([], 0),
  ])
  func failOver(arguments: [String], status: Int) throws {
    #expect(try capacity(Self.webACL(Self.shared), arguments).run.status == Int32(status))
  }

  @Test(arguments: [(20, 0, 5_000), (21, 1, 5_250)])
  func serviceLimit(rules: Int, status: Int, wcu: Int) throws {
    let outcome = try capacity(Self.webACL(Self.heavy(rules)))
    #expect(outcome.run.status == Int32(status))
    #expect(outcome.total("estimate") as? Int == wcu)
    let lines = outcome.report["lines"] as? [[String: Any]] ?? []
    #expect(lines.compactMap { $0["name"] as? String } == ["basic-price", "maximum"])
    let left = lines.compactMap { ($0["left"] as? [String: Any])?["estimate"] as? Int }
    #expect(left == [1_500 - wcu, 5_000 - wcu])
  }

  @Test func notKnown() throws {
    let rules = Self.shared + [Self.rule("bots", 3, Self.unknown)]
    // The name of the group is one that the service would refuse: hostile on a terminal.
    let outcome = try capacity(
      Self.webACL(rules + [Self.rule("partners", 4, Self.reference)]), ["--lenient"])
    #expect(outcome.run.status == 0)
    #expect(outcome.total("isAtLeast") as? Bool == true)
    let unknown = outcome.report["unknown"] as? [[String: Any]] ?? []
    #expect(
      unknown.compactMap { $0["pointer"] as? String } == [
        "/Rules/2/Statement/ManagedRuleGroupStatement",
        "/Rules/3/Statement/RuleGroupReferenceStatement",
      ])
  }

  @Test func textOfWhatIsNotKnown() throws {
    let directory = try TemporaryDirectory()
    let rules = [Self.rule("bots", 3, Self.unknown), Self.rule("land", 4, Self.geo)]
    let file = try directory.write("acl.json", Self.webACL(rules))
    let run = try Demo.wafcast(["capacity", file, "--lenient"])
    #expect(run.status == 0)
    #expect(run.text.contains("1+"))
    #expect(run.text.contains("'Bots\\u{202E}' of 'Acme'"))
    #expect(run.text.contains("at /Rules/0/Statement/ManagedRuleGroupStatement"))
    #expect(!run.text.contains("\u{202E}"))
  }

  /// A rule group counts as much as its document says, not as much as its rules.
  @Test func referencedGroup() throws {
    let outcome = try capacity(
      Self.webACL([Self.rule("partners", 4, Self.reference)]),
      with: Self.group([Self.rule("land", 0, Self.geo)], capacity: 70))
    #expect(outcome.run.status == 0)
    #expect(outcome.total("estimate") as? Int == 70)
    let stamp = outcome.report["stamp"] as? [String: Any]
    #expect((stamp?["documents"] as? [Any])?.count == 1)
  }

  /// A rule group by itself is held against its own capacity.
  @Test(arguments: [(14, 0), (13, 1)])
  func ruleGroup(own: Int, status: Int) throws {
    let outcome = try capacity(Self.group(Self.shared, capacity: own))
    #expect(outcome.run.status == Int32(status))
    #expect(outcome.report["subject"] as? String == "rule-group")
    #expect(outcome.total("estimate") as? Int == 14)
    #expect(outcome.report["recorded"] as? Int == own)
  }

  /// What `check-capacity` takes: rules alone, or with the scope.
  @Test(arguments: ["", #"{"Scope": "REGIONAL", "Rules": "#])
  func rulesAlone(start: String) throws {
    let rules = "[\(Self.shared.joined(separator: ", "))]"
    let outcome = try capacity(start + rules + (start.isEmpty ? "" : "}"))
    #expect(outcome.run.status == 0)
    #expect(outcome.total("estimate") as? Int == 14)
    #expect(outcome.total("upperBound") as? Int == 24)
  }

  @Test func recordedCapacity() throws {
    let same = try Demo.wafcast(["capacity", Demo.webACL])
    #expect(same.text.contains("The document states"))
    let outcome = try capacity(Self.webACL(Self.shared, #""Capacity": 20,"#))
    #expect(outcome.report["recorded"] as? Int == 20)
  }

  @Test(arguments: [
    [], ["no-such-file"], [Demo.webACL, "--fail-over", "-1"], [Demo.webACL, "--fail-over", "all"],
    [Demo.webACL, "--rulesets", "no-such-directory"], ["corpora/demo/ip-set-monitoring.json"],
    [Demo.webACL, Demo.webACL],
  ])
  func cannot(arguments: [String]) throws {
    let run = try Demo.wafcast(["capacity"] + arguments)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("error"))
  }
}
