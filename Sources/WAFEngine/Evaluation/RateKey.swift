import Bytes

/// An aggregation key of a rate-based rule: its parts as bytes, or a hash of them.
///
/// Up to 15 bytes are kept as they are, longer keys as a hash of 120 bits that is the same in every
/// run and on every machine. Keys of different rules are not compared. Not for anything that an
/// adversary must not steer: whoever crafts values could make two keys count as one.
package struct RateKey: Hashable, Comparable, Sendable {
  package let rawValue: UInt128

  package init(rawValue: UInt128) {
    self.rawValue = rawValue
  }

  package static func < (left: RateKey, right: RateKey) -> Bool {
    left.rawValue < right.rawValue
  }

  /// Above every key that is made of parts.
  package static let highest = RateKey(rawValue: .max)

  /// The key of encoded parts; the topmost byte is the length, or a mark of a hash.
  init(_ bytes: Span<UInt8>) {
    guard bytes.count > 15 else {
      var value: UInt128 = 0
      for index in bytes.indices { value = value << 8 | UInt128(bytes[index]) }
      rawValue = UInt128(bytes.count) << 120 | value
      return
    }
    let high = UInt128(Self.hash(bytes, seed: 0x2d35_8dcc_aa6c_78a5))
    let low = UInt128(Self.hash(bytes, seed: 0x9e6c_63d0_876a_3f6b))
    rawValue = 0x80 << 120 | (high << 64 | low) & Self.hashMask
  }

  private static let hashMask: UInt128 = (1 << 120) - 1

  private static func hash(_ bytes: Span<UInt8>, seed: UInt64) -> UInt64 {
    var state = seed ^ UInt64(truncatingIfNeeded: bytes.count)
    var index = 0
    while index < bytes.count {
      var word: UInt64 = 0
      for offset in 0..<min(8, bytes.count - index) {
        word |= UInt64(bytes[index + offset]) << UInt64(offset << 3)
      }
      state = mix(state ^ word, 0x8bb8_4b93_962e_acc9 ^ seed)
      index += 8
    }
    return mix(state ^ seed, 0x4b33_a62e_d433_d4a3)
  }

  private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low ^ right
  }
}

/// Puts the parts of a key one behind the other, so that different parts give different bytes.
struct RateKeyEncoder {
  private(set) var bytes: [UInt8] = []

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }

  /// A value, behind its length.
  mutating func append(_ value: Span<UInt8>) {
    append(length: value.count)
    for index in value.indices { bytes.append(value[index]) }
  }

  mutating func append(_ number: UInt32) {
    append(length: 4)
    for shift in stride(from: UInt32(24), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  /// What stands for all values that cannot be had, where the fallback groups them.
  mutating func appendFallback() {
    bytes.append(0)
  }

  /// One more than the length, seven bits a byte, the last one below 128; so no length is 0.
  private mutating func append(length: Int) {
    var rest = UInt64(truncatingIfNeeded: length &+ 1)
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  var key: RateKey { RateKey(bytes.span) }
}
