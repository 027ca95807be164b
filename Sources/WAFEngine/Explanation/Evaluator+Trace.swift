import Bytes
import Matching
import WAFProgram
package import WAFRequests

extension Evaluator {
  /// The way of the record evaluated last through the web ACL, by the best known answers; each
  /// answer says what it rests on.
  package mutating func trace(_ record: borrowing RequestRecord) -> Trace {
    tracer = TraceRecorder()
    runWalk(at: .assumed, .worlds, record)
    var steps = tracer?.steps ?? []
    let rules = tracer?.rules ?? []
    tracer = nil
    // Labels are filled in when a request is forwarded or answered.
    let labels = labelTexts(record)
    for (step, rule) in zip(steps.indices, rules) {
      guard let rule, program.ruleInfo[rule].handling != .none else { continue }
      steps[step].handling = traced(program.ruleInfo[rule].handling, labels: labels, record)
    }
    let defaultHandling = traced(program.defaultHandling, labels: labels, record)
    let reached = Set(steps.map { $0.rule.prefix { $0 != "/" } })
    let groups = Set(
      events.compactMap { event in
        if case .groupEvaluated(let top) = event { return program.topRules[top].name }
        return nil
      })
    return Trace(
      steps: steps,
      unreached: program.topRules.map(\.name).filter {
        !reached.contains($0[...]) && !groups.contains($0)
      }, defaultHandling: defaultHandling)
  }

  mutating func trace(rule index: Int, _ value: Ternary, _ record: borrowing RequestRecord) {
    let info = program.ruleInfo[index]
    let rule = program.rules[index]
    let statement = traced(info.formula, record)
    let gate = rule.gate < 0 ? nil : traced(gate: rule.gate, record)
    tracer?.rules.append(index)
    tracer?.steps.append(
      TraceStep(
        subject: program.topRules[Int(rule.top)].kind.isGroup ? .groupRule : .rule,
        rule: info.path, action: rule.action,
        ownAction: info.override == .none ? nil : info.ownAction,
        outcome: TraceOutcome(value), statement: statement,
        labels: rule.labels.map { program.labels[Int(program.ruleLabels[Int($0)])] },
        gate: gate))
  }

  mutating func trace(
    scopeDownOf top: Int, _ value: Ternary, _ record: borrowing RequestRecord
  ) {
    guard let formula = program.topRules[top].scopeDownFormula else { return }
    let statement = traced(formula, record)
    tracer?.rules.append(nil)
    tracer?.steps.append(
      TraceStep(
        subject: .scopeDown, rule: program.topRules[top].name, action: nil, ownAction: nil,
        outcome: TraceOutcome(value), statement: statement, labels: []))
  }

  mutating func traced(
    _ formula: Formula, _ record: borrowing RequestRecord
  ) -> TraceStatement {
    switch formula {
    case .leaf(let leaf): return .leaf(traced(leaf, record))
    case .not(let part): return .not(traced(part, record))
    case .and(let parts): return .and(traced(parts, record))
    case .or(let parts): return .or(traced(parts, record))
    }
  }

  private mutating func traced(
    _ parts: [Formula], _ record: borrowing RequestRecord
  ) -> [TraceStatement] {
    var result: [TraceStatement] = []
    for part in parts { result.append(traced(part, record)) }
    return result
  }

  private mutating func traced(
    _ leaf: LeafIndex, _ record: borrowing RequestRecord
  ) -> TraceLeaf {
    let answer = self.answer(leaf, record)
    let condition = program.leaves[leaf.position]
    var branches: [TraceBranch] = []
    var rate: TraceRate?
    switch condition {
    case .managedRule(let index):
      for branch in program.managed[index].branches {
        branches.append(traced(branch, record))
      }
    case .rate(let index): rate = traced(rate: index, record)
    case .bytes, .regex, .size, .detector, .ipSet, .country, .asn, .label, .token, .resource,
      .unknowable:
      break
    }
    return TraceLeaf(
      title: title(of: condition), component: evidence(of: leaf, answer),
      outcome: TraceOutcome(answer.value), level: answer.level,
      reason: answer.reason.text, match: answer.value == .match ? match(condition, record) : nil,
      branches: branches, rate: rate)
  }

  private mutating func traced(
    _ branch: ManagedCondition.Branch, _ record: borrowing RequestRecord
  ) -> TraceBranch {
    let outer = level
    level = .assumed
    let value = run(branch.entry, record)
    level = outer
    return TraceBranch(
      fidelity: branch.fidelity.name, looksFor: branch.looksFor, outcome: TraceOutcome(value),
      statement: traced(branch.formula, record))
  }

  /// The first element that satisfies the condition, and where.
  private mutating func match(
    _ condition: Condition, _ record: borrowing RequestRecord
  ) -> TraceMatch? {
    let slot: SlotIndex
    switch condition {
    case .bytes(let index, _, _, _), .regex(let index, _, _), .size(let index, _, _, _),
      .detector(let index, _, _):
      slot = index
    case .ipSet, .country, .asn, .label, .rate, .managedRule, .token, .resource, .unknowable:
      return nil
    }
    let value = slotValue(slot, flipping: Self.defaultReading, record)
    guard value.state == .values else { return nil }
    for index in value.elements {
      let element = elements[index]
      guard testElement(condition, element, record).value == .match else { continue }
      let bytes =
        element.isInArena
        ? Array(arena[element.range.bounds]) : Array(record.storage[element.range.bounds])
      let detection = detection(condition, bytes)
      return TraceMatch(
        name: element.isNameInArena
          ? String(decoding: arena[element.name.bounds], as: UTF8.self) : record.text(element.name),
        value: bytes, matched: detection?.range ?? matched(condition, bytes),
        isTransformed: element.isInArena,
        detection: detection.map { TraceDetection($0, in: bytes) })
    }
    return nil
  }

  private func detection(_ condition: Condition, _ value: [UInt8]) -> Detection? {
    guard case .detector(_, let detector, _) = condition,
      program.detectorAssumptions[detector] == nil
    else { return nil }
    return Detection(detector, in: value.span)
  }

  private mutating func matched(_ condition: Condition, _ value: [UInt8]) -> Range<Int> {
    let whole = 0..<value.count
    switch condition {
    case .bytes(_, let search, let position, _):
      let needle = program.searches[search]
      switch position {
      case .exactly: return whole
      case .startsWith: return 0..<needle.count
      case .endsWith: return value.count - needle.count..<value.count
      case .contains, .containsWord:
        var start = 0
        while let found = value.span.firstIndex(of: needle.span, from: start) {
          let end = found + needle.count
          let isBounded =
            (found == 0 || !value[found - 1].isWordByte)
            && (end == value.count || !value[end].isWordByte)
          if position == .contains || isBounded { return found..<end }
          start = found + 1
        }
        return whole
      }
    case .regex(_, let set, _):
      for pattern in program.patternSets[set].patterns {
        if case .match(let start, let end) = pattern.firstMatch(
          in: value.span, scratch: &patternScratch)
        {
          return start..<max(start, end)
        }
      }
      return whole
    case .size, .detector, .ipSet, .country, .asn, .label, .rate, .managedRule, .token, .resource,
      .unknowable:
      return whole
    }
  }
}

extension Answer.Reason {
  /// The reason in words, for people; nil for plain evidence.
  var text: String? {
    switch self {
    case .evidence: nil
    case .openQuestion: "AWS does not document this detail, and its readings disagree here"
    case .approximation: "matched by an approximation of a rule that AWS does not publish"
    case .untrustedMiss: "not matched by the approximation of a rule that AWS does not publish"
    case .lossy: "the value was re-encoded before it was recorded"
    case .unmodelled: "the rule cannot be modelled offline; an assumption answers"
    case .bodylessHTTP2: "assumes that an HTTP/2 request without content-length has no body"
    case .undetected: "AWS does not publish this detector; an assumption answers"
    case .detector: "AWS does not publish this detector; one of wafcast's own answers"
    case .harmlessValue: "a value of letters and digits only, of which no detector makes anything"
    case .acceptedToken: "assumes that a token which is carried is accepted"
    case .unsolvedCaptcha: "assumes that the CAPTCHA part of a token is not solved"
    case .idleRate: "assumes that no rate-based rule limits (only a replay computes rates)"
    case .rateEstimate: "an exact count over recorded timestamps; the service estimates rates"
    case .emptyRateHistory: "assumes that nothing was sent before the recording begins"
    case .geoDatabase: "looked up in a database that is not the service's own"
    case .resourceType: "assumes the resource type that the scope implies"
    case .serviceFinding: "found by the service and logged"
    case .notRecorded: "not recorded"
    case .redacted: "redacted in the recording"
    case .gaveUp: "the pattern reached its matching limit"
    case .unknowable: "nothing recorded can settle it"
    case .maybeLabel: "the label may or may not be there"
    }
  }
}
