// Text to address. Strict on purpose: what AWS WAF calls an invalid address takes the fallback of
// a forwarded-IP statement, so a lenient parser would change verdicts. IPv4 is a dotted quad of
// decimal numbers without leading zeros; IPv6 is the text form of RFC 4291, an embedded IPv4
// address included. No brackets, ports, zones, prefixes or white space.

extension IPAddress {
  /// The length of the longest address text: eight groups, the last two in dotted form.
  @usableFromInline static let longestText = 45

  /// The address that `text` spells, or nil where `text` is not an address and nothing else.
  ///
  /// Allocates nothing.
  public init?(_ text: Span<UInt8>) {
    guard let address = Self.parse(text) else { return nil }
    self = address
  }

  /// The address that the bytes spell, or nil where they are not an address and nothing else.
  ///
  /// Allocates nothing.
  @inlinable public init?(_ text: some Sequence<UInt8>) {
    var bytes = [45 of UInt8](repeating: 0)
    var count = 0
    for byte in text {
      guard count < Self.longestText else { return nil }
      bytes[count] = byte
      count += 1
    }
    self.init(bytes.span.extracting(first: count))
  }

  /// The address that `text` spells, or nil where `text` is not an address and nothing else.
  public init?(_ text: String) {
    self.init(text.utf8)
  }

  private static func parse(_ text: Span<UInt8>) -> IPAddress? {
    // The shortest texts are `::` and `0.0.0.0`.
    guard text.count >= 2, text.count <= longestText else { return nil }
    for index in 0..<min(text.count, 5) where text[index] == UInt8(ascii: ":") {
      return parseIPv6(text).map(IPAddress.v6)
    }
    return parseIPv4(text, from: 0).map(IPAddress.v4)
  }

  /// A dotted quad that fills `text` from `start` to its end.
  private static func parseIPv4(_ text: Span<UInt8>, from start: Int) -> UInt32? {
    var bits: UInt32 = 0
    var octets = 0
    var octet: UInt32 = 0
    var digits = 0
    for index in start..<text.count {
      let byte = text[index]
      if byte == UInt8(ascii: ".") {
        guard digits > 0, octets < 3 else { return nil }
        bits = bits << 8 | octet
        octets += 1
        octet = 0
        digits = 0
      } else {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        // A leading zero could be read as octal; nobody agrees, so it is no address.
        if digits > 0, octet == 0 { return nil }
        octet = octet * 10 + UInt32(byte - UInt8(ascii: "0"))
        digits += 1
        guard octet <= 255 else { return nil }
      }
    }
    guard octets == 3, digits > 0 else { return nil }
    return bits << 8 | octet
  }

  private static func parseIPv6(_ text: Span<UInt8>) -> UInt128? {
    let colon = UInt8(ascii: ":")
    var groups: UInt128 = 0
    var count = 0
    // How many groups stand before the `::`, and their bits moved to where they belong.
    var head: (count: Int, bits: UInt128)?
    var index = 0

    func skipDoubleColon() -> Bool {
      guard head == nil, count <= 7 else { return false }
      head = (count, groups << (16 * (8 - count)))
      groups = 0
      index += 2
      return true
    }

    if text[0] == colon {
      guard text[1] == colon, skipDoubleColon() else { return nil }
    }
    while index < text.count {
      let start = index
      var group: UInt128 = 0
      while index < text.count, index - start < 5, let digit = hexDigit(text[index]) {
        group = group << 4 | UInt128(digit)
        index += 1
      }
      if index < text.count, text[index] == UInt8(ascii: ".") {
        guard let embedded = parseIPv4(text, from: start) else { return nil }
        groups = groups << 32 | UInt128(embedded)
        count += 2
        break
      }
      guard index > start, index - start <= 4, count < 8 else { return nil }
      groups = groups << 16 | group
      count += 1
      if index == text.count { break }
      guard text[index] == colon, index + 1 < text.count else { return nil }
      if text[index + 1] == colon {
        guard skipDoubleColon() else { return nil }
      } else {
        index += 1
      }
    }
    guard let head else { return count == 8 ? groups : nil }
    return count <= 7 ? head.bits | groups : nil
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
