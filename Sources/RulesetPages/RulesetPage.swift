package import ManagedRules
package import ReportText
import WAFModel

/// A managed rule group as a page that a security engineer can check, rule by rule.
package struct RulesetPage {
  let group: ManagedRuleGroup
  /// The version that the page is of; nil: of all versions.
  let content: ManagedGroupContent?
  let rules: [ManagedRule]
  /// Labels that the group adds before its rules run.
  let labelRules: [ManagedLabelRule]

  /// The page of a group with the rules of all its versions.
  package init(_ group: ManagedRuleGroup) {
    self.group = group
    content = nil
    rules = group.rules
    labelRules = group.labelRules
  }

  /// The page of a group as it is in a version that is known of it.
  package init(_ group: ManagedRuleGroup, version: String) {
    self.group = group
    let content = group.content(version: version)
    self.content = content
    rules = content.rules
    labelRules = content.labelRules
  }

  package func text(_ style: TextStyle) -> String {
    TextBlocks(blocks(withLegend: false), style).text
  }

  package var markdown: String { MarkdownPage(blocks(withLegend: true)).text }

  // MARK: The group

  func blocks(withLegend: Bool) -> [PageBlock] {
    var blocks: [PageBlock] = [
      .title(name: group.name, title: group.title), .paragraph(Words(group.documentation)),
    ]
    if withLegend {
      blocks.append(
        .paragraph(
          "This page is what " + .code("wafcast rulesets show \(shownName) --format markdown")
            + " prints. AWS does not publish the patterns of its rules: each branch below says what "
            + "it looks for, how close that is to what AWS runs, and why."))
    }
    blocks.append(.facts(facts))
    if content == nil { blocks += history }
    blocks += labels
    if !group.observations.isEmpty {
      blocks +=
        [.heading("Observed of the group")]
        + observations(group.observations, of: "the group")
    }
    if withLegend { blocks += overview + legend }
    for (index, rule) in rules.enumerated() { blocks += RuleBlocks(rule, index + 1, group).blocks }
    return blocks
  }

  private var shownName: String {
    content?.version.map { "\(group.name)@\($0.name)" } ?? group.name
  }

  private var facts: [PageBlock.Fact] {
    var facts = [
      PageBlock.Fact("vendor", Words(group.vendorName)),
      PageBlock.Fact("capacity", Words("\(grouped(group.capacity)) WCU")),
      PageBlock.Fact("label prefix", .code(group.labelNamespace)),
      PageBlock.Fact("rules", Words(ruleCount)),
    ]
    if let content {
      facts.append(PageBlock.Fact("version", Words(content.version?.name ?? "the only one")))
    } else if let version = group.defaultVersion {
      facts.append(
        PageBlock.Fact(
          "default version",
          Words("\(version.name), as wafcast reads it: AWS moves its default without notice")))
    }
    facts.append(PageBlock.Fact("as of", Words(group.asOf)))
    facts.append(PageBlock.Fact("source", Words(group.source)))
    return facts
  }

  private var ruleCount: String {
    let modelled = rules.filter(\.model.isModelled).count
    let how =
      switch modelled {
      case 0: "none modelled"
      case rules.count: "all modelled"
      default: "\(modelled) modelled, \(rules.count - modelled) not"
      }
    return "\(rules.count), \(how)"
  }

  private var history: [PageBlock] {
    var blocks: [PageBlock] = []
    if !group.versions.isEmpty {
      blocks += [
        .heading("Versions"),
        .table(
          columns: ["Version", "Date", "Changes"],
          rows: group.versions.map {
            [Words($0.number.name), Words($0.date ?? "(no date)"), Words($0.changes)]
          }),
      ]
    }
    if !group.retiredRules.isEmpty {
      blocks.append(.heading("Retired rule names"))
      blocks.append(.paragraph("Accepted in overrides; no rule of a known version has them."))
      blocks += group.retiredRules.map { .item(.code($0.name) + ": \($0.note)") }
    }
    return blocks
  }

  private var labels: [PageBlock] {
    var blocks: [PageBlock] = []
    let shown = Set(
      rules.flatMap { [$0.label].compactMap(\.self) + $0.additionalLabels.map(\.name) }
        + labelRules.map(\.label))
    let others = group.availableLabels.filter { !shown.contains($0) }
    if !others.isEmpty || !group.labelFamilies.isEmpty {
      blocks.append(.heading("Labels besides those below"))
      blocks += others.map { .item(.code($0)) }
      blocks += group.labelFamilies.map {
        .item(.code($0) + " and a name that is not known beforehand")
      }
    }
    guard !labelRules.isEmpty else { return blocks }
    blocks.append(.heading("Labels before the rules"))
    blocks.append(.paragraph("The group adds these before its first rule runs; no rule shows."))
    for rule in labelRules {
      blocks.append(.label(rule.label))
      blocks.append(.paragraph(Words(rule.documentation)))
      var facts: [PageBlock.Fact] = []
      if !rule.versions.isEmpty {
        facts.append(PageBlock.Fact("versions", Words(rule.versions.words)))
      }
      if rule.source != group.source {
        facts.append(PageBlock.Fact("source", Words(rule.source)))
      }
      if !facts.isEmpty { blocks.append(.facts(facts)) }
      blocks +=
        ModelBlocks(
          rule.requirements, rule.model, documentation: rule.documentation, source: rule.source
        ).blocks
    }
    return blocks
  }

  // MARK: What a page starts with

  private var overview: [PageBlock] {
    [
      .heading("Rules in evaluation order"),
      .table(
        columns: ["", "Rule", "Action", "Branches", "No match"],
        rows: rules.enumerated().map { index, rule in
          [
            Words("\(index + 1)"), .code(rule.name), Words(rule.action.kind.rawValue),
            Words(Self.branches(rule.model)), Words(Self.miss(rule.model)),
          ]
        }),
    ]
  }

  private static func branches(_ model: ManagedRuleModel) -> String {
    switch model {
    case .unmodelled: "not modelled"
    case .branches(let branches, _, _):
      branches.map { $0.fidelity == .low ? "low (off)" : $0.fidelity.rawValue }
        .joined(separator: ", ")
    }
  }

  private static func miss(_ model: ManagedRuleModel) -> String {
    switch model {
    case .unmodelled: "assumed"
    case .branches(_, let missTrust, _): missTrust.rawValue
    }
  }

  private var legend: [PageBlock] {
    [
      .paragraph(
        "A rule matches where one of its branches does. A branch is exact where the documentation "
          + "fixes the condition, high where it is a documented literal with the obvious encodings "
          + "or a log has shown it, medium where it is the same kind of detector with patterns of "
          + "our own, low where it is a guess: those are off unless " + .code("--fidelity low")
          + " asks for them. In a condition, brackets hold the text transformations in their order."
      ),
      .paragraph(
        "Observations are what others saw AWS do. A request that is told without headers is tried "
          + "with a Host and the User-Agent of a browser."),
    ]
  }
}

extension ManagedRuleModel {
  package var isModelled: Bool {
    if case .branches = self { true } else { false }
  }
}

extension ManagedRuleGroup {
  /// The version that a statement without one is taken to mean.
  package var versionText: String { defaultVersion?.name ?? "as of \(asOf)" }
}
