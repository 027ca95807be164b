import SQLInjection
import Testing

/// What folding leaves of the tokens of a value.
@Suite struct FoldingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var value: String
    var shape: String
    var context = QuoteContext.none

    init(_ value: String, _ shape: String, _ context: QuoteContext = .none) {
      (self.value, self.shape, self.context) = (value, shape, context)
    }

    var testDescription: String { "\(value) \(context.name)" }
  }

  static let cases: [Case] = [
    // What stands before the first token that matters.
    Case("((-1", "1"), Case("/* a */ + (x", "n"), Case("int a", "n"), Case("- ( /*", ""),
    // Operations become their first operand.
    Case("1+2*3-4", "1"), Case("a = b", "n"), Case("@a < 5", "v"), Case("'a'='b'", "sos"),
    Case("1=1 = 2", "1"), Case("x::int", "n"), Case("a = int", "no"), Case("1*(2)", "1"),
    Case("a=(b) c", "nn"),
    // Signs and repetitions go.
    Case("1 and -1", "1&1"), Case("1 and not not 2", "1&1"), Case("1 = - 2", "1"),
    Case("select -1", "E1"), Case("select !sleep(1)", "Ef(1)"), Case("1 or (((2))", "1&(1)"),
    Case("1;;;select", "1;E"), Case("'a' 'b' c", "sn"), Case("1 and 2 and 3", "1&1"),
    Case("1,-2", "1"), Case("order by -1", "B1"),
    // Lists and paths.
    Case("1,2,3", "1"), Case("a,'b',@c", "n"), Case("select `a`.`b`", "En"), Case("`a`.`b`", "n"),
    // Phrases.
    Case("union all select", "UE"), Case("union all distinct x", "Un"),
    Case("1 group\tby 2", "1B1"), Case("1 is not distinct from 2", "1"), Case("not in (", "o("),
    Case("into outfile 'a'", "ks"), Case("insert /**/ into a", "Tn"), Case("x not like 'a'", "nos"),
    // Words that depend on what follows.
    Case("user(", "f("), Case("user", "n"), Case("user(1)", "n(1)"), Case("x.in (1)", "n(1)"),
    Case("'a' in ('b')", "so(s)"), Case("'a' in b", "snn"), Case("'a' like ('b')", "sf(s)"),
    Case("1;if(2)", "1;T(1"), Case("1 if(2)", "1f(1)"), Case("current_date(", "f("),
    // Types, collations, braces, backslashes.
    Case("1 and int 2", "1&1"), Case("'a' collate utf8_bin", "sAt"),
    Case("'a' collate nocase", "sAn"),
    Case("{fn sleep(1)}", "f(1)"), Case("{d 'a'}", "s"), Case("1 }", "1"), Case("\\a", "n"),
    Case("\\*1", "1"), Case("{`` 1", "X"),
    // Comments count at the end only, and while there is room.
    Case("1 -- a", "1c"), Case("1 /* a */ 2", "11"), Case("a b c d -- e", "nnnnc"),
    Case("a b c d e -- f", "nnnnn"), Case("a b ``", "nnn"), Case("a b `", "nnc"),
    // Five tokens at most.
    Case("a b c d e f", "nnnnn"), Case("1' or '1'='1", "s&sos", .singleQuote),
    Case("1\" or 1=1 -- ", "s&1c", .doubleQuote), Case("1'", "s", .singleQuote), Case("", ""),
  ]

  @Test(arguments: cases) func isFolded(_ test: Case) {
    let bytes = Array(test.value.utf8)
    let tokens = SQLInjectionDetector.foldedTokens(
      in: bytes.span, context: test.context, style: .standard)
    let letters = (0..<tokens.count).map { tokens[$0].kind.letter }
    #expect(String(decoding: letters, as: UTF8.self) == test.shape)
  }

  /// A phrase reaches from its first to its last word, whatever stands between.
  @Test func rangesOfPhrases() {
    let bytes = Array("1 UNION/**/ALL  SELECT 2".utf8)
    let tokens = SQLInjectionDetector.foldedTokens(
      in: bytes.span, context: .none, style: .standard)
    #expect((0..<tokens.count).map { tokens[$0].range } == [0..<1, 2..<14, 16..<22, 23..<24])
  }
}
