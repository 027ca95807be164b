import Bytes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A byte string that is looked for, with or without regard to the case of ASCII letters.
package struct Needle: Hashable, Sendable {
  /// The bytes; an empty needle occurs in every value.
  package var bytes: [UInt8]
  /// Whether ASCII letters match in either case; other bytes always match as they are.
  package var ignoresCase: Bool

  /// The needle `bytes`.
  package init(_ bytes: [UInt8], ignoringCase ignoresCase: Bool = false) {
    self.bytes = bytes
    self.ignoresCase = ignoresCase
  }

  /// Whether the needle occurs in `value`; the plain way, which the quick ways must agree with.
  package func occurs(in value: Span<UInt8>) -> Bool {
    guard value.count >= bytes.count else { return false }
    for start in 0...(value.count - bytes.count) {
      let part = value.extracting(start..<(start + bytes.count))
      if ignoresCase ? part.equalsIgnoringASCIICase(bytes.span) : part.equals(bytes.span) {
        return true
      }
    }
    return false
  }
}

extension Needle {
  /// The share of positions of ordinary values where the needle begins, estimated.
  ///
  /// Case is not regarded: a needle that is case-sensitive may be rarer.
  package var frequency: Double { Self.frequency(of: bytes[...]) }

  /// The share of positions where `bytes` begin.
  static func frequency(of bytes: ArraySlice<UInt8>) -> Double {
    guard let first = bytes.first else { return 1 }
    var previous = BytePairs.byteClass(of: first)
    var share = BytePairs.share(previous)
    for byte in bytes.dropFirst() {
      let next = BytePairs.byteClass(of: byte)
      share *= BytePairs.share(previous, next) / BytePairs.share(previous)
      previous = next
    }
    if share < CommonTexts.leastShare, CommonTexts.hold(bytes) { return CommonTexts.leastShare }
    // Far below this the estimate means nothing.
    return max(share, 0x1p-40)
  }

  /// A share of positions as bits: the rarer the more.
  package static func rarity(ofFrequency frequency: Double) -> Double {
    frequency > 0 ? -log2(frequency) : 40
  }
}
