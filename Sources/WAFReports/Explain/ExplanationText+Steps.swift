import ReportText
import WAFEngine
import WAFProgram

extension Explanation {
  /// How many parts that do not match are listed under an "any of".
  private static let listedMisses = 3
  /// How deep the parts of a statement are indented at most.
  private static let deepest = 6

  /// A rule: its line, then its statement, then its labels.
  func write(_ step: TraceStep, name: String, lead: StyledText, to page: inout TextPage) {
    let outcome = step.statement.outcome
    var line = lead + StyledText(name, outcome == .noMatch ? .plain : .heading)
    line = line.cut(to: page.style.nameWidth).padded(to: page.style.nameWidth) + "  "
    if let action = step.action {
      line += StyledText(action.title, outcome == .noMatch ? .faint : action.role).padded(to: 11)
    } else {
      line += StyledText("").padded(to: 11)
    }
    line += StyledText(outcome.title, outcome.role).padded(to: 10)
    if outcome != .unknown { line += StyledText(step.statement.level.name, .faint) }
    let isUnmodelled = step.managedLeaf?.branches.isEmpty ?? false
    if isUnmodelled, outcome != .unknown { line += StyledText(" (not modelled)", .faint) }
    page.line(line)
    if let own = step.ownAction, own != step.action {
      page.line("      overridden; its own action is \(own.title)", .caution)
    }
    if step.outcome != outcome {
      page.paragraph(
        "the verdict does not depend on this answer: the action is the same either way", .faint,
        indent: 6)
    }
    if let leaf = step.managedLeaf {
      writeBranches(of: leaf, to: &page)
    } else {
      write(step.statement, depth: 0, to: &page)
    }
    if let gate = step.gate, outcome != .noMatch { write(gate, of: step, to: &page) }
    if outcome == .match, step.outcome == .match {
      for label in step.labels { page.line(StyledText("      + label ", .faint) + label) }
      write(step.handling, of: step, to: &page)
    } else if outcome == .unknown {
      for label in step.labels {
        page.line(StyledText("      ± label ", .faint) + label + StyledText("  maybe", .unknown))
      }
    }
  }

  private func writeBranches(of leaf: TraceLeaf, to page: inout TextPage) {
    if leaf.branches.isEmpty, leaf.outcome == .unknown, let reason = leaf.reason {
      page.paragraph(reason, .faint, indent: 6)
    }
    // What matches is what people look for: it comes first.
    let order: [TraceOutcome] = [.match, .unknown, .noMatch]
    for outcome in order {
      for branch in leaf.branches where branch.outcome == outcome {
        let lead =
          StyledText("      ") + branch.outcome.mark + " "
          + StyledText(branch.fidelity, .faint).padded(to: 8)
        page.paragraph(
          branch.looksFor, outcome == .noMatch ? .faint : .plain, lead: lead, indent: 16)
        if outcome != .noMatch { write(branch.statement, depth: 1, to: &page) }
      }
    }
  }

  func write(_ statement: TraceStatement, depth: Int, to page: inout TextPage) {
    let indent = String(repeating: " ", count: 6 + 2 * min(depth, Self.deepest))
    switch statement {
    // What a configuration switches off is compiled to nothing at all.
    case .and(let parts) where parts.isEmpty:
      page.line(StyledText(indent) + statement.outcome.mark + StyledText(" always", .faint))
    case .or(let parts) where parts.isEmpty:
      page.line(StyledText(indent) + statement.outcome.mark + StyledText(" never", .faint))
    case .leaf(let leaf): write(leaf, depth: depth, indent: indent, to: &page)
    case .not(let part):
      page.line(StyledText(indent) + statement.outcome.mark + " not")
      write(part, depth: depth + 1, to: &page)
    case .and(let parts):
      page.line(StyledText(indent) + statement.outcome.mark + " all of")
      for part in parts { write(part, depth: depth + 1, to: &page) }
    case .or(let parts):
      page.line(StyledText(indent) + statement.outcome.mark + " any of")
      writeAlternatives(parts, depth: depth, indent: indent, to: &page)
    }
  }

  /// The parts of an "any of": one that matches tells all; else those that are unknown, else some.
  private func writeAlternatives(
    _ parts: [TraceStatement], depth: Int, indent: String, to page: inout TextPage
  ) {
    let outcome = TraceStatement.or(parts).outcome
    let telling = parts.filter { $0.outcome == outcome }
    let limit = outcome == .match ? 1 : outcome == .unknown ? parts.count : Self.listedMisses
    for part in telling.prefix(limit) { write(part, depth: depth + 1, to: &page) }
    var others: [String] = []
    let hidden = telling.count - min(limit, telling.count)
    if hidden > 0 { others.append("\(hidden) more \(outcome.verb(hidden))") }
    for other in [TraceOutcome.unknown, .noMatch] where other != outcome {
      let count = parts.filter { $0.outcome == other }.count
      if count > 0 { others.append("\(count) \(other.verb(count))") }
    }
    guard !others.isEmpty else { return }
    page.line("\(indent)  … \(others.joined(separator: ", "))", .faint)
  }

  private func write(
    _ leaf: TraceLeaf, depth: Int, indent: String, to page: inout TextPage
  ) {
    let lead = StyledText(indent) + leaf.outcome.mark + " "
    page.paragraph(
      shorteningARNs(leaf.title), leaf.outcome == .noMatch ? .faint : .plain, lead: lead,
      indent: indent.count + 2)
    if let match = leaf.match {
      page.line(StyledText(indent + "    ") + excerpt(of: match, leaf, page.style))
      if let detection = match.detection {
        write(detection, indent: indent.count + 4, to: &page)
      }
    }
    if let rate = leaf.rate { write(rate, depth: depth, indent: indent, to: &page) }
    if let reason = leaf.reason, leaf.branches.isEmpty {
      let text = leaf.outcome == .unknown ? "\(evidenceInWords(leaf.component)): \(reason)" : reason
      page.paragraph(text, leaf.outcome == .unknown ? .unknown : .faint, indent: indent.count + 4)
    }
  }

  /// The tokens by which a detector takes the value for an attack, and what they make together.
  private func write(_ detection: TraceDetection, indent: Int, to page: inout TextPage) {
    let tokens = detection.tokens.map { "\(cut(shown($0.text), to: 24)) (\($0.kind))" }
    page.paragraph(
      "tokens, read \(detection.context): " + tokens.joined(separator: "  "), indent: indent)
    page.paragraph(detection.reason, .faint, indent: indent)
  }

  /// The value that matched, with the matched part marked: coloured on a terminal, between `»` and
  /// `«` on paper.
  private func excerpt(of match: TraceMatch, _ leaf: TraceLeaf, _ style: TextStyle) -> StyledText {
    var line = StyledText(leaf.component, .faint)
    if !match.name.isEmpty, !leaf.component.hasSuffix(":" + match.name.lowercased()) {
      line += StyledText(" " + cut(match.name, to: 30), .faint)
    }
    line += "  "
    let range = match.matched.clamped(to: 0..<match.value.count)
    let before = shown(match.value[..<range.lowerBound])
    let matched = shown(match.value[range])
    let after = shown(match.value[range.upperBound...])
    line += cutStart(before, to: 24)
    line += StyledText(style.usesColour ? "" : "»")
    line += StyledText(cut(matched, to: 48), .mark)
    line += StyledText(style.usesColour ? "" : "«")
    line += cut(after, to: 24)
    if match.isTransformed { line += StyledText("  as transformed", .faint) }
    return line
  }
}

extension TraceOutcome {
  /// What `count` statements do.
  fileprivate func verb(_ count: Int) -> String {
    switch self {
    case .match: count == 1 ? "matches" : "match"
    case .noMatch: count == 1 ? "does not match" : "do not match"
    case .unknown: count == 1 ? "is unknown" : "are unknown"
    }
  }
}

extension EvidenceLevel {
  var name: String { Certainty(self).name }
}
