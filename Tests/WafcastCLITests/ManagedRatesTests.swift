import Foundation
import TestSupport
import Testing

/// What managed groups count over time, and lists of addresses for them, through the program.
@Suite struct ManagedRatesTests {
  private static func group(_ name: String, _ config: String, more: String = "") -> String {
    """
    {"Name": "group", "Priority": 0, "OverrideAction": {"None": {}},
     "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true,
       "MetricName": "m"},
     "Statement": {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "\(name)"\(more),
       "ManagedRuleGroupConfigs": [\(config)]}}}
    """
  }

  private static let login = group(
    "AWSManagedRulesATPRuleSet",
    """
    {"AWSManagedRulesATPRuleSet": {"LoginPath": "/login", "RequestInspection": {
      "PayloadType": "JSON", "UsernameField": {"Identifier": "/u"},
      "PasswordField": {"Identifier": "/p"}}}}
    """)

  /// A login request, or one to another page, `seconds` after the start.
  private static func record(
    _ seconds: Int, _ uri: String = "/login", client: String = "203.0.113.9",
    method: String = "POST", headers: String = "", id: String
  ) -> String {
    let time = 1_792_047_600_000 + seconds * 1000
    return """
      {"timestamp": \(time), "httpSourceName": "ALB", "httpRequest": {"clientIp": "\(client)", \
      "country": "DE", "headers": [{"name": "Host", "value": "shop.example"}, {"name": \
      "User-Agent", "value": "Mozilla/5.0"}\(headers)], "uri": "\(uri)", "args": "", "body": \
      "{\\"u\\": \\"a\\", \\"p\\": \\"b\\"}", "httpVersion": "HTTP/1.1", "httpMethod": \
      "\(method)", "requestId": "\(id)"}}

      """
  }

  private struct Prediction {
    var id: String
    var action: String
    var rule: String?
    var certainty: String
    var labels: [String]
    var hasRates: Bool
  }

  private func predictions(
    _ rule: String, _ traffic: String, _ arguments: [String] = []
  ) throws -> [Prediction] {
    let place = try TemporaryDirectory()
    let file = try place.write("acl.json", SmallWebACL.text([rule]))
    let run = try Demo.wafcast(["replay", file, "-", "--output", "-"] + arguments, input: traffic)
    #expect(run.status == 0, "\(run.errors)")
    return try run.output.split(separator: 0x0A).map { line in
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
      let request = object["httpRequest"] as? [String: Any]
      let wafcast = object["wafcast"] as? [String: Any]
      let labels = object["labels"] as? [[String: String]] ?? []
      return Prediction(
        id: request?["requestId"] as? String ?? "", action: object["action"] as? String ?? "",
        rule: wafcast?["rule"] as? String, certainty: wafcast?["certainty"] as? String ?? "",
        labels: labels.compactMap { $0["name"]?.split(separator: ":").suffix(2) }
          .map { $0.joined(separator: ":") },
        hasRates: !((object["rateBasedRuleList"] as? [Any] ?? []).isEmpty))
    }
  }

  /// One client logs in every 15 seconds, between requests that do not count.
  private static var logins: String {
    var lines = record(-700, "/", client: "198.51.100.7", method: "GET", id: "before")
    for number in 1...25 {
      lines += record(number * 15, id: "login-\(number)")
      lines += record(number * 15, "/shop", id: "page-\(number)")
      lines += record(number * 15, method: "GET", id: "form-\(number)")
      if number < 5 { lines += record(number * 15, client: "192.0.2.8", id: "other-\(number)") }
    }
    return lines
  }

  @Test(arguments: [["--workers", "1"], ["--workers", "4"]])
  func loginsOfAnAddress(workers: [String]) throws {
    let found = try predictions(Self.login, Self.logins, workers)
    #expect(found.count == 1 + 3 * 25 + 4)
    for prediction in found {
      let number = Int(prediction.id.split(separator: "-").last ?? "") ?? 0
      let isLogin = prediction.id.hasPrefix("login")
      // What came before a request counts: more than 20 before the 22nd.
      let isBlocked = isLogin && number >= 22
      #expect(prediction.action == (isBlocked ? "BLOCK" : "ALLOW"), "\(prediction.id)")
      #expect(prediction.rule == (isBlocked ? "group/VolumetricIpHigh" : "Default_Action"))
      if isBlocked { #expect(prediction.certainty == "approximate") }
      if !isLogin && !prediction.id.hasPrefix("other") {
        #expect(prediction.certainty == "exact", "\(prediction.id)")
      }
      let volume = prediction.labels.filter { $0.hasPrefix("ip:") }
      switch number {
      case 12...16 where isLogin: #expect(volume == ["ip:low"], "\(prediction.id)")
      case 17...21 where isLogin: #expect(volume == ["ip:medium"], "\(prediction.id)")
      case 22... where isLogin: #expect(volume == ["ip:high"], "\(prediction.id)")
      default: #expect(volume == [], "\(prediction.id)")
      }
      #expect(!prediction.hasRates, "the rule is no rate-based one of the web ACL's own")
    }
  }

  @Test func withoutRatesNothingIsLimited() throws {
    let found = try predictions(Self.login, Self.logins, ["--rate", "assume-none"])
    #expect(found.allSatisfy { $0.action == "ALLOW" })
  }

  /// What the user says of the rule takes the place of counting.
  @Test func assumptionInPlaceOfCounting() throws {
    let found = try predictions(
      Self.login, Self.logins, ["--assume", "AWSManagedRulesATPRuleSet/VolumetricIp*=match"])
    #expect(found.allSatisfy { ($0.action == "BLOCK") == !$0.id.contains(/page|form|before/) })
  }

  // MARK: Bot Control

  /// Requests without a token, five and more in five minutes: a guess, off unless asked for.
  @Test(arguments: ["medium", "low"])
  func clientsWithoutAToken(fidelity: String) throws {
    let group = Self.group(
      "AWSManagedRulesBotControlRuleSet",
      #"{"AWSManagedRulesBotControlRuleSet": {"InspectionLevel": "TARGETED"}}"#)
    let token = #", {"name": "Cookie", "value": "aws-waf-token=abc"}"#
    var lines = Self.record(-400, "/", client: "198.51.100.7", method: "GET", id: "before")
    for number in 1...8 {
      lines += Self.record(number * 15, "/", method: "GET", id: "bare-\(number)")
      lines += Self.record(
        number * 15, "/", client: "192.0.2.8", method: "GET", headers: token, id: "token-\(number)")
    }
    let found = try predictions(group, lines, ["--fidelity", fidelity])
    for prediction in found {
      let number = Int(prediction.id.split(separator: "-").last ?? "") ?? 0
      let isChallenged = fidelity == "low" && prediction.id.hasPrefix("bare") && number > 5
      #expect(prediction.action == (isChallenged ? "CHALLENGE" : "ALLOW"), "\(prediction.id)")
    }
  }

  // MARK: Lists of addresses

  private static let reputation = group("AWSManagedRulesAmazonIpReputationList", "")
    .replacing(#""ManagedRuleGroupConfigs": []"#, with: #""ExcludedRules": []"#)

  private func explained(
    _ list: String, _ argument: String, client: String = "203.0.113.9"
  ) throws -> BuiltProgram.Run {
    let place = try TemporaryDirectory()
    let acl = try place.write("acl.json", SmallWebACL.text([Self.reputation]))
    let file = try place.write("list.txt", list)
    return try Demo.wafcast(
      [
        "replay", acl, "-", "--format", "json", "--ip-list",
        argument.replacing("FILE", with: file),
      ],
      input: Self.record(0, "/", client: client, method: "GET", id: "1"))
  }

  @Test(arguments: [
    ("203.0.113.9", "approximate"), ("203.0.113.0/24 # a network\n\n# end", "approximate"),
    ("2001:db8::/32\r\n 203.0.113.9 \r\n", "approximate"), ("198.51.100.1", "assumed"),
  ])
  func addressesOnAList(list: String, certainty: String) throws {
    for name in ["", "AWSManagedRulesAmazonIpReputationList/"] {
      let run = try explained(list, name + "AWSManagedIPReputationList=FILE")
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.text.contains("\"\(certainty)\": 1"), "\(run.text)")
      #expect(run.text.contains("ip-list \(name)AWSManagedIPReputationList="), "stamped")
      #expect(run.text.contains("list.txt"), "the file and its digest are among the documents")
      if certainty == "assumed" {
        #expect(run.text.contains("/AWSManagedIPReputationList=no-match"), "assumed to be complete")
      }
    }
  }

  @Test(arguments: [
    (
      "1.2.3.4\n1.2.3.400\n", "AWSManagedIPReputationList=FILE",
      "list.txt:2:1: error[invalid-address]"
    ),
    ("  x", "AWSManagedIPReputationList=FILE", "list.txt:1:3: error[invalid-address]"),
    ("", "AWSManagedIPReputationList=FILE", "warning[empty-ip-list]"),
    ("1.2.3.4", "AWSManagedIPReputationLits=FILE", "did you mean 'AWSManagedIPReputationList'?"),
    ("1.2.3.4", "UnsupportedCognitoIDP=FILE", "error[ambiguous-rule]"),
    (
      "1.2.3.4", "AWSManagedRulesCommonRuleSet/NoUserAgent_HEADER=FILE", "error[modelled-rule]"
    ),
    ("1.2.3.4", "AnonymousIPList=FILE", "warning[idle-ip-list]"),
    ("1.2.3.4", "AWSManagedIPReputationList", "error[invalid-ip-list]"),
    ("1.2.3.4", "AWSManagedIPReputationList=FILE.missing", "error[unreadable-file]"),
  ])
  func whatIsWrongWithAList(list: String, argument: String, message: String) throws {
    let run = try explained(list, argument)
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(run.status == (message.hasPrefix("warning") ? 0 : 2))
  }
}
