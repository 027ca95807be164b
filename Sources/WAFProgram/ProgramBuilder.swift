package import IPAddressing
package import Matching
package import Transforms
package import WAFRequests

/// Makes a program: the compiler hands in rules, the builder shares what is equal.
package struct ProgramBuilder {
  package private(set) var program = Program()
  private var leafIndices: [Condition: LeafIndex] = [:]
  private var slotIndices: [Slot: SlotIndex] = [:]
  private var fieldIndices: [Field: Int] = [:]
  private var searchIndices: [[UInt8]: Int] = [:]
  private var patternSetIndices: [[String]: Int] = [:]
  private var ipSetIndices: [NamedIPSet: Int] = [:]
  private var countryIndices: [[CountryCode]: Int] = [:]
  private var asnIndices: [[UInt32]: Int] = [:]
  private var sourceIndices: [AddressSource: Int] = [.client: 0]
  private var geoHeaderIndices: [[UInt8]: Int] = [[]: 0]
  private var gateIndices: [Gate: Int] = [:]
  private var labelIndices: [String: Int32] = [:]
  private var patternIndices: [LabelPattern: Int] = [:]
  private var patterns: [LabelPattern] = []
  private var managedIndices: [String: Int] = [:]
  private var unknowableIndices: [Unknowable: Int] = [:]
  /// The places of equal opaque groups: the first use by a web ACL has the first one.
  private var opaqueIndices: [OpaqueGroup: [Int]] = [:]
  private var opaqueUses: [OpaqueGroup: Int] = [:]

  /// Whether tokens of other domains than the request's own are good for rules that are added.
  package var takesTokensOfOtherDomains = false

  package init() {}

  // MARK: Leaves

  package mutating func leaf(_ condition: Condition) -> LeafIndex {
    if let known = leafIndices[condition] { return known }
    let index = LeafIndex(program.leaves.count)
    program.leaves.append(condition)
    leafIndices[condition] = index
    return index
  }

  package mutating func slot(_ field: Field, _ chain: [TextTransformation]) -> SlotIndex {
    let fieldIndex = Self.intern(field, in: &fieldIndices, table: &program.fields)
    var current = slot(Slot(field: fieldIndex, parent: nil, transformation: nil))
    for transformation in chain where transformation != .none {
      current = slot(
        Slot(field: fieldIndex, parent: current, transformation: transformation))
    }
    return current
  }

  private mutating func slot(_ slot: Slot) -> SlotIndex {
    if let known = slotIndices[slot] { return known }
    let index = SlotIndex(program.slots.count)
    program.slots.append(slot)
    slotIndices[slot] = index
    if slot.parent == nil {
      switch program.fields[slot.field] {
      case .cookies: program.cookieSlots.append(index)
      case .headers, .headerOrder: program.headerSlots.append(index)
      default: break
      }
    }
    return index
  }

  package mutating func search(_ bytes: [UInt8]) -> Int {
    Self.intern(bytes, in: &searchIndices, table: &program.searches)
  }

  package mutating func patternSet(_ patterns: [CompiledPattern]) -> Int {
    let sources = patterns.map(\.source)
    if let known = patternSetIndices[sources] { return known }
    let index = program.patternSets.count
    program.patternSets.append(
      PatternSet(patterns: patterns, isApproximate: patterns.contains(where: \.isApproximate)))
    patternSetIndices[sources] = index
    return index
  }

  package mutating func ipSet(named name: String, _ set: CIDRSet) -> Int {
    // Two web ACLs that share a program may know one ARN with different addresses.
    let key = NamedIPSet(name: name, set: set)
    if let known = ipSetIndices[key] { return known }
    let index = program.ipSets.count
    program.ipSets.append(set)
    program.ipSetNames.append(name)
    ipSetIndices[key] = index
    return index
  }

  package mutating func countrySet(_ codes: [CountryCode]) -> Int {
    Self.intern(codes.sorted(), in: &countryIndices, table: &program.countrySets)
  }

  package mutating func asnSet(_ numbers: [UInt32]) -> Int {
    Self.intern(Set(numbers).sorted(), in: &asnIndices, table: &program.asnSets)
  }

  package mutating func addressSource(_ source: AddressSource) -> Int {
    Self.intern(source, in: &sourceIndices, table: &program.addressSources)
  }

  /// The geo labels that a statement with this source adds; nil where there are too many sources.
  package mutating func geoSource(_ source: AddressSource) -> GeoSources? {
    let name: [UInt8] = if case .forwarded(let header) = source { header.name } else { [] }
    let index = Self.intern(name, in: &geoHeaderIndices, table: &program.geoHeaders)
    return index < GeoSources.limit ? GeoSources(source: index) : nil
  }

  private mutating func gate(_ gate: Gate) -> Int32 {
    Int32(truncatingIfNeeded: Self.intern(gate, in: &gateIndices, table: &program.gates))
  }

  /// Adds a rate-based rule and gives its condition; the rule itself must be added next.
  package mutating func rate(
    limit: Int, windowSeconds: Int, keys: [RateRule.Key], scopeDown: Formula?,
    isManaged: Bool = false
  ) -> LeafIndex {
    let entry: Int32? = if let scopeDown { code(scopeDown) } else { nil }
    program.rates.append(
      RateRule(
        limit: limit, windowSeconds: windowSeconds, keys: keys, scopeDown: entry,
        scopeDownFormula: scopeDown, rule: program.rules.count, isManaged: isManaged))
    return leaf(.rate(program.rates.count - 1))
  }

  /// Adds what a managed group counts by address, once: the requests that come to the first asker.
  package mutating func managedRate(
    limit: Int, windowSeconds: Int, scopeDown: Formula?
  ) -> LeafIndex {
    let first = program.topRules.last?.rules.lowerBound ?? 0
    let known = program.rates.firstIndex { rate in
      rate.isManaged && rate.rule >= first && rate.limit == limit
        && rate.windowSeconds == windowSeconds && rate.scopeDownFormula == scopeDown
    }
    if let known { return leaf(.rate(known)) }
    return rate(
      limit: limit, windowSeconds: windowSeconds, keys: [.address(source: 0)],
      scopeDown: scopeDown, isManaged: true)
  }

  package mutating func labelKey(_ pattern: LabelPattern) -> Int {
    if let known = patternIndices[pattern] { return known }
    let index = patterns.count
    patterns.append(pattern)
    patternIndices[pattern] = index
    return index
  }

  /// The managed condition that `identity` (group, version, rule) already has.
  package func knownManagedRule(_ identity: String) -> Int? {
    managedIndices[identity]
  }

  /// Adds a managed rule's condition; its identity is group, version and rule, never its branches.
  package mutating func managedRule(_ condition: ManagedCondition, identity: String) -> Int {
    let index = program.managed.count
    program.managed.append(condition)
    managedIndices[identity] = index
    return index
  }

  package mutating func unknowable(_ unknowable: Unknowable) -> Int {
    if let known = unknowableIndices[unknowable] { return known }
    let index = program.unknowables.count
    program.unknowables.append(unknowable)
    unknowableIndices[unknowable] = index
    return index
  }

  /// The place of a group that is not at hand.
  ///
  /// Within a web ACL each use has a place of its own; the uses of a second web ACL have those of
  /// the first, one by one.
  package mutating func opaqueGroup(_ group: OpaqueGroup) -> Int {
    let use = opaqueUses[group, default: 0]
    opaqueUses[group] = use + 1
    let known = opaqueIndices[group, default: []]
    if use < known.count { return known[use] }
    program.opaqueGroups.append(group)
    opaqueIndices[group] = known + [program.opaqueGroups.count - 1]
    return program.opaqueGroups.count - 1
  }

  /// The entry point of the code for `formula`.
  package mutating func code(_ formula: Formula) -> Int32 {
    let entry = program.code.append(formula)
    let mixed = formula.mixedLeaves
    if !mixed.isEmpty { program.mixedLeaves[entry] = mixed }
    return entry
  }

  // MARK: Rules

  package mutating func beginTopRule(_ rule: TopRule) {
    var rule = rule
    rule.rules = program.rules.count..<program.rules.count
    rule.labelRules = program.labelRules.count..<program.labelRules.count
    if let formula = rule.scopeDownFormula {
      rule.scopeDown = code(formula)
      rule.scopeDownInspected = program.inspectedParts(of: formula)
    }
    noteInsertions(rule.countHandling)
    program.topRules.append(rule)
  }

  /// Adds a rule to the top rule begun last.
  package mutating func addRule(
    _ info: RuleInfo, action: Action, labels: [String], geo: GeoSources,
    immunitySeconds: Int = Gate.defaultImmunitySeconds
  ) {
    let first = Int32(truncatingIfNeeded: program.ruleLabels.count)
    for label in labels { program.ruleLabels.append(intern(label: label)) }
    let top = program.topRules.count - 1
    program.rules.append(
      ProgramRule(
        entry: code(info.formula), action: action, top: Int32(truncatingIfNeeded: top),
        labels: first..<Int32(truncatingIfNeeded: program.ruleLabels.count), geo: geo,
        gate: gate(of: action, immunitySeconds),
        responseCode: info.handling.answer?.code ?? 0,
        inspected: program.inspectedParts(of: info.formula),
        inserts: !info.handling.inserted.isEmpty))
    noteInsertions(info.handling)
    program.ruleInfo.append(info)
    program.topRules[top].rules =
      program.topRules[top].rules.lowerBound..<program.rules.count
  }

  /// Adds a label that the top rule begun last, a group, adds before its rules run.
  package mutating func addLabelRule(
    _ label: String, formula: Formula, prefilter: LeafIndex? = nil
  ) {
    program.labelRules.append(
      LabelRule(
        label: intern(label: label), entry: code(formula), formula: formula, prefilter: prefilter))
    let top = program.topRules.count - 1
    program.topRules[top].labelRules =
      program.topRules[top].labelRules.lowerBound..<program.labelRules.count
  }

  private mutating func noteInsertions(_ handling: CustomHandling) {
    for header in handling.inserted {
      program.insertsHeaders = true
      if header.value.isDynamic { program.insertsTemplates = true }
      program.insertedFacts.formUnion(header.value.facts)
    }
    if handling.answer?.hasContent ?? false { program.answersClients = true }
  }

  private mutating func gate(of action: Action, _ immunitySeconds: Int) -> Int32 {
    switch action {
    case .allow, .block, .count: -1
    case .captcha, .challenge:
      gate(
        Gate(
          action: action, immunitySeconds: immunitySeconds,
          takesOtherDomains: takesTokensOfOtherDomains))
    case .monetize: gate(Gate(action: action, immunitySeconds: 0))
    }
  }

  private mutating func intern(label: String) -> Int32 {
    if let known = labelIndices[label] { return known }
    let index = Int32(truncatingIfNeeded: program.labels.count)
    program.labels.append(label)
    labelIndices[label] = index
    return index
  }

  /// Resolves the label keys against all labels of the program, and hands it out.
  package consuming func finish(
    _ configure: (inout Program) -> Void
  ) -> Program {
    resolveLabelKeys()
    if !program.ipSets.isEmpty { program.addressIndex = AddressIndex(program.ipSets) }
    configure(&program)
    noteInsertions(program.defaultHandling)
    program.prepare()
    return program
  }

  // MARK: Two web ACLs

  /// Puts the web ACL added so far aside, so that another one can be added that shares its tables.
  package mutating func endSide(_ configure: (inout Program) -> Void) -> ProgramSide {
    var own = program
    configure(&own)
    swap(&program, &own)
    noteInsertions(program.defaultHandling)
    swap(&program, &own)
    program.beginSide()
    opaqueUses = [:]
    return ProgramSide(own: own)
  }

  /// The two web ACLs, each with all the shared tables.
  package consuming func finish(_ old: ProgramSide, _ new: ProgramSide) -> ProgramPair {
    resolveLabelKeys()
    if !program.ipSets.isEmpty { program.addressIndex = AddressIndex(program.ipSets) }
    return ProgramPair(
      old: old.own.sharing(tablesOf: program), new: new.own.sharing(tablesOf: program))
  }

  private mutating func resolveLabelKeys() {
    let labelCount = program.labels.count
    let groups = program.opaqueGroups
    let labels = program.labels
    program.labelKeys = ContiguousArray(
      patterns.map { pattern in
        LabelKey(
          pattern: pattern,
          labels: BitSet(
            capacity: labelCount, labels.indices.filter { pattern.matches(labels[$0]) }),
          labelsByOtherReading: pattern.hasOtherReading
            ? BitSet(
              capacity: labelCount,
              labels.indices.filter { pattern.matches(labels[$0], asPlainPrefix: true) }) : nil,
          opaqueGroups: BitSet(
            capacity: groups.count,
            groups.indices.filter { pattern.couldMatch(namespace: groups[$0].namespace) }),
          client: GeoTests(pattern, .client), forwarded: GeoTests(pattern, .forwarded))
      })
  }

  private static func intern<Value: Hashable>(
    _ value: Value, in indices: inout [Value: Int], table: inout ContiguousArray<Value>
  ) -> Int {
    if let known = indices[value] { return known }
    let index = table.count
    table.append(value)
    indices[value] = index
    return index
  }
}

/// An IP set by name and addresses.
private struct NamedIPSet: Hashable {
  var name: String
  var set: CIDRSet
}
