import WAFEngine
import WAFProgram
import WAFRequests

/// The independent evaluator: it forks on every unknown and gathers what the worlds say.
///
/// Written from the design and the semantics file, not from the engine.
struct Oracle {
  /// All worlds at one level.
  struct Summary {
    let level: EvidenceLevel
    var possible: ActionSet = []
    /// The member of `possible` whose rule comes last in evaluation order.
    var action = Action.allow
    /// Whether another action can come from a rule at the same place.
    var actionIsShared = false
    /// The fields that differ between worlds.
    var open: OpenFields = []
    /// The worlds that give `action` with the fewest unknowns that match.
    var fillings: [OracleOutcome] = []
    var worlds = 0
    /// Whether a label statement of a terminating rule has another answer in another world.
    var labelDecides = false
    /// The same, after a group that is overridden to Count.
    var labelDecidesAfterCountedGroup = false
  }

  let record: OracleRecord
  /// Beyond this many worlds a level is not decided.
  let mostWorlds: Int

  init(_ record: RequestRecord, for acl: OracleACL, mostWorlds: Int) {
    self.record = OracleRecord(record, for: acl)
    self.mostWorlds = mostWorlds
  }

  /// What there is to say of a level.
  enum Finding {
    /// All its worlds.
    case summary(Summary)
    /// There are worlds with different actions.
    case severalActions
    case tooManyWorlds
  }

  /// The worlds of `level`; nil when there are too many.
  func summary(at level: EvidenceLevel) -> Summary? {
    if case .summary(let summary) = finding(at: level, endsAtSecondAction: false) {
      return summary
    }
    return nil
  }

  private func finding(at level: EvidenceLevel, endsAtSecondAction: Bool) -> Finding {
    var summary = Summary(level: level)
    var outcomes: [OracleOutcome] = []
    var script = OracleScript()
    repeat {
      script.restart()
      var world = OracleWorld(record, level: level, script: script)
      world.run()
      script = world.script
      outcomes.append(world.outcome)
      if endsAtSecondAction, world.outcome.action != outcomes[0].action { return .severalActions }
      if outcomes.count > mostWorlds { return .tooManyWorlds }
    } while script.advance()
    summary.worlds = outcomes.count
    settleOversize(&outcomes, at: level)
    Self.gather(outcomes, into: &summary)
    return .summary(summary)
  }

  private func settleOversize(_ outcomes: inout [OracleOutcome], at level: EvidenceLevel) {
    var settled: [InspectedFields: OracleOutcome] = [:]
    for index in outcomes.indices {
      let inspected = outcomes[index].inspected
      if settled[inspected] == nil {
        var outcome = outcomes[index]
        outcome.settleOversize(record, at: level)
        settled[inspected] = outcome
      }
      guard let outcome = settled[inspected] else { continue }
      outcomes[index].oversize = outcome.oversize
      outcomes[index].oversizeIsOpen = outcome.oversizeIsOpen
    }
  }

  private static func gather(_ outcomes: [OracleOutcome], into summary: inout Summary) {
    guard let first = outcomes.first else { return }
    var last = first
    for outcome in outcomes {
      summary.possible.insert(ActionSet(outcome.action))
      if outcome.place > last.place { last = outcome }
      if outcome.ruleID != first.ruleID { summary.open.insert(.terminatingRuleID) }
      if outcome.ruleType != first.ruleType { summary.open.insert(.terminatingRuleType) }
      if outcome.responseCode == nil || outcome.responseCode != first.responseCode {
        summary.open.insert(.responseCodeSent)
      }
      if outcome.groupsAreOpen || outcome.groups != first.groups {
        summary.open.insert(.ruleGroupList)
      }
      if outcome.countedIsOpen || outcome.counted != first.counted {
        summary.open.insert(.nonTerminatingMatchingRules)
      }
      if outcome.oversizeIsOpen || outcome.oversize != first.oversize {
        summary.open.insert(.oversizeFields)
      }
      if outcome.labelsAreOpen || outcome.labels != first.labels {
        summary.open.insert(.labels)
      }
      if outcome.insertedIsOpen || outcome.inserted != first.inserted {
        summary.open.insert(.requestHeadersInserted)
      }
      for (action, field) in [
        (Action.captcha, OpenFields.captchaResponse), (.challenge, .challengeResponse),
      ]
      where outcome.openResponses.contains(action)
        || outcome.responses[action] != first.responses[action]
      {
        summary.open.insert(field)
      }
    }
    summary.action = last.action
    summary.actionIsShared = outcomes.contains {
      $0.place == last.place && $0.action != last.action
    }
    let same = outcomes.filter { $0.action == last.action }
    let fewest = same.map(\.matches).min() ?? 0
    summary.fillings = same.filter { $0.matches == fewest }

    var answers: Set<OracleOutcome.LabelAnswer> = []
    for outcome in outcomes { answers.formUnion(outcome.labelAnswers) }
    for answer in answers where answer.holds {
      let others = answers.filter { $0.top == answer.top && !$0.holds }
      guard !others.isEmpty else { continue }
      summary.labelDecides = true
      if answer.afterCountedGroup { summary.labelDecidesAfterCountedGroup = true }
    }
  }

  /// The certainty of the verdict, and the worlds of its level where it is one; nil when there are
  /// too many worlds to tell.
  func certainty() -> (Certainty, Summary?)? {
    for level in EvidenceLevel.allCases {
      switch finding(at: level, endsAtSecondAction: true) {
      case .summary(let summary): return (Certainty(level), summary)
      case .severalActions: continue
      case .tooManyWorlds: return nil
      }
    }
    return (.indeterminate, nil)
  }
}
