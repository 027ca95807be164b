import IPAddressing
import TestSupport
import Testing

@Suite struct CIDRBlockTests {
  @Test(arguments: [
    ("192.0.2.0/24", "192.0.2.0/24", "192.0.2.255", false),
    ("192.0.2.44/32", "192.0.2.44/32", "192.0.2.44", false),
    ("192.0.2.44/24", "192.0.2.0/24", "192.0.2.255", true),
    ("10.0.0.0/8", "10.0.0.0/8", "10.255.255.255", false),
    ("0.0.0.0/0", "0.0.0.0/0", "255.255.255.255", false),
    ("1.0.0.0/0", "0.0.0.0/0", "255.255.255.255", true),
    ("2001:DB8::/32", "2001:db8::/32", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", false),
    ("2001:db8::1/127", "2001:db8::/127", "2001:db8::1", true),
    ("::1/128", "::1/128", "::1", false),
    ("::/0", "::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false),
  ])
  func reads(_ text: String, _ written: String, _ last: String, _ hadHostBits: Bool) throws {
    let block = try #require(CIDRBlock(text))
    #expect(block.description == written)
    #expect(block.lastAddress == IPAddress(last))
    #expect(block.hadHostBits == hadHostBits)
  }

  @Test(arguments: [
    "", "/", "192.0.2.0", "192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/+8",
    "192.0.2.0/08", "192.0.2.0/ 8", "192.0.2.0/8 ", "192.0.2/24", "::/129", "::/1000",
    "::/999999999999",
    "/24", "1.2.3.4/24/24", "10.0.0.0/x", "10.0.0.0/255.0.0.0",
  ])
  func rejects(_ text: String) {
    #expect(CIDRBlock(text) == nil)
  }
}

@Suite struct CIDRSetTests {
  private func set(_ blocks: String...) -> CIDRSet { CIDRSet(blocks.compactMap { CIDRBlock($0) }) }

  @Test(arguments: [
    ("9.255.255.255", false), ("10.0.0.0", true), ("10.9.9.9", true), ("10.255.255.255", true),
    ("11.0.0.0", false), ("192.0.2.43", false), ("192.0.2.44", true), ("192.0.2.45", false),
    ("::a00:0", false), ("2001:db8::", true), ("2001:db7:ffff::", false), ("2001:db9::", false),
    ("::ffff:10.0.0.1", false), ("0.0.0.0", false), ("255.255.255.255", true),
  ])
  func looksUp(_ address: String, _ expected: Bool) throws {
    let set = set(
      "192.0.2.44/32", "10.0.0.0/8", "255.255.255.255/32", "2001:db8::/32", "10.1.0.0/16")
    #expect(set.contains(try #require(IPAddress(address))) == expected)
  }

  @Test func mergesWhatOverlapsOrTouches() {
    #expect(set("10.0.0.0/9", "10.128.0.0/9", "10.3.0.0/16").rangeCount == 1)
    #expect(set("10.0.0.0/24", "10.0.2.0/24").rangeCount == 2)
    #expect(set("0.0.0.0/1", "0.0.0.0/8", "128.0.0.0/1") == set("0.0.0.0/0"))
    #expect(set("::/0", "::1/128").rangeCount == 1)
    #expect(set("0.0.0.0/0", "::/0").rangeCount == 2)
  }

  @Test func emptySetHoldsNothing() {
    #expect(set().isEmpty)
    #expect(!set().contains(.v4(0)))
    #expect(!set().contains(.v6(0)))
    #expect(!set("::/128").isEmpty)
  }

  @Test func agreesWithCheckingEachBlock() {
    var generator = SplitMix(state: 7)
    for _ in 0..<200 {
      // Few bits vary, so that blocks overlap, touch and nest.
      let blocks = (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in
        CIDRBlock(
          .v4(UInt32.random(in: 0...255, using: &generator)),
          prefixLength: Int.random(in: 26...32, using: &generator))
      }
      let set = CIDRSet(blocks)
      for bits in UInt32(0)...300 {
        let address = IPAddress.v4(bits)
        let expected = blocks.contains { $0.address <= address && address <= $0.lastAddress }
        #expect(set.contains(address) == expected, "\(blocks) \(address)")
      }
    }
  }
}
