package import Findings

/// What a project has accepted, and what of that a run has met.
///
/// `accept` and `metrics` are asked for each web ACL; `findings` and `notices` at the end, over
/// all.
package struct Acceptances: Hashable, Sendable {
  /// In the order of the configuration.
  package let suppressions: [Suppression]
  private let baseline: Baseline
  private let ids: Set<String>
  private let today: CalendarDay

  /// How many findings each suppression has met.
  private var met: [Int]
  private var metIDs: Set<String> = []

  /// - Parameter today: the day of the run, UTC.
  package init(
    suppressions: [Suppression], baseline: Baseline = Baseline(), today: CalendarDay
  ) {
    self.suppressions = suppressions
    self.baseline = baseline
    self.today = today
    ids = baseline.ids
    met = Array(repeating: 0, count: suppressions.count)
  }

  /// Marks the findings that are accepted: they fail nothing any more.
  ///
  /// A suppression whose day is over accepts nothing. Where a suppression and the baseline cover
  /// the same, the suppression is named: it says more.
  package mutating func accept(_ findings: inout [Finding]) {
    for index in findings.indices {
      for (number, suppression) in suppressions.enumerated()
      where suppression.covers(findings[index]) {
        met[number] += 1
      }
      if findings[index].kind.canBeInBaseline, !ids.isEmpty {
        let id = findings[index].id
        if ids.contains(id) { metIDs.insert(id) }
      }
      guard let acceptance = acceptance(of: findings[index]) else { continue }
      findings[index].acceptance = acceptance
      findings[index].isFailing = false
    }
  }

  /// Why a finding fails nothing; nil where it is not accepted.
  package func acceptance(of finding: Finding) -> Finding.Acceptance? {
    let valid = suppressions.first { !$0.isExpired(on: today) && $0.covers(finding) }
    if let valid {
      return Finding.Acceptance(
        source: .suppression, reason: valid.reason, owner: valid.owner,
        expires: valid.expires.description)
    }
    guard finding.kind.canBeInBaseline, !ids.isEmpty, ids.contains(finding.id) else { return nil }
    return Finding.Acceptance(source: .baseline)
  }

  /// The numbers of a run without the changes that are accepted, for budgets.
  ///
  /// Totals stay: they are what the web ACL does, accepted or not.
  package func metrics(_ metrics: Metrics, webACL: String) -> Metrics {
    var metrics = metrics
    metrics.changes.removeAll { change in
      let isOfNoRequest = change.method.isEmpty && change.path.isEmpty
      let route = isOfNoRequest ? "" : "\(change.method) \(change.path)"
      let finding = Finding(
        kind: change.kind, severity: .note, isFailing: false, webACL: webACL, rule: change.rule,
        route: route, message: "")
      return acceptance(of: finding) != nil
    }
    return metrics
  }

  // MARK: What is wrong with what is accepted

  /// Findings about the suppressions: an error for each whose day is over, a warning for each that
  /// has met nothing.
  ///
  /// - Parameters:
  ///   - webACL: the web ACL under which they are told.
  ///   - isComplete: whether the run saw all of its traffic; unused ones are told only then.
  package func findings(webACL: String, isComplete: Bool = true) -> [Finding] {
    var findings: [Finding] = []
    for (suppression, count) in zip(suppressions, met) {
      if suppression.isExpired(on: today) {
        findings.append(expired(suppression, count, webACL))
      } else if count == 0, isComplete {
        findings.append(
          finding(
            .suppressionUnused, .warning, suppression, webACL,
            message: "the suppression of \(suppression.text) covers nothing",
            notes: ["it can be removed"]))
      }
    }
    return findings
  }

  private func expired(_ suppression: Suppression, _ count: Int, _ webACL: String) -> Finding {
    let covered =
      switch count {
      case 0: "it would cover nothing now and can be removed"
      case 1: "it would cover 1 finding now"
      default: "it would cover \(count) findings now"
      }
    return finding(
      .suppressionExpired, .error, suppression, webACL,
      message: "the suppression of \(suppression.text) expired on \(suppression.expires)",
      notes: [covered])
  }

  private func finding(
    _ kind: FindingKind, _ severity: FindingSeverity, _ suppression: Suppression,
    _ webACL: String, message: String, notes: [String]
  ) -> Finding {
    Finding(
      kind: kind, severity: severity, isFailing: severity == .error, webACL: webACL,
      subject: "\(suppression.text) until \(suppression.expires)", message: message,
      notes: notes + ["reason: \(suppression.reason)", "owner: \(suppression.owner)"],
      location: suppression.location)
  }

  /// What is worth a sentence: entries of the baseline that were not met, and suppressions that
  /// hold for more than a year.
  ///
  /// - Parameter isComplete: whether the run saw all of its traffic.
  package func notices(isComplete: Bool = true) -> [String] {
    var notices: [String] = []
    for suppression in suppressions
    where suppression.expires.isMoreThanAYear(after: today) {
      let place = suppression.location.map { location in
        location.file + (location.line.map { ":\($0)" } ?? "") + ": "
      }
      notices.append(
        (place ?? "") + "the suppression of \(suppression.text) holds until "
          + "\(suppression.expires), more than a year")
    }
    let gone = isComplete ? baseline.entries.filter { !metIDs.contains($0.id) } : []
    if !gone.isEmpty {
      let listed = gone.prefix(3).map { entry in
        [entry.kind, entry.rule, entry.route].filter { !$0.isEmpty }.joined(separator: " ")
          + " (\(entry.id.prefix(8)))"
      }
      let rest = gone.count > 3 ? " and \(gone.count - 3) more" : ""
      let noun = gone.count == 1 ? "1 entry" : "\(gone.count) entries"
      notices.append(
        "\(noun) of the baseline did not occur: \(listed.joined(separator: ", "))\(rest); "
          + "--update-baseline removes what is gone")
    }
    return notices
  }
}
