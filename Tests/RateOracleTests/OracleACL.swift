/// A web ACL with rate-based rules, small enough to be evaluated by hand.
struct OracleACL {
  indirect enum Condition: Hashable {
    case pathIs(String)
    case headerIs(String)
    case label(String)
    /// Nothing recorded settles it; each request has its own answer.
    case mystery(Int)
    /// A managed rule that nobody can model: no match, as a named assumption.
    case unmodelled(Int)
    case not(Condition)
    case and([Condition])
    case or([Condition])
  }

  enum Key: Hashable {
    case client
    /// Whether the fallback of an address that is none is MATCH.
    case forwarded(fallbackMatches: Bool)
    /// The header, in lower case.
    case header
    case argument
    case method
    /// The labels `t:…`.
    case labels
  }

  struct Rate: Hashable {
    var limit: Int
    var windowSeconds: Int
    var keys: [Key]
    var scopeDown: Condition?
  }

  enum Statement: Hashable {
    case condition(Condition)
    case rate(Rate)
  }

  enum Action: String, Hashable, CaseIterable {
    case allow = "ALLOW"
    case block = "BLOCK"
    case count = "COUNT"
  }

  struct Rule: Hashable {
    var statement: Statement
    var action: Action
    /// The label `t:NAME` that a match adds.
    var label: String?
  }

  enum Top: Hashable {
    case rule(Rule)
    case group([Rule], countsOnly: Bool, scopeDown: Condition?)
  }

  var tops: [Top]

  /// The rate-based rules in evaluation order.
  var rates: [Rate] {
    tops.flatMap { top -> [Rule] in
      switch top {
      case .rule(let rule): [rule]
      case .group(let rules, _, _): rules
      }
    }.compactMap { rule in
      if case .rate(let rate) = rule.statement { rate } else { nil }
    }
  }

  static let labelNames = ["one", "two", "three"]
}
