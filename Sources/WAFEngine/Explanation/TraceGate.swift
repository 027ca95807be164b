public import WAFProgram

/// What an action with a way through asks of the client, and what is known of it.
///
/// A rule with such an action, CAPTCHA, Challenge or Monetize, ends the evaluation only for clients
/// that its gate stops.
public struct TraceGate: Hashable, Sendable {
  /// What becomes of the client.
  public enum Outcome: String, Hashable, Sendable {
    /// The client does not get through: the action ends the evaluation.
    case stopped
    /// The client gets through: the rule counts, and the evaluation goes on.
    case passes
    /// The recording cannot tell.
    case unknown
  }

  /// What is asked for, as needs name it: `token` or `payment`.
  public var evidence: String
  /// What becomes of the client.
  public var outcome: Outcome
  /// What a known outcome rests on.
  public var level: EvidenceLevel
  /// What is known of the token or the payment, in words.
  public var finding: String
  /// How long a token is good for, in seconds; nil for a payment.
  public var immunitySeconds: Int?
  /// The age of the token when the request was sent, in seconds; nil where it is not known.
  public var tokenAgeSeconds: Int?
}
