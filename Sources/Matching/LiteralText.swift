import Bytes
import Literals

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A string of bytes that is part of a match, with or without regard to case.
///
/// Ignoring case is always sound, so a string that mixes both ignores it. Then its letters are in
/// lower case, so that equal strings are equal.
struct LiteralText: Hashable {
  private(set) var bytes: [UInt8]
  private(set) var ignoresCase: Bool
  /// One bit for each low six bits of a byte, case aside: what a string within this one has too.
  private let classes: UInt64

  static let empty = LiteralText([], ignoringCase: false)

  init(_ bytes: [UInt8], ignoringCase: Bool) {
    ignoresCase = ignoringCase && bytes.contains(where: \.isASCIILetter)
    self.bytes = ignoresCase ? bytes.asciiLowercased : bytes
    var classes: UInt64 = 0
    for byte in bytes { classes |= 1 << UInt64(byte.asciiLowercased & 63) }
    self.classes = classes
  }

  var isEmpty: Bool { bytes.isEmpty }

  static func + (left: Self, right: Self) -> Self {
    Self(left.bytes + right.bytes, ignoringCase: left.ignoresCase || right.ignoresCase)
  }

  func prefix(_ count: Int) -> Self {
    Self(Array(bytes.prefix(count)), ignoringCase: ignoresCase)
  }

  func suffix(_ count: Int) -> Self {
    Self(Array(bytes.suffix(count)), ignoringCase: ignoresCase)
  }

  /// The share of positions of ordinary traffic where the string begins.
  var frequency: Double { Needle(bytes, ignoringCase: ignoresCase).frequency }

  /// Whether every value that holds `other` holds this string too.
  func isWithin(_ other: LiteralText) -> Bool {
    guard bytes.count <= other.bytes.count, ignoresCase || !other.ignoresCase,
      classes & ~other.classes == 0
    else { return false }
    let isFolding = ignoresCase && !other.ignoresCase
    let whole = isFolding ? other.bytes.asciiLowercased : other.bytes
    return whole.span.contains(bytes.span)
  }
}

/// A set of strings of which each match has one, in some place.
struct LiteralSet {
  private(set) var strings: [LiteralText]

  /// The most strings of a set, and the most bytes of a string; beyond, strings are cut.
  static let mostStrings = RequiredLiterals.maximumCount
  static let mostBytes = 40

  static let empty = LiteralSet([.empty])

  init(_ strings: [LiteralText]) {
    self.strings = strings
  }

  var holdsEmpty: Bool { strings.contains(where: \.isEmpty) }

  var isWithinLimits: Bool {
    strings.count <= Self.mostStrings && strings.allSatisfy { $0.bytes.count <= Self.mostBytes }
  }

  /// The negated binary logarithm of the share of positions where one of the strings begins.
  var rarity: Double { Needle.rarity(ofFrequency: frequency) }

  private var frequency: Double { strings.reduce(0) { $0 + $1.frequency } }

  /// What asking for the set costs; only the order of two costs matters.
  ///
  /// It grows with how often a string is there, less than in proportion, since the estimates of
  /// long words are too low; and a little with each string, which makes the prefilter's tables
  /// denser.
  var cost: Double { 0.01 * Double(strings.count) + 12_000 * pow(frequency, 0.75) }

  /// Each string of this set followed by each of `next`; nil where they are too many.
  func followed(by next: LiteralSet) -> LiteralSet? {
    guard strings.count * next.strings.count <= Self.mostStrings else { return nil }
    if strings.count == 1, strings[0].isEmpty { return next }
    if next.strings.count == 1, next.strings[0].isEmpty { return self }
    return LiteralSet(strings.flatMap { first in next.strings.map { first + $0 } })
  }

  /// The strings of all the sets.
  init(union sets: [LiteralSet]) {
    strings = sets.flatMap(\.strings).uniqued
  }

  /// The first bytes of the strings, as many as the limits allow.
  var cutPrefixes: LiteralSet { cut { $0.prefix($1) } }

  /// The last bytes of the strings, as many as the limits allow.
  var cutSuffixes: LiteralSet { cut { $0.suffix($1) } }

  private func cut(_ part: (LiteralText, Int) -> LiteralText) -> LiteralSet {
    if isWithinLimits { return self }
    for length in [Self.mostBytes, 8, 6, 5, 4, 3, 2, 1] {
      let shorter = LiteralSet(strings.map { part($0, length) }.uniqued)
      if shorter.isWithinLimits { return shorter }
    }
    return .empty
  }

  /// The set without strings that hold another one: who holds the longer holds the shorter.
  var withoutRedundant: LiteralSet {
    var kept: [LiteralText] = []
    for string in strings.sorted(by: { $0.bytes.count < $1.bytes.count })
    where !kept.contains(where: { $0.isWithin(string) }) {
      kept.append(string)
    }
    return LiteralSet(kept)
  }
}

extension [LiteralText] {
  /// The strings in their order, each once.
  fileprivate var uniqued: [LiteralText] {
    var seen: Set<LiteralText> = []
    return filter { seen.insert($0).inserted }
  }
}
