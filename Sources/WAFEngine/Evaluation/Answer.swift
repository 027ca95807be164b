package import WAFProgram

/// A three-valued truth (Kleene).
package enum Ternary: UInt8, Hashable, Sendable {
  case no
  case match
  case unknown

  package init(_ holds: Bool) { self = holds ? .match : .no }

  package var isKnown: Bool { self != .unknown }
}

/// What a leaf says of a record.
package struct Answer: Hashable, Sendable {
  package var value: Ternary
  /// What a known value rests on.
  package var level: EvidenceLevel
  /// Why the level is not exact, or why the value is unknown.
  package var reason: Reason

  package enum Reason: UInt8, Hashable, Sendable {
    case evidence
    /// The other reading of an open question gives another answer.
    case openQuestion
    /// A branch of a managed rule that is an approximation.
    case approximation
    /// No branch of a managed rule matched, and its misses are not to be trusted fully.
    case untrustedMiss
    /// The value was re-encoded before it was recorded.
    case lossy
    /// A managed rule that nobody can model offline.
    case unmodelled
    /// The named assumption `bodyless-h2`.
    case bodylessHTTP2
    /// The named assumption on the resource type.
    case resourceType
    /// A detector whose logic nobody publishes finds what the user assumes.
    case undetected
    /// Our own detector of attacks, in place of the one that AWS does not publish.
    case detector
    /// A value of which the detectors of attacks can't make anything.
    case harmlessValue
    /// The named assumptions on a token that is carried and of which the log has no word.
    case acceptedToken
    case unsolvedCaptcha
    /// A rate-based rule is assumed not to limit.
    case idleRate
    /// A rate computed from recorded timestamps.
    case rateEstimate
    /// The recording begins too late to know all of a rate's window.
    case emptyRateHistory
    /// Looked up in a database that is not the service's own.
    case geoDatabase
    /// Found by the service itself and logged.
    case serviceFinding
    case notRecorded
    case redacted
    /// A matcher reached its limit.
    case gaveUp
    /// Nothing recorded can settle it.
    case unknowable
    /// A label that may or may not be there.
    case maybeLabel
  }

  package init(
    _ value: Ternary, _ level: EvidenceLevel = .exact, _ reason: Reason = .evidence
  ) {
    self.value = value
    self.level = level
    self.reason = reason
  }

  package static func unknown(_ reason: Reason) -> Answer {
    Answer(.unknown, .exact, reason)
  }

  /// The same answer, resting on something weaker; stays as it is if it already does.
  package func weakened(to level: EvidenceLevel, _ reason: Reason) -> Answer {
    guard value.isKnown, level > self.level else { return self }
    return Answer(value, level, reason)
  }
}
