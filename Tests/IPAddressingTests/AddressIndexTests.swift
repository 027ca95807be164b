import IPAddressing
import TestSupport
import Testing

/// One lookup in the index says what each set says by itself.
@Suite struct AddressIndexTests {
  /// Lists of blocks, one a set.
  struct Sets: CustomTestStringConvertible {
    var name: String
    var sets: [[String]]
    var testDescription: String { name }

    init(_ name: String, _ sets: [String]...) {
      self.name = name
      self.sets = sets
    }
  }

  static let cases = [
    Sets("no sets"),
    Sets("an empty set", []),
    Sets("one address", ["192.0.2.44/32"]),
    Sets("the first and the last address", ["0.0.0.0/32"], ["255.255.255.255/32"]),
    Sets("the first and the last IPv6 address", ["::/128"], ["ffff::ffff/128"], ["::/128"]),
    Sets("the very last IPv6 address", ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"]),
    Sets("everything", ["0.0.0.0/0", "::/0"], [], ["0.0.0.0/0"], ["::/0"]),
    Sets("nested", ["10.0.0.0/8"], ["10.1.0.0/16"], ["10.1.2.0/24"], ["10.1.2.3/32"]),
    Sets("adjacent", ["10.0.0.0/9"], ["10.128.0.0/9"], ["9.0.0.0/8", "11.0.0.0/8"]),
    Sets("halves", ["0.0.0.0/1", "8000::/1"], ["128.0.0.0/1", "::/1"]),
    Sets("mapped", ["::ffff:10.0.0.0/104"], ["10.0.0.0/8"], ["::ffff:0:0/96"]),
    Sets("within a /64", ["2001:db8::1/128", "2001:db8::8/125"], ["2001:db8::/64"]),
    Sets("around a /64", ["2001:db8::/63"], ["2001:db8:0:1::/64"], ["2001:db8::ffff/128"]),
    Sets("a /65 and its other half", ["2001:db8::/65"], ["2001:db8::8000:0:0:0/65"]),
    Sets("one family each", ["10.0.0.0/8"], ["2001:db8::/32"]),
    Sets("equal sets", ["10.0.0.0/8"], ["10.0.0.0/8"], ["10.0.0.0/9", "10.128.0.0/9"]),
  ]

  @Test(arguments: cases)
  func agreesWithTheSets(_ value: Sets) throws {
    let blocks = try value.sets.map { try $0.map { try #require(CIDRBlock($0)) } }
    var generator = SplitMix(state: 11)
    expectAgreement(blocks, &generator)
  }

  @Test func agreesOnBlocksOfAllLengths() {
    for seed in UInt64(0)..<60 {
      var generator = SplitMix(state: seed)
      let setCount = Int.random(in: 1...12, using: &generator)
      let size = [0, 1, 5, 40, 300].randomElement(using: &generator) ?? 1
      let sets = (0..<setCount).map { _ in
        (0..<size).compactMap { _ in randomBlock(&generator) }
      }
      expectAgreement(sets, &generator, "seed \(seed)")
    }
  }

  @Test func agreesOnCrowdedBlocks() {
    // Few bits vary, so that blocks overlap, touch and nest, and tables stand within tables.
    for seed in UInt64(100)..<160 {
      var generator = SplitMix(state: seed)
      let depth = Int.random(in: 2...14, using: &generator)
      let sets = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
        (0..<Int.random(in: 0...120, using: &generator)).compactMap { _ in
          crowdedBlock(depth: depth, &generator)
        }
      }
      expectAgreement(sets, &generator, "seed \(seed)")
    }
  }

  @Test func agreesOnKeysThatDoubleEachTime() {
    // The worst shape for tables that divide evenly: each level can split off little.
    let v4 = (0..<32).compactMap { CIDRBlock(.v4(1 << UInt32($0)), prefixLength: 32) }
    let v6 = (0..<128).compactMap { CIDRBlock(.v6(1 << UInt128($0)), prefixLength: 128) }
    var generator = SplitMix(state: 5)
    expectAgreement([v4, v6, v4 + v6], &generator)
  }

  @Test func agreesOnMoreSetsThanAWordHasBits() {
    var generator = SplitMix(state: 3)
    let sets = (0..<150).map { _ in (0..<3).compactMap { _ in crowdedBlock(depth: 5, &generator) } }
    expectAgreement(sets, &generator)
  }

  @Test func sizesFollowTheSets() {
    #expect(AddressIndex().byteCount < 100)
    let few = CIDRSet(["10.0.0.0/8", "192.0.2.0/24"].compactMap { CIDRBlock($0) })
    #expect(AddressIndex([few]).byteCount < 200)
    #expect(AddressIndex([few, few]).classCount == 2)

    var generator = SplitMix(state: 1)
    let many = (0..<10).map { _ in
      CIDRSet(
        (0..<10_000).compactMap { _ in
          CIDRBlock(
            .v4(.random(in: 0...(.max), using: &generator)),
            prefixLength: .random(in: 16...32, using: &generator))
        })
    }
    #expect(AddressIndex(many).byteCount < 4 << 20)
  }

  // MARK: Blocks and addresses

  private func expectAgreement(
    _ blocks: [[CIDRBlock]], _ generator: inout SplitMix, _ comment: Comment? = nil
  ) {
    let sets = blocks.map { CIDRSet($0) }
    let index = AddressIndex(sets)
    var addresses: Set<IPAddress> = [
      .v4(0), .v4(1), .v4(.max), .v4(.max - 1), .v6(0), .v6(1), .v6(.max), .v6(.max - 1),
      .v6(0xffff_0000_0000), .v6(0xffff_ffff_ffff),
    ]
    for block in blocks.joined() {
      addresses.formUnion(neighbours(of: block.address))
      addresses.formUnion(neighbours(of: block.lastAddress))
    }
    for _ in 0..<200 {
      addresses.insert(.v4(.random(in: 0...(.max), using: &generator)))
      addresses.insert(.v6(.random(in: 0...(.max), using: &generator)))
    }
    for address in addresses {
      let members = index.memberships(of: address)
      var isAnywhere = false
      for (place, set) in sets.enumerated() {
        let expected = set.contains(address)
        isAnywhere = isAnywhere || expected
        guard index.contains(place, in: members) == expected else {
          let name = comment?.rawValue ?? ""
          Issue.record("\(name) \(address) in set \(place): \(expected), the index does not agree")
          return
        }
      }
      #expect((members == .none) == !isAnywhere, comment)
    }
  }

  private func neighbours(of address: IPAddress) -> [IPAddress] {
    switch address {
    case .v4(let bits):
      // An address that is mapped lies in other sets than the one inside.
      [.v4(bits &- 1), .v4(bits), .v4(bits &+ 1), .v6(0xffff_0000_0000 | UInt128(bits))]
    case .v6(let bits):
      [
        .v6(bits &- 1), .v6(bits), .v6(bits &+ 1), .v6(bits &+ 1 << 64), .v6(bits &- 1 << 64),
        .v6(bits ^ UInt128(UInt64.max)), .v4(UInt32(truncatingIfNeeded: bits)),
      ]
    }
  }

  private func randomBlock(_ generator: inout SplitMix) -> CIDRBlock? {
    if Bool.random(using: &generator) {
      return CIDRBlock(
        .v4(.random(in: 0...(.max), using: &generator)),
        prefixLength: .random(in: 0...32, using: &generator))
    }
    // The top bits of most real addresses are alike.
    let bits = UInt128.random(in: 0...(.max), using: &generator)
    let isGlobal = Int.random(in: 0..<4, using: &generator) > 0
    return CIDRBlock(
      .v6(isGlobal ? bits & (.max >> 16) | 0x2001 << 112 : bits),
      prefixLength: .random(in: 0...128, using: &generator))
  }

  /// A block among the few that differ in `depth` bits somewhere in the address.
  private func crowdedBlock(depth: Int, _ generator: inout SplitMix) -> CIDRBlock? {
    let low = UInt128.random(in: 0..<(1 << UInt128(depth)), using: &generator)
    if Bool.random(using: &generator) {
      let place = Int.random(in: 0...1, using: &generator) * (32 - depth)
      return CIDRBlock(
        .v4(UInt32(low) << UInt32(place)),
        prefixLength: .random(in: 32 - place - depth...32 - place, using: &generator))
    }
    // Across the border of the two halves, and at both ends.
    let place = [0, 64 - depth / 2, 128 - depth].randomElement(using: &generator) ?? 0
    return CIDRBlock(
      .v6(low << UInt128(place)),
      prefixLength: .random(in: 128 - place - depth...128 - place, using: &generator))
  }
}
