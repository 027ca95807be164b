package import ManagedRules
import ReportText
import WAFModel

/// How two versions of rule data differ: two groups, two versions of one, or two directories.
package struct RulesetComparison: Sendable {
  /// One of the two.
  package struct Side: Sendable {
    /// As the user calls it.
    package var name: String
    package var groups: [ManagedRuleGroup]
    /// Whether it is all that somebody has, as a directory is, and not one group of many.
    package var isCatalogue: Bool

    package init(name: String, groups: [ManagedRuleGroup], isCatalogue: Bool) {
      self.name = name
      self.groups = groups
      self.isCatalogue = isCatalogue
    }
  }

  package let old: Side
  package let new: Side
  /// By group; of a group what is no rule first, then the rules in their new order, then those
  /// that are gone.
  package let changes: [RulesetChange]

  package init(old: Side, new: Side) {
    self.old = old
    self.new = new
    if !old.isCatalogue, !new.isCatalogue, let before = old.groups.first,
      let after = new.groups.first
    {
      changes = GroupDifference(before, after).changes
      return
    }
    func key(_ group: ManagedRuleGroup) -> [String] { [group.vendorName, group.name] }
    let before = Dictionary(old.groups.map { (key($0), $0) }) { first, _ in first }
    let after = Dictionary(new.groups.map { (key($0), $0) }) { first, _ in first }
    let keys = Set(before.keys).union(after.keys).sorted { $0.lexicographicallyPrecedes($1) }
    changes = keys.flatMap { key -> [RulesetChange] in
      switch (before[key], after[key]) {
      case (let before?, let after?): GroupDifference(before, after).changes
      // A group against a directory: the others of the directory are not meant.
      case (nil, let group?):
        old.isCatalogue ? [RulesetChange(.added, group: group.name, subject: "group")] : []
      case (let group?, nil):
        new.isCatalogue ? [RulesetChange(.removed, group: group.name, subject: "group")] : []
      case (nil, nil): []
      }
    }
  }

  /// Whether a verdict can depend on what is different.
  package var touchesVerdicts: Bool { changes.contains { $0.kind != .reworded } }
}

extension ManagedRuleGroup {
  /// The group with the rules of one version only; nil asks for the default one.
  package func narrowed(to version: String?) -> ManagedRuleGroup {
    var group = self
    group.rules = content(version: version).rules
    return group
  }
}
