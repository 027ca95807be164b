import Testing
import WAFProgram

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

  static let fields: [Field] = [
    .method, .uriPath, .queryString, .uriFragment(.match), .singleHeader(name: Array("a".utf8)),
    .headers(PartSelection(pattern: .all, scope: .all)), .headerOrder,
    .singleQueryArgument(name: Array("a".utf8), preParse: []), .allQueryArguments(preParse: []),
    .cookies(PartSelection(pattern: .all, scope: .all)), .body,
    .jsonBody(JSONSelection(paths: nil, scope: .all, fallback: .match)),
    .ja3Fingerprint(.match), .ja4Fingerprint(.match),
  ]

  /// What needs can name beside fields: the engine's and the compiler's words.
  static let otherEvidence =
    [
      "clientIp", "country", "region", "clientAsn", "forwardedCountry", "forwardedRegion",
      "forwardedAsn", "token", "payment", "rates", "label:a", "labels:a:", "managedRule:G/R",
      "managedRuleGroup:V/G", "openQuestion:Q21", "openQuestion:Q5", "ipSet:a",
      "regexPatternSet:a", "ruleGroup:a", "statement:XStatement",
    ] + Detector.allCases.map { "detector/" + $0.name }

  @Test func allEvidenceHasWords() {
    let words = Set(Self.fields.map { field in word(for: field) })
    #expect(words.count == 14, "one of the fields is missing in the list")
    let evidence = Self.fields.map(\.evidence) + Self.otherEvidence
    for name in evidence + Self.fields.map({ "regexLimit:" + $0.evidence }) {
      let text = evidenceInWords(name)
      #expect(text != name)
      #expect(text.contains(" "), "\(name) is \(text)")
    }
    for field in Self.fields { #expect(isRecordedEvidence(field.evidence)) }
    for name in ["rates", "label:a", "ipSet:a", "detector/xss"] {
      #expect(!isRecordedEvidence(name))
    }
  }

  /// A number a case: a case more does not compile.
  private func word(for field: Field) -> Int {
    switch field {
    case .method: 0
    case .uriPath: 1
    case .queryString: 2
    case .uriFragment: 3
    case .singleHeader: 4
    case .headers: 5
    case .headerOrder: 6
    case .singleQueryArgument: 7
    case .allQueryArguments: 8
    case .cookies: 9
    case .body: 10
    case .jsonBody: 11
    case .ja3Fingerprint: 12
    case .ja4Fingerprint: 13
    }
  }

  @Test(arguments: [
    ("ipSet:arn:aws:wafv2:r:1:regional/ipset/office/0", "IP set office"),
    ("regexPatternSet:arn:aws:wafv2:r:1:regional/regexpatternset/bots/0", "regex pattern set bots"),
    ("ruleGroup:arn:aws:wafv2:r:1:regional/rulegroup/base/0", "rule group base"),
    ("ruleGroup:base", "rule group base"), ("header:cookie", "header cookie"),
    ("regexLimit:body", "a cheaper pattern (the matching limit was reached on the body)"),
    ("detector/xss", "the logic of the cross-site scripting detector"),
    ("openQuestion:Q21", "what AWS WAF inspects of gRPC bodies (open question Q21)"),
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
