import WAFProgram
import WAFRequests

extension PairEvaluator {
  /// The rules that count the request in one web ACL only.
  ///
  /// Where the action changes, what else is counted follows from that: then only the rule that ended
  /// the request before and counts it now is told. A difference in what is merely possible is not
  /// looked for.
  mutating func countChanges(
    _ comparison: ComparedRequest, _ record: borrowing RequestRecord
  ) -> [CountChange] {
    let old = countedNames(oldDetails, oldNames)
    let new = countedNames(newDetails, newNames)
    guard old != new else { return [] }
    var changes: [CountChange] = []
    let isActionChanged = comparison.old.action != comparison.new.action
    let ended = comparison.old.rule.map { oldNames.rule($0.position) }
    for name in new where !old.contains(name) {
      if isActionChanged, name != ended { continue }
      guard let place = newNames.place(of: name) else { continue }
      changes.append(
        CountChange(rule: place, isNew: true, certainty: certainty(of: name, isNew: true, record)))
    }
    guard !isActionChanged else { return changes }
    // A rule that counted and now ends the request is told as that.
    let ends = comparison.new.rule.map { newNames.rule($0.position) }
    for name in old where !new.contains(name) && name != ends {
      guard let place = oldNames.place(of: name) else { continue }
      changes.append(
        CountChange(
          rule: place, isNew: false, certainty: certainty(of: name, isNew: false, record)))
    }
    return changes
  }

  private func countedNames(_ details: VerdictDetails, _ names: RuleNames) -> [Int32] {
    guard details.hasCount else { return [] }
    return details.events.compactMap { names.counted(by: $0) }.sorted()
  }

  /// The strictest level at which every world shows that one web ACL counts by the rule and the other
  /// does not.
  private mutating func certainty(
    of name: Int32, isNew: Bool, _ record: borrowing RequestRecord
  ) -> Certainty {
    for level in EvidenceLevel.allCases {
      let old = counts(name, at: level, oldNames, record)
      exchangeTurns()
      let new = counts(name, at: level, newNames, record)
      exchangeTurns()
      let (with, without) = isNew ? (new, old) : (old, new)
      if with == .match, without == .no { return Certainty(level) }
    }
    return .indeterminate
  }
}
