import WAFProgram
import WAFRequests

extension Evaluator {
  /// A leaf's answer, computed once a record.
  ///
  /// Label and rate leaves depend on the path: they are not kept.
  mutating func answer(_ leaf: LeafIndex, _ record: borrowing RequestRecord) -> Answer {
    let position = leaf.position
    if isAnswered[position] { return answers[position] }
    var bit: Int32 = -1
    if options.usesPrefilters {
      let filter = program.filters.leaves[position]
      if filter.bit >= 0, let miss = missAnswer(filter, record) { return miss }
      bit = filter.bit
    }
    let condition = program.leaves[position]
    testedBit = bit
    let answer =
      isProfiling
      ? profiledAnswer(position, condition, record) : computeAnswer(condition, record)
    testedBit = -1
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

  mutating func computeAnswer(
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
    if options.usesPrefilters, let answer = watchedAnswer(index, record) { return answer }
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

  /// The answer where no branch has a candidate and all misses say the same; nil where the branches
  /// have to be run.
  private mutating func watchedAnswer(
    _ index: Int, _ record: borrowing RequestRecord
  ) -> Answer? {
    guard let watch = program.managed[index].watch else { return nil }
    var common: Answer?
    for group in watch.groups {
      let field = scanGroup(group, record)
      guard !findings.fields[field].isOpen else { return nil }
      let miss = plainMiss(group, record)
      guard let before = common else {
        common = miss
        continue
      }
      guard before.value == miss.value else { return nil }
      if miss.level > before.level { common = miss }
      // Two assumptions: which one is named hangs on the order of the branches.
      if miss.level == .assumed, before.level == .assumed, miss != before { return nil }
    }
    guard let common, common.value == .no || (common.value == .unknown && watch.isPlain) else {
      return nil
    }
    for leaf in watch.leaves {
      let filter = program.filters.leaves[leaf.position]
      let field = program.filters.missGroups[Int(filter.group)].field
      if findings.isCandidate(Int(filter.bit), of: field) { return nil }
    }
    guard common.value == .no else { return .unknown(.notRecorded) }
    // Another part of an AND may fail at a stricter level.
    guard watch.isPlain || common.level <= program.managed[index].missLevel else { return nil }
    let missLevel = program.managed[index].missLevel
    guard common.level > missLevel else {
      return Answer(.no, missLevel, missLevel == .exact ? .evidence : .untrustedMiss)
    }
    let reason = common.level == .assumed ? common.reason : branchReason(common.level)
    return Answer(.no, common.level, reason)
  }

  /// The strictest level at which a branch's formula is settled, and what it says there.
  private mutating func branchAnswer(
    _ entry: Int32, _ record: borrowing RequestRecord
  ) -> Answer {
    if let single = singleAnswer(entry, record) { return single }
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
    level = .exact
    let exact = run(entry, record)
    if exact.isKnown { return Answer(exact, .exact, branchReason(.exact)) }
    // What not even assumptions settle is not settled at the levels between.
    level = .assumed
    guard run(entry, record).isKnown else { return .unknown(.notRecorded) }
    for candidate in EvidenceLevel.allCases.dropFirst() {
      level = candidate
      let value = run(entry, record)
      if value.isKnown { return Answer(value, candidate, branchReason(candidate)) }
    }
    return .unknown(.notRecorded)
  }

  /// The answer of a branch that asks one leaf; nil for any other.
  private mutating func singleAnswer(
    _ entry: Int32, _ record: borrowing RequestRecord
  ) -> Answer? {
    guard entry >= 0 else { return nil }
    let instruction = program.code.instructions[Int(entry)]
    guard instruction.onTrue < 0, instruction.onFalse < 0 else { return nil }
    let answer = answer(instruction.leaf, record)
    guard answer.value.isKnown else { return .unknown(.notRecorded) }
    let holds = (answer.value == .match) != instruction.isNegated
    let target = holds ? instruction.onTrue : instruction.onFalse
    if answer.level == .assumed { lastAssumedReason = answer.reason }
    return Answer(
      Ternary(target == JumpCode.accept), answer.level, branchReason(answer.level))
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
