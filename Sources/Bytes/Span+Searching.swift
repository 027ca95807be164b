#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

// Searching runs of bytes. Long ones go to `memchr` of the C library, which has wider vectors than
// we may assume; short ones would pay more for that call than for a block or two here.

extension Span<UInt8> {
  /// The position of the first `byte` at or after `start`, or nil where there is none.
  package func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    guard count - start > 96 else { return firstIndex(from: start) { $0.isByte(byte) } }
    guard start >= 0 else { return nil }
    // Sound: the pointer comes from a span that outlives the call, with the span's own count.
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
  /// The empty needle occurs everywhere, also at the end. What is searched for many times is a
  /// ``PreparedNeedle``.
  package func firstIndex(of needle: Span<UInt8>, from start: Int = 0) -> Int? {
    firstIndex(of: needle, leading: 0, needle.count - 1, from: start)
  }

  /// The position of the first byte that satisfies `predicate`, or nil where there is none.
  @inlinable package func firstIndex(where predicate: (UInt8) -> Bool) -> Int? {
    for index in indices where predicate(self[index]) { return index }
    return nil
  }

  /// The position of the first byte that is no letter, no digit and no `_`, or nil without one.
  package func firstIndexOfNonWordByte(from start: Int = 0) -> Int? {
    firstIndex(from: start) { .!$0.isWordByte }
  }

  /// Whether `needle` occurs anywhere.
  package func contains(_ needle: Span<UInt8>) -> Bool {
    firstIndex(of: needle) != nil
  }

  /// Whether `word` occurs with no word byte beside it; CONTAINS_WORD of AWS WAF.
  ///
  /// A word has only bytes of `[A-Za-z0-9_]`; anything else is contained in nothing. The empty
  /// word is contained in everything (assumed, Q4). Bytes from 0x80 bound a word (assumed).
  package func containsWord(_ word: Span<UInt8>) -> Bool {
    guard word.firstIndexOfNonWordByte() == nil else { return false }
    guard !word.isEmpty else { return true }
    var start = 0
    // Every occurrence counts: `xBadBot BadBot` contains the word, though not at first.
    while let found = firstIndex(of: word, from: start) {
      if hasWordBounds(found..<(found + word.count)) { return true }
      start = found + 1
    }
    return false
  }

  /// Whether no word byte is beside `word`.
  func hasWordBounds(_ word: Range<Int>) -> Bool {
    (word.lowerBound == 0 || !self[word.lowerBound - 1].isWordByte)
      && (word.upperBound == count || !self[word.upperBound].isWordByte)
  }

  /// The position of the first occurrence of `needle` at or after `start`.
  ///
  /// Two bytes of the needle, those at the offsets `first` and `second`, are looked for together,
  /// sixteen places at a time; where both are, the whole needle is compared. In a long span
  /// `memchr` looks for the first of them as long as it is rare. The worst case is quadratic;
  /// search strings of AWS WAF have at most 200 bytes.
  func firstIndex(
    of needle: Span<UInt8>, leading first: Int, _ second: Int, from start: Int
  ) -> Int? {
    guard start >= 0, start <= count else { return nil }
    guard needle.count > 1 else {
      return needle.isEmpty ? start : firstIndex(of: needle[0], from: start)
    }
    let places = count - start - needle.count + 1
    guard places > 0 else { return nil }
    // Sound: a block begins at most at the last place where the needle fits, so that each of its
    // bytes, taken `first` or `second` bytes further on, lies in the span; so does the needle at
    // such a place. Both spans outlive the call.
    return unsafe withUnsafeBytes { haystack in
      unsafe needle.withUnsafeBytes { needle in
        guard let bytes = haystack.baseAddress, let wanted = needle.baseAddress else { return nil }
        let search = unsafe NeedleSearch(
          base: bytes + start, places: places, needle: wanted, needleCount: needle.count,
          first: first, second: second)
        return search.firstPlace().map { start &+ $0 }
      }
    }
  }
}
