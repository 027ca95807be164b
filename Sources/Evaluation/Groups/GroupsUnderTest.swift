import Diagnostics
import ManagedRules
import ReportText
package import Wafcast

/// What a user chooses of the managed rule groups to be measured.
package struct GroupChoice: Hashable, Sendable {
  /// The groups of AWS that cost nothing beyond the web ACL: the baseline, use-case and IP
  /// reputation groups, in the order of the developer guide.
  ///
  /// Source: "AWS Managed Rules rule groups list" of the developer guide (documented).
  package static let free = [
    "AWSManagedRulesCommonRuleSet", "AWSManagedRulesAdminProtectionRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesSQLiRuleSet",
    "AWSManagedRulesLinuxRuleSet", "AWSManagedRulesUnixRuleSet",
    "AWSManagedRulesWindowsRuleSet", "AWSManagedRulesPHPRuleSet",
    "AWSManagedRulesWordPressRuleSet", "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesAnonymousIpList",
  ]

  /// The names in a list that is joined by commas, in which `SQLi` stands for
  /// `AWSManagedRulesSQLiRuleSet` and `free` for all groups that cost nothing extra.
  package static func names(in list: String) -> [String] {
    var names: [String] = []
    for part in list.split(separator: ",") {
      let text = part.drop { $0 == " " }
      for name in text == "free" ? free : [fullName(String(text))] where !names.contains(name) {
        names.append(name)
      }
    }
    return names
  }

  private static func fullName(_ name: String) -> String {
    if name.hasPrefix("AWSManagedRules") { return name }
    // The two lists of addresses are no rule sets by name.
    return "AWSManagedRules" + name + (name.hasSuffix("List") ? "" : "RuleSet")
  }

  /// The names of AWS's groups, in evaluation order.
  package var names: [String]
  package var fidelity: LowestFidelity
  /// Managed rule data that adds to, or takes the place of, the data in the program.
  package var rulesetsDirectory: String?
  /// The kind of resource; it decides how much of a body is inspected.
  package var resourceType: ResourceType

  package init(
    names: [String] = free, fidelity: LowestFidelity = .medium, rulesetsDirectory: String? = nil,
    resourceType: ResourceType = .applicationLoadBalancer
  ) {
    self.names = names
    self.fidelity = fidelity
    self.rulesetsDirectory = rulesetsDirectory
    self.resourceType = resourceType
  }
}

/// A web ACL of managed rule groups in which every rule shows.
///
/// Each rule is overridden to Count, so that no rule hides those behind it; what a rule would have
/// done by itself is known from its own action.
package struct GroupsUnderTest: Sendable {
  package let choice: GroupChoice
  package let webACL: CompiledWebACL

  package init(_ choice: GroupChoice) throws(GroupsUnderTestError) {
    var catalogue = RulesetCatalogue.bundled()
    if let directory = choice.rulesetsDirectory {
      var sources = SourceMap()
      let diagnostics = catalogue.load(directory: directory, sources: &sources)
      if diagnostics.containsError { throw .invalid(diagnostics, sources) }
    }
    var rules: [JSONValue] = []
    for name in choice.names {
      guard let group = catalogue.group(vendorName: "AWS", name: name) else {
        throw .unknownGroup(
          name, suggestion: didYouMean(name, among: catalogue.groupNames(vendorName: "AWS")))
      }
      var ruleNames: [String] = []
      for rule in group.content(version: nil).rules where !ruleNames.contains(rule.name) {
        ruleNames.append(rule.name)
      }
      rules.append(Self.rule(name, priority: rules.count, overriding: ruleNames))
    }
    let text = Self.document(rules).prettyText
    var options = LoadOptions(
      resourceType: choice.resourceType, rulesetsDirectory: choice.rulesetsDirectory,
      fidelity: choice.fidelity)
    options.scope = choice.resourceType == .cloudFront ? "CLOUDFRONT" : "REGIONAL"
    do throws(LoadFailure) {
      webACL = try loadWebACL(
        bytes: Array(text.utf8), file: "managed rule groups", options: options)
    } catch {
      switch error {
      case .invalid(let diagnostics, let sources): throw .invalid(diagnostics, sources)
      }
    }
    self.choice = choice
  }

  private static func document(_ rules: [JSONValue]) -> JSONValue {
    object(
      ("Name", .string("evaluation")),
      ("DefaultAction", object(("Allow", object()))),
      ("VisibilityConfig", visibility), ("Rules", .array(rules)))
  }

  private static func rule(
    _ group: String, priority: Int, overriding rules: [String]
  ) -> JSONValue {
    let overrides = rules.map { name in
      object(("Name", .string(name)), ("ActionToUse", object(("Count", object()))))
    }
    var statement: [JSONMember] = []
    statement.add("VendorName", "AWS")
    statement.add("Name", group)
    if let configs = configs(of: group) {
      statement.add("ManagedRuleGroupConfigs", .array(configs))
    }
    statement.add("RuleActionOverrides", .array(overrides))
    return object(
      ("Name", .string(group)), ("Priority", .integer(priority)),
      ("OverrideAction", object(("None", object()))), ("VisibilityConfig", visibility),
      ("Statement", object(("ManagedRuleGroupStatement", .object(statement)))))
  }

  /// The configuration of a group that has none by default: common paths, everything turned on.
  private static func configs(of group: String) -> [JSONValue]? {
    let fields = object(
      ("PayloadType", .string("JSON")),
      ("UsernameField", object(("Identifier", .string("/username")))),
      ("PasswordField", object(("Identifier", .string("/password")))))
    let config: JSONValue
    switch group {
    case "AWSManagedRulesBotControlRuleSet":
      config = object(("InspectionLevel", .string("TARGETED")))
    case "AWSManagedRulesATPRuleSet":
      config = object(("LoginPath", .string("/login")), ("RequestInspection", fields))
    case "AWSManagedRulesACFPRuleSet":
      config = object(
        ("CreationPath", .string("/signup")), ("RegistrationPagePath", .string("/register")),
        ("RequestInspection", fields))
    case "AWSManagedRulesAntiDDoSRuleSet":
      config = object(
        (
          "ClientSideActionConfig",
          object(("Challenge", object(("UsageOfAction", .string("ENABLED")))))
        ))
    default: return nil
    }
    return [object((group, config))]
  }

  private static let visibility = object(
    ("SampledRequestsEnabled", .bool(false)), ("CloudWatchMetricsEnabled", .bool(false)),
    ("MetricName", .string("evaluation")))

  private static func object(_ members: (String, JSONValue)...) -> JSONValue {
    .object(members.map { JSONMember($0.0, $0.1) })
  }
}

/// Why groups cannot be measured.
package enum GroupsUnderTestError: Error {
  case unknownGroup(String, suggestion: String?)
  case invalid([Diagnostic], SourceMap)

  /// The reason in words, one or several lines.
  package var message: String {
    switch self {
    case .unknownGroup(let name, let suggestion):
      "no managed rule group of AWS is known as '\(printable(name))'"
        + (suggestion.map { "; did you mean '\(printable($0))'?" } ?? "")
    case .invalid(let diagnostics, let sources):
      diagnostics.filter { $0.severity == .error }.map { sources.render($0) }
        .joined(separator: "\n")
    }
  }
}
