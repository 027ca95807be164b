import WAFProgram
import WAFRequests

extension Evaluator {
  /// - Parameter segment: the segment of the schedule, where rules may be left out.
  mutating func walkGroup(
    _ top: Int, segment: Int?, _ record: borrowing RequestRecord
  ) -> Bool {
    var isCertain = true
    if let scopeDown = program.topRules[top].scopeDown {
      let value = testScopeDown(top, entry: scopeDown, record)
      // Labels of a geo match in the scope-down show only after the group (not inside it).
      if value == .no {
        labels.add(program.topRules[top].scopeDownGeo, isCertain: true)
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
    addGroupLabels(top, isCertain: isCertain, record)
    let ended =
      if let group = program.topRules[top].opaqueGroup {
        walkOpaqueGroup(top, group, isCertain: isCertain, record)
      } else {
        walkGroupRules(top, segment: segment, isCertain: isCertain, record)
      }
    labels.add(program.topRules[top].scopeDownGeo, isCertain: true)
    return ended
  }

  mutating func walkGroupRules(
    _ top: Int, segment: Int?, isCertain groupIsCertain: Bool, _ record: borrowing RequestRecord
  ) -> Bool {
    if let segment { schedule(segment, record) }
    let isOverridden = program.topRules[top].isOverriddenToCount
    let countInserts = !program.topRules[top].countHandling.inserted.isEmpty
    var isCertain = groupIsCertain
    let rules = program.topRules[top].rules
    var next = rules.lowerBound
    while let index = segment == nil ? next : nextScheduled(next, below: rules.upperBound),
      index < rules.upperBound
    {
      if stopsHere() { return true }
      next = index + 1
      let rule = program.rules[index]
      if segment != nil {
        noteInspected(program.schedule.inspectedBefore[index], isCertain: isCertain)
      }
      let value = test(rule: index, entry: rule.entry, isCertain: isCertain, record)
      labels.add(rule.geo, isCertain: isCertain)
      guard value != .no else { continue }
      let isMatch = value == .match && isCertain
      if value == .unknown {
        noteUnsettled(index, isTerminating: rule.action != .count && !isOverridden)
      }
      switch stops(rule, at: index, isTerminating: !isOverridden, isMatch: isMatch, record) {
      case .no:
        addLabels(of: rule, isCertain: isMatch)
        noteInsertion(rule.inserts, isCertain: isMatch)
        noteLimited(index, isCertain: isMatch)
        if isMatch {
          walk.groupVersion += 1
          events.append(.innerCount(RuleIndex(index)))
        } else {
          walk.groupMaybe = true
        }
      case .match where isMatch:
        addLabels(of: rule, isCertain: true)
        events.append(.innerTerminating(RuleIndex(index)))
        walk.groupVersion += 1
        guard isOverridden else {
          end(outcome(of: rule, at: index), record)
          return true
        }
        countTop(top)
        noteInsertion(countInserts, isCertain: true)
        noteLimited(index, isCertain: true)
        return false
      case .match:
        if isOverridden {
          // In some worlds the group ends here; what follows in it is maybe.
          addLabels(of: rule, isCertain: false)
          walk.groupMaybe = true
          walk.countMaybe = true
          noteInsertion(countInserts, isCertain: false)
          noteLimited(index, isCertain: false)
          isCertain = false
        } else {
          endMaybe(outcome(of: rule, at: index), rule, record)
        }
        // Known to match wherever it is reached: nothing behind it in the group is reached.
        if value == .match { return false }
      case .unknown:
        addLabels(of: rule, isCertain: isMatch)
        noteInsertion(rule.inserts, isCertain: false)
        noteLimited(index, isCertain: isMatch)
        if isOverridden {
          isCertain = false
          walk.countMaybe = true
          noteInsertion(countInserts, isCertain: false)
        } else if isMatch {
          end(outcome(of: rule, at: index), record)
        } else {
          endMaybe(outcome(of: rule, at: index), rule, record)
        }
        walk.groupMaybe = true
      }
    }
    if let segment {
      noteInspected(program.schedule.segments[segment].inspected, isCertain: isCertain)
    }
    return false
  }

  private mutating func noteInspected(_ parts: InspectedParts, isCertain: Bool) {
    if isCertain { walk.inspected.formUnion(parts) } else { walk.maybeInspected.formUnion(parts) }
  }

  /// Labels that a managed group adds by means nobody can model: maybe, until an assumption says no.
  mutating func addUnmodelledLabels(_ top: Int) {
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
        if mode != .oneWorld { labels.addOpaque(source) }
        walk.metUnknown = true
      }
    }
  }

  /// Labels that a managed group adds before its rules run.
  ///
  /// Those that nothing asks for need no assumption: the record shows the label as the best known
  /// answer has it.
  private mutating func addGroupLabels(
    _ top: Int, isCertain: Bool, _ record: borrowing RequestRecord
  ) {
    for index in program.topRules[top].labelRules {
      if let leaf = program.labelRules[index].prefilter, answer(leaf, record).value == .no {
        continue
      }
      let (label, entry) = (program.labelRules[index].label, program.labelRules[index].entry)
      let assumptions = assumptionsInForce.count
      let value = run(entry, record)
      if assumptionsInForce.count > assumptions, !isAskedFor(label) {
        assumptionsInForce.removeSubrange(assumptions...)
      }
      guard value != .no else { continue }
      if !program.topRules[top].isShared { metUnshared = true }
      if value == .match && isCertain {
        labels.add(label)
      } else {
        labels.addMaybe(label)
      }
      guard value == .unknown else { continue }
      unsettledRules.append(
        UnsettledRule(
          subject: .label, index: Int32(truncatingIfNeeded: index), isTerminating: false))
    }
  }

  private func isAskedFor(_ label: Int32) -> Bool {
    program.labelKeys.contains { key in
      key.labels.contains(Int(label)) || key.labelsByOtherReading?.contains(Int(label)) ?? false
    }
  }

  /// A group that is not at hand: any terminating action is possible, and all its labels are maybe.
  mutating func walkOpaqueGroup(
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
    guard mode == .worlds else {
      if mode == .fork { labels.addOpaque(group) }
      for action in opaqueActions where !isOverridden {
        let choice = UnknownChoice.opaqueGroup(group, action, turn: turnOfOpaqueGroup(top))
        if mode == .fork { metUnknowns.append(choice) }
        guard chosenUnknowns.contains(choice) else { continue }
        end(opaqueOutcome(top, action), record)
        return true
      }
      return false
    }
    labels.addOpaque(group)
    walk.inspected.insert(.unmodelled)
    walk.groupMaybe = true
    walk.countMaybe = walk.countMaybe || isOverridden
    // Its rules may insert headers and pass clients with a token.
    walk.insertMaybe = true
    if !isOverridden { walk.open.insert(.requestHeadersInserted) }
    walk.open.insert(.captchaResponse)
    walk.open.insert(.challengeResponse)
    unsettledRules.append(
      UnsettledRule(
        subject: .opaqueGroup, index: Int32(truncatingIfNeeded: group),
        isTerminating: !isOverridden))
    guard !isOverridden else { return false }
    for action in opaqueActions {
      metUnknowns.append(.opaqueGroup(group, action, turn: turnOfOpaqueGroup(top)))
      end(opaqueOutcome(top, action), record)
    }
    return false
  }

  var opaqueActions: [Action] {
    program.isCloudFrontScope
      ? [.allow, .block, .captcha, .challenge, .monetize] : [.allow, .block, .captcha, .challenge]
  }

  func opaqueOutcome(_ top: Int, _ action: Action) -> Outcome {
    Outcome(
      action: action, rule: nil, top: Int32(truncatingIfNeeded: top), responseCode: 0)
  }
}
