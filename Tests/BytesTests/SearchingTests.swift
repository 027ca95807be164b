import Bytes
import TestSupport
import Testing

@Suite struct SearchingTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test(
    arguments: [
      ("", "", 0, 0), ("", "a", 0, nil), ("abc", "", 0, 0), ("abc", "", 3, 3), ("abc", "", 4, nil),
      ("abc", "a", 0, 0), ("abc", "c", 0, 2), ("abc", "d", 0, nil), ("abcabc", "bc", 0, 1),
      ("abcabc", "bc", 2, 4), ("abcabc", "bc", 5, nil), ("abc", "abcd", 0, nil),
      ("abc", "abc", 0, 0),
      ("abc", "abc", 1, nil), ("aab", "ab", 0, 1), ("aaaaab", "aab", 0, 3), ("abc", "b", -1, nil),
      ("abc", "b", 9, nil), ("a\u{0}b", "\u{0}b", 0, 1), ("xAxAB", "AB", 0, 3),
    ] as [(String, String, Int, Int?)])
  func findsTheFirst(_ text: String, _ needle: String, _ start: Int, _ expected: Int?) {
    #expect(bytes(text).span.firstIndex(of: bytes(needle).span, from: start) == expected)
    #expect(bytes(text).span.firstIndex(of: PreparedNeedle(bytes(needle)), from: start) == expected)
    if let byte = bytes(needle).first, needle.utf8.count == 1 {
      #expect(bytes(text).span.firstIndex(of: byte, from: start) == expected)
    }
  }

  @Test func findsAsANaiveSearchDoes() {
    var generator = SplitMix(state: 5)
    // A small alphabet makes near misses frequent; the letters differ in how common they are. NUL is
    // what stands behind a short block.
    let alphabet = bytes("aeQ_\u{0}")
    func random(_ counts: ClosedRange<Int>) -> [UInt8] {
      (0..<Int.random(in: counts, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
    }
    for round in 0..<20_000 {
      // Short values, and values of several blocks.
      let (text, needle) = (random(0...(round % 8 == 0 ? 120 : 24)), random(0...5))
      let prepared = PreparedNeedle(needle)
      let start = Int.random(in: 0...(text.count), using: &generator)
      let expected = (start...text.count).first { text[$0...].starts(with: needle) }
      #expect(text.span.firstIndex(of: needle.span, from: start) == expected)
      #expect(text.span.firstIndex(of: prepared, from: start) == expected)
      #expect(text.span.contains(prepared) == text.span.contains(needle.span))
      #expect(text.span.containsWord(prepared) == text.span.containsWord(needle.span))
      #expect(text.span.starts(with: prepared) == text.starts(with: needle))
      #expect(text.span.ends(with: prepared) == text.span.ends(with: needle.span))
      #expect(text.span.equals(prepared) == (text == needle))
      #expect(
        text.span.contains(needle.span)
          == (text.indices + [text.count]).contains {
            text[$0...].starts(with: needle)
          })
      #expect(text.span.starts(with: needle.span) == text.starts(with: needle))
      #expect(text.span.ends(with: needle.span) == text.reversed().starts(with: needle.reversed()))
      #expect(text.span.equals(needle.span) == (text == needle))
    }
  }

  @Test(arguments: [
    ("BadBot", "BadBot", true), ("BadBot;", "BadBot", true), (";BadBot", "BadBot", true),
    ("-BadBot;", "BadBot", true), ("BadBots", "BadBot", false), ("_BadBot", "BadBot", false),
    ("xBadBot", "BadBot", false), ("xBadBot BadBot", "BadBot", true),
    ("xBadBot BadBot1", "BadBot", false), ("badbot", "BadBot", false), ("BadBo", "BadBot", false),
    ("aa aa", "a", false), ("aa a", "a", true), ("a-b", "a-b", false), ("", "a", false),
    ("\u{e9}BadBot\u{e9}", "BadBot", true), ("\u{e9}", "\u{e9}", false), ("anything", "", true),
    ("a_b", "a_b", true), ("0", "0", true), ("BadBot9", "BadBot", false),
    ("BadBotBadBot", "BadBot", false),
  ])
  func findsWords(_ text: String, _ word: String, _ expected: Bool) {
    #expect(bytes(text).span.containsWord(bytes(word).span) == expected)
    #expect(bytes(text).span.containsWord(PreparedNeedle(bytes(word))) == expected)
  }

  @Test(arguments: [
    ("Content-Type", "content-type", true), ("", "", true), ("a", "b", false), ("a", "aa", false),
    ("@", "`", false), ("[", "{", false), ("\u{c9}", "\u{e9}", false), ("Z9_", "z9_", true),
  ])
  func comparesIgnoringCase(_ left: String, _ right: String, _ expected: Bool) {
    #expect(bytes(left).span.equalsIgnoringASCIICase(bytes(right).span) == expected)
  }

  @Test func comparesLikeLowerCasedCopies() {
    var generator = SplitMix(state: 6)
    let alphabet = bytes("aAzZ@`[{_9\u{0}\u{e9}")
    for _ in 0..<20_000 {
      let left = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
      // One byte in twenty differs, in most in no more than the case.
      let right = left.map { byte in
        Int.random(in: 0..<20, using: &generator) == 0 ? byte ^ 0x20 : byte
      }
      #expect(left.span.equals(right.span) == (left == right))
      #expect(
        left.span.equalsIgnoringASCIICase(right.span)
          == (left.asciiLowercased == right.asciiLowercased))
    }
  }

  @Test func preparedNeedlesAreTheirBytes() {
    #expect(PreparedNeedle(bytes("a_9")).isWord)
    #expect(!PreparedNeedle(bytes("a-b")).isWord)
    #expect(PreparedNeedle([]).isWord && PreparedNeedle([]).isEmpty)
    #expect(PreparedNeedle(bytes("abc")).count == 3)
    #expect(PreparedNeedle(bytes("abc")) == PreparedNeedle(bytes("abc")))
    #expect(Set([PreparedNeedle(bytes("ab")), PreparedNeedle(bytes("ba"))]).count == 2)
  }

  @Test func copies() {
    let source = bytes("AbC-\u{c9}")
    #expect([UInt8](source.span) == source)
    var target = bytes("x")
    target.append(contentsOf: source.span.extracting(1..<3))
    target.append(contentsOf: [UInt8]().span)
    #expect(target == bytes("xbC"))
    #expect(source.asciiLowercased == bytes("abc-\u{c9}"))
    #expect(source.span.asciiLowercased == bytes("abc-\u{c9}"))
    #expect(String(lossy: ([0x61, 0xff] as [UInt8]).span) == "a\u{fffd}")
    #expect(source.span.firstIndex(where: { $0 == UInt8(ascii: "C") }) == 2)
    #expect(source.span.firstIndex(where: { $0 == 0 }) == nil)
  }
}
