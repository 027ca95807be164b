import Testing

/// A condition that AWS documents for a managed rule: what a request must have, and what comes close
/// to it without being it.
///
/// Written down from the developer guide's pages on the rule groups, apart from the rule data that it
/// is held against: "Baseline rule groups", "Use-case specific rule groups" and the change log.
struct DocumentedCondition: CustomTestStringConvertible, Sendable {
  enum Test: Sendable {
    /// More bytes than that.
    case longerThan(Int)
    /// No such header.
    case absent
    /// One of the texts anywhere; none of the others is enough.
    case contains([String], not: [String])
    /// One of the texts at the end.
    case endsWith([String], not: [String])
    /// One of the texts and nothing else.
    case equals([String], not: [String])
    /// A URL of one of the schemes whose host is an IPv4 address.
    case addressURL(schemes: [String])
  }

  var group: String
  var rule: String
  /// The label that the rule adds.
  var label: String
  var part: InspectedPart
  var test: Test
  /// How often a value may be percent-encoded: the URL decodings that the change log names.
  var encodings: Int
  /// The guide prints some literals as examples of more: then they are not called exact.
  var isExample: Bool

  var testDescription: String { "\(group)/\(rule)" }

  init(
    _ group: RuleGroupOfTests, _ rule: String, _ label: String, _ part: InspectedPart, _ test: Test,
    encodings: Int = 0, isExample: Bool = false
  ) {
    self.group = group.name
    self.rule = rule
    self.label = group.labels + label
    self.part = part
    self.test = test
    self.encodings = encodings
    self.isExample = isExample
  }

  static let all = core + admin + badInputs + linux + posix + windows + php + wordPress
}

/// A rule group by its names.
struct RuleGroupOfTests: Sendable {
  var name: String
  var labels: String

  init(_ name: String, _ namespace: String) {
    self.name = "AWSManagedRules\(name)RuleSet"
    self.labels = "awswaf:managed:aws:\(namespace):"
  }
}

/// Where a rule looks.
enum InspectedPart: Sendable {
  case method, path, query, argument, body, cookies, headers
  case header(String)
}

// MARK: The guide's conditions

extension DocumentedCondition {
  private static let core: [DocumentedCondition] = {
    let group = RuleGroupOfTests("Common", "core-rule-set")
    let traversal = Test.contains(["../../"], not: ["..-../", ".-./..", "./.", "a../b", "..."])
    let endings = Test.endsWith([".log", ".ini"], not: [".logs", ".txt", "-log", "ini", ".inix"])
    let remote = Test.addressURL(schemes: ["http", "https", "ftp", "ftps", "file"])
    return [
      .init(
        group, "NoUserAgent_HEADER", "NoUserAgent_Header", .header("user-agent"), .absent),
      .init(
        group, "UserAgent_BadBots_HEADER", "BadBots_Header", .header("user-agent"),
        .contains(["nessus", "nmap"], not: ["nesus", "n-map", "netmap", "nnap"]), isExample: true),
      .init(
        group, "SizeRestrictions_QUERYSTRING", "SizeRestrictions_QueryString", .query,
        .longerThan(2048)),
      .init(
        group, "SizeRestrictions_Cookie_HEADER", "SizeRestrictions_Cookie_Header",
        .header("cookie"), .longerThan(10_240)),
      .init(
        group, "SizeRestrictions_BODY", "SizeRestrictions_Body", .body, .longerThan(8192)),
      .init(
        group, "SizeRestrictions_URIPATH", "SizeRestrictions_URIPath", .path, .longerThan(1024)),
      .init(
        group, "GenericLFI_QUERYARGUMENTS", "GenericLFI_QueryArguments", .argument, traversal,
        encodings: 2, isExample: true),
      .init(
        group, "GenericLFI_URIPATH", "GenericLFI_URIPath", .path, traversal, encodings: 2,
        isExample: true),
      .init(
        group, "GenericLFI_BODY", "GenericLFI_Body", .body, traversal, encodings: 1, isExample: true
      ),
      .init(
        group, "RestrictedExtensions_URIPATH", "RestrictedExtensions_URIPath", .path, endings,
        encodings: 2),
      .init(
        group, "RestrictedExtensions_QUERYARGUMENTS", "RestrictedExtensions_QueryArguments",
        .argument, endings, encodings: 2),
      .init(
        group, "GenericRFI_QUERYARGUMENTS", "GenericRFI_QueryArguments", .argument, remote,
        encodings: 2, isExample: true),
      .init(
        group, "GenericRFI_BODY", "GenericRFI_Body", .body, remote, encodings: 2, isExample: true),
      .init(
        group, "GenericRFI_URIPATH", "GenericRFI_URIPath", .path, remote, encodings: 2,
        isExample: true),
    ]
  }()

  private static let admin: [DocumentedCondition] = [
    .init(
      RuleGroupOfTests("AdminProtection", "admin-protection"), "AdminProtection_URIPATH",
      "AdminProtection_URIPath", .path,
      .contains(["sqlmanager"], not: ["sql-manager", "sqlmanger", "manager", "sqlmanage"]),
      encodings: 2)
  ]

  private static let badInputs: [DocumentedCondition] = {
    let group = RuleGroupOfTests("KnownBadInputs", "known-bad-inputs")
    let java = Test.contains(
      [#"(java.lang.Runtime).getRuntime().exec("whoami")"#],
      not: [#"(java.lang.Runtim).getRuntim().exec("whoami")"#, "java.lang.String", "exec(whoami)"])
    let lookup = Test.contains(
      ["${jndi:ldap://example.com/}", "${jndi:ldap://192.0.2.7:1389/x}"],
      not: ["{jndi:ldap://example.com/}", "$jndi:ldap://example.com/", "jndi", "${jnd:ldap://x/}"])
    let parts: [(String, String, InspectedPart)] = [
      ("HEADER", "Header", .headers), ("BODY", "Body", .body), ("URIPATH", "URIPath", .path),
      ("QUERYSTRING", "QueryString", .query),
    ]
    return parts.flatMap { name, label, part -> [DocumentedCondition] in
      [
        .init(
          group, "JavaDeserializationRCE_" + name, "JavaDeserializationRCE_" + label, part, java),
        .init(
          group, "Log4JRCE_" + name, "Log4JRCE_" + label, part, lookup, encodings: 2,
          isExample: true),
      ]
    } + [
      .init(
        group, "Host_localhost_HEADER", "Host_Localhost_Header", .header("host"),
        .equals(
          ["localhost", "localhost:8080", "localhost:80"],
          not: ["local.example", "localhos", "host.local:8080", "shop.example"])),
      .init(
        group, "PROPFIND_METHOD", "Propfind_Method", .method,
        .equals(["PROPFIND"], not: ["GET", "POST", "PUT", "PROPPATCH", "PROPFINDS", "OPTIONS"])),
      .init(
        group, "ExploitablePaths_URIPATH", "ExploitablePaths_URIPath", .path,
        .contains(["web-inf"], not: ["webinf", "web-ing", "web_inf"]),
        encodings: 2),
    ]
  }()

  private static let linux: [DocumentedCondition] = {
    let group = RuleGroupOfTests("Linux", "linux-os")
    let file = Test.contains(
      ["/proc/version"], not: ["/proc/vrsion", "proc-version", "/prc/version", "/proc-version"])
    return [
      .init(group, "LFI_URIPATH", "LFI_URIPath", .path, file, encodings: 2),
      .init(group, "LFI_QUERYSTRING", "LFI_QueryString", .query, file, encodings: 2),
      .init(group, "LFI_HEADER", "LFI_Header", .headers, file, encodings: 2),
    ]
  }()

  private static let posix: [DocumentedCondition] = {
    let group = RuleGroupOfTests("Unix", "posix-os")
    let echo = Test.contains(
      ["echo $HOME", "echo $PATH"], not: ["echo HOME", "ech $HOME", "echo$HOM", "echo $XYZ"])
    let rule = "UNIXShellCommandsVariables_"
    return [
      .init(
        group, rule + "QUERYSTRING", rule + "QueryString", .query, echo, encodings: 1,
        isExample: true),
      .init(group, rule + "BODY", rule + "Body", .body, echo, encodings: 1, isExample: true),
      .init(group, rule + "HEADER", rule + "Header", .headers, echo, encodings: 1, isExample: true),
    ]
  }()

  private static let windows: [DocumentedCondition] = {
    let group = RuleGroupOfTests("Windows", "windows-os")
    let shell = Test.contains(
      ["||nslookup", ";cmd"], not: ["||nslokup", "nslookup", ";cnd", "cmd", "||", ";"])
    let power = Test.contains(
      ["Invoke-Expression"], not: ["Invoke-Expresion", "InvokeExpression", "Expression"])
    return [
      .init(
        group, "WindowsShellCommands_HEADER", "WindowsShellCommands_Header", .headers, shell,
        encodings: 1, isExample: true),
      .init(
        group, "WindowsShellCommands_QUERYARGUMENTS", "WindowsShellCommands_QueryArguments",
        .argument, shell, encodings: 1, isExample: true),
      .init(
        group, "WindowsShellCommands_QUERYSTRING", "WindowsShellCommands_QueryString", .query,
        shell, encodings: 1, isExample: true),
      .init(
        group, "WindowsShellCommands_URIPATH", "WindowsShellCommands_UriPath", .path, shell,
        encodings: 1, isExample: true),
      .init(
        group, "WindowsShellCommands_BODY", "WindowsShellCommands_Body", .body, shell,
        encodings: 1, isExample: true),
      .init(
        group, "PowerShellCommands_COOKIE", "PowerShellCommands_Cookie", .cookies, power,
        encodings: 1),
      .init(
        group, "PowerShellCommands_QUERYARGUMENTS", "PowerShellCommands_QueryArguments",
        .argument, power, encodings: 1),
      .init(
        group, "PowerShellCommands_BODY", "PowerShellCommands_Body", .body, power, encodings: 1),
    ]
  }()

  private static let php: [DocumentedCondition] = {
    let group = RuleGroupOfTests("PHP", "php-app")
    let words = Test.contains(
      ["fsockopen", "$_GET"], not: ["fsockpen", "sockopen", "$GET", "_GET", "fsock-open"])
    let rule = "PHPHighRiskMethodsVariables_"
    return [
      .init(
        group, rule + "HEADER", rule + "Header", .headers, words, encodings: 1, isExample: true),
      .init(
        group, rule + "QUERYSTRING", rule + "QueryString", .query, words, encodings: 1,
        isExample: true),
      .init(group, rule + "BODY", rule + "Body", .body, words, encodings: 1, isExample: true),
      .init(group, rule + "URIPATH", rule + "URIPath", .path, words, encodings: 1, isExample: true),
    ]
  }()

  private static let wordPress: [DocumentedCondition] = {
    let group = RuleGroupOfTests("WordPress", "wordpress-app")
    return [
      .init(
        group, "WordPressExploitableCommands_QUERYSTRING",
        "WordPressExploitableCommands_QUERYSTRING", .query,
        .contains(
          ["do-reset-wordpress"], not: ["reset-wordpress", "do-reset", "do_reset_wordpress"])),
      .init(
        group, "WordPressExploitablePaths_URIPATH", "WordPressExploitablePaths_URIPATH", .path,
        .endsWith(["/xmlrpc.php"], not: ["/xmlrp.php", "/xmlrpc", "/rpc.php", "/xmlrpc-php"])),
    ]
  }()
}
