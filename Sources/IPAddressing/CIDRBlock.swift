/// A block of addresses in CIDR notation, such as `192.0.2.0/24`.
package struct CIDRBlock: Hashable, Sendable, CustomStringConvertible {
  /// The first address of the block: the address as written with its host bits cleared.
  package let address: IPAddress
  /// The number of leading bits the addresses of the block share.
  package let prefixLength: Int
  /// Whether the address as written had bits set behind the prefix, as in `192.0.2.7/24`.
  package let hadHostBits: Bool

  /// The block `address`/`prefixLength`, or nil where the prefix is longer than the address.
  package init?(_ address: IPAddress, prefixLength: Int) {
    guard prefixLength >= 0 else { return nil }
    switch address {
    case .v4(let bits):
      guard prefixLength <= 32 else { return nil }
      self.address = .v4(bits & ~Self.hostMask4(prefixLength))
    case .v6(let bits):
      guard prefixLength <= 128 else { return nil }
      self.address = .v6(bits & ~Self.hostMask6(prefixLength))
    }
    self.prefixLength = prefixLength
    hadHostBits = self.address != address
  }

  /// The block that `text` spells (`address/prefix`), or nil where it is not one.
  ///
  /// The prefix may be 0, although no IP set of AWS WAF may hold such a block: that is for the
  /// check of the document to say.
  package init?(_ text: String) {
    guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")),
      let address = IPAddress(text.utf8[..<slash]),
      let prefixLength = Self.prefixLength(text.utf8[text.utf8.index(after: slash)...])
    else { return nil }
    self.init(address, prefixLength: prefixLength)
  }

  /// The last address of the block.
  package var lastAddress: IPAddress {
    switch address {
    case .v4(let bits): .v4(bits | Self.hostMask4(prefixLength))
    case .v6(let bits): .v6(bits | Self.hostMask6(prefixLength))
    }
  }

  package var description: String { "\(address)/\(prefixLength)" }

  private static func prefixLength(_ digits: Substring.UTF8View) -> Int? {
    guard (1...3).contains(digits.count) else { return nil }
    if digits.count > 1, digits.first == UInt8(ascii: "0") { return nil }
    var value = 0
    for digit in digits {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
  }

  // Shifting by the whole width gives zero: Swift's `>>` does not wrap its count.
  private static func hostMask4(_ prefixLength: Int) -> UInt32 { UInt32.max >> prefixLength }
  private static func hostMask6(_ prefixLength: Int) -> UInt128 { UInt128.max >> prefixLength }
}
