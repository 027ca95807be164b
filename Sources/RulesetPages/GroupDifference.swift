import ManagedRules
import WAFModel

/// How two managed rule groups differ.
struct GroupDifference {
  private(set) var changes: [RulesetChange] = []
  private let old: ManagedRuleGroup
  private let new: ManagedRuleGroup

  init(_ old: ManagedRuleGroup, _ new: ManagedRuleGroup) {
    self.old = old
    self.new = new
    compareGroups()
    compareVersions()
    compareLabelRules()
    compareRules()
  }

  private mutating func add(
    _ kind: RulesetChange.Kind, _ subject: String, rule: String? = nil, _ details: [String] = []
  ) {
    changes.append(
      RulesetChange(kind, group: new.name, subject: subject, rule: rule, details: details))
  }

  // MARK: The group

  private mutating func compareGroups() {
    var facts = DetailList()
    facts.compare("vendor", old.vendorName, new.vendorName)
    facts.compare("name", old.name, new.name)
    facts.compare("capacity", "\(old.capacity) WCU", "\(new.capacity) WCU")
    facts.compare("label prefix", old.labelNamespace, new.labelNamespace)
    facts.compare("default version", old.defaultVersion?.name, new.defaultVersion?.name)
    facts.compare("labels", set: old.availableLabels, new.availableLabels)
    facts.compare("label families", set: old.labelFamilies, new.labelFamilies)
    facts.compare(
      "retired rule names", set: old.retiredRules.map(\.name), new.retiredRules.map(\.name))
    if !facts.lines.isEmpty { add(.changed, "group", facts.lines) }

    var words = DetailList()
    words.compare("as of", old.asOf, new.asOf)
    words.compareText("title", old.title, new.title)
    words.compareText("documentation", old.documentation, new.documentation)
    words.compareText("source", old.source, new.source)
    words.compareText("observations", old.observations, new.observations)
    if !words.lines.isEmpty { add(.reworded, "group", words.lines) }
  }

  private mutating func compareVersions() {
    let before = Dictionary(old.versions.map { ($0.number, $0) }) { first, _ in first }
    let after = Set(new.versions.map(\.number))
    for version in new.versions {
      guard let previous = before[version.number] else {
        add(.added, version.number.name, [version.changes])
        continue
      }
      var words = DetailList()
      words.compare("date", previous.date, version.date)
      words.compareText("changes", previous.changes, version.changes)
      if !words.lines.isEmpty { add(.reworded, version.number.name, words.lines) }
    }
    for version in old.versions where !after.contains(version.number) {
      add(.removed, version.number.name)
    }
  }

  private mutating func compareLabelRules() {
    // A label may stand several times, for other versions each time.
    func key(_ rule: ManagedLabelRule) -> [String] { [rule.label, rule.versions.words] }
    let before = Dictionary(old.labelRules.map { (key($0), $0) }) { first, _ in first }
    let after = Set(new.labelRules.map { key($0) })
    for rule in new.labelRules {
      guard let previous = before[key(rule)] else {
        add(.added, "label \(rule.label)", rule.versions.isEmpty ? [] : [rule.versions.words])
        continue
      }
      add(RuleDifference(previous, rule), "label \(rule.label)")
    }
    for rule in old.labelRules where !after.contains(key(rule)) {
      add(.removed, "label \(rule.label)", rule.versions.isEmpty ? [] : [rule.versions.words])
    }
  }

  private mutating func add(
    _ difference: RuleDifference, _ subject: String, rule: String? = nil
  ) {
    let (facts, words) = (difference.facts.lines, difference.words.lines)
    if !facts.isEmpty { add(.changed, subject, rule: rule, facts) }
    if !words.isEmpty { add(.reworded, subject, rule: rule, words) }
  }

  // MARK: Rules

  private mutating func compareRules() {
    let partners = Self.partners(old.rules, new.rules)
    let moved = Self.moved(partners)
    for (place, rule) in new.rules.enumerated() {
      guard let partner = partners[place] else {
        add(.added, "rule \(rule.name)", rule: rule.name, rule.summary)
        continue
      }
      if moved.contains(partner) {
        add(
          .moved, "rule \(rule.name)", rule: rule.name,
          ["now \(Self.place(place, new.rules)), was \(Self.place(partner, old.rules))"])
      }
      add(
        RuleDifference(old.rules[partner], rule), "rule \(rule.name)", rule: rule.name)
    }
    let kept = Set(partners.compactMap(\.self))
    for (place, rule) in old.rules.enumerated() where !kept.contains(place) {
      add(.removed, "rule \(rule.name)", rule: rule.name, rule.summary)
    }
  }

  /// For each new rule the place of the old one of its name; where several have it, of those for
  /// the same versions first.
  private static func partners(_ old: [ManagedRule], _ new: [ManagedRule]) -> [Int?] {
    var free = Set(old.indices)
    var partners = [Int?](repeating: nil, count: new.count)
    for isExact in [true, false] {
      for (place, rule) in new.enumerated() where partners[place] == nil {
        partners[place] = old.indices.first { candidate in
          free.contains(candidate) && old[candidate].name == rule.name
            && (!isExact || old[candidate].versions == rule.versions)
        }
        if let partner = partners[place] { free.remove(partner) }
      }
    }
    return partners
  }

  /// The old places of the fewest rules that must have moved.
  private static func moved(_ partners: [Int?]) -> Set<Int> {
    let places = partners.compactMap(\.self)
    return Set(
      places.difference(from: places.sorted()).removals.map { step in
        switch step {
        case .remove(_, let place, _), .insert(_, let place, _): place
        }
      })
  }

  private static func place(_ place: Int, _ rules: [ManagedRule]) -> String {
    place == 0 ? "first" : "after \(rules[place - 1].name)"
  }
}

extension ManagedRule {
  /// What it is, for one that comes or goes.
  fileprivate var summary: [String] {
    let how =
      switch model {
      case .unmodelled: "not modelled"
      case .branches(let branches, _, _):
        "branches: " + branches.map(\.fidelity.rawValue).joined(separator: ", ")
      }
    return [
      action.kind.rawValue + (label.map { ", label \($0)" } ?? ", no label"), how,
      versions.isEmpty ? nil : versions.words,
    ].compactMap(\.self)
  }
}

/// What is different, a line each.
struct DetailList {
  private(set) var lines: [String] = []

  mutating func add(_ line: String) { lines.append(line) }

  mutating func compare(_ name: String, _ old: String?, _ new: String?) {
    guard old != new else { return }
    lines.append("\(name): \(old ?? "(none)") → \(new ?? "(none)")")
  }

  /// The order means nothing.
  mutating func compare(_ name: String, set old: [String], _ new: [String]) {
    for value in new where !old.contains(value) { lines.append("\(name): + \(value)") }
    for value in old where !new.contains(value) { lines.append("\(name): - \(value)") }
  }

  /// Of long texts only that they differ.
  mutating func compareText<Value: Equatable>(_ name: String, _ old: Value, _ new: Value) {
    if old != new { lines.append(name) }
  }
}
