import Bytes
import Testing

@Suite struct JSONScannerTests {
  /// The members of an object as `key=value`, keys and string values unescaped.
  private func members(_ text: String) throws -> [String] {
    let bytes = Array(text.utf8)
    var scanner = JSONScanner(bytes.span)
    var found: [String] = []
    try scanner.enterObject()
    while let key = try scanner.nextKey(isFirst: found.isEmpty) {
      if scanner.peek() == UInt8(ascii: "\"") {
        let value = try scanner.string()
        found.append("\(unescaped(key, in: bytes))='\(unescaped(value, in: bytes))'")
      } else {
        let value = try scanner.skipValue()
        found.append(
          "\(unescaped(key, in: bytes))=\(String(decoding: bytes[value.bounds], as: UTF8.self))")
      }
    }
    try scanner.expectEnd()
    return found
  }

  private func unescaped(_ string: JSONString, in bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    JSONText.unescape(string, in: bytes.span, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test func objectsAreWalked() throws {
    let text = #" { "a" : 1 , "b\n":[1,{"c":null}],"" :"x\u00e4\ud83d\ude00\/", "d": -0.1e-2 } "#
    #expect(try members(text) == ["a=1", "b\n=[1,{\"c\":null}]", "='xä😀/'", "d=-0.1e-2"])
    #expect(try members("{}") == [])
  }

  static let escapes: [(escaped: String, plain: [UInt8], isExact: Bool)] = [
    (#"\b\f\n\r\t\"\\\/"#, [8, 12, 10, 13, 9, 0x22, 0x5C, 0x2F], true),
    (#"\u0000\u007F\u0080"#, [0, 0x7F, 0xC2, 0x80], true),
    (#"\uD83D\uDE00"#, [0xF0, 0x9F, 0x98, 0x80], true),
    (#"\uD83Dx"#, [0xEF, 0xBF, 0xBD, 0x78], false),
    (#"\uDE00"#, [0xEF, 0xBF, 0xBD], false),
    (#"\uD83D\uD83D\uDE00"#, [0xEF, 0xBF, 0xBD, 0xF0, 0x9F, 0x98, 0x80], false),
    (#"\uD83D\n"#, [0xEF, 0xBF, 0xBD, 0x0A], false),
    (#"\uFFFF"#, [0xEF, 0xBF, 0xBF], true),
  ]

  @Test(arguments: escapes)
  func stringsAreUnescaped(_ example: (escaped: String, plain: [UInt8], isExact: Bool)) throws {
    let bytes = Array("\"\(example.escaped)\"".utf8)
    var scanner = JSONScanner(bytes.span)
    let string = try scanner.string()
    #expect(string.hasEscapes && string.isASCII)
    var output: [UInt8] = []
    #expect(JSONText.unescape(string, in: bytes.span, into: &output) == example.isExact)
    #expect(output == example.plain)
  }

  /// Strings of every length around the eight bytes that are looked at in one step.
  @Test func everyStringStopIsFound() throws {
    for length in 0..<40 {
      for stop in 0...length {
        for byte in [0x22, 0x5C, 0x00, 0x1F, 0x0A] as [UInt8] {
          for filler in [0x61, 0x20, 0x21, 0x7F, 0x80, 0xA2, 0xDC, 0xFF] as [UInt8] {
            var bytes = [UInt8](repeating: filler, count: length)
            if stop < length { bytes[stop] = byte }
            var isASCII = true
            let found = JSONText.stringStop(in: bytes.span, from: 0, isASCII: &isASCII)
            #expect(found == stop)
            #expect(isASCII == (filler < 0x80 || stop == 0))
          }
        }
      }
    }
  }

  static let faults: [(String, JSONScanError.Reason, Int)] = [
    ("", .unexpectedEnd, 0), ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3),
    ("[1 2]", .expectedCommaOrEnd, 3), ("[,]", .expected(.value), 1),
    ("[1,]", .expected(.value), 3), ("{1:2}", .expectedKey, 1), ("{\"a\" 2}", .expectedColon, 5),
    ("{\"a\":1,}", .expectedKey, 7), ("tru", .expected(.value), 0), ("nulL", .expected(.value), 0),
    ("01", .badNumber, 0), ("-", .badNumber, 0), ("1.", .badNumber, 0), ("1e", .badNumber, 0),
    (".5", .expected(.value), 0), ("+1", .expected(.value), 0), ("\"a", .unexpectedEnd, 2),
    ("\"a\nb\"", .controlCharacter, 2), ("\"\\x\"", .badEscape, 1), ("\"\\u00g0\"", .badEscape, 1),
    ("\"\\", .unexpectedEnd, 2), ("{\"a\":1}}", .dataAfterValue, 7), ("1 1", .dataAfterValue, 2),
    (String(repeating: "[", count: 129), .tooDeep, 128),
  ]

  @Test(arguments: faults)
  func faultsAreFound(_ example: (String, JSONScanError.Reason, Int)) {
    let bytes = Array(example.0.utf8)
    #expect(throws: JSONScanError(reason: example.1, offset: example.2)) {
      var scanner = JSONScanner(bytes.span)
      try scanner.skipValue()
      try scanner.expectEnd()
    }
  }

  @Test func soundValuesAreSkipped() throws {
    let deep = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
    for text in [
      "0", "-0", "1.5E+10", "true", "false", "null", "\"\"", "[]", "{}", "[[],{}]", deep,
    ] {
      let bytes = Array(" \(text) ".utf8)
      var scanner = JSONScanner(bytes.span)
      #expect(try scanner.skipValue().bounds == 1..<1 + text.utf8.count)
      try scanner.expectEnd()
    }
  }
}
