extension CheckCase {
  private static func action(_ action: String, _ found: String..., says: String = "") -> CheckCase {
    var test = rule(#""Statement": \#(geo), "Action": \#(action)"#, says: says)
    test.found = found
    return test
  }

  private static func inserting(_ headers: String, _ found: String...) -> CheckCase {
    var test = action(#"{"Captcha": {"CustomRequestHandling": {"InsertHeaders": \#(headers)}}}"#)
    test.found = found
    return test
  }

  private static func monetizing(
    _ members: String, action: String = #"{"Monetize": {}}"#, _ found: String..., says: String = ""
  ) -> CheckCase {
    var test = acl(
      #"""
      \#(members)"Rules": [{"Name": "a", "Priority": 0, "Statement": \#(geo), "Action": \#(action)}]
      """#, says: says)
    test.found = found
    return test
  }

  private static let paid =
    #""MonetizationConfig": {"CryptoConfig": {"PaymentNetworks": [{"Chain": "BASE", "#
    + #""WalletAddress": "0x52908400098527886E0F7030069857D2E4169EE7", "#
    + #""Prices": [{"Amount": "0.001", "Currency": "USDC"}]}]}}, "#

  static let actions: [CheckCase] = [
    inserting(#"[{"Name": "a._$-1", "Value": "x"}]"#),
    inserting("⟦[]⟧", "error missing-headers"),
    inserting(
      #"[{"Name": "a", "Value": "x"}, {"Name": ⟦"A"⟧, "Value": "x"}]"#, "error duplicate-header"),
    inserting(#"[{"Name": ⟦"a:b"⟧, "Value": "x"}]"#, "error invalid-header-name"),
    inserting(#"[{"Name": "a", "Value": ⟦""⟧}]"#, "error invalid-header-value"),
    inserting(#"[{"Name": "a", "Value": ⟦"x\ny"⟧}]"#, "error invalid-header-value"),
    inserting(
      "⟦[\(list(0..<11) { #"{"Name": "h\#($0)", "Value": "v"}"# })]⟧", "error too-many-headers"),
    .bareACL(
      #"""
      "DefaultAction": {"Allow": {"CustomRequestHandling": {"InsertHeaders":
        [{"Name": ⟦"a b"⟧, "Value": "x"}]}}}
      """#,
      "error invalid-header-name"),
    .rule(
      #"""
      "Statement": \#(managedGroup), "OverrideAction": {"Count": {"CustomRequestHandling":
        {"InsertHeaders": ⟦[]⟧}}}
      """#,
      "error missing-headers"),
    .rule(
      #"""
      "Statement": \#(geo), "Action": {"Captcha": {}}, "CaptchaConfig":
        {"ImmunityTimeProperty": {"ImmunityTime": ⟦59⟧}}
      """#,
      "error invalid-immunity-time"),
    .rule(
      #"""
      "Statement": \#(geo), "Action": {"Challenge": {}}, "ChallengeConfig":
        {"ImmunityTimeProperty": {"ImmunityTime": ⟦299⟧}}
      """#,
      "error invalid-immunity-time", says: "300"),
    .acl(
      #""CaptchaConfig": {"ImmunityTimeProperty": {"ImmunityTime": ⟦259201⟧}}"#,
      "error invalid-immunity-time"),
    .acl(#""CaptchaConfig": {"ImmunityTimeProperty": {"ImmunityTime": 60}}"#),
    monetizing(paid + #""Scope": "CLOUDFRONT", "#),
    monetizing(paid),
    monetizing(
      paid + #""Scope": "REGIONAL", "#, action: #"{⟦"Monetize"⟧: {}}"#,
      "error misplaced-monetize"),
    monetizing(
      paid + #""ARN": "\#(arn("webacl"))", "#, action: #"{⟦"Monetize"⟧: {}}"#,
      "error misplaced-monetize"),
    monetizing("", action: #"{⟦"Monetize"⟧: {}}"#, "error missing-monetization-config"),
    monetizing(paid, action: #"{"Monetize": {"PriceMultiplier": "100"}}"#),
    monetizing(
      paid, action: #"{"Monetize": {"PriceMultiplier": ⟦"101"⟧}}"#,
      "error invalid-price-multiplier"),
    monetizing(
      paid, action: #"{"Monetize": {"PriceMultiplier": ⟦"01"⟧}}"#,
      "error invalid-price-multiplier"),
    monetizing(
      paid, action: #"{"Monetize": {"PriceMultiplier": ⟦"1.5"⟧}}"#,
      "error invalid-price-multiplier"),
  ]

  private static func response(_ members: String, _ found: String..., says: String = "")
    -> CheckCase
  {
    var test = acl(
      #"""
      "CustomResponseBodies": {"sorry": {"ContentType": "TEXT_PLAIN", "Content": "x"}},
      "Rules": [{"Name": "a", "Priority": 0, "Statement": \#(geo), "Action": {"Block":
        {"CustomResponse": {\#(members)}}}}]
      """#, says: says)
    test.found = found
    return test
  }

  private static func body(_ content: String, _ found: String...) -> CheckCase {
    var test = acl(
      #""CustomResponseBodies": {"b": {"ContentType": "TEXT_HTML", "Content": \#(content)}}"#)
    test.found = found
    return test
  }

  private static func text(_ count: Int) -> String {
    "\"" + String(repeating: "x", count: count) + "\""
  }

  static let responses: [CheckCase] = [
    response(#""ResponseCode": 200, "CustomResponseBodyKey": "sorry""#),
    response(
      #""ResponseCode": 200, "CustomResponseBodyKey": ⟦"sory"⟧"#, "error unknown-response-body",
      says: "sorry"),
    response(#""ResponseCode": ⟦600⟧"#, "error invalid-response-code"),
    response(#""ResponseCode": ⟦199⟧"#, "error invalid-response-code"),
    response(
      #""ResponseCode": ⟦418⟧"#, "error invalid-response-code", says: "one of 200, 201"),
    response(#""ResponseCode": 429"#),
    response(
      #""ResponseCode": 403, "ResponseHeaders": [{"Name": ⟦"Content-Type"⟧, "Value": "x"}]"#,
      "error invalid-response-header"),
    response(
      #""ResponseCode": 403, "ResponseHeaders": ⟦[\#(list(0..<11) { #"{"Name": "h\#($0)", "Value": "v"}"# })]⟧"#,
      "error too-many-headers"),
    .bareACL(
      #""DefaultAction": {"Block": {"CustomResponse": {"ResponseCode": ⟦100⟧}}}"#,
      "error invalid-response-code"),
    body(#""x""#),
    body(#"⟦""⟧"#, "error empty-response-body"),
    body(text(4_096)),
    body("⟦\(text(4_097))⟧", "warning response-body-too-large"),
    body("⟦\(text(10_241))⟧", "error response-body-too-large"),
    .acl(
      #"⟦"CustomResponseBodies"⟧: {\#(list(0..<13) { #""b\#($0)": {"ContentType": "TEXT_HTML", "Content": \#(text(4_096))}"# })}"#,
      "error response-body-too-large", says: "53248"),
    .acl(
      #"⟦"CustomResponseBodies"⟧: {\#(list(0..<51) { #""b\#($0)": {"ContentType": "TEXT_HTML", "Content": "x"}"# })}"#,
      "warning too-many-response-bodies", says: "can be raised"),
    .group(
      #""CustomResponseBodies": {"a b": ⟦{"ContentType": "TEXT_HTML", "Content": "x"}⟧}"#,
      "error invalid-name"),
  ]
}
