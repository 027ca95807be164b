package import ReportText
import WAFProgram

extension ProgramListing {
  /// How many literals of a condition the text names.
  private static let namedLiterals = 6

  /// The listing as a text for people.
  package func text(_ style: TextStyle) -> String {
    var page = TextPage(style)
    writeHead(to: &page)
    writeSlots(to: &page)
    writeOtherConditions(to: &page)
    writeUnfiltered(to: &page)
    writeRules(to: &page)
    return page.text
  }

  private func writeHead(to page: inout TextPage) {
    let name = webACLName.isEmpty ? "the web ACL" : "web ACL \(webACLName)"
    page.line("The program of \(name)", .heading)
    page.line(
      "  "
        + [
          counted(rules.count, "rule"), counted(leaves.count, "condition"),
          counted(slots.count, "slot"),
        ].joined(separator: ", "))
    if !unfiltered.isEmpty {
      page.paragraph(
        "\(counted(unfiltered.count, "pattern")) without a literal before "
          + (unfiltered.count == 1 ? "it" : "them"), .caution, indent: 2)
    }
  }

  // MARK: Slots

  private func writeSlots(to page: inout TextPage) {
    guard !slots.isEmpty else { return }
    page.gap()
    page.line("Fields and transformations", .heading)
    page.paragraph(
      "A line under another starts from its values. Under a slot stand its conditions by number, "
        + "and the literals of which a value needs one to be looked at.", .faint, indent: 2)
    for slot in slots {
      let depth = slot.chain.count
      if depth == 0 { page.gap() }
      writeSlot(slot, indent: 2 + 2 * depth, to: &page)
    }
  }

  private func writeSlot(_ slot: SlotListing, indent: Int, to page: inout TextPage) {
    var facts: [String] = []
    if !slot.leaves.isEmpty { facts.append(counted(slot.leaves.count, "condition")) }
    if slot.literalCount > 0 { facts.append(counted(slot.literalCount, "literal")) }
    if slot.childCount > 1 { facts.append("shared by \(slot.childCount) slots") }
    var line = StyledText(String(repeating: " ", count: indent))
    line += StyledText(slot.chain.last ?? slot.field, slot.chain.isEmpty ? .heading : .plain)
    if !facts.isEmpty { line += StyledText("  " + facts.joined(separator: ", "), .faint) }
    page.line(line.cut(to: page.style.width))
    for number in slot.leaves { writeLeaf(leaves[number], indent: indent + 2, to: &page) }
  }

  private func writeLeaf(_ leaf: LeafListing, indent: Int, to page: inout TextPage) {
    let lead =
      StyledText(String(repeating: " ", count: indent))
      + StyledText(String(leaf.number), .faint).padded(to: numberWidth, alignment: .right) + "  "
    page.line((lead + StyledText(leaf.criterion)).cut(to: page.style.width))
    let inner = indent + numberWidth + 2
    guard !leaf.literals.isEmpty else {
      if leaf.isPattern {
        page.line(String(repeating: " ", count: inner) + "run on every value", .caution)
      }
      return
    }
    // A literal condition whose text is its literal says it already.
    guard leaf.isPattern else { return }
    page.paragraph("needs " + inWords(leaf.literals), .faint, indent: inner)
  }

  private func inWords(_ literals: [ListedLiteral]) -> String {
    var names = literals.prefix(Self.namedLiterals).map { "\"\($0.text)\"" }
    if literals.count > names.count { names.append("\(literals.count - names.count) more") }
    return names.joined(separator: " or ")
      + (literals.contains(where: \.ignoresCase) ? " in any case" : "")
  }

  /// The columns of a condition's number.
  private var numberWidth: Int { String(max(leaves.count - 1, 0)).count }

  // MARK: Other conditions

  private func writeOtherConditions(to page: inout TextPage) {
    let others = leaves.filter { $0.slot == nil }
    guard !others.isEmpty else { return }
    page.gap()
    page.line("Other conditions", .heading)
    for leaf in others { writeLeaf(leaf, indent: 2, to: &page) }
  }

  private func writeUnfiltered(to page: inout TextPage) {
    guard !unfiltered.isEmpty else { return }
    page.gap()
    page.line("Patterns that are run on every value", .heading)
    page.paragraph(
      "No text was found that is in all they match, or it is too common to help.", .faint,
      indent: 2)
    for leaf in unfiltered {
      let lead =
        StyledText("  ")
        + StyledText(String(leaf.number), .faint).padded(to: numberWidth, alignment: .right) + "  "
      page.paragraph(leaf.title, lead: lead, indent: 4 + numberWidth)
    }
  }

  // MARK: Rules

  private func writeRules(to page: inout TextPage) {
    guard !rules.isEmpty else { return }
    page.gap()
    page.line("Rules", .heading)
    page.paragraph(
      "Each instruction tests a condition, and names where it goes on if it holds, then if not.",
      .faint, indent: 2)
    for (index, rule) in rules.enumerated() {
      page.gap()
      let number = StyledText(String(index + 1), .faint).padded(
        to: String(rules.count).count, alignment: .right)
      page.line(
        (StyledText("  ") + number + "  " + StyledText(rule.path, .heading) + "  "
          + StyledText(rule.action.title, rule.action.role)).cut(to: page.style.width))
      write(rule, to: &page)
    }
  }

  private func write(_ rule: RuleListing, to page: inout TextPage) {
    let visited =
      rule.watches.map { leaves in
        "looked at where a literal of \(leaves.count == 1 ? "condition" : "conditions") "
          + leaves.map { String($0) }.joined(separator: ", ") + " is found"
      } ?? "always looked at"
    page.paragraph(visited, .faint, indent: 6)
    if rule.branches.isEmpty {
      write(rule.code, indent: 6, to: &page)
    }
    for branch in rule.branches {
      page.line("      branch of fidelity \(branch.fidelity)", .faint)
      write(branch.code, indent: 8, to: &page)
    }
  }

  private func write(_ code: [InstructionListing], indent: Int, to page: inout TextPage) {
    let placeWidth = String(max(code.count - 1, 0)).count
    for (place, instruction) in code.enumerated() {
      var line = StyledText(String(repeating: " ", count: indent))
      line += StyledText(String(place), .faint).padded(to: placeWidth, alignment: .right)
      line += "  "
      line += StyledText(String(instruction.leaf)).padded(to: numberWidth, alignment: .right)
      line += StyledText(" ? \(instruction.onTrue.inWords) : \(instruction.onFalse.inWords)")
      line = line.padded(to: indent + placeWidth + numberWidth + 24)
      let leaf = leaves[instruction.leaf]
      let words = (leaf.field.map { "\($0): " } ?? "") + leaf.criterion
      line += StyledText(instruction.isNegated ? "not " : "", .caution)
      line += StyledText(words, .faint)
      page.line(line.cut(to: page.style.width))
    }
  }
}

extension InstructionListing.Target {
  var inWords: String {
    switch self {
    case .match: "match"
    case .noMatch: "no match"
    case .next(let place): String(place)
    }
  }
}
