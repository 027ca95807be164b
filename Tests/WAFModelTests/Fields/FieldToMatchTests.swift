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
    case .jsonBody:
      (
        #"""
        {"MatchPattern": {"IncludedPaths": ["/a/b", "/c/0"]}, "MatchScope": "KEY",
         "InvalidFallbackBehavior": "EVALUATE_AS_STRING", "OversizeHandling": "MATCH"}
        """#,
        .jsonBody(
          JsonBody(
            matchPattern: .includedPaths(["/a/b", "/c/0"]), matchScope: .key,
            invalidFallbackBehavior: .evaluateAsString, oversizeHandling: .match))
      )
    case .headers:
      (
        #"""
        {"MatchPattern": {"ExcludedHeaders": ["Cookie"]}, "MatchScope": "ALL",
         "OversizeHandling": "CONTINUE"}
        """#,
        .headers(
          Headers(
            matchPattern: .excludedHeaders(["Cookie"]), matchScope: .all,
            oversizeHandling: .continue))
      )
    case .headerOrder:
      (
        #"{"OversizeHandling": "MATCH"}"#,
        .headerOrder(HeaderOrder(oversizeHandling: .match))
      )
    case .ja3Fingerprint:
      (
        #"{"FallbackBehavior": "MATCH"}"#,
        .ja3Fingerprint(JA3Fingerprint(fallbackBehavior: .match))
      )
    case .ja4Fingerprint:
      (
        #"{"FallbackBehavior": "NO_MATCH"}"#,
        .ja4Fingerprint(JA4Fingerprint(fallbackBehavior: .noMatch))
      )
    case .uriFragment:
      (
        #"{"FallbackBehavior": "NO_MATCH"}"#,
        .uriFragment(UriFragment(fallbackBehavior: .noMatch))
      )
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
    #"{"Headers": {"MatchPattern": {"All": {}}, "MatchScope": "KEY", "OversizeHandling": "MATCH"}}"#,
    #"{"JsonBody": {"MatchPattern": {"All": {}}, "MatchScope": "VALUE"}}"#,
    #"{"JsonBody": {"MatchPattern": {"IncludedPaths": []}, "MatchScope": "ALL"}}"#,
    #"{"UriFragment": {}}"#,
    #"{"Body": {}}"#,
  ])
  func whatIsAbsentStaysAbsent(_ text: String) throws {
    let (field, diagnostics) = try read(FieldToMatch.self, text)
    #expect(diagnostics.isEmpty)
    let node = try JSONParser.parse(Array(text.utf8), file: "f")
    #expect(field?.node().canonical == node.canonical)
  }

  @Test func whatNobodyKnowsIsKept() throws {
    let text = #"{"TlsVersion": {"Minimum": "1.3"}}"#
    let (field, diagnostics) = try read(FieldToMatch.self, text, .allowUnknown)
    #expect(summary(diagnostics) == ["warning unknown-field /TlsVersion (key)"])
    #expect(field == .opaque(kind: "TlsVersion", node: Node("Minimum", "1.3")))
    #expect(field?.kind == nil)
    #expect(
      summary(try read(FieldToMatch.self, text).diagnostics)
        == ["error unknown-field /TlsVersion (key)"])
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
    (#"{}"#, "error empty-union "),
    (#"{"Method": {}, "UriPath": {}}"#, "error several-members "),
    (#"{"JA3Fingerprint": {}}"#, "error missing-member /JA3Fingerprint"),
    (
      #"{"JA4Fingerprint": {"FallbackBehavior": "NOMATCH"}}"#,
      "error unknown-value /JA4Fingerprint/FallbackBehavior -> NO_MATCH"
    ),
    (
      #"{"JA3Fingerpint": {"FallbackBehavior": "MATCH"}}"#,
      "error unknown-field /JA3Fingerpint (key) -> JA3Fingerprint"
    ),
    (
      #"{"UriFragment": {"FallbackBehaviour": "MATCH"}}"#,
      "warning unknown-member /UriFragment/FallbackBehaviour (key) -> FallbackBehavior"
    ),
    (#"{"HeaderOrder": {}}"#, "error missing-member /HeaderOrder"),
    (
      #"{"Headers": {"MatchPattern": {}, "MatchScope": "ALL", "OversizeHandling": "MATCH"}}"#,
      "error empty-union /Headers/MatchPattern"
    ),
    (
      #"""
      {"Headers": {"MatchPattern": {"All": {}, "IncludedHeaders": ["a"]},
       "MatchScope": "ALL", "OversizeHandling": "MATCH"}}
      """#,
      "error several-members /Headers/MatchPattern"
    ),
    (
      #"""
      {"Headers": {"MatchPattern": {"IncludedHeader": ["a"]},
       "MatchScope": "ALL", "OversizeHandling": "MATCH"}}
      """#,
      "error unknown-value /Headers/MatchPattern/IncludedHeader (key) -> IncludedHeaders"
    ),
    (
      #"""
      {"Headers": {"MatchPattern": {"IncludedHeaders": "a"},
       "MatchScope": "ALL", "OversizeHandling": "MATCH"}}
      """#,
      "error wrong-type /Headers/MatchPattern/IncludedHeaders"
    ),
    (
      #"""
      {"Headers": {"MatchPattern": {"IncludedHeaders": ["a", 1]},
       "MatchScope": "ALL", "OversizeHandling": "MATCH"}}
      """#,
      "error wrong-type /Headers/MatchPattern/IncludedHeaders/1"
    ),
    (
      #"""
      {"Headers": {"MatchPattern": {"All": {}},
       "MatchScope": "KEYS", "OversizeHandling": "MATCH"}}
      """#,
      "error unknown-value /Headers/MatchScope -> KEY"
    ),
    (
      #"""
      {"JsonBody": {"MatchPattern": {"All": {}},
       "MatchScope": "ALL", "InvalidFallbackBehavior": "EVALUATE"}}
      """#,
      "error unknown-value /JsonBody/InvalidFallbackBehavior"
    ),
    (
      #"{"JsonBody": {"MatchPattern": {"ExcludedPaths": ["/a"]}, "MatchScope": "ALL"}}"#,
      "error unknown-value /JsonBody/MatchPattern/ExcludedPaths (key) -> IncludedPaths"
    ),
    (#"{"JsonBody": {"MatchScope": "ALL"}}"#, "error missing-member /JsonBody"),
  ])
  func mistakes(_ text: String, _ found: String) throws {
    #expect(summary(try read(FieldToMatch.self, text).diagnostics) == [found])
  }
}
