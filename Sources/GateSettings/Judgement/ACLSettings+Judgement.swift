package import Findings

/// How a run is kept from passing in a vacuum.
extension ACLSettings {
  /// Holds the traffic of a run against what is asked of it.
  ///
  /// - Parameters:
  ///   - facts: what the run found out.
  ///   - webACL: the web ACL's name.
  ///   - names: the names that a recording may name without being foreign: those of the old and the
  ///     new web ACL. Nothing is said of foreign recordings where there are none.
  package func judge(
    _ facts: TrafficFacts, webACL: String, names: [String]
  ) -> [GateCheck] {
    var checks = [readability(facts, webACL)]
    for trouble in facts.unreadable { checks.append(unreadable(trouble, webACL)) }
    checks.append(rejects(facts, webACL))
    // Without a request the rest says the same again.
    guard facts.requests > 0 else { return checks }
    checks.append(reach(facts, webACL))
    checks.append(size(facts, webACL))
    if !names.isEmpty { checks.append(origin(facts, webACL, names: names)) }
    if let limit = maxIndeterminate.value { checks.append(undecided(facts, webACL, limit)) }
    return checks
  }

  /// Holds the coverage of the tests against what is asked of it; nil where nothing is.
  package func judge(_ coverage: Coverage, webACL: String) -> GateCheck? {
    guard let limit = failUnder.value else { return nil }
    let percent = coverage.percent
    let isLow = percent < limit.percent
    let shown = isLow ? (percent * 10).rounded(.down) / 10 : percent
    return check(
      .lowCoverage, "coverage is at least \(limit.text)", webACL: webACL, subject: "coverage",
      failure: isLow
        ? "the tests cover \(Share(percent: shown).text) of the rules and statements, "
          + "\(limit.text) is asked for" : nil,
      notes: coverage.uncovered.prefix(10).map { "not covered: \($0.name)" },
      at: failUnder.origin.location ?? aclLocation)
  }

  // MARK: The checks

  private func readability(_ facts: TrafficFacts, _ webACL: String) -> GateCheck {
    check(
      .noReadableRequest, "there are requests to judge by", webACL: webACL,
      failure: facts.requests > 0
        ? nil
        : facts.records == 0
          ? "the traffic has no request: nothing was checked"
          : "none of \(facts.records) records could be read as a request: nothing was checked",
      notes: trafficNames, at: trafficLocation)
  }

  private func unreadable(_ trouble: TrafficFacts.Unreadable, _ webACL: String) -> GateCheck {
    let entry = corpora.entries.first { $0.paths.contains(trouble.input) }
    return check(
      .unreadableTraffic, "\(trouble.input) can be read", webACL: webACL, subject: trouble.input,
      failure: "\(trouble.input) could not be read, or not to its end: \(trouble.message)",
      at: entry?.origin.location ?? trafficLocation)
  }

  private func rejects(_ facts: TrafficFacts, _ webACL: String) -> GateCheck {
    let limit = maxRejects.value
    return check(
      .unreadableRecord, "at most \(limit.text) of the records are unreadable", webACL: webACL,
      failure: limit.isExceeded(by: facts.rejects, of: facts.records)
        ? "\(facts.rejects) of \(facts.records) records could not be read "
          + "(\(percentText(facts.rejects, of: facts.records))), \(limit.text) are allowed" : nil,
      at: maxRejects.origin.location ?? trafficLocation)
  }

  private func reach(_ facts: TrafficFacts, _ webACL: String) -> GateCheck {
    check(
      .noRuleReached, "a rule matches a request", webACL: webACL,
      failure: facts.rulesMatched > 0
        ? nil
        : "no rule matched any of \(facts.requests) requests: the traffic shows nothing of them",
      notes: trafficNames, at: aclLocation)
  }

  private func size(_ facts: TrafficFacts, _ webACL: String) -> GateCheck {
    let fewest = minimum.value
    return check(
      .tooFewRequests, "there are at least \(fewest) requests", webACL: webACL,
      failure: facts.requests < fewest
        ? "\(facts.requests) requests were evaluated, at least \(fewest) are asked for" : nil,
      notes: trafficNames, at: minimum.origin.location ?? trafficLocation)
  }

  private func origin(_ facts: TrafficFacts, _ webACL: String, names: [String]) -> GateCheck {
    let patterns = recordedUnder.map { PathPattern($0.value) }
    var foreign: [String: Int] = [:]
    for (recorded, requests) in facts.recordedUnder where !recorded.isEmpty {
      let name = TrafficFacts.webACLName(in: recorded)
      let isKnown = names.contains(name) || patterns.contains { $0.matches(name) }
      if !isKnown { foreign[name, default: 0] += requests }
    }
    let count = foreign.values.reduce(0, &+)
    let listed = foreign.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5)
    return check(
      .otherWebACL, "the traffic was recorded under this web ACL", webACL: webACL,
      failure: foreign.isEmpty
        ? nil
        : "\(count) of \(facts.requests) requests were recorded under another web ACL: "
          + listed.map { "'\($0.key)'" }.joined(separator: ", "),
      notes: foreign.isEmpty
        ? [] : ["'recorded-under' names web ACLs whose recordings are meant to be used"],
      at: recordedUnder.first?.origin.location ?? trafficLocation)
  }

  /// Does not fail by itself: the exit code of too many undecided requests is another one.
  private func undecided(
    _ facts: TrafficFacts, _ webACL: String, _ limit: RequestLimit
  ) -> GateCheck {
    var check = check(
      .tooManyIndeterminate, "at most \(limit.text) requests are indeterminate", webACL: webACL,
      failure: limit.isExceeded(by: facts.indeterminate, of: facts.requests)
        ? "\(facts.indeterminate) of \(facts.requests) requests are indeterminate "
          + "(\(percentText(facts.indeterminate, of: facts.requests))), \(limit.text) are allowed"
        : nil,
      at: maxIndeterminate.origin.location ?? aclLocation)
    check.finding?.severity = .warning
    check.finding?.isFailing = false
    return check
  }

  private func check(
    _ kind: FindingKind, _ name: String, webACL: String, subject: String = "", failure: String?,
    notes: [String] = [], at location: Finding.Location?
  ) -> GateCheck {
    guard let failure else {
      return GateCheck(
        result: CaseResult(group: "check", name: name, status: .passed, location: location))
    }
    return GateCheck(
      result: CaseResult(
        group: "check", name: name, status: .failed, message: failure, details: notes,
        location: location),
      finding: Finding(
        kind: kind, severity: .error, isFailing: true, webACL: webACL, subject: subject,
        message: failure, notes: notes, location: location))
  }

  // MARK: Places

  private var aclLocation: Finding.Location { Finding.Location(file: file.value) }

  private var trafficLocation: Finding.Location {
    corpora.entries.lazy.compactMap(\.origin.location).first ?? file.origin.location ?? aclLocation
  }

  private var trafficNames: [String] {
    corpora.entries.map { "traffic: \($0.pattern)" }
  }
}

extension [Finding] {
  /// The exit code that they mean: 2 where the traffic could not be read as far as asked for, 1
  /// where something else fails, 3 where nothing fails but too much is not decided, else 0.
  package var exitCode: Int32 {
    let failing = filter(\.isFailing)
    if failing.contains(where: { $0.kind.meansUnreadable }) { return 2 }
    if !failing.isEmpty { return 1 }
    return contains { $0.kind == .tooManyIndeterminate && $0.acceptance == nil } ? 3 : 0
  }
}

extension FindingKind {
  fileprivate var meansUnreadable: Bool {
    switch self {
    case .noReadableRequest, .unreadableRecord, .unreadableTraffic: true
    default: false
    }
  }
}
