import ReportText
import WAFEngine
import WAFProgram
import WAFReplay

extension ReplaySummary {
  /// The rules that end requests other than by letting them through, most requests first.
  var stoppingRules: [RuleReport] {
    report.rules.enumerated()
      .filter { $0.element.ended > 0 && stops($0.element) }
      .sorted { left, right in
        if left.element.ended != right.element.ended {
          return left.element.ended > right.element.ended
        }
        return left.offset < right.offset
      }
      .map(\.element)
  }

  private func stops(_ rule: RuleReport) -> Bool {
    switch rule.rule.action {
    case .allow, .count: false
    case .block, .captcha, .challenge, .monetize: true
    case nil: rule.rule.kind == .group
    }
  }

  /// The answer, in a few sentences.
  func writeHeadlines(to page: inout TextPage) {
    guard report.evaluated > 0 else {
      let text =
        report.rejects.count > 0 ? "No record could be read." : "The recording holds no request."
      page.line(text, .bad)
      return
    }
    let stopping = stoppingRules
    let width = String(grouped(max(1, report.evaluated))).count + 2
    func sentence(_ count: Int, _ text: String, _ role: TextRole) {
      let number = StyledText(grouped(count), role).padded(to: width, alignment: .right)
      page.paragraph(text, lead: number + " ", indent: width + 1)
    }
    if let first = stopping.first {
      sentence(first.ended, headline(of: first), .bad)
      let others = stopping.dropFirst()
      if others.count == 1, let other = others.first {
        sentence(other.ended, headline(of: other), .bad)
      } else if !others.isEmpty {
        sentence(others.reduce(0) { $0 + $1.ended }, headline(ofOthers: Array(others)), .bad)
      }
    } else {
      let outcomes = report.outcomes
      let isOtherwiseStopped = outcomes.possiblyChallenged + outcomes.possiblyMonetized > 0
      let isPossible = outcomes.possiblyBlocked > 0 || isOtherwiseStopped
      page.line(
        "  No request will be \(isOtherwiseStopped ? "stopped" : "blocked")"
          + "\(isPossible ? " for sure" : "").", .good)
    }
    let undecided = report.outcomes.indeterminate
    if undecided > 0 {
      sentence(
        undecided, "cannot be decided from the recording" + undecidedReason, .unknown)
    }
  }

  private func headline(of rule: RuleReport) -> String {
    let rate = facts[rule.rule.path]?.rate.map { ", a rate \($0.inWords)" } ?? ""
    return "\(rule.requestsInWords) will be \(fate(of: rule)) by \(rule.rule.title) "
      + "(\(rule.certaintyInWords)\(rate))"
  }

  private func headline(ofOthers others: [RuleReport]) -> String {
    let names = others.prefix(3).map { "\($0.rule.shortName) (\(grouped($0.ended)))" }
    let verb = others.allSatisfy { $0.rule.action == .block } ? "blocked" : "stopped"
    let list = fitting(names, total: others.count, width: 100) { "and \($0) more" }
    let sum = others.reduce(0) { $0 + $1.ended }
    return "\(sum == 1 ? "other" : "others") will be \(verb) too, by \(list)"
  }

  /// `blocked (403)`; a custom response may have any status.
  private func fate(of rule: RuleReport) -> String {
    switch rule.rule.action {
    case .captcha: "given a CAPTCHA (405)"
    case .challenge: "challenged (202)"
    case .monetize: "asked for a payment (402)"
    case .allow, .count: "let through"
    case .block: "blocked (\(status(of: rule)))"
    case nil: "stopped"
    }
  }

  /// `403`, or `200 by a custom response`, which else could pass for a success.
  private func status(of rule: RuleReport) -> String {
    let code = facts[rule.rule.path]?.responseCode ?? 403
    return code < 400 ? "\(code) by a custom response" : "\(code)"
  }

  private var undecidedReason: String {
    let missing = NeedGroup.grouped(report)
    guard let first = missing.first else { return "" }
    let names = missing.prefix(2).map { evidenceInWords($0.evidence) }
    let isEnough = missing.count > names.count ? " and more" : ""
    let verb = first.isRecorded ? (names.count == 1 ? " is" : " are") + " not in it" : ""
    guard first.isRecorded else {
      let they = report.outcomes.indeterminate == 1 ? "it depends" : "they depend"
      return ": \(they) on " + names.joined(separator: " and ") + isEnough
    }
    return ": " + names.joined(separator: " and ") + isEnough + verb
  }
}

/// What would settle requests, with all rules that ask for it.
struct NeedGroup {
  var evidence: String
  /// The rules that ask for it, most requests first.
  var rules: [String]
  /// The requests that need it.
  var found: NeedReport

  /// Whether a better recording would hold it.
  var isRecorded: Bool { isRecordedEvidence(evidence) }

  /// The needs of a report by what they need, most requests first.
  static func grouped(_ report: ReplayReport) -> [NeedGroup] {
    let needs = report.sortedNeeds.map(\.need)
    return report.sortedEvidence.map { entry in
      NeedGroup(
        evidence: entry.evidence,
        rules: needs.filter { $0.evidence == entry.evidence }.map(\.rule), found: entry.report)
    }
  }
}
