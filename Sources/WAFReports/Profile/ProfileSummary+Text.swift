package import ReportText
import WAFEngine
import WAFReplay

extension ProfileSummary {
  /// How many of each kind the text names.
  private static let shownCount = 10
  /// How many literals of a pattern the text names.
  private static let namedLiterals = 6

  /// The profile as a text for people.
  package func text(_ style: TextStyle) -> String {
    var page = TextPage(style)
    writeHead(to: &page)
    writeRules(to: &page)
    writeSlots(to: &page)
    writePatterns(to: &page)
    writeGaveUp(to: &page)
    return page.text
  }

  private func writeHead(to page: inout TextPage) {
    let name = webACLName.isEmpty ? "the web ACL" : "web ACL \(webACLName)"
    let each = profile.requests == 0 ? 0 : profile.nanoseconds / profile.requests
    page.line(
      "Profile of \(name): \(counted(profile.requests, "request")), "
        + "\(inWords(profile.nanoseconds)) in all, \(inWords(each)) each", .heading)
    let stages = ReplayProfile.Stage.allCases.filter { profile[$0] > 0 }.map { stage in
      "\(stage.inWords) \(percent(profile[stage], of: profile.nanoseconds))"
    }
    if !stages.isEmpty { page.paragraph(stages.joined(separator: ", "), indent: 2) }
    guard !rules.isEmpty else { return }
    page.paragraph(
      "Measuring takes time of its own. The time of a rule is also that of the values that it was "
        + "the first to ask for; it can come up several times a request, once for each level.",
      .faint, indent: 2)
  }

  // MARK: Rules and slots

  private func writeRules(to page: inout TextPage) {
    guard !rules.isEmpty else { return }
    var table = TextTable([
      .init("Dearest rules", isFlexible: true), .init("evaluated", .right),
      .init("matched", .right), .init("unknown", .right), .init("time", .right),
      .init("", .right),
    ])
    for rule in rules.prefix(Self.shownCount) {
      table.row([
        StyledText(rule.path), StyledText(grouped(rule.found.count)),
        StyledText(grouped(rule.found.hits)), StyledText(grouped(rule.found.unknown)),
        StyledText(inWords(rule.found.nanoseconds)), share(rule.found),
      ])
    }
    page.gap()
    page.table(table)
    writeRest(rules.count, "rule", to: &page)
  }

  private func writeSlots(to page: inout TextPage) {
    guard !slots.isEmpty else { return }
    var table = TextTable([
      .init("Dearest values", isFlexible: true), .init("computed", .right),
      .init("bytes", .right), .init("changed", .right), .init("time", .right), .init("", .right),
    ])
    for slot in slots.prefix(Self.shownCount) {
      table.row([
        StyledText(slot.title), StyledText(grouped(slot.found.count)),
        StyledText(grouped(slot.found.bytes)), StyledText(grouped(slot.found.hits)),
        StyledText(inWords(slot.found.nanoseconds)), share(slot.found),
      ])
    }
    page.gap()
    page.table(table)
    writeRest(slots.count, "slot", to: &page)
  }

  // MARK: Patterns

  private func writePatterns(to page: inout TextPage) {
    guard !patterns.isEmpty else { return }
    var table = TextTable([
      .init("Dearest patterns", isFlexible: true), .init("candidates", .right),
      .init("runs", .right), .init("matched", .right), .init("gave up", .right),
      .init("time", .right), .init("", .right),
    ])
    let shown = patterns.prefix(Self.shownCount)
    for pattern in shown {
      table.row([
        StyledText(pattern.title), StyledText(grouped(pattern.found.count)),
        StyledText(grouped(pattern.found.runs)), StyledText(grouped(pattern.found.hits)),
        StyledText(
          grouped(pattern.found.unknown), pattern.found.unknown > 0 ? .caution : .plain),
        StyledText(inWords(pattern.found.nanoseconds)), share(pattern.found),
      ])
    }
    page.gap()
    // Literals and rules stand between the rows, so that the table is laid out first.
    for (index, line) in table.lines(width: page.style.width).enumerated() {
      page.line(line)
      guard index > 0 else { continue }
      let pattern = shown[index - 1]
      let detail = "\(needs(of: pattern)); for \(names(of: pattern.rules))"
      page.line(StyledText("    " + detail, .faint).cut(to: page.style.width))
    }
    writeRest(patterns.count, "pattern", to: &page)
  }

  private func needs(of pattern: ProfiledPattern) -> String {
    let literals = pattern.literals
    guard !literals.isEmpty else { return "run on every value" }
    var names = literals.prefix(Self.namedLiterals).map { "\"\($0.text)\"" }
    if literals.count > names.count { names.append("\(literals.count - names.count) more") }
    let isInAnyCase = literals.contains(where: \.ignoresCase)
    return "needs " + names.joined(separator: " or ") + (isInAnyCase ? " in any case" : "")
  }

  private func writeGaveUp(to page: inout TextPage) {
    let gaveUp = gaveUp
    guard !gaveUp.isEmpty else { return }
    page.gap()
    page.line("Gave up", .heading)
    page.paragraph(
      "A pattern reached its limit on some values: whether they match is not known.", .faint,
      indent: 2)
    for pattern in gaveUp.prefix(Self.shownCount) {
      page.paragraph(
        "\(counted(pattern.found.unknown, "time")) for \(names(of: pattern.rules)): "
          + pattern.title, .caution, lead: StyledText("  "), indent: 4)
    }
    writeRest(gaveUp.count, "pattern", to: &page)
  }

  // MARK: Parts

  private func writeRest(_ count: Int, _ noun: String, to page: inout TextPage) {
    let left = count - Self.shownCount
    if left > 0 { page.line("… and \(counted(left, "more \(noun)"))", .faint) }
  }

  private func names(of rules: [String]) -> String {
    guard let first = rules.first else { return "no rule" }
    return rules.count == 1 ? first : "\(first) and \(rules.count - 1) more"
  }

  /// The share of the time of all stages.
  private func share(_ entry: EvaluationProfile.Entry) -> StyledText {
    StyledText(percent(entry.nanoseconds, of: profile.nanoseconds), .faint)
  }

  /// `1.2 s`, `340 ms`, `12 µs`: three digits at most.
  private func inWords(_ nanoseconds: Int) -> String {
    let units: [(name: String, nanoseconds: Int)] = [
      ("s", 1_000_000_000), ("ms", 1_000_000), ("µs", 1000),
    ]
    for unit in units where nanoseconds >= unit.nanoseconds {
      let tenths = (nanoseconds * 10 + unit.nanoseconds / 2) / unit.nanoseconds
      guard tenths < 1000, tenths % 10 > 0 else {
        return "\(grouped((tenths + 5) / 10)) \(unit.name)"
      }
      return "\(tenths / 10).\(tenths % 10) \(unit.name)"
    }
    return "\(nanoseconds) ns"
  }
}

extension ReplayProfile.Stage {
  fileprivate var inWords: String {
    switch self {
    case .read: "reading"
    case .decode: "decoding"
    case .evaluate: "evaluating"
    case .explain: "what would settle it"
    case .count: "counting"
    case .write: "writing"
    }
  }
}
