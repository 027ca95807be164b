package import WAFProgram
import Wafcast

/// What managed rule groups do with a corpus.
package struct GroupTally: Sendable {
  /// Requests of a kind, and what becomes of them.
  package struct Counts: Hashable, Sendable {
    package var total = 0
    /// Blocked by at least one rule whose condition is an approximation.
    package var blockedByApproximation = 0
    /// Of these, blocked by a condition that AWS documents as well.
    package var blockedByBoth = 0
    /// Blocked, and by nothing but conditions that AWS documents.
    package var blockedAsDocumented = 0

    package var blocked: Int { blockedByApproximation + blockedAsDocumented }
    package var recall: Proportion { Proportion(blocked, of: total) }
    package var falsePositives: Proportion { Proportion(blockedByApproximation, of: total) }

    mutating func add(_ findings: GroupFindings) {
      total += 1
      guard findings.isBlocked else { return }
      if findings.isBlockedAsDocumented {
        blockedAsDocumented += 1
      } else {
        blockedByApproximation += 1
        if findings.meetsDocumentedBlock { blockedByBoth += 1 }
      }
    }
  }

  /// What one rule matches.
  package struct RuleCounts: Hashable, Sendable {
    /// `GROUP/RULE`.
    package var rule: String
    package var action: Action
    /// Requests matched, by label and by the fidelity of the best branch (`assumed` without one).
    package var matches: [LabelledRequest.Label: [String: Int]] = [:]
    /// Requests that it could not be decided on.
    package var undecided = 0

    package init(rule: String, action: Action) {
      self.rule = rule
      self.action = action
    }

    package func matched(_ label: LabelledRequest.Label) -> Int {
      (matches[label] ?? [:]).values.reduce(0, +)
    }

    package func matched(_ label: LabelledRequest.Label, _ fidelity: String) -> Int {
      matches[label]?[fidelity] ?? 0
    }
  }

  /// Benign requests of a source that a rule blocks.
  package struct BenignBlock: Hashable, Comparable, Sendable {
    package var source: String
    package var rule: String
    package var fidelity: String

    package init(source: String, rule: String, fidelity: String) {
      self.source = source
      self.rule = rule
      self.fidelity = fidelity
    }

    package static func < (left: BenignBlock, right: BenignBlock) -> Bool {
      (left.source, left.rule, left.fidelity) < (right.source, right.rule, right.fidelity)
    }
  }

  /// The fidelities in their order, and what stands for none.
  package static let fidelities = BranchFidelity.allCases.map(\.name) + [assumed]
  package static let assumed = "assumed"

  package private(set) var attackTypes: [String: Counts] = [:]
  package private(set) var attackSources: [String: Counts] = [:]
  package private(set) var benignSources: [String: Counts] = [:]
  package private(set) var benignBlocks: [BenignBlock: Int] = [:]
  /// Every rule, in evaluation order.
  package private(set) var rules: [RuleCounts]
  private var ruleIndex: [String: Int]

  package init(_ groups: GroupsUnderTest) {
    self.init(
      rules: groups.webACL.program.ruleInfo.map { RuleCounts(rule: $0.path, action: $0.ownAction) })
  }

  package init(rules: [RuleCounts]) {
    self.rules = rules
    ruleIndex = Dictionary(
      rules.enumerated().map { ($0.element.rule, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  package mutating func add(_ findings: GroupFindings, on request: LabelledRequest) {
    switch request.label {
    case .attack:
      attackTypes[request.attackType, default: Counts()].add(findings)
      attackSources[request.source, default: Counts()].add(findings)
    case .benign: benignSources[request.source, default: Counts()].add(findings)
    }
    for match in findings.matches {
      let fidelity = match.fidelity ?? Self.assumed
      if let index = ruleIndex[match.rule] {
        rules[index].matches[request.label, default: [:]][fidelity, default: 0] += 1
      }
      guard request.label == .benign, match.action == .block else { continue }
      benignBlocks[
        BenignBlock(source: request.source, rule: match.rule, fidelity: fidelity), default: 0] += 1
    }
    for rule in findings.undecided {
      if let index = ruleIndex[rule] { rules[index].undecided += 1 }
    }
  }
}
