package import ReportText

extension RulesetComparison {
  package func text(_ style: TextStyle) -> String {
    var page = TextPage(style)
    page.line(StyledText("old  ", .faint) + StyledText(old.name))
    page.line(StyledText("new  ", .faint) + StyledText(new.name))
    var group: String?
    for change in changes {
      if change.group != group {
        page.gap()
        page.line(change.group, .heading)
        group = change.group
      }
      page.line(
        StyledText("  ") + StyledText(change.kind.rawValue, change.kind.role).padded(to: 10)
          + StyledText(change.subject))
      for detail in change.details {
        page.paragraph(
          detail, lead: StyledText(String(repeating: " ", count: 12)), indent: 14, cutsWords: false)
      }
    }
    page.gap()
    page.line(summary)
    return page.text
  }

  private var summary: String {
    guard !changes.isEmpty else { return "no difference" }
    let words = changes.filter { $0.kind == .reworded }.count
    return counted(changes.count, "difference")
      + (words > 0 ? ", \(words == changes.count ? "all" : grouped(words)) in words only" : "")
  }

  /// `wafcast.rulesets-diff/1`.
  package var json: JSONValue {
    .object([
      JSONMember("schema", .string("wafcast.rulesets-diff/1")),
      JSONMember("old", .string(old.name)),
      JSONMember("new", .string(new.name)),
      JSONMember(
        "changes",
        .array(
          changes.map { change in
            var members: [JSONMember] = []
            members.add("kind", change.kind.rawValue)
            members.add("group", change.group)
            members.add("subject", change.subject)
            members.add("rule", ifPresent: change.rule)
            members.add("details", .strings(change.details))
            return .object(members)
          })),
    ])
  }
}

extension RulesetChange.Kind {
  fileprivate var role: TextRole {
    switch self {
    case .added: .good
    case .removed: .bad
    case .moved, .changed: .caution
    case .reworded: .faint
    }
  }
}
