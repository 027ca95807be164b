import ManagedRules
import ReportText
import WAFModel

/// A rule on the page of its group.
struct RuleBlocks {
  private(set) var blocks: [PageBlock] = []
  private let rule: ManagedRule

  init(_ rule: ManagedRule, _ number: Int, _ group: ManagedRuleGroup) {
    self.rule = rule
    blocks.append(
      .rule(
        number: number, name: rule.name, action: rule.action.kind.rawValue, role: rule.action.role))
    blocks.append(.paragraph(Words(rule.documentation)))
    blocks.append(.facts(facts(in: group)))
    blocks +=
      ModelBlocks(
        rule.requirements, rule.model, documentation: rule.documentation, source: rule.source
      ).blocks
    blocks += observations(rule.observations, of: "the rule")
  }

  private func facts(in group: ManagedRuleGroup) -> [PageBlock.Fact] {
    var facts = [
      PageBlock.Fact("label", rule.label.map { .code($0) } ?? "none of its own")
    ]
    if !rule.additionalLabels.isEmpty {
      facts.append(PageBlock.Fact("more labels", .list(rule.additionalLabels.map(\.words))))
    }
    if rule.labelsFirst {
      facts.append(
        PageBlock.Fact("order", "labels come before any rule of the group runs, actions after"))
    }
    facts += [
      PageBlock.Fact("inspects", Words(rule.inspects ?? "not known")),
      PageBlock.Fact("transformations", Words(rule.transformations ?? "not known")),
    ]
    if let handling = rule.oversizeHandling {
      facts.append(PageBlock.Fact("oversize", Words(handling.rawValue)))
    }
    if !rule.versions.isEmpty {
      facts.append(PageBlock.Fact("versions", Words(rule.versions.words)))
    }
    if let position = rule.documentedPosition {
      facts.append(PageBlock.Fact("in the guide", Words("rule \(position) of its table")))
    }
    if rule.source != group.source {
      facts.append(PageBlock.Fact("source", Words(rule.source)))
    }
    return facts
  }
}

extension AdditionalLabel {
  fileprivate var words: Words {
    .code(name) + (versions.isEmpty ? "" : " (\(versions.words))")
  }
}

extension [VersionSpan] {
  /// `since Version_1.15`; of several, each.
  var words: String { isEmpty ? "all" : map(\.words).joined(separator: " and ") }
}

extension Fidelity {
  var role: TextRole {
    switch self {
    case .exact, .high: .good
    case .medium, .low: .caution
    }
  }
}

extension RuleAction {
  var role: TextRole {
    switch self {
    case .allow: .good
    case .block: .bad
    case .count, .captcha, .challenge, .monetize: .caution
    }
  }
}
