/// A hash of bytes that is the same in every run and on every machine.
///
/// Bounded tables keep keys by it, so it decides what a report shows: `Hasher`, seeded anew in each
/// process, would give another report each time. Not for anything that an adversary must not steer:
/// whoever crafts keys can choose which of more than `capacity` keys a table keeps.
package enum StableHash {
  private static let seed: UInt64 = 0x2d35_8dcc_aa6c_78a5
  private static let first: UInt64 = 0x8bb8_4b93_962e_acc9
  private static let second: UInt64 = 0x4b33_a62e_d433_d4a3

  package static func hash(_ bytes: Span<UInt8>) -> UInt64 {
    var state = seed ^ UInt64(truncatingIfNeeded: bytes.count)
    var index = 0
    while index + 8 <= bytes.count {
      state = mix(state ^ word(bytes, at: index, count: 8), first)
      index += 8
    }
    if index < bytes.count {
      state = mix(state ^ word(bytes, at: index, count: bytes.count - index), second)
    }
    return mix(state ^ first, second)
  }

  private static func word(_ bytes: Span<UInt8>, at start: Int, count: Int) -> UInt64 {
    var word: UInt64 = 0
    for offset in 0..<count {
      word |= UInt64(bytes[start + offset]) << UInt64(offset << 3)
    }
    return word
  }

  private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low ^ right
  }
}
