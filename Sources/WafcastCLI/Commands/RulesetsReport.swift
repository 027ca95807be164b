import Gate
import ManagedRules
import ReportText
import WAFReports
import Wafcast

/// What `rulesets` prints; it stands here because WAFReports knows nothing of rule data.
struct RulesetsReport {
  var groups: [ManagedRuleGroup]

  // MARK: List

  func listText(_ style: TextStyle) -> String {
    var page = TextPage(style)
    var table = TextTable([
      .init("vendor"), .init("name", isFlexible: true), .init("version", isFlexible: true),
      .init("WCU", .right), .init("rules", .right), .init("modelled", .right),
      .init("unmodelled", .right),
    ])
    for group in groups {
      let modelled = group.rules.filter(\.model.isModelled).count
      table.row([
        StyledText(group.vendorName, .faint), StyledText(group.name), StyledText(group.version),
        StyledText(grouped(group.capacity)), StyledText(grouped(group.rules.count)),
        StyledText(grouped(modelled), modelled > 0 ? .good : .faint),
        StyledText(
          grouped(group.rules.count - modelled),
          group.rules.count > modelled ? .caution : .faint),
      ])
    }
    page.table(table)
    page.gap()
    page.paragraph(
      "A modelled rule is approximated by branches of wafv2 statements, each with its fidelity and "
        + "source. A rule that is not modelled is assumed not to match (--assume changes that).",
      .faint)
    return page.text
  }

  var listJSON: JSONValue {
    .object([
      JSONMember("schema", .string("wafcast.rulesets/1")),
      JSONMember(
        "rulesets",
        .array(
          groups.map { group in
            .object([
              JSONMember("vendor", .string(group.vendorName)),
              JSONMember("name", .string(group.name)),
              JSONMember("version", .string(group.version)),
              JSONMember("capacity", .integer(group.capacity)),
              JSONMember("rules", .integer(group.rules.count)),
              JSONMember(
                "modelled", .integer(group.rules.filter(\.model.isModelled).count)),
            ])
          })),
    ])
  }

  // MARK: Show

  func showText(_ group: ManagedRuleGroup, _ style: TextStyle) -> String {
    var page = TextPage(style)
    page.line(
      StyledText(group.name, .heading) + StyledText("  \(group.vendorName)", .faint)
        + StyledText("  \(group.title)"))
    page.paragraph(group.documentation, indent: 2)
    page.paragraph(
      "\(group.version), \(grouped(group.capacity)) WCU, \(counted(group.rules.count, "rule")), "
        + "labels under \(group.labelNamespace)", .faint, indent: 2)
    page.paragraph("source: \(group.source)", .faint, indent: 2, cutsWords: false)
    for rule in group.rules {
      page.gap()
      write(rule, to: &page)
    }
    return page.text
  }

  private func write(_ rule: ManagedRule, to page: inout TextPage) {
    page.line(
      StyledText(rule.name, .heading).padded(to: 48) + "  "
        + StyledText(rule.action.kind.rawValue, rule.action.role))
    page.paragraph(rule.documentation, indent: 4)
    if let label = rule.label { page.line("    label " + label, .faint) }
    switch rule.model {
    case .unmodelled(let reason):
      page.paragraph("not modelled: \(reason)", .caution, indent: 4)
    case .branches(let branches, let missTrust, let why):
      for branch in branches {
        page.paragraph(
          branch.looksFor, lead: StyledText("    ") + fidelity(branch.fidelity), indent: 12)
        if branch.fidelity == .low { page.line("            off unless --fidelity low", .caution) }
        page.paragraph(branch.why, .faint, indent: 12)
        if branch.source != rule.source {
          page.paragraph("source: \(branch.source)", .faint, indent: 12, cutsWords: false)
        }
      }
      var miss = "otherwise no match (\(missTrust.rawValue))"
      if let why { miss += ": \(why)" }
      page.paragraph(miss, .faint, indent: 4)
    }
    if rule.source != groupSource(of: rule) {
      page.paragraph("source: \(rule.source)", .faint, indent: 4, cutsWords: false)
    }
  }

  private func groupSource(of rule: ManagedRule) -> String? {
    groups.first { $0.rules.contains(rule) }?.source
  }

  private func fidelity(_ fidelity: Fidelity) -> StyledText {
    let role: TextRole =
      switch fidelity {
      case .exact, .high: .good
      case .medium, .low: .caution
      }
    return StyledText(fidelity.rawValue, role).padded(to: 8)
  }

  func json(_ group: ManagedRuleGroup) -> JSONValue {
    var members: [JSONMember] = []
    members.add("schema", "wafcast.ruleset/1")
    members.add("vendor", group.vendorName)
    members.add("name", group.name)
    members.add("title", group.title)
    members.add("version", group.version)
    members.add("capacity", group.capacity)
    members.add("labelNamespace", group.labelNamespace)
    members.add("documentation", group.documentation)
    members.add("source", group.source)
    members.add("rules", .array(group.rules.map { json($0) }))
    return .object(members)
  }

  private func json(_ rule: ManagedRule) -> JSONValue {
    var members: [JSONMember] = []
    members.add("name", rule.name)
    members.add("action", rule.action.kind.rawValue)
    members.add("label", ifPresent: rule.label)
    members.add("documentation", rule.documentation)
    members.add("source", rule.source)
    switch rule.model {
    case .unmodelled(let reason): members.add("unmodelled", reason)
    case .branches(let branches, let missTrust, let why):
      members.add("missTrust", missTrust.rawValue)
      members.add("why", ifPresent: why)
      members.add(
        "branches",
        .array(
          branches.map { branch in
            .object([
              JSONMember("fidelity", .string(branch.fidelity.rawValue)),
              JSONMember("looksFor", .string(branch.looksFor)),
              JSONMember("why", .string(branch.why)),
              JSONMember("source", .string(branch.source)),
              JSONMember("statement", JSONValue(branch.statement.node())),
            ])
          }))
    }
    return .object(members)
  }
}

extension ManagedRuleModel {
  var isModelled: Bool {
    if case .branches = self { true } else { false }
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
