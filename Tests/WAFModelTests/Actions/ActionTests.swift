import Diagnostics
import DocumentTree
import Testing
import WAFModel

@Suite struct ActionTests {
  @Test(arguments: RuleAction.Kind.allCases)
  func everyActionIsReadAndWritten(_ kind: RuleAction.Kind) throws {
    let text = #"{"\#(kind.rawValue)": {}}"#
    let (action, diagnostics) = try read(RuleAction.self, text, .challengeActions)
    #expect(diagnostics.isEmpty)
    #expect(action?.kind == kind)
    #expect(action?.node() == Node(kind.rawValue, Node.emptyObject))
  }

  @Test(arguments: [RuleAction.Kind.captcha, .challenge])
  func tokensComeLater(_ kind: RuleAction.Kind) throws {
    let text = #"{"\#(kind.rawValue)": {}}"#
    let (action, diagnostics) = try read(RuleAction.self, text)
    #expect(action?.kind == kind)
    #expect(summary(diagnostics) == ["error not-supported-yet /\(kind.rawValue) (key)"])
    let (_, allowed) = try read(RuleAction.self, text, .allowUnknown)
    #expect(summary(allowed) == ["warning not-supported-yet /\(kind.rawValue) (key)"])
  }

  @Test(arguments: [
    (#"{"Monetize": {}}"#, "error not-supported-yet /Monetize (key)"),
    (#"{"Blok": {}}"#, "error unknown-action /Blok (key) -> Block"),
    ("{}", "error empty-union "),
    (#"{"Allow": {}, "Block": {}}"#, "error several-members "),
    (#"{"Block": {"CustomResponse": {}}}"#, "error missing-member /Block/CustomResponse"),
  ])
  func mistakes(_ text: String, _ found: String) throws {
    for features in [ReadingFeatures.allowUnknown, []] {
      let (action, diagnostics) = try read(RuleAction.self, text, features)
      #expect(action == nil)
      #expect(summary(diagnostics) == [found])
    }
  }

  @Test func insertedHeadersComeLater() throws {
    let text =
      #"{"Count": {"CustomRequestHandling": {"InsertHeaders": [{"Name": "a", "Value": "b"}]}}}"#
    let (action, diagnostics) = try read(RuleAction.self, text)
    #expect(summary(diagnostics) == ["error not-supported-yet /Count/CustomRequestHandling (key)"])
    let handling = CustomRequestHandling(
      insertHeaders: [CustomHTTPHeader(name: "a", value: "b")])
    #expect(action == .count(CountAction(customRequestHandling: handling)))
    let (allowed, warnings) = try read(RuleAction.self, text, .allowUnknown)
    #expect(allowed == action)
    #expect(!warnings.containsError)
  }

  @Test func customResponses() throws {
    let text = #"""
      {"Block": {"CustomResponse": {"ResponseCode": 404, "CustomResponseBodyKey": "k",
        "ResponseHeaders": [{"Name": "a", "Value": "b"}]}}}
      """#
    let (action, diagnostics) = try read(RuleAction.self, text)
    #expect(diagnostics.isEmpty)
    let response = CustomResponse(
      responseCode: 404, customResponseBodyKey: "k",
      responseHeaders: [CustomHTTPHeader(name: "a", value: "b")])
    #expect(action == .block(BlockAction(customResponse: response)))
  }

  @Test(
    arguments: [
      (#"{"Allow": {}}"#, DefaultAction.allow(AllowAction()), [] as [String]),
      (#"{"Block": {}}"#, .block(BlockAction()), []),
      (#"{"Count": {}}"#, nil, ["error invalid-default-action /Count (key)"]),
      (#"{"allow": {}}"#, nil, ["error invalid-default-action /allow (key) -> Allow"]),
    ] as [(String, DefaultAction?, [String])])
  func defaultActions(_ text: String, _ value: DefaultAction?, _ found: [String]) throws {
    let (action, diagnostics) = try read(DefaultAction.self, text)
    #expect(action == value)
    #expect(summary(diagnostics) == found)
  }

  @Test(
    arguments: [
      (#"{"None": {}}"#, OverrideAction.none, [] as [String]),
      (#"{"Count": {}}"#, .count(CountAction()), []),
      (#"{"Block": {}}"#, nil, ["error unknown-action /Block (key)"]),
    ] as [(String, OverrideAction?, [String])])
  func overrideActions(_ text: String, _ value: OverrideAction?, _ found: [String]) throws {
    let (action, diagnostics) = try read(OverrideAction.self, text)
    #expect(action == value)
    #expect(summary(diagnostics) == found)
  }
}
