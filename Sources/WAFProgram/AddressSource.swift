/// Where a statement takes the address from: the peer, or a header that a proxy writes.
///
/// Source: "Using forwarded IP addresses" of the developer guide (documented).
package enum AddressSource: Hashable, Sendable {
  case client
  case forwarded(ForwardedHeader)
}

/// A forwarded address configuration.
package struct ForwardedHeader: Hashable, Sendable {
  package enum Position: UInt8, Hashable, Sendable {
    case first
    case last
    /// Any of the last ten.
    case any
  }

  /// The header's name, lower case.
  package var name: [UInt8]
  package var position: Position
  /// What an invalid address means.
  package var fallback: FieldFallback
  /// Whether the statement stands under an odd number of NOTs: there the readings of an absent
  /// header part.
  package var isNegated: Bool

  package init(name: [UInt8], position: Position, fallback: FieldFallback, isNegated: Bool) {
    self.name = name
    self.position = position
    self.fallback = fallback
    self.isNegated = isNegated
  }
}

/// The sources of geo labels that an inspection adds: bit 0 the peer, others a forwarded header.
package struct GeoSources: OptionSet, Hashable, Sendable {
  package let rawValue: UInt64

  @inlinable package init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  @inlinable package init(source: Int) {
    rawValue = 1 << UInt64(truncatingIfNeeded: source)
  }

  @inlinable package static var client: Self { Self(rawValue: 1) }
  /// How many sources a program can tell apart.
  package static let limit = 64
}
