import WAFEngine
import Wafcast

/// Asks every rule of the groups under test about requests, one at a time.
package struct GroupEvaluator: ~Copyable {
  private var evaluator: Evaluator

  package init(_ groups: GroupsUnderTest) {
    evaluator = Evaluator(groups.webACL.program)
  }

  /// What the rules say of a request, in evaluation order.
  package mutating func findings(on request: LabelledRequest) -> GroupFindings {
    let record = request.record
    _ = evaluator.evaluate(record)
    let trace = evaluator.trace(record)
    return GroupFindings(
      matches: trace.steps.compactMap { RuleMatch($0) },
      undecided: trace.steps.filter { $0.subject == .groupRule && $0.outcome == .unknown }
        .map(\.rule))
  }
}

/// What the rules of the groups say of one request.
package struct GroupFindings: Hashable, Sendable {
  /// The rules that match.
  package var matches: [RuleMatch]
  /// The names of the rules that are neither known to match nor known not to.
  package var undecided: [String]

  package init(matches: [RuleMatch], undecided: [String] = []) {
    self.matches = matches
    self.undecided = undecided
  }

  /// Whether some rule would have blocked the request.
  package var isBlocked: Bool { matches.contains { $0.action == .block } }

  /// Whether a rule that would have done so rests on a condition that AWS documents.
  package var meetsDocumentedBlock: Bool {
    matches.contains { $0.action == .block && $0.isDocumented }
  }

  /// Whether each rule that would have done so rests on a condition that AWS documents.
  package var isBlockedAsDocumented: Bool {
    isBlocked && matches.allSatisfy { $0.action != .block || $0.isDocumented }
  }
}
