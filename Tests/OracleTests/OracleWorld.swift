import WAFModel
import WAFProgram
import WAFRequests

/// One walk of a request through a web ACL, in one world.
struct OracleWorld {
  let record: OracleRecord
  /// Answers weaker than this are unknown.
  let level: EvidenceLevel
  var script: OracleScript
  var outcome = OracleOutcome()
  /// Whose geo labels were added.
  private(set) var geoSources: [OracleGeoSource] = []
  /// The groups of which any label may have been added, by their prefix.
  var openGroups: [(top: Int, namespace: String)] = []
  /// The managed groups that may have added labels beside those of their rules: that they did not
  /// is an assumption.
  var extraLabels: [(top: Int, labels: [String], namespaces: [String])] = []
  /// Labels that came before a group's rules in some worlds, until something asks for them.
  var openLabelRules: [(label: String, node: OracleNode)] = []
  private var leafAnswers: [Int: Bool] = [:]
  private var choices: [OracleChoice: Int] = [:]
  private var inspected = InspectedFields()
  private var insertions: [CustomHTTPHeader] = []
  /// Whether a group that is not at hand may have inserted headers.
  private var mayInsert = false
  private var currentTop = 0
  private var isTerminatingTop = false
  private var sawCountedGroup = false

  init(_ record: OracleRecord, level: EvidenceLevel, script: OracleScript) {
    self.record = record
    self.level = level
    self.script = script
  }

  var acl: OracleACL { record.acl }

  mutating func run() {
    for (index, top) in acl.tops.enumerated() {
      currentTop = index
      isTerminatingTop = false
      if runTop(top, index) { return finish() }
    }
    switch acl.webACL.defaultAction {
    case .allow(let allow):
      outcome.action = .allow
      insert(allow.customRequestHandling)
    case .block(let block):
      outcome.action = .block
      outcome.responseCode = block.customResponse?.responseCode ?? 0
    }
    finish()
  }

  private mutating func finish() {
    addGeoLabels()
    if !openGroups.isEmpty || !openLabelRules.isEmpty { outcome.labelsAreOpen = true }
    // Headers are written when the request is forwarded, with all its labels.
    if outcome.action == .allow {
      outcome.insertedIsOpen = mayInsert
      for header in insertions {
        outcome.inserted["x-amzn-waf-" + header.name.lowercased()] = interpolated(header.value)
      }
    }
    outcome.inspected = inspected
  }

  // MARK: Rules

  /// Runs a rule of the web ACL; true when it ends the evaluation.
  private mutating func runTop(_ top: OracleTop, _ index: Int) -> Bool {
    if let scopeDown = top.scopeDown {
      inspected.formUnion(top.scopeDownInspected)
      let holds = truth(scopeDown)
      defer { add(top.scopeDownGeoSources) }
      guard holds else { return false }
      return runContent(top, index)
    }
    return runContent(top, index)
  }

  private mutating func runContent(_ top: OracleTop, _ index: Int) -> Bool {
    switch top.content {
    case .plain(let rule):
      isTerminatingTop = rule.action.kind != .count
      guard match(rule) else { return false }
      if let ending = ending(of: rule) {
        end(ending, code: Self.code(rule.action), top: index)
        finish(rule)
        outcome.rulePath = top.name
        return true
      }
      outcome.counted.append(top.name)
      return false
    case .group(let rules):
      return runGroup(top, rules, index)
    case .unknownGroup(let namespace, let idleWhenAssumed):
      if idleWhenAssumed, level == .assumed {
        outcome.groups.append(OracleOutcome.group(top.groupID, ending: nil, counted: []))
        return false
      }
      return runUnknownGroup(top, namespace, index)
    }
  }

  private mutating func runGroup(_ top: OracleTop, _ rules: [OracleRule], _ index: Int) -> Bool {
    var counted: [String] = []
    var result: (OracleRule, Action, Int)?
    if !top.extraLabels.isEmpty || !top.extraNamespaces.isEmpty,
      level < .assumed || top.extraLabelsAreUnknown
    {
      extraLabels.append((index, top.extraLabels, top.extraNamespaces))
    }
    for rule in top.labelRules {
      switch record.truth(rule.node, at: level) {
      case .yes: outcome.labels.insert(rule.label)
      case .no: break
      case .unknown: openLabelRules.append(rule)
      }
    }
    for (place, rule) in rules.enumerated() {
      guard match(rule) else { continue }
      if let ending = ending(of: rule) {
        result = (rule, ending, place)
        break
      }
      counted.append(rule.name + (rule.isExcluded ? " excluded" : ""))
    }
    outcome.groups.append(
      OracleOutcome.group(top.groupID, ending: result?.0.name, counted: counted))
    sawCountedGroup = sawCountedGroup || top.isOverriddenToCount
    guard let (rule, action, place) = result else { return false }
    if top.isOverriddenToCount {
      outcome.counted.append(top.name)
      insert(top.countHandling)
      return false
    }
    end(action, code: Self.code(rule.action), top: index)
    finish(rule)
    outcome.inner = place
    outcome.rulePath = "\(top.name)/\(rule.name)"
    outcome.ruleType = top.isManaged ? "MANAGED_RULE_GROUP" : "GROUP"
    return true
  }

  private mutating func runUnknownGroup(
    _ top: OracleTop, _ namespace: String, _ index: Int
  ) -> Bool {
    openGroups.append((index, namespace))
    inspected.unknown = true
    outcome.groups.append(top.groupID)
    outcome.groupsAreOpen = true
    mayInsert = true
    outcome.openResponses = [.captcha, .challenge]
    if top.isOverriddenToCount {
      outcome.countedIsOpen = true
      sawCountedGroup = true
      return false
    }
    var endings: [Action?] = [nil, .allow, .block, .captcha, .challenge]
    if acl.isCloudFront { endings.append(.monetize) }
    guard let ending = endings[choose(.group(index), among: endings.count)] else { return false }
    let code: Int? =
      switch ending {
      case .block: nil
      case .captcha: 405
      case .challenge: 202
      case .monetize: 402
      case .allow, .count: 0
      }
    end(ending, code: code, top: index)
    outcome.rulePath = top.name
    outcome.ruleType = top.isManaged ? "MANAGED_RULE_GROUP" : "GROUP"
    return true
  }

  /// Whether a rule matches; its labels and those of its geo statements are added.
  private mutating func match(_ rule: OracleRule) -> Bool {
    inspected.formUnion(rule.inspected)
    let matches = truth(rule.node)
    add(rule.geoSources)
    if matches { outcome.labels.formUnion(rule.labels) }
    return matches
  }

  private mutating func add(_ sources: [OracleGeoSource]) {
    for source in sources where !geoSources.contains(source) { geoSources.append(source) }
  }

  /// The action with which a matching rule ends the evaluation, or nil.
  private mutating func ending(of rule: OracleRule) -> Action? {
    switch rule.action {
    case .allow: return .allow
    case .block: return .block
    case .count(let count):
      insert(count.customRequestHandling)
      return nil
    case .captcha(let captcha):
      if isStopped(at: rule.gate) { return .captcha }
      insert(captcha.customRequestHandling)
      return nil
    case .challenge(let challenge):
      if isStopped(at: rule.gate) { return .challenge }
      insert(challenge.customRequestHandling)
      return nil
    case .monetize:
      return isStopped(at: rule.gate) ? .monetize : nil
    }
  }

  private mutating func insert(_ handling: CustomRequestHandling?) {
    insertions += handling?.insertHeaders ?? []
  }

  private mutating func isStopped(at gate: OracleGate?) -> Bool {
    guard let gate else { return true }
    let answer = record.gate(gate)
    let isKnown = answer.stops.truth != .unknown && answer.stops.level <= level
    let stops =
      isKnown ? answer.stops.truth == .yes : choose(.gate(gate), among: 2) == 1
    if gate.action == .monetize { record.note(.payment, !stops) }
    if !stops, gate.action != .monetize {
      outcome.responses[gate.action] = "0"
      if !isKnown { outcome.openResponses.insert(gate.action) }
    }
    return stops
  }

  /// What a rule does that ends the evaluation.
  private mutating func finish(_ rule: OracleRule) {
    if case .allow(let allow) = rule.action { insert(allow.customRequestHandling) }
    refuse(at: rule.gate)
  }

  /// The log's word about a token that did not do.
  private mutating func refuse(at gate: OracleGate?) {
    guard let gate, gate.action != .monetize else { return }
    let answer = record.gate(gate)
    outcome.openResponses.remove(gate.action)
    outcome.responses[gate.action] = "\(Self.code(gate.action)) \(answer.reason ?? "?")"
    if answer.reason == nil || answer.stops.level > level {
      outcome.openResponses.insert(gate.action)
    }
  }

  private mutating func end(_ action: Action, code: Int?, top: Int) {
    outcome.action = action
    outcome.top = top
    outcome.ruleID = acl.tops[top].name
    outcome.responseCode = code
  }

  private static func code(_ action: Action) -> Int {
    switch action {
    case .captcha: 405
    case .challenge: 202
    case .monetize: 402
    case .allow, .block, .count: 0
    }
  }

  private static func code(_ action: RuleAction) -> Int {
    switch action {
    case .block(let block): block.customResponse?.responseCode ?? 0
    case .captcha: code(.captcha)
    case .challenge: code(.challenge)
    case .monetize: code(.monetize)
    case .allow, .count: 0
    }
  }

  // MARK: Statements

  /// Settles the labels that a pattern asks for.
  mutating func settleLabels(for pattern: OracleLabelPattern) {
    let asked = openLabelRules.filter { rule in
      [false, true].contains { pattern.matches(rule.label, flipped: $0) }
    }
    openLabelRules.removeAll { rule in asked.contains { $0.label == rule.label } }
    for rule in asked where truth(rule.node) { outcome.labels.insert(rule.label) }
  }

  private mutating func truth(_ node: OracleNode) -> Bool {
    switch node {
    case .leaf(let leaf, let isNegated):
      return truth(leaf: leaf, isNegated: isNegated)
    case .label(let pattern):
      let holds = truth(pattern)
      record.note(pattern.scope == .label ? .label : .namespace, holds)
      if isTerminatingTop {
        outcome.labelAnswers.append(
          .init(top: currentTop, holds: holds, afterCountedGroup: sawCountedGroup))
      }
      return holds
    case .all(let parts):
      let holds = holdsForAll(parts)
      record.note(.and, holds)
      return holds
    case .any(let parts):
      let holds = holdsForAny(parts)
      record.note(.or, holds)
      return holds
    case .not(let part):
      let holds = !truth(part)
      record.note(.not, holds)
      return holds
    }
  }

  private mutating func holdsForAll(_ parts: [OracleNode]) -> Bool {
    for part in parts where !truth(part) { return false }
    return true
  }

  private mutating func holdsForAny(_ parts: [OracleNode]) -> Bool {
    for part in parts where truth(part) { return true }
    return false
  }

  private mutating func truth(leaf: Int, isNegated: Bool) -> Bool {
    let answer = record.answer(leaf, isNegated: isNegated)
    if answer.truth != .unknown, answer.level <= level { return answer.truth == .yes }
    if let made = leafAnswers[leaf] { return made }
    let holds = script.choose(among: 2) == 1
    if holds { outcome.matches += 1 }
    leafAnswers[leaf] = holds
    return holds
  }

  mutating func choose(_ choice: OracleChoice, among count: Int) -> Int {
    if let made = choices[choice] { return made }
    let made = script.choose(among: count)
    choices[choice] = made
    if made > 0 { outcome.matches += 1 }
    return made
  }
}
