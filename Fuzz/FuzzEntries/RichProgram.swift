package import Diagnostics
import WAFCompiler
import WAFDocuments
import WAFModel
import WAFProgram

/// A web ACL that asks for everything: each field under each statement, with transformations before
/// and after, forwarded addresses, labels, rates, tokens, groups.
package enum RichProgram {
  static let program = whole.program
  /// The rules that read addresses, alone: quicker by far.
  static let addressProgram = ofAddresses.program
  /// What is wrong with them: nothing.
  package static let diagnostics = whole.diagnostics + ofAddresses.diagnostics

  private static let whole = compiled(rules)
  private static let ofAddresses = compiled(addressRules)

  private static func compiled(
    _ rules: [String]
  ) -> (program: Program, diagnostics: [Diagnostic]) {
    let loaded = DocumentLoader(options: LoadingOptions(searchString: .plain)).load(
      aclBytes: Array(document(rules).utf8), file: "rich.json")
    guard let webACL = loaded.webACL else {
      let empty = WebACL(defaultAction: .allow(AllowAction()), rules: [])
      let program = Compiler.compile(
        Located(value: empty, file: ""), bundle: bundle, catalogue: catalogue
      ).program
      return (program, loaded.diagnostics)
    }
    let compiled = Compiler.compile(webACL, bundle: bundle, catalogue: catalogue)
    return (compiled.program, loaded.diagnostics + compiled.diagnostics)
  }

  // MARK: The document

  private static let account = "arn:aws:wafv2:eu-central-1:111122223333:regional"

  private static let bundle = DocumentBundle(
    ipSets: [
      Located(
        value: IPSet(
          name: "v4", arn: account + "/ipset/v4/id", ipAddressVersion: .ipv4,
          addresses: ["192.0.2.0/24", "198.51.100.7/32"]), file: "v4.json"),
      Located(
        value: IPSet(
          name: "v6", arn: account + "/ipset/v6/id", ipAddressVersion: .ipv6,
          addresses: ["2001:db8::/32"]), file: "v6.json"),
    ],
    regexPatternSets: [
      Located(
        value: RegexPatternSet(
          name: "words", arn: account + "/regexpatternset/words/id",
          regularExpressionList: ["(?i)union\\s+select", "^/[a-z]{1,8}$", "\\.\\./"]),
        file: "words.json")
    ])

  private static let fields: [String] = [
    "\"Method\": {}", "\"UriPath\": {}", "\"QueryString\": {}", "\"AllQueryArguments\": {}",
    "\"SingleQueryArgument\": {\"Name\": \"a\"}", "\"SingleHeader\": {\"Name\": \"user-agent\"}",
    "\"SingleHeader\": {\"Name\": \"host\"}", "\"UriFragment\": {\"FallbackBehavior\": \"MATCH\"}",
    "\"HeaderOrder\": {\"OversizeHandling\": \"CONTINUE\"}",
    "\"Body\": {\"OversizeHandling\": \"CONTINUE\"}", "\"Body\": {\"OversizeHandling\": \"MATCH\"}",
    """
    "Cookies": {"MatchPattern": {"All": {}}, "MatchScope": "ALL", "OversizeHandling": "CONTINUE"}
    """,
    """
    "Cookies": {"MatchPattern": {"ExcludedCookies": ["sid"]}, "MatchScope": "VALUE",
      "OversizeHandling": "NO_MATCH"}
    """,
    """
    "Headers": {"MatchPattern": {"All": {}}, "MatchScope": "ALL", "OversizeHandling": "CONTINUE"}
    """,
    """
    "Headers": {"MatchPattern": {"IncludedHeaders": ["x-a", "cookie"]}, "MatchScope": "KEY",
      "OversizeHandling": "MATCH"}
    """,
    """
    "JsonBody": {"MatchPattern": {"All": {}}, "MatchScope": "ALL",
      "InvalidFallbackBehavior": "EVALUATE_AS_STRING", "OversizeHandling": "CONTINUE"}
    """,
    """
    "JsonBody": {"MatchPattern": {"IncludedPaths": ["/a", "/a/0/b"]}, "MatchScope": "VALUE",
      "OversizeHandling": "NO_MATCH"}
    """,
    """
    "JsonBody": {"MatchPattern": {"All": {}}, "MatchScope": "KEY",
      "InvalidFallbackBehavior": "NO_MATCH", "OversizeHandling": "CONTINUE"}
    """,
  ]

  private static let chains: [String] = [
    chain("NONE"), chain("URL_DECODE", "LOWERCASE"), chain("HTML_ENTITY_DECODE", "NORMALIZE_PATH"),
    chain("BASE64_DECODE", "JS_DECODE", "CMD_LINE"),
    chain("URL_DECODE_UNI", "COMPRESS_WHITE_SPACE"),
    chain("HEX_DECODE", "ESCAPE_SEQ_DECODE", "REMOVE_NULLS"),
  ]

  private static func chain(_ types: String...) -> String {
    let steps = types.enumerated().map { "{\"Priority\": \($0), \"Type\": \"\($1)\"}" }
    return "\"TextTransformations\": [\(steps.joined(separator: ", "))]"
  }

  private static let preParse = """
    "PreParseTextTransformations": [
      {"Priority": 0, "Type": "REPLACE_SEMICOLONS_WITH_AMPERSANDS"},
      {"Priority": 1, "Type": "URL_DECODE"},
      {"Priority": 2, "Type": "COMBINE_DUPLICATE_QUERY_ARGS_BY_COMMA"}]
    """

  /// Statements on fields, and those that have none.
  private static var statements: [String] {
    var statements: [String] = []
    for (index, field) in fields.enumerated() {
      let on = "\"FieldToMatch\": {\(field)}, \(chains[index % chains.count])"
      let position = ["CONTAINS", "EXACTLY", "STARTS_WITH", "ENDS_WITH", "CONTAINS_WORD"][index % 5]
      statements += [
        """
        {"ByteMatchStatement": {"SearchString": "a", "PositionalConstraint": "\(position)", \(on)}}
        """,
        "{\"RegexMatchStatement\": {\"RegexString\": \"^(?i)[a-f]+=?\", \(on)}}",
        "{\"SizeConstraintStatement\": {\"ComparisonOperator\": \"GT\", \"Size\": 3, \(on)}}",
      ]
      let detector = index % 2 == 0 ? "SqliMatchStatement" : "XssMatchStatement"
      statements.append("{\"\(detector)\": {\(on)}}")
    }
    for field in ["\"AllQueryArguments\": {}", "\"SingleQueryArgument\": {\"Name\": \"a\"}"] {
      statements.append(
        """
        {"RegexPatternSetReferenceStatement": {"ARN": "\(account)/regexpatternset/words/id",
          "FieldToMatch": {\(field)}, \(chains[1]), \(preParse)}}
        """)
    }
    for field in ["JA3Fingerprint", "JA4Fingerprint"] {
      statements.append(
        """
        {"ByteMatchStatement": {"SearchString": "e7d705a3286e19ea42f587b344ee6865",
          "PositionalConstraint": "EXACTLY", "FieldToMatch": {"\(field)": {"FallbackBehavior":
          "NO_MATCH"}}, \(chains[0])}}
        """)
    }
    return statements + addressStatements + labelStatements
  }

  private static var addressStatements: [String] {
    let forwarded = "\"HeaderName\": \"X-Forwarded-For\", \"FallbackBehavior\": "
    var statements = [
      "{\"IPSetReferenceStatement\": {\"ARN\": \"\(account)/ipset/v4/id\"}}",
      "{\"GeoMatchStatement\": {\"CountryCodes\": [\"DE\", \"US\"]}}",
      "{\"AsnMatchStatement\": {\"AsnList\": [64496, 0]}}",
      """
      {"GeoMatchStatement": {"CountryCodes": ["DE"], "ForwardedIPConfig": {\(forwarded)"MATCH"}}}
      """,
      "{\"AsnMatchStatement\": {\"AsnList\": [1], \"ForwardedIPConfig\": {\(forwarded)\"NO_MATCH\"}}}",
    ]
    for (position, set) in [("FIRST", "v4"), ("LAST", "v6"), ("ANY", "v4")] {
      statements.append(
        """
        {"IPSetReferenceStatement": {"ARN": "\(account)/ipset/\(set)/id",
          "IPSetForwardedIPConfig": {\(forwarded)"MATCH", "Position": "\(position)"}}}
        """)
    }
    return statements
  }

  private static let labelStatements = [
    ("NAMESPACE", "awswaf:clientip:geo:country:"), ("LABEL", "awswaf:clientip:geo:region:US-CA"),
    ("LABEL", "awswaf:managed:token:accepted"), ("NAMESPACE", "awswaf:managed:aws"),
    ("LABEL", "own:first"), ("NAMESPACE", "own"),
  ].map { scope, key in
    "{\"LabelMatchStatement\": {\"Scope\": \"\(scope)\", \"Key\": \"\(key)\"}}"
  }

  private static var addressRules: [String] {
    let counts = (addressStatements + labelStatements).map {
      "\"Action\": {\"Count\": {}}, \"Statement\": \($0)"
    }
    let rate = """
      "Action": {"Block": {}}, "Statement": {"RateBasedStatement": {"Limit": 100, \(rateKeys[2])}}
      """
    return counts + addressStatements.map { "\"Action\": {\"Block\": {}}, \"Statement\": \($0)" }
      + [rate]
  }

  /// Most rules count, so that a request meets all of them; the ends of the evaluation hang on two
  /// conditions each.
  private static var rules: [String] {
    var rules: [String] = []
    func add(_ body: String) { rules.append(body) }
    let statements = self.statements
    for (index, statement) in statements.enumerated() {
      let labels = index % 5 == 0 ? "\"RuleLabels\": [{\"Name\": \"own:\(index)\"}], " : ""
      add("\(labels)\"Action\": {\"Count\": {}}, \"Statement\": \(statement)")
    }
    for group in ["AWSManagedRulesAdminProtectionRuleSet", "AWSManagedRulesCommonRuleSet"] {
      add(
        """
        "OverrideAction": {"Count": {}}, "Statement": {"ManagedRuleGroupStatement": {
          "VendorName": "AWS", "Name": "\(group)", "ScopeDownStatement": \(statements[4])}}
        """)
    }
    for key in rateKeys {
      add(
        """
        "Action": {"Block": {}}, "Statement": {"RateBasedStatement": {"Limit": 100, \(key),
          "ScopeDownStatement": {"NotStatement": {"Statement": \(statements[0])}}}}
        """)
    }
    for (index, action) in actions.enumerated() {
      let first = statements[index * 7 % statements.count]
      let second = statements[(index * 11 + 3) % statements.count]
      let joint = index % 2 == 0 ? "AndStatement" : "OrStatement"
      add(
        """
        "Action": {\(action)}, "Statement": {"AndStatement": {"Statements": [
          {"\(joint)": {"Statements": [\(first), {"NotStatement": {"Statement": \(second)}}]}},
          \(statements[8])]}}
        """)
    }
    return rules
  }

  private static let rateKeys = [
    "\"AggregateKeyType\": \"IP\"", "\"AggregateKeyType\": \"CONSTANT\"",
    """
    "AggregateKeyType": "FORWARDED_IP", "ForwardedIPConfig": {"HeaderName": "x-forwarded-for",
      "FallbackBehavior": "MATCH"}
    """,
    """
    "AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": [{"HTTPMethod": {}}, {"IP": {}},
      {"Header": {"Name": "host", \(chain("LOWERCASE"))}},
      {"QueryArgument": {"Name": "a", \(chain("URL_DECODE"))}}, {"UriPath": {\(chain("NONE"))}}]
    """,
    """
    "AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": [
      {"Cookie": {"Name": "sid", \(chain("NONE"))}}, {"QueryString": {\(chain("URL_DECODE"))}},
      {"LabelNamespace": {"Namespace": "awswaf:clientip:geo:country:"}},
      {"JA3Fingerprint": {"FallbackBehavior": "MATCH"}}, {"ASN": {}}]
    """,
  ]

  private static let actions = [
    "\"Captcha\": {}", "\"Challenge\": {}",
    """
    "Allow": {"CustomRequestHandling": {"InsertHeaders": [
      {"Name": "seen", "Value": "${awswaf:ip:} ${awswaf:clientip:geo:country:} ${x"}]}}
    """,
    """
    "Block": {"CustomResponse": {"ResponseCode": 429, "CustomResponseBodyKey": "slow",
      "ResponseHeaders": [{"Name": "x-why", "Value": "${own:}"}]}}
    """,
    "\"Block\": {}",
  ]

  private static let visibility = """
    "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true,
      "MetricName": "m"}
    """

  /// - Parameter bodies: the members of rules without their names and priorities.
  private static func document(_ bodies: [String]) -> String {
    let rules = bodies.enumerated().map { index, body in
      "{\"Name\": \"r\(index)\", \"Priority\": \(index), \(visibility), \(body)}"
    }
    return """
      {"Name": "rich", "Scope": "REGIONAL", "ARN": "\(account)/webacl/rich/id", \(visibility),
       "DefaultAction": {"Allow": {}},
       "CustomResponseBodies": {"slow": {"ContentType": "TEXT_PLAIN", "Content": "slow down ${own:}"}},
       "Rules": [\(rules.joined(separator: ",\n"))]}
      """
  }
}
