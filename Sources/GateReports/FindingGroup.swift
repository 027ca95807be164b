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
    for finding in findings {
      let index = groups.firstIndex { group in
        finding.kind.isChange && group.first.kind == finding.kind
          && group.first.rule == finding.rule && group.first.isFailing == finding.isFailing
          && group.first.acceptance == finding.acceptance
      }
      if let index {
        groups[index].others.append(finding)
      } else {
        groups.append(FindingGroup(first: finding))
      }
    }
    return groups
  }
}
