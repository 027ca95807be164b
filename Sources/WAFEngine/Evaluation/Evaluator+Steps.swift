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
    if !probedRates.isEmpty {
      probe(rule: index, isCertain: isCertain && walk.possible.isEmpty, record)
    }
    let value =
      isProfiling ? profiledRun(rule: index, entry: entry, record) : run(entry, record)
    if value != .no, !program.topRules[Int(program.rules[index].top)].isShared {
      metUnshared = true
    }
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

  /// A rule, or a group whose result becomes Count, that inserts headers and goes on.
  mutating func noteInsertion(_ inserts: Bool, isCertain: Bool) {
    guard inserts else { return }
    if isCertain { walk.insertVersion += 1 } else { walk.insertMaybe = true }
  }

  /// A rate-based rule that limits the request, which goes on all the same.
  mutating func noteLimited(_ index: Int, isCertain: Bool) {
    guard isRateBased(rule: index) else { return }
    if isCertain { walk.limitVersion += 1 } else { walk.open.insert(.rateBasedRuleList) }
  }

  func outcome(of rule: ProgramRule, at index: Int) -> Outcome {
    Outcome(
      action: rule.action, rule: RuleIndex(index), top: rule.top,
      responseCode: rule.responseCode)
  }

  /// Whether the action of a rule that matches ends the evaluation (or its group).
  ///
  /// `isMatch` says that the rule matches for certain.
  mutating func stops(
    _ rule: ProgramRule, at index: Int, isTerminating: Bool, isMatch: Bool,
    _ record: borrowing RequestRecord
  ) -> Ternary {
    switch rule.action {
    case .count: return .no
    case .allow, .block: return .match
    case .captcha, .challenge, .monetize:
      let value = gateValue(rule.gate, record)
      if value == .unknown {
        unsettledRules.append(
          UnsettledRule(
            subject: .gate, index: Int32(truncatingIfNeeded: index),
            isTerminating: isTerminating))
      }
      if value == .no { notePassed(rule.action, isCertain: isMatch) }
      return value
    }
  }

  /// A client that passes is logged, as one that is stopped is.
  private mutating func notePassed(_ action: Action, isCertain: Bool) {
    let field: OpenFields
    switch action {
    case .captcha: field = .captchaResponse
    case .challenge: field = .challengeResponse
    case .monetize, .allow, .block, .count: return
    }
    if isCertain { walk.passed.insert(field) } else { walk.open.insert(field) }
  }

  mutating func noteUnsettled(_ rule: Int, isTerminating: Bool) {
    unsettledRules.append(
      UnsettledRule(
        subject: .rule, index: Int32(truncatingIfNeeded: rule), isTerminating: isTerminating))
  }
}
