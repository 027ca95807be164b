import Bytes
import WAFProgram
import WAFRequests

extension Evaluator {
  /// Marks the fields in which the record of `outcome` could differ from those of other worlds.
  mutating func noteOpenFields(_ outcome: Outcome, _ record: borrowing RequestRecord) {
    if labels.hasMaybe || hasOpenGeo(outcome, record) { walk.open.insert(.labels) }
    if !walk.open.contains(.oversizeFields), isOversizeOpen(record) {
      walk.open.insert(.oversizeFields)
    }
    if walk.groupMaybe { walk.open.insert(.ruleGroupList) }
    if walk.countMaybe { walk.open.insert(.nonTerminatingMatchingRules) }
    if walk.insertMaybe, outcome.action == .allow { walk.open.insert(.requestHeadersInserted) }
    if insertsUnknownFacts(outcome, record) { walk.open.insert(.requestHeadersInserted) }
    let answer = program.answersClients ? noteAnswer(outcome, record) : -1
    defer {
      if walk.open.contains(.labels) {
        if program.insertsTemplates, walk.possible.contains(.allow) {
          walk.open.insert(.requestHeadersInserted)
        }
        if walk.answersLabels { walk.open.insert(.response) }
      }
    }
    guard let first = walk.first else {
      walk.first = outcome
      walk.firstGroupVersion = walk.groupVersion
      walk.firstCountVersion = walk.countVersion
      walk.firstLabelCount = labels.order.count
      walk.firstInspected = walk.inspected
      walk.firstPassed = walk.passed
      walk.firstInsertion = insertion(outcome)
      walk.firstLimitVersion = walk.limitVersion
      walk.firstAnswer = answer
      return
    }
    if first.top != outcome.top { walk.open.insert(.terminatingRuleID) }
    if ruleType(first) != ruleType(outcome) { walk.open.insert(.terminatingRuleType) }
    if first.loggedCode != outcome.loggedCode { walk.open.insert(.responseCodeSent) }
    walk.open.formUnion(walk.firstPassed.symmetricDifference(walk.passed))
    if first.action != outcome.action {
      if first.action == .captcha || outcome.action == .captcha {
        walk.open.insert(.captchaResponse)
      }
      if first.action == .challenge || outcome.action == .challenge {
        walk.open.insert(.challengeResponse)
      }
    }
    if walk.firstInsertion != insertion(outcome) { walk.open.insert(.requestHeadersInserted) }
    if walk.firstAnswer != answer { walk.open.insert(.response) }
    if walk.firstLimitVersion != walk.limitVersion
      || first.rule != outcome.rule && (isRateBased(first) || isRateBased(outcome))
    {
      walk.open.insert(.rateBasedRuleList)
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

  /// What inserts headers at the end of a path; nothing into a request that is not forwarded.
  private func insertion(_ outcome: Outcome) -> Insertion {
    guard outcome.action == .allow, program.insertsHeaders else { return Insertion() }
    var insertion = Insertion(counted: walk.insertVersion)
    if let rule = outcome.rule {
      if program.rules[rule.position].inserts { insertion.last = rule.rawValue }
    } else if outcome.top == .max, !program.defaultHandling.inserted.isEmpty {
      insertion.last = -2
    }
    return insertion
  }

  /// Whether a path ends with an inserted header that holds a fact which is not recorded.
  private func insertsUnknownFacts(
    _ outcome: Outcome, _ record: borrowing RequestRecord
  ) -> Bool {
    guard program.insertedFacts.rawValue != 0, outcome.action == .allow else { return false }
    return insertion(outcome) != Insertion() && lacks(program.insertedFacts, record)
  }

  /// Notes what answers the client at the end of a path; -1 for nothing but a code.
  private mutating func noteAnswer(
    _ outcome: Outcome, _ record: borrowing RequestRecord
  ) -> Int32 {
    guard outcome.action == .block else { return -1 }
    let answer: CustomAnswer?
    if let rule = outcome.rule {
      answer = program.ruleInfo[rule.position].handling.answer
    } else {
      answer = outcome.top == .max ? program.defaultHandling.answer : nil
    }
    guard let answer, answer.hasContent else { return -1 }
    for template in answer.templates {
      if template.hasLabels { walk.answersLabels = true }
      if lacks(template.facts, record) { walk.open.insert(.response) }
    }
    return outcome.rule?.rawValue ?? -2
  }

  private func lacks(_ facts: RequestFacts, _ record: borrowing RequestRecord) -> Bool {
    if facts.rawValue == 0 { return false }
    if facts.contains(.requestID), record.requestID.isEmpty { return true }
    if facts.contains(.clientIP) {
      switch record.clientIP {
      case .address: break
      case .invalid, .notRecorded: return true
      }
    }
    return facts.contains(.ja3) && !isSettled(record.ja3Fingerprint)
      || facts.contains(.ja4) && !isSettled(record.ja4Fingerprint)
  }

  private func isSettled(_ component: Component) -> Bool {
    switch component.state {
    case .known, .absent, .empty, .absentOrEmpty: true
    case .lossy, .prefix, .redacted, .notRecorded: false
    }
  }

  func hasScopeDownGeo(_ outcome: Outcome) -> Bool {
    outcome.top != .max && !program.topRules[Int(outcome.top)].scopeDownGeo.isEmpty
  }

  /// Whether the geo labels at the end of a path are not all known.
  private func hasOpenGeo(_ outcome: Outcome, _ record: borrowing RequestRecord) -> Bool {
    if !labels.openGeo.isEmpty { return true }
    var sources = labels.geo
    if outcome.top != .max { sources.formUnion(program.topRules[Int(outcome.top)].scopeDownGeo) }
    return !sources.isEmpty && !areGeoLabelsKnown(sources, record)
  }

  func isRateBased(_ outcome: Outcome) -> Bool {
    guard let rule = outcome.rule else { return false }
    return isRateBased(rule: rule.position)
  }

  func isRateBased(rule index: Int) -> Bool {
    guard !program.rates.isEmpty, case .leaf(let leaf) = program.ruleInfo[index].formula,
      case .rate = program.leaves[leaf.position]
    else { return false }
    return true
  }

  func ruleType(_ outcome: Outcome) -> TopRule.Kind {
    outcome.top == .max ? .plain : program.topRules[Int(outcome.top)].kind
  }

  func isInGroup(_ outcome: Outcome) -> Bool {
    ruleType(outcome).isGroup
  }
}
