import ReportText
import WAFEngine
import WAFProgram
import WAFReplay

extension ReplaySummary {
  private static let more = "(use --format json)"

  // MARK: Rules

  func writeRules(to page: inout TextPage) {
    writeStoppingRules(to: &page)
    let counting = report.rules.filter { $0.counted > 0 }.sorted { $0.counted > $1.counted }
    guard !counting.isEmpty else { return }
    let items = counting.prefix(4).map { "\($0.rule.path) \(grouped($0.counted))" }
    let lead = StyledText("Counted by  ", .faint)
    let list = fitting(items, total: counting.count, width: page.style.width - lead.width)
    page.line((lead + list).cut(to: page.style.width))
  }

  private func writeStoppingRules(to page: inout TextPage) {
    let rules = stoppingRules
    guard !rules.isEmpty else { return }
    let areBlocks = rules.allSatisfy { $0.rule.action == .block }
    var table = TextTable([
      .init(areBlocks ? "Blocked by" : "Stopped by", isFlexible: true), .init("requests", .right),
      .init("for certain", .right), .init("otherwise"), .init("clients", .right),
    ])
    for rule in rules.prefix(Limits.blockingRules) {
      // Of the default action only the number is known.
      let isDefault = rule.rule.kind == .defaultAction
      table.row([
        StyledText(isDefault ? rule.rule.title : rule.rule.path)
          + StyledText(means(of: rule), .caution),
        StyledText(grouped(rule.ended)), StyledText(grouped(rule.endedForCertain), .faint),
        StyledText(rule.endedForCertain < rule.ended ? rule.weakestCertainty : ""),
        StyledText(isDefault ? "" : estimated(rule.distinctClients, rule.clients.isExact)),
      ])
    }
    // The paths stand between the rows, so that the table is laid out first.
    for (index, line) in table.lines(width: page.style.width).enumerated() {
      page.line(line)
      guard index > 0 else { continue }
      let detail = detail(of: rules[index - 1], width: page.style.width - 4)
      if !detail.isEmpty { page.line("    " + detail, .faint) }
    }
    let left = rules.count - Limits.blockingRules
    if left > 0 { page.line("… and \(counted(left, "more rule")) \(Self.more)", .faint) }
  }

  /// ` (CAPTCHA)`; nothing for a block, which most rules do.
  private func means(of rule: RuleReport) -> String {
    guard let action = rule.rule.action, action != .block else { return "" }
    return " (\(action.title))"
  }

  /// Paths and countries: `GET /admin/ 9, … and 24 more; DE 36, AT 12`.
  private func detail(of rule: RuleReport, width: Int) -> String {
    let countries = rule.countries.top()
    let names = countries.prefix(3).map { entry in
      "\(entry.key.isEmpty ? "country not recorded" : shown(entry.key)) "
        + grouped(entry.value.requests)
    }
    var from = names.joined(separator: ", ") + (countries.count > 3 ? ", …" : "")
    if !from.isEmpty { from = "; " + from }
    if rule.counted > 0, rule.rule.action?.hasGate == true {
      from += "; \(grouped(rule.counted)) of them passed"
    }
    let items = rule.routes.top(6).map { "\(Route($0.key).text) \(grouped($0.value.requests))" }
    guard !items.isEmpty else { return "" }
    let rate = facts[rule.rule.path]?.rate.map { $0.inWords + ": " } ?? ""
    let routes = fitting(
      items, total: rule.routes.distinctKeys, width: width - displayWidth(rate + from),
      isEstimate: !rule.routes.isExact)
    return cut(rate + routes + from, to: width)
  }

  // MARK: What cannot be decided

  func writeNeeds(to page: inout TextPage) {
    let groups = NeedGroup.grouped(report)
    guard !groups.isEmpty else { return }
    page.line(
      "What would decide the \(grouped(report.outcomes.indeterminate))\(fears):", .faint)
    for (index, group) in groups.prefix(Limits.needs).enumerated() {
      let count = grouped(group.found.requests)
      var line = StyledText(count).padded(to: 7, alignment: .right) + "  "
      line += StyledText(evidenceInWords(group.evidence), .unknown)
      let rules = group.rules.map { path in
        report.rules.first { $0.rule.path == path }?.rule.shortName ?? path
      }
      let names = fitting(
        Array(rules.prefix(3)), total: rules.count, width: page.style.width - line.width - 6
      ) { "and \($0) more" }
      line += StyledText("  for \(names)")
      page.line(line.cut(to: page.style.width))
      guard index == 0 else { continue }
      let paths = group.found.routes
      let items = paths.top(4).map { "\(Route($0.key).text) \(grouped($0.value.requests))" }
      let routes = fitting(
        items, total: paths.distinctKeys, width: page.style.width - 9,
        isEstimate: !paths.isExact)
      page.line("         " + routes, .faint)
    }
    if groups.count > Limits.needs {
      page.line("  … and \(grouped(groups.count - Limits.needs)) more \(Self.more)", .faint)
    }
  }

  /// ` (all possibly blocked)`: what may become of the requests that are not decided.
  private var fears: String {
    let outcomes = report.outcomes
    let counts = [
      ("blocked", outcomes.possiblyBlocked - outcomes.predictedBlocked),
      ("challenged", outcomes.possiblyChallenged - outcomes.predictedChallenged),
      ("asked to pay", outcomes.possiblyMonetized - outcomes.predicted(.monetize)),
    ]
    let fears = counts.filter { $0.1 > 0 }.map { name, count in
      "\(count == outcomes.indeterminate ? "all" : grouped(count)) possibly \(name)"
    }
    return fears.isEmpty ? "" : " (" + fears.joined(separator: ", ") + ")"
  }

  // MARK: Assumptions

  func writeAssumptions(to page: inout TextPage) {
    let assumptions = report.assumptions
    guard !assumptions.isEmpty else { return }
    let verdicts = Dictionary(
      assumptions.map { ($0.name, $0.verdicts) }, uniquingKeysWith: { first, _ in first })
    let groups = AssumptionGroup.grouped(assumptions.map(\.name).sorted())
      .map { group in (group: group, verdicts: group.names.compactMap { verdicts[$0] }.max() ?? 0) }
      .sorted { $0.verdicts > $1.verdicts }
    let resting = report.outcomes.count(.assumed)
    let options = Set(groups.compactMap(\.group.option)).sorted()
    let hint =
      options.isEmpty
      ? ""
      : "; \(options.joined(separator: " and ")) \(options.count == 1 ? "changes" : "change") it"
    page.line(
      "Assumed (\(counted(resting, "verdict")) \(resting == 1 ? "rests" : "rest") on it\(hint))",
      .faint)
    for (group, _) in groups.prefix(Limits.assumptions) {
      page.line(
        StyledText("  " + group.brief(width: page.style.width - 2), .plain)
          .cut(to: page.style.width))
    }
    if groups.count > Limits.assumptions {
      page.line("  … and \(grouped(groups.count - Limits.assumptions)) more \(Self.more)", .faint)
    }
  }

  // MARK: The cure

  func writeCure(to page: inout TextPage) {
    guard let cure else { return }
    var lead = "To let \(cure.ruleName) count instead, "
    lead +=
      cure.replacesMember ? "let this be the RuleActionOverrides member of" : "put this into"
    lead += " the \(cure.statementName) of rule \(cure.topName)"
    if let place = cure.place { lead += " (\(place))" }
    page.paragraph(lead + ":", .heading)
    for line in cure.lines { page.line("  " + line) }
    var note = counted(cure.requests, "request")
    note += cure.requests == 1 ? " then goes on to the next rules" : " then go on to the next rules"
    if let label = cure.labels.first { note += "; the label \(label) is still added" }
    if !cure.existingIsKnown { note += "; keep overrides that are there already" }
    page.paragraph(note + ".", .faint)
  }
}
