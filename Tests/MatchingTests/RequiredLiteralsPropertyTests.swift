import Bytes
import Literals
import TestSupport
import Testing

@testable import Matching

// A prefilter is never the reason for a "no": wherever PCRE2 finds a match, the text that the match
// consumes is as the summary says, so it holds one of the needles. Subjects are made from the
// pattern's own text, so that many match.

/// Patterns that cover every construct the reader knows, and those at which it gives up.
private let patterns: [String] = [
  "ab", "ab|cd", "a(b|c)d", "a(?:b|c)+d", "a(?:b|c)*d", "a(?:bc)?d", "(?:ab|a)(?:c|bcd)", "ab{2}c",
  "ab{2,}c", "ab{0,2}c", "ab{0}c", "(?:ab){3}", "(?:a|b){2}c", "(?:a|b){2,3}c", "(?:ab?){2}c",
  "a{,2}b", "a{ 1, 2 }b", "a{1}{2}b", "a{2}{0}b", "a??b", "a+?b", "a*?b", "a++b", "a?+b", "a*+b",
  "(?:ab)++c", "(?:ab){2}+c", "ab{x}", "a{", "a{}b", "a{,}b", "a}b]", "[ab]c", "[^ab]c", "[a-c]d",
  "[]a]b", "[^]a]b", "[a-]b", "[-a]b", "[a\\-c]b", "[\\d-a]b", "[[:alpha:]]1", "[[:^alpha:]]a",
  "[[:upper:]]b", "(?i)[[:upper:]]b", "(?i)[^[:lower:]]b", "[[:xdigit:][:space:]]b", "[\\Qa]\\E]b",
  "[\\E^a]b", "[\\Q\\E^a]b", "[\\x61\\142]c", "[\\b]a", "[\\s]a", "[\\S]a", "[^\\s\\S]a", "[aA]b",
  "[aA][bB]c", "(?i)[ab]c", "(?i)[^a]b", "(?i)ab", "(?i)a(?-i)b", "(?i:a)b", "a(?i)b|c",
  "(a(?i)b|c)d",
  "((?i)a|b)c", "(?-i)ab", "(?^)ab", "(?i)(?^:ab)c", "(?s)a.b", "(?m)^ab$", "(?U)a+b", "(?J)ab",
  "(?n)(a)b", "(?x) a b # c\n c", "(?x) a [ b] c", "(?xx) a [ b] c", "(?x)a\\ b", "(?x)a + b",
  "(?x)a {2} b", "(?x)a{2} ?b", "(?x)a* +b", "(?x: a b )c d", "(?x)\\Q a\\E b", "(?x)(?-x) a b",
  "a(?#b)c", "a(?#b)+c", "\\Qa|b\\Ec", "\\Qab\\E+c", "\\Qa\\E{2}b", "a\\Q\\E+b", "\\Eab", "a\\E+b",
  "\\Qab", "\\x61b", "\\x{61}b", "\\141b", "\\0141", "\\o{141}b", "a\\nb", "a\\tb", "a\\x0ab",
  "\\x",
  "a\\cJb", "\\cab", "a\\.b", "a\\-b", "a\\/b", "a\\jb", "a\\Yb", "\\ib", "\\y\\Q+\\E", "a\\db",
  "a\\Db",
  "a\\wb", "a\\Wb", "a\\sb", "a\\Sb", "a\\hb", "a\\Vb", "a\\Nb", "a\\N{2}b", "a\\Rb", "a\\Xb",
  "a\\Cb",
  "a\\p{L}b", "a\\PLb", "\\bab\\b", "a\\Bb", "\\Aab\\z", "\\Gab", "ab\\Z", "^ab$", "a^b|ab",
  "ab\\Kc",
  "(?=ab)a", "(?!ab)a", "(?<=a)b", "(?<!a)b", "a(?=b)+c|ab", "(?=a(?i)b)ab", "(?*ab)a", "(?<*a)b",
  "(?<n>a)b", "(?P<n>a)b", "(?'n'a)b", "(?<n>a|b)\\k<n>", "(?<n>a|b)\\k{n}c", "(?<n>a|b)\\k'n'",
  "(?<n>a|b)\\g{1}", "(?<n>a|b)\\g1", "(?<n>a|b)\\g{-1}", "(?<n>a|b)(?P=n)", "(?<n>a|b)\\1c",
  "(?<n>a|b)(?&n)c", "(?<n>a|b)(?P>n)c", "(?<n>a|b)(?1)c", "(?<n>a|b)(?-1)c", "(?<n>a|b)\\g<n>c",
  "(?<n>a|b)\\g<1>c", "(?<n>a|b)\\g'-1'c", "a(?R)?b", "(?+1)(?<n>a)b", "a(?0)?b", "(?>ab|a)c",
  "(?|a|b)c",
  "(?<n>a)?(?(n)b|c)", "(?(?=a)ab|cd)", "(?(R)a|b)", "(?(DEFINE)(?<d>a))b(?&d)", "a(?C)b",
  "a(?C1)b",
  "a(?C'x')b", "a(*ACCEPT)b", "(a(*ACCEPT)b)c", "a(*COMMIT)b", "a(*SKIP)b|c", "a(*F)|b", "(*LF)ab",
  "(*NO_JIT)ab", "(*pla:a)ab", "(*atomic:ab)c", "(*nlb:a)b", "|a", "a|", "()a", "(|a)b", "(a||b)c",
  "(?:)ab", "((((a))))b", "(a|(b|(c|d)))a", "(a(b(c)?)?)?d", "ab(c|d)ab(c|d)ab(c|d)ab(c|d)",
  "(?:[ab][cd]){4}", "(?:a|b|c|d|ab|cd|abc|bcd){2}a", "(?:abcdabcd){8}", "a(?:b.c|d)a", "(?:.a|b)c",
  "(?:a.|b)c", "a(?:b\\w+|cd)\\s*a", "(?:ab|.)(?:cd|.)ab", "a\\x{80}b", "\\xffa", "[\\x80-\\xff]a",
]

/// A matcher with what is derived from its pattern.
private struct Subject {
  var pattern: String
  var compiled: CompiledPattern
  var summary: LiteralSummary?
  var literals: RequiredLiterals?

  init?(_ pattern: String) {
    let source = Array(pattern.utf8)
    guard let compiled = try? CompiledPattern(source) else { return nil }
    self.pattern = pattern
    self.compiled = compiled
    var reader = LiteralReader(source)
    summary = reader.read()
    literals = RequiredLiterals(of: source)
  }

  /// Whether what is derived says "no" to what matches; nil where nothing matches or is derived.
  func isRefused(_ value: [UInt8], _ scratch: inout PatternScratch) -> Bool? {
    guard case .match(let start, let end) = compiled.firstMatch(in: value.span, scratch: &scratch),
      let summary
    else { return nil }
    if let literals, !literals.needles.contains(where: { $0.occurs(in: value.span) }) {
      return true
    }
    // With `\K` the text that is consumed begins before the match.
    if pattern.contains("\\K") { return false }
    let text = value[start..<end]
    func isEqual(_ part: ArraySlice<UInt8>, _ string: LiteralText) -> Bool {
      string.ignoresCase
        ? Array(part).asciiLowercased == string.bytes : part.elementsEqual(string.bytes)
    }
    let isBegun = summary.prefixes.strings.contains {
      summary.isExact ? isEqual(text, $0) : isEqual(text.prefix($0.bytes.count), $0)
    }
    let isEnded = summary.suffixes.strings.contains { isEqual(text.suffix($0.bytes.count), $0) }
    let isHeld = summary.inner?.strings.contains {
      Needle($0.bytes, ignoringCase: $0.ignoresCase).occurs(in: Array(text).span)
    }
    return !(isBegun && isEnded && isHeld ?? true)
  }
}

/// Makes subjects: random text of a small alphabet, with pieces of the pattern in it.
private struct SubjectGenerator {
  var random: SplitMix
  private static let alphabet = Array("aabbccddABCD12 \n\t|.-{}]<\u{8}".utf8) + [0x80, 0xff, 0x00]

  mutating func subject(for pattern: [UInt8]) -> [UInt8] {
    var subject: [UInt8] = []
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      if Int.random(in: 0..<4, using: &random) == 0, !pattern.isEmpty {
        let start = Int.random(in: pattern.indices, using: &random)
        let end = min(start + Int.random(in: 1...5, using: &random), pattern.count)
        subject += pattern[start..<end]
      } else {
        let byte = Self.alphabet.randomElement(using: &random) ?? 0
        subject += [UInt8](repeating: byte, count: Int.random(in: 1...2, using: &random))
      }
    }
    return subject
  }
}

/// Makes patterns out of the grammar.
private struct PatternGenerator {
  var random: SplitMix

  private mutating func pick(_ choices: [String]) -> String {
    choices.randomElement(using: &random) ?? ""
  }

  private mutating func chance(_ outOf: Int) -> Bool {
    Int.random(in: 0..<outOf, using: &random) == 0
  }

  mutating func pattern(_ depth: Int) -> String {
    (0..<(chance(3) ? Int.random(in: 2...3, using: &random) : 1)).map { _ in
      (0..<Int.random(in: 1...4, using: &random)).map { _ in atom(depth) + quantifier() }.joined()
    }.joined(separator: "|")
  }

  private mutating func quantifier() -> String {
    guard chance(3) else { return "" }
    return pick(["*", "+", "?", "{2}", "{1,2}", "{0,1}", "{2,}", "{0}", "{,2}", " +"])
      + pick(["", "", "", "?", "+", " ?"])
  }

  private mutating func atom(_ depth: Int) -> String {
    guard depth > 0, chance(3) else {
      return pick([
        "a", "b", "c", "A", "B", "ab", "Cd", "12", "<", " ", "-", ".", "\\d", "\\s", "\\w", "[ab]",
        "[aA]", "[^a]", "[^\\w]", "[[:upper:]]", "[a-c]", "[ b]", "\\x61", "\\142", "\\b", "\\B",
        "^",
        "$", "\\Qa+\\E", "\\Qb\\E", "\\E", "\\n", "(?i)", "(?-i)", "(?x)", "(?-x)", "(?xx)", "(?s)",
        "#c\n", "(?#c)", "\\K", "\\j", "\\x{62}", "[\\Q]\\Ea]", "(?^)", "\\R",
      ])
    }
    let inner = pattern(depth - 1)
    return pick(["(", "(?:", "(?i:", "(?>", "(?|", "(?x:", "(?=", "(?!", "(?<q>"]) + inner + ")"
  }
}

extension LiteralSummary {
  /// Whether there is anything that could be wrong.
  fileprivate var saysAnything: Bool {
    isExact || !prefixes.holdsEmpty || !suffixes.holdsEmpty || inner != nil
  }
}

struct RequiredLiteralsPropertyTests {
  @Test func neverRefuseAMatchOfAKnownConstruct() throws {
    var generator = SubjectGenerator(random: SplitMix(state: 19))
    var scratch = PatternScratch()
    var (valid, matches) = (0, 0)
    for pattern in patterns {
      // Versions of PCRE2 differ in what they take.
      guard let subject = Subject(pattern) else { continue }
      valid += 1
      for _ in 0..<300 {
        let value = generator.subject(for: Array(pattern.utf8))
        guard let isRefused = subject.isRefused(value, &scratch) else { continue }
        matches += 1
        try #require(!isRefused, "\(pattern) in \(String(decoding: value, as: UTF8.self))")
      }
    }
    #expect(valid > patterns.count * 9 / 10)
    #expect(matches > 3000)
  }

  @Test(arguments: 0..<4)
  func neverRefuseAMatchOfARandomPattern(_ part: Int) throws {
    let state = UInt64(1000 + part)
    var patterns = PatternGenerator(random: SplitMix(state: state))
    var generator = SubjectGenerator(random: SplitMix(state: state))
    var scratch = PatternScratch()
    var (matches, derived) = (0, 0)
    for _ in 0..<2000 {
      let pattern = patterns.pattern(3)
      guard let subject = Subject(pattern), let summary = subject.summary, summary.saysAnything
      else { continue }
      derived += 1
      for _ in 0..<12 {
        let value = generator.subject(for: Array(pattern.utf8))
        guard let isRefused = subject.isRefused(value, &scratch) else { continue }
        matches += 1
        try #require(
          !isRefused,
          "seed \(state): \(pattern) in \(String(decoding: value, as: UTF8.self))")
      }
    }
    #expect(derived > 400)
    #expect(matches > 1500)
  }
}
