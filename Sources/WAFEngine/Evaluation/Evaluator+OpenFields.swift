import WAFProgram
import WAFRequests

extension Evaluator {
  /// Marks the fields in which the record of `outcome` could differ from those of other worlds.
  mutating func noteOpenFields(_ outcome: Outcome, _ record: borrowing RequestRecord) {
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

  func hasScopeDownGeo(_ outcome: Outcome) -> Bool {
    outcome.top != .max && program.topRules[Int(outcome.top)].scopeDownHasGeo
  }

  func ruleType(_ outcome: Outcome) -> TopRule.Kind {
    outcome.top == .max ? .plain : program.topRules[Int(outcome.top)].kind
  }

  func isInGroup(_ outcome: Outcome) -> Bool {
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
