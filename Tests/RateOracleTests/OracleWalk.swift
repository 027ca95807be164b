/// One request's way through the web ACL, by the wording of the design.
///
/// An unknown terminating rule adds its action and the path goes on without its labels, an unknown
/// Count rule leaves its labels maybe. With nothing unknown this is the two-valued evaluation.
struct OracleWalk {
  let request: OracleRequest
  /// What the conditions that no request tells of say.
  var mystery: (Int) -> Truth
  var unmodelled: (Int) -> Truth
  /// Whether the rate-based rule of a place limits the request's key.
  var isLimited: (Int) -> Truth
  /// Is told of each rate-based rule that the path comes to.
  var visit: (Int, Participation) -> Void = { _, _ in }

  private(set) var sure: Set<String> = []
  private(set) var maybe: Set<String> = []
  private(set) var outcomes: Set<OracleACL.Action> = []
  private var nextRate = 0

  /// A request's part in a rate-based rule.
  struct Participation {
    var takesPart: Truth
    /// Nil where the key is not known.
    var key: [String]?
  }

  init(
    _ request: OracleRequest, mystery: @escaping (Int) -> Truth,
    unmodelled: @escaping (Int) -> Truth, isLimited: @escaping (Int) -> Truth,
    visit: @escaping (Int, Participation) -> Void = { _, _ in }
  ) {
    self.request = request
    self.mystery = mystery
    self.unmodelled = unmodelled
    self.isLimited = isLimited
    self.visit = visit
  }

  /// The actions that remain.
  mutating func run(_ acl: OracleACL) -> Set<OracleACL.Action> {
    for top in acl.tops {
      switch top {
      case .rule(let rule):
        if plain(rule) { return outcomes }
      case .group(let rules, let countsOnly, let scopeDown):
        if group(rules, countsOnly, scopeDown) { return outcomes }
      }
    }
    outcomes.insert(.allow)
    return outcomes
  }

  private mutating func plain(_ rule: OracleACL.Rule) -> Bool {
    let value = evaluate(rule, isReached: true)
    if value == .no { return false }
    if rule.action == .count {
      add(rule, isSure: value == .yes)
      return false
    }
    outcomes.insert(rule.action)
    return value == .yes
  }

  private mutating func group(
    _ rules: [OracleACL.Rule], _ countsOnly: Bool, _ scopeDown: OracleACL.Condition?
  ) -> Bool {
    let scope = scopeDown.map { truth($0) } ?? .yes
    guard scope != .no else {
      nextRate += rules.count { $0.isRate }
      return false
    }
    var isSure = scope == .yes
    for (place, rule) in rules.enumerated() {
      let value = evaluate(rule, isReached: isSure)
      if value == .no { continue }
      let isMatch = value == .yes && isSure
      if rule.action == .count {
        add(rule, isSure: isMatch)
        continue
      }
      if countsOnly {
        add(rule, isSure: isMatch)
        isSure = false
      } else {
        outcomes.insert(rule.action)
        if isMatch { return true }
      }
      if value == .yes {
        // Wherever the rule is reached, nothing behind it in the group is.
        nextRate += rules[(place + 1)...].count { $0.isRate }
        return false
      }
    }
    return false
  }

  private mutating func add(_ rule: OracleACL.Rule, isSure: Bool) {
    guard let label = rule.label else { return }
    if isSure { sure.insert(label) } else { maybe.insert(label) }
  }

  private mutating func evaluate(_ rule: OracleACL.Rule, isReached: Bool) -> Truth {
    switch rule.statement {
    case .condition(let condition): return truth(condition)
    case .rate(let rate):
      defer { nextRate += 1 }
      var part = participation(in: rate)
      let own = part.takesPart
      if !(isReached && outcomes.isEmpty) { part.takesPart = part.takesPart && .open }
      visit(nextRate, part)
      return own && isLimited(nextRate)
    }
  }

  private func truth(_ condition: OracleACL.Condition) -> Truth {
    switch condition {
    case .pathIs(let path): Truth(request.path == path)
    case .headerIs(let value):
      switch request.header {
      case .absent: .no
      case .value(let found): Truth(found == value)
      case .hidden: .open
      }
    case .label(let name):
      sure.contains(name) ? .yes : maybe.contains(name) ? .open : .no
    case .mystery(let number): mystery(number)
    case .unmodelled(let number): unmodelled(number)
    case .not(let part): !truth(part)
    case .and(let parts): parts.reduce(.yes) { $0 && truth($1) }
    case .or(let parts): parts.reduce(.no) { $0 || truth($1) }
    }
  }

  // MARK: Keys

  private func participation(in rate: OracleACL.Rate) -> Participation {
    var takesPart = rate.scopeDown.map { truth($0) } ?? .yes
    var key: [String]? = []
    for part in rate.keys {
      let (isThere, value) = self.part(part)
      takesPart = takesPart && isThere
      if let value, key != nil { key?.append(value) } else { key = nil }
    }
    return Participation(takesPart: takesPart, key: key)
  }

  private func part(_ key: OracleACL.Key) -> (Truth, String?) {
    switch key {
    case .client:
      return request.client.map { (.yes, String($0)) } ?? (.open, nil)
    case .forwarded(let fallbackMatches):
      switch request.forwarded {
      case .absent: return (.no, nil)
      case .hidden: return (.open, nil)
      case .value("unknown"): return fallbackMatches ? (.yes, "fallback") : (.no, nil)
      case .value(let address): return (.yes, address)
      }
    case .header:
      let (isThere, text) = value(request.header)
      return (isThere, text?.lowercased())
    case .argument: return value(request.argument)
    case .method: return (.yes, request.method)
    case .labels:
      if !maybe.isSubset(of: sure) { return (sure.isEmpty ? .open : .yes, nil) }
      return sure.isEmpty ? (.no, nil) : (.yes, sure.sorted().joined(separator: ","))
    }
  }

  private func value(_ part: OracleRequest.Part) -> (Truth, String?) {
    switch part {
    case .absent: (.no, nil)
    case .value(let value): (.yes, value)
    case .hidden: (.open, nil)
    }
  }
}

extension OracleACL.Rule {
  var isRate: Bool { if case .rate = statement { true } else { false } }
}
