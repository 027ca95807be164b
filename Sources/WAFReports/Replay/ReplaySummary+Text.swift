import IPAddressing
package import ReportText
import WAFEngine
import WAFProgram
import WAFReplay
import WAFRequests

extension ReplaySummary {
  /// How many entries a section lists, so that the whole fits one screen.
  enum Limits {
    static let blockingRules = 3
    static let needs = 3
    static let assumptions = 3
  }

  /// The summary for people, on one screen.
  package func text(_ style: TextStyle) -> String {
    var page = TextPage(style)
    writeTitle(to: &page)
    page.gap()
    writeHeadlines(to: &page)
    guard report.evaluated > 0 else {
      page.gap()
      writeRecords(to: &page)
      return page.text
    }
    page.gap()
    writeTotals(to: &page)
    page.gap()
    writeRules(to: &page)
    page.gap()
    writeNeeds(to: &page)
    page.gap()
    writeAssumptions(to: &page)
    writeRecords(to: &page)
    page.gap()
    writeCure(to: &page)
    return page.text
  }

  private func writeTitle(to page: inout TextPage) {
    let name = webACLName.isEmpty ? webACLFile : webACLName
    let line =
      StyledText("Web ACL ") + StyledText(cut(name, to: 40), .heading)
      + StyledText(" against \(counted(report.evaluated, "recorded request"))")
    var from: [String] = []
    if inputs.count == 1 { from.append(cutStart(inputs[0], to: 56)) }
    if inputs.count > 1 { from.append("\(grouped(inputs.count)) inputs") }
    if let first = report.times.first.flatMap(utcText),
      let last = report.times.last.flatMap(utcText)
    {
      from.append(first == last ? "\(first) UTC" : Self.period(first, last))
    }
    let made = StyledText("  (\(stamp.brief))", .faint)
    let fits = line.width + made.width <= page.style.width
    page.line(fits ? line + made : line.cut(to: page.style.width))
    if !fits { page.line(made.cut(to: page.style.width)) }
    if !from.isEmpty {
      page.line(StyledText("  " + from.joined(separator: ", "), .faint).cut(to: page.style.width))
    }
  }

  /// `2026-10-14 08:00 to 18:02 UTC`: the day once where it is the same.
  private static func period(_ first: String, _ last: String) -> String {
    let day = first.prefix(10)
    return last.hasPrefix(day)
      ? "\(first) to \(last.dropFirst(11)) UTC" : "\(first) to \(last) UTC"
  }

  // MARK: Totals

  private func writeTotals(to page: inout TextPage) {
    let outcomes = report.outcomes
    var table = TextTable([
      .init(""), .init("for certain", .right), .init("predicted", .right),
      .init("possibly", .right), .init(""),
    ])
    func row(
      _ name: String, _ role: TextRole, _ certain: Int?, _ predicted: Int, _ possible: Int?,
      _ note: String = ""
    ) {
      func number(_ count: Int?) -> StyledText {
        count.map { StyledText(grouped($0), $0 == 0 ? .faint : .plain) } ?? StyledText()
      }
      table.row([
        StyledText(name, role), number(certain), number(predicted), number(possible),
        StyledText(note, .faint),
      ])
    }
    row(
      "blocked", .bad, outcomes.blockedForCertain, outcomes.predictedBlocked,
      outcomes.possiblyBlocked, share(outcomes))
    if outcomes.possiblyChallenged > 0 {
      row(
        "challenged", .caution, outcomes.challengedForCertain, outcomes.predictedChallenged,
        outcomes.possiblyChallenged, kinds(outcomes))
    }
    if outcomes.possiblyMonetized > 0 {
      row(
        "asked to pay", .caution, outcomes.certain(.monetize), outcomes.predicted(.monetize),
        outcomes.possiblyMonetized)
    }
    row("allowed", .good, outcomes.certain(.allow), outcomes.predictedAllowed, nil)
    if outcomes.counted > 0 {
      row("counted", .caution, nil, outcomes.counted, nil, "by at least one rule, then let on")
    }
    if outcomes.indeterminate > 0 {
      row("undecided", .unknown, nil, outcomes.indeterminate, nil)
    }
    page.table(table)
    writeClients(to: &page)
  }

  private func share(_ outcomes: OutcomeCounts) -> String {
    guard outcomes.predictedBlocked > 0 else { return "" }
    return percent(outcomes.predictedBlocked, of: outcomes.requests) + " predicted blocked"
  }

  /// `CAPTCHA 3, Challenge 5`: of both kinds of challenge how many are predicted.
  private func kinds(_ outcomes: OutcomeCounts) -> String {
    [Action.captcha, .challenge].filter { outcomes.predicted($0) > 0 }
      .map { "\($0.title) \(grouped(outcomes.predicted($0)))" }.joined(separator: ", ")
  }

  private func writeClients(to page: inout TextPage) {
    let blocked = report.clients.top().filter { $0.value.predictedBlocked > 0 }
      .sorted { $0.value.predictedBlocked > $1.value.predictedBlocked }
    guard !blocked.isEmpty else { return }
    let items = blocked.prefix(4).compactMap { entry in
      ReplayReport.clientAddress(ofKey: entry.key).map {
        "\($0) \(grouped(entry.value.predictedBlocked))"
      }
    }
    let of = estimated(report.distinctClients, report.clientCount.isExact)
    let lead = "clients    "
    // Of very many clients some are kept, and not those with the most requests.
    let isExact = report.clients.isExact
    let text = fitting(
      items, total: isExact ? blocked.count : items.count, width: page.style.width - 36,
      isEstimate: !isExact)
    page.line(
      StyledText(lead, .faint) + StyledText(isExact ? "blocked most: " : "blocked: ", .faint)
        + StyledText(text)
        + StyledText("  of \(of)", .faint))
  }

  // MARK: What could not be read, what does not fit

  private func writeRecords(to page: inout TextPage) {
    if report.rejects.count > 0 { writeRejects(to: &page) }
    if report.recordedUnderOtherWebACL > 0 {
      let names = report.otherWebACLs.top(2).map { cut(Self.name(ofARN: shown($0.key)), to: 40) }
      let list = fitting(
        names, total: report.otherWebACLs.distinctKeys, width: 90,
        isEstimate: !report.otherWebACLs.isExact
      ) { "and \($0) more" }
      let verb = report.recordedUnderOtherWebACL == 1 ? "was" : "were"
      page.paragraph(
        "\(counted(report.recordedUnderOtherWebACL, "record")) \(verb) recorded under another "
          + "web ACL: \(list)", .faint)
    }
    if report.predictions > 0 {
      let verb = report.predictions == 1 ? "is a prediction" : "are predictions"
      page.paragraph(
        "\(counted(report.predictions, "record")) \(verb) of wafcast, no evidence of what the "
          + "service did", .faint)
    }
    let expectations = report.expectations
    if expectations.stated > 0 {
      var text = "expectations stated in records: \(grouped(expectations.held)) held, "
      text += "\(grouped(expectations.failed)) failed, \(grouped(expectations.undecided)) undecided"
      if let failure = expectations.failures.samples.first { text += "; " + words(failure) }
      page.paragraph(text, expectations.failed > 0 ? .bad : .faint)
    }
  }

  /// `the first: GET /admin expects BLOCK by admin/AdminProtection_URIPATH, is ALLOW by …`.
  private func words(_ failure: ExpectationFailure) -> String {
    let request = failure.request
    var text = "the first to fail: \(cut(shown(request.method), to: 20)) "
    text += cut(shown(request.path), to: 48) + " expects "
    if !failure.expectedAction.isEmpty { text += cut(shown(failure.expectedAction.utf8), to: 20) }
    if !failure.expectedRule.isEmpty {
      text += (failure.expectedAction.isEmpty ? "" : " by ")
      text += cut(shown(failure.expectedRule.utf8), to: 60)
    }
    let rule = request.rule == Program.defaultActionName ? "the default action" : request.rule
    return text + ", gets \(request.action.logName) by \(rule)"
  }

  /// The web ACL's name in its ARN (`…:regional/webacl/NAME/ID`).
  private static func name(ofARN arn: String) -> String {
    let parts = arn.split(separator: "/")
    guard let kind = parts.firstIndex(of: "webacl"), parts.count > kind + 1 else { return arn }
    return String(parts[kind + 1])
  }

  private func writeRejects(to page: inout TextPage) {
    let kinds = report.rejects.byCode.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\(grouped($0.value)) \($0.key)" }
    var text = "\(grouped(report.rejects.count)) of \(counted(report.records, "record"))"
    text += " could not be read: "
    text += fitting(Array(kinds.prefix(4)), total: kinds.count, width: 100) { "and \($0) more" }
    if let sample = report.rejects.samples.samples.first {
      text += "; the first at byte \(grouped(sample.position.offset)) of "
      text += cutStart(name(ofInput: sample.position.file), to: 40) + ": "
      text += cut(sample.reason.message, to: 200)
    }
    page.paragraph(text, .caution)
  }
}
