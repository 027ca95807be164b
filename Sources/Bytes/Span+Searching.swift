#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

// Searching and comparing runs of bytes. `memchr` and `memcmp` of the C library do the scanning:
// they use vector instructions. All uses are sound for one reason: the pointers come from a span
// that outlives the call, with the span's own count.

extension Span<UInt8> {
  /// The position of the first `byte` at or after `start`, or nil where there is none.
  package func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    guard start >= 0, start < count else { return nil }
    return unsafe withUnsafeBufferPointer { buffer in
      // The buffer is not empty, so it has a base address.
      guard let base = buffer.baseAddress,
        let found = unsafe memchr(base + start, CInt(byte), buffer.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
  }

  /// The position of the first occurrence of `needle` that begins at or after `start`.
  ///
  /// The empty needle occurs everywhere, also at the end.
  package func firstIndex(of needle: Span<UInt8>, from start: Int = 0) -> Int? {
    guard start >= 0, start <= count else { return nil }
    guard needle.count > 1 else {
      return needle.isEmpty ? start : firstIndex(of: needle[0], from: start)
    }
    // The rarest byte of the needle leads the scan, so that few places need comparing. The worst
    // case is quadratic; search strings of AWS WAF have at most 200 bytes.
    let rarest = needle.indexOfRarestByte
    var position = start + rarest
    while let found = firstIndex(of: needle[rarest], from: position) {
      let candidate = found - rarest
      guard needle.count <= count - candidate else { return nil }
      if extracting(candidate..<(candidate + needle.count)).equals(needle) { return candidate }
      position = found + 1
    }
    return nil
  }

  /// The position of the first byte that satisfies `predicate`, or nil where there is none.
  @inlinable package func firstIndex(where predicate: (UInt8) -> Bool) -> Int? {
    for index in indices where predicate(self[index]) { return index }
    return nil
  }

  /// Whether `needle` occurs anywhere.
  package func contains(_ needle: Span<UInt8>) -> Bool {
    firstIndex(of: needle) != nil
  }

  /// Whether the first bytes are `prefix`.
  package func starts(with prefix: Span<UInt8>) -> Bool {
    count >= prefix.count && extracting(first: prefix.count).equals(prefix)
  }

  /// Whether the last bytes are `suffix`.
  package func ends(with suffix: Span<UInt8>) -> Bool {
    count >= suffix.count && extracting(last: suffix.count).equals(suffix)
  }

  /// Whether both spans hold the same bytes.
  package func equals(_ other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    return unsafe withUnsafeBufferPointer { left in
      unsafe other.withUnsafeBufferPointer { right in
        guard let left = left.baseAddress, let right = right.baseAddress else { return true }
        return unsafe memcmp(left, right, count) == 0
      }
    }
  }

  /// Whether both spans hold the same bytes, the case of ASCII letters aside.
  package func equalsIgnoringASCIICase(_ other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index].asciiLowercased != other[index].asciiLowercased {
      return false
    }
    return true
  }

  /// Whether `word` occurs with no word byte beside it; CONTAINS_WORD of AWS WAF.
  ///
  /// A word has only bytes of `[A-Za-z0-9_]`; anything else is contained in nothing. The empty
  /// word is contained in everything (assumed, Q4). Bytes from 0x80 bound a word (assumed).
  package func containsWord(_ word: Span<UInt8>) -> Bool {
    for index in word.indices where !word[index].isWordByte { return false }
    guard !word.isEmpty else { return true }
    var start = 0
    // Every occurrence counts: `xBadBot BadBot` contains the word, though not at first.
    while let found = firstIndex(of: word, from: start) {
      let end = found + word.count
      if found == 0 || !self[found - 1].isWordByte, end == count || !self[end].isWordByte {
        return true
      }
      start = found + 1
    }
    return false
  }

  /// The position of a byte that requests have least often; 0 where all are alike.
  private var indexOfRarestByte: Int {
    var rarest = 0
    var leastCommon = UInt8.max
    for index in indices where self[index].commonness < leastCommon {
      rarest = index
      leastCommon = self[index].commonness
    }
    return rarest
  }
}

extension UInt8 {
  /// How often requests have the byte, coarsely: a guess that costs time only where it is wrong.
  fileprivate var commonness: UInt8 {
    switch self {
    case UInt8(ascii: "j"), UInt8(ascii: "q"), UInt8(ascii: "v"), UInt8(ascii: "x"),
      UInt8(ascii: "z"), UInt8(ascii: "k"), UInt8(ascii: "w"), UInt8(ascii: "y"):
      2
    case UInt8(ascii: "a")...UInt8(ascii: "z"): 4
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
      UInt8(ascii: " "), UInt8(ascii: "="), UInt8(ascii: "%"), UInt8(ascii: "-"):
      3
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): 1
    default: 0
    }
  }
}
