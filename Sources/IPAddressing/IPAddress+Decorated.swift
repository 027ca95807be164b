// Proxies write more than an address into the headers they add: a port, brackets, a zone. Whether
// AWS WAF reads such text as an address is not documented (Q9); this parser is the reading that
// does.

extension IPAddress {
  /// The address inside `text`, which may also have a port (`192.0.2.1:443`, `[2001:db8::1]:443`),
  /// brackets around an IPv6 address and a zone behind it (`fe80::1%eth0`); nil for anything else.
  ///
  /// Plain addresses are read as ``init(_:)-(Span<UInt8>)`` reads them. Allocates nothing.
  package init?(decorated text: Span<UInt8>) {
    guard let address = Self.parseDecorated(text) else { return nil }
    self = address
  }

  private static func parseDecorated(_ text: Span<UInt8>) -> IPAddress? {
    guard let first = text.indices.first else { return nil }
    if text[first] == UInt8(ascii: "[") {
      guard let close = index(of: UInt8(ascii: "]"), in: text),
        close + 1 == text.count || isPort(text, from: close + 1)
      else { return nil }
      return parseIPv6WithZone(text.extracting(1..<close))
    }
    guard let colon = index(of: UInt8(ascii: ":"), in: text) else { return IPAddress(text) }
    if case .v4(let bits)? = IPAddress(text.extracting(0..<colon)) {
      return isPort(text, from: colon) ? .v4(bits) : nil
    }
    return parseIPv6WithZone(text)
  }

  private static func parseIPv6WithZone(_ text: Span<UInt8>) -> IPAddress? {
    var end = text.count
    if let percent = index(of: UInt8(ascii: "%"), in: text) {
      guard percent + 1 < text.count else { return nil }
      end = percent
    }
    guard case .v6(let bits)? = IPAddress(text.extracting(0..<end)) else { return nil }
    return .v6(bits)
  }

  /// Whether a colon and a port number, and nothing else, stand at `start`.
  private static func isPort(_ text: Span<UInt8>, from start: Int) -> Bool {
    let digits = start + 1..<text.count
    guard text[start] == UInt8(ascii: ":"), (1...5).contains(digits.count) else { return false }
    var port = 0
    for index in digits {
      guard text[index] >= UInt8(ascii: "0"), text[index] <= UInt8(ascii: "9") else { return false }
      port = port * 10 + Int(text[index] - UInt8(ascii: "0"))
    }
    return port <= 65535
  }

  private static func index(of byte: UInt8, in text: Span<UInt8>) -> Int? {
    for index in text.indices where text[index] == byte { return index }
    return nil
  }
}
