/// What a finding says.
///
/// The raw values are the words in reports, budgets and suppressions. A new kind comes last: code
/// scanning knows an alert by the number of its kind.
package enum FindingKind: String, Hashable, Sendable, CaseIterable {
  // How the new web ACL treats requests otherwise than the old one.
  /// Blocked now, by the new web ACL.
  case newlyBlocked = "newly-blocked"
  /// Allowed now.
  case newlyAllowed = "newly-allowed"
  /// Answered with a CAPTCHA, a challenge or a bill now.
  case newlyChallenged = "newly-challenged"
  /// Counted by a rule that did not count it.
  case newlyCounted = "newly-counted"
  /// Not counted any more by a rule that did.
  case noLongerCounted = "no-longer-counted"
  /// The same action, by another rule.
  case ruleChanged = "rule-changed"
  /// What was decided is not decided any more: evidence is missing that the new web ACL asks for.
  case newlyIndeterminate = "newly-indeterminate"

  // What was said to happen and does not.
  /// A test, or a record's own expectation, is not met.
  case expectationFailed = "expectation-failed"
  /// A budget is exceeded.
  case budgetExceeded = "budget-exceeded"
  /// The old web ACL's verdict is not what the recording says the service did.
  case engineMismatch = "engine-mismatch"

  // A check that can't be believed.
  /// A record could not be read.
  case unreadableRecord = "unreadable-record"
  /// A recording, or a part of it, could not be read.
  case unreadableTraffic = "unreadable-traffic"
  /// Not one request could be read.
  case noReadableRequest = "no-readable-request"
  /// No rule matched any request.
  case noRuleReached = "no-rule-reached"
  /// Fewer requests than `minimum` asks for.
  case tooFewRequests = "too-few-requests"
  /// The recording was made under another web ACL.
  case otherWebACL = "other-web-acl"
  /// More indeterminate requests than allowed.
  case tooManyIndeterminate = "too-many-indeterminate"
  /// Less is covered by tests than asked for.
  case lowCoverage = "low-coverage"
  /// A suppression's date is over.
  case suppressionExpired = "suppression-expired"
  /// A suppression that suppresses nothing.
  case suppressionUnused = "suppression-unused"

  /// Whether it tells of a difference between two web ACLs.
  package var isChange: Bool {
    switch self {
    case .newlyBlocked, .newlyAllowed, .newlyChallenged, .newlyCounted, .noLongerCounted,
      .ruleChanged, .newlyIndeterminate:
      true
    case .expectationFailed, .budgetExceeded, .engineMismatch, .unreadableRecord,
      .unreadableTraffic, .noReadableRequest, .noRuleReached, .tooFewRequests, .otherWebACL,
      .tooManyIndeterminate, .lowCoverage, .suppressionExpired, .suppressionUnused:
      false
    }
  }
}

/// How much a finding matters, the gravest first.
package enum FindingSeverity: String, Hashable, Sendable, CaseIterable, Comparable {
  case error
  case warning
  case note

  package static func < (left: FindingSeverity, right: FindingSeverity) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .note: 2
    }
  }
}
