import Diagnostics
import DocumentTree
import Testing
import WAFChecks
import WAFModel

@Suite struct CheckTests {
  @Test(arguments: CheckCase.all)
  func findsAndPoints(_ test: CheckCase) throws {
    let (text, marked) = try unmark(test.text)
    let root = try JSONParser.parse(Array(text.utf8), file: "f.json")
    let places = try diagnostics(test, root: root).map { diagnostic in
      let place = try #require(diagnostic.place)
      let span = try #require(root.span(of: place.pointer), "\(diagnostic) points nowhere")
      let range = place.focus == .key ? try #require(span.key) : span.value
      return (range: range, diagnostic: diagnostic)
    }.sorted { $0.range.lowerBound < $1.range.lowerBound }
    let found = places.map { "\($0.diagnostic.severity.rawValue) \($0.diagnostic.code)" }
    #expect(found == test.found, "\(places.map(\.diagnostic))")
    let pointed = Set(places.map(\.range)).map { shown($0, text) }.sorted()
    #expect(pointed == Set(marked).map { shown($0, text) }.sorted())
    guard !test.says.isEmpty else { return }
    let said = places.map(\.diagnostic).flatMap { [$0.message, $0.suggestion ?? ""] + $0.notes }
    #expect(said.contains { $0.contains(test.says) }, "\(said)")
  }

  /// No kind of finding without a case, and no case of a kind that is not listed.
  @Test func everyCodeHasACase() throws {
    var codes: Set<String> = []
    for test in CheckCase.all {
      codes.formUnion(test.found.compactMap { $0.split(separator: " ").last.map(String.init) })
    }
    #expect(Set(CheckCode.allCases.map(\.rawValue)).subtracting(codes).sorted() == [])
    #expect(codes.subtracting(CheckCode.allCases.map(\.rawValue)).sorted() == [])
  }

  private func diagnostics(_ test: CheckCase, root: Node) throws -> [Diagnostic] {
    let context = ReadingContext(file: "f.json", features: .plainSearchStrings)
    let cursor = Cursor(root)
    var found: [Diagnostic] = []
    switch test.document {
    case .webACL:
      let value = try #require(WebACL(reading: cursor, in: context), "\(context.diagnostics)")
      let located = Located(value: value, file: "f.json")
      found = located.check(isStrict: test.isStrict)
      if let type = test.resourceType { found += located.checkComponents(on: type) }
    case .ruleGroup:
      let value = try #require(RuleGroup(reading: cursor, in: context))
      found = Located(value: value, file: "f.json").check(isStrict: test.isStrict)
    case .ipSet:
      let value = try #require(IPSet(reading: cursor, in: context))
      found = Located(value: value, file: "f.json").check()
    case .regexPatternSet:
      let value = try #require(RegexPatternSet(reading: cursor, in: context))
      found = Located(value: value, file: "f.json").check()
    }
    #expect(context.diagnostics.isEmpty, "the case itself is broken")
    return found
  }

  private func shown(_ range: Range<Int>, _ text: String) -> String {
    let bytes = Array(text.utf8)
    return "\(range.lowerBound): " + String(decoding: bytes[range].prefix(80), as: UTF8.self)
  }

  /// The text without its marks, and the ranges of bytes that they enclose.
  private func unmark(_ text: String) throws -> (String, [Range<Int>]) {
    var plain = ""
    var open: [Int] = []
    var ranges: [Range<Int>] = []
    for character in text {
      switch character {
      case "⟦": open.append(plain.utf8.count)
      case "⟧":
        let start = open.popLast()
        ranges.append(try #require(start)..<plain.utf8.count)
      default: plain.append(character)
      }
    }
    #expect(open.isEmpty)
    return (plain, ranges)
  }
}

extension CheckCase {
  static let all =
    names + labels + rules + lists + actions + responses + bytesCases + components + patterns
    + addresses + nesting + rates + managedGroups + groupConfigs + settings + monetization
    + linter
}
