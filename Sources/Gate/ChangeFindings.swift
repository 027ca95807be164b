import Bytes
package import Findings
import ReportText
import WAFComparison
import WAFEngine
import WAFProgram
import WAFReplay
import WAFReports
package import Wafcast

/// Turns what a comparison found into findings: one for each kind, rule and route.
package struct ChangeFindings {
  private let webACLs: CompiledComparison
  private let compared: ComparedTraffic
  private let name: String
  private let oldPlaces: RulePlaces
  private let newPlaces: RulePlaces
  private let facts: [String: RuleFacts]

  /// - Parameter name: the web ACL's name in the report.
  package init(_ webACLs: CompiledComparison, _ compared: ComparedTraffic, name: String) {
    self.webACLs = webACLs
    self.compared = compared
    self.name = name
    oldPlaces = RulePlaces(webACLs.old)
    newPlaces = RulePlaces(webACLs.new)
    facts = RuleFacts.all(of: webACLs.programs.new)
  }

  /// The findings in order; none of them fails anything yet.
  package var findings: [Finding] {
    var findings: [Finding] = []
    for entry in compared.report.changes.top() {
      guard let unit = ChangeUnit(key: entry.key) else { continue }
      findings.append(finding(unit, entry.value))
    }
    if let mismatch { findings.append(mismatch) }
    if let expectations { findings.append(expectations) }
    return findings.sorted(by: Finding.inOrder)
  }

  private func finding(_ unit: ChangeUnit, _ tally: ChangeTally) -> Finding {
    let route = shown(unit.route)
    let radius = radius(unit, tally)
    let counts = tally.requests
    let isOfOld = unit.kind == .newlyAllowed || unit.kind == .noLongerCounted
    var finding = Finding(
      kind: unit.kind, severity: unit.kind.severity(counts), isFailing: false, webACL: name,
      rule: unit.rule, route: route,
      message: ChangeSentence(kind: unit.kind, rule: unit.rule, route: route, radius: radius).text,
      location: location(unit.rule, isOfOld: isOfOld), radius: radius,
      examples: tally.examples.samples.map(example))
    finding.needs = tally.needs.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .prefix(5).map(\.key)
    if unit.kind == .ruleChanged || unit.kind == .newlyAllowed {
      let others = tally.otherRules.top(3).map { String(decoding: $0.key, as: UTF8.self) }
      if !others.isEmpty {
        finding.notes.append(
          (isOfOld ? "now ended by " : "was ended by ") + others.joined(separator: ", "))
      }
    }
    if unit.kind == .newlyBlocked || unit.kind == .newlyChallenged { addCure(to: &finding) }
    return finding
  }

  /// A rule of the old web ACL is shown where the new one has it; else in the old document.
  private func location(_ rule: String, isOfOld: Bool) -> Finding.Location {
    guard isOfOld else { return newPlaces.location(of: rule) }
    let top = String(rule.prefix { $0 != "/" })
    let stays = webACLs.new.webACL.value.rules.contains { $0.name == top }
    return stays || top == Program.defaultActionName
      ? newPlaces.location(of: rule) : Finding.Location(file: webACLs.new.webACL.file)
  }

  private func addCure(to finding: inout Finding) {
    let choice = CureChoice(webACLs.new)
    let report = compared.report.new
    guard let rule = report.rules.first(where: { $0.rule.path == finding.rule })?.rule,
      rule.kind == .inManagedRuleGroup || rule.kind == .inRuleGroup, choice.canCure(rule),
      let cure = choice.cure(for: rule, report, facts)
    else { return }
    finding.cure = cure.lines
    let place = cure.place.map { $0 + ", in" } ?? "in"
    finding.curePlace = "\(place) the \(cure.statementName) of \"\(cure.topName)\""
  }

  // MARK: Parts

  private func radius(_ unit: ChangeUnit, _ tally: ChangeTally) -> BlastRadius {
    let method = unit.route.prefix { $0 != UInt8(ascii: " ") }
    let path = unit.route.dropFirst(method.count + 1)
    let all = tally.requests.upperBound
    func one(_ bytes: ArraySlice<UInt8>) -> BlastRadius.Shares {
      BlastRadius.Shares(
        [BlastRadius.Share(shown(bytes), requests: all)], distinct: BlastRadius.Count(1))
    }
    let agents = tally.agents.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return BlastRadius(
      requests: tally.requests,
      clients: BlastRadius.Count(
        min(tally.clients.count, all), isExact: tally.clients.isExact),
      paths: one(path), methods: one(method), hosts: shares(tally.hosts, empty: "(none)"),
      countries: shares(tally.countries, empty: "(not recorded)"),
      agents: BlastRadius.Shares(
        agents.prefix(5).map {
          BlastRadius.Share(AgentFamily.names[$0.key], requests: $0.value)
        }, distinct: BlastRadius.Count(agents.count)),
      firstSeen: tally.times.first, lastSeen: tally.times.last)
  }

  private func shares(
    _ table: BoundedTable<RequestCount>, empty: String
  ) -> BlastRadius.Shares {
    BlastRadius.Shares(
      table.top(5).map {
        BlastRadius.Share($0.key.isEmpty ? empty : shown($0.key), requests: $0.value.requests)
      }, distinct: BlastRadius.Count(table.distinctKeys, isExact: table.isExact))
  }

  private func example(_ changed: ChangedRequest) -> Finding.Example {
    let example = changed.example
    let file = example.position.file
    let input = compared.inputs.indices.contains(file) ? compared.inputs[file] : "input \(file + 1)"
    var request = shown(example.method) + " " + shown(example.path)
    if let query = example.query, !query.isEmpty { request += "?" + shown(query) }
    return Finding.Example(
      position: "\(input), byte \(example.position.offset)",
      requestID: shown(example.requestID), timestamp: example.timestamp, request: request,
      host: shown(example.host), client: example.client.map { "\($0)" } ?? "",
      oldActions: changed.oldActions.map(\.logName),
      newActions: example.possible.actions.map(\.logName), oldRule: changed.oldRule,
      newRule: example.rule, certainty: changed.certainty.name, matches: changed.matches)
  }

  /// Where the old web ACL is not what recorded the traffic, whatever is said of it is in doubt.
  private var mismatch: Finding? {
    let mismatches = compared.report.mismatches
    guard mismatches.disagreeing > 0 else { return nil }
    return Finding(
      kind: .engineMismatch, severity: .warning, isFailing: false, webACL: name,
      message:
        "the old web ACL is predicted to do otherwise than the recording says for "
        + "\(grouped(mismatches.disagreeing)) of \(counted(mismatches.compared, "request"))",
      notes: [
        "the web ACL may have changed since, or the prediction is wrong: look at the examples"
      ],
      location: Finding.Location(file: webACLs.old.webACL.file),
      examples: mismatches.first.samples.map(example))
  }

  /// What records themselves expect (`wafcast.expect`), held against the new web ACL.
  private var expectations: Finding? {
    let report = compared.report.new.expectations
    guard report.failed > 0 else { return nil }
    return Finding(
      kind: .expectationFailed, severity: .error, isFailing: true, webACL: name,
      subject: "recorded expectations",
      message:
        "\(grouped(report.failed)) of \(counted(report.stated, "recorded expectation")) "
        + "\(report.failed == 1 ? "is" : "are") not met",
      location: Finding.Location(file: webACLs.new.webACL.file),
      examples: report.failures.samples.prefix(5).map { failure in
        let expected = [failure.expectedAction, failure.expectedRule].filter { !$0.isEmpty }
        return example(
          ChangedRequest(
            example: failure.request, oldActions: [], oldRule: "",
            certainty: failure.request.certainty,
            matches: ["expected " + expected.joined(separator: " by ")]))
      })
  }

  /// The numbers that budgets speak of.
  package var metrics: Metrics {
    let report = compared.report
    var changes: [Metrics.Change] = []
    var listed: [FindingKind: CertaintyCounts] = [:]
    for entry in report.changes.top() {
      guard let unit = ChangeUnit(key: entry.key) else { continue }
      let method = unit.route.prefix { $0 != UInt8(ascii: " ") }
      let counts = entry.value.requests
      listed[unit.kind, default: CertaintyCounts()].add(counts)
      changes.append(
        Metrics.Change(
          kind: unit.kind, rule: unit.rule, path: shown(unit.route.dropFirst(method.count + 1)),
          method: shown(method), requests: counts, clients: entry.value.clients.all,
          clientCount: BlastRadius.Count(
            entry.value.clients.count, isExact: entry.value.clients.isExact)))
    }
    // What the bounded table does not list, and what is possible beside another change.
    for kind in FindingKind.allCases {
      guard let total = report.totals[kind] else { continue }
      let rest = total.without(listed[kind] ?? CertaintyCounts())
      guard rest.upperBound > 0 else { continue }
      changes.append(
        Metrics.Change(
          kind: kind, rule: "(others)", path: "(others)", method: "", requests: rest,
          clients: nil, clientCount: BlastRadius.Count(rest.upperBound, isExact: false)))
    }
    let outcomes = report.new.outcomes
    return Metrics(
      changes: changes, requests: report.new.evaluated, records: report.new.records,
      rejects: report.new.rejects.count,
      totals: [
        "blocks": outcomes.predictedBlocked, "allows": outcomes.predictedAllowed,
        "challenges": outcomes.predictedChallenged, "counts": outcomes.counted,
        "indeterminate": outcomes.indeterminate, "possible_blocks": outcomes.possiblyBlocked,
      ])
  }
}

extension FindingKind {
  /// How grave a change is: a certain block is an error, an approximate one a warning.
  func severity(_ counts: CertaintyCounts) -> FindingSeverity {
    guard counts.predicted > 0 else { return .note }
    switch self {
    case .newlyBlocked, .newlyChallenged: return counts.certain > 0 ? .error : .warning
    case .newlyAllowed: return .warning
    default: return .note
    }
  }
}

extension CertaintyCounts {
  package mutating func add(_ other: CertaintyCounts) {
    self = CertaintyCounts(
      exact: exact + other.exact, observed: observed + other.observed,
      approximate: approximate + other.approximate, assumed: assumed + other.assumed,
      possible: possible + other.possible)
  }

  func without(_ other: CertaintyCounts) -> CertaintyCounts {
    CertaintyCounts(
      exact: exact - other.exact, observed: observed - other.observed,
      approximate: approximate - other.approximate, assumed: assumed - other.assumed,
      possible: possible - other.possible)
  }
}
