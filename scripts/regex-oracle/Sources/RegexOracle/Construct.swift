/// A construct of PCRE's syntax: the class by which differences are counted, and ways to write it.
struct Construct {
  let name: String
  /// Patterns with the construct; `@` stands for a random piece of plain pattern.
  let forms: [String]

  init(_ name: String, _ forms: String...) {
    self.name = name
    self.forms = forms
  }

  static let all: [Construct] = [
    Construct("plain", "@", "@@", "@@@"),
    Construct("anchors ^ $ \\A \\z \\Z", "^@", "@$", "^@$", "\\A@", "@\\z", "@\\Z", "@^@", "@$@"),
    Construct("\\b \\B", "\\b@\\b", "@\\B@", "\\b@"),
    Construct("\\G", "\\G@"),
    Construct("dot", ".@", "@.{1,3}@", "@.+"),
    Construct("classes", "[abc]@", "[^a-z]@", "[]x]@", "[^]x]@", "[\\d_-]@", "[a\\]b]@"),
    Construct("POSIX classes", "[[:alpha:]]@", "[[:^digit:]x]@", "[[:word:]]@"),
    Construct("\\d \\w \\s and negations", "\\d@", "\\W@\\s", "@\\S", "\\D@"),
    Construct("\\h \\v \\H \\V", "\\h@", "@\\v", "\\H@", "@\\V"),
    Construct("\\N", "\\N@", "@\\N+"),
    Construct("\\X", "\\X@"),
    Construct("\\p{..} \\P{..}", "\\p{L}@", "\\P{Lu}@", "\\pN@", "\\p{Greek}@"),
    Construct("hexadecimal \\x", "\\x41@", "\\x{41}@", "@\\xff"),
    Construct("\\x{100} and above", "\\x{100}@", "@\\x{20ac}"),
    Construct("octal", "\\101@", "\\012@", "\\0@"),
    Construct("\\o{..}", "\\o{101}@"),
    Construct("\\cX", "\\cA@", "\\c[@"),
    Construct("\\Q..\\E", "\\Qa.b*\\E@", "@\\Q+\\E"),
    Construct("escaped letters without meaning", "\\y@", "\\i@", "@\\q"),
    Construct("escaped punctuation", "\\.@", "\\/@\\-", "@\\_@\\\""),
    Construct("bytes above 127", "é@", "@日", "[é]@"),
    Construct("capturing groups", "(@)", "(@)(@)", "((@)@)"),
    Construct("non-capturing groups", "(?:@)@", "(?:@|@)"),
    Construct("named groups", "(?<n>@)", "(?P<n>@)", "(?'n'@)"),
    Construct("alternatives", "@|@", "(@|@)@"),
    Construct("empty alternatives", "(|@)@", "(@|)@", "@(?:@||@)"),
    Construct("greedy quantifiers", "@x*", "@x+", "@x?", "@(?:@)*", "x{2}@", "x{2,}@", "x{2,5}@"),
    Construct("lazy quantifiers", "@x*?", "@x+?y", "@x??", "x{2,5}?@"),
    Construct("possessive quantifiers", "@x*+", "@x++y", "@x?+", "x{2,5}+@"),
    Construct("large repeats", "x{1000}@", "@x{300,}", "x{2,500}@"),
    Construct("repeats above 65,535", "x{65536}@"),
    Construct("{,n}", "x{,3}@"),
    Construct("braces as text", "x{@", "x{a}@", "{@}"),
    Construct("inline flags", "(?i)@", "(?s)@.", "(?m)^@", "@(?i)@", "(?i-s)@", "(?-i)@"),
    Construct("(?x)", "(?x)@ @", "(?x)@#c\n@"),
    Construct("(?xx)", "(?xx)@ [a b]"),
    Construct("(?J) (?U) (?n) (?^)", "(?J)@", "(?U)@+", "(?n)(@)", "(?^)@", "(?^i:@)"),
    Construct("flags of groups", "(?i:@)", "@(?s:.)@", "(?-i:@)"),
    Construct("comments", "@(?#comment)@"),
    Construct("empty match", "x*", "(?:@)?", "x?", "a*|b", "^", "$", "(?:)", "\\b"),
    Construct("lookahead", "@(?=@)", "(?!@)@", "^(?!@)"),
    Construct("lookbehind", "(?<=@)@", "(?<!x)@"),
    Construct(
      "backreferences", "(@)\\1", "(@)\\g1", "(?<n>@)\\k<n>", "(?P<n>@)(?P=n)", "(@)\\g{-1}"),
    Construct("subroutines", "(@)(?1)", "(?<n>@)(?&n)", "(?P<n>@)(?P>n)", "(@)\\g<1>"),
    Construct("recursion", "@(?R)?", "@(?0)?"),
    Construct("conditionals", "(@)?(?(1)@|@)", "(?(?=@)@|@)"),
    Construct("branch reset", "(?|(@)|(@))"),
    Construct("atomic groups", "(?>@)@", "@(?>@|@)"),
    Construct("verbs", "@(*FAIL)", "@(*ACCEPT)", "@(*COMMIT)@", "@(*SKIP)@"),
    Construct("leading verbs", "(*UTF8)@", "(*UCP)@", "(*ANYCRLF)@", "(*LIMIT_MATCH=10)@"),
    Construct("callouts", "@(?C1)@", "@(?C)"),
    Construct("\\C", "@\\C@"),
    Construct("\\R", "@\\R@"),
    Construct("\\K", "@\\K@"),
    Construct("unbalanced", "(@", "@)", "[@", "@]", "(?:@"),
    Construct("nothing to repeat", "*@", "+@", "(?:*@)", "@**", "@|+"),
    Construct("unknown groups", "(?@)", "(?y)@", "(?<@)"),
    Construct("trailing backslash", "@\\"),
    Construct("turned ranges", "[z-a]@", "x{5,2}@"),
  ]

  /// One pattern of the class.
  func pattern(using dice: inout SplitMix) -> String {
    let form = forms.randomElement(using: &dice) ?? "@"
    return form.map { $0 == "@" ? Self.piece(using: &dice) : String($0) }.joined()
  }

  /// A piece of pattern that every engine takes and that matches at least one byte.
  private static func piece(using dice: inout SplitMix) -> String {
    let atoms = ["a", "b", "ab", "admin", "/api", "[0-9]", "[a-f]", "\\.php", "x-y", "\\d\\d", "q"]
    let count = Int.random(in: 1...2, using: &dice)
    return (0..<count).map { _ in atoms.randomElement(using: &dice) ?? "a" }.joined()
  }
}
