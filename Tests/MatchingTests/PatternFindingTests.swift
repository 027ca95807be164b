import Matching
import TestSupport
import Testing

struct FindingCase: CustomTestStringConvertible {
  var pattern: String
  /// `construct@offset`, with `~` in front where the construct is doubtful rather than refused.
  var findings: [String]
  var testDescription: String { pattern }

  init(_ pattern: String, _ findings: String...) {
    self.pattern = pattern
    self.findings = findings
  }

  static let refused: [FindingCase] = [
    .init(#"(a)\1"#, #"\1@3"#),
    .init(#"\9"#, #"\9@0"#),
    .init(#"\81"#, #"\81@0"#),
    .init(#"(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\10"#, #"\10@30"#),
    .init(#"(a)\g1"#, #"\g@3"#),
    .init(#"(a)\g{-1}+"#, #"\g@3"#),
    .init(#"\g<n>"#, #"\g@0"#),
    .init(#"(?<n>a)\k<n>"#, #"\k@7"#),
    .init(#"(?<n>a)\k{n}"#, #"\k@7"#),
    .init("(?P<n>a)(?P=n)", "(?P=@8"),
    .init("(?P<n>a)(?P>n)", "(?P>@8"),
    .init("(?<n>a)(?&n)", "(?&@7"),
    .init("a(?R)", "(?R@1"),
    .init("a(?0)", "(?0@1"),
    .init("(a)(?1)", "(?1@3"),
    .init("(a)(?-1)", "(?-1@3"),
    .init("(?+1)(a)", "(?+@0"),
    .init("(a)?(?(1)b|c)", "(?@4"),
    .init("(?(?=a)b)", "(?@0", "~(?=@2"),
    .init("(?(DEFINE)(a))", "(?@0"),
    .init("a(*ACCEPT)b", "(*@1"),
    .init("(*UTF8)a", "(*@0"),
    .init("(*:name)a", "(*@0"),
    .init("(*MARK:a[b)c++", "(*@0", "++@12"),
    .init("(*pla:a++)", "(*@0", "++@7"),
    .init(#"a\Cb"#, #"\C@1"#),
    .init(#"\R"#, #"\R@0"#),
    .init(#"a\Kb"#, #"\K@1"#),
    .init("(?C)a", "(?C@0"),
    .init("(?C1)a", "(?C@0"),
    .init(#"(?C"a)++"")++")b"#, "(?C@0"),
    .init("(?C{a)++}})++})b", "(?C@0"),
    .init("(?{a})", "(?{@0"),
    .init("(??{a})", "(??{@0"),
    .init("(?>a)b", "(?>@0"),
    .init("(*a", "(*@0"),
    .init("a*+", "*+@1"),
    .init("a++", "++@1"),
    .init("a?+", "?+@1"),
    .init("a{2}+", "}+@3"),
    .init("a{2,}+", "}+@4"),
    .init("a{2,13}+", "}+@6"),
    .init("[a-z]++", "++@5"),
    .init("(a)++", "++@3"),
    .init(#"\Qa\E++"#, "++@5"),
    .init(#"a+\E+"#, #"+\E+@1"#),
    .init(#"a+\Q\E+"#, #"+\Q\E+@1"#),
    .init("a+(?#c)+", "+(?#c)+@1"),
    .init("(?x)a+ +", "+ +@5"),
    .init("(?x)a+#c\n+", "+#c\n+@5"),
    .init("a*+b++", "*+@1", "++@4"),
    .init("(?i:a(?>b))", "(?>@5"),
  ]

  static let doubtful: [FindingCase] = [
    .init("(?=a)", "~(?=@0"),
    .init("a(?!b)", "~(?!@1"),
    .init("(?<=a)b", "~(?<=@0"),
    .init("(?<!a)b", "~(?<!@0"),
    .init("(?*a)", "~(?*@0"),
    .init("(?<*a)b", "~(?<*@0"),
    .init("^(?!.*(?:x)).*(?=y)$", "~(?!@1", "~(?=@14"),
    .init(#"\Ga"#, #"~\G@0"#),
    .init(#"a\X"#, #"~\X@1"#),
    .init(#"a\N+"#, #"~\N@1"#),
    .init(#"\N{3}+"#, #"~\N@0"#, "}+@4"),
    .init("(?:a|b)(?|c|d)", "~(?|@7"),
    .init("(?U)a+", "~(?U)@0"),
    .init("(?iJ)a", "~(?iJ)@0"),
    .init("(?n:(a))", "~(?n:@0"),
    .init("(?^)a", "~(?^)@0"),
    .init(#"a\q"#, #"~\q@1"#),
    .init(#"[a\y]"#, #"~\y@2"#),
  ]

  static let accepted: [FindingCase] = [
    .init(""),
    .init("(acc|avi|css)"),
    .init(#"^a$|\bb\B\Ac\z\Z"#),
    .init("(?i)a(?-i)b(?s:.)(?m)^"),
    .init("a*?b+?c??d{2}?"),
    .init("(?P<name>a)(?<other>b)(?'third'c)"),
    .init("(?:a|b)(?:c|d)"),
    .init("(?i-s)a(?m:b)"),
    .init(#"\\G\\X\\N"#),
    .init(#"[\N]"#),
    .init(#"\\1"#),
    .init(#"\\(\?>a\)"#),
    .init(#"\(?>a"#),
    .init(#"\(*a"#),
    .init(#"a\++"#),
    .init(#"a\*+"#),
    .init(#"a+\+"#),
    .init(#"\01\012"#),
    .init(#"\12"#),
    .init(#"[\1\9]"#),
    .init("[*+]+"),
    .init("[+]+"),
    .init("[a*+b]"),
    .init("[]++]"),
    .init("[^]++]"),
    .init(#"[\]++]"#),
    .init("[(?>a)]"),
    .init("[[:alpha:]++]"),
    .init("[[:alpha:]]+"),
    .init("[[:a]+"),
    .init(#"[[:\]:]++]"#),
    .init(#"[\Q]++\E++]"#),
    .init(#"[\E]++]"#),
    .init(#"[\Q\E]++]"#),
    .init(#"[a\c]++]"#),
    .init("(?xx)[ ]++]"),
    .init(#"\Qa++(?>b)\1\E"#),
    .init(#"\Qa++"#),
    .init(#"\c(?>a"#),
    .init(#"\c\1"#),
    .init(#"\x{41}+"#),
    .init(#"\o{101}+"#),
    .init(#"\p{L}+\P{L}+"#),
    .init("a{,3}+"),
    .init("a{x}+"),
    .init("a{+"),
    .init("a(?#b++(?>)c"),
    .init("(?x)a #++ (?> \\1\n b"),
    .init("(?x) (?i: a #++\n )"),
    .init("(?x: a)+b"),
    .init("a #b"),
    .init("(?x)a(?-x) #"),
    .init("a|(*)"),
    .init("(?-i)a"),
    .init("\\"),
    .init("["),
    .init("("),
    .init("(?"),
    .init("(?<"),
    .init(#"\Q"#),
    .init(#"\c"#),
    .init(#"[\"#),
    .init(#"[\c"#),
    .init("))"),
  ]
}

@Suite struct PatternFindingTests {
  private func texts(_ findings: [PatternFinding]) -> [String] {
    findings.map { "\($0.isRefused ? "" : "~")\($0.construct)@\($0.offset)" }
  }

  @Test(arguments: FindingCase.refused + FindingCase.doubtful + FindingCase.accepted)
  func finds(_ pattern: FindingCase) {
    #expect(texts(findings(inPattern: Array(pattern.pattern.utf8))) == pattern.findings)
  }

  @Test func whiteSpaceModeEndsWithItsGroup() {
    // The second `#` is text, so that the quantifier behind it counts.
    #expect(texts(findings(inPattern: Array("(?:(?x)a#b)++\n)#c++".utf8))) == ["++@17"])
    #expect(texts(findings(inPattern: Array("(?x:a#b)++\n)#c++".utf8))) == ["++@14"])
    #expect(texts(findings(inPattern: Array("(?x)(?-x:#a++)#++".utf8))) == ["++@11"])
    #expect(texts(findings(inPattern: Array("(?x)(?^:#a++)#++".utf8))) == ["~(?^:@4", "++@10"])
  }

  @Test func messagesNameTheConstruct() throws {
    let refused = try #require(findings(inPattern: Array("(?>a)".utf8)).first)
    #expect(refused.message == "AWS WAF does not support atomic groups")
    let doubtful = try #require(findings(inPattern: Array("(?=a)".utf8)).first)
    #expect(
      doubtful.message
        == "AWS WAF may not support lookahead assertions; its documentation does not say")
  }

  @Test(
    arguments: [
      ("a", .valid(matchesEmptyString: false)), ("a*", .valid(matchesEmptyString: true)),
      ("ab(c", .invalid(offset: 4, message: "missing closing parenthesis")),
      ("*", .invalid(offset: 0, message: "quantifier does not follow a repeatable item")),
    ] as [(String, PatternValidity)])
  func validity(_ pattern: String, _ expected: PatternValidity) {
    #expect(PatternValidity(of: Array(pattern.utf8)) == expected)
  }

  @Test func survivesRandomPatterns() {
    var generator = SplitMix(state: 11)
    let pieces = [
      "(", ")", "?", "*", "+", "[", "]", "{", "}", "\\", "Q", "E", "c", "x", "1", "2", ",", "#",
      "\n", " ", ":", "=", "!", "<", ">", "P", "C", "R", "^", "-", "|", "a", "'", "(?x)", "[:",
      ":]", "\\E", "\\Q", "(?", "(*",
    ]
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...14, using: &generator)
      let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      let bytes = Array(text.utf8)
      for finding in findings(inPattern: bytes) {
        #expect(bytes.indices.contains(finding.offset), "\(text)")
        #expect(bytes[finding.offset...].starts(with: finding.construct.utf8), "\(text)")
      }
      // A pattern compiles or is refused; either is fine, a trap is not.
      _ = try? CompiledPattern(bytes)
    }
  }
}
