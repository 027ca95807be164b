import TestSupport
import Testing
import TrafficReading
import WAFRequests
import WAFTraffic

/// The framer takes whole lines 64 bytes at a time and all else byte by byte: both must be right.
@Suite struct RecordScanTests {
  /// What the framer makes of a stream that comes in pieces of these sizes.
  private func framed(_ bytes: [UInt8], pieces: [Int]) -> [NaiveFramer.Item] {
    frame(bytes, pieces: pieces).flatMap { chunk in
      chunk.records.map { .record($0.offset..<$0.offset + $0.count) }
        + chunk.rejects.map {
          .reject($0.position.offset..<$0.position.offset + $0.count, $0.error.code)
        }
    }
    .sorted { start($0) < start($1) }
  }

  private func start(_ item: NaiveFramer.Item) -> Int {
    switch item {
    case .record(let range), .reject(let range, _): range.lowerBound
    }
  }

  private func check(_ bytes: [UInt8], pieces: [Int], _ expected: [NaiveFramer.Item]) {
    let found = framed(bytes, pieces: pieces)
    guard found != expected else { return }
    Issue.record(
      "in pieces of \(pieces): \(found), not \(expected): \(String(decoding: bytes, as: UTF8.self))"
    )
  }

  @Test(arguments: RecordFramerTests.sound + RecordFramerTests.broken)
  func theRulesAreThoseOfTheFramer(_ example: RecordFramerTests.Case) {
    let bytes = Array(example.text.utf8)
    check(bytes, pieces: [1], NaiveFramer.frame(bytes))
    check(bytes, pieces: [bytes.count], NaiveFramer.frame(bytes))
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64]) func soundAndDamagedStreams(_ seed: UInt64) {
    var random = SplitMix(state: seed)
    var records = 0
    var rejects = 0
    for _ in 0..<400 {
      var writer = StreamWriter(seed: random.next())
      let bytes = writer.stream(records: 4)
      let expected = NaiveFramer.frame(bytes)
      for item in expected {
        if case .record = item { records += 1 } else { rejects += 1 }
      }
      check(bytes, pieces: [bytes.count], expected)
      check(bytes, pieces: [Int.random(in: 65...300, using: &random)], expected)
      check(bytes, pieces: [Int.random(in: 1...64, using: &random), 500], expected)
    }
    #expect(records > 500 && rejects > 200)
  }

  @Test(arguments: [7, 8] as [UInt64]) func allBoundaries(_ seed: UInt64) {
    var random = SplitMix(state: seed)
    for _ in 0..<12 {
      var writer = StreamWriter(seed: random.next())
      let bytes = writer.stream(records: 2)
      let expected = NaiveFramer.frame(bytes)
      for boundary in 1..<max(2, bytes.count) {
        check(bytes, pieces: [boundary, bytes.count], expected)
      }
    }
  }

  /// Wherever in a block of 64 bytes something stands, it is seen.
  @Test func allAlignments() {
    let tails = [
      #""b":"x"}"#, #""b":"\"}{"}"#, #""b":"\\"}"#, #""b":[1,{"c":[]}]}"#, #""b" : [ 1 , {} ] }"#,
      #""b":-1.5e3}"#, #""b":1 2}"#, #""b":"x",}"#, #""b":"x" "y"}"#, #""b":[}"#, #""b"::1}"#,
      "\"b\":\"\u{8}\"}", "\"b\":\"\n\"}", #""b":true   }"#, #""b":\"x"}"#, #""b"x:1}"#,
      #""events":[{"c":1},{"d":2}],"z":0}"#,
    ]
    for tail in tails {
      for filler in 0..<140 {
        let text = "{\"a\":\"" + String(repeating: "x", count: filler) + "\"," + tail
        let bytes = Array((text + String(repeating: "\n{\"z\":1}", count: 12)).utf8)
        let byteByByte = frame(bytes, pieces: [1])
        #expect(frame(bytes, pieces: [bytes.count]) == byteByByte, "\(filler) before \(tail)")
      }
    }
  }
}

/// Writes streams of records, some of them damaged.
private struct StreamWriter {
  private var random: SplitMix
  private let isSpaced: Bool

  init(seed: UInt64) {
    random = SplitMix(state: seed)
    isSpaced = random.next() % 3 == 0
  }

  mutating func stream(records: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<records {
      bytes += object(depth: 0) + Array(pick(["\n", "\n", "\n", "", "\r\n", ", ", " x\n"]).utf8)
    }
    let marks = Array("{}[]\",:\\0t \n\u{1}\u{FF}".utf8)
    for _ in 0..<Int(random.next() % 4) where !bytes.isEmpty {
      let index = Int(random.next() % UInt64(bytes.count))
      let mark = marks[Int(random.next() % UInt64(marks.count))]
      switch random.next() % 4 {
      case 0: bytes.remove(at: index)
      case 1: bytes.insert(mark, at: index)
      case 2: bytes[index] = mark
      default: bytes.removeSubrange(index..<min(bytes.count, index + 20))
      }
    }
    return bytes
  }

  private mutating func pick(_ texts: [String]) -> String {
    texts[Int(random.next() % UInt64(texts.count))]
  }

  private mutating func space() -> [UInt8] {
    isSpaced ? Array(pick(["", "", " ", "  ", "\t", "\n  "]).utf8) : []
  }

  private mutating func list(
    _ opening: Character, _ closing: Character, _ element: (inout StreamWriter) -> [UInt8]
  ) -> [UInt8] {
    var text = Array(String(opening).utf8) + space()
    for index in 0..<Int(random.next() % 5) {
      if index > 0 { text += space() + [UInt8(ascii: ",")] + space() }
      text += element(&self)
    }
    return text + space() + Array(String(closing).utf8)
  }

  private mutating func object(depth: Int) -> [UInt8] {
    list("{", "}") { writer in
      writer.string() + writer.space() + [UInt8(ascii: ":")] + writer.space()
        + writer.value(depth: depth + 1)
    }
  }

  private mutating func value(depth: Int) -> [UInt8] {
    switch random.next() % (depth > 4 ? 5 : 8) {
    case 0...3: string()
    case 4: Array(pick(["1", "-2.5e7", "true", "false", "null"]).utf8)
    case 5, 6: object(depth: depth)
    default: list("[", "]") { $0.value(depth: depth + 1) }
    }
  }

  private mutating func string() -> [UInt8] {
    var text = "\""
    for _ in 0..<Int(random.next() % 6) {
      text += pick([
        "a", "name", "some longer text with spaces", #"\""#, #"\\"#, #"\\\""#, "{", "}", "[]", ",:",
        "ü", #"\u00e9"#, "/path?query=1&b=2",
      ])
    }
    return Array((text + "\"").utf8)
  }
}
