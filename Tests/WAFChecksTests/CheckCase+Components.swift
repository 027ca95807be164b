extension CheckCase {
  private static func string(_ count: Int) -> String {
    "\"" + String(repeating: "a", count: count) + "\""
  }

  static let bytesCases: [CheckCase] = [
    .bytes(#""/admin""#),
    .bytes(string(200)),
    .bytes("⟦\(string(201))⟧", "error search-string-too-long", says: "200"),
    .bytes(#"⟦""⟧"#, "warning empty-search-string"),
    .bytes(#""bad_Bot1""#, constraint: "CONTAINS_WORD"),
    .bytes(#"⟦"bad-bot"⟧"#, constraint: "CONTAINS_WORD", "error invalid-word"),
    .bytes(#""Admin""#),
    .bytes(
      #"⟦"Admin"⟧"#, types: ["URL_DECODE", "LOWERCASE"], "warning search-string-never-matches"),
    .bytes(#""Admin""#, types: ["LOWERCASE", "URL_DECODE"]),
    .bytes(
      #"⟦"Admin"⟧"#, types: ["LOWERCASE", "REMOVE_NULLS"], "warning search-string-never-matches"),
    .bytes(#"⟦"admin"⟧"#, types: ["UPPERCASE", "TRIM"], "warning search-string-never-matches"),
    .bytes(#""ADMIN""#, types: ["LOWERCASE", "UPPERCASE"]),
    .bytes(#""a""#, types: Array(repeating: "NONE", count: 10)),
    .statement(
      #"""
      {"SizeConstraintStatement": {"Size": ⟦-1⟧, "ComparisonOperator": "GT", "FieldToMatch":
        {"SingleHeader": {"Name": ⟦" "⟧}}, "TextTransformations": ⟦[]⟧}}
      """#,
      "error invalid-size", "error invalid-name", "error missing-transformation"),
    size("⟦21474836481⟧", "error invalid-size"),
    size("21474836480"),
    size("⟦0⟧", operator: "LT", "warning size-never-matches"),
    size("⟦65536⟧", field: #"{"Body": {}}"#, "warning size-never-matches", says: "MATCH"),
    size("65536", operator: "GE", field: #"{"Body": {}}"#),
    size("65536", field: #"{"Body": {"OversizeHandling": "MATCH"}}"#),
  ]

  private static func size(
    _ size: String, operator: String = "GT", field: String = #"{"UriPath": {}}"#,
    _ found: String..., says: String = ""
  ) -> CheckCase {
    var test = statement(
      #"""
      {"SizeConstraintStatement": {"Size": \#(size), "ComparisonOperator": "\#(`operator`)",
        "FieldToMatch": \#(field), "TextTransformations": \#(none)}}
      """#, says: says)
    test.found = found
    return test
  }

  private static func field(
    _ field: String, _ found: String..., says: String = "", on type: String? = nil
  ) -> CheckCase {
    var test = bytes(#""a""#, field: field, says: says, on: type)
    test.found = found
    return test
  }

  private static func cookies(_ names: String) -> String {
    #"{"Cookies": {"MatchPattern": {"IncludedCookies": \#(names)}, "MatchScope": "ALL", "OversizeHandling": "MATCH"}}"#
  }

  private static func headers(_ names: String) -> String {
    #"{"Headers": {"MatchPattern": {"ExcludedHeaders": \#(names)}, "MatchScope": "ALL", "OversizeHandling": "MATCH"}}"#
  }

  private static func json(_ paths: String) -> String {
    #"{"JsonBody": {"MatchPattern": {"IncludedPaths": \#(paths)}, "MatchScope": "ALL"}}"#
  }

  private static let ja3 = "\"" + String(repeating: "0", count: 32) + "\""
  private static let ja4 = "\"" + String(repeating: "0", count: 36) + "\""

  static let components: [CheckCase] = [
    field(#"{"SingleQueryArgument": {"Name": \#(string(30))}}"#),
    field(#"{"SingleQueryArgument": {"Name": ⟦\#(string(31))⟧}}"#, "warning name-too-long"),
    field(#"{"SingleQueryArgument": {"Name": ⟦\#(string(65))⟧}}"#, "error name-too-long"),
    field(#"{"SingleHeader": {"Name": \#(string(64))}}"#),
    field(#"{"SingleHeader": {"Name": ⟦\#(string(65))⟧}}"#, "error name-too-long"),
    field(cookies("⟦[]⟧"), "error invalid-cookie-list"),
    field(cookies("⟦[\(list(0..<200) { "\"c\($0)\"" })]⟧"), "error invalid-cookie-list"),
    field(cookies("[\(list(0..<199) { "\"c\($0)\"" })]")),
    field(cookies("[⟦\(string(61))⟧]"), "error name-too-long", says: "60"),
    field(headers("⟦[]⟧"), "error invalid-header-list"),
    field(headers("[\(list(0..<199) { "\"c\($0)\"" })]")),
    field(headers("⟦[\(list(0..<200) { "\"c\($0)\"" })]⟧"), "error invalid-header-list"),
    field(headers(#"["a", ⟦" "⟧]"#), "error invalid-name"),
    field(json("⟦[]⟧"), "error missing-json-path"),
    field(json(#"["/", "/a/0/b~1c~0d"]"#)),
    field(json(#"[⟦"a/b"⟧]"#), "error invalid-json-pointer", says: "/a/b"),
    field(json(#"[⟦""⟧]"#), "error invalid-json-pointer"),
    field(json(#"[⟦"/a~b"⟧]"#), "error invalid-json-pointer"),
    field(json(#"[⟦"/\#(String(repeating: "a", count: 512))"⟧]"#), "error invalid-json-pointer"),
    .bytes(
      ja3, constraint: "EXACTLY", field: #"{"JA3Fingerprint": {"FallbackBehavior": "MATCH"}}"#),
    .bytes(
      ja4, constraint: "EXACTLY", field: #"{"JA4Fingerprint": {"FallbackBehavior": "MATCH"}}"#),
    .bytes(
      "⟦\(ja3)⟧", constraint: "EXACTLY",
      field: #"{"JA4Fingerprint": {"FallbackBehavior": "MATCH"}}"#,
      "warning search-string-never-matches", says: "36"),
    .bytes(
      ja3, constraint: "STARTS_WITH",
      field: #"{⟦"JA3Fingerprint"⟧: {"FallbackBehavior": "MATCH"}}"#,
      "error misplaced-fingerprint"),
    .statement(
      #"""
      {"RegexMatchStatement": {"RegexString": "a", "TextTransformations": \#(none), "FieldToMatch":
        {⟦"JA4Fingerprint"⟧: {"FallbackBehavior": "MATCH"}}}}
      """#,
      "error misplaced-fingerprint"),
    .bytes(
      #""a""#, types: Array(repeating: "NONE", count: 1),
      field: #"{"AllQueryArguments": {}}"#,
      more: #""PreParseTextTransformations": [{"Priority": 1, "Type": "URL_DECODE"}], "#),
    .bytes(
      #""a""#, field: #"{"QueryString": {}}"#,
      more: #"⟦"PreParseTextTransformations"⟧: [{"Priority": 1, "Type": "URL_DECODE"}], "#,
      "error misplaced-pre-parse"),
    .bytes(
      #""a""#, field: #"{"AllQueryArguments": {}}"#,
      more:
        #""PreParseTextTransformations": ⟦\#(transformations(Array(repeating: "NONE", count: 11)))⟧, "#,
      "error too-many-transformations"),
    .bytes(
      #""a""#, field: #"{"AllQueryArguments": {}}"#,
      more:
        #""PreParseTextTransformations": [{"Priority": 1, "Type": "NONE"}, {"Priority": ⟦1⟧, "Type": "URL_DECODE"}], "#,
      "error duplicate-priority"),
    .statement(
      #"""
      {"XssMatchStatement": {"FieldToMatch": {"Method": {}}, "TextTransformations":
        ⟦\#(transformations(Array(repeating: "NONE", count: 11)))⟧}}
      """#,
      "error too-many-transformations"),
    .statement(
      #"""
      {"SqliMatchStatement": {"FieldToMatch": {"Method": {}}, "TextTransformations":
        [{"Priority": 1, "Type": "NONE"}, {"Priority": ⟦1⟧, "Type": "LOWERCASE"}]}}
      """#,
      "error duplicate-priority", says: "LOWERCASE"),
    .statement(
      #"""
      {"RegexPatternSetReferenceStatement": {"ARN": "\#(arn("regexpatternset"))", "FieldToMatch":
        {"Method": {}}, "TextTransformations": [{"Priority": ⟦-1⟧, "Type": "NONE"}]}}
      """#,
      "error invalid-priority"),
    field(#"{"UriFragment": {}}"#, on: "CLOUDFRONT"),
    field(#"{⟦"UriFragment"⟧: {}}"#, "warning unsupported-component", on: "API_GATEWAY"),
    .bytes(
      ja3, constraint: "EXACTLY",
      field: #"{⟦"JA3Fingerprint"⟧: {"FallbackBehavior": "MATCH"}}"#,
      "warning unsupported-component", on: "APPSYNC"),
    .statement(
      #"""
      {"RateBasedStatement": {"Limit": 100, "AggregateKeyType": "CUSTOM_KEYS", "CustomKeys":
        [{⟦"JA4Fingerprint"⟧: {"FallbackBehavior": "MATCH"}}]}}
      """#,
      "warning unsupported-component", on: "COGNITO_USER_POOL"),
  ]

  private static func regex(_ pattern: String, _ found: String..., says: String = "") -> CheckCase {
    var test = statement(
      #"""
      {"RegexMatchStatement": {"RegexString": \#(pattern), "FieldToMatch": {"Method": {}},
        "TextTransformations": \#(none)}}
      """#, says: says)
    test.found = found
    return test
  }

  static let patterns: [CheckCase] = [
    regex(#""^/a+$""#),
    regex(#"⟦""⟧"#, "error invalid-regex"),
    regex(#"⟦"ab(c"⟧"#, "error invalid-regex", says: "at character 5 of the pattern"),
    regex(string(200)),
    regex("⟦\(string(201))⟧", "warning regex-too-long"),
    regex("⟦\(string(512))⟧", "warning regex-too-long"),
    regex("⟦\(string(513))⟧", "error regex-too-long"),
    // Characters, not bytes.
    regex("\"" + String(repeating: "é", count: 200) + "\""),
    regex(#"⟦"ab(?>c)"⟧"#, "error unsupported-regex", says: "at character 3 of the pattern"),
    regex(#"⟦"abc*+"⟧"#, "error unsupported-regex", says: "at character 4 of the pattern"),
    regex(#"⟦"éé(?>c)"⟧"#, "error unsupported-regex", says: "at character 3 of the pattern"),
    regex(#"⟦"a(?=b)"⟧"#, "warning uncertain-regex", says: "at character 2 of the pattern"),
    regex(#"⟦"(a|b)?"⟧"#, "warning uncertain-regex", says: "empty string"),
    .patternSet(#"["a", {"RegexString": "b"}]"#),
    .patternSet(#"["a", ⟦"("⟧]"#, "error invalid-regex"),
    .patternSet("[\(list(0..<10) { "\"a\($0)\"" })]"),
    .patternSet("⟦[\(list(0..<11) { "\"a\($0)\"" })]⟧", "error too-many-patterns"),
  ]

  static let addresses: [CheckCase] = [
    .statement(
      #"{"GeoMatchStatement": {"CountryCodes": [⟦"de"⟧, ⟦"UK"⟧, ⟦"Germany"⟧, "XK", ⟦"QQ"⟧]}}"#,
      "error invalid-country-code", "error invalid-country-code", "error invalid-country-code",
      "error invalid-country-code", says: "GB"),
    .statement(#"{"GeoMatchStatement": {"CountryCodes": ⟦[]⟧}}"#, "error missing-country"),
    .statement(
      #"{"GeoMatchStatement": {"CountryCodes": [\#(list(0..<50) { _ in #""DE""# })]}}"#),
    .statement(
      #"{"GeoMatchStatement": {"CountryCodes": ⟦[\#(list(0..<51) { _ in #""DE""# })]⟧}}"#,
      "error too-many-countries"),
    .statement(
      #"""
      {"GeoMatchStatement": {"CountryCodes": ["DE"], "ForwardedIPConfig":
        {"HeaderName": ⟦"x_forwarded"⟧, "FallbackBehavior": "MATCH"}}}
      """#,
      "error invalid-header-name"),
    .statement(#"{"AsnMatchStatement": {"AsnList": ⟦[]⟧}}"#, "error invalid-asn-list"),
    .statement(#"{"AsnMatchStatement": {"AsnList": [\#(list(0..<100) { "\($0)" })]}}"#),
    .statement(
      #"{"AsnMatchStatement": {"AsnList": ⟦[\#(list(0..<101) { "\($0)" })]⟧}}"#,
      "error invalid-asn-list"),
    .statement(
      #"""
      {"AsnMatchStatement": {"AsnList": [1], "ForwardedIPConfig":
        {"HeaderName": ⟦""⟧, "FallbackBehavior": "MATCH"}}}
      """#,
      "error invalid-header-name"),
    .statement(
      #"""
      {"IPSetReferenceStatement": {"ARN": "\#(arn("ipset"))", "IPSetForwardedIPConfig":
        {"HeaderName": ⟦"a:b"⟧, "FallbackBehavior": "MATCH", "Position": "ANY"}}}
      """#,
      "error invalid-header-name"),
    .ipSet(#"["192.0.2.0/24", "192.0.2.44/32"]"#),
    .ipSet(
      #"[⟦"192.0.2.1"⟧, ⟦"x"⟧]"#, "error invalid-cidr", "error invalid-cidr", says: "192.0.2.1/32"),
    .ipSet(#"[⟦"0.0.0.0/0"⟧]"#, "error invalid-cidr", says: "length 0"),
    .ipSet(#"[⟦"::/0"⟧]"#, version: "IPV6", "error invalid-cidr"),
    .ipSet(#"[⟦"2001:db8::/32"⟧]"#, "error address-version"),
    .ipSet(#"[⟦"192.0.2.0/24"⟧]"#, version: "IPV6", "error address-version"),
    .ipSet(#"[⟦"192.0.2.7/24"⟧]"#, "warning host-bits", says: "192.0.2.0/24"),
    .ipSet("[\(list(0..<10_000) { _ in #""192.0.2.0/24""# })]"),
    .ipSet("⟦[\(list(0..<10_001) { _ in #""192.0.2.0/24""# })]⟧", "error too-many-addresses"),
  ]
}
