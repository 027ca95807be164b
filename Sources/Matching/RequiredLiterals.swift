package import Literals

/// Needles of which every match of a pattern holds at least one.
///
/// A value without any of them cannot match; a value with one of them may. Derived from the parsed
/// pattern: what the reader does not know in full counts as anything at all, so a needle is never
/// claimed wrongly. It is the text that a match consumes which holds the needle; with `\K` that is
/// more than the reported match.
package struct RequiredLiterals: Hashable, Sendable {
  /// The needles: at least one and at most ``maximumCount``, none of them empty.
  package let needles: [Needle]
  /// How rare the needles are in ordinary traffic: the negated binary logarithm of the share of
  /// positions where one of them begins, estimated.
  ///
  /// From about 16 a needle is practically absent; at 6 every other value of 60 bytes has one.
  package let rarity: Double

  /// The most needles of a pattern.
  package static let maximumCount = 64
  /// Needles commoner than this save nothing: nearly every value would be a candidate.
  static let leastRarity = 5.5

  /// The needles that every match of the PCRE2 pattern `source` needs; nil where none are found.
  ///
  /// The pattern is read as ``CompiledPattern`` compiles it, and should be valid.
  package init?(of source: [UInt8]) {
    var reader = LiteralReader(source)
    guard let best = reader.read()?.best?.withoutRedundant, best.rarity >= Self.leastRarity
    else { return nil }
    needles = best.strings.map { Needle($0.bytes, ignoringCase: $0.ignoresCase) }
    rarity = best.rarity
  }
}
