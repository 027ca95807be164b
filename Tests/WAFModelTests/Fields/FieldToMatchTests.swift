import Diagnostics
import DocumentTree
import Testing
import WAFModel

@Suite struct FieldToMatchTests {
  private func sample(_ kind: FieldToMatch.Kind) -> (text: String, value: FieldToMatch) {
    switch kind {
    case .method: ("{}", .method)
    case .uriPath: ("{}", .uriPath)
    case .queryString: ("{}", .queryString)
    case .singleHeader: (#"{"Name": "host"}"#, .singleHeader(name: "host"))
    case .singleQueryArgument: (#"{"Name": "q"}"#, .singleQueryArgument(name: "q"))
    case .allQueryArguments: ("{}", .allQueryArguments)
    case .cookies:
      (
        #"""
        {"MatchPattern": {"IncludedCookies": ["a", "b"]}, "MatchScope": "VALUE",
         "OversizeHandling": "NO_MATCH"}
        """#,
        .cookies(
          Cookies(
            matchPattern: .includedCookies(["a", "b"]), matchScope: .value,
            oversizeHandling: .noMatch))
      )
    case .body:
      (#"{"OversizeHandling": "CONTINUE"}"#, .body(Body(oversizeHandling: .continue)))
    }
  }

  @Test(arguments: FieldToMatch.Kind.allCases)
  func everyKindIsReadAndWritten(_ kind: FieldToMatch.Kind) throws {
    let (body, value) = sample(kind)
    let text = #"{"\#(kind.rawValue)": \#(body)}"#
    let (field, diagnostics) = try read(FieldToMatch.self, text)
    #expect(diagnostics.isEmpty)
    #expect(field == value)
    #expect(field?.kind == kind)
    let node = try JSONParser.parse(Array(text.utf8), file: "f")
    #expect(field?.node().canonical == node.canonical)
  }

  @Test(arguments: [
    "Headers", "HeaderOrder", "JsonBody", "JA3Fingerprint", "JA4Fingerprint", "UriFragment",
  ])
  func laterFields(_ name: String) throws {
    let text = #"{"\#(name)": {"OversizeHandling": "MATCH"}}"#
    let (field, diagnostics) = try read(FieldToMatch.self, text)
    #expect(summary(diagnostics) == ["error not-supported-yet /\(name) (key)"])
    #expect(
      field == .opaque(kind: name, node: Node("OversizeHandling", OversizeHandling.match)))
    let (_, warnings) = try read(FieldToMatch.self, text, .allowUnknown)
    #expect(summary(warnings) == ["warning not-supported-yet /\(name) (key)"])
  }

  @Test(arguments: [
    (#"{"UriPaht": {}}"#, "error unknown-field /UriPaht (key) -> UriPath"),
    (#"{"Method": {"Name": "GET"}}"#, "warning unknown-member /Method/Name (key)"),
    (#"{"Method": []}"#, "error wrong-type /Method"),
    (#"{"SingleHeader": {}}"#, "error missing-member /SingleHeader"),
    (
      #"{"Body": {"OversizeHandling": "continue"}}"#,
      "error unknown-value /Body/OversizeHandling -> CONTINUE"
    ),
    (
      #"{"Cookies": {"MatchPattern": {"all": {}}, "MatchScope": "ALL", "OversizeHandling": "MATCH"}}"#,
      "error unknown-value /Cookies/MatchPattern/all (key) -> All"
    ),
    (
      #"{"Cookies": {"MatchPattern": {"All": {}}, "MatchScope": "ALL"}}"#,
      "error missing-member /Cookies"
    ),
  ])
  func mistakes(_ text: String, _ found: String) throws {
    #expect(summary(try read(FieldToMatch.self, text).diagnostics) == [found])
  }
}
