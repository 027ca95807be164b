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
    // Sound: every byte of the span is initialized.
    let raw = unsafe bytes.bytes
    var state = seed ^ UInt64(truncatingIfNeeded: bytes.count)
    var index = 0
    while index + 8 <= raw.byteCount {
      // Sound: any eight bytes are a `UInt64`, and the load checks that they lie within the span.
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      state = mix(state ^ UInt64(littleEndian: word), first)
      index += 8
    }
    if index < raw.byteCount {
      state = mix(state ^ lastWord(raw, from: index), second)
    }
    return mix(state ^ first, second)
  }

  /// The same as `hash` of the bytes of `word`, the lowest first, of which there are up to seven.
  @inline(__always)
  static func hash(word: UInt64, count: Int) -> UInt64 {
    let state = seed ^ UInt64(truncatingIfNeeded: count)
    return mix(mix(state ^ word, second) ^ first, second)
  }

  /// The last bytes, fewer than eight but not none, the first of them lowest.
  @inline(__always)
  private static func lastWord(_ raw: RawSpan, from index: Int) -> UInt64 {
    let rest = raw.byteCount - index
    // Sound like the load above.
    if raw.byteCount >= 8 {
      let word = unsafe raw.unsafeLoadUnaligned(
        fromByteOffset: raw.byteCount - 8, as: UInt64.self)
      return UInt64(littleEndian: word) >> UInt64(64 - rest * 8)
    }
    if rest >= 4 {
      let low = unsafe raw.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt32.self)
      let high = unsafe raw.unsafeLoadUnaligned(fromByteOffset: rest - 4, as: UInt32.self)
      return UInt64(UInt32(littleEndian: low))
        | UInt64(UInt32(littleEndian: high)) << UInt64(rest * 8 - 32)
    }
    var word: UInt64 = 0
    for offset in 0..<rest {
      let byte = unsafe raw.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      word |= UInt64(byte) << UInt64(offset * 8)
    }
    return word
  }

  @inline(__always)
  private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low ^ right
  }
}
