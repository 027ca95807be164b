import WAFEngine
import WAFModel
import WAFProgram
import WAFRequests

/// A choice that a world makes beside the answers of leaves.
enum OracleChoice: Hashable {
  /// What a label statement finds in a label that is not known.
  case label(OracleLabelPattern, source: String)
  /// What becomes of a request in a group that is not at hand, by the rule of the web ACL.
  case group(Int)
  /// Whether the client has no valid token, by rule.
  case token(top: Int, rule: Int)
}

/// The choices of one world in the order in which they came up, to be run through like an odometer.
struct OracleScript {
  private var choices: [Int] = []
  private var counts: [Int] = []
  private var position = 0

  mutating func restart() {
    position = 0
  }

  mutating func choose(among count: Int) -> Int {
    if position == choices.count {
      choices.append(0)
      counts.append(count)
    }
    position += 1
    return choices[position - 1]
  }

  /// Turns to the next world; false when all were seen.
  mutating func advance() -> Bool {
    while let last = choices.last, let count = counts.last {
      if last + 1 < count {
        choices[choices.count - 1] += 1
        return true
      }
      choices.removeLast()
      counts.removeLast()
    }
    return false
  }
}

/// What one world makes of the request.
struct OracleOutcome {
  var action = Action.allow
  /// The place of the rule that ends the evaluation: in the web ACL, and in its group.
  var top: Int?
  var inner: Int?
  var rulePath = "Default_Action"
  var ruleID = "Default_Action"
  var ruleType = "REGULAR"
  /// 0 for none; nil where a group that is not at hand answers.
  var responseCode: Int? = 0
  var labels: Set<String> = []
  /// A label whose name is not known may be there as well.
  var labelsAreOpen = false
  var groups: [String] = []
  var groupsAreOpen = false
  var counted: [String] = []
  var countedIsOpen = false
  var oversize: Set<String> = []
  var oversizeIsOpen = false
  /// How many unknowns match.
  var matches = 0
  /// The answers that label statements gave to terminating rules of the web ACL, by rule.
  var labelAnswers: [LabelAnswer] = []

  struct LabelAnswer: Hashable {
    var top: Int
    var holds: Bool
    var afterCountedGroup: Bool
  }

  /// An entry of `ruleGroupList`, as text.
  static func group(_ id: String, ending: String?, counted: [String]) -> String {
    "\(id) ended by \(ending ?? "-") counted \(counted)"
  }

  /// The place in the evaluation order; the default action is last.
  var place: (Int, Int) { top.map { ($0, inner ?? 0) } ?? (.max, 0) }
}

/// One walk of a request through a web ACL, in one world.
struct OracleWorld {
  let record: OracleRecord
  /// Answers weaker than this are unknown.
  let level: EvidenceLevel
  var script: OracleScript
  private(set) var outcome = OracleOutcome()
  private var leafAnswers: [Int: Bool] = [:]
  private var choices: [OracleChoice: Int] = [:]
  private var hasGeoLabels = false
  private var inspected = InspectedFields()
  private var openGroups: [(top: Int, namespace: String)] = []
  private var currentTop = 0
  private var isTerminatingTop = false
  private var sawCountedGroup = false

  init(_ record: OracleRecord, level: EvidenceLevel, script: OracleScript) {
    self.record = record
    self.level = level
    self.script = script
  }

  private var acl: OracleACL { record.acl }

  mutating func run() {
    for (index, top) in acl.tops.enumerated() {
      currentTop = index
      isTerminatingTop = false
      if runTop(top, index) { return finish() }
    }
    switch acl.webACL.defaultAction {
    case .allow: outcome.action = .allow
    case .block(let block):
      outcome.action = .block
      outcome.responseCode = block.customResponse?.responseCode ?? 0
    }
    finish()
  }

  private mutating func finish() {
    if hasGeoLabels {
      switch record.record.country {
      case .notRecorded: outcome.labelsAreOpen = true
      case .undetermined: outcome.labels.insert(Self.country + "XX")
      case .code(let code): outcome.labels.insert(Self.country + code.text)
      }
      if let region = knownRegion {
        outcome.labels.insert(Self.region + region)
      } else {
        outcome.labelsAreOpen = true
      }
    }
    if !openGroups.isEmpty { outcome.labelsAreOpen = true }
    settleOversize()
  }

  /// What `oversizeFields` lists: the limited fields that a reached rule looks at.
  private mutating func settleOversize() {
    let body = isOver(.body(.continue))
    if inspected.body {
      if body == .yes { outcome.oversize.insert("REQUEST_BODY") }
      if body == .unknown { outcome.oversizeIsOpen = true }
    } else if inspected.unknown, body != .no {
      outcome.oversizeIsOpen = true
    }
    let cookies = Truth.any(inspected.cookies.map(isOver))
    if cookies == .yes { outcome.oversize.insert("REQUEST_COOKIES") }
    if cookies == .unknown { outcome.oversizeIsOpen = true }
    if cookies == .no, inspected.unknown, isOver(.cookies(.all, .all, .continue)) != .no {
      outcome.oversizeIsOpen = true
    }
  }

  private func isOver(_ field: OracleField) -> Truth {
    let answer = record.isOver(field)
    return answer.level <= level ? answer.truth : .unknown
  }

  // MARK: Rules

  /// Runs a rule of the web ACL; true when it ends the evaluation.
  private mutating func runTop(_ top: OracleTop, _ index: Int) -> Bool {
    if let scopeDown = top.scopeDown {
      inspected.formUnion(top.scopeDownInspected)
      let holds = truth(scopeDown)
      defer { if top.scopeDownHasGeo { hasGeoLabels = true } }
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
      if let ending = ending(of: rule.action, top: index, rule: 0) {
        end(ending, code: Self.code(rule.action), top: index)
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
    for (place, rule) in rules.enumerated() {
      guard match(rule) else { continue }
      if let ending = ending(of: rule.action, top: index, rule: place) {
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
      return false
    }
    end(action, code: Self.code(rule.action), top: index)
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
    if rule.hasGeo { hasGeoLabels = true }
    if matches { outcome.labels.formUnion(rule.labels) }
    return matches
  }

  /// The action with which a matching rule ends the evaluation, or nil.
  private mutating func ending(of action: RuleAction, top: Int, rule: Int) -> Action? {
    switch action {
    case .allow: .allow
    case .block: .block
    case .count: nil
    case .captcha: choose(.token(top: top, rule: rule), among: 2) == 1 ? .captcha : nil
    case .challenge: choose(.token(top: top, rule: rule), among: 2) == 1 ? .challenge : nil
    }
  }

  private mutating func end(_ action: Action, code: Int?, top: Int) {
    outcome.action = action
    outcome.top = top
    outcome.ruleID = acl.tops[top].name
    outcome.responseCode = code
  }

  private static func code(_ action: RuleAction) -> Int {
    switch action {
    case .block(let block): block.customResponse?.responseCode ?? 0
    case .captcha: 405
    case .challenge: 202
    case .allow, .count: 0
    }
  }

  // MARK: Statements

  private mutating func truth(_ node: OracleNode) -> Bool {
    switch node {
    case .leaf(let leaf):
      return truth(leaf: leaf)
    case .label(let pattern):
      let holds = truth(pattern)
      if isTerminatingTop {
        outcome.labelAnswers.append(
          .init(top: currentTop, holds: holds, afterCountedGroup: sawCountedGroup))
      }
      return holds
    case .all(let parts):
      for part in parts where !truth(part) { return false }
      return true
    case .any(let parts):
      for part in parts where truth(part) { return true }
      return false
    case .not(let part):
      return !truth(part)
    }
  }

  private mutating func truth(leaf: Int) -> Bool {
    if let known = leafAnswers[leaf] { return known }
    let answer = record.answer(leaf)
    let holds: Bool
    if answer.truth != .unknown, answer.level <= level {
      holds = answer.truth == .yes
    } else {
      holds = script.choose(among: 2) == 1
      if holds { outcome.matches += 1 }
    }
    leafAnswers[leaf] = holds
    return holds
  }

  private mutating func choose(_ choice: OracleChoice, among count: Int) -> Int {
    if let made = choices[choice] { return made }
    let made = script.choose(among: count)
    choices[choice] = made
    if made > 0 { outcome.matches += 1 }
    return made
  }

  // MARK: Labels

  static let country = "awswaf:clientip:geo:country:"
  static let region = "awswaf:clientip:geo:region:"

  /// The client's region, as far as this level knows it.
  private var knownRegion: String? {
    if record.record.country == .undetermined { return "XX-XX" }
    guard let range = record.record.recordedRegion, level >= .observed else { return nil }
    return record.record.text(range)
  }

  private mutating func truth(_ pattern: OracleLabelPattern) -> Bool {
    let plain = sources(pattern, flipped: false)
    if level < .approximate {
      let whole = Truth.any(plain.map(\.1))
      if whole != Truth.any(sources(pattern, flipped: true).map(\.1)) {
        let labels = outcome.labels.sorted().joined(separator: " ")
        return choose(.label(pattern, source: "Q15 " + labels), among: 2) == 1
      }
    }
    if plain.contains(where: { $0.1 == .yes }) { return true }
    for (source, truth) in plain where truth == .unknown {
      if choose(.label(pattern, source: source), among: 2) == 1 { return true }
    }
    return false
  }

  /// What each source of labels says of a pattern.
  private func sources(_ pattern: OracleLabelPattern, flipped: Bool) -> [(String, Truth)] {
    // A label is a plain suffix or prefix in either reading, where the scope is LABEL.
    let flipped = flipped && pattern.scope == .namespace
    var result = [
      ("rules", Truth(outcome.labels.contains { pattern.matches($0, flipped: flipped) }))
    ]
    if hasGeoLabels {
      let country: String? =
        switch record.record.country {
        case .notRecorded: nil
        case .undetermined: "XX"
        case .code(let code): code.text
        }
      if let country {
        result.append(
          ("country", Truth(pattern.matches(Self.country + country, flipped: flipped))))
      } else {
        result.append(
          ("country", pattern.truthOfGeoLabel(Self.country, start: "", flipped: flipped)))
      }
      if let region = knownRegion {
        result.append(("region", Truth(pattern.matches(Self.region + region, flipped: flipped))))
      } else {
        let start = country.map { $0 + "-" } ?? ""
        result.append(
          ("region", pattern.truthOfGeoLabel(Self.region, start: start, flipped: flipped)))
      }
    }
    for group in openGroups
    where pattern.couldMatch(namespace: group.namespace, flipped: flipped) {
      result.append(("group \(group.top)", .unknown))
    }
    return result
  }
}
