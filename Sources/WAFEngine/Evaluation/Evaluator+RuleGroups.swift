import WAFProgram
import WAFRequests

extension Evaluator {
  mutating func walkGroup(_ top: Int, _ record: borrowing RequestRecord) -> Bool {
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

  mutating func walkGroupRules(
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
        if mode == .worlds { labels.addOpaque(source) }
        walk.metUnknown = true
      }
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

  var opaqueActions: [Action] {
    program.isCloudFrontScope
      ? [.allow, .block, .captcha, .challenge, .monetize] : [.allow, .block, .captcha, .challenge]
  }

  func opaqueOutcome(_ top: Int, _ action: Action) -> Outcome {
    Outcome(
      action: action, rule: nil, top: Int32(truncatingIfNeeded: top), responseCode: 0)
  }
}
