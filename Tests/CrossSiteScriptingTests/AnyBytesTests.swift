import TestSupport
import Testing

@testable import CrossSiteScripting

/// Whatever the bytes: no crash, ranges inside the value, one answer.
@Suite struct AnyBytesTests {
  private static let pieces: [String] = [
    "<", ">", "/", "</", "<!", "<!--", "-->", "<?", "<%", "%>", "<![CDATA[", "]]>", "'", "\"", "`",
    "=", " ", "\n", "\0", "a", "script", "svg", "onclick", "href", "style", "java", "attributename",
    "&#", "&#x", "106", ";", "-", "!", "doctype", "[if", "xml",
  ]

  @Test(arguments: 0..<UInt64(8)) func rangesLieInsideOfTheValue(seed: UInt64) {
    var random = SplitMix(state: seed)
    for _ in 0..<1_500 {
      let value = Self.value(&random)
      guard let finding = CrossSiteScriptingDetector.findAttack(in: value.span) else { continue }
      for index in 0..<finding.count {
        let range = finding.token(index).range
        #expect(
          range.lowerBound >= 0 && range.upperBound <= value.count && !range.isEmpty,
          "seed \(seed): \(value)")
      }
      #expect(finding == CrossSiteScriptingDetector.findAttack(in: value.span))
    }
  }

  /// Values without markup are left at once, and short ones are read without comparing: the answer is
  /// that of reading all of it.
  @Test(arguments: 0..<UInt64(4)) func leavingAtOnceChangesNothing(seed: UInt64) {
    var random = SplitMix(state: seed &+ 200)
    var attacks = 0
    for _ in 0..<2_000 {
      let value = Self.value(&random)
      let finding = CrossSiteScriptingDetector.findAttack(in: value.span)
      #expect(finding == Self.slowFinding(value), "seed \(seed): \(value)")
      attacks += finding == nil ? 0 : 1
    }
    #expect(attacks > 50)
  }

  /// Readings that fall in step are read once; the answer is that of reading all of them.
  @Test(arguments: 0..<UInt64(4)) func checkpointsChangeNothing(seed: UInt64) {
    var random = SplitMix(state: seed &+ 100)
    let harmless = ["<b>", "x=1 ", "'", "\"", "`", "<i a='b'>", "</i>", " ", "<!-- -->", "="]
    // Quotes that open anew wherever one closes: readings that began apart stay apart.
    let apart = ["x='", "x=\"", "x=` ", "b ", "x=\" ", "x=' "]
    let ends = ["<a href=java", " onclick=1 ", "\0", "<svg"]
    for round in 0..<200 {
      var value: [UInt8] = []
      let pieces = round % 2 == 0 ? harmless : apart
      for _ in 0..<Int.random(in: 30..<500, using: &random) {
        value += Array((pieces.randomElement(using: &random) ?? "").utf8)
      }
      value += Array((ends.randomElement(using: &random) ?? "").utf8)
      #expect(CrossSiteScriptingDetector.findAttack(in: value.span) == Self.slowFinding(value))
    }
  }

  private static func slowFinding(_ value: [UInt8]) -> CrossSiteScriptingFinding? {
    for context in MarkupContext.allCases {
      var tokenizer = MarkupTokenizer(value.span, startingIn: context)
      while tokenizer.position < value.count {
        if let token = tokenizer.step(),
          let finding = MarkupDecision.finding(for: token, in: value.span, context: context)
        {
          return finding
        }
      }
    }
    return nil
  }

  /// Every start of a value is read without a trap, and long ones too.
  @Test func startsAndLongValues() {
    let value = Array("\"'`><!--[if x]--><a\0b =c href='&#x6a;ava' <%x%></q r=s><![CDATA[]]>".utf8)
    for count in 0...value.count {
      _ = CrossSiteScriptingDetector.findAttack(in: value.span.extracting(first: count))
    }
    for piece in Self.pieces {
      let repeated = Array(String(repeating: piece, count: 20_000).utf8)
      _ = CrossSiteScriptingDetector.findAttack(in: repeated.span)
    }
  }

  private static func value(_ random: inout SplitMix) -> [UInt8] {
    if Bool.random(using: &random) {
      return (0..<Int.random(in: 0..<60, using: &random)).map { _ in
        UInt8.random(in: .min ... .max, using: &random)
      }
    }
    return (0..<Int.random(in: 1..<20, using: &random)).flatMap { _ in
      Array((pieces.randomElement(using: &random) ?? "").utf8)
    }
  }
}
