import IPAddressing
import TestSupport
import Testing

struct AddressText: CustomTestStringConvertible {
  var text: String
  var address: IPAddress
  var canonical: String
  var testDescription: String { text }

  init(_ text: String, _ address: IPAddress, canonical: String? = nil) {
    self.text = text
    self.address = address
    self.canonical = canonical ?? text
  }

  static let valid: [AddressText] = [
    .init("0.0.0.0", .v4(0)),
    .init("192.0.2.1", .v4(0xc000_0201)),
    .init("255.255.255.255", .v4(.max)),
    .init("10.0.100.9", .v4(0x0a00_6409)),
    .init("::", .v6(0)),
    .init("::1", .v6(1)),
    .init("1::", .v6(1 << 112)),
    .init("2001:db8::1", .v6(0x2001_0db8 << 96 | 1)),
    .init("2001:DB8:0:0:0:0:0:1", .v6(0x2001_0db8 << 96 | 1), canonical: "2001:db8::1"),
    .init(
      "2001:0db8:0000:0000:0000:0000:0000:0001", .v6(0x2001_0db8 << 96 | 1),
      canonical: "2001:db8::1"),
    .init("2001:db8:0:1:1:1:1:1", .v6(0x2001_0db8_0000_0001_0001_0001_0001_0001)),
    .init(
      "2001:db8::1:1:1:1:1", .v6(0x2001_0db8_0000_0001_0001_0001_0001_0001),
      canonical: "2001:db8:0:1:1:1:1:1"),
    .init(
      "2001:0:0:1:0:0:0:1", .v6(0x2001_0000_0000_0001_0000_0000_0000_0001),
      canonical: "2001:0:0:1::1"),
    .init(
      "2001:db8:0:0:1:0:0:1", .v6(0x2001_0db8_0000_0000_0001_0000_0000_0001),
      canonical: "2001:db8::1:0:0:1"),
    .init("::ffff:192.0.2.1", .v6(0xffff_c000_0201)),
    .init("::ffff:c000:201", .v6(0xffff_c000_0201), canonical: "::ffff:192.0.2.1"),
    .init("::192.0.2.1", .v6(0xc000_0201), canonical: "::c000:201"),
    .init(
      "64:ff9b::192.0.2.33", .v6(0x0064_ff9b << 96 | 0xc000_0221),
      canonical: "64:ff9b::c000:221"),
    .init("1:2:3:4:5:6:7:8", .v6(0x0001_0002_0003_0004_0005_0006_0007_0008)),
    .init(
      "1:2:3:4:5:6:1.2.3.4", .v6(0x0001_0002_0003_0004_0005_0006_0102_0304),
      canonical: "1:2:3:4:5:6:102:304"),
    .init(
      "1:2:3:4:5:6:7::", .v6(0x0001_0002_0003_0004_0005_0006_0007_0000),
      canonical: "1:2:3:4:5:6:7:0"),
    .init(
      "::2:3:4:5:6:7:8", .v6(0x0000_0002_0003_0004_0005_0006_0007_0008),
      canonical: "0:2:3:4:5:6:7:8"),
    .init(
      "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255", .v6(.max),
      canonical: "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
  ]
}

@Suite struct IPAddressTests {
  @Test(arguments: AddressText.valid)
  func readsAndWrites(_ text: AddressText) {
    #expect(IPAddress(text.text) == text.address)
    #expect(IPAddress(Array(text.text.utf8).span) == text.address)
    #expect(text.address.description == text.canonical)
    #expect(IPAddress(text.canonical) == text.address)
  }

  @Test(arguments: [
    "", " ", "1", "1.2.3", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.999",
    "01.2.3.4", "1.2.3.00", "1.2.3.4 ", " 1.2.3.4", "1.2.3.4/32", "1.2.3.4:80", "+1.2.3.4",
    "0x1.2.3.4", "a.b.c.d", "unknown", "-", ":", ":::", "::1::", "1::2::3", "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1:2:3:4::5:6:7:8", ":1::",
    "1:", "1:2:3:4:5:6:7:", "12345::", "::12345", "::g", "fe80::1%eth0", "[::1]", "[::1]:443",
    "::1.2.3", "::1.2.3.4:5", "1.2.3.4::", "::256.1.1.1", "1:2:3:4:5:6:7:1.2.3.4",
    "1:2:3:4:5:1.2.3.4", "::1:2:3:4:5:6:1.2.3.4", "::01.2.3.4", "::1/128", "::\u{0661}",
    "0000:0000:0000:0000:0000:0000:255.255.255.2555",
  ])
  func rejects(_ text: String) {
    #expect(IPAddress(text) == nil)
    #expect(IPAddress(Array(text.utf8).span) == nil)
  }

  @Test func knowsMappedAddresses() {
    #expect(IPAddress.v6(0xffff_c000_0201).mappedIPv4 == .v4(0xc000_0201))
    #expect(IPAddress.v6(0xc000_0201).mappedIPv4 == nil)
    #expect(IPAddress.v6(1 << 64 | 0xffff_c000_0201).mappedIPv4 == nil)
    #expect(IPAddress.v4(0xc000_0201).mappedIPv4 == nil)
    #expect(IPAddress.v4(0).isIPv4)
    #expect(!IPAddress.v6(0xffff_c000_0201).isIPv4)
  }

  @Test func ordersByFamilyThenValue() {
    #expect(IPAddress.v4(1) < .v4(2))
    #expect(IPAddress.v4(.max) < .v6(0))
    #expect(IPAddress.v6(1) < .v6(1 << 127))
  }

  @Test func survivesRandomText() {
    var generator = SplitMix(state: 1)
    let alphabet = Array("0123456789abcdefABCF:::::....%[]/ \u{ff}".utf8)
    for _ in 0..<50_000 {
      let count = Int.random(in: 0...48, using: &generator)
      let bytes = (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
      if let address = IPAddress(bytes) {
        #expect(IPAddress(address.description) == address)
      }
    }
  }

  @Test func writesWhatItReads() {
    var generator = SplitMix(state: 42)
    for _ in 0..<5_000 {
      // Groups of zero are made likely, as they are what the canonical form is about.
      var bits: UInt128 = 0
      for _ in 0..<8 {
        bits = bits << 16
        if Bool.random(using: &generator) {
          bits |= UInt128.random(in: 0...0xffff, using: &generator)
        }
      }
      #expect(IPAddress(IPAddress.v6(bits).description) == .v6(bits))
      let quad = UInt32.random(in: 0...(.max), using: &generator)
      #expect(IPAddress(IPAddress.v4(quad).description) == .v4(quad))
    }
  }
}
