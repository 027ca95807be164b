import TestSupport
import Testing
import TrafficReading
import WAFRequests
import WAFTraffic

@Suite struct RecordFramerTests {
  struct Case: CustomTestStringConvertible {
    var text: String
    var framed: [String]

    init(_ text: String, _ framed: [String]) {
      self.text = text
      self.framed = framed
    }

    var testDescription: String { text }
  }

  static let sound: [Case] = [
    Case("", []), Case(" \r\n\t", []), Case("[]", []), Case("{}", ["{}"]),
    Case("{}{}", ["{}", "{}"]),
    Case("{\"a\":1}\n{\"b\":2}\r\n", [#"{"a":1}"#, #"{"b":2}"#]),
    Case(#"{"a":"}{\"}"}{"b":"\\"}"#, [#"{"a":"}{\"}"}"#, #"{"b":"\\"}"#]),
    Case("[{\"a\":[1,{}]},\n {\"b\":{}}]", [#"{"a":[1,{}]}"#, #"{"b":{}}"#]),
    Case(
      "{\n  \"a\": {\n    \"b\": -1.5e3\n  }\n}\n{ }",
      ["{\n  \"a\": {\n    \"b\": -1.5e3\n  }\n}", "{ }"]),
    Case("\u{FEFF}{}", ["{}"]),
    Case(#"{"a":[true,false,null,"x",[],{}]}"#, [#"{"a":[true,false,null,"x",[],{}]}"#]),
  ]

  static let broken: [Case] = [
    Case("oops\n{}", ["0 not-a-record: oops", "{}"]),
    Case("{}  oops \n\n{}", ["{}", "4 not-a-record: oops", "{}"]),
    Case("{}oops{}", ["{}", "2 not-a-record: oops", "{}"]),
    Case("host: {\"a\":1}", ["0 not-a-record: host:", "{\"a\":1}"]),
    Case("a {b} c\n{}", ["0 not-a-record: a {b} c", "{}"]),
    Case("a { b\n{}", ["0 not-a-record: a { b", "{}"]),
    Case("a\nb\n", ["0 not-a-record: a", "2 not-a-record: b"]),
    Case("\"{}\"", ["0 not-a-record: \"", "{}", "3 not-a-record: \""]),
    Case("1\n2 {}", ["0 not-a-record: 1", "2 not-a-record: 2", "{}"]),
    // Cut off at the end of the input.
    Case("{}\n{\"a\":", ["{}", "3 truncated-record: {\"a\":"]),
    Case("{\"a\":\"b", ["0 truncated-record: {\"a\":\"b"]),
    Case("{\"a\":\"b\\", ["0 truncated-record: {\"a\":\"b\\"]),
    Case("oops {\"a\":", ["0 not-a-record: oops {\"a\":"]),
    // Cut off within: the next record is read all the same.
    Case("{\"a\":\"b\n{\"c\":1}\n", ["0 broken-record: {\"a\":\"b", "{\"c\":1}"]),
    Case("{\"a\":\"b\\\n{\"c\":1}\n", ["0 broken-record: {\"a\":\"b\\", "{\"c\":1}"]),
    Case(
      "{\"a\":1\n{\"c\":1}\n{\"d\":1}", ["0 broken-record: {\"a\":1", "{\"c\":1}", "{\"d\":1}"]),
    Case("{\"a\":1,\n{\"c\":1}\n", ["0 broken-record: {\"a\":1,", "{\"c\":1}"]),
    Case("{\"a\"\n{\"c\":1}\n", ["0 broken-record: {\"a\"", "{\"c\":1}"]),
    Case("{\"a\":1,{\"c\":1}", ["0 broken-record: {\"a\":1,", "{\"c\":1}"]),
    Case("{\"a\":1]\n{}", ["0 broken-record: {\"a\":1]", "{}"]),
    Case("{\"a\" 1}\n{}", ["0 broken-record: {\"a\" 1}", "{}"]),
    Case("{a:1}\n{}", ["0 broken-record: {a:1}", "{}"]),
    Case("{\"a\":[1,]}\n{}", ["0 broken-record: {\"a\":[1,]}", "{}"]),
    Case("{\"a\":1 2}\n{}", ["0 broken-record: {\"a\":1 2}", "{}"]),
    Case("}\n{}", ["0 not-a-record: }", "{}"]),
    // A record over many lines that is broken is one reject: what is inside it is no record.
    Case(
      "{\n  \"a\": 1\n  \"b\": {\n    \"c\": {}\n  }\n}\n{\"d\":1}\n",
      ["0 broken-record: {\n  \"a\": 1\n  \"b\": {\n    \"c\": {}\n  }\n}", "{\"d\":1}"]),
    Case(
      "{\n  \"a\": 1\n  \"b\": [\n    {\n    }\n  ]\n}\n{}",
      ["0 broken-record: {\n  \"a\": 1\n  \"b\": [\n    {\n    }\n  ]\n}", "{}"]),
    Case(
      "[\n  {\n    \"a\": 1\n    \"b\": {}\n  }, {\n    \"c\": 1\n  }\n]",
      ["4 broken-record: {\n    \"a\": 1\n    \"b\": {}\n  },", "{\n    \"c\": 1\n  }"]),
  ]

  @Test(arguments: sound + broken) func frames(_ example: Case) {
    #expect(framedText(example.text) == example.framed)
  }

  @Test(arguments: sound + broken) func piecesMakeNoDifference(_ example: Case) {
    let bytes = Array((example.text + "\n" + SampleRecords.all.joined() + "\n" + example.text).utf8)
    let whole = frame(bytes, pieces: [bytes.count])
    for size in 1...17 { #expect(frame(bytes, pieces: [size]) == whole) }
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func randomPiecesMakeNoDifference(_ seed: UInt64) {
    var random = SplitMix(state: seed)
    var text = ""
    for _ in 0..<60 {
      text += SampleRecords.all[Int.random(in: 0..<3, using: &random)]
      text += ["", "\n", "\n\n  ", ",\n", "oops\n"][Int.random(in: 0..<5, using: &random)]
    }
    let bytes = Array(text.utf8)
    let limits = FramingLimits(maxRecordBytes: 1000, chunkBytes: 5000, chunkRecords: 7)
    let whole = frame(bytes, pieces: [bytes.count], limits: limits)
    #expect(whole.count > 6)
    #expect(whole.allSatisfy { $0.records.count + $0.rejects.count <= 7 })
    #expect(whole.flatMap(\.rejects).contains { $0.error.code == .recordTooLarge })
    for _ in 0..<20 {
      let pieces = (0..<8).map { _ in Int.random(in: 1...3000, using: &random) }
      #expect(frame(bytes, pieces: pieces, limits: limits) == whole, "seed \(seed), \(pieces)")
    }
  }

  @Test func offsetsAndRecordsFit() throws {
    let text = " {\"a\":1}, {\"b\":2}{}"
    let chunk = try #require(frame(Array(text.utf8), pieces: [3]).first)
    #expect(chunk.records.map(\.offset) == [1, 10, 17])
    #expect(chunk.records.map(\.start) == [0, 7, 14])
    #expect(chunk.records.map(\.count) == [7, 7, 2])
  }

  @Test func aLargeRecordIsOneReject() throws {
    let limits = FramingLimits(maxRecordBytes: 1000)
    for size in [900, 1000, 1001, 200_000] {
      let filler = String(repeating: "x", count: size - 8)
      let text = "{\"a\":\"\(filler)\"}\n{\"b\":2}"
      for piece in [7, 64, 1024, 1 << 20] {
        let chunk = try #require(frame(Array(text.utf8), pieces: [piece], limits: limits).first)
        guard size > 1000 else {
          #expect(chunk.records.map(\.count) == [size, 7] && chunk.rejects.isEmpty)
          continue
        }
        #expect(chunk.records.map(\.offset) == [size + 1])
        #expect(chunk.bytes.count == 7)
        let reject = try #require(chunk.rejects.first)
        #expect(reject.error.code == .recordTooLarge && reject.count == size)
        #expect(reject.bytes == Array(text.utf8.prefix(min(size, RejectedBytes.keptBytes))))
      }
    }
  }

  @Test func largeAndBrokenIsStillOneReject() throws {
    let limits = FramingLimits(maxRecordBytes: 100)
    let filler = String(repeating: "x", count: 300)
    #expect(
      framedText("{\"a\":\"\(filler)\n{}", limits: limits)
        == ["0 record-too-large: {\"a\":\"\(filler)", "{}"])
  }

  @Test func nestingIsLimited() {
    let deep = { (depth: Int) in
      String(repeating: "{\"a\":", count: depth) + "1" + String(repeating: "}", count: depth)
    }
    #expect(framedText(deep(128) + "{}") == [deep(128), "{}"])
    #expect(framedText(deep(129) + "{}") == ["0 nested-too-deep: " + deep(129), "{}"])
    #expect(framedText(deep(3000) + "{}") == ["0 nested-too-deep: " + deep(3000), "{}"])
  }

  @Test func chunksAreFullAtTheirLimits() {
    let text = String(repeating: "{\"a\":1}\n", count: 25)
    let byRecords = frame(
      Array(text.utf8), pieces: [10], limits: FramingLimits(chunkRecords: 10))
    #expect(byRecords.map(\.records.count) == [10, 10, 5])
    let byBytes = frame(Array(text.utf8), pieces: [10], limits: FramingLimits(chunkBytes: 50))
    #expect(byBytes.map(\.records.count) == [8, 8, 8, 1])
  }
}
