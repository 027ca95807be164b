package import WAFEngine
package import WAFProgram

/// A managed rule that matches a request.
package struct RuleMatch: Hashable, Sendable {
  /// `GROUP/RULE`.
  package var rule: String
  /// What the rule does by itself.
  package var action: Action
  /// The best fidelity among the branches that match; nil where an assumption says so.
  package var fidelity: String?
  /// The component that matches, as traces name it, and the value with the matched part of it.
  package var component: String
  package var match: TraceMatch?

  package init(
    rule: String, action: Action, fidelity: String?, component: String = "",
    match: TraceMatch? = nil
  ) {
    self.rule = rule
    self.action = action
    self.fidelity = fidelity
    self.component = component
    self.match = match
  }

  /// Whether the condition is one that AWS documents.
  package var isDocumented: Bool { fidelity == BranchFidelity.exact.name }
}

extension RuleMatch {
  /// The match of a step; nil where the rule does not match.
  init?(_ step: TraceStep) {
    guard step.subject == .groupRule, step.outcome == .match else { return nil }
    let branches = Self.branches(of: step.statement).filter { $0.outcome == .match }
    let best = BranchFidelity.allCases.lazy.compactMap { fidelity in
      branches.first { $0.fidelity == fidelity.name }
    }.first
    let leaf = best.flatMap { Self.matchingLeaf(in: $0.statement) }
    self.init(
      rule: step.rule, action: step.ownAction ?? step.action ?? .count, fidelity: best?.fidelity,
      component: leaf?.component ?? "", match: leaf?.match)
  }

  private static func branches(of statement: TraceStatement) -> [TraceBranch] {
    switch statement {
    case .leaf(let leaf): leaf.branches
    case .and(let parts), .or(let parts): parts.flatMap { branches(of: $0) }
    // What is under a NOT takes requests out of the rule; it is no evidence for it.
    case .not: []
    }
  }

  /// The first condition that matches with a value, else the first that matches.
  private static func matchingLeaf(in statement: TraceStatement) -> TraceLeaf? {
    let leaves = matchingLeaves(in: statement)
    return leaves.first { $0.match != nil } ?? leaves.first
  }

  private static func matchingLeaves(in statement: TraceStatement) -> [TraceLeaf] {
    switch statement {
    case .leaf(let leaf): leaf.outcome == .match ? [leaf] : []
    case .and(let parts), .or(let parts): parts.flatMap { matchingLeaves(in: $0) }
    case .not: []
    }
  }
}
