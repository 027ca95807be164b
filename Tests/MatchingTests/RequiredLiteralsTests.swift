import Bytes
import Literals
import Testing

@testable import Matching

struct RequiredLiteralsCase: CustomTestStringConvertible {
  var pattern: String
  /// The needles as text, with `/i` behind those that ignore case; nil where there are none.
  var needles: Set<String>?
  var testDescription: String { pattern }

  init(_ pattern: String, _ needles: Set<String>?) {
    self.pattern = pattern
    self.needles = needles
  }

  static let all: [RequiredLiteralsCase] = [
    // Literals and escapes.
    .init("sqlmap", ["sqlmap"]),
    .init("", nil),
    .init(#"/etc/passwd\b"#, ["/etc/passwd"]),
    .init(#"^\(\)\s*\{"#, ["()"]),
    .init(#"\x3cscript\x{3E}"#, ["<script>"]),
    .init(#"\074script\o{76}"#, ["<script>"]),
    .init(#"\0q\x7z\xzq"#, ["\0q\u{7}z\0zq"]),
    .init(#"q\t\n\r\f\a\ez"#, ["q\t\n\r\u{c}\u{7}\u{1b}z"]),
    .init(#"\cAx\c{z"#, ["\u{1}x;z"]),
    .init(#"\Qa.b|c\Ed"#, ["a.b|cd"]),
    .init(#"\Qa.b"#, ["a.b"]),
    .init(#"\Q$\E\Q(\E"#, ["$("]),
    .init(#"wp\-\j\_\/"#, ["wp-j_/"]),
    .init("qqq{,}zzz{x}", ["qqq{,}zzz{x}"]),
    // Groups and alternatives.
    .init("nessus|nmap", ["nessus", "nmap"]),
    .init("latest/(?:meta|user)-data", ["latest/meta-data", "latest/user-data"]),
    .init("<(?<name>svg|math)>", ["<svg>", "<math>"]),
    .init("<(?P<name>svg|math)>", ["<svg>", "<math>"]),
    .init("<(?'name'svg)(?>math)(?|x|y)", ["<svgmath"]),
    .init("admin(?#comment))", nil),
    .init("admin(?#comment)istrator", ["administrator"]),
    .init("zgrab|", nil),
    .init("zgrab|.*", nil),
    .init("zg(?:|x)/", ["zg/", "zgx/"]),
    .init("conf|config|xconf", ["conf"]),
    // Classes.
    .init("[sS][qQ][lL]map", ["sqlmap/i"]),
    .init("w[34]af", ["w3af", "w4af"]),
    .init(#"<script[^a]>"#, ["<script"]),
    .init(#"q[]]z[\]]"#, ["q]z]"]),
    .init(#"q[$-&]z"#, ["q$z", "q%z", "q&z"]),
    .init(#"q[a-]z[-b]z"#, ["qaz-z", "qazbz", "q-z-z", "q-zbz"]),
    .init(#"q[\Q]\E]z"#, ["q]z"]),
    .init(#"q[[:blank:]]z"#, ["q\tz", "q z"]),
    .init(#"q[\x41\102\b\cA]z"#, ["qAz", "qBz", "q\u{8}z", "q\u{1}z"]),
    .init("q[^\\x00-\\x60\\x62-\\xff]z", ["qaz"]),
    .init("(?i)<q[^\\x00-\\x60\\x62-\\xff]z", ["<q/i"]),
    .init("(?xx)q[ a ]z", ["qaz"]),
    .init("(?x)q[ a]z", ["q z", "qaz"]),
    .init(#"qqz\d\w\D\W\S."#, ["qqz"]),
    // Quantifiers.
    .init("zgrab*/", ["zgra"]),
    .init("(?:zgrab)*/", nil),
    .init("zgrab?/", ["zgra/", "zgrab/"]),
    .init("zgrab+/x", ["zgrab"]),
    .init("zq{3}/", ["zqqq/"]),
    .init("zq{2,}\\w/x", ["zqq"]),
    .init("zq{0}/", ["z/"]),
    .init("zq{0,1}/", ["z/", "zq/"]),
    .init("(?:zq){2}+/", ["zqzq/"]),
    .init("zq{1}{2}/", ["zqq/"]),
    .init("(?x)z q + # comment )\n <", ["q<"]),
    .init("zgrabq{,3}", ["zgrab"]),
    .init("zgrabq{ 1, 3 }", ["zgrab"]),
    .init(#"\Qzgrab\E?/"#, ["zgra/", "zgrab/"]),
    .init(#"\Qzgra\E\Qb\E?/"#, ["zgra/", "zgrab/"]),
    // Flags.
    .init("(?i)SqlMap", ["sqlmap/i"]),
    .init("(?i:Sql)Map", ["sqlmap/i"]),
    .init("((?i)Sql|Hydra)", ["sql/i", "hydra/i"]),
    .init("((?i)Sql)x(?-i)|Hydra", ["sqlx/i", "Hydra"]),
    .init("(?i)sql(?-i:Map)", ["sqlmap/i"]),
    .init("(?i)12[3]4", ["1234"]),
    .init("(?^)Hydra(?i)(?^:Q)", ["HydraQ"]),
    .init("(?x) sql \\  map # (", ["sql map"]),
    .init("(?i)(?x: sql ) map", ["sql map/i"]),
    .init("(?s-m)zgrab(?U)x+y", ["zgrabx"]),
    // What consumes nothing, and what consumes anything.
    .init(#"\A\bzgrab\B\z\Z\G$"#, ["zgrab"]),
    .init(#"(?=sqlmap)zgrab(?!hydra)(?<=b)(?<!x)"#, ["zgrab"]),
    .init(#"foo\Kzgrab"#, ["foozgrab"]),
    .init(#"(?<q>"|')zgrab\k<q>\g{q}\k{q}\g{-1}(?P=q)"#, ["zgrab"]),
    .init(#"(?<n>zgrab)(?&n)(?P>n)(?1)(?R)?(?-1)\g<n>\g'1'x"#, ["zgrab"]),
    .init(#"zgrab\R\X\C\N\h\V\p{L}\PL"#, ["zgrab"]),
    // What the reader does not follow.
    .init("(*ANYCRLF)zgrab", nil),
    .init("zg(*ACCEPT)rab", nil),
    .init("(*pla:zgrab)", nil),
    .init("(?(?=z)zgrab|zgrab)", nil),
    .init("zgrab(?C1)", nil),
    .init("(?i", nil),
    .init("(zgrab", nil),
    .init("zgrab)", nil),
    .init("[zgrab", nil),
    .init("[[:foo:]]zgrab", nil),
    .init(#"zgrab\"#, nil),
    .init(#"zgrab\x{100}"#, nil),
    .init("*zgrab", nil),
    // Too common, or too many.
    .init(#"\d+"#, nil),
    .init("a", nil),
    .init("[a-z]{3}", nil),
    .init("<", ["<"]),
    .init(#"\$[^}]*"#, ["$"]),
  ]
}

struct RequiredLiteralsTests {
  @Test(arguments: RequiredLiteralsCase.all)
  func derivesTheNeedles(_ test: RequiredLiteralsCase) {
    let literals = RequiredLiterals(of: Array(test.pattern.utf8))
    let texts = literals.map { literals in
      Set(
        literals.needles.map {
          String(decoding: $0.bytes, as: UTF8.self) + ($0.ignoresCase ? "/i" : "")
        })
    }
    #expect(texts == test.needles)
  }

  @Test func boundsHowManyNeedlesThereAre() throws {
    let words = (0..<70).map { "w\($0)x" }.joined(separator: "|")
    let literals = RequiredLiterals(of: Array("zgrab(?:\(words))".utf8))
    #expect(literals?.needles == [Needle(Array("zgrab".utf8))])
    let many = try #require(RequiredLiterals(of: Array(words.utf8)))
    #expect(many.needles.count <= RequiredLiterals.maximumCount)
  }

  @Test(arguments: [(250, true), (251, false)])
  func readsAsManyNestedGroupsAsPCRE2(_ depth: Int, _ isRead: Bool) {
    let pattern =
      String(repeating: "(", count: depth) + "zgrab" + String(repeating: ")", count: depth)
    #expect((RequiredLiterals(of: Array(pattern.utf8)) != nil) == isRead)
  }

  @Test func ratesRareNeedlesAboveCommonOnes() throws {
    func rarity(_ pattern: String) throws -> Double {
      try #require(RequiredLiterals(of: Array(pattern.utf8))).rarity
    }
    #expect(try rarity("wp-config") > rarity("<"))
    #expect(try rarity("<") > rarity("\\("))
    #expect(try rarity("<script") > 16)
  }
}
