import WAFProgram
import WAFRequests

// Two web ACLs over one record: they take turns with one evaluator, so that what a leaf says is found
// out once, and an unknown that both ask has one answer in each world.

extension Evaluator {
  /// Lets another web ACL, which shares the tables, have its turn; this one is put aside in `other`.
  mutating func exchange(_ other: inout AsideProgram) {
    swap(&program, &other.program)
    swap(&rateFindings, &other.rateFindings)
    swap(&turn, &other.turn)
  }

  /// Whose an unknown leaf is: labels and rates hang on what happened before.
  func turnOfUnknown(_ leaf: LeafIndex) -> UInt8 {
    switch program.leaves[leaf.position] {
    case .label: turn
    case .rate: sharesRates ? 0 : turn
    case .bytes, .regex, .size, .detector, .ipSet, .country, .asn, .managedRule, .token,
      .resource, .unknowable:
      sharesAnswers ? 0 : turn
    }
  }

  func turnOfOpaqueGroup(_ top: Int) -> UInt8 {
    program.topRules[top].sharesUnknowns ? 0 : turn
  }

  /// Whether reaching a rule may do something although nothing in it matches: add labels.
  ///
  /// What only an assumption keeps from doing so does nothing at the level of assumptions, and there
  /// this is asked.
  func doesMoreThanMatch(_ top: Int) -> Bool {
    let rule = program.topRules[top]
    if let group = rule.opaqueGroup, !program.opaqueGroups[group].isAssumedIdle { return true }
    if !rule.scopeDownGeo.isEmpty { return true }
    for source in rule.labelSources where !program.opaqueGroups[source].isAssumedIdle {
      return true
    }
    for index in rule.rules where !program.rules[index].geo.isEmpty { return true }
    return false
  }

  /// Whether the rule of a name counts the request in all worlds at `level`, in some, or in none.
  mutating func counts(
    _ name: Int32, at level: EvidenceLevel, _ names: RuleNames, _ record: borrowing RequestRecord
  ) -> Ternary {
    runWalk(at: level, .worlds, record)
    for (place, event) in events.enumerated() where names.counted(by: event) == name {
      return place < certainEvents ?? events.count ? .match : .unknown
    }
    for rule in unsettledRules where isMaybeCounted(rule, name, names) { return .unknown }
    return .no
  }

  /// Whether a rule of a name may count, as far as an unsettled rule lets it.
  private func isMaybeCounted(_ rule: UnsettledRule, _ name: Int32, _ names: RuleNames) -> Bool {
    let index = Int(rule.index)
    switch rule.subject {
    case .label: return false
    case .rule, .gate:
      // Inside a group that is turned into Count the group as a whole may be what counts.
      let top = Int(program.rules[index].top)
      return names.rule(index) == name || names.top(top) == name
        || program.topRules[top].rules.contains { names.rule($0) == name }
    case .scopeDown:
      return names.top(index) == name
        || program.topRules[index].rules.contains { names.rule($0) == name }
    case .opaqueGroup:
      return program.topRules.indices.contains {
        program.topRules[$0].opaqueGroup == index && names.top($0) == name
      }
    }
  }

  /// How the web ACL whose turn it is ends in one world, at `level`.
  mutating func end(
    inWorldAt level: EvidenceLevel, _ record: borrowing RequestRecord
  ) -> Outcome? {
    runWalk(at: level, .fork, record)
    return walk.outcome
  }
}

/// A web ACL that waits for its turn, with what belongs to it alone.
struct AsideProgram: Sendable {
  var program: Program
  var rateFindings: ContiguousArray<RateFinding>
  var turn: UInt8
}
