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

  /// The worlds of `level`; nil when there are too many.
  func summary(at level: EvidenceLevel) -> Summary? {
    var summary = Summary(level: level)
    var outcomes: [OracleOutcome] = []
    var script = OracleScript()
    repeat {
      script.restart()
      var world = OracleWorld(record, level: level, script: script)
      world.run()
      script = world.script
      outcomes.append(world.outcome)
      if outcomes.count > mostWorlds { return nil }
    } while script.advance()
    summary.worlds = outcomes.count
    Self.gather(outcomes, into: &summary)
    return summary
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

  /// The certainty of the verdict; nil when there are too many worlds to tell.
  func certainty(_ summaries: inout [EvidenceLevel: Summary]) -> Certainty? {
    for level in EvidenceLevel.allCases {
      guard let summary = summaries[level] ?? summary(at: level) else { return nil }
      summaries[level] = summary
      if summary.possible.isSingle { return Certainty(level) }
    }
    return .indeterminate
  }
}
