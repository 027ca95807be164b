/// A rate-based rule: what it counts, by what, and up to which limit.
///
/// Source: "Using rate-based rule statements" of the developer guide (documented); the rate itself
/// is an estimate of the service that nobody documents (Q27).
package struct RateRule: Hashable, Sendable {
  /// A part of the aggregation key.
  package enum Key: Hashable, Sendable {
    /// The address of a source in `Program.addressSources`.
    case address(source: Int)
    /// The autonomous system of such an address.
    case asn(source: Int)
    /// The value of a component; a request without it takes no part.
    case value(SlotIndex)
    /// The labels under a namespace: the place in `Program.labelKeys`.
    case labels(Int)
  }

  /// Requests in the window above which a key is limited.
  package var limit: Int
  package var windowSeconds: Int
  /// No part: all requests count together.
  package var keys: [Key]
  /// The code of the scope-down statement, and the statement; nil where there is none.
  package var scopeDown: Int32?
  package var scopeDownFormula: Formula?
  /// The rule in `Program.rules`; of a label rule the first rule behind it.
  package var rule: Int
  /// Whether it belongs to a managed rule or a label rule: then the log does not list it.
  package var isManaged: Bool

  package init(
    limit: Int, windowSeconds: Int, keys: [Key], scopeDown: Int32?, scopeDownFormula: Formula?,
    rule: Int, isManaged: Bool = false
  ) {
    self.limit = limit
    self.windowSeconds = windowSeconds
    self.keys = keys
    self.scopeDown = scopeDown
    self.scopeDownFormula = scopeDownFormula
    self.rule = rule
    self.isManaged = isManaged
  }
}
