extension CheckCase {
  static let settings: [CheckCase] = [
    .acl(
      #"""
      "AssociationConfig": {"RequestBody": {⟦"CLOUDFRNT"⟧: "KB_16", ⟦"APPSYNC"⟧: "KB_16",
        "APPLICATION_LOAD_BALANCER": "KB_16"}}
      """#,
      "error unknown-resource-type", "error unknown-resource-type", says: "CLOUDFRONT"),
    .acl(
      #"""
      "AssociationConfig": {"ChallengeJavascriptSdkInjection": {"CLOUDFRONT": {},
        ⟦"API_GATEWAY"⟧: {}}}
      """#,
      "error unknown-resource-type"),
    .acl(#""TokenDomains": ["shop.example", "a.b_c-d.example/x"]"#),
    .acl(
      #""TokenDomains": [⟦"https://shop.example/"⟧]"#, "error invalid-token-domain",
      says: "shop.example"),
    .acl(#""TokenDomains": [⟦""⟧]"#, "error invalid-token-domain"),
    .acl(#""TokenDomains": [⟦"com"⟧]"#, "warning invalid-token-domain", says: "public suffix"),
    .acl(
      #""TokenDomains": ⟦[\#(list(0..<11) { "\"a\($0).example\"" })]⟧"#,
      "warning too-many-token-domains"),
    .acl(
      #""DataProtectionConfig": {"DataProtections": ⟦[]⟧}"#, "error invalid-data-protection"),
    .acl(
      #"""
      "DataProtectionConfig": {"DataProtections": [
        {"Field": ⟦{"FieldType": "SINGLE_HEADER"}⟧, "Action": "HASH"},
        {"Field": {"FieldType": "BODY", ⟦"FieldKeys"⟧: ["a"]}, "Action": "HASH"},
        {"Field": {"FieldType": "SINGLE_COOKIE", "FieldKeys": ["a", ⟦" "⟧]}, "Action": "HASH"},
        {"Field": {"FieldType": "QUERY_STRING"}, "Action": "SUBSTITUTION"}]}
      """#,
      "error invalid-data-protection", "error invalid-data-protection", "error invalid-name"),
    .acl(#""ApplicationConfig": {"Attributes": ⟦[]⟧}"#, "error invalid-application-config"),
    .acl(
      #"""
      "ApplicationConfig": {"Attributes": [{"Name": ⟦"a b"⟧, "Values": ["x", ⟦""⟧]},
        {"Name": "c", "Values": ⟦[]⟧}]}
      """#,
      "error invalid-application-config", "error invalid-application-config",
      "error invalid-application-config"),
  ]

  private static let base =
    #""WalletAddress": "0x52908400098527886E0F7030069857D2E4169EE7""#
  private static let price = #""Prices": [{"Amount": "0.001", "Currency": "USDC"}]"#
  private static let account =
    "arn:aws:payments::111122223333:connectedaccount/stripe-account-Ab12Cd"

  private static func paying(_ config: String, _ found: String..., says: String = "") -> CheckCase {
    var test = acl(#""MonetizationConfig": \#(config)"#, says: says)
    test.found = found
    return test
  }

  private static func network(_ network: String, _ found: String..., says: String = "")
    -> CheckCase
  {
    var test = paying(#"{"CryptoConfig": {"PaymentNetworks": [\#(network)]}}"#, says: says)
    test.found = found
    return test
  }

  private static func amount(_ amount: String, _ found: String...) -> CheckCase {
    var test = network(
      #"{"Chain": "BASE", \#(base), "Prices": [{"Amount": \#(amount), "Currency": "USDC"}]}"#)
    test.found = found
    return test
  }

  private static let code = "error invalid-monetization-config"

  static let monetization: [CheckCase] = [
    network(#"{"Chain": "BASE", \#(base), \#(price)}"#),
    paying("⟦{}⟧", code),
    paying(#"{"CryptoConfig": {"PaymentNetworks": ⟦[]⟧}}"#, code),
    network(
      #"{"Chain": "BASE", \#(base), \#(price)}, {"Chain": ⟦"BASE"⟧, \#(base), \#(price)}"#, code,
      says: "twice"),
    network(#"{"Chain": "BASE", "WalletAddress": ⟦"0x12"⟧, \#(price)}"#, code),
    network(
      #"{"Chain": "SOLANA", "WalletAddress": ⟦"0x52908400098527886E0F7030069857D2E4169EE7"⟧, \#(price)}"#,
      code),
    network(
      #"{"Chain": "SOLANA", "WalletAddress": "So11111111111111111111111111111111111111112", \#(price)}"#
    ),
    network(#"{"Chain": "BASE", \#(base), "Prices": ⟦[]⟧}"#, code),
    amount(#""12.5""#), amount(#""1""#),
    amount(#"⟦"0"⟧"#, code), amount(#"⟦"0.000"⟧"#, code), amount(#"⟦"01"⟧"#, code),
    amount(#"⟦"0.0001"⟧"#, code), amount(#"⟦"1."⟧"#, code), amount(#"⟦"-1"⟧"#, code),
    paying(
      #"{"CurrencyMode": "TEST", "CryptoConfig": {"PaymentNetworks": [{"Chain": ⟦"BASE"⟧, \#(base), \#(price)}]}}"#,
      code),
    paying(
      #"{"CurrencyMode": ⟦"TEST"⟧, "ConnectedAccountConfigs": [{"ConnectedAccountArn": "\#(account)", "PaymentNetworks": [{"Chain": "BASE", "Prices": [{"Amount": "0.01", "Currency": "USDC"}]}]}]}"#,
      code),
    paying(
      #"{"ConnectedAccountConfigs": [{"ConnectedAccountArn": ⟦"arn:aws:payments"⟧, "PaymentNetworks": [{"Chain": "BASE", "Prices": [{"Amount": ⟦"0.001"⟧, "Currency": "USDC"}]}]}]}"#,
      code, code),
    paying(
      #"{"ConnectedAccountConfigs": ⟦[\#(list(0..<2) { #"{"ConnectedAccountArn": "\#(account)", "PaymentNetworks": [{"Chain": "\#($0 == 0 ? "BASE" : "SOLANA")", "Prices": [{"Amount": "0.01", "Currency": "USDC"}]}]}"# })]⟧}"#,
      code),
    .group(#""MonetizationConfig": ⟦{}⟧"#, code),
  ]
}
