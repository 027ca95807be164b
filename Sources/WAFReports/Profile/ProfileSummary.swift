import Transforms
package import WAFEngine
package import WAFProgram
package import WAFReplay

/// What `replay --profile` tells: where the time went, the dearest of each kind first.
package struct ProfileSummary: Sendable {
  package var webACLName: String
  package var profile: ReplayProfile
  /// The rules that were evaluated, the dearest first.
  package var rules: [ProfiledRule]
  /// The slots that were computed, the dearest first.
  package var slots: [ProfiledSlot]
  /// The patterns that prefilters left candidates to, the dearest first.
  package var patterns: [ProfiledPattern]

  /// The summary of a profile of `program`.
  package init(_ profile: ReplayProfile, of program: Program) {
    webACLName = program.webACLName
    self.profile = profile
    let evaluation = profile.evaluation
    rules = Self.dearest(evaluation.rules).map { place in
      ProfiledRule(path: program.ruleInfo[place].path, found: evaluation.rules[place])
    }
    slots = Self.dearest(evaluation.slots).map { place in
      ProfiledSlot(SlotIndex(place), of: program, found: evaluation.slots[place])
    }
    let rulesOfLeaf = program.rulesByLeaf
    // A managed rule is a condition too, but what it does is told of its rule.
    let patterns = Self.dearest(evaluation.patterns).filter { program.leaves[$0].slot != nil }
    self.patterns = patterns.map { place in
      ProfiledPattern(
        LeafIndex(place), of: program, rules: rulesOfLeaf[place],
        found: evaluation.patterns[place])
    }
  }

  /// The patterns that gave up on some value, most often first.
  package var gaveUp: [ProfiledPattern] {
    patterns.filter { $0.found.unknown > 0 }.enumerated().sorted { left, right in
      (right.element.found.unknown, left.offset) < (left.element.found.unknown, right.offset)
    }.map(\.element)
  }

  /// The places of what came up at all: by time, then by how often, then in the program's order.
  private static func dearest(_ entries: ContiguousArray<EvaluationProfile.Entry>) -> [Int] {
    entries.indices.filter { entries[$0].count > 0 }.sorted { left, right in
      let (one, other) = (entries[left], entries[right])
      return (other.nanoseconds, other.count, left) < (one.nanoseconds, one.count, right)
    }
  }
}

/// What was done with one rule.
package struct ProfiledRule: Hashable, Sendable {
  /// The name in the web ACL, then `/` and the name in the group.
  package var path: String
  package var found: EvaluationProfile.Entry
}

/// What was done with one slot.
package struct ProfiledSlot: Hashable, Sendable {
  /// The field to match, with what it selects.
  package var field: String
  /// The text transformations in order.
  package var transformations: [String]
  package var found: EvaluationProfile.Entry

  init(_ slot: SlotIndex, of program: Program, found: EvaluationProfile.Entry) {
    field = program.fields[program.slots[slot.position].field].listingTitle
    transformations = program.chain(of: slot).map(\.wireName)
    self.found = found
  }

  /// `AllQueryArguments > URL_DECODE_UNI > LOWERCASE`.
  package var title: String { ([field] + transformations).joined(separator: " > ") }
}

/// What was done with one pattern, or another condition on the values of a slot.
package struct ProfiledPattern: Hashable, Sendable {
  /// The number of the condition, as `explain --program` has it.
  package var number: Int
  /// What is looked for, and where, in words.
  package var title: String
  /// The rules that ask for it.
  package var rules: [String]
  /// The literals of which a value needs one; without any, each value is a candidate.
  package var literals: [ListedLiteral]
  package var found: EvaluationProfile.Entry

  init(
    _ leaf: LeafIndex, of program: Program, rules: [String], found: EvaluationProfile.Entry
  ) {
    number = leaf.position
    title = program.title(of: program.leaves[leaf.position])
    self.rules = rules
    literals = program.listedLiterals(before: leaf)
    self.found = found
  }
}

extension Program {
  /// By place in `leaves`, the rules whose statements ask for it, branches of managed rules included.
  fileprivate var rulesByLeaf: [[String]] {
    var rules = [[String]](repeating: [], count: leaves.count)
    for info in ruleInfo { add(info.path, to: &rules, info.formula) }
    for top in topRules {
      if let formula = top.scopeDownFormula { add(top.name, to: &rules, formula) }
    }
    return rules
  }

  private func add(_ path: String, to rules: inout [[String]], _ formula: Formula) {
    for leaf in formula.leaves {
      if rules[leaf.position].last != path { rules[leaf.position].append(path) }
      guard case .managedRule(let index) = leaves[leaf.position] else { continue }
      for branch in managed[index].branches { add(path, to: &rules, branch.formula) }
    }
  }
}
