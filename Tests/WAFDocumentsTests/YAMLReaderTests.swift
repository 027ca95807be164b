import Diagnostics
import DocumentTree
import TestSupport
import Testing
import WAFModel

@testable import WAFDocuments

@Suite struct YAMLReaderTests {
  private func json(_ text: String) throws -> String {
    JSONWriter.compact(try YAMLReader.parse(Array(text.utf8), file: "f.yaml"))
  }

  @Test(arguments: [
    ("a: 1", #"{"a":1}"#), ("- a\n- b", #"["a","b"]"#),
    ("{a: [1, x], b: {}}", #"{"a":[1,"x"],"b":{}}"#),
    ("a: true\nb: False\nc: yes\nd: ~\ne:", #"{"a":true,"b":false,"c":"yes","d":null,"e":null}"#),
    ("a: '1'\nb: \"x\\n\"", #"{"a":"1","b":"x\n"}"#),
    (
      "a: 007\nb: 0x1F\nc: 1_000\nd: 1.5e3\ne: .5\nf: -0",
      #"{"a":"007","b":"0x1F","c":"1_000","d":1.5e3,"e":".5","f":-0}"#
    ),
    ("a: !!str 5", #"{"a":"5"}"#), ("a: |\n  x\n  y\n", #"{"a":"x\ny\n"}"#),
    ("a: &x {b: 1}\nc: *x", #"{"a":{"b":1},"c":{"b":1}}"#),
    ("---\na: 1\n...\n", #"{"a":1}"#), ("\u{FEFF}a: 1", #"{"a":1}"#),
    ("# note\na: 1 # x", #"{"a":1}"#),
    ("1: a", #"{"1":"a"}"#), ("2001-01-01", #""2001-01-01""#),
    ("a: 192.0.2.0/24", #"{"a":"192.0.2.0/24"}"#),
    ("NO: [NO, no, off]", #"{"NO":["NO","no","off"]}"#),
    ("a: \"\\u0000\"", #"{"a":"\u0000"}"#),
  ])
  func values(_ yaml: String, _ expected: String) throws {
    #expect(try json(yaml) == expected)
  }

  struct Refused: CustomTestStringConvertible {
    var text: String
    var code = "syntax"
    var message: String
    var offset: Int
    var testDescription: String { text }
  }

  @Test(arguments: [
    Refused(text: "", message: "empty", offset: 0),
    Refused(text: "a: [1", message: "flow sequence", offset: 5),
    Refused(text: "a: 1\n b: 2", message: "mapping values", offset: 7),
    Refused(text: "a: 1\na: 2", code: "repeated-member", message: "'a'", offset: 0),
    Refused(text: "a: !GetAtt x.Arn", code: "not-supported-yet", message: "!GetAtt", offset: 3),
    Refused(text: "a: !Sub [x, y]", code: "not-supported-yet", message: "!Sub", offset: 3),
    Refused(text: "a: *b", message: "undefined alias", offset: 3),
    Refused(
      text: "a: &x {b: 1}\nc:\n  <<: *x\n", code: "not-supported-yet", message: "merge keys",
      offset: 18),
    Refused(text: "? [a]\n: 1", message: "key must be", offset: 2),
    Refused(text: "a: 1\n---\nb: 2", message: "another document", offset: 5),
    Refused(text: "a: \"x", message: "quoted scalar", offset: 5),
  ])
  func refused(_ refused: Refused) throws {
    let diagnostic = try #require(throws: Diagnostic.self) {
      try YAMLReader.parse(Array(refused.text.utf8), file: "f.yaml")
    }
    #expect(diagnostic.code == refused.code)
    #expect(diagnostic.message.contains(refused.message), "\(diagnostic)")
    let offset = try #require(diagnostic.place?.byteRange?.lowerBound)
    #expect(offset == refused.offset, "\(diagnostic)")
  }

  @Test func positions() throws {
    let text = """
      # ü€
      Rules:
        - Näme: 'it''s' # note
          List: [a,  {b: c d}]
          Text: plain text
      """
    let bytes = Array(text.utf8)
    let node = try YAMLReader.parse(bytes, file: "f.yaml")
    func source(_ components: [String]) -> [String?] {
      let span = node.span(of: JSONPointer(components))
      return [span?.key, span?.value].map { range in
        range.map { String(decoding: bytes[$0], as: UTF8.self) }
      }
    }
    #expect(source(["Rules", "0", "Näme"]) == ["Näme", "'it''s'"])
    #expect(source(["Rules", "0", "List"]) == ["List", "[a,  {b: c d}]"])
    #expect(source(["Rules", "0", "List", "0"]) == [nil, "a"])
    #expect(source(["Rules", "0", "List", "1"]) == [nil, "{b: c d}"])
    #expect(source(["Rules", "0", "List", "1", "b"]) == ["b", "c d"])
    #expect(source(["Rules", "0", "Text"]) == ["Text", "plain text"])
  }

  @Test func diagnosticsPointIntoYAML() {
    let text = """
      DefaultAction: {Allow: {}}
      Rules:
        - Name: geo
          Priority: 0
          Action: {Block: {}}
          Statement:
            GeoMatchStatment:
              CountryCodes: [DE]
      """
    let loaded = load(text, file: "acl.yml")
    #expect(
      loaded.diagnostics.map { loaded.sources.render($0) } == [
        """
        acl.yml:7:7: error[unknown-statement]: unknown statement 'GeoMatchStatment'
           at /Rules/0/Statement
        7 |       GeoMatchStatment:
          |       ^^^^^^^^^^^^^^^^ did you mean 'GeoMatchStatement'?
        """
      ])
  }

  @Test func jsonIsYAMLToo() throws {
    let json = try JSONParser.parse(Array(Samples.createInput.utf8), file: "f")
    let yaml = try YAMLReader.parse(Array(Samples.createInput.utf8), file: "f")
    #expect(json.withoutPositions() == yaml.withoutPositions())
    #expect(load(Samples.acl, file: "acl.yaml").webACL?.value == load(Samples.acl).webACL?.value)
  }

  @Test func bombsAreRefused() throws {
    var text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let diagnostic = try #require(throws: Diagnostic.self) {
      try YAMLReader.parse(Array(text.utf8), file: "f")
    }
    #expect(diagnostic.message.contains("aliases expanded"))
  }

  @Test(arguments: ["[", "- ", "{a: ", "? "])
  func deepNesting(_ opener: String) {
    let text = String(repeating: opener, count: 50_000)
    #expect(throws: Diagnostic.self) {
      try YAMLReader.parse(Array(text.utf8), file: "f")
    }
  }

  @Test func mutationsNeverTrap() {
    let sample = Array(
      "Name: 'a'\nRules:\n  - Priority: 1.5\n    x: &q [a, \"b\\n\", {c: *q0}]\n    t: |\n     z\n"
        .utf8)
    let alphabet = Array("{}[]:,\"\\'#-&*!|>?%@` \n\tab1~<".utf8) + [0xC3, 0xA4, 0x00]
    var random = SplitMix(state: 99)
    for _ in 0..<2_000 {
      var bytes = sample
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        let byte = alphabet.randomElement(using: &random) ?? 0
        if Bool.random(using: &random) {
          bytes[position] = byte
        } else {
          bytes.insert(byte, at: position)
        }
      }
      var sources = SourceMap()
      do {
        let node = try YAMLReader.parse(bytes, file: "f")
        #expect(node.range.upperBound <= bytes.count)
      } catch {
        sources.add(file: "f", bytes: bytes)
        #expect(!sources.render(error).isEmpty)
      }
    }
  }
}
