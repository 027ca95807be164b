import Bytes
import WAFEngine
import WAFProgram
import WAFRequests

/// What one pair of web ACL and record shows.
struct Comparison {
  /// What the engine claims although some world says otherwise; empty when all is well.
  var violations: [String] = []
  /// The violations without their values: what makes two failures alike.
  var kind: [String] {
    violations.map { text in
      text.split(separator: " is ", maxSplits: 1).first.map(String.init) ?? text
    }
  }
  /// Whether a level had too many worlds for the oracle.
  var isSkipped = false
  var certaintyIsCoarser = false
  var possibleIsLarger = false
  var openIsLarger = false
  /// The open fields that differ in no world.
  var lessFields: OpenFields = []
  /// The record was filled from another world than the one with the fewest matching unknowns.
  var fillingDiffers = false
  var actionDiffers = false
  var labelDecides = false
  var labelDecidesAfterCountedGroup = false
  var certainty = Certainty.exact
  var worlds = 0
  var note = ""
  let oracle: Oracle
  /// The worlds of the verdict's level.
  private(set) var truth: Oracle.Summary?

  var claimsLess: Bool { certaintyIsCoarser || possibleIsLarger || openIsLarger }

  init(
    _ record: RequestRecord, acl: OracleACL, evaluator: inout Evaluator, mostWorlds: Int
  ) {
    let program = evaluator.program
    let verdict = evaluator.evaluate(record)
    var details = VerdictDetails()
    evaluator.copyDetails(for: verdict, into: &details)
    oracle = Oracle(record, for: acl, mostWorlds: mostWorlds)
    // An indeterminate verdict speaks of all evidence, assumptions included.
    let level = EvidenceLevel.allCases.first { Certainty($0) == verdict.certainty } ?? .assumed
    guard let (certainty, summary) = oracle.certainty() else {
      isSkipped = true
      return
    }
    let found = summary.flatMap { $0.level == level ? $0 : nil } ?? oracle.summary(at: level)
    guard let truth = found else {
      isSkipped = true
      return
    }
    self.truth = truth
    self.certainty = certainty
    worlds = truth.worlds
    labelDecides = truth.labelDecides
    labelDecidesAfterCountedGroup = truth.labelDecidesAfterCountedGroup
    certaintyIsCoarser = verdict.certainty > certainty
    note = Self.note(verdict, program, certainty, truth)

    if verdict.certainty < certainty {
      violations.append("the engine claims more certainty than the worlds allow")
    }
    if !verdict.possible.isSuperset(of: truth.possible) {
      violations.append("an action of some world is not among the possible ones")
    }
    if verdict.possible.isSingle == (verdict.certainty == .indeterminate) {
      violations.append("indeterminate if and only if several actions are possible: broken")
    }
    if !verdict.possible.contains(verdict.action) {
      violations.append("the action is not possible")
    }
    if verdict.certainty == certainty { compareFields(verdict, program, truth) }
    compareClosedFields(verdict, program, truth)
    compareClosedLists(verdict, LoggedLists(details, verdict, program), truth)
  }

  private mutating func compareFields(
    _ verdict: Verdict, _ program: Program, _ truth: Oracle.Summary
  ) {
    possibleIsLarger = verdict.possible != truth.possible
    // The oracle does not follow what the client gets of a custom response.
    lessFields = verdict.open.subtracting(truth.open).subtracting(.response)
    openIsLarger = !lessFields.isEmpty
    guard !possibleIsLarger, !truth.actionIsShared else { return }
    if verdict.action != truth.action {
      actionDiffers = true
    } else if !truth.fillings.map(\.rulePath).contains(program.rulePath(of: verdict)) {
      fillingDiffers = true
    }
  }

  /// A field that the engine does not call open has one value in all worlds, and it is that.
  private mutating func compareClosedFields(
    _ verdict: Verdict, _ program: Program, _ truth: Oracle.Summary
  ) {
    guard verdict.certainty >= certainty else { return }
    let missing = truth.open.subtracting(verdict.open)
    if !missing.isEmpty {
      violations.append("not open in the engine: \(missing.names.joined(separator: ", "))")
    }
    guard let world = truth.fillings.first, world.action == verdict.action else { return }
    if !verdict.open.contains(.terminatingRuleID), !truth.open.contains(.terminatingRuleID) {
      let name = verdict.top.map { program.topRules[$0].name } ?? "Default_Action"
      if name != world.ruleID { violations.append("terminatingRuleId is \(name)") }
    }
    let code = Int(verdict.action.loggedCode(custom: verdict.responseCode))
    if !verdict.open.contains(.responseCodeSent), !truth.open.contains(.responseCodeSent),
      world.responseCode.map({ $0 != code }) ?? true
    {
      violations.append("responseCodeSent is \(code)")
    }
    let fixed: OpenFields = [.terminatingRuleID, .ruleGroupList]
    if verdict.open.isDisjoint(with: fixed), truth.open.isDisjoint(with: fixed),
      program.rulePath(of: verdict) != world.rulePath
    {
      violations.append("the rule is \(program.rulePath(of: verdict))")
    }
  }

  /// The same for the lists of the log.
  private mutating func compareClosedLists(
    _ verdict: Verdict, _ logged: LoggedLists, _ truth: Oracle.Summary
  ) {
    guard verdict.certainty >= certainty, let world = truth.fillings.first,
      world.action == verdict.action
    else { return }
    let open = verdict.open.union(truth.open)
    if !open.contains(.labels), world.labels != logged.labels {
      violations.append("labels is \(logged.labels.sorted()), not \(world.labels.sorted())")
    }
    compareInsertions(verdict, logged, world, open)
    if !open.contains(.ruleGroupList), world.groups != logged.groups {
      violations.append("ruleGroupList is \(logged.groups), not \(world.groups)")
    }
    if !open.contains(.nonTerminatingMatchingRules), world.counted != logged.counted {
      violations.append(
        "nonTerminatingMatchingRules is \(logged.counted), not \(world.counted)")
    }
    if !open.contains(.oversizeFields), world.oversize != logged.oversize {
      violations.append(
        "oversizeFields is \(logged.oversize.sorted()), not \(world.oversize.sorted())")
    }
  }

  /// The same for the headers that are inserted into a request that is forwarded.
  private mutating func compareInsertions(
    _ verdict: Verdict, _ logged: LoggedLists, _ world: OracleOutcome, _ open: OpenFields
  ) {
    guard !open.contains(.requestHeadersInserted), world.inserted != logged.inserted else { return }
    violations.append("requestHeadersInserted is \(logged.inserted), not \(world.inserted)")
  }

  private static func note(
    _ verdict: Verdict, _ program: Program, _ certainty: Certainty, _ truth: Oracle.Summary
  ) -> String {
    let rules = Set(truth.fillings.map(\.rulePath)).sorted()
    return """
      engine: \(verdict.certainty.name) \(verdict.possible.actions) action \(verdict.action) \
      rule \(program.rulePath(of: verdict)) open \(verdict.open.names)
      oracle: \(certainty.name); at \(truth.level): \(truth.possible.actions) \
      action \(truth.action) rule \(rules) open \(truth.open.names) worlds \(truth.worlds)
      """
  }
}

/// What the engine would log, in the oracle's words.
private struct LoggedLists {
  var labels: Set<String> = []
  var groups: [String] = []
  var counted: [String] = []
  var oversize: Set<String>
  var inserted: [String: String] = [:]

  init(_ details: VerdictDetails, _ verdict: Verdict, _ program: Program) {
    oversize = Set(details.oversize.logNames)
    for label in details.labels {
      switch label {
      case .label(let place): labels.insert(program.labels[place])
      case .text(let range):
        labels.insert(String(decoding: details.texts[range.bounds], as: UTF8.self))
      }
    }
    var group: (id: String, ending: String?, counted: [String])?
    func entry() -> [String] {
      group.map { [OracleOutcome.group($0.id, ending: $0.ending, counted: $0.counted)] } ?? []
    }
    for event in details.events {
      switch event {
      case .groupEvaluated(let top):
        groups += entry()
        group = (program.topRules[top].groupID, nil, [])
      case .innerCount(let rule):
        let info = program.ruleInfo[rule.position]
        group?.counted.append(info.name + (info.override == .excluded ? " excluded" : ""))
      case .innerTerminating(let rule):
        group?.ending = program.ruleInfo[rule.position].name
      case .topCount(let top):
        counted.append(program.topRules[top].name)
      }
    }
    groups += entry()
    if verdict.action == .allow { addInsertions(details, verdict, program) }
  }

  private mutating func addInsertions(
    _ details: VerdictDetails, _ verdict: Verdict, _ program: Program
  ) {
    var handlings = details.events.map { event -> CustomHandling in
      switch event {
      case .innerCount(let rule): program.ruleInfo[rule.position].handling
      case .topCount(let top) where program.topRules[top].kind.isGroup:
        program.topRules[top].countHandling
      case .topCount(let top):
        program.ruleInfo[program.topRules[top].rules.lowerBound].handling
      case .groupEvaluated, .innerTerminating: .none
      }
    }
    if let rule = verdict.rule {
      handlings.append(program.ruleInfo[rule.position].handling)
    } else if verdict.top == nil {
      handlings.append(program.defaultHandling)
    }
    for header in handlings.flatMap(\.inserted) {
      inserted[header.name.lowercased()] = header.value.parts.map(text).joined()
    }
  }

  private func text(_ part: LabelTemplate.Part) -> String {
    switch part {
    case .text(let text): text
    case .labels(let namespace):
      labels.filter { $0.hasPrefix(namespace) }.map { String($0.dropFirst(namespace.count)) }
        .sorted().joined(separator: ",")
    case .requestID: "<awswaf:request_id:>"
    case .clientIP: "<awswaf:ip:>"
    case .ja3: "<awswaf:ja3:>"
    case .ja4: "<awswaf:ja4:>"
    }
  }
}
