import Findings
import ReportText

/// The report for people.
struct TextForm {
  let report: GateReport
  let options: RenderOptions

  /// How many rules and kinds of a web ACL are told.
  private static let shownGroups = 12
  /// How many other routes of one rule and kind are listed.
  private static let shownRoutes = 8

  var text: String {
    var page = TextPage(options.style)
    let role: TextRole = report.outcome == .passed ? .good : .bad
    guard !options.isQuiet else {
      // On one line however long, for whoever takes it from there.
      page.line(report.verdict, role)
      return page.text
    }
    let words = report.verdict.split(separator: " ", maxSplits: 1)
    page.paragraph(
      String(words.last ?? ""), role, lead: StyledText(String(words.first ?? "") + " ", role),
      indent: 2)
    for section in report.sections { write(section, to: &page) }
    if !report.notices.isEmpty { page.gap() }
    for notice in report.notices {
      page.paragraph(
        short(notice, 400), .caution, lead: StyledText("note: ", .caution), indent: 6)
    }
    page.gap()
    for line in report.stamp {
      page.line(StyledText(line.name + " ", .faint) + StyledText(short(line.value, 200), .faint))
    }
    return page.text
  }

  private func write(_ section: GateSection, to page: inout TextPage) {
    page.gap()
    page.line("\(short(section.name))  \(short(section.file))", .heading)
    if !section.base.isEmpty { page.line("  compared with \(short(section.base))", .faint) }
    if section.records > 0 {
      var line = "  \(counted(section.requests, "request"))"
      if section.rejects > 0 { line += ", \(grouped(section.rejects)) unreadable" }
      if !section.base.isEmpty {
        line += "; \(grouped(section.changed)) changed"
        if section.possiblyChanged > 0 { line += ", \(grouped(section.possiblyChanged)) possibly" }
      }
      page.line(line)
    }
    writeTotals(section, to: &page)
    writeStructure(section, to: &page)
    let findings = section.findings
    let groups = FindingGroup.groups(of: findings)
    for group in groups.prefix(Self.shownGroups) {
      write(group.first, to: &page)
      writeOthers(of: group, to: &page)
    }
    let hidden = groups.dropFirst(Self.shownGroups).reduce(0) { $0 + 1 + $1.others.count }
    if hidden > 0 {
      page.gap()
      page.line("  … \(counted(hidden, "more finding")); --report json has all", .faint)
    }
    writeCases(section, to: &page)
    if let coverage = section.coverage { write(coverage, to: &page) }
    for warning in section.warnings {
      page.paragraph("warning: " + short(warning, 400), .caution, indent: 2)
    }
    guard !section.assumptions.isEmpty else { return }
    page.gap()
    page.line("  Assumptions that verdicts rest on", .faint)
    for assumption in section.assumptions.prefix(8) {
      page.line("    " + short(assumption), .faint)
    }
    if section.assumptions.count > 8 {
      page.line("    … \(section.assumptions.count - 8) more", .faint)
    }
  }

  private func writeTotals(_ section: GateSection, to page: inout TextPage) {
    guard !section.totals.rows.isEmpty else { return }
    page.gap()
    var table = TextTable([
      TextTable.Column(""), TextTable.Column("old", .right), TextTable.Column("new", .right),
    ])
    for row in section.totals.rows {
      // What is open is no prediction, and what counts goes on.
      let isPlain = row.name == "COUNT" || row.name == "indeterminate"
      table.row([
        StyledText(row.name),
        StyledText(isPlain ? grouped(row.old.upperBound) : row.old.inWords),
        StyledText(isPlain ? grouped(row.new.upperBound) : row.new.inWords),
      ])
    }
    page.table(table, indent: 2)
  }

  private func writeStructure(_ section: GateSection, to page: inout TextPage) {
    guard !section.structure.isEmpty else { return }
    page.gap()
    page.line("  The documents", .heading)
    for change in section.structure {
      let mark =
        switch change.kind {
        case .added: "+"
        case .removed: "-"
        case .moved: "↕"
        case .renamed, .changed: "~"
        }
      var line = StyledText("  \(mark) \(change.kind.rawValue) \(short(change.subject))")
      if let place = change.location { line += StyledText("  " + place.text, .faint) }
      page.line(line)
      for detail in change.details { page.paragraph(short(detail, 300), .faint, indent: 6) }
    }
  }

  private func write(_ finding: Finding, to page: inout TextPage) {
    page.gap()
    var lead = StyledText("  ") + StyledText(finding.kind.rawValue, finding.role)
    if finding.isFailing { lead += StyledText(" [fails]", .bad) }
    if let acceptance = finding.acceptance {
      lead += StyledText(" [accepted: \(short(acceptance.inWords, 300))]", .good)
    }
    if let place = finding.location { lead += StyledText("  " + place.text, .faint) }
    page.line(lead)
    page.paragraph(short(finding.message, 400), indent: 4)
    for note in finding.notes { page.paragraph(short(note, 300), .faint, indent: 4) }
    if let radius = finding.radius { write(radius, to: &page) }
    for example in finding.examples { write(example, to: &page) }
    if !finding.needs.isEmpty {
      page.paragraph("would be settled by: " + finding.needs.joined(separator: ", "), indent: 4)
    }
    guard !finding.cure.isEmpty else { return }
    page.paragraph("to let it through, \(finding.curePlace):", indent: 4)
    for line in finding.cure { page.line("      " + line, .good) }
  }

  /// The other routes that the same rule changes in the same way, a line each.
  private func writeOthers(of group: FindingGroup, to page: inout TextPage) {
    guard !group.others.isEmpty else { return }
    page.line(
      "    the same for \(counted(group.otherRequests, "request")) to "
        + "\(counted(group.others.count, "other route")):")
    for finding in group.others.prefix(Self.shownRoutes) {
      page.line(
        StyledText("      \(short(finding.route, 70))  ")
          + StyledText(finding.radius?.requests.inWords ?? "", .faint))
    }
    let hidden = group.others.count - Self.shownRoutes
    if hidden > 0 { page.line("      … \(hidden) more", .faint) }
  }

  private func write(_ radius: BlastRadius, to page: inout TextPage) {
    let facts: [(String, String)] = [
      ("requests", radius.requests.inWords), ("clients", radius.clients.text),
      // One path and one method are in the message already.
      ("paths", radius.paths.distinct.value > 1 ? radius.paths.text() : ""),
      ("methods", radius.methods.distinct.value > 1 ? radius.methods.text(5) : ""),
      ("hosts", radius.hosts.text()), ("countries", radius.countries.text(5)),
      ("agents", radius.agents.text(5)),
      (
        "seen",
        [radius.firstSeen, radius.lastSeen].compactMap { $0.flatMap { utcText($0) } }
          .joined(separator: " – ")
      ),
    ]
    for (name, text) in facts where !text.isEmpty {
      page.paragraph(
        text, .plain, lead: StyledText("    ") + StyledText(name, .faint).padded(to: 10), indent: 14
      )
    }
  }

  private func write(_ example: Finding.Example, to page: inout TextPage) {
    let actions =
      (example.oldActions.isEmpty ? "" : example.oldActions.joined(separator: "/") + " → ")
      + example.newActions.joined(separator: "/")
    page.line(
      StyledText("    e.g. ", .faint) + StyledText(short(example.request, 70)) + "  "
        + StyledText("\(actions), \(example.certainty)", .faint))
    page.line("         \(short(example.position))", .faint)
    for match in example.matches { page.line("         " + short(match, 100), .mark) }
  }

  private func writeCases(_ section: GateSection, to page: inout TextPage) {
    guard !section.cases.isEmpty else { return }
    page.gap()
    let counts = CaseResult.Status.allCases.map { status in
      (status, section.cases.count { $0.status == status })
    }
    page.line(
      "  Cases: "
        + counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", "),
      .heading)
    for result in section.cases where result.status != .passed {
      let role: TextRole = result.status == .skipped ? .caution : .bad
      var line = StyledText("  ") + StyledText(result.status.rawValue, role)
      line += StyledText("  \(result.group): \(short(result.name))")
      if let place = result.location { line += StyledText("  " + place.text, .faint) }
      page.line(line)
      if !result.message.isEmpty { page.paragraph(short(result.message, 400), indent: 4) }
      for detail in result.details { page.line("      " + short(detail, 200), .faint) }
    }
  }

  private func write(_ coverage: Coverage, to page: inout TextPage) {
    page.gap()
    let rules = coverage.counts(of: .rule)
    let leaves = coverage.counts(of: .leaf)
    page.line(
      "  Coverage: \(coverage.percentText), \(rules.covered) of \(counted(rules.all, "rule")), "
        + "\(leaves.covered) of \(counted(leaves.all, "leaf statement"))", .heading)
    for item in coverage.uncovered.prefix(20) {
      var line = StyledText("    not covered  ", .faint) + StyledText(item.inWords)
      if let place = item.location { line += StyledText("  " + place.text, .faint) }
      page.line(line)
    }
    if coverage.uncovered.count > 20 {
      page.line("    … \(coverage.uncovered.count - 20) more", .faint)
    }
  }
}

extension Finding {
  fileprivate var role: TextRole {
    switch severity {
    case .error: .bad
    case .warning: .caution
    case .note: .unknown
    }
  }
}

extension Finding.Location {
  var text: String {
    short(file) + (line.map { ":\($0)" } ?? "") + (line == nil ? "" : column.map { ":\($0)" } ?? "")
  }
}

extension Finding.Acceptance {
  var inWords: String {
    let head = source == .baseline ? "in the baseline" : "suppressed by \(owner) until \(expires)"
    return reason.isEmpty ? head : "\(head): \(reason)"
  }
}

extension Coverage {
  var percentText: String {
    let tenths = Int((percent * 10).rounded(.down))
    return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }
}

extension Coverage.Item {
  var inWords: String {
    switch kind {
    case .rule: "rule \(name) never matched"
    case .leaf:
      "\(name) in \(rule) "
        + (matches == 0 ? (misses == 0 ? "was never reached" : "never matched") : "never missed")
    }
  }
}
