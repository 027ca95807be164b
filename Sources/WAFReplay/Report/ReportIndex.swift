package import WAFEngine
package import WAFProgram

/// Where the rules of a program stand in the rules of a report.
package struct ReportIndex: Sendable {
  /// By `RuleIndex`.
  let placeOfRule: [Int]
  /// By place in `Program.topRules`; that of a plain rule is its only rule's.
  let placeOfTop: [Int]
  let placeOfDefaultAction: Int
  /// The names of the rules, by place in the report.
  package let names: [String]
  /// Whether the group's result is turned into Count, by place in `Program.topRules`.
  let topIsOverriddenToCount: [Bool]
  let topIsPlain: [Bool]

  package init(_ program: Program) {
    var placeOfRule = [Int](repeating: 0, count: program.rules.count)
    var placeOfTop: [Int] = []
    var next = 0
    for top in program.topRules {
      for rule in top.rules {
        placeOfRule[rule] = next
        next += 1
      }
      if !top.kind.isGroup {
        placeOfTop.append(max(0, next - 1))
      } else {
        placeOfTop.append(next)
        next += 1
      }
    }
    self.placeOfRule = placeOfRule
    self.placeOfTop = placeOfTop
    placeOfDefaultAction = next
    names = program.reportedRules.map(\.path)
    topIsOverriddenToCount = program.topRules.map(\.isOverriddenToCount)
    topIsPlain = program.topRules.map { !$0.kind.isGroup }
  }

  package func place(of verdict: Verdict) -> Int {
    if let rule = verdict.rule { return placeOfRule[rule.position] }
    return verdict.top.map { placeOfTop[$0] } ?? placeOfDefaultAction
  }

  package func place(of rule: OpenRule) -> Int {
    switch rule {
    case .rule(let index): placeOfRule[index.position]
    case .group(let top): placeOfTop[top]
    }
  }
}

extension Program {
  /// The rules as a report lists them: in evaluation order, a group as a whole behind its rules,
  /// the default action last.
  package var reportedRules: [ReportedRule] {
    var reported: [ReportedRule] = []
    for top in topRules {
      for index in top.rules {
        let info = ruleInfo[index]
        let kind: ReportedRule.Kind =
          switch top.kind {
          case .plain, .rateBased: .plain
          case .ruleGroup: .inRuleGroup
          case .managedRuleGroup: .inManagedRuleGroup
          }
        reported.append(
          ReportedRule(
            kind: kind, path: info.path, topName: top.name,
            innerName: top.kind.isGroup ? info.name : "", groupID: top.groupID,
            action: rules[index].action, ownAction: info.ownAction,
            groupIsOverriddenToCount: top.isOverriddenToCount))
      }
      guard top.kind.isGroup else { continue }
      reported.append(
        ReportedRule(
          kind: .group, path: top.name, topName: top.name, innerName: "", groupID: top.groupID,
          action: nil, ownAction: nil, groupIsOverriddenToCount: top.isOverriddenToCount))
    }
    reported.append(
      ReportedRule(
        kind: .defaultAction, path: Self.defaultActionName, topName: Self.defaultActionName,
        innerName: "", groupID: "", action: defaultAction, ownAction: defaultAction,
        groupIsOverriddenToCount: false))
    return reported
  }
}
