import Diagnostics
import DocumentTree
import Testing

@testable import WAFModel

@Suite struct SearchStringTests {
  private func statement(_ member: String, _ text: String) -> String {
    #"""
    {"\#(member)": \#(JSONWriter.quoted(text)), "FieldToMatch": {"UriPath": {}},
     "TextTransformations": [{"Priority": 0, "Type": "NONE"}], "PositionalConstraint": "CONTAINS"}
    """#
  }

  struct Case: CustomTestStringConvertible {
    var text: String
    var features: ReadingFeatures = []
    var bytes: String?
    var found: [String] = []
    var testDescription: String { "\(text) \(features.rawValue)" }
  }

  @Test(arguments: [
    Case(text: "/admin", bytes: "/admin"),
    // Its bytes are no text in any reading.
    Case(text: "admin123", bytes: "admin123"),
    Case(
      text: "L2FkbWlu", bytes: "/admin",
      found: ["warning ambiguous-search-string /SearchString"]),
    Case(text: "L2FkbWlv=", bytes: "L2FkbWlv="),
    Case(text: "YQ==", bytes: "a", found: ["warning ambiguous-search-string /SearchString"]),
    // Not canonical: the last digit has bits that nothing says.
    Case(text: "YR==", bytes: "YR=="),
    Case(text: "", bytes: ""),
    Case(text: "L2FkbWlu", features: .plainSearchStrings, bytes: "L2FkbWlu"),
    Case(text: "L2FkbWlu", features: .base64SearchStrings, bytes: "/admin"),
    Case(text: "L2FkbWlu", features: .serviceDocument, bytes: "/admin"),
    Case(
      text: "/admin", features: .base64SearchStrings, bytes: nil,
      found: ["error invalid-search-string /SearchString"]),
    Case(
      text: "/admin", features: .serviceDocument, bytes: "/admin",
      found: ["warning invalid-search-string /SearchString"]),
    Case(
      text: "L2FkbWlu", features: [.serviceDocument, .plainSearchStrings], bytes: "L2FkbWlu"),
  ])
  func decision(_ test: Case) throws {
    let (value, diagnostics) = try read(
      ByteMatchStatement.self, statement("SearchString", test.text), test.features)
    #expect(value?.searchString.bytes == test.bytes.map { Array($0.utf8) })
    #expect(summary(diagnostics) == test.found)
    #expect(value == nil || value?.searchString.wire == test.text)
  }

  @Test func testIsAmbiguous() throws {
    let (value, diagnostics) = try read(
      ByteMatchStatement.self, statement("SearchString", "test"))
    #expect(value?.searchString.bytes == [0xB5, 0xEB, 0x2D])
    #expect(diagnostics.map(\.code) == ["ambiguous-search-string"])
    #expect(
      diagnostics.first?.notes == ["--search-string=base64|plain says which it is"])
  }

  @Test func cloudFormationSpelling() throws {
    let text = statement("SearchStringBase64", "L2FkbWlu")
    let (value, diagnostics) = try read(ByteMatchStatement.self, text, .plainSearchStrings)
    #expect(diagnostics.isEmpty)
    #expect(value?.searchString.bytes == Array("/admin".utf8))
    let node = try JSONParser.parse(Array(text.utf8), file: "f")
    #expect(value?.node().canonical == node.canonical)
    let broken = try read(ByteMatchStatement.self, statement("SearchStringBase64", "/admin"))
    #expect(broken.value == nil)
    #expect(summary(broken.diagnostics) == ["error invalid-search-string /SearchStringBase64"])
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("\u{0}\u{7F}ÿ?>", "AH/Dvz8+"),
  ])
  func isWrittenInBase64(_ plain: String, _ encoded: String) {
    #expect(SearchString(bytes: Array(plain.utf8)).wire == encoded)
  }
}
