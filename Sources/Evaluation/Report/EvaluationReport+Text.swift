package import ReportText
import WAFProgram
import Wafcast

extension EvaluationReport {
  /// The report as a page of text.
  package func text(_ style: TextStyle) -> String {
    var page = TextPage(style)
    writeHead(to: &page)
    writeGroups(to: &page)
    writeRules(to: &page)
    writeDetectors(to: &page)
    writeSamples(to: &page)
    writeBadLines(to: &page)
    return page.text
  }

  private func writeHead(to page: inout TextPage) {
    page.line(
      StyledText(counted(reading.requestCount, "labelled request"), .heading)
        + StyledText(
          "  \(counted(labels[.attack] ?? 0, "attack")), \(grouped(labels[.benign] ?? 0)) benign, "
            + counted(reading.inputs.count, "file"), .faint))
    page.paragraph(
      "Shares stand with their 95 % interval (Wilson), in per cent. An attack is what the corpus "
        + "calls one: no verdict of AWS WAF is known for any of these requests.", .faint)
  }

  // MARK: Groups

  private func writeGroups(to page: inout TextPage) {
    page.gap()
    page.line(
      StyledText(counted(choice.names.count, "managed rule group"), .heading)
        + StyledText("  fidelity \(choice.fidelity.rawValue) and better", .faint))
    let attacks: [(String, [String: GroupTally.Counts])] = [
      ("attacks by kind", groups.attackTypes), ("attacks by source", groups.attackSources),
    ]
    for (title, rows) in attacks where !rows.isEmpty {
      var table = TextTable([
        .init(title, isFlexible: true), .init("requests", .right), .init("blocked", .right),
        .init("share", .right), .init("95 %", .right), .init("documented only", .right),
      ])
      for (name, counts) in rows.sorted(by: { $0.key < $1.key }) + [("all", sum(rows))] {
        table.row([
          StyledText(shownName(name)), StyledText(grouped(counts.total)),
          StyledText(grouped(counts.blocked)), StyledText(counts.recall.percentText),
          StyledText(counts.recall.intervalText, .faint),
          StyledText(grouped(counts.blockedAsDocumented), .faint),
        ])
      }
      page.gap()
      page.table(table)
    }
    guard !groups.benignSources.isEmpty else { return }
    var table = TextTable([
      .init("benign by source", isFlexible: true), .init("requests", .right),
      .init("false positives", .right), .init("share", .right), .init("95 %", .right),
      .init("also documented", .right), .init("documented only", .right),
    ])
    let sources = groups.benignSources
    for (name, counts) in sources.sorted(by: { $0.key < $1.key }) + [("all", sum(sources))] {
      table.row([
        StyledText(shownName(name)), StyledText(grouped(counts.total)),
        StyledText(grouped(counts.blockedByApproximation)),
        StyledText(counts.falsePositives.percentText),
        StyledText(counts.falsePositives.intervalText, .faint),
        StyledText(grouped(counts.blockedByBoth), .faint),
        StyledText(grouped(counts.blockedAsDocumented), .faint),
      ])
    }
    page.gap()
    page.table(table)
    page.paragraph(
      "A false positive is a benign request that a rule blocks whose condition is an approximation; "
        + "those that only documented conditions block stand apart.", .faint)
    writeBenignBlocks(to: &page)
  }

  private func writeBenignBlocks(to page: inout TextPage) {
    guard !groups.benignBlocks.isEmpty else { return }
    var table = TextTable([
      .init("benign, by source and rule", isFlexible: true), .init("", isFlexible: true),
      .init("fidelity"), .init("blocked", .right), .init("share", .right), .init("95 %", .right),
    ])
    for (block, count) in sortedBenignBlocks {
      let share = Proportion(count, of: groups.benignSources[block.source]?.total ?? 0)
      table.row([
        StyledText(block.source), StyledText(shortRule(block.rule)), StyledText(block.fidelity),
        StyledText(grouped(count)), StyledText(share.percentText),
        StyledText(share.intervalText, .faint),
      ])
    }
    page.gap()
    page.table(table)
  }

  /// By source; within one the most frequent first.
  var sortedBenignBlocks: [(key: GroupTally.BenignBlock, value: Int)] {
    groups.benignBlocks.sorted {
      ($0.key.source, $1.value, $0.key) < ($1.key.source, $0.value, $1.key)
    }
  }

  private func writeRules(to page: inout TextPage) {
    let shown = groups.rules.filter {
      $0.matched(.attack) + $0.matched(.benign) + $0.undecided > 0
    }
    guard !shown.isEmpty else { return }
    var table = TextTable([
      .init("rules that match", isFlexible: true), .init("action"), .init("attacks", .right),
      .init("share", .right), .init("benign", .right), .init("share", .right),
      .init("95 %", .right), .init("by fidelity", isFlexible: true),
    ])
    for rule in shown {
      let attacks = Proportion(rule.matched(.attack), of: labels[.attack] ?? 0)
      let benign = Proportion(rule.matched(.benign), of: labels[.benign] ?? 0)
      table.row([
        StyledText(shortRule(rule.rule)), StyledText(rule.action.logName.lowercased()),
        StyledText(grouped(attacks.part)), StyledText(attacks.percentText),
        StyledText(grouped(benign.part)), StyledText(benign.percentText),
        StyledText(benign.intervalText, .faint), StyledText(fidelityWords(rule), .faint),
      ])
    }
    page.gap()
    page.table(table)
    let silent = groups.rules.count - shown.count
    if silent > 0 {
      page.line(
        StyledText(
          "\(counted(silent, "more rule")) \(silent == 1 ? "matches" : "match") nothing here.",
          .faint))
    }
  }

  /// `high 3+0, medium 1+2`: attacks and benign requests by the best branch that matches.
  private func fidelityWords(_ rule: GroupTally.RuleCounts) -> String {
    var parts = GroupTally.fidelities.compactMap { fidelity -> String? in
      let (attacks, benign) = (rule.matched(.attack, fidelity), rule.matched(.benign, fidelity))
      return attacks + benign > 0 ? "\(fidelity) \(grouped(attacks))+\(grouped(benign))" : nil
    }
    if rule.undecided > 0 { parts.append("undecided \(grouped(rule.undecided))") }
    return parts.joined(separator: ", ")
  }

  private func sum(_ rows: [String: GroupTally.Counts]) -> GroupTally.Counts {
    rows.values.reduce(into: GroupTally.Counts()) { sum, counts in
      sum.total += counts.total
      sum.blockedByApproximation += counts.blockedByApproximation
      sum.blockedByBoth += counts.blockedByBoth
      sum.blockedAsDocumented += counts.blockedAsDocumented
    }
  }

  private func shownName(_ name: String) -> String { name.isEmpty ? "(no kind)" : name }

  /// Without what the names of all groups of AWS begin and end with.
  private func shortRule(_ rule: String) -> String {
    guard rule.hasPrefix("AWSManagedRules") else { return rule }
    return String(rule.dropFirst("AWSManagedRules".count)).replacing("RuleSet/", with: "/")
  }

  // MARK: Samples and bad lines

  private func writeSamples(to page: inout TextPage) {
    for (kind, title) in [
      (EvaluationSample.Kind.falsePositive, "Benign requests that are blocked, by rule"),
      (.miss, "Attacks that nothing blocks, by kind"),
    ] {
      let samples = sortedSamples(kind)
      guard !samples.isEmpty else { continue }
      page.gap()
      page.line(title, .heading)
      for sample in samples {
        let fidelity = sample.fidelity.map { " (\($0))" } ?? ""
        page.line(
          StyledText("  " + shortRule(sample.subject) + fidelity) + "  "
            + StyledText(sample.id, .faint))
        page.line(
          (StyledText("      \(sample.component)  ", .faint)
            + StyledText(sample.value, .mark)).cut(to: page.style.width))
      }
    }
  }

  /// By subject; within one in the order of the corpus.
  func sortedSamples(_ kind: EvaluationSample.Kind) -> [EvaluationSample] {
    samples.enumerated().filter { $0.element.kind == kind }
      .sorted { ($0.element.subject, $0.offset) < ($1.element.subject, $1.offset) }
      .map(\.element)
  }

  private func writeBadLines(to page: inout TextPage) {
    guard reading.badLineCount > 0 else { return }
    page.gap()
    let were = reading.badLineCount == 1 ? "was" : "were"
    page.line(
      StyledText(
        "\(counted(reading.badLineCount, "line")) could not be read and \(were) left out:",
        .caution))
    for line in reading.badLines { page.line(StyledText("  " + line.text)) }
    let left = reading.badLineCount - reading.badLines.count
    if left > 0 { page.line(StyledText("  and \(grouped(left)) more", .faint)) }
  }
}
