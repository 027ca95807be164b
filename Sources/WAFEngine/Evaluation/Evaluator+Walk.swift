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
      assumptionsInForce.removeAll(keepingCapacity: true)
    }
    for top in program.topRules.indices {
      let ended =
        switch program.topRules[top].kind {
        case .plain: walkPlainRule(top, record)
        case .ruleGroup, .managedRuleGroup: walkGroup(top, record)
        }
      if ended { return }
    }
    end(
      Outcome(
        action: program.defaultAction, rule: nil, top: .max,
        responseCode: program.defaultResponseCode), record)
  }

  /// Records that a path ends so.
  private mutating func end(_ outcome: Outcome, _ record: borrowing RequestRecord) {
    if mode == .oneWorld {
      walk.outcome = outcome
      return
    }
    walk.possible.insert(ActionSet(outcome.action))
    let slot = Int(outcome.action.rawValue)
    if walk.lastByAction[slot].map({ $0.order < outcome.order }) ?? true {
      walk.lastByAction[slot] = outcome
    }
    noteOpenFields(outcome, record)
  }

  // MARK: Plain rules

  /// Whether the evaluation ends here for certain.
  private mutating func walkPlainRule(_ top: Int, _ record: borrowing RequestRecord) -> Bool {
    let index = program.topRules[top].rules.lowerBound
    let rule = program.rules[index]
    let value = test(rule: index, entry: rule.entry, isCertain: true, record)
    // Geo labels come with the inspection, match or not, and before the rule's own labels.
    if rule.hasGeo { labels.addGeo() }
    addUnmodelledLabels(top)
    guard value != .no else { return false }
    let outcome = Outcome(
      action: rule.action, rule: RuleIndex(index), top: rule.top,
      responseCode: rule.responseCode)
    switch rule.action {
    case .count:
      addLabels(of: rule, isCertain: value == .match)
      if value == .match {
        countTop(top)
      } else {
        walk.countMaybe = true
        noteUnsettled(index, isTerminating: false)
      }
      return false
    case .allow, .block, .monetize:
      if value == .match {
        addLabels(of: rule, isCertain: true)
        end(outcome, record)
        return true
      }
      endMaybe(outcome, rule, record)
      noteUnsettled(index, isTerminating: true)
      return false
    case .captcha, .challenge:
      if mode == .oneWorld {
        addLabels(of: rule, isCertain: true)
        if isTokenMissing(rule.action) {
          end(outcome, record)
          return true
        }
        countTop(top)
        return false
      }
      noteToken(index, rule.action, isTerminating: true)
      endMaybe(outcome, rule, record)
      addLabels(of: rule, isCertain: value == .match)
      walk.countMaybe = true
      if value == .unknown { noteUnsettled(index, isTerminating: true) }
      return false
    }
  }

  // MARK: Rule groups

  private mutating func walkGroup(_ top: Int, _ record: borrowing RequestRecord) -> Bool {
    var isCertain = true
    if let scopeDown = program.topRules[top].scopeDown {
      let value = testScopeDown(top, entry: scopeDown, record)
      // Labels of a geo match in the scope-down show only after the group (not inside it).
      if value == .no {
        if program.topRules[top].scopeDownHasGeo { labels.addGeo() }
        return false
      }
      if value == .unknown {
        isCertain = false
        walk.groupMaybe = true
        unsettledRules.append(
          UnsettledRule(
            subject: .scopeDown, index: Int32(truncatingIfNeeded: top),
            isTerminating: !program.topRules[top].isOverriddenToCount))
      }
    }
    walk.groupVersion += 1
    events.append(.groupEvaluated(top))
    addUnmodelledLabels(top)
    let ended =
      if let group = program.topRules[top].opaqueGroup {
        walkOpaqueGroup(top, group, isCertain: isCertain, record)
      } else {
        walkGroupRules(top, isCertain: isCertain, record)
      }
    if program.topRules[top].scopeDownHasGeo { labels.addGeo() }
    return ended
  }

  private mutating func walkGroupRules(
    _ top: Int, isCertain groupIsCertain: Bool, _ record: borrowing RequestRecord
  ) -> Bool {
    let isOverridden = program.topRules[top].isOverriddenToCount
    var isCertain = groupIsCertain
    for index in program.topRules[top].rules {
      let rule = program.rules[index]
      let value = test(rule: index, entry: rule.entry, isCertain: isCertain, record)
      if rule.hasGeo {
        if isCertain { labels.addGeo() } else { labels.addGeoMaybe() }
      }
      guard value != .no else { continue }
      let isMatch = value == .match && isCertain
      let outcome = Outcome(
        action: rule.action, rule: RuleIndex(index), top: rule.top,
        responseCode: rule.responseCode)
      if !isMatch && value == .unknown {
        noteUnsettled(index, isTerminating: rule.action != .count && !isOverridden)
      }
      switch rule.action {
      case .count:
        addLabels(of: rule, isCertain: isMatch)
        if isMatch {
          walk.groupVersion += 1
          events.append(.innerCount(RuleIndex(index)))
        } else {
          walk.groupMaybe = true
        }
      case .allow, .block, .monetize:
        if isMatch {
          addLabels(of: rule, isCertain: true)
          events.append(.innerTerminating(RuleIndex(index)))
          walk.groupVersion += 1
          guard isOverridden else {
            end(outcome, record)
            return true
          }
          countTop(top)
          return false
        }
        if isOverridden {
          // In some worlds the group ends here; what follows in it is maybe.
          addLabels(of: rule, isCertain: false)
          walk.groupMaybe = true
          walk.countMaybe = true
          isCertain = false
        } else {
          endMaybe(outcome, rule, record)
        }
        // Known to match wherever it is reached: nothing behind it in the group is reached.
        if value == .match { return false }
      case .captcha, .challenge:
        if mode == .oneWorld {
          addLabels(of: rule, isCertain: true)
          guard isTokenMissing(rule.action) else {
            events.append(.innerCount(RuleIndex(index)))
            continue
          }
          events.append(.innerTerminating(RuleIndex(index)))
          guard isOverridden else {
            end(outcome, record)
            return true
          }
          countTop(top)
          return false
        }
        noteToken(index, rule.action, isTerminating: !isOverridden)
        if !isOverridden {
          endMaybe(outcome, rule, record)
        } else {
          isCertain = false
          walk.countMaybe = true
        }
        addLabels(of: rule, isCertain: isMatch)
        walk.groupMaybe = true
      }
    }
    return false
  }

  /// Labels that a managed group adds by means nobody can model: maybe, until an assumption says no.
  private mutating func addUnmodelledLabels(_ top: Int) {
    for source in program.topRules[top].labelSources {
      if level == .assumed && program.opaqueGroups[source].isAssumedIdle {
        let isAskedFor = program.labelKeys.contains { $0.opaqueGroups.contains(source) }
        let assumption = AssumptionID.opaqueGroup(source)
        if isAskedFor && !assumptionsInForce.contains(assumption) {
          assumptionsInForce.append(assumption)
        }
      } else {
        if walk.nextLevel == nil && program.opaqueGroups[source].isAssumedIdle {
          walk.nextLevel = .assumed
        }
        if mode == .worlds { labels.addOpaque(source) }
        walk.metUnknown = true
      }
    }
  }

  /// A group that is not at hand: any terminating action is possible, and all its labels are maybe.
  private mutating func walkOpaqueGroup(
    _ top: Int, _ group: Int, isCertain: Bool, _ record: borrowing RequestRecord
  ) -> Bool {
    let opaque = program.opaqueGroups[group]
    if opaque.isAssumedIdle {
      guard level < .assumed else {
        let assumption = AssumptionID.opaqueGroup(group)
        if !assumptionsInForce.contains(assumption) { assumptionsInForce.append(assumption) }
        return false
      }
      if walk.nextLevel == nil { walk.nextLevel = .assumed }
    }
    walk.metUnknown = true
    let isOverridden = program.topRules[top].isOverriddenToCount
    if mode == .oneWorld {
      for action in opaqueActions {
        let choice = UnknownChoice.opaqueGroup(group, action)
        guard chosenUnknowns.contains(choice), !isOverridden else { continue }
        end(opaqueOutcome(top, action), record)
        return true
      }
      return false
    }
    labels.addOpaque(group)
    walk.inspected.insert(.unmodelled)
    walk.groupMaybe = true
    walk.countMaybe = walk.countMaybe || isOverridden
    unsettledRules.append(
      UnsettledRule(
        subject: .opaqueGroup, index: Int32(truncatingIfNeeded: group),
        isTerminating: !isOverridden))
    guard !isOverridden else { return false }
    for action in opaqueActions {
      metUnknowns.append(.opaqueGroup(group, action))
      end(opaqueOutcome(top, action), record)
    }
    return false
  }

  private var opaqueActions: [Action] {
    program.isCloudFrontScope
      ? [.allow, .block, .captcha, .challenge, .monetize] : [.allow, .block, .captcha, .challenge]
  }

  private func opaqueOutcome(_ top: Int, _ action: Action) -> Outcome {
    Outcome(
      action: action, rule: nil, top: Int32(truncatingIfNeeded: top), responseCode: 0)
  }

  // MARK: Shared steps

  private mutating func test(
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

  private mutating func testScopeDown(
    _ top: Int, entry: Int32, _ record: borrowing RequestRecord
  ) -> Ternary {
    walk.inspected.formUnion(program.topRules[top].scopeDownInspected)
    let value = run(entry, record)
    if tracer != nil { trace(scopeDownOf: top, value, record) }
    return value
  }

  private mutating func addLabels(of rule: ProgramRule, isCertain: Bool) {
    for position in rule.labels {
      let label = program.ruleLabels[Int(position)]
      if isCertain { labels.add(label) } else { labels.addMaybe(label) }
    }
  }

  private mutating func countTop(_ top: Int) {
    walk.countVersion += 1
    events.append(.topCount(top))
  }

  /// A path that ends here in some worlds only.
  private mutating func endMaybe(
    _ outcome: Outcome, _ rule: ProgramRule, _ record: borrowing RequestRecord
  ) {
    walk.metUnknown = true
    end(outcome, record)
    // The ending path carries the rule's labels, the one that goes on does not.
    if !rule.labels.isEmpty { walk.open.insert(.labels) }
  }

  private mutating func isTokenMissing(_ action: Action) -> Bool {
    let choice = UnknownChoice.token(action)
    walk.metUnknown = true
    metUnknowns.append(choice)
    return chosenUnknowns.contains(choice)
  }

  private mutating func noteToken(_ rule: Int, _ action: Action, isTerminating: Bool) {
    walk.metUnknown = true
    let choice = UnknownChoice.token(action)
    metUnknowns.append(choice)
    unsettledRules.append(
      UnsettledRule(
        subject: .token, index: Int32(truncatingIfNeeded: rule), isTerminating: isTerminating))
  }

  private mutating func noteUnsettled(_ rule: Int, isTerminating: Bool) {
    unsettledRules.append(
      UnsettledRule(
        subject: .rule, index: Int32(truncatingIfNeeded: rule), isTerminating: isTerminating))
  }

  /// Marks the fields in which the record of `outcome` could differ from those of other worlds.
  private mutating func noteOpenFields(_ outcome: Outcome, _ record: borrowing RequestRecord) {
    if labels.hasMaybe || labels.geo == .unknown
      || ((labels.geo == .match || hasScopeDownGeo(outcome)) && !isGeoKnown(record))
    {
      walk.open.insert(.labels)
    }
    if !walk.open.contains(.oversizeFields), isOversizeOpen(record) {
      walk.open.insert(.oversizeFields)
    }
    if walk.groupMaybe { walk.open.insert(.ruleGroupList) }
    if walk.countMaybe { walk.open.insert(.nonTerminatingMatchingRules) }
    guard let first = walk.first else {
      walk.first = outcome
      walk.firstGroupVersion = walk.groupVersion
      walk.firstCountVersion = walk.countVersion
      walk.firstLabelCount = labels.order.count
      walk.firstInspected = walk.inspected
      return
    }
    if first.top != outcome.top { walk.open.insert(.terminatingRuleID) }
    if ruleType(first) != ruleType(outcome) { walk.open.insert(.terminatingRuleType) }
    if first.responseCode != outcome.responseCode || first.action.needsToken
      || outcome.action.needsToken
    {
      walk.open.insert(.responseCodeSent)
    }
    if walk.firstGroupVersion != walk.groupVersion || isInGroup(first) || isInGroup(outcome) {
      walk.open.insert(.ruleGroupList)
    }
    if isOversizeDifferent(walk.firstInspected, walk.inspected, record) {
      walk.open.insert(.oversizeFields)
    }
    if walk.firstCountVersion != walk.countVersion {
      walk.open.insert(.nonTerminatingMatchingRules)
    }
    if walk.firstLabelCount != labels.order.count || hasScopeDownGeo(first)
      || hasScopeDownGeo(outcome)
    {
      walk.open.insert(.labels)
    }
  }

  private func hasScopeDownGeo(_ outcome: Outcome) -> Bool {
    outcome.top != .max && program.topRules[Int(outcome.top)].scopeDownHasGeo
  }

  private func ruleType(_ outcome: Outcome) -> TopRule.Kind {
    outcome.top == .max ? .plain : program.topRules[Int(outcome.top)].kind
  }

  private func isInGroup(_ outcome: Outcome) -> Bool {
    ruleType(outcome) != .plain
  }

  /// Whether the recording tells country and region, hence the geo labels.
  func isGeoKnown(_ record: borrowing RequestRecord) -> Bool {
    switch record.country {
    case .notRecorded: false
    case .undetermined: true
    case .code: record.recordedRegion != nil && level >= .observed
    }
  }
}
