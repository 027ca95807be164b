import Findings
import Foundation
import GateReports
import ReportText
import TestSupport
import Testing

enum Parsed {
  static func sarifRuns(_ report: GateReport) throws -> [[String: Any]] {
    let text = report.rendered(as: .sarif)
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect(value?["version"] as? String == "2.1.0")
    return try #require(value?["runs"] as? [[String: Any]])
  }

  static func codeQuality(_ report: GateReport) throws -> [[String: Any]] {
    let text = report.rendered(as: .codequality)
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(value as? [[String: Any]])
  }
}

/// What each form promises to its readers.
@Suite struct GateReportFormTests {
  @Test(arguments: SampleReports.all.map(\.name)) func jsonKeepsToTheSchema(name: String) throws {
    let report = try #require(SampleReports.all.first { $0.name == name }?.report)
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../docs/schemas/gate-report.schema.json")
    let schema = try JSONSchema(contentsOf: file)
    #expect(try schema.findings(in: report.rendered(as: .json)) == [])
  }

  @Test func theSchemaKnowsEveryKind() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../docs/schemas/gate-report.schema.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    for kind in FindingKind.allCases { #expect(text.contains("\"\(kind.rawValue)\"")) }
  }

  @Test(arguments: GateReportFormat.allCases) func aPartIsMarked(format: GateReportFormat) {
    let text = SampleReports.partial.rendered(as: format).lowercased()
    #expect(text.contains("interrupted"))
    let whole = SampleReports.failed.rendered(as: format).lowercased()
    #expect(!whole.contains("interrupted"))
  }

  @Test(arguments: GateReportFormat.allCases) func certaintyIsInEveryForm(format: GateReportFormat)
  {
    // 12 of 42 requests are blocked for certain, 30 are not.
    let text = SampleReports.failed.rendered(as: format)
    if format == .json {
      #expect(text.contains("\"approximate\": 30"))
    } else {
      #expect(text.replacing("\\", with: "").contains("12 for certain, 30 approximate"))
    }
    #expect(!text.contains("42 for certain"))
  }

  // MARK: JUnit

  @Test(arguments: SampleReports.all.map(\.name)) func junitCountsItsCases(name: String) throws {
    let report = try #require(SampleReports.all.first { $0.name == name }?.report)
    let root = try XMLChecker.root(of: report.rendered(as: .junit))
    #expect(root.name == "testsuites")
    for element in [root] + root.children {
      let cases = element.all.filter { $0.name == "testcase" }
      func count(_ name: String) -> Int { cases.count { $0.children.contains { $0.name == name } } }
      #expect(element.attributes["tests"] == "\(cases.count)")
      #expect(element.attributes["failures"] == "\(count("failure"))")
      #expect(element.attributes["errors"] == "\(count("error"))")
      #expect(cases.allSatisfy { $0.children.count < 2 })
    }
  }

  @Test func junitTellsEachThingOnce() throws {
    let root = try XMLChecker.root(of: SampleReports.failed.rendered(as: .junit))
    let cases = root.all.filter { $0.name == "testcase" }
    func kind(_ part: String) -> [String] {
      cases.filter { $0.attributes["name"]?.contains(part) == true }
        .map { $0.children.first?.name ?? "passed" }
    }
    #expect(kind("new_blocks == 0") == ["failure"])
    #expect(kind("newly-blocked: POST /users/{id}") == ["failure"])
    #expect(kind("newly-counted: GET /feed") == ["skipped"])
    #expect(kind("newly-indeterminate: PUT /upload") == ["skipped"])
    #expect(kind("admins get in") == ["failure"])
  }

  @Test func timesAreGivenOnes() {
    #expect(!SampleReports.failed.rendered(as: .junit).contains("timestamp"))
    let options = RenderOptions(sourceDate: 1_790_086_461)
    let text = SampleReports.failed.rendered(as: .junit, options: options)
    #expect(text.contains("timestamp=\"2026-09-22T14:14:21\""))
    for date in [Int64.min, Int64.max] {
      let text = SampleReports.failed.rendered(
        as: .junit, options: RenderOptions(sourceDate: date))
      #expect(!text.contains("timestamp"))
    }
  }

  // MARK: SARIF

  @Test func sarifHasARunForEachWebACLAndARuleForEachKind() throws {
    let runs = try Parsed.sarifRuns(SampleReports.failed)
    let ids = runs.compactMap { ($0["automationDetails"] as? [String: Any])?["id"] as? String }
    #expect(ids == ["wafcast/shop-prod/", "wafcast/internal/"])
    let driver = (runs[0]["tool"] as? [String: Any])?["driver"] as? [String: Any]
    let rules = try #require(driver?["rules"] as? [[String: Any]])
    #expect(rules.count == FindingKind.allCases.count)
    #expect(rules.first?["id"] as? String == "WAFCAST001")
    #expect(rules.last?["id"] as? String == "WAFCAST020")
    let results = try #require(runs[0]["results"] as? [[String: Any]])
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
    }
    let fingerprints = results.compactMap {
      ($0["partialFingerprints"] as? [String: String])?["wafcastFinding/v1"]
    }
    #expect(Set(fingerprints) == Set(SampleReports.failed.sections[0].findings.map(\.id)))
    #expect(results.count { $0["suppressions"] != nil } == 1)
  }

  @Test func placesAreRelativeAndEncoded() {
    let text = SampleReports.failed.rendered(as: .sarif)
    #expect(text.contains("\"uri\": \"waf/acl.json\""))
    #expect(text.contains("\"uri\": \"waf/my%20acl%231.json\""))
    #expect(!text.contains("\"uri\": \"./"))
  }

  @Test(arguments: [
    ("failed", true), ("passed", true), ("partial", false), ("error", false),
  ]) func sarifTellsWhetherTheRunSucceeded(name: String, succeeds: Bool) throws {
    let report = try #require(SampleReports.all.first { $0.name == name }?.report)
    let runs = try Parsed.sarifRuns(report)
    #expect(!runs.isEmpty)
    for run in runs {
      let invocations = try #require(run["invocations"] as? [[String: Any]])
      #expect(invocations[0]["executionSuccessful"] as? Bool == succeeds)
    }
  }

  // MARK: GitLab

  @Test func codeQualityHasWhatGitLabAsksFor() throws {
    let items = try Parsed.codeQuality(SampleReports.failed)
    // One of five is accepted.
    #expect(items.count == 4)
    for item in items {
      #expect((item["fingerprint"] as? String)?.count == 32)
      let severity = try #require(item["severity"] as? String)
      #expect(["info", "minor", "major"].contains(severity))
      let place = try #require(item["location"] as? [String: Any])
      #expect((place["path"] as? String)?.hasPrefix("./") == false)
      #expect(((place["lines"] as? [String: Any])?["begin"] as? Int ?? 0) >= 1)
    }
    #expect(SampleReports.passed.rendered(as: .codequality) == "[]\n")
  }
}
