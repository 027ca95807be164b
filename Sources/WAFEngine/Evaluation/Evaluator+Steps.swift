import WAFProgram
import WAFRequests

// The steps that plain rules and rules in groups share on a walk.

extension Evaluator {
  mutating func test(
    rule index: Int, entry: Int32, isCertain: Bool, _ record: borrowing RequestRecord
  ) -> Ternary {
    if isCertain {
      walk.inspected.formUnion(program.rules[index].inspected)
    } else {
      walk.maybeInspected.formUnion(program.rules[index].inspected)
    }
    let value = run(entry, record)
    if tracer != nil { trace(rule: index, value, record) }
    return value
  }

  mutating func testScopeDown(
    _ top: Int, entry: Int32, _ record: borrowing RequestRecord
  ) -> Ternary {
    walk.inspected.formUnion(program.topRules[top].scopeDownInspected)
    let value = run(entry, record)
    if tracer != nil { trace(scopeDownOf: top, value, record) }
    return value
  }

  mutating func addLabels(of rule: ProgramRule, isCertain: Bool) {
    for position in rule.labels {
      let label = program.ruleLabels[Int(position)]
      if isCertain { labels.add(label) } else { labels.addMaybe(label) }
    }
  }

  mutating func countTop(_ top: Int) {
    walk.countVersion += 1
    events.append(.topCount(top))
  }

  /// A path that ends here in some worlds only.
  mutating func endMaybe(
    _ outcome: Outcome, _ rule: ProgramRule, _ record: borrowing RequestRecord
  ) {
    walk.metUnknown = true
    end(outcome, record)
    // The ending path carries the rule's labels, the one that goes on does not.
    if !rule.labels.isEmpty { walk.open.insert(.labels) }
  }

  mutating func isTokenMissing(_ action: Action) -> Bool {
    let choice = UnknownChoice.token(action)
    walk.metUnknown = true
    metUnknowns.append(choice)
    return chosenUnknowns.contains(choice)
  }

  mutating func noteToken(_ rule: Int, _ action: Action, isTerminating: Bool) {
    walk.metUnknown = true
    let choice = UnknownChoice.token(action)
    metUnknowns.append(choice)
    unsettledRules.append(
      UnsettledRule(
        subject: .token, index: Int32(truncatingIfNeeded: rule), isTerminating: isTerminating))
  }

  mutating func noteUnsettled(_ rule: Int, isTerminating: Bool) {
    unsettledRules.append(
      UnsettledRule(
        subject: .rule, index: Int32(truncatingIfNeeded: rule), isTerminating: isTerminating))
  }
}
