import WAFProgram
package import WAFRequests

extension Evaluator {
  /// What would settle an indeterminate verdict.
  package mutating func needs(
    for verdict: Verdict, _ record: borrowing RequestRecord
  ) -> [Need] {
    openFindings(for: verdict, record)?.needs ?? []
  }

  /// What leaves an indeterminate verdict open; nil for any other verdict.
  ///
  /// The unknown leaves of the rules that the walk through all worlds left open, in a canonical pass
  /// over whole statements: the answer does not depend on what the quick path skips. What was put
  /// into words before is remembered by what it follows from.
  package mutating func openFindings(
    for verdict: Verdict, _ record: borrowing RequestRecord
  ) -> OpenFindings? {
    guard verdict.certainty == .indeterminate else { return nil }
    if openState.turn == turn {
      openState.give(back: &labels, &unsettledRules)
      (level, mode) = (verdict.level, .worlds)
    } else {
      runWalk(at: verdict.level, .worlds, record)
    }
    let unsettled = unsettledRules
    let statements = needsMemory.leaves(program, turn: turn)
    needsMemory.begin(turn: turn, labelCount: program.labels.count)
    for item in unsettled {
      needsMemory.append(
        NeedCode(item.isTerminating ? .terminatingUnsettled : .unsettled, of: item))
    }
    let start = needsMemory.codes.count
    for item in unsettled where item.isTerminating { collectNeeds(of: item, statements, record) }
    collectFurtherNeeds(of: unsettled, statements, record)
    // What leaves the verdict open must have a name: geo labels have no producer in the program.
    if needsMemory.codes.count == start {
      for item in unsettled { collectNeeds(of: item, statements, record) }
    }
    if let known = needsMemory.findings { return known }
    var needs: Set<Need> = []
    for code in needsMemory.codes[start...] { needs.insert(need(of: code)) }
    let findings = OpenFindings(needs: needs.sorted(), rules: openRules)
    needsMemory.remember(findings)
    return findings
  }

  /// Labels that a terminating rule asks for and that an open rule may or may not have added.
  private mutating func collectFurtherNeeds(
    of unsettled: ContiguousArray<UnsettledRule>, _ statements: StatementLeaves,
    _ record: borrowing RequestRecord
  ) {
    guard unsettled.contains(where: { !$0.isTerminating }) else { return }
    var handled: Set<UnsettledRule> = []
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for item in unsettled where !item.isTerminating && !handled.contains(item) {
        guard produces(item, needsMemory.askedLabels) else { continue }
        handled.insert(item)
        isGrowing = true
        collectNeeds(of: item, statements, record)
      }
    }
  }

  private func produces(_ item: UnsettledRule, _ asked: BitSet) -> Bool {
    let rules: Range<Int>
    switch item.subject {
    case .rule, .gate: rules = producers(Int(item.index))
    case .scopeDown: rules = program.topRules[Int(item.index)].rules
    case .opaqueGroup: return true
    case .label: return asked.contains(Int(program.labelRules[Int(item.index)].label))
    }
    for rule in rules {
      for position in program.rules[rule].labels
      where asked.contains(Int(program.ruleLabels[Int(position)])) {
        return true
      }
    }
    return false
  }

  /// The rules whose labels hang on whether `rule` matches: itself, and all behind it in a group
  /// that it would end without ending the evaluation.
  private func producers(_ rule: Int) -> Range<Int> {
    let top = program.topRules[Int(program.rules[rule].top)]
    guard top.isOverriddenToCount, program.rules[rule].action != .count else {
      return rule..<rule + 1
    }
    return rule..<top.rules.upperBound
  }

  private mutating func collectNeeds(
    of item: UnsettledRule, _ statements: StatementLeaves, _ record: borrowing RequestRecord
  ) {
    switch item.subject {
    case .opaqueGroup: needsMemory.append(NeedCode(.opaqueGroup, item.index, of: item))
    case .gate: needsMemory.append(NeedCode(.gate, item.index, of: item))
    case .rule, .label, .scopeDown:
      collectNeeds(statements.leaves(of: item), of: item, statements, record)
    }
  }

  private mutating func collectNeeds(
    _ leaves: ContiguousArray<LeafIndex>, of item: UnsettledRule, _ statements: StatementLeaves,
    _ record: borrowing RequestRecord
  ) {
    for leaf in leaves {
      let answer = self.answer(leaf, record)
      if case .label(let key) = program.leaves[leaf.position] {
        collectLabelNeeds(key, of: item, record)
        continue
      }
      guard !answer.value.isKnown else { continue }
      if case .managedRule(let index) = program.leaves[leaf.position],
        !program.managed[index].branches.isEmpty
      {
        collectNeeds(statements.leaves(ofManaged: index), of: item, statements, record)
        continue
      }
      needsMemory.append(
        NeedCode(
          .leaf, leaf.rawValue, of: item, reason: answer.reason, isGRPC: isGRPC == true))
    }
  }

  private mutating func collectLabelNeeds(
    _ key: Int, of item: UnsettledRule, _ record: borrowing RequestRecord
  ) {
    for label in program.labelKeys[key].labels.members where label < program.labels.count {
      needsMemory.askedLabels.insert(label)
    }
    for group in program.labelKeys[key].opaqueGroups.members
    where group < program.opaqueGroups.count && labels.opaqueMaybe.contains(group) {
      needsMemory.append(
        NeedCode(.opaqueGroupOfLabel, Int32(truncatingIfNeeded: group), of: item))
    }
    if case .equals = program.labelKeys[key].client.country, record.country == .notRecorded {
      needsMemory.append(NeedCode(.country, of: item))
    }
    if case .equals = program.labelKeys[key].client.region, record.recordedRegion == nil {
      needsMemory.append(NeedCode(.region, of: item))
    }
    guard program.geoHeaders.count > 1 else { return }
    if case .equals = program.labelKeys[key].forwarded.country,
      record.forwardedCountry == .notRecorded
    {
      needsMemory.append(NeedCode(.forwardedCountry, of: item))
    }
    if case .equals = program.labelKeys[key].forwarded.region, record.forwardedRegion == nil {
      needsMemory.append(NeedCode(.forwardedRegion, of: item))
    }
    guard program.labelKeys[key].forwarded.asksForLabels else { return }
    for source in 1..<program.geoHeaders.count
    where labels.metGeo.contains(GeoSources(source: source))
      && addressFindings.geo[source].isLabelled == .unknown
    {
      needsMemory.append(NeedCode(.header, Int32(truncatingIfNeeded: source), of: item))
    }
  }

  // MARK: In words

  private func need(of code: NeedCode) -> Need {
    let index = code.index
    let rule: String
    switch code.subject {
    case .rule, .gate: rule = program.ruleInfo[Int(code.owner)].path
    case .label: rule = program.labels[Int(program.labelRules[Int(code.owner)].label)]
    case .scopeDown: rule = program.topRules[Int(code.owner)].name
    case .opaqueGroup: rule = program.opaqueGroups[Int(code.owner)].name
    }
    let evidence: String
    switch code.kind {
    case .unsettled, .terminatingUnsettled: evidence = ""
    case .gate: evidence = program.rules[index].action == .monetize ? "payment" : "token"
    case .opaqueGroup, .opaqueGroupOfLabel: evidence = program.opaqueGroups[index].evidence
    case .leaf: evidence = self.evidence(of: LeafIndex(index), .unknown(code.reason))
    case .country: evidence = "country"
    case .region: evidence = "region"
    case .forwardedCountry: evidence = "forwardedCountry"
    case .forwardedRegion: evidence = "forwardedRegion"
    case .header:
      evidence = "header:" + String(decoding: program.geoHeaders[index], as: UTF8.self)
    }
    return Need(evidence: evidence, rule: rule)
  }

  /// What a recording or a bundle would have to hold to settle the leaf.
  func evidence(of leaf: LeafIndex, _ answer: Answer) -> String {
    switch program.leaves[leaf.position] {
    case .bytes(let slot, _, _, _), .regex(let slot, _, _), .size(let slot, _, _, _):
      let field = program.fields[program.slots[slot.position].field]
      switch answer.reason {
      case .gaveUp: return "regexLimit:" + field.evidence
      // Of fields, only the body of a gRPC request is beyond every recording.
      case .unknowable: return "openQuestion:Q21"
      default: return field.evidence
      }
    case .detector(let slot, let detector, _):
      let field = program.fields[program.slots[slot.position].field]
      guard answer.reason == .unknowable else { return field.evidence }
      return field.isBody && isGRPC == true ? "openQuestion:Q21" : "detector/" + detector.name
    case .ipSet(_, let source): return evidence("clientIp", forwarded: nil, source)
    case .country(_, let source):
      return evidence("country", forwarded: "forwardedCountry", source)
    case .asn(_, let source): return evidence("clientAsn", forwarded: "forwardedAsn", source)
    case .rate: return "rates"
    case .token: return "token"
    case .resource: return "httpSourceName"
    case .label(let key): return "label:" + program.labelKeys[key].pattern.key
    case .managedRule(let index): return "managedRule:" + program.managed[index].name
    case .unknowable(let index): return program.unknowables[index].evidence
    }
  }

  /// What would tell of an address, by where the address comes from.
  ///
  /// - Parameter forwarded: what would tell of the address in a header; nil for the header itself.
  private func evidence(_ client: String, forwarded: String?, _ source: Int) -> String {
    guard case .forwarded(let header) = program.addressSources[source] else { return client }
    return forwarded ?? "header:" + String(decoding: header.name, as: UTF8.self)
  }

  /// The named assumptions that the last verdict rests on; empty where it needs none.
  package func assumptions(for verdict: Verdict) -> [String] {
    guard verdict.certainty >= .assumed else { return [] }
    var names: [String] = []
    for assumption in assumptionsInForce {
      names.append(program.assumptionName(at: place(of: assumption)))
    }
    return names.sorted()
  }
}
