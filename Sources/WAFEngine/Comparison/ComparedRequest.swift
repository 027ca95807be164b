package import WAFProgram

/// What two web ACLs do with one request.
package struct ComparedRequest: Sendable {
  package let old: Verdict
  package let new: Verdict
  /// How the request fares otherwise; nil where it does not.
  package internal(set) var change: Change?
  /// Rules that count it in one web ACL only; almost always none.
  package internal(set) var counts: [CountChange] = []
}

/// A rule that counts requests: one inside a group, or one of the web ACL.
package enum CountedRule: Hashable, Sendable {
  case rule(RuleIndex)
  case top(Int)
}

/// A rule that counts a request under one of two web ACLs and not under the other.
package struct CountChange: Hashable, Sendable {
  /// In the new web ACL where it is newly counted, else in the old one.
  package var rule: CountedRule
  package var isNew: Bool
  /// The strictest level at which every world shows it; indeterminate where only some do.
  package var certainty: Certainty
}
