import SQLInjection
import Testing

/// How a value is cut into tokens in each context.
@Suite struct TokenizerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var value: String
    var kinds: String
    var texts: [String]
    var context = QuoteContext.none
    var style = CommentStyle.standard

    init(
      _ value: String, _ kinds: String, _ texts: [String], _ context: QuoteContext = .none,
      _ style: CommentStyle = .standard
    ) {
      (self.value, self.kinds, self.texts) = (value, kinds, texts)
      (self.context, self.style) = (context, style)
    }

    var testDescription: String { "\(value) \(context.name), \(style)" }
  }

  static let cases: [Case] = [
    // Words.
    Case("select Name", "En", ["select", "Name"]),
    Case("a.b.c", "n", ["a.b.c"]),
    Case("dbms_lock.sleep", "f", ["dbms_lock.sleep"]),
    Case("select.1", "E1", ["select", ".1"]),
    Case("select`a`", "En", ["select", "a"]),
    Case("`sleep`", "f", ["sleep"]),
    Case("`union`", "n", ["union"]),
    Case("[a b]c", "nn", ["[a b]", "c"]),
    Case("[a b", "n", ["[a b"]),
    Case("selectselectselectselectselectselect", "n", ["selectselectselectselectselectselect"]),
    Case("x\u{01}y\u{7F}", "n", ["x\u{01}y\u{7F}"]),
    // Numbers.
    Case("1 2.5 .5 1e5 1.e+5", "11111", ["1", "2.5", ".5", "1e5", "1.e+5"]),
    Case("1e", "n", ["1e"]),
    Case("0x1F 0b101 0x", "11n", ["0x1F", "0b101", "0x"]),
    Case("0b2", "n1", ["0b", "2"]),
    Case("1d 1f;", "11;", ["1d", "1f", ";"]),
    Case("1fUNION", "1U", ["1f", "UNION"]),
    Case("1foo", "1n", ["1", "foo"]),
    Case(".", ".", ["."]),
    Case("$1,000.50", "1", ["$1,000.50"]),
    Case("\\N", "1", ["\\N"]),
    Case("\\n", "\\n", ["\\", "n"]),
    // Strings.
    Case("'a''b' \"c\"", "ss", ["a''b", "c"]),
    Case("'a\\'b' c", "sn", ["a\\'b", "c"]),
    Case("'a", "s", ["a"]),
    Case("N'a' e'b' U&'c'", "sss", ["a", "b", "c"]),
    Case("x'1F' b'01' x'g'", "11ns", ["x'1F'", "b'01'", "x", "g"]),
    Case("q'[it's]' nq'!a!'", "ss", ["it's", "a"]),
    Case("$$a$$ $t$b$c$t$ $", "ssn", ["a", "b$c", "$"]),
    // Variables.
    Case("@a @@b @`c` @'d' @", "vvvvv", ["a", "b", "c", "d", ""]),
    Case("@[a]", "v", ["[a]"]),
    // Operators.
    Case("a<=>b", "non", ["a", "<=>", "b"]),
    Case("a::b:=c", "nonon", ["a", "::", "b", ":=", "c"]),
    Case("a&&b||c&d", "n&n&non", ["a", "&&", "b", "||", "c", "&", "d"]),
    Case("a:b:", "n:no", ["a", ":", "b", ":"]),
    Case("!=1 <>2 !!3", "o1o1o1", ["!=", "1", "<>", "2", "!!", "3"]),
    Case("(a,{b};)?]", "(n,{n};)??", ["(", "a", ",", "{", "b", "}", ";", ")", "?", "]"]),
    // Comments.
    Case("1--2", "1c", ["1", "--2"]),
    Case("1--2", "1oo1", ["1", "-", "-", "2"], .none, .mySQL),
    Case("1-- 2\n3", "1c1", ["1", "-- 2", "3"], .none, .mySQL),
    Case("1--", "1c", ["1", "--"], .none, .mySQL),
    Case("1#2", "1o1", ["1", "#", "2"]),
    Case("1#2", "1c", ["1", "#2"], .none, .mySQL),
    Case("a/* b */c/*d", "ncnc", ["a", "/* b */", "c", "/*d"]),
    Case("/*!1*/ /* /* */", "XX", ["/*!1*/", "/* /* */"]),
    Case("/*/*/", "X", ["/*/*/"]),
    // Contexts.
    Case("a' b", "sn", ["a", "b"], .singleQuote),
    Case("a'' b", "s", ["a'' b"], .singleQuote),
    Case("a\\' b' c", "sn", ["a\\' b", "c"], .singleQuote),
    Case("' '", "ss", ["", ""], .singleQuote),
    Case("a\" 'b", "ss", ["a", "b"], .doubleQuote),
    Case("a", "s", ["a"], .doubleQuote),
    Case("", "", []),
    Case(" \t\n", "", []),
  ]

  @Test(arguments: cases) func isCut(_ test: Case) {
    let bytes = Array(test.value.utf8)
    let tokens = SQLInjectionDetector.tokens(
      in: bytes.span, context: test.context, style: test.style)
    #expect(String(decoding: tokens.map(\.kind.letter), as: UTF8.self) == test.kinds)
    #expect(tokens.map { String(decoding: bytes[$0.range], as: UTF8.self) } == test.texts)
  }

  /// Latin 1's no-break space, a byte that is no UTF-8, separates words.
  @Test func bytesOutsideOfASCII() {
    let bytes: [UInt8] = [0x61, 0xA0, 0x62, 0xFF, 0x20, 0x63]
    let tokens = SQLInjectionDetector.tokens(in: bytes.span, context: .none, style: .standard)
    #expect(tokens.map(\.range) == [0..<1, 2..<4, 5..<6])
  }

  @Test func kindsHaveLettersAndNames() {
    #expect(Set(TokenKind.allCases.map(\.letter)).count == TokenKind.allCases.count)
    #expect(Set(TokenKind.allCases.map(\.name)).count == TokenKind.allCases.count)
    let letters = TokenKind.allCases.map(\.letter)
    #expect(String(decoding: letters, as: UTF8.self) == "kUBEtfn1vso&cA(){}.,:;TX?\\")
  }

  /// Any pass ends, and its tokens follow each other within the value.
  @Test(arguments: QuoteContext.allCases, CommentStyle.allCases)
  func tokensAreInOrder(context: QuoteContext, style: CommentStyle) {
    for value in generatedValues(seed: 7, count: 400) {
      var end = 0
      for token in SQLInjectionDetector.tokens(in: value.span, context: context, style: style) {
        #expect(token.range.lowerBound >= end && token.range.upperBound <= value.count)
        end = token.range.upperBound
      }
    }
  }
}
