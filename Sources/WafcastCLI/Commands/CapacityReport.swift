import Bytes
import Diagnostics
import ReportText
import Wafcast

/// What `capacity` prints; it stands here because WAFReports knows nothing of capacity.
struct CapacityReport {
  /// A number of WCU that matters, and how far the total is from it.
  private struct Line {
    enum Kind: String {
      case basicPrice = "basic-price"
      case ruleGroup = "rule-group"
      case maximum
    }

    var kind: Kind
    var wcu: Int
    var total: Capacity

    /// What is left under the line; negative above it.
    ///
    /// Neither is negative, so that nothing overflows.
    var left: Capacity {
      Capacity(estimate: wcu - total.estimate, upperBound: wcu - total.upperBound)
    }

    var words: String {
      switch kind {
      case .basicPrice: "included in the basic price"
      case .ruleGroup: "the rule group's own capacity"
      case .maximum: "allowed by AWS WAF"
      }
    }
  }

  private let counted: CountedCapacity
  private var estimate: CapacityEstimate { counted.estimate }

  init(_ counted: CountedCapacity) {
    self.counted = counted
  }

  /// The most that may be used: a rule group's own capacity, or what AWS WAF allows.
  var limit: Int { min(ownCapacity ?? CapacityEstimate.limit, CapacityEstimate.limit) }

  private var ownCapacity: Int? {
    guard estimate.subject == .ruleGroup, let recorded = estimate.recorded, recorded > 0 else {
      return nil
    }
    return recorded
  }

  private var lines: [Line] {
    let total = estimate.capacity
    var lines: [Line] = []
    if estimate.subject == .webACL {
      lines.append(Line(kind: .basicPrice, wcu: CapacityEstimate.includedInPrice, total: total))
    }
    if let ownCapacity {
      lines.append(Line(kind: .ruleGroup, wcu: ownCapacity, total: total))
    }
    lines.append(Line(kind: .maximum, wcu: CapacityEstimate.limit, total: total))
    return lines
  }

  // MARK: Text

  func text(_ style: TextStyle) -> String {
    var page = TextPage(style)
    var title = StyledText(estimate.name ?? estimate.file, .heading)
    title += StyledText("  " + words(estimate.subject), .faint)
    if estimate.name != nil { title += StyledText("  " + estimate.file, .faint) }
    page.line(title)
    page.gap()
    page.table(ruleTable)
    page.gap()
    page.table(lineTable)
    if let sentence = recordedSentence {
      page.gap()
      page.paragraph(sentence)
    }
    write(unknowns: estimate.unknowns, to: &page)
    page.gap()
    page.paragraph(
      "WCU is an estimate that counts text transformations which rules share once; \"at most\" is "
        + "the plain sum, which AWS WAF never exceeds.", .faint)
    return page.text
  }

  private var ruleTable: TextTable {
    var table = TextTable([
      .init("rule", isFlexible: true), .init("WCU", .right), .init("at most", .right),
      .init("what uses most", isFlexible: true),
    ])
    func row(
      _ name: StyledText, _ capacity: Capacity, isAtLeast: Bool, _ words: StyledText,
      _ role: TextRole = .plain
    ) {
      let mark = isAtLeast ? "+" : ""
      table.row([
        name, StyledText(grouped(capacity.estimate) + mark, role),
        StyledText(
          grouped(capacity.upperBound) + mark,
          capacity.upperBound > capacity.estimate ? role : .faint), words,
      ])
    }
    for rule in estimate.rules {
      row(StyledText(rule.name), rule.capacity, isAtLeast: rule.isAtLeast, words(rule))
    }
    if let labels = estimate.labels {
      row(
        StyledText("labels", .faint), labels.capacity, isAtLeast: false,
        StyledText(labels.subject, .faint))
    }
    row(
      StyledText("total", .heading), estimate.capacity, isAtLeast: estimate.isAtLeast, StyledText(),
      .heading)
    return table
  }

  /// What uses most of a rule's capacity, or that something of it is not known.
  private func words(_ rule: RuleCapacity) -> StyledText {
    guard let costliest = rule.costliest else {
      return rule.isAtLeast ? StyledText("not known", .unknown) : StyledText()
    }
    var words = costliest.count == 1 ? "" : "\(grouped(costliest.count)) x "
    words += costliest.subject
    if costliest.capacity.estimate < rule.capacity.estimate {
      words += ": \(grouped(costliest.capacity.estimate))"
    }
    return StyledText(words) + (rule.isAtLeast ? StyledText(", not all known", .unknown) : .init())
  }

  private var lineTable: TextTable {
    var table = TextTable([
      .init("", isFlexible: true), .init("WCU", .right), .init("", .right),
      .init("at most", .right),
    ])
    func cell(_ left: Int, over role: TextRole) -> StyledText {
      left < 0
        ? StyledText(grouped(-left) + " over", role) : StyledText(grouped(left) + " left", .good)
    }
    for line in lines {
      let role: TextRole = line.kind == .basicPrice ? .caution : .bad
      table.row([
        StyledText(line.words), StyledText(grouped(line.wcu)), cell(line.left.estimate, over: role),
        // Over the line at most only is possible, not certain.
        cell(line.left.upperBound, over: line.left.estimate < 0 ? role : .caution),
      ])
    }
    return table
  }

  /// What the service counted itself, beside our estimate.
  private var recordedSentence: String? {
    guard estimate.subject == .webACL, let recorded = estimate.recorded, recorded >= 0 else {
      return nil
    }
    let total = estimate.capacity
    var sentence = "The document states \(grouped(recorded)) WCU, "
    if recorded == total.estimate {
      sentence += "as estimated"
    } else {
      // Neither is negative, so that nothing overflows.
      let difference = recorded - total.estimate
      sentence += "\(grouped(abs(difference))) \(difference > 0 ? "more" : "less") than estimated"
      if estimate.isAtLeast, difference > 0 {
        sentence += "; what is not known may be the difference"
      } else if recorded > total.upperBound {
        sentence +=
          ", and more than the upper bound: it was changed since, or a rule group has "
          + "another capacity by now"
      } else {
        sentence += ": it was changed since, or AWS WAF shares work in another way"
      }
    }
    return sentence + "."
  }

  private func write(unknowns: [UnknownCapacity], to page: inout TextPage) {
    guard !unknowns.isEmpty else { return }
    page.gap()
    page.line("Not known, so that the total is a least one (+):", .heading)
    for unknown in unknowns {
      page.paragraph(unknown.reason, lead: StyledText("  "), indent: 4)
      page.line(StyledText("    at \(unknown.pointer)", .faint))
    }
  }

  private func words(_ subject: CapacityEstimate.Subject) -> String {
    switch subject {
    case .webACL: "web ACL"
    case .ruleGroup: "rule group"
    }
  }

  // MARK: JSON

  var json: JSONValue {
    var members: [JSONMember] = []
    members.add("schema", "wafcast.capacity/1")
    members.add("stamp", stamp)
    members.add("subject", estimate.subject.rawValue)
    members.add("name", ifPresent: estimate.name)
    members.add("total", object(estimate.capacity, isAtLeast: estimate.isAtLeast))
    members.add("recorded", ifPresent: estimate.recorded)
    members.add(
      "lines",
      .array(
        lines.map { line in
          var members: [JSONMember] = []
          members.add("name", line.kind.rawValue)
          members.add("wcu", line.wcu)
          members.add("left", object(line.left))
          return .object(members)
        }))
    members.add("rules", .array(estimate.rules.map { json($0) }))
    if let labels = estimate.labels { members.add("labels", json(labels)) }
    members.add(
      "unknown",
      .array(
        estimate.unknowns.map { unknown in
          var members: [JSONMember] = []
          members.add("pointer", unknown.pointer.description)
          members.add("reason", unknown.reason)
          return .object(members)
        }))
    return .object(members)
  }

  private func json(_ rule: RuleCapacity) -> JSONValue {
    var members: [JSONMember] = []
    members.add("name", rule.name)
    members.add("pointer", rule.pointer.description)
    members.add("capacity", object(rule.capacity, isAtLeast: rule.isAtLeast))
    members.add("parts", .array(rule.parts.map { json($0) }))
    return .object(members)
  }

  private func json(_ part: CapacityPart) -> JSONValue {
    var members: [JSONMember] = []
    members.add("kind", part.kind.rawValue)
    members.add("subject", part.subject)
    members.add("pointer", part.pointer.description)
    members.add("capacity", object(part.capacity))
    members.add("sharedWith", ifPresent: part.sharedWith)
    return .object(members)
  }

  private func object(_ capacity: Capacity, isAtLeast: Bool? = nil) -> JSONValue {
    var members: [JSONMember] = []
    members.add("estimate", capacity.estimate)
    members.add("upperBound", capacity.upperBound)
    if let isAtLeast { members.add("isAtLeast", .bool(isAtLeast)) }
    return .object(members)
  }

  private var stamp: JSONValue {
    var members: [JSONMember] = []
    members.add("program", "wafcast")
    members.add("version", WafcastVersion.current)
    members.add("command", .strings(Array(CommandLine.arguments.dropFirst())))
    members.add("document", json(ofFile: estimate.file))
    members.add(
      "documents",
      .array(
        counted.sources.files.filter { $0 != estimate.file }.map { json(ofFile: $0) }))
    members.add("rulesetsSha256", counted.rulesetsDigest)
    return .object(members)
  }

  private func json(ofFile name: String) -> JSONValue {
    var members: [JSONMember] = []
    members.add("name", name)
    if let bytes = counted.sources.bytes(of: name) {
      var hash = SHA256()
      hash.update(bytes)
      members.add("sha256", hash.hexDigest())
    }
    return .object(members)
  }
}
