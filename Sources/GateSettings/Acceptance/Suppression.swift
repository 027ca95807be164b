package import Findings

/// Findings that somebody accepts for a time: they are told but fail nothing.
///
/// It covers what fits all of its parts. It holds to the end of its day, UTC.
package struct Suppression: Hashable, Sendable {
  /// Empty for any that can be accepted.
  package var kinds: Set<FindingKind>
  /// The rule's path: `common/*`.
  package var rule: PathPattern?
  /// Path template, with or without a method.
  package var route: RoutePattern?
  /// The web ACL's name.
  package var webACL: PathPattern?
  /// A finding's id.
  package var id: String?
  package var reason: String
  package var owner: String
  package var expires: CalendarDay
  package var location: Finding.Location?

  package init(
    kinds: Set<FindingKind> = [], rule: PathPattern? = nil, route: RoutePattern? = nil,
    webACL: PathPattern? = nil, id: String? = nil, reason: String, owner: String,
    expires: CalendarDay, location: Finding.Location? = nil
  ) {
    self.kinds = kinds
    self.rule = rule
    self.route = route
    self.webACL = webACL
    self.id = id
    self.reason = reason
    self.owner = owner
    self.expires = expires
    self.location = location
  }

  package func covers(_ finding: Finding) -> Bool {
    guard finding.kind.canBeSuppressed else { return false }
    if !kinds.isEmpty, !kinds.contains(finding.kind) { return false }
    if let rule, finding.rule.isEmpty || !rule.matches(finding.rule) { return false }
    if let route, !route.matches(route: finding.route) { return false }
    if let webACL, !webACL.matches(finding.webACL) { return false }
    return id.map { $0 == finding.id } ?? true
  }

  /// Whether its day is over.
  package func isExpired(on today: CalendarDay) -> Bool { today > expires }

  /// What it covers, in words: `newly-blocked by common/* on POST /checkout`.
  package var text: String {
    var text =
      kinds.isEmpty ? "findings" : kinds.map(\.rawValue).sorted().joined(separator: ", ")
    if let id { text += " with the id \(id)" }
    if let rule { text += " by \(rule)" }
    if let route { text += " on \(route)" }
    if let webACL { text += " of the web ACL \(webACL)" }
    return text
  }
}

extension FindingKind {
  /// Whether a suppression can cover it: not what says that nothing was checked, nor what says that
  /// suppressions are wrong.
  package var canBeSuppressed: Bool {
    switch self {
    case .noReadableRequest, .suppressionExpired, .suppressionUnused: false
    default: true
    }
  }

  /// Whether a baseline keeps it: what the traffic shows of the web ACL.
  ///
  /// A limit is no such thing; who wants another one changes the limit.
  package var canBeInBaseline: Bool {
    isChange || self == .expectationFailed || self == .engineMismatch
  }
}
