import WAFProgram
import WAFRequests

extension Evaluator {
  /// Walks the rules in evaluation order at `level`.
  ///
  /// In `worlds` mode the walk follows one path and gathers what the forks on the way could do: an
  /// unknown terminating rule adds its action and the path goes on without its labels; an unknown
  /// Count rule leaves its labels maybe; whatever an unknown could have skipped is maybe. The
  /// result may be coarser than forking on every unknown, never narrower.
  mutating func runWalk(
    at level: EvidenceLevel, _ mode: WalkMode, _ record: borrowing RequestRecord
  ) {
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
    for top in program.topRules.indices {
      if !program.topRules[top].isShared, doesMoreThanMatch(top) { metUnshared = true }
      let ended =
        switch program.topRules[top].kind {
        case .plain, .rateBased: walkPlainRule(top, record)
        case .ruleGroup, .managedRuleGroup: walkGroup(top, record)
        }
      if ended || top == lastTop { return }
    }
    end(
      Outcome(
        action: program.defaultAction, rule: nil, top: .max,
        responseCode: program.defaultResponseCode), record)
  }

  /// Records that a path ends so.
  mutating func end(_ outcome: Outcome, _ record: borrowing RequestRecord) {
    guard mode == .worlds else {
      walk.outcome = outcome
      return
    }
    if certainEvents == nil { certainEvents = events.count }
    if turn != 0 { ends.append(outcome) }
    walk.possible.insert(ActionSet(outcome.action))
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
