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
  private var ipSetIndices: [String: Int] = [:]
  private var countryIndices: [[CountryCode]: Int] = [:]
  private var labelIndices: [String: Int32] = [:]
  private var patternIndices: [LabelPattern: Int] = [:]
  private var patterns: [LabelPattern] = []
  private var managedIndices: [String: Int] = [:]
  private var unknowableIndices: [Unknowable: Int] = [:]

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
    if case .cookies = program.fields[slot.field], slot.parent == nil {
      program.cookieSlots.append(index)
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
      PatternSet(patterns: patterns, isApproximate: patterns.contains(where: \.hasLookaround)))
    patternSetIndices[sources] = index
    return index
  }

  package mutating func ipSet(named name: String, _ set: CIDRSet) -> Int {
    if let known = ipSetIndices[name] { return known }
    let index = program.ipSets.count
    program.ipSets.append(set)
    program.ipSetNames.append(name)
    ipSetIndices[name] = index
    return index
  }

  package mutating func countrySet(_ codes: [CountryCode]) -> Int {
    Self.intern(codes.sorted(), in: &countryIndices, table: &program.countrySets)
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

  package mutating func opaqueGroup(_ group: OpaqueGroup) -> Int {
    program.opaqueGroups.append(group)
    return program.opaqueGroups.count - 1
  }

  /// The entry point of the code for `formula`.
  package mutating func code(_ formula: Formula) -> Int32 {
    program.code.append(formula)
  }

  // MARK: Rules

  package mutating func beginTopRule(_ rule: TopRule) {
    var rule = rule
    rule.rules = program.rules.count..<program.rules.count
    if let formula = rule.scopeDownFormula {
      rule.scopeDown = code(formula)
      rule.scopeDownInspected = program.inspectedParts(of: formula)
    }
    program.topRules.append(rule)
  }

  /// Adds a rule to the top rule begun last.
  package mutating func addRule(
    _ info: RuleInfo, action: Action, labels: [String], hasGeo: Bool, responseCode: UInt16
  ) {
    let first = Int32(truncatingIfNeeded: program.ruleLabels.count)
    for label in labels { program.ruleLabels.append(intern(label: label)) }
    let top = program.topRules.count - 1
    program.rules.append(
      ProgramRule(
        entry: code(info.formula), action: action, top: Int32(truncatingIfNeeded: top),
        labels: first..<Int32(truncatingIfNeeded: program.ruleLabels.count), hasGeo: hasGeo,
        responseCode: responseCode, inspected: program.inspectedParts(of: info.formula)))
    program.ruleInfo.append(info)
    program.topRules[top].rules =
      program.topRules[top].rules.lowerBound..<program.rules.count
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
          country: GeoLabel.test(pattern, namespace: GeoLabel.country),
          region: GeoLabel.test(pattern, namespace: GeoLabel.region),
          countryByOtherReading: GeoLabel.test(
            pattern, namespace: GeoLabel.country, asPlainPrefix: pattern.hasOtherReading),
          regionByOtherReading: GeoLabel.test(
            pattern, namespace: GeoLabel.region, asPlainPrefix: pattern.hasOtherReading))
      })
    configure(&program)
    return program
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
