import WAFProgram
package import WAFRequests

extension Evaluator {
  /// What would settle an indeterminate verdict.
  ///
  /// The unknown leaves of the rules that a walk through all worlds leaves open, in a canonical pass
  /// over whole statements: the answer does not depend on what the quick path skips.
  package mutating func needs(
    for verdict: Verdict, _ record: borrowing RequestRecord
  ) -> [Need] {
    guard verdict.certainty == .indeterminate else { return [] }
    runWalk(at: verdict.level, .worlds, record)
    let unsettled = unsettledRules
    var needs: Set<Need> = []
    var askedLabels = BitSet(capacity: program.labels.count)
    for item in unsettled where item.isTerminating {
      collectNeeds(of: item, into: &needs, askedLabels: &askedLabels, record)
    }
    // Labels that a terminating rule asks for and that an open rule may or may not have added.
    var handled: Set<UnsettledRule> = []
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for item in unsettled where !item.isTerminating && !handled.contains(item) {
        guard produces(item, askedLabels) else { continue }
        handled.insert(item)
        isGrowing = true
        collectNeeds(of: item, into: &needs, askedLabels: &askedLabels, record)
      }
    }
    // What leaves the verdict open must have a name: geo labels have no producer in the program.
    if needs.isEmpty {
      for item in unsettled {
        collectNeeds(of: item, into: &needs, askedLabels: &askedLabels, record)
      }
    }
    return needs.sorted()
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
    of item: UnsettledRule, into needs: inout Set<Need>, askedLabels: inout BitSet,
    _ record: borrowing RequestRecord
  ) {
    switch item.subject {
    case .opaqueGroup:
      let group = program.opaqueGroups[Int(item.index)]
      needs.insert(Need(evidence: group.evidence, rule: group.name))
    case .gate:
      let isPayment = program.rules[Int(item.index)].action == .monetize
      needs.insert(
        Need(
          evidence: isPayment ? "payment" : "token",
          rule: program.ruleInfo[Int(item.index)].path))
    case .rule:
      let info = program.ruleInfo[Int(item.index)]
      collectNeeds(of: info.formula, rule: info.path, &needs, &askedLabels, record)
    case .label:
      let rule = program.labelRules[Int(item.index)]
      let label = program.labels[Int(rule.label)]
      collectNeeds(of: rule.formula, rule: label, &needs, &askedLabels, record)
    case .scopeDown:
      let top = program.topRules[Int(item.index)]
      guard let formula = top.scopeDownFormula else { return }
      collectNeeds(of: formula, rule: top.name, &needs, &askedLabels, record)
    }
  }

  private mutating func collectNeeds(
    of formula: Formula, rule: String, _ needs: inout Set<Need>, _ askedLabels: inout BitSet,
    _ record: borrowing RequestRecord
  ) {
    for leaf in formula.leaves {
      let answer = self.answer(leaf, record)
      if case .label(let key) = program.leaves[leaf.position] {
        collectLabelNeeds(key, rule: rule, &needs, &askedLabels, record)
        continue
      }
      guard !answer.value.isKnown else { continue }
      if case .managedRule(let index) = program.leaves[leaf.position],
        !program.managed[index].branches.isEmpty
      {
        for branch in program.managed[index].branches {
          collectNeeds(of: branch.formula, rule: rule, &needs, &askedLabels, record)
        }
        continue
      }
      needs.insert(Need(evidence: evidence(of: leaf, answer), rule: rule))
    }
  }

  private func collectLabelNeeds(
    _ key: Int, rule: String, _ needs: inout Set<Need>, _ askedLabels: inout BitSet,
    _ record: borrowing RequestRecord
  ) {
    for label in program.labelKeys[key].labels.members where label < program.labels.count {
      askedLabels.insert(label)
    }
    for group in program.labelKeys[key].opaqueGroups.members
    where group < program.opaqueGroups.count && labels.opaqueMaybe.contains(group) {
      needs.insert(Need(evidence: program.opaqueGroups[group].evidence, rule: rule))
    }
    if case .equals = program.labelKeys[key].client.country, record.country == .notRecorded {
      needs.insert(Need(evidence: "country", rule: rule))
    }
    if case .equals = program.labelKeys[key].client.region, record.recordedRegion == nil {
      needs.insert(Need(evidence: "region", rule: rule))
    }
    guard program.geoHeaders.count > 1 else { return }
    if case .equals = program.labelKeys[key].forwarded.country,
      record.forwardedCountry == .notRecorded
    {
      needs.insert(Need(evidence: "forwardedCountry", rule: rule))
    }
    if case .equals = program.labelKeys[key].forwarded.region, record.forwardedRegion == nil {
      needs.insert(Need(evidence: "forwardedRegion", rule: rule))
    }
    guard program.labelKeys[key].forwarded.asksForLabels else { return }
    for source in 1..<program.geoHeaders.count
    where labels.metGeo.contains(GeoSources(source: source))
      && addressFindings.geo[source].isLabelled == .unknown
    {
      let name = String(decoding: program.geoHeaders[source], as: UTF8.self)
      needs.insert(Need(evidence: "header:" + name, rule: rule))
    }
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
