import ManagedRules
import ReportText
import WAFModel

/// What a rule, or a label that a group adds, requires, and how it is approximated.
struct ModelBlocks {
  private(set) var blocks: [PageBlock] = []
  private let documentation: String
  private let source: String

  /// - Parameters: what is said of the rule; a branch shows what it has besides.
  init(
    _ requirements: [ManagedRuleRequirement], _ model: ManagedRuleModel, documentation: String,
    source: String
  ) {
    self.documentation = documentation
    self.source = source
    for requirement in requirements {
      blocks += [.entry(mark: "requires", role: .plain, Words(requirement.summary))]
      if let lines = requirement.condition { blocks.append(.condition(lines)) }
    }
    switch model {
    case .unmodelled(let reason):
      blocks.append(
        .entry(
          mark: "unmodelled", role: .caution,
          Words("\(reason) Assumed not to match, unless --assume says otherwise.")))
    case .branches(let branches, let missTrust, let why):
      for branch in branches { write(branch) }
      blocks.append(
        .entry(
          mark: "otherwise", role: .faint,
          Words("no match, \(missTrust.rawValue)" + (why.map { ": \($0)" } ?? "."))))
    }
  }

  private mutating func write(_ branch: ManagedRuleBranch) {
    if branch.statement == ManagedRuleBranch.anything, branch.looksFor == documentation {
      blocks.append(
        .entry(mark: branch.fidelity.rawValue, role: branch.fidelity.role, Words(branch.why)))
      return
    }
    var looksFor = Words(branch.looksFor)
    if branch.fidelity == .low { looksFor = looksFor + " (off unless --fidelity low)" }
    blocks.append(
      .entry(mark: branch.fidelity.rawValue, role: branch.fidelity.role, looksFor))
    if !branch.versions.isEmpty {
      blocks.append(.detail("versions", Words(branch.versions.words)))
    }
    blocks.append(.detail("why", Words(branch.why)))
    if branch.source != source {
      blocks.append(.detail("source", Words(branch.source)))
    }
    guard branch.statement != ManagedRuleBranch.anything else { return }
    blocks.append(.condition(ConditionText(branch.statement).lines))
  }
}

extension ManagedRuleRequirement {
  /// One line: the requirement in words, or what kind of condition it is.
  var summary: String { words ?? "the condition" }

  /// The lines of a requirement that words can't tell.
  var condition: [String]? {
    guard words == nil else { return nil }
    switch self {
    case .statement(let statement): return ConditionText(statement).lines
    case .not(let requirement): return ["not"] + requirement.lines.map { "  " + $0 }
    case .anyOf(let requirements):
      return ["any of"] + requirements.flatMap(\.lines).map { "  " + $0 }
    default: return nil
    }
  }

  private var lines: [String] { condition ?? [summary] }

  /// The same for requirements that mean the same.
  var key: String {
    switch self {
    case .statement(let statement): ConditionText(statement).key
    case .not(let requirement): "not(\(requirement.key))"
    case .anyOf(let requirements):
      "any(\(Set(requirements.map(\.key)).sorted().joined(separator: "; ")))"
    default: summary
    }
  }
}
