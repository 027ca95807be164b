import WAFProgram
import WAFRequests

extension Evaluator {
  /// Runs a condition's code at the walk's level.
  ///
  /// The formula is monotone in its literals, so Kleene's answer follows from at most two runs:
  /// with every unknown literal failing, and, only if one was met and the first run rejected, with
  /// every unknown literal holding. In the walk of one world nothing is unknown.
  /// A leaf that is unknown at two places has one answer at both: where one stands under a NOT, the
  /// answers are tried (`settled`).
  mutating func run(_ entry: Int32, _ record: borrowing RequestRecord) -> Ternary {
    var metUnknown = false
    if runOnce(entry, unknownHolds: false, metUnknown: &metUnknown, record) { return .match }
    guard metUnknown else { return .no }
    var ignored = false
    guard runOnce(entry, unknownHolds: true, metUnknown: &ignored, record) else { return .no }
    guard !program.mixedLeaves.isEmpty, let mixed = program.mixedLeaves[entry] else {
      return .unknown
    }
    return settled(entry, mixed, record)
  }

  /// How many leaves are settled in all ways, so that a condition runs at most 128 times.
  private static let mostSettled = 6

  /// The truth of a condition, each unknown leaf of `mixed` settled in both ways.
  private mutating func settled(
    _ entry: Int32, _ mixed: [LeafIndex], _ record: borrowing RequestRecord
  ) -> Ternary {
    var open: [LeafIndex] = []
    for leaf in mixed {
      let answer = self.answer(leaf, record)
      if !answer.value.isKnown || answer.level > level { open.append(leaf) }
    }
    guard !open.isEmpty, open.count <= Self.mostSettled else { return .unknown }
    var common: Ternary?
    for choice in 0..<(1 << open.count) {
      let value: Ternary
      if runSettled(entry, open, choice, unknownHolds: false, record) {
        value = .match
      } else if runSettled(entry, open, choice, unknownHolds: true, record) {
        return .unknown
      } else {
        value = .no
      }
      if let common, common != value { return .unknown }
      common = value
    }
    return common ?? .unknown
  }

  private mutating func runSettled(
    _ entry: Int32, _ open: [LeafIndex], _ choice: Int, unknownHolds: Bool,
    _ record: borrowing RequestRecord
  ) -> Bool {
    var counter = entry
    while counter >= 0 {
      let instruction = program.code.instructions[Int(counter)]
      let holds: Bool
      if let place = open.firstIndex(of: instruction.leaf) {
        holds = (choice >> place & 1 == 1) != instruction.isNegated
      } else {
        switch test(instruction.leaf, record) {
        case .match: holds = !instruction.isNegated
        case .no: holds = instruction.isNegated
        case .unknown: holds = unknownHolds
        }
      }
      counter = holds ? instruction.onTrue : instruction.onFalse
    }
    return counter == JumpCode.accept
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
    let choice = UnknownChoice.leaf(leaf, turn: turn == 0 ? 0 : turnOfUnknown(leaf))
    metUnknowns.append(choice)
    guard mode != .worlds else { return .unknown }
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
    case .acceptedToken: assumption = .acceptedToken
    case .unsolvedCaptcha: assumption = .unsolvedCaptcha
    case .idleRate: assumption = .idleRates
    case .emptyRateHistory: assumption = .emptyRateHistory
    case .rateEstimate: assumption = .rateParticipants
    default: return
    }
    if !assumptionsInForce.contains(assumption) { assumptionsInForce.append(assumption) }
  }
}
