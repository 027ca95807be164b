import Diagnostics
import DocumentTree
import Testing

@Suite struct JSONParserTests {
  @Test(arguments: [
    ("{}", "{}"), ("[]", "[]"), (" [ 1 , -0.5e+3 ] \r\n", "[1,-0.5e+3]"),
    ("\u{FEFF}true", "true"), ("\"\"", "\"\""), ("0", "0"),
    (#"{"a":{"b":[null,false,"c"]},"a":1}"#, #"{"a":{"b":[null,false,"c"]},"a":1}"#),
    (#""\"\\\/\b\f\n\r\t\u00e4\uD83D\uDE00""#, #""\"\\/\u0008\u000c\n\r\tä😀""#),
    ("\"ä😀\"", "\"ä😀\""), ("\"\u{7F}\"", #""\u007f""#),
    ("12345678901234567890.10", "12345678901234567890.10"),
  ])
  func accepted(_ text: String, _ written: String) throws {
    let node = try JSONParser.parse(Array(text.utf8), file: "f")
    #expect(JSONWriter.compact(node) == written)
    let again = try JSONParser.parse(Array(written.utf8), file: "f")
    #expect(again.withoutPositions() == node.withoutPositions())
    let pretty = try JSONParser.parse(Array(JSONWriter.pretty(node).utf8), file: "f")
    #expect(pretty.withoutPositions() == node.withoutPositions())
  }

  /// A document that is refused; `▶` marks the byte at which.
  struct Refused: CustomTestStringConvertible {
    var marked: String
    var message: String
    var suggestion: String?
    var testDescription: String { marked }
  }

  @Test(arguments: [
    Refused(marked: "▶", message: "the document is empty"),
    Refused(marked: " \n▶", message: "the document is empty"),
    Refused(marked: #"{"a": 1▶, }"#, message: "trailing ',' before '}'"),
    Refused(marked: "[1▶,\n]", message: "trailing ',' before ']'"),
    Refused(marked: "{▶'a': 1}", message: "keys are written in double quotes, not in single ones"),
    Refused(marked: "{▶a: 1}", message: "keys are written in double quotes"),
    Refused(marked: "{▶“a”: 1}", message: "keys are written in plain double quotes"),
    Refused(marked: "{▶,}", message: "a key is expected here; is there one ',' too many?"),
    Refused(
      marked: #"{"a": ▶'b'}"#, message: "strings are written in double quotes, not in single ones"),
    Refused(marked: #"{"a": ▶b}"#, message: "strings are written in double quotes"),
    Refused(marked: "{▶// note\n}", message: "JSON has no comments"),
    Refused(marked: "[1 ▶/* note */]", message: "JSON has no comments"),
    Refused(marked: "[1] ▶# note", message: "JSON has no comments"),
    Refused(marked: #"{"a": 1 ▶"b": 2}"#, message: "missing ',' before this"),
    Refused(marked: "[1 ▶2]", message: "missing ',' before this"),
    Refused(marked: "[1▶}", message: "expected ',' or ']'"),
    Refused(marked: #"{"a"▶ 1}"#, message: "expected ':' after the key 'a'", suggestion: nil),
    Refused(marked: #"["a", ▶"bc]"#, message: "the string that starts here has no closing quote"),
    Refused(
      marked: "[\"a▶\nb\"]",
      message: "the string does not end in its line; a line break is written \\n"),
    Refused(marked: "[\"a▶\tb\"]", message: "a control character in a string must be escaped"),
    Refused(
      marked: #"["▶\d"]"#,
      message: #"no such escape in JSON; a backslash in a string is written \\"#
    ),
    Refused(marked: #"["▶\u12g4"]"#, message: #"\u is followed by four hexadecimal digits"#),
    Refused(marked: #"["▶\ud800"]"#, message: "half of a surrogate pair stands alone"),
    Refused(marked: #"["▶\udc00x"]"#, message: "half of a surrogate pair stands alone"),
    Refused(marked: #"["▶\ud800\u0041"]"#, message: "half of a surrogate pair stands alone"),
    Refused(
      marked: "{\n\"a\": [▶", message: "the document ends inside the array that starts in line 2"),
    Refused(
      marked: "{\n\"a\": [1],▶",
      message: "the document ends inside the object that starts in line 1"
    ),
    Refused(marked: "▶True", message: "unknown word 'True'", suggestion: "true"),
    Refused(marked: "▶None", message: "unknown word 'None'", suggestion: "null"),
    Refused(marked: "▶01", message: "a number has no leading zero"),
    Refused(marked: "-▶01", message: "a number has no leading zero"),
    Refused(marked: "▶+1", message: "a number starts with a digit or '-'"),
    Refused(marked: "1.▶", message: "a digit must follow the decimal point"),
    Refused(marked: "1e+▶", message: "a digit must follow the exponent sign"),
    Refused(marked: "0▶x10", message: "a number does not go on like this"),
    Refused(marked: "-▶", message: "a number needs a digit here"),
    Refused(marked: "{} ▶{}", message: "a second document follows the end of the document"),
    Refused(marked: "1 ▶]", message: "more text follows the end of the document"),
    Refused(marked: "[1]▶]", message: "more text follows the end of the document"),
    Refused(marked: "[▶,1]", message: "a value is expected here; is there one ',' too many?"),
    Refused(marked: "[1,▶,1]", message: "a value is expected here; is there one ',' too many?"),
  ])
  func refused(_ refused: Refused) throws {
    let marker = Array("▶".utf8)
    let all = Array(refused.marked.utf8)
    let offset = try #require(all.indices.first { all[$0...].starts(with: marker) } ?? nil)
    let bytes = Array(all[..<offset] + all[(offset + marker.count)...])
    let diagnostic = try #require(throws: Diagnostic.self) {
      try JSONParser.parse(bytes, file: "f")
    }
    #expect(diagnostic.code == "syntax")
    #expect(diagnostic.message == refused.message)
    #expect(diagnostic.suggestion == refused.suggestion)
    // A colon that is missing is noticed at what stands there instead.
    let place = try #require(diagnostic.place?.byteRange?.lowerBound)
    let skipped = bytes[min(offset, place)..<max(offset, place)]
    #expect(skipped.allSatisfy { $0 == 0x20 }, "at byte \(place), not \(offset)")
  }

  @Test(
    arguments: [
      ([0x22, 0xFF, 0x22], 1), ([0x22, 0xC3], 1), ([0x22, 0xC0, 0x80, 0x22], 1),
      ([0x22, 0xED, 0xA0, 0x80, 0x22], 1), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1),
      ([0x22, 0xE2, 0x82, 0x22], 1), ([0x22, 0xF0, 0x9F, 0x98, 0x80, 0x80, 0x22], 5),
    ] as [([UInt8], Int)])
  func brokenUTF8(_ bytes: [UInt8], _ offset: Int) throws {
    let diagnostic = try #require(throws: Diagnostic.self) {
      try JSONParser.parse(bytes, file: "f")
    }
    #expect(diagnostic.place?.byteRange?.lowerBound == offset)
    #expect(diagnostic.message.contains("UTF-8"))
  }

  @Test func utf16IsNamed() throws {
    let diagnostic = try #require(throws: Diagnostic.self) {
      try JSONParser.parse([0xFF, 0xFE, 0x7B, 0x00], file: "f")
    }
    #expect(diagnostic.message == "the document is UTF-16; it must be UTF-8")
  }

  @Test(arguments: [1, 2, 128, 512])
  func nesting(_ limit: Int) throws {
    func text(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    _ = try JSONParser.parse(text(limit), file: "f", depthLimit: limit)
    #expect(throws: Diagnostic.self) {
      try JSONParser.parse(text(limit + 1), file: "f", depthLimit: limit)
    }
    #expect(throws: Diagnostic.self) {
      try JSONParser.parse(text(1_000_000), file: "f", depthLimit: Int.max)
    }
  }

  @Test func positions() throws {
    let text = #"{"a": [10, {"b": "c"}]}"#
    let bytes = Array(text.utf8)
    let node = try JSONParser.parse(bytes, file: "f")
    func source(_ components: [String]) -> (value: String, key: String?)? {
      node.span(of: JSONPointer(components)).map { span in
        (
          String(decoding: bytes[span.value], as: UTF8.self),
          span.key.map { String(decoding: bytes[$0], as: UTF8.self) }
        )
      }
    }
    #expect(source([])?.value == text)
    #expect(source(["a"])?.key == "\"a\"")
    #expect(source(["a", "0"])?.value == "10")
    #expect(source(["a", "0"])?.key == nil)
    #expect(source(["a", "1"])?.value == #"{"b": "c"}"#)
    #expect(source(["a", "1", "b"])?.value == "\"c\"")
    #expect(source(["a", "2"]) == nil)
    #expect(source(["a", "x"]) == nil)
    #expect(source(["z"]) == nil)
    #expect(node.node(at: JSONPointer(["a", "1", "b"]))?.text == "c")
  }
}
