import WAFProgram

/// Numbers for the names of the rules of one of two web ACLs: equal names have equal numbers.
struct RuleNames: Sendable {
  private var ofRule: [Int32] = []
  private var ofTop: [Int32] = []
  private let ofDefaultAction: Int32
  /// Whether a rule's match is a count, whatever its action: its group is turned into Count.
  private var isInCountedGroup: [Bool] = []
  private var isGroup: [Bool] = []

  init(_ program: Program, _ numbers: inout [String: Int32]) {
    func number(_ name: String) -> Int32 {
      let next = Int32(truncatingIfNeeded: numbers.count)
      let known = numbers[name, default: next]
      numbers[name] = known
      return known
    }
    for info in program.ruleInfo { ofRule.append(number(info.path)) }
    isInCountedGroup = .init(repeating: false, count: program.rules.count)
    for top in program.topRules {
      ofTop.append(number(top.name))
      isGroup.append(top.kind.isGroup)
      for rule in top.rules { isInCountedGroup[rule] = top.isOverriddenToCount }
    }
    ofDefaultAction = number(Program.defaultActionName)
  }

  func end(_ outcome: Outcome) -> NamedEnd {
    NamedEnd(action: outcome.action, name: name(outcome))
  }

  private func name(_ outcome: Outcome) -> Int32 {
    if let rule = outcome.rule { return ofRule[rule.position] }
    return outcome.top == .max ? ofDefaultAction : ofTop[Int(outcome.top)]
  }

  /// The rule that an event counts; nil for other events.
  func counted(by event: WalkEvent) -> Int32? {
    switch event {
    case .innerCount(let rule): ofRule[rule.position]
    case .innerTerminating(let rule):
      isInCountedGroup[rule.position] ? ofRule[rule.position] : nil
    case .topCount(let top): isGroup[top] ? nil : ofTop[top]
    case .groupEvaluated: nil
    }
  }

  func rule(_ index: Int) -> Int32 { ofRule[index] }

  func top(_ index: Int) -> Int32 { ofTop[index] }

  func place(of name: Int32) -> CountedRule? {
    if let top = ofTop.firstIndex(of: name) { return .top(top) }
    return ofRule.firstIndex(of: name).map { .rule(RuleIndex($0)) }
  }
}
