import WAFProgram
import WAFRequests

extension Evaluator {
  /// Runs a condition's code at the walk's level.
  ///
  /// The formula is monotone in its literals, so Kleene's answer follows from at most two runs:
  /// with every unknown literal failing, and, only if one was met and the first run rejected, with
  /// every unknown literal holding. In the walk of one world nothing is unknown.
  mutating func run(_ entry: Int32, _ record: borrowing RequestRecord) -> Ternary {
    var metUnknown = false
    if runOnce(entry, unknownHolds: false, metUnknown: &metUnknown, record) { return .match }
    guard metUnknown else { return .no }
    var ignored = false
    return runOnce(entry, unknownHolds: true, metUnknown: &ignored, record) ? .unknown : .no
  }

  private mutating func runOnce(
    _ entry: Int32, unknownHolds: Bool, metUnknown: inout Bool,
    _ record: borrowing RequestRecord
  ) -> Bool {
    var counter = entry
    while counter >= 0 {
      let instruction = program.code.instructions[Int(counter)]
      let value = test(instruction.leaf, record)
      let holds: Bool
      switch value {
      case .match: holds = !instruction.isNegated
      case .no: holds = instruction.isNegated
      case .unknown:
        metUnknown = true
        holds = unknownHolds
      }
      counter = holds ? instruction.onTrue : instruction.onFalse
    }
    return counter == JumpCode.accept
  }

  /// A leaf's truth at the walk's level: answers that rest on something weaker are unknown.
  mutating func test(_ leaf: LeafIndex, _ record: borrowing RequestRecord) -> Ternary {
    let answer = self.answer(leaf, record)
    if answer.value.isKnown {
      if answer.level <= level {
        if answer.level == .assumed {
          lastAssumedReason = answer.reason
          noteAssumption(of: leaf, answer)
        }
        return answer.value
      }
      if walk.nextLevel.map({ answer.level < $0 }) ?? true { walk.nextLevel = answer.level }
    }
    walk.metUnknown = true
    let choice = UnknownChoice.leaf(leaf)
    metUnknowns.append(choice)
    guard mode == .oneWorld else { return .unknown }
    return Ternary(chosenUnknowns.contains(choice))
  }

  private mutating func noteAssumption(of leaf: LeafIndex, _ answer: Answer) {
    let assumption: AssumptionID
    switch answer.reason {
    case .unmodelled, .untrustedMiss:
      guard case .managedRule(let index) = program.leaves[leaf.position] else { return }
      assumption = .managedRule(index)
    case .bodylessHTTP2: assumption = .bodylessHTTP2
    case .resourceType: assumption = .resourceType
    case .undetected:
      guard case .detector(_, let detector, _) = program.leaves[leaf.position] else { return }
      assumption = .detector(detector)
    case .idleRate: assumption = .idleRates
    case .emptyRateHistory: assumption = .emptyRateHistory
    case .rateEstimate: assumption = .rateParticipants
    default: return
    }
    if !assumptionsInForce.contains(assumption) { assumptionsInForce.append(assumption) }
  }
}
