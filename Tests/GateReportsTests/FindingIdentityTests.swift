import Findings
import Foundation
import GateReports
import Testing

/// A finding is known again tomorrow: baselines, suppressions and code review tools rest on it.
@Suite struct FindingIdentityTests {
  /// What changes from run to run, or with the document's layout.
  private static let passing: [(name: String, change: @Sendable (inout Finding) -> Void)] = [
    ("line", { $0.location = Finding.Location(file: "waf/acl.json", line: 99, column: 1) }),
    ("no place", { $0.location = nil }),
    ("counts", { $0.radius?.requests = CertaintyCounts(exact: 1, approximate: 7) }),
    ("clients", { $0.radius?.clients = BlastRadius.Count(1) }),
    ("dates", { $0.radius?.firstSeen = nil }), ("last date", { $0.radius?.lastSeen = 1 }),
    ("severity", { ($0.severity, $0.isFailing) = (.note, false) }),
    ("message", { $0.message = "1 request" }),
    ("notes", { ($0.notes, $0.needs) = ([], ["body"]) }),
    ("examples", { $0.examples = [] }),
    ("cure", { ($0.cure, $0.curePlace) = ([], "acl.json:99") }),
    ("acceptance", { $0.acceptance = Finding.Acceptance(source: .baseline) }),
    // Of a change the route is told, not the subject.
    ("subject", { $0.subject = "x" }),
  ]

  /// What makes it another finding.
  private static let lasting: [(name: String, change: @Sendable (inout Finding) -> Void)] = [
    ("web ACL", { $0.webACL = "other" }), ("rule", { $0.rule = "common2/CrossSiteScripting_BODY" }),
    ("inner rule", { $0.rule = "common/Other" }), ("kind", { $0.kind = .newlyChallenged }),
    ("route", { $0.route = "POST /users" }),
  ]

  @Test(arguments: passing.map(\.name)) func theIDStays(name: String) throws {
    let change = try #require(Self.passing.first { $0.name == name }?.change)
    var finding = SampleReports.blocked
    change(&finding)
    #expect(finding != SampleReports.blocked)
    #expect(finding.id == SampleReports.blocked.id)
  }

  @Test(arguments: lasting.map(\.name)) func theIDChanges(name: String) throws {
    let change = try #require(Self.lasting.first { $0.name == name }?.change)
    var finding = SampleReports.blocked
    change(&finding)
    #expect(finding.id != SampleReports.blocked.id)
  }

  @Test func theIDIsTheDigestOfItsParts() {
    // printf 'shop-prod\0common\0CrossSiteScripting_BODY\0newly-blocked\0POST /users/{id}\0' |
    // sha256sum
    #expect(SampleReports.blocked.id == "d4ddb55b7d61271b5cae4ed96d5ba80e")
  }

  @Test func partsDoNotRunTogether() {
    func finding(_ rule: String, _ route: String) -> Finding {
      Finding(
        kind: .newlyBlocked, severity: .error, isFailing: true, webACL: "a", rule: rule,
        route: route, message: "")
    }
    #expect(finding("a/b", "c").id != finding("a", "bc").id)
    #expect(finding("a/b", "").id != finding("ab", "").id)
    #expect(finding("a", "b").id != finding("ab", "").id)
  }

  /// Code review tools compare these two between runs.
  @Test func fingerprintsOutliveCountsAndLines() throws {
    var moved = SampleReports.failed
    for section in moved.sections.indices {
      for index in moved.sections[section].findings.indices {
        moved.sections[section].findings[index].location = Finding.Location(
          file: "waf/acl.json", line: 1000 + index)
        moved.sections[section].findings[index].radius?.requests = CertaintyCounts(exact: 1)
        moved.sections[section].findings[index].message = "otherwise"
      }
    }
    #expect(try Self.fingerprints(SampleReports.failed) == Self.fingerprints(moved))
    #expect(
      moved.rendered(as: .codequality) != SampleReports.failed.rendered(as: .codequality))
  }

  private static func fingerprints(_ report: GateReport) throws -> Set<String> {
    let items = try Parsed.codeQuality(report).compactMap { $0["fingerprint"] as? String }
    let results = try Parsed.sarifRuns(report).flatMap { $0["results"] as? [[String: Any]] ?? [] }
    let marks = results.compactMap {
      ($0["partialFingerprints"] as? [String: String])?["wafcastFinding/v1"]
    }
    #expect(items.count == 4)
    #expect(marks.count == 5)
    return Set(items.map { "codequality " + $0 } + marks.map { "sarif " + $0 })
  }
}
