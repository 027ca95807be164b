import ManagedRules
import Testing

/// What somebody saw a managed rule do with a request, as a case: the model must have it so too, or
/// its data must say why not.
struct ObservationCase: CustomTestStringConvertible, Sendable {
  var group: ManagedRuleGroup
  /// Nil where it was the group as a whole.
  var rule: ManagedRule?
  var request: RuleObservation.Request
  var matched: Bool
  /// Why the model has it otherwise.
  var disagrees: String?
  var evidence: RuleObservation.Evidence

  var testDescription: String {
    "\(group.name)/\(rule?.name ?? "*"): \(request.method) \(request.uri)"
  }

  static let all: [ObservationCase] = RulesetCatalogue.bundled().groups.flatMap { group in
    cases(group.observations, group, nil)
      + group.rules.flatMap { cases($0.observations, group, $0) }
  }

  private static func cases(
    _ observations: [RuleObservation], _ group: ManagedRuleGroup, _ rule: ManagedRule?
  ) -> [ObservationCase] {
    observations.compactMap { observation in
      guard case .request(let request, let matched, let disagrees) = observation.report else {
        return nil
      }
      return ObservationCase(
        group: group, rule: rule, request: request, matched: matched, disagrees: disagrees,
        evidence: observation.evidence)
    }
  }

  // MARK: Documents

  /// A web ACL that has the group only, all of its rules counting, so that each is asked.
  var webACL: JSONValue {
    let visibility = JSONValue.object([
      "SampledRequestsEnabled": .bool(false), "CloudWatchMetricsEnabled": .bool(false),
      "MetricName": .string("observations"),
    ])
    var statement: [String: JSONValue] = [
      "VendorName": .string(group.vendorName), "Name": .string(group.name),
      "RuleActionOverrides": .array(
        content.rules.map { rule in
          .object([
            "Name": .string(rule.name),
            "ActionToUse": .object(["Count": .object([:])]),
          ])
        }),
    ]
    if let version { statement["Version"] = .string(version.name) }
    if let configuration {
      statement["ManagedRuleGroupConfigs"] = .array([.object([group.name: configuration])])
    }
    return .object([
      "Name": .string("observations"), "DefaultAction": .object(["Allow": .object([:])]),
      "VisibilityConfig": visibility,
      "Rules": .array([
        .object([
          "Name": .string("group"), "Priority": .number("0"),
          "OverrideAction": .object(["None": .object([:])]), "VisibilityConfig": visibility,
          "Statement": .object(["ManagedRuleGroupStatement": .object(statement)]),
        ])
      ]),
    ])
  }

  /// A version that has the rule, where the default one has it not.
  private var version: ManagedVersion? {
    guard let rule, !rule.versions.cover(group.defaultVersion) else { return nil }
    return group.versions.map(\.number).last { rule.versions.cover($0) }
  }

  private var content: ManagedGroupContent { group.content(version: version?.name) }

  private var path: String { String(request.uri.prefix { $0 != "?" }) }

  /// As if the site protected the path that the request is for.
  private var configuration: JSONValue? {
    switch group.name {
    case "AWSManagedRulesBotControlRuleSet":
      .object(["InspectionLevel": .string("TARGETED")])
    case "AWSManagedRulesATPRuleSet":
      .object(["LoginPath": .string(path)])
    case "AWSManagedRulesACFPRuleSet":
      .object([
        "CreationPath": .string(path), "RegistrationPagePath": .string(path),
        "RequestInspection": .object(["PayloadType": .string("JSON")]),
      ])
    case "AWSManagedRulesAntiDDoSRuleSet":
      .object([
        "ClientSideActionConfig": .object([
          "Challenge": .object(["UsageOfAction": .string("ENABLED")])
        ])
      ])
    default: nil
    }
  }

  /// The request as a native record.
  ///
  /// Told without headers, it gets those that any browser sends.
  var record: JSONValue {
    var headers = request.headers.map { [$0.name, $0.value] }
    if headers.isEmpty { headers = [["host", "shop.example"], ["user-agent", Self.browser]] }
    let query = request.uri.firstIndex(of: "?").map {
      String(request.uri[request.uri.index(after: $0)...])
    }
    var members: [String: JSONValue] = [
      "clientIp": .string("192.0.2.10"), "country": .string("DE"),
      "httpVersion": .string("HTTP/1.1"), "requestId": .string("observation"),
      "httpMethod": .string(request.method), "uri": .string(path), "args": .string(query ?? ""),
      "headers": .array(
        headers.map { .object(["name": .string($0[0]), "value": .string($0[1])]) }),
    ]
    // Whatever has no body says so; of another request the body is not known.
    if let body = request.body ?? (["GET", "HEAD"].contains(request.method) ? "" : nil) {
      members["body"] = .string(body)
    }
    return .object([
      "timestamp": .number("1792047600000"), "formatVersion": .number("1"),
      "httpSourceName": .string("ALB"), "httpRequest": .object(members),
    ])
  }

  private static let browser =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
    + "Safari/537.36"
}
