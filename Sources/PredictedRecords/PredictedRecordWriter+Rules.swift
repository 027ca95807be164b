import NativeRecords
import WAFEngine
import WAFProgram

extension PredictedRecordWriter {
  /// Every group that was evaluated, with what matched in it.
  func appendRuleGroupList(_ details: VerdictDetails, to line: inout [UInt8]) {
    line.append(",\"ruleGroupList\":[")
    let events = details.events
    var isFirst = true
    for index in events.indices {
      guard case .groupEvaluated(let top) = events[index] else { continue }
      if !isFirst { line.append(",") }
      isFirst = false
      // What happened in the group stands between this event and the next of the web ACL.
      var end = index + 1
      while end < events.count, isInner(events[end]) { end += 1 }
      appendGroup(top, events[index + 1..<end], details, to: &line)
    }
    line.append("]")
  }

  private func isInner(_ event: WalkEvent) -> Bool {
    switch event {
    case .innerCount, .innerTerminating: true
    case .groupEvaluated, .topCount: false
    }
  }

  private func appendGroup(
    _ top: Int, _ events: ArraySlice<WalkEvent>, _ details: VerdictDetails,
    to line: inout [UInt8]
  ) {
    line.append("{\"ruleGroupId\":")
    line.append(contentsOf: texts.groupIDs[top])
    line.append(",\"terminatingRule\":")
    let ending = events.lazy.compactMap { event -> RuleIndex? in
      if case .innerTerminating(let rule) = event { rule } else { nil }
    }.first
    if let ending {
      line.append("{\"ruleId\":")
      line.append(contentsOf: texts.ruleNames[ending.position])
      line.append(",\"action\":")
      line.append(program.rules[ending.position].action)
      // The log tells them on the level of the web ACL.
      line.append(",\"ruleMatchDetails\":null")
      appendOverriddenAction(ending, to: &line)
      line.append("}")
    } else {
      line.append("null")
    }
    line.append(",\"nonTerminatingMatchingRules\":[")
    var isFirst = true
    for rule in counted(events, excluded: false) {
      if !isFirst { line.append(",") }
      isFirst = false
      line.append("{\"ruleId\":")
      line.append(contentsOf: texts.ruleNames[rule.position])
      line.append(",\"action\":")
      line.append(program.rules[rule.position].action)
      line.append(",\"ruleMatchDetails\":")
      appendMatchDetails(of: rule, details, to: &line)
      appendOverriddenAction(rule, to: &line)
      line.append("}")
    }
    line.append("],\"excludedRules\":")
    appendExcludedRules(events, to: &line)
    line.append(",\"customerConfig\":null}")
  }

  /// Matches of rules in `ExcludedRules`, the older spelling of an override to Count, are logged
  /// apart.
  private func appendExcludedRules(_ events: ArraySlice<WalkEvent>, to line: inout [UInt8]) {
    let excluded = counted(events, excluded: true)
    guard !excluded.isEmpty else {
      line.append("null")
      return
    }
    var isFirst = true
    for rule in excluded {
      line.append(isFirst ? "[" : ",")
      isFirst = false
      line.append("{\"exclusionType\":\"EXCLUDED_AS_COUNT\",\"ruleId\":")
      line.append(contentsOf: texts.ruleNames[rule.position])
      line.append("}")
    }
    line.append("]")
  }

  private func counted(_ events: ArraySlice<WalkEvent>, excluded: Bool) -> [RuleIndex] {
    var rules: [RuleIndex] = []
    for event in events {
      guard case .innerCount(let rule) = event,
        (program.ruleInfo[rule.position].override == .excluded) == excluded
      else { continue }
      rules.append(rule)
    }
    return rules
  }

  /// The rule's own action, where an override gives it another one.
  private func appendOverriddenAction(_ rule: RuleIndex, to line: inout [UInt8]) {
    let own = program.ruleInfo[rule.position].ownAction
    guard own != program.rules[rule.position].action else { return }
    line.append(",\"overriddenAction\":")
    line.append(own)
  }

  /// The rules of the web ACL that counted, and the groups whose result was turned into Count.
  func appendNonTerminatingRules(_ details: VerdictDetails, to line: inout [UInt8]) {
    line.append(",\"nonTerminatingMatchingRules\":[")
    var isFirst = true
    // The rule that ended the group whose result was turned into Count.
    var ending: RuleIndex?
    for event in details.events {
      if case .groupEvaluated = event { ending = nil }
      if case .innerTerminating(let rule) = event { ending = rule }
      guard case .topCount(let top) = event else { continue }
      if !isFirst { line.append(",") }
      isFirst = false
      line.append("{\"ruleId\":")
      line.append(contentsOf: texts.topNames[top])
      line.append(",\"action\":")
      let rule = program.topRules[top]
      // A token that passes is logged under the rule's own action.
      line.append(rule.kind.isGroup ? .count : program.rules[rule.rules.lowerBound].action)
      line.append(",\"ruleMatchDetails\":")
      let matched = rule.kind.isGroup ? ending : RuleIndex(rule.rules.lowerBound)
      appendMatchDetails(of: matched, details, to: &line)
      line.append("}")
    }
    line.append("]")
  }
}
