package import ManagedRules
package import ReportText

/// The managed rule groups that are known, with how much of each is modelled.
package struct RulesetList {
  private let groups: [ManagedRuleGroup]

  package init(_ groups: [ManagedRuleGroup]) {
    self.groups = groups
  }

  package func text(_ style: TextStyle) -> String {
    var page = TextPage(style)
    var table = TextTable([
      .init("vendor"), .init("name", isFlexible: true), .init("version", isFlexible: true),
      .init("WCU", .right), .init("rules", .right), .init("modelled", .right),
      .init("unmodelled", .right),
    ])
    for group in groups {
      let (rules, modelled) = counts(group)
      table.row([
        StyledText(group.vendorName, .faint), StyledText(group.name), StyledText(group.versionText),
        StyledText(grouped(group.capacity)), StyledText(grouped(rules)),
        StyledText(grouped(modelled), modelled > 0 ? .good : .faint),
        StyledText(grouped(rules - modelled), rules > modelled ? .caution : .faint),
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

  /// A table with a link to the page of each group.
  package var markdown: String {
    MarkdownPage([
      .table(
        columns: ["Group", "", "Version", "WCU", "Rules", "Modelled"],
        rows: groups.map { group in
          let (rules, modelled) = counts(group)
          return [
            .link(group.name, to: "\(group.name).md"), Words(group.title), Words(group.versionText),
            Words(grouped(group.capacity)), Words(grouped(rules)), Words(grouped(modelled)),
          ]
        })
    ]).text
  }

  package var json: JSONValue {
    .object([
      JSONMember("schema", .string("wafcast.rulesets/1")),
      JSONMember("rulesets", .array(groups.map { json($0) })),
    ])
  }

  private func json(_ group: ManagedRuleGroup) -> JSONValue {
    let (rules, modelled) = counts(group)
    return .object([
      JSONMember("vendor", .string(group.vendorName)),
      JSONMember("name", .string(group.name)),
      JSONMember("version", .string(group.versionText)),
      JSONMember("capacity", .integer(group.capacity)),
      JSONMember("rules", .integer(rules)),
      JSONMember("modelled", .integer(modelled)),
    ])
  }

  /// Of the content that a statement without a version means.
  private func counts(_ group: ManagedRuleGroup) -> (rules: Int, modelled: Int) {
    let rules = group.content(version: nil).rules
    return (rules.count, rules.filter(\.model.isModelled).count)
  }
}
