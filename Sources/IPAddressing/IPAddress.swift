/// An IPv4 or IPv6 address.
///
/// Addresses are ordered by family (IPv4 first), then by value.
public enum IPAddress: Hashable, Comparable, Sendable {
  /// An IPv4 address; the first octet is the most significant byte.
  case v4(UInt32)
  /// An IPv6 address; the first group is the most significant 16 bits.
  case v6(UInt128)

  /// Whether the address is an IPv4 address.
  ///
  /// An IPv4-mapped IPv6 address is not; see ``mappedIPv4``.
  public var isIPv4: Bool {
    switch self {
    case .v4: true
    case .v6: false
    }
  }

  /// The IPv4 address inside an IPv4-mapped IPv6 address (`::ffff:192.0.2.1`), otherwise nil.
  public var mappedIPv4: IPAddress? {
    guard case .v6(let bits) = self, bits >> 32 == 0xffff else { return nil }
    return .v4(UInt32(truncatingIfNeeded: bits))
  }
}
