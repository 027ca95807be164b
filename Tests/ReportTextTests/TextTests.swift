import Testing

@testable import ReportText

@Suite struct TextTests {
  @Test(arguments: [
    ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"),
    ("日本語", 4, "日…"), ("e\u{301}tude", 5, "e\u{301}tude"), ("", 0, ""),
  ])
  func cutting(text: String, width: Int, expected: String) {
    #expect(cut(text, to: width) == expected)
  }

  @Test(arguments: [("abc", 3, "abc"), ("abcd", 3, "…cd"), ("日本語", 5, "…本語")])
  func cuttingTheStart(text: String, width: Int, expected: String) {
    #expect(cutStart(text, to: width) == expected)
  }

  @Test(
    arguments: [
      (Array("/a\tb".utf8), "/a\\u{9}b"),
      ([0x2F, 0xFF, 0x61, 0xC3], "/\\xFFa\\xC3"),
      ([0xE2, 0x82, 0xAC, 0xC0, 0x0A], "€\\xC0\\u{A}"),
      (Array("\u{202E}x".utf8), "\\u{202E}x"),
      ([], ""),
    ] as [([UInt8], String)])
  func bytes(bytes: [UInt8], expected: String) {
    #expect(shown(bytes) == expected)
  }

  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1200, "-1,200"),
  ])
  func counts(count: Int, expected: String) {
    #expect(grouped(count) == expected)
  }

  @Test(arguments: [
    (0, 0, "0 %"), (0, 5, "0 %"), (5, 5, "100 %"), (2, 3, "66.7 %"), (91, 428, "21.3 %"),
    (1, 2, "50 %"), (1, 1000, "0.1 %"), (1, 3000, "under 0.1 %"), (2999, 3000, "over 99.9 %"),
  ])
  func shares(part: Int, whole: Int, expected: String) {
    #expect(percent(part, of: whole) == expected)
  }

  @Test func nothingReachesALineUnescaped() {
    let text = StyledText("a\u{1B}[31mb") + StyledText("\nc", .heading)
    #expect(text.rendered(TextStyle()) == "a\\u{1B}[31mb\\u{A}c")
  }

  @Test(arguments: 1...14)
  func styledCutsHoldTheWidth(width: Int) {
    let text = StyledText("abcd", .heading) + StyledText("efgh") + StyledText("日本")
    let cut = text.cut(to: width)
    #expect(cut.width <= width)
    #expect((cut == text) == (width >= 12))
  }

  @Test func colourOnlyWhereAskedFor() {
    let text = StyledText("x", .bad)
    #expect(text.rendered(TextStyle(usesColour: false)) == "x")
    #expect(text.rendered(TextStyle(usesColour: true)) == "\u{1B}[1;31mx\u{1B}[0m")
  }

  @Test func tablesAlign() {
    var table = TextTable([
      .init("rule", isFlexible: true), .init("count", .right), .init("note"),
    ])
    table.row([StyledText("short"), StyledText("1"), StyledText("a")])
    table.row([StyledText("a rule with a very long name"), StyledText("1,000"), StyledText("b")])
    let lines = table.lines(width: 30, indent: 2).map { $0.rendered(TextStyle()) }
    #expect(
      lines == [
        "  rule             count  note", "  short                1  a",
        "  a rule with a …  1,000  b",
      ])
    #expect(lines.count == 3)
    #expect(lines[2].contains("1,000  b"))
  }
}
