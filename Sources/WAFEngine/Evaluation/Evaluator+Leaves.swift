import WAFProgram
import WAFRequests

extension Evaluator {
  /// A leaf's answer, computed once a record.
  ///
  /// Label and rate leaves depend on the path: they are not kept.
  mutating func answer(_ leaf: LeafIndex, _ record: borrowing RequestRecord) -> Answer {
    let position = leaf.position
    if isAnswered[position] { return answers[position] }
    let condition = program.leaves[position]
    let answer = computeAnswer(condition, record)
    switch condition {
    case .label, .rate: return answer
    case .bytes, .regex, .size, .detector, .ipSet, .country, .asn, .managedRule, .token, .resource,
      .unknowable:
      break
    }
    answers[position] = answer
    isAnswered[position] = true
    return answer
  }

  private mutating func computeAnswer(
    _ condition: Condition, _ record: borrowing RequestRecord
  ) -> Answer {
    switch condition {
    case .bytes(let slot, _, _, let oversize), .regex(let slot, _, let oversize),
      .size(let slot, _, _, let oversize), .detector(let slot, _, let oversize):
      return componentAnswer(condition, slot, oversize, record)
    case .ipSet(let set, let source): return ipSetAnswer(set, source: source, record)
    case .country(_, let source), .asn(_, let source):
      return placeAnswer(condition, source: source, record)
    case .label(let key): return labelAnswer(key, record)
    case .rate(let index): return rateAnswer(index, record)
    case .managedRule(let index): return managedAnswer(index, record)
    case .token(let test): return tokenAnswer(test, record)
    case .resource(let type): return resourceAnswer(type)
    case .unknowable: return .unknown(.unknowable)
    }
  }

  // MARK: Managed rules

  /// The answer of a managed rule is that of its strongest evidence.
  private mutating func managedAnswer(
    _ index: Int, _ record: borrowing RequestRecord
  ) -> Answer {
    switch program.managed[index].assumption {
    case .match: return Answer(.match, .assumed, .unmodelled)
    case .noMatch: return Answer(.no, .assumed, .unmodelled)
    case .unknown: return .unknown(.unknowable)
    case nil: break
    }
    var best: Answer?
    var hasUnknown = false
    var missLevel = program.managed[index].missLevel
    var missReason: Answer.Reason =
      missLevel == .assumed ? .untrustedMiss : missLevel == .exact ? .evidence : .untrustedMiss
    for branch in program.managed[index].branches.indices {
      let fidelity = program.managed[index].branches[branch].fidelity
      let answer = branchAnswer(program.managed[index].branches[branch].entry, record)
      switch answer.value {
      case .match:
        let found =
          fidelity == .exact ? answer : answer.weakened(to: .approximate, .approximation)
        if best.map({ found.level < $0.level }) ?? true {
          best = found
          fidelities[index] = fidelity
        }
      case .unknown:
        hasUnknown = true
      case .no:
        if answer.level > missLevel {
          missLevel = answer.level
          missReason = answer.reason
        }
      }
    }
    if let best { return best }
    return hasUnknown ? .unknown(.notRecorded) : Answer(.no, missLevel, missReason)
  }

  /// The strictest level at which a branch's formula is settled, and what it says there.
  private mutating func branchAnswer(
    _ entry: Int32, _ record: borrowing RequestRecord
  ) -> Answer {
    // The walk's own findings (unknowns met, assumptions) are about rules, not about branches.
    let outer = (level, mode, walk.nextLevel, walk.metUnknown, metUnknowns.count)
    let outerAssumptions = assumptionsInForce.count
    defer {
      level = outer.0
      mode = outer.1
      walk.nextLevel = outer.2
      walk.metUnknown = outer.3
      metUnknowns.removeSubrange(outer.4...)
      assumptionsInForce.removeSubrange(outerAssumptions...)
    }
    mode = .worlds
    for candidate in EvidenceLevel.allCases {
      level = candidate
      let value = run(entry, record)
      if value.isKnown { return Answer(value, candidate, branchReason(candidate)) }
    }
    return .unknown(.notRecorded)
  }

  private func branchReason(_ level: EvidenceLevel) -> Answer.Reason {
    switch level {
    case .exact: .evidence
    case .observed: .serviceFinding
    case .approximate: .openQuestion
    case .assumed: lastAssumedReason
    }
  }
}
