import Diagnostics
import Testing

@Suite struct RenderingTests {
  /// A map of one document in which every pointer leads to some marked bytes.
  private func map(_ text: String, file: String = "acl.json") -> SourceMap {
    var map = SourceMap()
    map.add(file: file, bytes: Array(text.utf8)) { _ in nil }
    return map
  }

  private func range(of part: String, in text: String) -> Range<Int> {
    let all = Array(text.utf8)
    let wanted = Array(part.utf8)
    let start = all.indices.first { all[$0...].starts(with: wanted) } ?? 0
    return start..<(start + wanted.count)
  }

  @Test func keyWithSuggestion() {
    let text = """
      {"Rules": [{"Statement": {"AndStatement":
        {"Statements": [
            {},

            {"ByteMatchStatment": {"SearchString": "x"}}
      ]}}}]}
      """
    let key = range(of: "\"ByteMatchStatment\"", in: text)
    var map = SourceMap()
    map.add(file: "acl.json", bytes: Array(text.utf8)) { _ in
      SourceMap.Span(value: 0..<1, key: key)
    }
    let pointer = JSONPointer([
      "Rules", "0", "Statement", "AndStatement", "Statements", "1", "ByteMatchStatment",
    ])
    let diagnostic = Diagnostic.error(
      "unknown-statement", "unknown statement 'ByteMatchStatment'",
      at: Place(file: "acl.json", pointer: pointer, focus: .key),
      suggestion: "ByteMatchStatement")
    #expect(
      map.render(diagnostic) == """
        acl.json:5:8: error[unknown-statement]: unknown statement 'ByteMatchStatment'
           at /Rules/0/Statement/AndStatement/Statements/1
        5 |       {"ByteMatchStatment": {"SearchString": "x"}}
          |        ^^^^^^^^^^^^^^^^^^^ did you mean 'ByteMatchStatement'?
        """)
  }

  @Test func notesAndWideLineNumbers() {
    let text = String(repeating: "\n", count: 11) + "  12345  \r\n"
    let place = Place(file: "acl.json", byteRange: range(of: "12345", in: text))
    let diagnostic = Diagnostic.warning("code", "text", at: place, notes: ["one", "two"])
    #expect(
      map(text).render(diagnostic) == """
        acl.json:12:3: warning[code]: text
        12 |   12345  
           |   ^^^^^
           note: one
           note: two
        """)
  }

  @Test func hostileTextIsMadeVisible() {
    let text = "\u{1B}[31m\t\"x\u{202E}y\" z"
    let place = Place(file: "a\u{7}.json", byteRange: range(of: "\"x\u{202E}y\"", in: text))
    let rendered = map(text, file: "a\u{7}.json").render(
      .error("code", "name '\u{1B}[0m\n'", at: place, suggestion: "\u{0}"))
    #expect(
      rendered == """
        a\\u{7}.json:1:7: error[code]: name '\\u{1B}[0m\\u{A}'
        1 | \\u{1B}[31m    "x\\u{202E}y" z
          |               ^^^^^^^^^^^^ did you mean '\\u{0}'?
        """)
  }

  @Test func columnsCountScalars() {
    let text = "\"äöü\": 1"
    let place = Place(file: "acl.json", byteRange: range(of: "1", in: text))
    let map = map(text)
    #expect(map.location(of: place)?.column == 8)
    #expect(
      map.render(.error("c", "m", at: place)) == """
        acl.json:1:8: error[c]: m
        1 | "äöü": 1
          |        ^
        """)
  }

  @Test func brokenBytesAreShown() {
    var map = SourceMap()
    map.add(file: "f", bytes: [0x22, 0xFF, 0xC3, 0x22])
    #expect(
      map.render(.error("c", "m", at: Place(file: "f", byteOffset: 2))) == """
        f:1:3: error[c]: m
        1 | "\\xFF\\xC3"
          |      ^^^^
        """)
  }

  @Test func longLinesAreCutAroundThePlace() {
    let text = String(repeating: "a", count: 5_000) + "HERE" + String(repeating: "b", count: 5_000)
    let place = Place(file: "acl.json", byteRange: range(of: "HERE", in: text))
    let lines = map(text).render(.error("c", "m", at: place)).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0] == "acl.json:1:5001: error[c]: m")
    #expect(lines[1].hasPrefix("1 | …aaaa"))
    #expect(lines[1].hasSuffix("bbb…"))
    #expect(lines[1].count < 140)
    let marked = lines[1].indices.filter { lines[1][$0] == "H" }.first
    let marks = lines[2].firstIndex(of: "^")
    #expect(
      marked.map { lines[1].distance(from: lines[1].startIndex, to: $0) }
        == marks.map { lines[2].distance(from: lines[2].startIndex, to: $0) })
    #expect(lines[2].hasSuffix(" ^^^^"))
  }

  @Test func longValuesAreMarkedInPart() {
    let text = "[" + String(repeating: "1,", count: 100_000) + "1]"
    let place = Place(file: "acl.json", byteRange: 0..<text.utf8.count)
    let lines = map(text).render(.error("c", "m", at: place)).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count < 140 })
  }

  @Test func theEndOfADocumentCanBeMarked() {
    let place = Place(file: "acl.json", byteOffset: 2)
    #expect(
      map("{\n").render(.error("c", "m", at: place)) == """
        acl.json:2:1: error[c]: m
        2 |
          | ^
        """)
  }

  @Test func missingValuesFallBackToWhatContainsThem() {
    let text = "{\"Rules\": [1]}"
    var map = SourceMap()
    let rules = range(of: "[1]", in: text)
    map.add(file: "f", bytes: Array(text.utf8)) { pointer in
      pointer == JSONPointer(["Rules"]) ? SourceMap.Span(value: rules) : nil
    }
    let place = Place(file: "f", pointer: JSONPointer(["Rules", "7", "Name"]))
    #expect(map.location(of: place) == SourceMap.Location(line: 1, column: 11))
  }

  @Test func withoutADocument() {
    let map = SourceMap()
    #expect(map.render(.error("c", "m", suggestion: "n")) == "error[c]: m; did you mean 'n'?")
    #expect(
      map.render(.error("c", "m", at: Place(file: "f", pointer: JSONPointer(["a"])))) == """
        f: error[c]: m
           at /a
        """)
  }

  @Test func byteOrderMarksAreNoColumn() {
    let place = Place(file: "acl.json", byteOffset: 4)
    #expect(map("\u{FEFF}{x}").location(of: place) == SourceMap.Location(line: 1, column: 2))
  }

  @Test func placesBeyondTheDocument() {
    let map = map("{}")
    for offset in [-5, 0, 2, 3, 1_000_000] {
      #expect(
        !map.render(.error("c", "m", at: Place(file: "acl.json", byteOffset: offset))).isEmpty)
    }
  }
}
