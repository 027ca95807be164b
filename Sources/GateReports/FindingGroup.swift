import Findings

/// Changes of one kind by one rule, on different routes.
struct FindingGroup {
  var first: Finding
  var others: [Finding] = []

  /// The requests of `others`, those included for which it is only possible.
  var otherRequests: Int { others.reduce(0) { $0 + ($1.radius?.requests.upperBound ?? 0) } }

  /// Groups in the order of their first findings; what is no change stands alone.
  static func groups(of findings: [Finding]) -> [FindingGroup] {
    var groups: [FindingGroup] = []
    var places: [Key: Int] = [:]
    for finding in findings {
      guard finding.kind.isChange else {
        groups.append(FindingGroup(first: finding))
        continue
      }
      let key = Key(finding)
      if let place = places[key] {
        groups[place].others.append(finding)
      } else {
        places[key] = groups.count
        groups.append(FindingGroup(first: finding))
      }
    }
    return groups
  }

  /// What changes of one group have in common.
  private struct Key: Hashable {
    var kind: FindingKind
    var webACL: String
    var rule: String
    var isFailing: Bool
    var acceptance: Finding.Acceptance?

    init(_ finding: Finding) {
      kind = finding.kind
      webACL = finding.webACL
      rule = finding.rule
      isFailing = finding.isFailing
      acceptance = finding.acceptance
    }
  }
}

extension [Finding] {
  /// What fails before what does not, each in the order of `Finding.inOrder`.
  ///
  /// The ids are digests and are made once, not in each comparison.
  var failingFirst: [Finding] {
    let keyed = map { finding in
      (
        finding: finding, fails: finding.isFailing, severity: finding.severity,
        requests: finding.radius?.requests.upperBound ?? 0, id: finding.id
      )
    }
    return keyed.sorted { left, right in
      if left.fails != right.fails { return left.fails }
      if left.severity != right.severity { return left.severity < right.severity }
      if left.requests != right.requests { return left.requests > right.requests }
      return left.id < right.id
    }.map(\.finding)
  }
}
