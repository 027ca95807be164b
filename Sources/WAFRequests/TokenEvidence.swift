/// What a log tells of a client's token for one kind of action.
///
/// Of conflicting evidence the response field counts, then the labels.
public struct TokenEvidence: Hashable, Sendable {
  /// What the service found.
  public enum Finding: UInt8, Hashable, Sendable {
    /// The log has no word about it.
    case notRecorded
    /// The token was accepted.
    case valid
    /// There was no token.
    case missing
    /// The token was too old.
    case expired
    /// The token was not one of the service's, or the puzzle was not solved.
    case invalid
    /// The token was another domain's.
    case domainMismatch
  }

  /// What the service found.
  public var finding: Finding
  /// When the client solved the puzzle or the challenge, in seconds since 1970-01-01 UTC; nil when
  /// not recorded.
  public var solveTimestamp: Int64?

  /// Evidence; by default none.
  public init(finding: Finding = .notRecorded, solveTimestamp: Int64? = nil) {
    self.finding = finding
    self.solveTimestamp = solveTimestamp
  }

  /// `failureReason` as the log spells it; nil for a valid token and where nothing is recorded.
  public var failureReason: String? {
    switch finding {
    case .notRecorded, .valid: nil
    case .missing: "TOKEN_MISSING"
    case .expired: "TOKEN_EXPIRED"
    case .invalid: "TOKEN_INVALID"
    case .domainMismatch: "TOKEN_DOMAIN_MISMATCH"
    }
  }
}
