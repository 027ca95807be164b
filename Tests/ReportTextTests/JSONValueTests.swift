import Foundation
import Testing

@testable import ReportText

@Suite struct JSONValueTests {
  @Test(arguments: [
    "", "plain", "\"quoted\\\"", "\u{0}\u{1F}\n\r\t", "\u{202E}bidi\u{2028}", "</script>",
    "日本 🎉 e\u{301}", "\u{E0001}", "\u{7F}\u{85}",
  ])
  func stringsAreReadBack(text: String) throws {
    let json = JSONValue.array([.string(text)]).prettyText
    let read = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String]
    #expect(read?.first.map { Array($0.utf8) } == Array(text.utf8))
    #expect(!json.contains("</"))
    #expect(json.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
  }

  @Test func membersKeepTheirOrder() {
    let value = JSONValue.object([
      JSONMember("b", .integer(1)), JSONMember("a", .array([.bool(true), .null])),
      JSONMember("c", .object([])),
    ])
    #expect(value.prettyText == "{\n  \"b\": 1,\n  \"a\": [true, null],\n  \"c\": {}\n}")
  }
}
