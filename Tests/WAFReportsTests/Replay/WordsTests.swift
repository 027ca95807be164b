import Testing

@testable import WAFReports

@Suite struct WordsTests {
  @Test(
    arguments: [
      (["a 3", "b 2"], 2, 40, false, "a 3, b 2"),
      (["a 3", "b 2"], 9, 40, false, "a 3, b 2, … and 7 more"),
      (["a 3", "b 2"], 9, 20, false, "a 3, … and 8 more"),
      (["a 3", "b 2"], 900, 40, true, "e.g. a 3, b 2, … and ≈898 more"), ([], 0, 40, false, ""),
    ] as [([String], Int, Int, Bool, String)])
  func lists(_ row: ([String], Int, Int, Bool, String)) {
    #expect(fitting(row.0, total: row.1, width: row.2, isEstimate: row.3) == row.4)
  }

  @Test(arguments: [
    ("ipSet:arn:aws:wafv2:r:1:regional/ipset/office/0", "IP set office"),
    ("regexPatternSet:arn:aws:wafv2:r:1:regional/regexpatternset/bots/0", "regex pattern set bots"),
    ("ruleGroup:arn:aws:wafv2:r:1:regional/rulegroup/base/0", "rule group base"),
    ("ruleGroup:base", "rule group base"), ("header:cookie", "header cookie"),
  ])
  func evidence(evidence: String, expected: String) {
    #expect(evidenceInWords(evidence) == expected)
  }

  @Test(arguments: [
    ("IP set arn:aws:wafv2:r:1:regional/ipset/office/0", "IP set office"),
    ("client address in arn:aws:wafv2:r:1:global/ipset/a/0", "client address in IP set a"),
    ("arn:aws:wafv2:r:1:regional/ipset/a/0", "IP set a"), ("arn:short", "arn:short"),
  ])
  func documentNames(text: String, expected: String) {
    #expect(shorteningARNs(text) == expected)
  }
}
