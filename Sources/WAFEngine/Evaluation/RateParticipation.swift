/// The part that a request has in a rate-based rule: whether it counts, and under which key.
package struct RateParticipation: Hashable, Sendable {
  /// The part as seen at one level.
  package struct Part: Hashable, Sendable {
    package enum Presence: UInt8, Hashable, Sendable {
      /// The rule neither counts the request nor acts on it.
      case none
      /// In some worlds.
      case maybe
      case certain
    }

    package var presence = Presence.none
    /// Nil where the key is not known: the request could count under any.
    package var key: RateKey?

    package init(presence: Presence = .none, key: RateKey? = nil) {
      self.presence = presence
      self.key = key
    }
  }

  /// With approximations, but without assumptions.
  package var approximate = Part()
  /// With the named assumptions too.
  package var assumed = Part()

  package init() {}

  /// Whether the request has no part in any world.
  package var isNone: Bool { approximate.presence == .none && assumed.presence == .none }
}
