import WAFProgram
import WAFRequests

extension Evaluator {
  /// Walks the rules in evaluation order at `level`.
  ///
  /// In `worlds` mode the walk follows one path and gathers what the forks on the way could do: an
  /// unknown terminating rule adds its action and the path goes on without its labels; an unknown
  /// Count rule leaves its labels maybe; whatever an unknown could have skipped is maybe. The
  /// result may be coarser than forking on every unknown, never narrower.
  ///
  /// - Parameter expected: ends the walk where another action is possible and a weaker level has
  ///   other answers. Up to there a walk at any level between does the same.
  mutating func runWalk(
    at level: EvidenceLevel, _ mode: WalkMode, expecting expected: ActionSet? = nil,
    _ record: borrowing RequestRecord
  ) {
    // Nothing but all actions is none that stops a walk.
    expectedActions = expected?.rawValue ?? .max
    self.level = level
    self.mode = mode
    walk = WalkResult()
    labels.removeAll()
    events.removeAll(keepingCapacity: true)
    metUnknowns.removeAll(keepingCapacity: true)
    if mode == .worlds {
      unsettledRules.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
      metUnshared = false
      certainEvents = nil
      assumptionsInForce.removeAll(keepingCapacity: true)
    }
    for segment in program.schedule.segments.indices {
      let skips = skipsRules && program.schedule.segments[segment].canSkip
      let ended =
        program.schedule.segments[segment].isGroup
        ? walkGroupSegment(segment, skips: skips, record)
        : walkPlainSegment(segment, skips: skips, record)
      if ended { return }
    }
    end(
      Outcome(
        action: program.defaultAction, rule: nil, top: .max,
        responseCode: program.defaultResponseCode), record)
  }

  /// Whether the walk stops here: an action that was not expected is possible.
  mutating func stopsHere() -> Bool {
    guard walk.possible.rawValue & ~expectedActions != 0, walk.nextLevel != nil else {
      return false
    }
    walk.hasStopped = true
    return true
  }

  /// Whether the walk ends here.
  private mutating func walkGroupSegment(
    _ segment: Int, skips: Bool, _ record: borrowing RequestRecord
  ) -> Bool {
    let top = program.schedule.segments[segment].tops.lowerBound
    noteUnshared(top)
    return walkGroup(top, segment: skips ? segment : nil, record) || stopsHere()
      || top == lastTop
  }

  private mutating func walkPlainSegment(
    _ segment: Int, skips: Bool, _ record: borrowing RequestRecord
  ) -> Bool {
    if skips { schedule(segment, record) }
    let rules = program.schedule.segments[segment].rules
    var next = rules.lowerBound
    while let rule = skips ? nextScheduled(next, below: rules.upperBound) : next,
      rule < rules.upperBound
    {
      if skips { walk.inspected.formUnion(program.schedule.inspectedBefore[rule]) }
      let top = Int(program.rules[rule].top)
      noteUnshared(top)
      if walkPlainRule(top, record) || stopsHere() || top == lastTop { return true }
      next = rule + 1
    }
    if skips { walk.inspected.formUnion(program.schedule.segments[segment].inspected) }
    return false
  }

  private mutating func noteUnshared(_ top: Int) {
    if !program.topRules[top].isShared, doesMoreThanMatch(top) { metUnshared = true }
  }

  /// Records that a path ends so.
  mutating func end(_ outcome: Outcome, _ record: borrowing RequestRecord) {
    guard mode == .worlds else {
      walk.outcome = outcome
      return
    }
    if certainEvents == nil { certainEvents = events.count }
    if turn != 0 { ends.append(outcome) }
    walk.possible = ActionSet(
      rawValue: walk.possible.rawValue | ActionSet(outcome.action).rawValue)
    let slot = Int(outcome.action.rawValue)
    if walk.lastByAction[slot].map({ $0.order < outcome.order }) ?? true {
      walk.lastByAction[slot] = outcome
    }
    if notesOpenFields { noteOpenFields(outcome, record) }
  }

  // MARK: Plain rules

  /// Whether the evaluation ends here for certain.
  mutating func walkPlainRule(_ top: Int, _ record: borrowing RequestRecord) -> Bool {
    let index = program.topRules[top].rules.lowerBound
    let rule = program.rules[index]
    let value = test(rule: index, entry: rule.entry, isCertain: true, record)
    // Geo labels come with the inspection, match or not, and before the rule's own labels.
    labels.add(rule.geo, isCertain: true)
    addUnmodelledLabels(top)
    guard value != .no else { return false }
    let isMatch = value == .match
    switch stops(rule, at: index, isTerminating: true, isMatch: isMatch, record) {
    case .no:
      addLabels(of: rule, isCertain: isMatch)
      noteInsertion(rule.inserts, isCertain: isMatch)
      noteLimited(index, isCertain: isMatch)
      if isMatch {
        countTop(top)
      } else {
        walk.countMaybe = true
        noteUnsettled(index, isTerminating: false)
      }
      return false
    case .match where isMatch:
      addLabels(of: rule, isCertain: true)
      end(outcome(of: rule, at: index), record)
      return true
    case .match:
      endMaybe(outcome(of: rule, at: index), rule, record)
      noteUnsettled(index, isTerminating: true)
      return false
    case .unknown:
      // Whoever passes goes on with the labels: they came with the match.
      if isMatch {
        addLabels(of: rule, isCertain: true)
        end(outcome(of: rule, at: index), record)
      } else {
        endMaybe(outcome(of: rule, at: index), rule, record)
        addLabels(of: rule, isCertain: false)
        noteUnsettled(index, isTerminating: true)
      }
      noteInsertion(rule.inserts, isCertain: false)
      noteLimited(index, isCertain: isMatch)
      walk.countMaybe = true
      return false
    }
  }
}
