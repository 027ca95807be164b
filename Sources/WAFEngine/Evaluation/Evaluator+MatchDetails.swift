import Bytes
import WAFProgram
package import WAFRequests

extension Evaluator {
  /// Adds what detectors found in the rules that matched, as the log lists it.
  ///
  /// To be asked for behind ``copyDetails(for:into:)``; only a predicted record needs it.
  package mutating func noteMatchDetails(
    for verdict: Verdict, _ record: borrowing RequestRecord, into details: inout VerdictDetails
  ) {
    for event in details.events {
      switch event {
      case .innerCount(let rule), .innerTerminating(let rule):
        noteDetections(in: program.ruleInfo[rule.position].formula, of: rule, record, &details)
      case .topCount(let top) where !program.topRules[top].kind.isGroup:
        let rule = RuleIndex(program.topRules[top].rules.lowerBound)
        noteDetections(in: program.ruleInfo[rule.position].formula, of: rule, record, &details)
      case .topCount, .groupEvaluated: continue
      }
    }
    guard let rule = verdict.rule, !details.matches.contains(where: { $0.rule == rule }) else {
      return
    }
    noteDetections(in: program.ruleInfo[rule.position].formula, of: rule, record, &details)
  }

  /// Of an `and` all parts are told, of an `or` the first that holds, of a `not` nothing.
  private mutating func noteDetections(
    in formula: Formula, of rule: RuleIndex, _ record: borrowing RequestRecord,
    _ details: inout VerdictDetails
  ) {
    switch formula {
    case .not: return
    case .and(let parts):
      for part in parts { noteDetections(in: part, of: rule, record, &details) }
    case .or(let parts):
      for part in parts where holds(part, record) {
        noteDetections(in: part, of: rule, record, &details)
        return
      }
    case .leaf(let leaf):
      switch program.leaves[leaf.position] {
      case .detector(let slot, let detector, _) where answer(leaf, record).value == .match:
        noteDetection(detector, slot, of: rule, record, &details)
      case .managedRule(let index):
        for branch in program.managed[index].branches where holds(branch.formula, record) {
          noteDetections(in: branch.formula, of: rule, record, &details)
        }
      default: return
      }
    }
  }

  private mutating func holds(_ formula: Formula, _ record: borrowing RequestRecord) -> Bool {
    switch formula {
    case .leaf(let leaf): return answer(leaf, record).value == .match
    case .not(let part): return !holds(part, record)
    case .and(let parts):
      for part in parts where !holds(part, record) { return false }
      return true
    case .or(let parts):
      for part in parts where holds(part, record) { return true }
      return false
    }
  }

  private mutating func noteDetection(
    _ detector: Detector, _ slot: SlotIndex, of rule: RuleIndex,
    _ record: borrowing RequestRecord, _ details: inout VerdictDetails
  ) {
    let value = slotValue(slot, flipping: Self.defaultReading, record)
    guard value.state == .values else { return }
    for index in value.elements where elements[index].state == .known {
      let element = elements[index]
      let bytes =
        element.isInArena
        ? Array(arena[element.range.bounds]) : Array(record.storage[element.range.bounds])
      guard let detection = Detection(detector, in: bytes.span) else { continue }
      let name =
        element.isNameInArena
        ? Array(arena[element.name.bounds]) : Array(record.storage[element.name.bounds])
      details.add(
        detection, by: detector, of: rule, field: program.slots[slot.position].field, name: name,
        value: bytes)
      return
    }
  }
}
