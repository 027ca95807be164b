/// What an action with a way through asks of the client: a token, or a payment.
///
/// A rule with such an action ends the evaluation only for clients that don't pass its gate.
package struct Gate: Hashable, Sendable {
  /// The action, `captcha`, `challenge` or `monetize`.
  package var action: Action
  /// How long a token is good for, in seconds; 0 for a payment.
  package var immunitySeconds: Int

  /// Whether the web ACL lists domains whose tokens it takes beside those of the request's own.
  package var takesOtherDomains: Bool

  package init(action: Action, immunitySeconds: Int, takesOtherDomains: Bool = false) {
    self.action = action
    self.immunitySeconds = immunitySeconds
    self.takesOtherDomains = takesOtherDomains
  }

  /// The service's default for both kinds of token (documented, "Token immunity times").
  package static let defaultImmunitySeconds = 300
}
