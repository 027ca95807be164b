/// A byte string that is searched for many times, with what makes the search fast.
///
/// Made once, when a program is built; searching with it looks at nothing of the needle that could
/// have been known before.
package struct PreparedNeedle: Hashable, Sendable {
  /// The bytes that are searched for.
  package let bytes: [UInt8]
  /// Whether there are only bytes of `[A-Za-z0-9_]`: CONTAINS_WORD finds nothing else.
  package let isWord: Bool
  /// The offsets of the two bytes that requests have least often; both 0 in less than two bytes.
  let rarest: Int
  let secondRarest: Int

  /// Prepares the search for `bytes`.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    isWord = bytes.allSatisfy(\.isWordByte)
    let ranked = bytes.indices.sorted {
      (bytes[$0].commonness, $0) < (bytes[$1].commonness, $1)
    }
    rarest = ranked.first ?? 0
    secondRarest = ranked.count > 1 ? ranked[1] : 0
  }

  /// How many bytes there are.
  package var count: Int { bytes.count }

  /// Whether the needle has no bytes: it occurs everywhere.
  package var isEmpty: Bool { bytes.isEmpty }

  /// Two needles are equal where they search for the same bytes.
  package static func == (left: PreparedNeedle, right: PreparedNeedle) -> Bool {
    left.bytes == right.bytes
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(bytes)
  }
}

extension Span<UInt8> {
  /// The position of the first occurrence of `needle` that begins at or after `start`.
  ///
  /// The empty needle occurs everywhere, also at the end.
  package func firstIndex(of needle: PreparedNeedle, from start: Int = 0) -> Int? {
    firstIndex(
      of: needle.bytes.span, leading: needle.rarest, needle.secondRarest, from: start)
  }

  /// Whether `needle` occurs anywhere.
  package func contains(_ needle: PreparedNeedle) -> Bool {
    firstIndex(of: needle) != nil
  }

  /// Whether `word` occurs with no word byte beside it; CONTAINS_WORD of AWS WAF.
  ///
  /// As ``containsWord(_:)`` with the bytes of the word.
  package func containsWord(_ word: PreparedNeedle) -> Bool {
    guard word.isWord else { return false }
    guard !word.isEmpty else { return true }
    var start = 0
    // Every occurrence counts: `xBadBot BadBot` contains the word, though not at first.
    while let found = firstIndex(of: word, from: start) {
      if hasWordBounds(found..<(found + word.count)) { return true }
      start = found + 1
    }
    return false
  }

  /// Whether the first bytes are those of `prefix`.
  package func starts(with prefix: PreparedNeedle) -> Bool { starts(with: prefix.bytes.span) }

  /// Whether the last bytes are those of `suffix`.
  package func ends(with suffix: PreparedNeedle) -> Bool { ends(with: suffix.bytes.span) }

  /// Whether the bytes are those of `needle`.
  package func equals(_ needle: PreparedNeedle) -> Bool { equals(needle.bytes.span) }
}

extension UInt8 {
  /// How often requests have the byte, coarsely: a guess that costs time only where it is wrong.
  fileprivate var commonness: UInt8 {
    switch self {
    case UInt8(ascii: "e"), UInt8(ascii: "t"), UInt8(ascii: "a"), UInt8(ascii: "o"),
      UInt8(ascii: "i"), UInt8(ascii: "n"), UInt8(ascii: "s"), UInt8(ascii: "r"),
      UInt8(ascii: "c"), UInt8(ascii: "p"), UInt8(ascii: "l"), UInt8(ascii: "m"):
      5
    case UInt8(ascii: "j"), UInt8(ascii: "q"), UInt8(ascii: "v"), UInt8(ascii: "x"),
      UInt8(ascii: "z"), UInt8(ascii: "k"), UInt8(ascii: "w"), UInt8(ascii: "y"):
      2
    case UInt8(ascii: "a")...UInt8(ascii: "z"): 4
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
      UInt8(ascii: " "), UInt8(ascii: "="), UInt8(ascii: "%"), UInt8(ascii: "-"),
      UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"):
      3
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "&"), UInt8(ascii: "_"): 1
    default: 0
    }
  }
}
