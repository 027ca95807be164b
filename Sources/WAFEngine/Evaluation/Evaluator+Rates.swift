import WAFProgram
package import WAFRequests

// Rate-based rules. Whether a key is limited hangs on other requests: a replay simulates that and
// hands the findings in (`rateFindings`); the rest, scope-down and key, is the request's own.

extension Evaluator {
  /// Whether a rate-based rule limits the request: it matches if it does.
  ///
  /// The answer may depend on labels, hence on the path: it is not kept. Source: "Using rate-based
  /// rule statements" of the developer guide (documented: scope-down, missing keys).
  mutating func rateAnswer(_ index: Int, _ record: borrowing RequestRecord) -> Answer {
    let scope = rateScope(index, record)
    guard scope.value != .no || scope.level > .exact else { return scope }
    let part = scope.and(rateKey(index, record).presence)
    return part.and(rateFindings[index].answer)
  }

  /// Whether the request matches the scope-down statement, at the strictest level that tells.
  private mutating func rateScope(
    _ index: Int, _ record: borrowing RequestRecord
  ) -> Answer {
    guard let entry = program.rates[index].scopeDown else { return Answer(.match) }
    // The walk's own findings are about rules, not about parts of their statements.
    let outer = (level, mode, walk.nextLevel, walk.metUnknown, metUnknowns.count)
    let outerAssumptions = assumptionsInForce.count
    var isAssumed = false
    defer {
      level = outer.0
      mode = outer.1
      walk.nextLevel = outer.2
      walk.metUnknown = outer.3
      metUnknowns.removeSubrange(outer.4...)
      if !isAssumed { assumptionsInForce.removeSubrange(outerAssumptions...) }
    }
    mode = .worlds
    for candidate in EvidenceLevel.allCases {
      level = candidate
      let value = run(entry, record)
      guard value.isKnown else { continue }
      isAssumed = candidate == .assumed && outer.0 == .assumed
      return Answer(value, candidate, rateScopeReason(candidate))
    }
    return .unknown(.notRecorded)
  }

  private func rateScopeReason(_ level: EvidenceLevel) -> Answer.Reason {
    switch level {
    case .exact: .evidence
    case .observed: .serviceFinding
    case .approximate: .openQuestion
    case .assumed: lastAssumedReason
    }
  }

  // MARK: The probe

  /// The part that the record has in each of `rates`, given the findings on earlier rules.
  ///
  /// - Parameters:
  ///   - rates: places in `Program.rates`; none of them may influence a later one of them.
  ///   - parts: takes one value for each of them.
  package mutating func probeRates(
    _ rates: Range<Int>, _ record: borrowing RequestRecord,
    into parts: inout ContiguousArray<RateParticipation>
  ) {
    parts.removeAll(keepingCapacity: true)
    for _ in rates { parts.append(RateParticipation()) }
    guard let last = rates.last else { return }
    begin(record)
    probedRates = rates
    lastTop = Int(program.rules[program.rates[last].rule].top)
    for level in [EvidenceLevel.approximate, .assumed] {
      rateParts.removeAll(keepingCapacity: true)
      for _ in rates { rateParts.append(RateParticipation.Part()) }
      runWalk(at: level, .worlds, record)
      for index in parts.indices {
        switch level {
        case .assumed: parts[index].assumed = rateParts[index]
        case .exact, .observed, .approximate: parts[index].approximate = rateParts[index]
        }
      }
    }
    probedRates = 0..<0
    lastTop = .max
  }

  /// Notes the part of the record in the rate-based rule that the walk comes to.
  mutating func probe(rule: Int, isCertain: Bool, _ record: borrowing RequestRecord) {
    // A managed group may count for labels too, before its first rule.
    for rate in probedRates where program.rates[rate].rule == rule {
      probe(rate: rate, isCertain: isCertain, record)
    }
  }

  private mutating func probe(rate: Int, isCertain: Bool, _ record: borrowing RequestRecord) {
    let key = rateKey(rate, record)
    let part = rateScope(rate, record).and(key.presence)
    var found = RateParticipation.Part()
    let value = part.level <= level ? part.value : .unknown
    switch value {
    case .no: return
    case .match: found.presence = isCertain ? .certain : .maybe
    case .unknown: found.presence = .maybe
    }
    if key.presence.level <= level { found.key = key.key }
    rateParts[rate - probedRates.lowerBound] = found
  }
}

extension Answer {
  /// Whether both hold, at the strictest level that tells.
  func and(_ other: Answer) -> Answer {
    switch (value, other.value) {
    case (.no, .no): other.level < level ? other : self
    case (.no, _): self
    case (_, .no): other
    case (.unknown, _): self
    case (_, .unknown): other
    case (.match, .match): other.level > level ? other : self
    }
  }
}
