import Behaviour
import Bytes
import LenientJSON
import Testing

/// Elements, in order, and what ends a parse.
struct LenientJSONParserTests {
  struct Row: CustomTestStringConvertible {
    var text: String
    /// `k:name` and `v:value`, separated by spaces.
    var elements: String
    var end: JSONOutcome.End
    var paths: [[String]]?
    var questions: OpenQuestions
    var testDescription: String { text }

    init(
      _ text: String, _ elements: String, _ end: JSONOutcome.End = .complete,
      paths: [[String]]? = nil, _ questions: OpenQuestions = []
    ) {
      self.text = text
      self.elements = elements
      self.end = end
      self.paths = paths
      self.questions = questions
    }
  }

  static func parsed(
    _ text: [UInt8], paths: [[String]]? = nil, isStart: Bool = false,
    flipping: OpenQuestions = []
  ) -> (elements: String, outcome: JSONOutcome) {
    var parser = LenientJSONParser()
    let outcome = parser.parse(
      text.span, paths: paths.map { $0.map { $0.map { Array($0.utf8) } } }, isStart: isStart,
      flipping: flipping)
    let elements = parser.elements.map { element in
      let source = element.isDecoded ? parser.decoded : text
      let bytes = source[element.range.bounds]
      return (element.kind == .key ? "k:" : "v:") + String(decoding: bytes, as: UTF8.self)
    }
    return (elements.joined(separator: " "), outcome)
  }

  static let documented: [Row] = [
    Row(#"{"a":{"c":"d","b":{"e":{"f":"g"}}}}"#, "k:a k:c v:d k:b k:e k:f v:g"),
    Row(#"{"a":{"c":"d","b":{"e":{"f":"g"}}}}"#, "k:e k:f v:g", paths: [["a", "b"]]),
    Row(
      #"{"user":{"name":"Person Doe","data":{"job":[{"role":"Engineers","position":"manager"}]}}}"#,
      "k:user k:name v:Person Doe k:data k:job k:role v:Engineers k:position v:manager"),
    // Not fully validating.
    Row(#"{"key1":"value1""key2":"value2"}"#, "k:key1 v:value1 k:key2 v:value2"),
    Row(#"{"key1":"value1","key2""value2"}"#, "k:key1 v:value1 k:key2 v:value2"),
    Row(#"{"key1"::"value1","key2""value2"}"#, "k:key1 v:value1 k:key2 v:value2"),
  ]

  static let grammar: [Row] = [
    Row("{}", ""),
    Row(" [ ] \r\n", ""),
    Row(
      #"[1,-2.5e+3,0,true,false,null,"",[[7]]]"#, "v:1 v:-2.5e+3 v:0 v:true v:false v:null v: v:7"),
    Row(#"{"":""}"#, "k: v:"),
    Row(#"{,"a",,:1,}"#, "k:a v:1"),
    Row(#"["a":1]"#, "v:a v:1"),
    Row(#"[1"a"true[2]{"b" 3}]"#, "v:1 v:a v:true v:2 k:b v:3"),
    Row("\t{\"a\"\n:\r1}", "k:a v:1"),
    Row("{\"\u{e9}\u{1F600}\":\"\u{7f}\"}", "k:\u{e9}\u{1F600} v:\u{7f}"),
    // Roots.
    Row("", "", .unfinished), Row("  ", "", .unfinished),
    Row("1", "", .failed), Row(#""a""#, "", .failed), Row("null", "", .failed),
    Row(",{}", "", .failed), Row("\u{FEFF}{}", "", .failed),
    Row("{}{}", "", .failed), Row("[1] 2", "v:1", .failed), Row("{},", "", .failed),
    // Brackets, keys and values.
    Row(#"{"a":1"#, "k:a", .unfinished), Row(#"{"a":1 "#, "k:a v:1", .unfinished),
    Row("[[1]", "v:1", .unfinished), Row("[1}", "v:1", .failed), Row("{]", "", .failed),
    Row(#"{"a"}"#, "k:a", .failed), Row(#"{"a":}"#, "k:a", .failed),
    Row(#"{"a":1,"b"}"#, "k:a v:1 k:b", .failed),
    Row(#"{1:2}"#, "", .failed), Row(#"{{}:1}"#, "", .failed), Row("{true}", "", .failed),
    // Scalars.
    Row("[01]", "", .failed), Row("[1.]", "", .failed), Row("[.5]", "", .failed),
    Row("[-]", "", .failed), Row("[1e]", "", .failed), Row("[1e+]", "", .failed),
    Row("[+1]", "", .failed), Row("[1x]", "", .failed), Row("[truefalse]", "", .failed),
    Row("[True]", "", .failed), Row("[tru]", "", .failed), Row("[NaN]", "", .failed),
    Row("[1-2]", "", .failed), Row("[1 2]", "v:1 v:2"), Row("[true", "v:true", .unfinished),
    Row("[12", "", .unfinished), Row("['a']", "", .failed), Row("[1;2]", "v:1", .failed),
    Row("[/**/1]", "", .failed),
    // Strings.
    Row(#"["abc"#, "", .unfinished), Row(#"["a\"#, "", .unfinished),
    Row(#"["\x"]"#, "", .failed), Row(#"["\u12G4"]"#, "", .failed),
    Row(#"["\u12"]"#, "", .failed), Row(#"["\u12"#, "", .unfinished),
    Row("[\"a\u{1}\"]", "", .failed), Row("[\"a\nb\"]", "", .failed),
  ]

  static let open: [Row] = [
    Row(#"["\u0061\"\\\/\b"]"#, "v:a\"\\/\u{8}", .complete, .jsonEscapes),
    Row(#"{"\u0061":1}"#, "k:a v:1", .complete, .jsonEscapes),
    Row(#"["\ud83d\ude00"]"#, "v:\u{1F600}", .complete, .jsonEscapes),
    Row(
      #"["\ud83d"]"#, "v:\u{FFFD}", .complete, [.jsonEscapes, .jsonSurrogates]),
    Row(
      #"["\ude00\ud83d\u0041"]"#, "v:\u{FFFD}\u{FFFD}A", .complete,
      [.jsonEscapes, .jsonSurrogates]),
    Row(#"{"a":1,"a":2}"#, "k:a v:1", .failed, .jsonDuplicateKeys),
    Row(
      #"{"a":1,"\u0061":2}"#, "k:a v:1", .failed,
      [.jsonEscapes, .jsonDuplicateKeys, .jsonKeySpelling]),
    Row(
      #"{"\u0061":1,"a":2}"#, "k:a v:1", .failed,
      [.jsonEscapes, .jsonDuplicateKeys, .jsonKeySpelling]),
    Row(
      #"{"a":{"a":1},"b":[{"a":2},{"a":3}]}"#, "k:a k:a v:1 k:b k:a v:2 k:a v:3", .complete,
      .jsonDuplicateScope),
    Row(#"{"a":1,"A":2}"#, "k:a v:1 k:A v:2"),
    // Outside the paths only what ends the parse counts.
    Row(#"{"x":"\u0061","b":1}"#, "v:1", .complete, paths: [["b"]]),
    Row(#"{"x":"\ud800","b":1}"#, "v:1", .complete, paths: [["b"]], .jsonSurrogates),
  ]

  static let paths: [Row] = [
    Row(#"{"a":1,"b":{"c":2}}"#, "v:1", paths: [["a"]]),
    Row(#"{"a":1,"b":{"c":2}}"#, "k:c v:2", paths: [["b"]]),
    Row(#"{"a":1,"b":{"c":2}}"#, "v:2", paths: [["b", "c"]]),
    Row(#"{"a":1,"b":{"c":2}}"#, "", paths: [["b", "c", "d"]]),
    Row(#"{"a":1,"b":{"c":2}}"#, "v:1 v:2", paths: [["b", "c"], ["a"]]),
    Row(#"{"a":1,"b":{"c":2}}"#, "k:c v:2", paths: [["b", "c"], ["b"]]),
    Row(#"{"a":1}"#, "k:a v:1", paths: [[]]),
    Row(#"{"":{"x":1},"a":2}"#, "k:x v:1", paths: [[""]]),
    Row(#"[[1,2],[3,{"x":4}]]"#, "v:3 k:x v:4", paths: [["1"]]),
    Row(#"[[1,2],[3,{"x":4}]]"#, "v:4", paths: [["1", "1", "x"]]),
    Row("[0,1,2,3,4,5,6,7,8,9,10,11]", "v:1 v:10", paths: [["1"], ["10"]]),
    Row("[0,1]", "", paths: [["00"], ["01"], ["-"], [""]]),
    Row(#"{"1":"x"}"#, "v:x", paths: [["1"]]),
    Row(#"{"\u0061":{"b":1}}"#, "v:1", paths: [["a", "b"]]),
    Row(
      #"{"a":{"b":1},"c":{"b":2}}"#, "v:2", .complete, paths: [["c", "b"]], .jsonDuplicateScope),
    Row(
      #"[{"a":1},{"a":2}]"#, "v:1 v:2", .complete, paths: [["0", "a"], ["1", "a"]],
      .jsonDuplicateScope),
  ]

  @Test(arguments: documented + grammar + open + paths)
  func elements(_ row: Row) {
    let (elements, outcome) = Self.parsed(Array(row.text.utf8), paths: row.paths)
    #expect(elements == row.elements)
    #expect(outcome == JSONOutcome(end: row.end, questions: row.questions))
  }

  static let flips: [(String, OpenQuestions, String, JSONOutcome.End)] = [
    (#"{"\u0061":"\n"}"#, .jsonEscapes, #"k:\u0061 v:\n"#, .complete),
    (#"{"\u0061":1,"a":2}"#, .jsonEscapes, #"k:\u0061 v:1 k:a v:2"#, .complete),
    (#"{"\u0061":1,"a":2}"#, .jsonKeySpelling, #"k:a v:1 k:a v:2"#, .complete),
    (#"{"a":1,"a":2}"#, .jsonDuplicateKeys, "k:a v:1 k:a", .failed),
    (#"{"a":1,"b":{"a":2}}"#, .jsonDuplicateScope, "k:a v:1 k:b", .failed),
    (#"[1,"\ud800",2]"#, .jsonSurrogates, "v:1", .failed),
  ]

  @Test(arguments: flips)
  func otherReadings(_ row: (String, OpenQuestions, String, JSONOutcome.End)) {
    let (elements, outcome) = Self.parsed(Array(row.0.utf8), flipping: row.1)
    #expect(elements == row.2)
    #expect(outcome.end == row.3)
    #expect(outcome.questions.contains(row.1))
  }

  static let invalidUTF8: [[UInt8]] = [
    [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
    [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x82],
  ]

  @Test(arguments: invalidUTF8)
  func stringsAreUTF8(_ bytes: [UInt8]) {
    let text = Array(#"["x",""#.utf8) + bytes + Array(#""]"#.utf8)
    let (elements, outcome) = Self.parsed(text)
    #expect(elements == "v:x")
    #expect(outcome.end == .failed)
  }

  /// A start of a text is judged as the text is, as far as that can be.
  @Test(arguments: (documented + grammar + open + paths).map(\.text))
  func startsAreSound(_ text: String) {
    let bytes = Array(text.utf8)
    let readings: [OpenQuestions] = [
      [], .jsonEscapes, .jsonDuplicateKeys, .jsonDuplicateScope, .jsonKeySpelling, .jsonSurrogates,
    ]
    for reading in readings {
      let whole = Self.parsed(bytes, flipping: reading)
      for count in 0..<bytes.count {
        let start = Self.parsed(Array(bytes[..<count]), isStart: true, flipping: reading)
        let isStart =
          start.elements.isEmpty || (whole.elements + " ").hasPrefix(start.elements + " ")
        #expect(isStart, "\(count) bytes")
        if start.outcome.end == .failed {
          #expect(whole.outcome.end == .failed)
          #expect(whole.elements == start.elements)
        }
      }
    }
  }

  @Test
  func nothingRecurses() {
    let depth = 100_000
    let open = [UInt8](repeating: UInt8(ascii: "["), count: depth)
    let close = [UInt8](repeating: UInt8(ascii: "]"), count: depth)
    #expect(Self.parsed(open + close).outcome.end == .complete)
    #expect(Self.parsed(open, paths: [["0", "0"]]).outcome.end == .unfinished)
  }

  @Test
  func manyKeysStayTellable() {
    let members = (0..<5000).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
    #expect(Self.parsed(Array("{\(members)}".utf8)).outcome.end == .complete)
    let (_, outcome) = Self.parsed(Array("{\(members),\"k17\":0}".utf8))
    #expect(outcome == JSONOutcome(end: .failed, questions: .jsonDuplicateKeys))
  }

  @Test
  func aParserIsAsGoodAsNew() {
    var parser = LenientJSONParser()
    let first = Array(#"{"a":"\u0061","b"#.utf8)
    let second = Array(#"{"a":1}"#.utf8)
    _ = parser.parse(first.span, paths: [[Array("a".utf8)]])
    #expect(parser.parse(second.span) == JSONOutcome(end: .complete))
    #expect(parser.elements.count == 2)
    #expect(parser.decoded.isEmpty)
  }

  /// Few keys are taken out of a large table one by one: none of them is known to the next text.
  @Test
  func aTextKnowsNoKeyOfTheOneBefore() {
    var parser = LenientJSONParser()
    let large = Array("{\((0..<500).map { "\"k\($0)\":1" }.joined(separator: ","))}".utf8)
    #expect(parser.parse(large.span) == JSONOutcome(end: .complete))
    for text in [#"{"k1":1,"k2":{"k3":1}}"#, #"{"k2":1,"k1":2}"#, #"{"k3":[1]}"#] {
      for _ in 0..<2 {
        #expect(parser.parse(Array(text.utf8).span) == JSONOutcome(end: .complete))
      }
    }
    let repeated = Array(#"{"k1":1,"k2":1,"k1":1}"#.utf8)
    #expect(
      parser.parse(repeated.span) == JSONOutcome(end: .failed, questions: .jsonDuplicateKeys))
  }
}
