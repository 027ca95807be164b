import Testing
import Wafcast

@Suite struct LenientLoadingTests {
  private static let broken = #"""
    {"DefaultAction": {"Allow": {}}, "Rules": [
      {"Name": "bad-regex", "Priority": 0, "Action": {"Block": {}}, "Statement":
        {"RegexMatchStatement": {"RegexString": "a(", "FieldToMatch": {"UriPath": {}},
          "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}},
      {"Name": "atomic", "Priority": 1, "Action": {"Block": {}}, "Statement":
        {"RegexMatchStatement": {"RegexString": "^/(?>admin)", "FieldToMatch": {"UriPath": {}},
          "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}}]}
    """#

  private func load(_ options: LoadOptions) throws(LoadFailure) -> CompiledWebACL {
    try loadWebACL(bytes: Array(Self.broken.utf8), file: "acl.json", options: options)
  }

  @Test func errorsStopOtherwise() {
    #expect {
      try load(LoadOptions())
    } throws: { error in
      guard case LoadFailure.invalid(let diagnostics, _) = error else { return false }
      // The checks and the compiler both judge a pattern; it is reported once.
      return diagnostics.map(\.code) == ["invalid-regex", "unsupported-regex"]
    }
  }

  @Test func whatCanBeLoadedIs() throws {
    let webACL = try load(LoadOptions(lenient: true))
    #expect(webACL.diagnostics.map(\.code) == ["invalid-regex", "unsupported-regex"])
    #expect(webACL.diagnostics.allSatisfy { $0.severity == .warning })
    #expect(webACL.program.stamp.contains("lenient"))
  }

  @Test func componentsThatTheResourceLacksAreTold() throws {
    let text = #"""
      {"DefaultAction": {"Allow": {}}, "Rules": [{"Name": "a", "Priority": 0,
        "Action": {"Block": {}}, "Statement": {"SizeConstraintStatement": {"Size": 1,
          "ComparisonOperator": "GT", "FieldToMatch": {"UriFragment": {}},
          "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}}]}
      """#
    for (type, codes) in [
      (ResourceType.apiGateway, ["unsupported-component"]), (.cloudFront, []),
    ] {
      let webACL = try loadWebACL(
        bytes: Array(text.utf8), file: "acl.json", options: LoadOptions(resourceType: type))
      #expect(webACL.diagnostics.map(\.code) == codes)
    }
  }
}
