package import ACLTesting
package import Findings
package import GateSettings
import WAFComparison
import WAFReplay
package import Wafcast

/// Holds one web ACL against its settings: what came of its traffic and of its tests becomes the
/// section of a report.
package struct ACLCheck {
  private let settings: ACLSettings
  private let webACL: CompiledWebACL
  private let name: String

  package init(_ settings: ACLSettings, _ webACL: CompiledWebACL) {
    self.settings = settings
    self.webACL = webACL
    name = webACL.shownName
  }

  /// - Parameters:
  ///   - webACLs: both sides; the new one twice where nothing is compared.
  ///   - compared: what came of the traffic; nil where there is none to run.
  ///   - isCompared: whether there is an old side.
  ///   - tests: what came of the tests; nil where there are none.
  ///   - acceptances: what the project accepts; learns what it has met.
  package func section(
    _ webACLs: CompiledComparison, _ compared: ComparedTraffic?, isCompared: Bool,
    tests: ACLTestReport?, accepting acceptances: inout Acceptances
  ) -> GateSection {
    var section: GateSection
    var checks: [GateCheck] = []
    if let compared {
      section = GateSection(
        webACLs, compared, traffic: settings.corpora.paths,
        structure: isCompared ? ACLStructure.changes(old: webACLs.old, new: webACLs.new) : [])
      if !isCompared { section.withoutComparison() }
    } else {
      section = GateSection(name: name, file: webACL.webACL.file)
    }
    if let tests { section.add(tests) }
    section.findings = section.findings.map { settings.failOn.value.judge($0) }
    if let compared, !compared.isPartial {
      checks += settings.judge(
        facts(compared), webACL: name,
        names: [webACLs.old, webACLs.new].compactMap { $0.webACL.value.name })
    }
    if let tests, !tests.isPartial, let check = settings.judge(tests.coverage, webACL: name) {
      checks.append(check)
    }
    // What is accepted is no part of a budget: it is settled first.
    section.findings += checks.compactMap(\.finding)
    acceptances.accept(&section.findings)
    if let compared, !compared.isPartial {
      let metrics = acceptances.metrics(
        ChangeFindings(webACLs, compared, name: name).metrics, webACL: name)
      for budget in settings.budgets {
        let check = budget.judge(metrics, webACL: name, isCompared: isCompared)
        checks.append(check)
        var findings = check.finding.map { [$0] } ?? []
        acceptances.accept(&findings)
        section.findings += findings
      }
    }
    section.cases = checks.map(\.result) + section.cases
    section.findings.sort(by: Finding.inOrder)
    return section
  }

  private func facts(_ compared: ComparedTraffic) -> TrafficFacts {
    let report = compared.report.new
    var recorded: [String: Int] = [:]
    for entry in report.recordedWebACLs.top() {
      recorded[String(decoding: entry.key, as: UTF8.self)] = entry.value.requests
    }
    return TrafficFacts(
      records: report.records, requests: report.evaluated, rejects: report.rejects.count,
      indeterminate: report.outcomes.indeterminate,
      rulesMatched: report.rules.count { $0.rule.kind != .defaultAction && $0.isTouched },
      recordedUnder: recorded,
      unreadable: compared.notices.filter(\.isError).map {
        TrafficFacts.Unreadable(input: $0.input, message: $0.message)
      })
  }
}

extension GateSection {
  /// Takes out what speaks of an old side.
  fileprivate mutating func withoutComparison() {
    base = ""
    changed = 0
    possiblyChanged = 0
    findings.removeAll { $0.kind.isChange || $0.kind == .engineMismatch }
  }

  fileprivate mutating func add(_ tests: ACLTestReport) {
    let other = tests.section(name: name, file: file)
    findings += other.findings
    cases += other.cases
    coverage = other.coverage
    warnings += other.warnings
    for name in other.traffic where !traffic.contains(name) { traffic.append(name) }
    if requests == 0 {
      requests = other.requests
      records = other.records
      rejects = other.rejects
    }
    if assumptions.isEmpty { assumptions = other.assumptions }
  }
}
