package import Findings

/// What a budget asks for: comparisons of metrics, joined by `and`, `or` and `not`.
///
/// ```
/// new_blocks == 0
/// new_blocks("/checkout/*").clients < 3 and indeterminate < 2%
/// not (new_blocks(rule: "common/*", method: "POST").possible > 5 or new_allows > 0.1%)
/// ```
///
/// `not` binds closer than `and`, `and` closer than `or`.
package indirect enum BudgetExpression: Hashable, Sendable {
  case comparison(BudgetComparison)
  case not(BudgetExpression)
  case and(BudgetExpression, BudgetExpression)
  case or(BudgetExpression, BudgetExpression)

  /// The comparisons in the order of the text.
  var comparisons: [BudgetComparison] {
    switch self {
    case .comparison(let comparison): [comparison]
    case .not(let inner): inner.comparisons
    case .and(let left, let right), .or(let left, let right):
      left.comparisons + right.comparisons
    }
  }
}

/// A metric compared with a number, or with another metric.
package struct BudgetComparison: Hashable, Sendable {
  package enum Operator: String, Hashable, Sendable, CaseIterable {
    case less = "<"
    case lessOrEqual = "<="
    case equal = "=="
    case unequal = "!="
    case greaterOrEqual = ">="
    case greater = ">"
  }

  package enum Operand: Hashable, Sendable {
    case number(BudgetNumber)
    case metric(BudgetMetric)
  }

  package var left: Operand
  package var relation: Operator
  package var right: Operand

  var metrics: [BudgetMetric] {
    [left, right].compactMap { operand in
      if case .metric(let metric) = operand { metric } else { nil }
    }
  }
}

/// A number of a budget: whole, or a percentage with up to six decimals.
package struct BudgetNumber: Hashable, Sendable {
  /// The digits without the point.
  package var digits: Int
  /// How many of them stand behind the point.
  package var decimals: Int
  package var isPercent: Bool
}

/// A number of a run, by the name that budgets have for it.
package struct BudgetMetric: Hashable, Sendable {
  package enum Name: String, Hashable, Sendable, CaseIterable {
    // Differences between the old and the new web ACL.
    case newBlocks = "new_blocks"
    case newAllows = "new_allows"
    case newChallenges = "new_challenges"
    case newCounts = "new_counts"
    case lostCounts = "lost_counts"
    case ruleChanges = "rule_changes"
    case newIndeterminate = "new_indeterminate"
    /// All of the above; a request that changes in two ways counts in each.
    case changes
    // What the new web ACL does.
    case requests
    case records
    case rejects
    case blocks
    case allows
    case challenges
    case counts
    case indeterminate
    case possibleBlocks = "possible_blocks"

    /// The kinds of change that it counts; none for a total.
    var kinds: Set<FindingKind> {
      switch self {
      case .newBlocks: [.newlyBlocked]
      case .newAllows: [.newlyAllowed]
      case .newChallenges: [.newlyChallenged]
      case .newCounts: [.newlyCounted]
      case .lostCounts: [.noLongerCounted]
      case .ruleChanges: [.ruleChanged]
      case .newIndeterminate: [.newlyIndeterminate]
      case .changes: Set(FindingKind.allCases.filter(\.isChange))
      case .requests, .records, .rejects, .blocks, .allows, .challenges, .counts, .indeterminate,
        .possibleBlocks:
        []
      }
    }

    var isOfChanges: Bool { !kinds.isEmpty }

    /// Whether it says how much of the traffic could be read.
    var isOfReading: Bool { self == .requests || self == .records || self == .rejects }
  }

  /// What is counted.
  package enum Unit: String, Hashable, Sendable, CaseIterable {
    case requests
    /// Different client addresses.
    case clients
  }

  package var name: Name
  package var selector: ChangeSelector
  package var unit: Unit
  package var certainty: CertaintySelector
  /// As it was written.
  package var text: String
}

/// Which changes are meant; nil for any.
package struct ChangeSelector: Hashable, Sendable {
  package var route: RoutePattern?
  package var method: PathPattern?
  package var rule: PathPattern?

  var isEmpty: Bool { route == nil && method == nil && rule == nil }

  package func selects(_ change: Metrics.Change) -> Bool {
    if let route, !route.matches(method: change.method, path: change.path) { return false }
    if let method, !method.matches(change.method) { return false }
    if let rule, !rule.matches(change.rule) { return false }
    return true
  }
}

/// How far what is said of a request must be trusted for it to count.
package enum CertaintySelector: String, Hashable, Sendable, CaseIterable {
  /// Exact and observed.
  case certain
  /// Approximate and assumed as well.
  case predicted
  /// The upper bound: also what only some worlds show.
  case possible

  package func count(of requests: CertaintyCounts) -> Int {
    switch self {
    case .certain: requests.certain
    case .predicted: requests.predicted
    case .possible: requests.upperBound
    }
  }
}
