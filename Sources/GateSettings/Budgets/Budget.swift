package import Findings

/// A limit that a run must keep: an expression over the numbers of the run.
package struct Budget: Hashable, Sendable {
  /// The expression as it was written.
  package let text: String
  package let expression: BudgetExpression

  /// Reads an expression.
  package init(_ text: String) throws(BudgetSyntaxError) {
    self.text = text
    expression = try BudgetParser.parse(text)
  }

  package func outcome(on metrics: Metrics) -> BudgetOutcome {
    BudgetOutcome(expression, as: text, on: metrics)
  }

  /// Whether it speaks of differences between two web ACLs.
  package var needsBase: Bool {
    expression.comparisons.contains { $0.metrics.contains(where: \.name.isOfChanges) }
  }

  /// The changes that its metrics count, the most requests first.
  func contributions(_ metrics: Metrics) -> [Metrics.Change] {
    var changes: [Metrics.Change] = []
    for metric in expression.comparisons.flatMap(\.metrics) {
      for change in metric.selectedChanges(metrics) where !changes.contains(change) {
        changes.append(change)
      }
    }
    return changes.sorted { left, right in
      let counts = (left.requests.upperBound, right.requests.upperBound)
      if counts.0 != counts.1 { return counts.0 > counts.1 }
      return (left.kind.rawValue, left.rule, left.path, left.method)
        < (right.kind.rawValue, right.rule, right.path, right.method)
    }
  }
}

extension Setting<Budget> {
  /// How many changes are listed under a budget that is exceeded.
  private static var listedChanges: Int { 5 }

  /// Holds a budget against a run.
  ///
  /// - Parameters:
  ///   - metrics: without what is accepted (`Acceptances.metrics`).
  ///   - webACL: the web ACL's name.
  ///   - isCompared: whether there was an old side. Without one there are no changes, and a budget
  ///     of changes would hold in a vacuum.
  package func judge(_ metrics: Metrics, webACL: String, isCompared: Bool = true) -> GateCheck {
    guard isCompared || !value.needsBase else {
      return failure(
        .error, "'\(value.text)' speaks of changes, and there is nothing to compare with",
        details: ["'base' or --base names the old side"], webACL)
    }
    let outcome = value.outcome(on: metrics)
    guard !outcome.holds else {
      return GateCheck(
        result: CaseResult(
          group: "budget", name: value.text, status: .passed, location: origin.location))
    }
    let changes = value.contributions(metrics)
    var details = changes.prefix(Self.listedChanges).map(Self.line)
    if changes.count > Self.listedChanges {
      details.append("and \(changes.count - Self.listedChanges) more")
    }
    return failure(.failed, outcome.text, details: details, webACL)
  }

  private func failure(
    _ status: CaseResult.Status, _ message: String, details: [String], _ webACL: String
  ) -> GateCheck {
    GateCheck(
      result: CaseResult(
        group: "budget", name: value.text, status: status, message: message, details: details,
        location: origin.location),
      finding: Finding(
        kind: .budgetExceeded, severity: .error, isFailing: true, webACL: webACL,
        subject: value.text, message: message, notes: details, location: origin.location))
  }

  private static func line(_ change: Metrics.Change) -> String {
    let requests = change.requests.upperBound
    var line = "\(change.kind.rawValue): \(requests) request\(requests == 1 ? "" : "s")"
    if change.requests.possible > 0 {
      line += ", \(change.requests.possible) of them only possibly"
    }
    line += ", \(change.method) \(change.path)"
    return change.rule.isEmpty ? line : line + ", by \(change.rule)"
  }
}
