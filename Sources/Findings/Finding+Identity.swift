import Bytes

extension Finding {
  /// A stable name of what is found: the same tomorrow, with other counts, on another line.
  ///
  /// 32 hexadecimal digits of the SHA-256 of the parts joined by NUL. Baselines and code review
  /// tools know a finding again by it.
  package var id: String {
    let parts = [webACL, topRule, innerRule, kind.rawValue, route, distinction]
    var digest = SHA256()
    digest.update(parts.joined(separator: "\0").utf8)
    return String(digest.hexDigest().prefix(32))
  }

  /// What tells findings apart that concern no route: a budget, a test, a recording.
  private var distinction: String {
    switch kind {
    case .expectationFailed, .budgetExceeded, .unreadableTraffic, .suppressionExpired,
      .suppressionUnused, .lowCoverage:
      subject
    default: ""
    }
  }

  /// Findings in the order of reports: the gravest first, then the most requests.
  package static func inOrder(_ left: Finding, _ right: Finding) -> Bool {
    if left.severity != right.severity { return left.severity < right.severity }
    let counts = (left.radius?.requests.upperBound ?? 0, right.radius?.requests.upperBound ?? 0)
    if counts.0 != counts.1 { return counts.0 > counts.1 }
    return left.id < right.id
  }
}
