import WAFEngine
import WAFProgram

/// The way of one request through a web ACL: what is certain of it, and what may be.
///
/// A trace follows one path and goes on behind rules that end the evaluation in some worlds only;
/// what comes after such a rule is reached in the others only.
struct WayThrough {
  /// A step that is reached in every world.
  struct Step {
    var step: TraceStep
    /// The place of the rule of the web ACL.
    var top: Int
    /// The place in `Program.rules`; nil for a scope-down statement.
    var rule: Int?
  }

  /// The steps that are reached in every world.
  private(set) var steps: [Step] = []
  /// The rules that count the request, by name: of the web ACL, and inside groups.
  private(set) var counted: Set<String> = []
  /// Those that count it in some worlds.
  private(set) var maybeCounted: Set<String> = []
  /// The labels that rules add for certain, and in some worlds.
  private(set) var labels: Set<String> = []
  private(set) var maybeLabels: Set<String> = []
  /// The rule that ends the evaluation in every world, as predictions name it; nil where several
  /// do.
  private(set) var end: String?
  /// The groups in which a rule matched for certain, by their places in the web ACL.
  private(set) var matchedGroups: Set<Int> = []

  private let program: Program
  private var isCertain = true
  private var groupIsCertain = true

  init(_ trace: Trace, _ names: ProgramNames) {
    program = names.program
    let steps = Dictionary(grouping: trace.steps) { names.top(of: $0) ?? -1 }
    for top in program.topRules.indices {
      groupIsCertain = true
      var isEntered = true
      for step in steps[top] ?? [] {
        if step.subject == .scopeDown {
          isEntered = step.outcome != .noMatch
          addScopeDown(step, top)
        } else {
          add(step, top, names.rule(of: step))
        }
      }
      if isEntered, mayEndUnseen(top) { isCertain = false }
    }
    if end == nil, isCertain { end = Program.defaultActionName }
    maybeCounted.subtract(counted)
    maybeLabels.subtract(labels)
  }

  /// Whether a group that is not at hand could end the evaluation.
  private func mayEndUnseen(_ top: Int) -> Bool {
    let rule = program.topRules[top]
    guard let group = rule.opaqueGroup else { return false }
    return !program.opaqueGroups[group].isAssumedIdle && !rule.isOverriddenToCount
  }

  private mutating func addScopeDown(_ step: TraceStep, _ top: Int) {
    if isCertain { steps.append(Step(step: step, top: top, rule: nil)) }
    groupIsCertain = step.outcome == .match
  }

  private mutating func add(_ step: TraceStep, _ top: Int, _ rule: Int?) {
    let isReached = isCertain && groupIsCertain
    if isReached { steps.append(Step(step: step, top: top, rule: rule)) }
    guard step.outcome != .noMatch else { return }
    let isMatch = isReached && step.outcome == .match
    if isMatch { labels.formUnion(step.labels) } else { maybeLabels.formUnion(step.labels) }
    let isGroup = step.subject == .groupRule
    if isMatch, isGroup { matchedGroups.insert(top) }
    guard step.action != .count else {
      count(step.rule, isMatch)
      return
    }
    switch step.gate?.outcome {
    case .passes?: count(step.rule, isMatch)
    case .unknown?: maybeCounted.insert(step.rule)
    case .stopped?, nil: break
    }
    guard step.gate?.outcome != .passes else { return }
    let isEnd = isMatch && (step.gate == nil || step.gate?.outcome == .stopped)
    if isGroup, program.topRules[top].isOverriddenToCount {
      // The group ends here and counts as a whole, in the log with the rule that ended it.
      count(step.rule, isEnd)
      count(program.topRules[top].name, isEnd)
      groupIsCertain = false
    } else if isEnd {
      end = step.rule
    } else {
      isCertain = false
    }
  }

  private mutating func count(_ rule: String, _ isCertain: Bool) {
    if isCertain { counted.insert(rule) } else { maybeCounted.insert(rule) }
  }
}

/// The rules of a program by their names.
struct ProgramNames {
  let program: Program
  private let tops: [String: Int]
  private let rules: [String: Int]

  init(_ program: Program) {
    self.program = program
    tops = Dictionary(
      program.topRules.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    rules = Dictionary(
      program.ruleInfo.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The place of the rule of the web ACL that a step is of.
  func top(of step: TraceStep) -> Int? {
    if step.subject == .scopeDown { return tops[step.rule] }
    return rule(of: step).map { Int(program.rules[$0].top) }
  }

  /// The place of a step's rule in `Program.rules`.
  func rule(of step: TraceStep) -> Int? {
    step.subject == .scopeDown ? nil : rules[step.rule]
  }

  /// All names that a test can give a rule.
  var all: [String] { program.topRules.map(\.name) + program.ruleInfo.map(\.path) }

  /// Whether there may be a rule of this name: of a group that is not at hand nobody knows.
  func mayHave(_ name: String) -> Bool {
    if name == Program.defaultActionName || tops[name] != nil || rules[name] != nil { return true }
    guard let slash = name.firstIndex(of: "/"), let top = tops[String(name[..<slash])] else {
      return false
    }
    return program.topRules[top].opaqueGroup != nil
  }
}
