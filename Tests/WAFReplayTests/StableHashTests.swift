import TestSupport
import Testing

@testable import WAFReplay

/// The hash decides which keys reports show: it must stay what it is.
struct StableHashTests {
  /// The hash byte by byte.
  private func naive(_ bytes: [UInt8]) -> UInt64 {
    let first: UInt64 = 0x8bb8_4b93_962e_acc9
    let second: UInt64 = 0x4b33_a62e_d433_d4a3
    func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
      let product = left.multipliedFullWidth(by: right)
      return product.high ^ product.low ^ right
    }
    var state: UInt64 = 0x2d35_8dcc_aa6c_78a5 ^ UInt64(bytes.count)
    var rest = bytes[...]
    while !rest.isEmpty {
      let word = rest.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
      state = mix(state ^ word, rest.count >= 8 ? first : second)
      rest = rest.dropFirst(8)
    }
    return mix(state ^ first, second)
  }

  @Test(arguments: 0...70)
  func isTheSameForEveryLength(count: Int) {
    var random = SplitMix(state: UInt64(count) &+ 5)
    for _ in 0..<20 {
      let bytes = (0..<count + 3).map { _ in UInt8.random(in: 0...255, using: &random) }
      // Behind some bytes, so that words lie at odd places.
      let span = bytes.span.extracting(3..<bytes.count)
      #expect(StableHash.hash(span) == naive(Array(bytes[3...])))
    }
  }

  @Test func ofAWordIsThatOfItsBytes() {
    #expect(StableHash.hash(word: 0x0403_0201, count: 4) == naive([1, 2, 3, 4]))
  }

  @Test func isThatOfEarlierVersions() {
    #expect(StableHash.hash(Array("GET /users/{id}".utf8).span) == 4_595_655_595_938_294_949)
    #expect(StableHash.hash([UInt8]().span) == 10_191_149_494_792_517_887)
  }
}
