import Diagnostics
import DocumentTree
import Testing
import WAFModel

@Suite struct ActionTests {
  @Test(arguments: RuleAction.Kind.allCases)
  func everyActionIsReadAndWritten(_ kind: RuleAction.Kind) throws {
    let text = #"{"\#(kind.rawValue)": {}}"#
    let (action, diagnostics) = try read(RuleAction.self, text, .strict)
    #expect(diagnostics.isEmpty)
    #expect(action?.kind == kind)
    #expect(action?.node() == Node(kind.rawValue, Node.emptyObject))
  }

  @Test(arguments: [
    (#"{"Blok": {}}"#, "error unknown-action /Blok (key) -> Block"),
    ("{}", "error empty-union "),
    (#"{"Allow": {}, "Block": {}}"#, "error several-members "),
    (#"{"Block": {"CustomResponse": {}}}"#, "error missing-member /Block/CustomResponse"),
    (#"{"Monetize": {"PriceMultiplier": 3}}"#, "error wrong-type /Monetize/PriceMultiplier"),
    (
      #"{"Count": {"CustomRequestHandling": {}}}"#,
      "error missing-member /Count/CustomRequestHandling"
    ),
    (
      #"{"Captcha": {"CustomRequestHandling": {"InsertHeaders": [{"Name": "a"}]}}}"#,
      "error missing-member /Captcha/CustomRequestHandling/InsertHeaders/0"
    ),
  ])
  func mistakes(_ text: String, _ found: String) throws {
    for features in [ReadingFeatures.allowUnknown, []] {
      let (action, diagnostics) = try read(RuleAction.self, text, features)
      #expect(action == nil)
      #expect(summary(diagnostics) == [found])
    }
  }

  private static let handling = CustomRequestHandling(
    insertHeaders: [CustomHTTPHeader(name: "a", value: "b")])

  @Test(arguments: [
    RuleAction.allow(AllowAction(customRequestHandling: handling)),
    .count(CountAction(customRequestHandling: handling)),
    .captcha(CaptchaAction(customRequestHandling: handling)),
    .challenge(ChallengeAction(customRequestHandling: handling)),
  ])
  func insertedHeaders(_ expected: RuleAction) throws {
    let text = #"""
      {"\#(expected.kind.rawValue)": {"CustomRequestHandling":
        {"InsertHeaders": [{"Name": "a", "Value": "b"}]}}}
      """#
    let (action, diagnostics) = try read(RuleAction.self, text, .strict)
    #expect(diagnostics.isEmpty)
    #expect(action == expected)
    let node = try JSONParser.parse(Array(text.utf8), file: "f")
    #expect(action?.node() == node.withoutPositions())
  }

  @Test func payments() throws {
    let text = #"{"Monetize": {"PriceMultiplier": "3"}}"#
    let (action, diagnostics) = try read(RuleAction.self, text, .strict)
    #expect(diagnostics.isEmpty)
    #expect(action == .monetize(MonetizeAction(priceMultiplier: "3")))
    let (_, unknown) = try read(RuleAction.self, #"{"Monetize": {"Multiplier": "3"}}"#)
    #expect(summary(unknown) == ["warning unknown-member /Monetize/Multiplier (key)"])
  }

  @Test(
    arguments: [
      ("{}", CaptchaConfig(), [] as [String]),
      (
        #"{"ImmunityTimeProperty": {"ImmunityTime": 60}}"#,
        CaptchaConfig(immunityTimeProperty: ImmunityTimeProperty(immunityTime: 60)), []
      ),
      (
        #"{"ImmunityTimeProperty": {"ImmunityTime": "60"}}"#,
        CaptchaConfig(immunityTimeProperty: ImmunityTimeProperty(immunityTime: 60)),
        ["warning number-as-string /ImmunityTimeProperty/ImmunityTime -> 60"]
      ),
      (
        #"{"ImmunityTimeProperty": {}}"#, nil,
        ["error missing-member /ImmunityTimeProperty"]
      ),
      (
        #"{"ImmunityTimeProperty": {"ImmunityTime": 0.5}}"#, nil,
        ["error wrong-type /ImmunityTimeProperty/ImmunityTime"]
      ),
    ] as [(String, CaptchaConfig?, [String])])
  func immunityTimes(_ text: String, _ value: CaptchaConfig?, _ found: [String]) throws {
    let (config, diagnostics) = try read(CaptchaConfig.self, text)
    #expect(config == value)
    #expect(summary(diagnostics) == found)
    let challenge = try read(ChallengeConfig.self, text)
    #expect(challenge.value?.immunityTimeProperty == value?.immunityTimeProperty)
    #expect(summary(challenge.diagnostics) == found)
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
      (#"{"Monetize": {}}"#, nil, ["error invalid-default-action /Monetize (key)"]),
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
