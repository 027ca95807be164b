import WAFReports

@testable import WAFEngine
@testable import WAFProgram

/// Explanations of a shop's web ACL, built by hand.
enum Sample {
  static let explanations = ["blocked": blocked, "undecided": undecided]

  static let outline = [
    OutlineRule(name: "monitoring"),
    OutlineRule(name: "admin-protection", group: "AWSManagedRulesAdminProtectionRuleSet"),
    OutlineRule(name: "common-rules", group: "AWSManagedRulesCommonRuleSet"),
  ]

  static func leaf(
    _ title: String, _ component: String, _ outcome: TraceOutcome,
    _ level: EvidenceLevel = .exact, reason: String? = nil, match: TraceMatch? = nil,
    branches: [TraceBranch] = []
  ) -> TraceLeaf {
    TraceLeaf(
      title: title, component: component, outcome: outcome, level: level, reason: reason,
      match: match, branches: branches)
  }

  static func match(
    _ value: String, _ matched: Range<Int>, name: String = "", isTransformed: Bool = false
  ) -> TraceMatch {
    TraceMatch(
      name: name, value: Array(value.utf8), matched: matched, isTransformed: isTransformed)
  }

  static let monitoringStep = TraceStep(
    subject: .rule, rule: "monitoring", action: .allow, ownAction: nil, outcome: .noMatch,
    statement: .and([
      .leaf(leaf("client address in monitoring", "clientIp", .noMatch)),
      .not(
        .leaf(
          leaf(
            "UriPath STARTS_WITH \"/internal/\"", "uri", .noMatch))),
    ]), labels: [])

  static func adminStep(_ value: String = "/admin/login/") -> TraceStep {
    let admin = leaf(
      "UriPath after URL_DECODE, URL_DECODE, LOWERCASE STARTS_WITH \"/admin/\"", "uri", .match,
      match: match(value, 0..<7, isTransformed: true))
    let exactly = leaf(
      "UriPath after URL_DECODE, URL_DECODE, LOWERCASE EXACTLY \"/admin\"", "uri", .noMatch)
    return TraceStep(
      subject: .groupRule, rule: "admin-protection/AdminProtection_URIPATH", action: .block,
      ownAction: nil, outcome: .match,
      statement: .leaf(
        leaf(
          "managed rule AWSManagedRulesAdminProtectionRuleSet/AdminProtection_URIPATH",
          "managedRule:AWSManagedRulesAdminProtectionRuleSet/AdminProtection_URIPATH", .match,
          .approximate, reason: "matched by an approximation of a rule that AWS does not publish",
          branches: [
            TraceBranch(
              fidelity: "exact", looksFor: "sqlmanager anywhere in the path", outcome: .noMatch,
              statement: .leaf(leaf("UriPath CONTAINS \"sqlmanager\"", "uri", .noMatch))),
            TraceBranch(
              fidelity: "high",
              looksFor: "admin as the first segment of the path, in any case, percent-encoded or "
                + "not, before or after path normalisation",
              outcome: .match, statement: .or([.leaf(exactly), .leaf(admin)])),
          ])),
      labels: ["awswaf:managed:aws:admin-protection:AdminProtection_URIPath"])
  }

  static let blocked = Explanation(
    webACLName: "shop-production", outline: outline, defaultAction: .allow,
    request: ExplainedRequest(
      method: "GET", target: "/Admin/login/?next=/admin/", host: "shop.example",
      client: "203.0.113.7", country: "DE", requestID: "1-65430f2a-4b1c"),
    action: .block, certainty: .approximate, possible: [.block],
    rule: "admin-protection/AdminProtection_URIPATH", responseCode: 403, fidelity: "high",
    labels: ["awswaf:managed:aws:admin-protection:AdminProtection_URIPath"], needs: [], open: [],
    assumptions: [],
    trace: Trace(steps: [monitoringStep, adminStep()], unreached: ["common-rules"]))

  static let undecided = Explanation(
    webACLName: "shop-production", outline: outline, defaultAction: .allow,
    request: ExplainedRequest(
      method: "POST", target: "/api/orders", client: "198.51.100.23", country: "FR"),
    action: .allow, certainty: .indeterminate, possible: [.allow, .block],
    rule: "Default_Action", responseCode: nil, fidelity: nil, labels: [],
    needs: [Need(evidence: "body", rule: "common-rules/SizeRestrictions_BODY")],
    open: ["terminatingRuleId", "labels"],
    assumptions: [
      "AWSManagedRulesCommonRuleSet/CrossSiteScripting_BODY=no-match",
      "AWSManagedRulesCommonRuleSet/CrossSiteScripting_URIPATH=no-match", "bodyless-h2",
    ],
    trace: Trace(
      steps: [
        monitoringStep,
        TraceStep(
          subject: .scopeDown, rule: "admin-protection", action: nil, ownAction: nil,
          outcome: .noMatch,
          statement: .leaf(leaf("UriPath STARTS_WITH \"/admin\"", "uri", .noMatch)), labels: []),
        TraceStep(
          subject: .groupRule, rule: "common-rules/SizeRestrictions_BODY", action: .block,
          ownAction: nil, outcome: .unknown,
          statement: .leaf(
            leaf(
              "managed rule AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY",
              "managedRule:AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY", .unknown,
              reason: "not recorded",
              branches: [
                TraceBranch(
                  fidelity: "exact", looksFor: "a body above 8,192 bytes", outcome: .unknown,
                  statement: .leaf(
                    leaf("size of Body GT 8192", "body", .unknown, reason: "not recorded")))
              ])),
          labels: ["awswaf:managed:aws:core-rule-set:SizeRestrictions_Body"]),
        TraceStep(
          subject: .groupRule, rule: "common-rules/CrossSiteScripting_BODY", action: .count,
          ownAction: .block, outcome: .noMatch,
          statement: .leaf(
            leaf(
              "managed rule AWSManagedRulesCommonRuleSet/CrossSiteScripting_BODY",
              "managedRule:AWSManagedRulesCommonRuleSet/CrossSiteScripting_BODY", .noMatch,
              .assumed, reason: "the rule cannot be modelled offline; an assumption answers")),
          labels: ["awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body"]),
      ], unreached: []))
}
