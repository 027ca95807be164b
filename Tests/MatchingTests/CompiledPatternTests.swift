import Bytes
import Testing

@testable import Matching

/// Finds `pattern` in `subject` with scratch of its own.
private func find(
  _ pattern: String, in subject: [UInt8], allowsJIT: Bool = true
) throws -> PatternOutcome {
  var scratch = PatternScratch()
  let pattern = try CompiledPattern(Array(pattern.utf8), allowsJIT: allowsJIT)
  return pattern.firstMatch(in: subject.span, scratch: &scratch)
}

struct MatchCase: CustomTestStringConvertible {
  var pattern: String
  var subject: [UInt8]
  var outcome: PatternOutcome
  var testDescription: String { "\(pattern) in \(subject)" }

  init(_ pattern: String, _ subject: String, _ match: Range<Int>?) {
    self.init(pattern, bytes: Array(subject.utf8), match)
  }

  init(_ pattern: String, bytes: [UInt8], _ match: Range<Int>?) {
    self.pattern = pattern
    subject = bytes
    outcome = match.map { .match(start: $0.lowerBound, end: $0.upperBound) } ?? .noMatch
  }

  static let all: [MatchCase] = [
    .init("admin", "/admin/x", 1..<6),
    .init("admin", "/ADMIN/x", nil),
    .init("(?i)admin", "/ADMIN/x", 1..<6),
    .init("^admin", "/admin", nil),
    .init("", "abc", 0..<0),
    .init("", "", 0..<0),
    .init("a*", "", 0..<0),
    .init("a*", "b", 0..<0),
    .init("a", "", nil),
    .init("^$", "", 0..<0),
    .init(#"\Aa\z"#, "a", 0..<1),
    .init("a$", "a", 0..<1),
    .init("a$", "a\n", 0..<1),
    .init("a$", "a\nb", nil),
    .init("(?m)a$", "a\nb", 0..<1),
    .init(#"a\z"#, "a\n", nil),
    .init("a.b", "a\nb", nil),
    .init("(?s)a.b", "a\nb", 0..<3),
    // CR is no newline of its own, whatever the library was built for.
    .init("a.b", "a\rb", 0..<3),
    .init("(?m)a$", "a\rb", nil),
    .init("b", bytes: [0, 0x62], 1..<2),
    .init("a\u{0}b", bytes: [0x61, 0, 0x62], 0..<3),
    .init(#"\x00"#, bytes: [0x61, 0, 0x62], 1..<2),
    // Byte mode: any byte is a character, invalid UTF-8 is no error.
    .init("^.$", bytes: [0xff], 0..<1),
    .init("^.$", "\u{e9}", nil),
    .init("^..$", "\u{e9}", 0..<2),
    .init(#"\xc3\xa9"#, "a\u{e9}", 1..<3),
    .init(#"^\w+$"#, "\u{e9}", nil),
    .init("[^a]b", bytes: [0xc3, 0x62], 0..<2),
    .init("(a)|(b)|(?<n>c)", "xc", 1..<2),
    .init("(?<x>a)(?<y>b)(?<z>c)", "abc", 0..<3),
    .init("foo(?=bar)", "foobar", 0..<3),
    .init("(?<!a)b", "abb", 2..<3),
    // An escaped letter without a meaning is that letter.
    .init(#"\q\d"#, "xq1", 1..<3),
    .init(#"[\y]+"#, "ayyb", 1..<3),
  ]
}

@Suite struct CompiledPatternTests {
  @Test(arguments: MatchCase.all, [true, false])
  func finds(_ match: MatchCase, allowsJIT: Bool) throws {
    let outcome = try find(match.pattern, in: match.subject, allowsJIT: allowsJIT)
    #expect(outcome == match.outcome)
  }

  @Test(arguments: [
    ("(", 1), ("a)", 1), ("[a", 2), ("*", 0), (#"\1"#, 1), (#"(a)\1"#, 4), ("(*UTF)a", 6),
    ("(*UCP)a", 6), ("(?<=a*)b", 0), (#"\q("#, 3), (#"\u0041"#, 2),
  ])
  func refusesInvalidPatterns(_ pattern: String, _ offset: Int) {
    #expect {
      try CompiledPattern(Array(pattern.utf8))
    } throws: { error in
      guard case .syntax(let found, let message) = error as? PatternError else { return false }
      return found == offset && !message.isEmpty
    }
  }

  @Test func refusesLongPatterns() throws {
    let longest = [UInt8](repeating: 0x61, count: CompiledPattern.maximumLength)
    _ = try CompiledPattern(longest)
    #expect(throws: PatternError.tooLong(longest.count + 1)) {
      try CompiledPattern(longest + [0x61])
    }
  }

  @Test func describesThePattern() throws {
    let plain = try CompiledPattern(Array("a+".utf8))
    #expect(plain.source == "a+")
    #expect(!plain.hasLookaround)
    #expect(!plain.matchesEmptyString)
    #expect(try CompiledPattern(Array("a*".utf8)).matchesEmptyString)
    #expect(try CompiledPattern(Array("a(?!b)".utf8)).hasLookaround)
    #expect(try !CompiledPattern(Array(#"a\(?!b"#.utf8)).hasLookaround)
    #expect(!plain.hasLiteralEscape && !plain.isApproximate)
    let literal = try CompiledPattern(Array(#"\q"#.utf8))
    #expect(literal.hasLiteralEscape && literal.isApproximate)
    #expect(try CompiledPattern(Array("a(?!b)".utf8)).isApproximate)
  }

  @Test(
    arguments: [
      // Exponential time: the limit on matching is reached.
      ("^(a+)+$", String(repeating: "a", count: 40) + "b"),
      // Too much to come back to: a limit on memory is reached.
      ("^(?:a|b|(?:cd))*$", String(repeating: "ab", count: 500_000) + "c"),
    ], [true, false])
  func givesUpAtALimit(_ example: (pattern: String, subject: String), allowsJIT: Bool) throws {
    let subject = Array(example.subject.utf8)
    let pattern = try CompiledPattern(Array(example.pattern.utf8), allowsJIT: allowsJIT)
    var scratch = PatternScratch()
    // The same outcome every time, and the scratch is good for the next search.
    for _ in 0..<3 {
      #expect(pattern.firstMatch(in: subject.span, scratch: &scratch) == .gaveUp)
      let other = try CompiledPattern([0x61])
      #expect(other.firstMatch(in: subject.span, scratch: &scratch) == .match(start: 0, end: 1))
    }
  }

  @Test func ordinaryPatternsDoNotGiveUpOnLongValues() throws {
    let body = Array(String(repeating: "name=value&", count: 6_000).utf8)
    for pattern in ["<script[^>]*>", "(?i)(?:union|select).*from", "[a-z]+=[0-9]+", "(a|b|c)*z"] {
      #expect(try find(pattern, in: body) == .noMatch, "\(pattern)")
    }
  }

  @Test func isSharedByTasks() async throws {
    let pattern = try CompiledPattern(Array("b[0-9]+c".utf8))
    let failures = await withTaskGroup(of: Int.self) { group in
      for worker in 0..<8 {
        group.addTask {
          var scratch = PatternScratch()
          var failures = 0
          for round in 0..<500 {
            let padding = String(repeating: "a", count: (worker * 31 + round) % 97)
            let hit = Array((padding + "b\(round)c").utf8)
            let expected = PatternOutcome.match(start: padding.utf8.count, end: hit.count)
            if pattern.firstMatch(in: hit.span, scratch: &scratch) != expected { failures += 1 }
            let miss = hit.dropLast()
            if pattern.firstMatch(in: miss.span, scratch: &scratch) != .noMatch { failures += 1 }
          }
          return failures
        }
      }
      return await group.reduce(0, +)
    }
    #expect(failures == 0)
  }

  @Test func isMadeReadyByTheFirstOfManySearches() async throws {
    for round in 0..<200 {
      let pattern = try CompiledPattern(Array("b[0-9]+(?:c|d{\(round + 1)})".utf8))
      let subject = Array(("ab7" + String(repeating: "d", count: round + 1)).utf8)
      let outcomes = await withTaskGroup(of: PatternOutcome.self) { group in
        for _ in 0..<4 {
          group.addTask {
            var scratch = PatternScratch()
            return pattern.firstMatch(in: subject.span, scratch: &scratch)
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(outcomes.allSatisfy { $0 == .match(start: 1, end: subject.count) })
    }
  }
}
