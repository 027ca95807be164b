import Foundation
import TestSupport
import Testing

/// The built program on a group and a corpus of which every figure is known beforehand.
@Suite struct EvaluateCommandTests {
  /// Four rules: documented, approximate, guessed, and one that only counts.
  private static let ruleset = """
    {
      "VendorName": "AWS", "Name": "AWSManagedRulesLinuxRuleSet", "Title": "Test",
      "AsOf": "2026-11-23", "Capacity": 10, "LabelNamespace": "awswaf:managed:aws:linux-os:",
      "Documentation": "A test.", "Source": "a test",
      "Rules": [
        \(rule("Documented", 0, "Block", "exact", "/exact")),
        \(rule("Approximate", 1, "Block", "medium", "/medium")),
        \(rule("Guess", 2, "Block", "low", "/low")),
        \(rule("Counting", 3, "Count", "high", "/count"))
      ]
    }
    """

  private static func rule(
    _ name: String, _ priority: Int, _ action: String, _ fidelity: String, _ path: String
  ) -> String {
    """
    {"Name": "\(name)", "Priority": \(priority), "Action": {"\(action)": {}},
     "RuleLabels": [{"Name": "awswaf:managed:aws:linux-os:\(name)"}], "Documentation": "A rule.",
     "Inspects": "path", "Transformations": "none (test)",
     "Model": {"MissTrust": "approximate", "Branches": [
       {"Fidelity": "\(fidelity)", "LooksFor": "\(path)", "Why": "A test.",
        "Statement": {"ByteMatchStatement": {"SearchString": "\(path)",
          "FieldToMatch": {"UriPath": {}}, "PositionalConstraint": "CONTAINS",
          "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}}]}}
    """
  }

  private static func line(
    _ label: String, _ uri: String, type: String? = nil, source: String = "one"
  ) -> String {
    let typeText = type.map { "\"\($0)\"" } ?? "null"
    return """
      {"source": "\(source)", "label": "\(label)", "attack_type": \(typeText), "method": "GET", \
      "uri": "\(uri)", "headers": [["Host", "h"], ["Cookie", "sid=<script>"]]}
      """
  }

  /// 4 attacks of kind a (2 blocked, 1 of them as documented), 1 of kind b (not blocked);
  /// 5 benign of source one (1 blocked, 1 as documented), 1 of source two (not blocked).
  private static let corpus = [
    line("attack", "/exact/1", type: "a"), line("attack", "/medium/2", type: "a"),
    line("attack", "/count/3", type: "a"), line("attack", "/low/4", type: "a"),
    line("attack", "/5?password=hunter2\\u001b", type: "b"), "broken",
    line("benign", "/medium/6?token=s3cret"), line("benign", "/exact/7"), line("benign", "/8"),
    line("benign", "/9"), line("benign", "/10"), line("benign", "/11", source: "two"),
  ].joined(separator: "\n")

  private func folder() throws -> TemporaryDirectory {
    let folder = try TemporaryDirectory()
    try folder.write("rules/linux.json", Self.ruleset)
    try folder.write("corpus.ndjson", Self.corpus)
    return folder
  }

  private func run(_ folder: TemporaryDirectory, _ arguments: String...) throws -> BuiltProgram.Run
  {
    try BuiltProgram("wafcast-evaluate").run(
      ["corpus.ndjson", "--groups", "Linux", "--rulesets", "rules"] + arguments,
      folder: URL(fileURLWithPath: folder.path))
  }

  @Test func theFiguresAreThoseWorkedOutByHand() throws {
    let run = try run(folder(), "--format", "json")
    #expect(run.status == 0)
    #expect(run.errors == "")
    let report = try Report(run.text)
    #expect(report.rows("attacksByType", "type", "blocked") == ["a": "2/4", "b": "0/1"])
    #expect(report.rows("attacksByType", "type", "asDocumentedOnly") == ["a": "1/4", "b": "0/1"])
    #expect(report.rows("attacksBySource", "source", "blocked") == ["one": "2/5"])
    #expect(
      report.rows("benignBySource", "source", "byApproximation") == ["one": "1/5", "two": "0/1"])
    #expect(
      report.rows("benignBySource", "source", "asDocumentedOnly") == ["one": "1/5", "two": "0/1"])
    #expect(
      report.rows("benignBySourceAndRule", "rule", "blocked") == [
        "AWSManagedRulesLinuxRuleSet/Approximate": "1/5",
        "AWSManagedRulesLinuxRuleSet/Documented": "1/5",
      ])
    // Wilson's interval of 2 of 4: 0.5 -+ 1.959964 / 1.960365 * sqrt(0.0625 + 3.841459 / 64)
    // = 0.5 -+ 0.349961.
    let share = report.row("attacksByType", "type", "a")["blocked"] as? [String: Any] ?? [:]
    #expect(share["share"] as? Double == 0.5)
    #expect(share["low"] as? Double == 0.150039)
    #expect(share["high"] as? Double == 0.849961)
    #expect(
      report.rules.map { "\($0["rule"] ?? "") \($0["action"] ?? "")" } == [
        "AWSManagedRulesLinuxRuleSet/Documented BLOCK",
        "AWSManagedRulesLinuxRuleSet/Approximate BLOCK",
        "AWSManagedRulesLinuxRuleSet/Guess BLOCK",
        "AWSManagedRulesLinuxRuleSet/Counting COUNT",
      ])
    #expect(report.matched("attack") == [1, 1, 0, 1])
    #expect(report.matched("benign") == [1, 1, 0, 0])
  }

  @Test func guessesCountWhereTheyAreAskedFor() throws {
    let report = try Report(try run(folder(), "--format", "json", "--fidelity", "low").text)
    #expect(report.rows("attacksByType", "type", "blocked") == ["a": "3/4", "b": "0/1"])
    #expect(report.matched("attack") == [1, 1, 1, 1])
  }

  @Test func theReportConformsToItsSchema() throws {
    let schema = try JSONSchema(
      contentsOf: packageRoot.appendingPathComponent("docs/schemas/evaluation-report.schema.json"))
    let run = try run(
      folder(), "--format", "json", "--list-false-positives", "2", "--list-misses", "2")
    #expect(try schema.findings(in: run.text) == [])
    // The schema is not one that takes anything.
    let broken = run.text.replacing(#""count":"#, with: #""counts":"#)
    #expect(try !schema.findings(in: broken).isEmpty)
  }

  @Test func theTextTellsWhatTheJSONDoes() throws {
    let folder = try folder()
    let run = try run(folder, "--json", "report.json")
    #expect(run.status == 0)
    for part in [
      "11 labelled requests  5 attacks, 6 benign, 1 file",
      "a                       4        2  50.00 %  15.00-85.00",
      "Linux/Approximate", "1 more rule matches nothing here.",
      "1 line could not be read and was left out:", "  corpus.ndjson:6: not JSON: ",
    ] {
      #expect(run.text.contains(part), "\(part)")
    }
    let written = try String(contentsOfFile: folder.path + "/report.json", encoding: .utf8)
    #expect(try Report(written).matched("attack") == [1, 1, 0, 1])
  }

  @Test func theSameInputGivesTheSameBytes() throws {
    let folder = try folder()
    for form in ["text", "json"] {
      let first = try run(folder, "--format", form, "--list-misses", "3")
      let second = try run(folder, "--format", form, "--list-misses", "3")
      #expect(first.output == second.output)
    }
  }

  @Test func samplesAreMaskedAndEscaped() throws {
    let folder = try folder()
    let run = try run(folder, "--list-false-positives", "1", "--list-misses", "1")
    #expect(run.text.contains("Linux/Approximate (medium)  corpus.ndjson:7"))
    #expect(run.text.contains("/medium/6"))
    // One for each kind, no more.
    #expect(run.text.contains("  a  corpus.ndjson:3"))
    #expect(!run.text.contains("  a  corpus.ndjson:4"))
    #expect(run.text.contains("GET  /5?password=REDACTED"))
    #expect(!run.text.contains("hunter2"))
    #expect(!run.output.contains(0x1B))
    let open = try self.run(folder, "--list-misses", "1", "--show-secrets")
    #expect(open.text.contains(#"GET  /5?password=hunter2\u{1B}"#))
    #expect(!open.output.contains(0x1B))
  }

  @Test(arguments: [
    (["nowhere"], "nowhere does not exist"),
    (["empty.ndjson"], "no line is a labelled request"),
    (["bad.ndjson"], "no line is a labelled request; the first: bad.ndjson:1: not JSON"),
    (["corpus.ndjson", "--groups", "Linus"], "did you mean 'AWSManagedRulesLinuxRuleSet'?"),
    (["corpus.ndjson", "--rulesets", "broken"], "broken/x.json:1:"),
    (["corpus.ndjson", "--list-misses=-1"], "not negative"),
    (["corpus.ndjson", "--resource-type", "TOASTER"], "no type of resource"),
    ([], "corpus"),
  ])
  func whatCannotBeMeasured(arguments: [String], message: String) throws {
    let folder = try folder()
    try folder.write("empty.ndjson", "\n")
    try folder.write("bad.ndjson", "bad\n")
    try folder.write("broken/x.json", "{")
    let run = try BuiltProgram("wafcast-evaluate").run(
      arguments, folder: URL(fileURLWithPath: folder.path))
    #expect(run.status == 2)
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(run.output == [])
  }

  @Test func distinctValuesAsLines() throws {
    let folder = try folder()
    let run = try BuiltProgram("wafcast-evaluate").run(
      ["values", "corpus.ndjson"], folder: URL(fileURLWithPath: folder.path))
    #expect(run.status == 0)
    #expect(run.errors.contains("corpus.ndjson:6: not JSON"))
    let lines = run.text.split(separator: "\n")
    // Paths (11), queries (2), arguments (2); host and cookie once for each label.
    #expect(lines.count == 11 + 2 + 2 + 2 * 2)
    #expect(
      lines.contains(
        #"{ "valueBase64": "PHNjcmlwdD4=", "label": "benign", "types": [], "#
          + #""sources": ["one", "two"], "places": ["cookie"], "sqliLow": false, "#
          + #""sqliHigh": false, "xss": true }"#))
  }

  @Test func valuesOfAFileAreTimed() throws {
    let folder = try folder()
    try folder.write("values.bin", [3, 0, 0, 0, 0x61, 0x62, 0x63, 0, 0, 0, 0])
    try folder.write("cut.bin", [3, 0, 0, 0, 0x61])
    let place = URL(fileURLWithPath: folder.path)
    let run = try BuiltProgram("wafcast-evaluate").run(
      ["time", "values.bin", "--rounds", "1"], folder: place)
    #expect(run.status == 0)
    #expect(
      run.text.split(separator: "\n").map { $0.split(separator: " ").first ?? "" }
        == ["sqli-low", "sqli-high", "xss"])
    let cut = try BuiltProgram("wafcast-evaluate").run(["time", "cut.bin"], folder: place)
    #expect(cut.status == 2)
  }
}

/// What the tests ask of a JSON report.
struct Report {
  private let root: [String: Any]

  init(_ text: String) throws {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    root = try #require(value as? [String: Any])
  }

  private func list(_ section: String, in part: String) -> [[String: Any]] {
    (root[part] as? [String: Any])?[section] as? [[String: Any]] ?? []
  }

  /// `count/of` of a share, by the name of the row.
  func rows(
    _ section: String, _ key: String, _ share: String, in part: String = "groups"
  ) -> [String: String] {
    var rows: [String: String] = [:]
    for row in list(section, in: part) {
      let value = row[share] as? [String: Any] ?? [:]
      rows[row[key] as? String ?? ""] = "\(value["count"] ?? "")/\(value["of"] ?? "")"
    }
    return rows
  }

  func row(_ section: String, _ key: String, _ name: String) -> [String: Any] {
    list(section, in: "groups").first { $0[key] as? String == name } ?? [:]
  }

  var rules: [[String: Any]] { list("rules", in: "groups") }

  /// The requests of a label that each rule matches.
  func matched(_ label: String) -> [Int] {
    rules.map { rule in
      let matched = (rule[label] as? [String: Any])?["matched"] as? [String: Any]
      return matched?["count"] as? Int ?? -1
    }
  }
}
