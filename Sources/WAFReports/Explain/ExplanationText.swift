package import ReportText
import WAFEngine
import WAFProgram

extension Explanation {
  /// The explanation as a text for people: the verdict first, then the way to it.
  package func text(_ style: TextStyle) -> String {
    var page = TextPage(style)
    writeVerdict(to: &page)
    page.gap()
    writeWay(to: &page)
    return page.text
  }

  private func writeVerdict(to page: inout TextPage) {
    var head = StyledText(headline, certainty == .indeterminate ? .unknown : action.role)
    let target = StyledText("  \(request.method) \(request.target)", .heading)
    if head.width + target.width <= page.style.width {
      head += target
      page.line(head)
    } else {
      page.line(head)
      page.line(target.cut(to: page.style.width))
    }
    page.gap()

    if certainty == .indeterminate {
      fact("Possible", possible.map(\.logName).joined(separator: " or "), &page)
      for (index, need) in needs.enumerated() {
        fact(index == 0 ? "Needs" : "", needInWords(need), &page)
      }
    }
    let title = ruleTitle
    if certainty != .indeterminate {
      fact("Rule", title.text, &page)
      if title.group != nil { fact("", "in rule \(title.top) of the web ACL", &page) }
    }
    if let gate = finalStep?.gate, certainty != .indeterminate {
      fact(gate.evidence == "token" ? "Token" : "Payment", gate.finding, &page)
    }
    if let response {
      let note = response.status < 400 ? "; it is a block all the same" : ""
      fact("Response", response.inWords + note, &page)
    }
    for (index, header) in insertedHeaders.enumerated() {
      fact(index == 0 ? "Inserts" : "", "request header " + header.inWords, &page)
    }
    fact("Certainty", certaintyInWords, &page)
    for (index, assumption) in AssumptionGroup.grouped(assumptions).enumerated() {
      fact(index == 0 ? "Assumes" : "", assumption.text, &page)
    }
    var source: [String] = []
    if let id = request.requestID { source.append("id \(id)") }
    if let client = request.client {
      source.append("from \(client)" + (request.country.map { " (\($0))" } ?? ""))
    } else if let country = request.country {
      source.append("from \(country)")
    }
    if let host = request.host { source.append("host \(host)") }
    if !source.isEmpty { fact("Request", source.joined(separator: ", "), &page) }
    for (index, label) in labels.enumerated() { fact(index == 0 ? "Labels" : "", label, &page) }
    if labels.isEmpty { fact("Labels", "none", &page) }
    if !open.isEmpty {
      fact("Open", open.joined(separator: ", ") + " of the log record can differ", &page)
    }
  }

  private func fact(_ name: String, _ text: String, _ page: inout TextPage) {
    let lead = StyledText("  ") + StyledText(name, .faint).padded(to: 11)
    page.paragraph(text, lead: lead, indent: 13)
  }

  var headline: String {
    guard certainty != .indeterminate else { return "INDETERMINATE" }
    return action.logName + (responseCode.map { " \($0)" } ?? "")
  }

  private func needInWords(_ need: Need) -> String {
    "\(evidenceInWords(need.evidence)), for \(RuleTitle(need.rule, outline).text)"
  }

  /// Why the verdict is not surer than it is.
  var certaintyInWords: String {
    switch certainty {
    case .exact: "exact: recorded evidence and documented behaviour"
    case .observed: "observed: the service logged what decides here"
    case .approximate:
      if let fidelity {
        "approximate, fidelity \(fidelity): AWS does not publish this rule; ours approximates it"
      } else {
        "approximate: the way holds a managed rule's approximation or an undocumented detail"
      }
    case .assumed: "assumed: it stands only with the assumptions below"
    case .indeterminate: "indeterminate: the recording does not settle the action"
    }
  }

  private func writeWay(to page: inout TextPage) {
    let name = webACLName.isEmpty ? "the web ACL" : "web ACL \(webACLName)"
    page.line("The way through \(name)", .heading)
    let steps = Dictionary(grouping: trace.steps) { RuleTitle($0.rule, outline).top }
    let unreached = Set(trace.unreached)
    for (index, rule) in outline.enumerated() {
      page.gap()
      let number = StyledText(String(index + 1), .faint).padded(to: 2, alignment: .right)
      let lead = number + "  "
      let own = steps[rule.name] ?? []
      if unreached.contains(rule.name), own.isEmpty {
        page.line(
          (lead + StyledText(rule.name, .faint)).padded(to: page.style.nameWidth)
            + StyledText("  not reached", .faint))
      } else if rule.group != nil {
        writeGroup(rule, own, lead: lead, to: &page)
      } else {
        for step in own { write(step, name: rule.name, lead: lead, to: &page) }
      }
    }
    page.gap()
    let isLast = RuleTitle(rule, outline).isDefaultAction
    page.line(
      (StyledText("    ") + StyledText("default action", isLast ? .plain : .faint)).padded(
        to: page.style.nameWidth)
        + "  "
        + StyledText(defaultAction.title, isLast ? defaultAction.role : .faint).padded(to: 11)
        + defaultOutcome)
  }

  private var defaultOutcome: StyledText {
    if certainty == .indeterminate, possible.contains(defaultAction) {
      return StyledText("may apply", .unknown)
    }
    return ruleTitle.isDefaultAction
      ? StyledText("APPLIES", .heading) : StyledText("not reached", .faint)
  }

  private func writeGroup(
    _ rule: OutlineRule, _ steps: [TraceStep], lead: StyledText, to page: inout TextPage
  ) {
    var head = lead + StyledText(rule.name, .heading)
    if let group = rule.group, group != rule.name { head += StyledText("  \(group)", .faint) }
    if rule.isFirewallManagers { head += StyledText("  of Firewall Manager", .faint) }
    if rule.isOverriddenToCount { head += StyledText("  override action Count", .caution) }
    page.line(head.cut(to: page.style.width))
    for step in steps where step.subject == .scopeDown {
      write(
        step, name: "scope-down statement", lead: StyledText("    "), to: &page)
    }
    let rules = steps.filter { $0.subject != .scopeDown }
    if rules.isEmpty, steps.contains(where: { $0.subject == .scopeDown }) {
      page.line("    the group is not evaluated", .faint)
    } else if rules.isEmpty {
      page.line("    its rules are not at hand", .unknown)
    }
    for step in rules {
      let name = RuleTitle(step.rule, outline).inner ?? step.rule
      write(step, name: name, lead: StyledText("    "), to: &page)
    }
  }
}
