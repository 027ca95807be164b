package import Findings

/// What came of the tests of one web ACL.
package struct ACLTestReport: Hashable, Sendable {
  /// One a test, in the order of the files and of the tests in them.
  package var cases: [CaseResult] = []
  /// What is wrong, in order (`Finding.inOrder`).
  package var findings: [Finding] = []
  package var coverage = Coverage()
  /// What is seen of rules that do not count: those inside managed rule groups, unless asked for,
  /// those of Firewall Manager, and groups that are not at hand.
  package var uncounted: [Coverage.Item] = []
  /// The recordings read, by their names.
  package var traffic: [String] = []
  /// Requests that were evaluated, inline ones among them.
  package var requests = 0
  /// Records that were read in recordings, readable or not, and those that were not readable.
  package var records = 0
  package var rejects = 0
  /// The named assumptions that verdicts rest on, with the number of verdicts: `name (123)`.
  package var assumptions: [String] = []
  /// What is odd about requests and recordings, a line each.
  package var warnings: [String] = []
  /// Whether the run was interrupted: the tests behind that point have no case.
  package var isPartial = false

  package init() {}

  /// Whether something fails the run.
  package var hasFailed: Bool { findings.contains(where: \.isFailing) }

  /// The number of cases of a status.
  package func count(_ status: CaseResult.Status) -> Int { cases.count { $0.status == status } }

  /// The report as the section of a web ACL.
  package func section(name: String, file: String) -> GateSection {
    GateSection(
      name: name, file: file, traffic: traffic, records: records, requests: requests,
      rejects: rejects, findings: findings, cases: cases, coverage: coverage,
      assumptions: assumptions, warnings: warnings)
  }
}
