import Testing
import WAFDocuments

@Suite struct SearchStringDecisionTests {
  private func document(_ searchString: String, wrapped: Bool = false, extra: String = "") -> String
  {
    let rule = Samples.rule.replacing("L2FkbWlu", with: searchString)
    let acl = #"{"Name": "shop", \#(extra)"DefaultAction": {"Allow": {}}, "Rules": [\#(rule)]}"#
    return wrapped ? #"{"WebACL": \#(acl), "LockToken": "1"}"# : acl
  }

  @Test(
    arguments: [
      ("/admin", "/admin", []), ("admin123", "admin123", []),
      ("L2FkbWlu", "/admin", ["warning ambiguous-search-string"]),
    ] as [(String, String, [String])])
  func aBareDocument(_ written: String, _ bytes: String, _ found: [String]) {
    let loaded = load(document(written))
    #expect(searchStrings(loaded) == [bytes])
    #expect(codes(loaded) == found)
  }

  /// One tool writes a document: where one string can't be base64, none is.
  @Test(arguments: [("/login", "/api"), ("admin panel", "test"), ("a=", "L2FkbWlu")])
  func onePlainStringTellsOfAll(_ plain: String, _ other: String) {
    let rules = [plain, other].enumerated().map { index, text in
      #"{"Name": "r\#(index)", "Priority": \#(index), "Action": {"Block": {}}, "Statement": {"ByteMatchStatement": {"SearchString": "\#(text)", "FieldToMatch": {"UriPath": {}}, "PositionalConstraint": "EXACTLY", "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}}"#
    }
    let loaded = load(
      #"{"DefaultAction": {"Allow": {}}, "Rules": [\#(rules.joined(separator: ", "))]}"#)
    #expect(searchStrings(loaded) == [plain, other])
    #expect(codes(loaded) == [])
  }

  @Test(arguments: [
    (true, ""), (false, #""ARN": "arn:aws:wafv2:r:1:regional/webacl/a/b", "#),
    (false, #""Capacity": 3, "#), (false, #""LabelNamespace": "awswaf:1:webacl:shop:", "#),
    (false, #""LockToken": "1", "#),
  ])
  func aDocumentOfTheService(_ isWrapped: Bool, _ extra: String) {
    let loaded = load(document("L2FkbWlu", wrapped: isWrapped, extra: extra))
    #expect(searchStrings(loaded) == ["/admin"])
    #expect(codes(loaded) == [])
  }

  @Test(arguments: [
    (LoadingOptions.SearchStringEncoding.plain, "L2FkbWlu"), (.base64, "/admin"),
  ])
  func theUserDecides(_ encoding: LoadingOptions.SearchStringEncoding, _ bytes: String) {
    for isWrapped in [true, false] {
      let loaded = load(
        document("L2FkbWlu", wrapped: isWrapped), LoadingOptions(searchString: encoding))
      #expect(searchStrings(loaded) == [bytes])
      #expect(codes(loaded) == [])
    }
  }
}
