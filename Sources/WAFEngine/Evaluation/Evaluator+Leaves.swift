import Behaviour
import Bytes
import IPAddressing
import Matching
import WAFProgram
import WAFRequests

extension Evaluator {
  /// A leaf's answer, computed once a record.
  ///
  /// Label leaves depend on the path: they are not kept.
  mutating func answer(_ leaf: LeafIndex, _ record: borrowing RequestRecord) -> Answer {
    let position = leaf.position
    if isAnswered[position] { return answers[position] }
    let condition = program.leaves[position]
    if case .label(let key) = condition { return labelAnswer(key, record) }
    let answer = computeAnswer(condition, record)
    answers[position] = answer
    isAnswered[position] = true
    return answer
  }

  private mutating func computeAnswer(
    _ condition: Condition, _ record: borrowing RequestRecord
  ) -> Answer {
    switch condition {
    case .bytes(let slot, _, _, let oversize), .regex(let slot, _, let oversize),
      .size(let slot, _, _, let oversize):
      return componentAnswer(condition, slot, oversize, record)
    case .ipSet(let set): return ipSetAnswer(set, record)
    case .country(let set): return countryAnswer(set, record)
    case .label(let key): return labelAnswer(key, record)
    case .managedRule(let index): return managedAnswer(index, record)
    case .unknowable: return .unknown(.unknowable)
    }
  }

  // MARK: Addresses and countries

  private func ipSetAnswer(_ set: Int, _ record: borrowing RequestRecord) -> Answer {
    if program.ipSets[set].isEmpty { return Answer(.no) }
    guard case .address(let address) = record.clientIP else { return .unknown(.notRecorded) }
    guard let mapped = address.mappedIPv4 else {
      return Answer(Ternary(program.ipSets[set].contains(address)))
    }
    let asIPv4 = program.ipSets[set].contains(mapped)
    let asIPv6 = program.ipSets[set].contains(address)
    let answer = Answer(Ternary(asIPv4))
    return asIPv4 == asIPv6 ? answer : answer.weakened(to: .approximate, .openQuestion)
  }

  private func countryAnswer(_ set: Int, _ record: borrowing RequestRecord) -> Answer {
    switch record.country {
    case .notRecorded: .unknown(.notRecorded)
    case .undetermined: Answer(.no)
    case .code(let code): Answer(Ternary(program.countrySets[set].contains(code)))
    }
  }

  // MARK: Labels

  private mutating func labelAnswer(
    _ index: Int, _ record: borrowing RequestRecord
  ) -> Answer {
    noteRecordedRegion(index, record)
    let value = labelValue(index, byOtherReading: false, record)
    guard program.labelKeys[index].labelsByOtherReading != nil else {
      return value == .unknown ? .unknown(.maybeLabel) : Answer(value)
    }
    let other = labelValue(index, byOtherReading: true, record)
    guard value != .unknown else { return .unknown(.maybeLabel) }
    return value == other
      ? Answer(value) : Answer(value).weakened(to: .approximate, .openQuestion)
  }

  /// A recorded region answers from the level `observed` on: that level is worth a walk.
  private mutating func noteRecordedRegion(
    _ index: Int, _ record: borrowing RequestRecord
  ) {
    guard level < .observed, labels.geo != .no, record.recordedRegion != nil else { return }
    switch program.labelKeys[index].regionByOtherReading {
    case .never, .always: return
    case .equals, .startsWith: walk.nextLevel = .observed
    }
  }

  private func labelValue(
    _ index: Int, byOtherReading: Bool, _ record: borrowing RequestRecord
  ) -> Ternary {
    let set =
      byOtherReading
      ? program.labelKeys[index].labelsByOtherReading ?? program.labelKeys[index].labels
      : program.labelKeys[index].labels
    if labels.present.intersects(set) { return .match }
    let geo = geoValue(index, byOtherReading: byOtherReading, record)
    if geo == .match { return .match }
    guard geo == .no, !labels.maybe.intersects(set),
      !labels.opaqueMaybe.intersects(program.labelKeys[index].opaqueGroups)
    else { return .unknown }
    return .no
  }

  /// Whether the geo labels on the request satisfy the key.
  private func geoValue(
    _ index: Int, byOtherReading: Bool, _ record: borrowing RequestRecord
  ) -> Ternary {
    guard labels.geo != .no else { return .no }
    let country = countryLabelValue(
      byOtherReading
        ? program.labelKeys[index].countryByOtherReading : program.labelKeys[index].country, record)
    let region = regionLabelValue(
      byOtherReading
        ? program.labelKeys[index].regionByOtherReading : program.labelKeys[index].region, record)
    let value: Ternary =
      if country == .match || region == .match {
        .match
      } else if country == .unknown || region == .unknown {
        .unknown
      } else {
        .no
      }
    return labels.geo == .match || value == .no ? value : .unknown
  }

  private func countryLabelValue(
    _ test: LabelKey.GeoTest, _ record: borrowing RequestRecord
  ) -> Ternary {
    switch test {
    case .never: return .no
    case .always: return .match
    case .equals(let wanted):
      switch record.country {
      case .notRecorded: return .unknown
      case .undetermined: return Ternary(wanted == "XX")
      case .code(let code): return Ternary(wanted == code.text)
      }
    case .startsWith(let wanted):
      switch record.country {
      case .notRecorded: return .unknown
      case .undetermined: return Ternary("XX".hasPrefix(wanted))
      case .code(let code): return Ternary(code.text.hasPrefix(wanted))
      }
    }
  }

  private func regionLabelValue(
    _ test: LabelKey.GeoTest, _ record: borrowing RequestRecord
  ) -> Ternary {
    switch test {
    case .never: return .no
    case .always: return .match
    case .equals(let wanted):
      guard let known = knownRegion(record) else {
        return couldBeRegion(wanted, record) ? .unknown : .no
      }
      return Ternary(known == wanted)
    case .startsWith(let wanted):
      guard let known = knownRegion(record) else { return .unknown }
      return Ternary(known.hasPrefix(wanted))
    }
  }

  /// The region as its label spells it; nil where the recording does not tell at this level.
  private func knownRegion(_ record: borrowing RequestRecord) -> String? {
    if record.country == .undetermined { return "XX-XX" }
    // A region is what the service found, so it counts from the level `observed` on.
    guard level >= .observed, let region = record.recordedRegion else { return nil }
    return record.text(region)
  }

  /// A region's label begins with its country.
  private func couldBeRegion(_ wanted: String, _ record: borrowing RequestRecord) -> Bool {
    guard case .code(let code) = record.country else { return true }
    return wanted.hasPrefix(code.text + "-")
  }

  // MARK: Managed rules

  /// The answer of a managed rule is that of its strongest evidence.
  private mutating func managedAnswer(
    _ index: Int, _ record: borrowing RequestRecord
  ) -> Answer {
    switch program.managed[index].assumption {
    case .match: return Answer(.match, .assumed, .unmodelled)
    case .noMatch: return Answer(.no, .assumed, .unmodelled)
    case .unknown: return .unknown(.unknowable)
    case nil: break
    }
    var best: Answer?
    var hasUnknown = false
    var missLevel = program.managed[index].missLevel
    var missReason: Answer.Reason =
      missLevel == .assumed ? .untrustedMiss : missLevel == .exact ? .evidence : .untrustedMiss
    for branch in program.managed[index].branches.indices {
      let fidelity = program.managed[index].branches[branch].fidelity
      let answer = branchAnswer(program.managed[index].branches[branch].entry, record)
      switch answer.value {
      case .match:
        let found =
          fidelity == .exact ? answer : answer.weakened(to: .approximate, .approximation)
        if best.map({ found.level < $0.level }) ?? true {
          best = found
          fidelities[index] = fidelity
        }
      case .unknown:
        hasUnknown = true
      case .no:
        if answer.level > missLevel {
          missLevel = answer.level
          missReason = answer.reason
        }
      }
    }
    if let best { return best }
    return hasUnknown ? .unknown(.notRecorded) : Answer(.no, missLevel, missReason)
  }

  /// The strictest level at which a branch's formula is settled, and what it says there.
  private mutating func branchAnswer(
    _ entry: Int32, _ record: borrowing RequestRecord
  ) -> Answer {
    // The walk's own findings (unknowns met, assumptions) are about rules, not about branches.
    let outer = (level, mode, walk.nextLevel, walk.metUnknown, metUnknowns.count)
    let outerAssumptions = assumptionsInForce.count
    defer {
      level = outer.0
      mode = outer.1
      walk.nextLevel = outer.2
      walk.metUnknown = outer.3
      metUnknowns.removeSubrange(outer.4...)
      assumptionsInForce.removeSubrange(outerAssumptions...)
    }
    mode = .worlds
    for candidate in EvidenceLevel.allCases {
      level = candidate
      let value = run(entry, record)
      if value.isKnown { return Answer(value, candidate, branchReason(candidate)) }
    }
    return .unknown(.notRecorded)
  }

  private func branchReason(_ level: EvidenceLevel) -> Answer.Reason {
    switch level {
    case .exact: .evidence
    case .observed: .serviceFinding
    case .approximate: .openQuestion
    case .assumed: lastAssumedReason
    }
  }
}
