import WAFEngine
package import WAFProgram

/// What a replay found of one rule.
package struct RuleReport: Equatable, Sendable {
  /// The rule.
  package let rule: ReportedRule
  /// Requests whose evaluation it ends, by `Certainty.rawValue`.
  package private(set) var endedByCertainty: [Int]
  /// Requests that it matched while the evaluation went on: Count, or a group turned into Count.
  package private(set) var counted = 0
  /// Indeterminate requests whose evaluation it could end: what is recorded leaves it open.
  package private(set) var possible = 0
  /// Matches by the fidelity of the branch that matched (`BranchFidelity.rawValue`).
  package private(set) var matchesByFidelity = [0, 0, 0, 0]
  // What follows covers the requests that it ends (indeterminate ones aside) or counts.
  /// The different clients.
  package private(set) var clients = DistinctSketch()
  /// Method and path template, each with its first request.
  package private(set) var routes = BoundedTable<RouteTally>(capacity: 512)
  /// Countries: two letters, `-` for undetermined, empty for not recorded.
  package private(set) var countries = BoundedTable<RequestCount>(capacity: 1024)
  /// The first and last time, in milliseconds since 1970-01-01 UTC.
  package private(set) var times = TimeSpan()
  /// The first requests.
  package private(set) var examples = FirstSamples<RequestExample>(capacity: 5)

  init(_ rule: ReportedRule) {
    self.rule = rule
    endedByCertainty = [Int](repeating: 0, count: Certainty.allCases.count)
  }

  /// Requests whose evaluation it ends at a given certainty.
  package func ended(_ certainty: Certainty) -> Int { endedByCertainty[Int(certainty.rawValue)] }

  /// Requests whose evaluation it ends, indeterminate ones aside.
  package var ended: Int {
    endedByCertainty.reduce(0, +) - ended(.indeterminate)
  }

  /// Requests that it ends for certain: exact or observed.
  package var endedForCertain: Int { ended(.exact) + ended(.observed) }

  /// Requests that it ends or counts.
  package var matches: Int { ended + counted }

  /// The number of different clients; an estimate unless `clients.isExact`.
  package var distinctClients: Int { min(clients.count, matches) }

  /// Whether it had anything to do with a request.
  package var isTouched: Bool { matches > 0 || possible > 0 || ended(.indeterminate) > 0 }

  /// The weakest fidelity by which it matched; nil for a rule of one's own.
  package var weakestFidelity: BranchFidelity? {
    BranchFidelity.allCases.last { matchesByFidelity[Int($0.rawValue)] > 0 }
  }

  mutating func addEnd(_ certainty: Certainty) { endedByCertainty[Int(certainty.rawValue)] += 1 }

  mutating func addCount() { counted += 1 }

  mutating func addPossible() { possible += 1 }

  mutating func addMatch(_ request: borrowing SummarizedRequest, fidelity: BranchFidelity?) {
    if let fidelity { matchesByFidelity[Int(fidelity.rawValue)] += 1 }
    if let client = request.keys.clientHash { clients.insert(client) }
    routes.update(request.keys.route.span, hash: request.keys.routeHash) { $0.add(request) }
    countries.update(request.keys.country.span, hash: request.keys.countryHash) {
      $0.requests += 1
    }
    times.add(request.timestamp)
    if examples.wants(request.position) { examples.insert(request.makeExample()) }
  }

  mutating func merge(_ other: RuleReport) {
    for index in endedByCertainty.indices {
      endedByCertainty[index] += other.endedByCertainty[index]
    }
    counted += other.counted
    possible += other.possible
    for index in matchesByFidelity.indices {
      matchesByFidelity[index] += other.matchesByFidelity[index]
    }
    clients.merge(other.clients)
    routes.merge(other.routes)
    countries.merge(other.countries)
    times.merge(other.times)
    examples.merge(other.examples)
  }
}

/// A rule as a report names it.
package struct ReportedRule: Hashable, Sendable {
  /// What it is.
  package enum Kind: UInt8, Hashable, Sendable {
    /// A rule of the web ACL itself.
    case plain
    /// A rule inside a rule group of one's own.
    case inRuleGroup
    /// A rule inside a managed rule group.
    case inManagedRuleGroup
    /// A rule group as a whole: its rules are not at hand, or it was turned into Count.
    case group
    /// The default action.
    case defaultAction
  }

  /// What it is.
  package var kind: Kind
  /// The name in the web ACL, then `/` and the name inside the group.
  package var path: String
  /// The name of the rule of the web ACL; `Default_Action` for the default action.
  package var topName: String
  /// The name inside the group; empty for rules of the web ACL.
  package var innerName: String
  /// `ruleGroupId` in logs: `AWS#AWSManagedRulesCommonRuleSet`, or an ARN; empty without a group.
  package var groupID: String
  /// What is done on a match, after overrides; nil for a group as a whole.
  package var action: Action?
  /// The rule's action before overrides; nil for a group as a whole.
  package var ownAction: Action?
  /// Whether the group's override action is Count.
  package var groupIsOverriddenToCount: Bool
}

/// The first and last time seen, in milliseconds since 1970-01-01 UTC.
package struct TimeSpan: Hashable, Sendable {
  package private(set) var first: Int64?
  package private(set) var last: Int64?

  package init() {}

  package mutating func add(_ time: Int64?) {
    guard let time else { return }
    first = first.map { min($0, time) } ?? time
    last = last.map { max($0, time) } ?? time
  }

  package mutating func merge(_ other: TimeSpan) {
    add(other.first)
    add(other.last)
  }
}

/// What is counted for a method and path template under one rule.
package struct RouteTally: Tally {
  /// The number of requests.
  package private(set) var requests = 0
  /// The first of them in input order.
  package private(set) var first: RequestExample?

  package init() {}

  mutating func add(_ request: borrowing SummarizedRequest) {
    requests += 1
    if let known = first?.position, known <= request.position { return }
    first = request.makeExample()
  }

  package mutating func merge(_ other: RouteTally) {
    requests += other.requests
    guard let theirs = other.first else { return }
    if first.map({ theirs.position < $0.position }) ?? true { first = theirs }
  }

  package var weight: Int { requests }
}
