import ManagedRules
import WAFModel

/// How two rules of one name differ.
struct RuleDifference {
  /// What a verdict, a label or a certainty can depend on.
  private(set) var facts = DetailList()
  private(set) var words = DetailList()

  init(_ old: ManagedRule, _ new: ManagedRule) {
    facts.compare("action", old.action.kind.rawValue, new.action.kind.rawValue)
    if old.action != new.action, old.action.kind == new.action.kind {
      facts.add("action: its settings")
    }
    facts.compare("label", old.label, new.label)
    facts.compare(
      "more labels", set: old.additionalLabels.map(\.text), new.additionalLabels.map(\.text))
    if old.labelsFirst != new.labelsFirst {
      facts.add(new.labelsFirst ? "labels first now" : "labels no longer first")
    }
    facts.compare("versions", old.versions.words, new.versions.words)
    facts.compare("component", old.inspects, new.inspects)
    facts.compare("transformations", old.transformations, new.transformations)
    facts.compare(
      "oversize handling", old.oversizeHandling?.rawValue, new.oversizeHandling?.rawValue)
    compareModels(old.requirements, old.model, new.requirements, new.model)

    words.compare(
      "place in the guide", old.documentedPosition.map { "\($0)" },
      new.documentedPosition.map { "\($0)" })
    words.compareText("documentation", old.documentation, new.documentation)
    words.compareText("source", old.source, new.source)
    words.compareText("observations", old.observations, new.observations)
  }

  /// How two labels of one name differ that the group adds before its rules.
  init(_ old: ManagedLabelRule, _ new: ManagedLabelRule) {
    facts.compare("versions", old.versions.words, new.versions.words)
    compareModels(old.requirements, old.model, new.requirements, new.model)
    words.compareText("documentation", old.documentation, new.documentation)
    words.compareText("source", old.source, new.source)
  }

  private mutating func compareModels(
    _ before: [ManagedRuleRequirement], _ old: ManagedRuleModel,
    _ after: [ManagedRuleRequirement], _ new: ManagedRuleModel
  ) {
    facts.compare("requires", set: before.map(\.key), after.map(\.key))
    compare(old, new)
  }

  private mutating func compare(_ old: ManagedRuleModel, _ new: ManagedRuleModel) {
    switch (old, new) {
    case (.unmodelled(let before), .unmodelled(let after)):
      words.compareText("why it is not modelled", before, after)
    case (.unmodelled, .branches(let branches, let missTrust, _)):
      facts.add("modelled now; a miss is \(missTrust.rawValue)")
      for branch in branches { facts.add(Self.added(branch)) }
    case (.branches(let branches, _, _), .unmodelled(let reason)):
      facts.add("not modelled any more: \(reason)")
      for branch in branches { facts.add(Self.removed(branch)) }
    case (
      .branches(let before, let oldTrust, let oldWhy),
      .branches(let after, let newTrust, let newWhy)
    ):
      facts.compare("trust in a miss", oldTrust.rawValue, newTrust.rawValue)
      words.compareText("why a miss is trusted so", oldWhy, newWhy)
      compare(before, after)
    }
  }

  // MARK: Branches

  private mutating func compare(_ old: [ManagedRuleBranch], _ new: [ManagedRuleBranch]) {
    let before = old.map { ConditionText($0.statement) }
    let after = new.map { ConditionText($0.statement) }
    var free = Set(old.indices)
    var partners = [Int?](repeating: nil, count: new.count)
    // The same condition first, then what it is said to look for.
    for isSame: (Int, Int) -> Bool in [
      { before[$0].key == after[$1].key && old[$0].versions == new[$1].versions },
      { before[$0].key == after[$1].key },
      { old[$0].looksFor == new[$1].looksFor && old[$0].fidelity == new[$1].fidelity },
      { old[$0].looksFor == new[$1].looksFor },
    ] {
      for place in new.indices where partners[place] == nil {
        partners[place] = old.indices.first { free.contains($0) && isSame($0, place) }
        if let partner = partners[place] { free.remove(partner) }
      }
    }
    for place in new.indices {
      guard let partner = partners[place] else {
        facts.add(Self.added(new[place]))
        continue
      }
      let (previous, branch) = (old[partner], new[place])
      let name = Self.name(branch)
      facts.compare("\(name): fidelity", previous.fidelity.rawValue, branch.fidelity.rawValue)
      facts.compare("\(name): versions", previous.versions.words, branch.versions.words)
      if before[partner].key != after[place].key {
        facts.add("\(name): condition")
        for line in Self.lines(before[partner].lines, after[place].lines) { facts.add(line) }
      }
      words.compareText("\(name): what it looks for", previous.looksFor, branch.looksFor)
      words.compareText("\(name): why", previous.why, branch.why)
      words.compareText("\(name): source", previous.source, branch.source)
    }
    for place in old.indices where free.contains(place) { facts.add(Self.removed(old[place])) }
  }

  private static func name(_ branch: ManagedRuleBranch) -> String {
    "branch \(quoted(branch.looksFor))"
  }

  private static func added(_ branch: ManagedRuleBranch) -> String {
    "+ \(branch.fidelity.rawValue) \(name(branch))"
  }

  private static func removed(_ branch: ManagedRuleBranch) -> String {
    "- \(branch.fidelity.rawValue) \(name(branch))"
  }

  /// The lines that are gone and those that are new, in their order.
  private static func lines(_ old: [String], _ new: [String]) -> [String] {
    let steps = new.difference(from: old)
    return steps.removals.map { "  - " + $0.text } + steps.insertions.map { "  + " + $0.text }
  }
}

extension AdditionalLabel {
  fileprivate var text: String { versions.isEmpty ? name : "\(name) (\(versions.words))" }
}

extension CollectionDifference<String>.Change {
  fileprivate var text: String {
    switch self {
    case .insert(_, let text, _), .remove(_, let text, _):
      text.trimmingPrefix { $0 == " " }.description
    }
  }
}
