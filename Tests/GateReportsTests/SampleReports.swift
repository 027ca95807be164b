import Findings

/// Reports that the tests render.
enum SampleReports {
  static let times: (first: Int64, last: Int64) = (1_790_000_000_000, 1_790_086_400_000)

  /// A failed check with something of everything.
  static var failed: GateReport {
    GateReport(
      command: "check", sections: [shop, quiet], outcome: .failed,
      notices: ["the base main has no wafcast.yml"],
      stamp: [
        GateReport.StampLine("version", "0.4.0"),
        GateReport.StampLine("command", "wafcast check --base main"),
        GateReport.StampLine("acl.sha256", String(repeating: "0a", count: 32)),
      ])
  }

  static var passed: GateReport {
    GateReport(command: "diff", sections: [quiet], outcome: .passed)
  }

  static var partial: GateReport {
    var report = failed
    report.outcome = .partial
    return report
  }

  /// A run that came to nothing.
  static var error: GateReport {
    GateReport(
      command: "check", sections: [], outcome: .error, notices: ["acl.json can't be read"])
  }

  static let all: [(name: String, report: GateReport)] = [
    ("failed", failed), ("passed", passed), ("partial", partial), ("error", error),
    ("hostile", HostileTexts.report),
  ]

  private static var quiet: GateSection {
    GateSection(
      name: "internal", file: "waf/internal.json", base: "main:waf/internal.json",
      traffic: ["logs/internal.ndjson"], records: 12, requests: 12)
  }

  private static var shop: GateSection {
    GateSection(
      name: "shop-prod", file: "waf/acl.json", base: "main:waf/acl.json",
      traffic: ["logs/a.ndjson"], records: 5210, requests: 5204, rejects: 6, changed: 57,
      possiblyChanged: 3,
      totals: GateSection.Totals(rows: [
        GateSection.Totals.Row(
          name: "ALLOW", old: CertaintyCounts(exact: 5204),
          new: CertaintyCounts(exact: 5150, assumed: 9)),
        GateSection.Totals.Row(
          name: "BLOCK", old: CertaintyCounts(),
          new: CertaintyCounts(exact: 12, approximate: 30, possible: 3)),
        GateSection.Totals.Row(
          name: "indeterminate", old: CertaintyCounts(), new: CertaintyCounts(exact: 3)),
      ]),
      structure: [
        StructuralChange(
          kind: .added, subject: "rule \"common\"", rule: "common",
          location: Finding.Location(file: "waf/acl.json", line: 52)),
        StructuralChange(
          kind: .changed, subject: "rule \"admin\"", rule: "admin",
          details: ["Statement.ByteMatchStatement.SearchString: \"/a\" → \"/admin\""]),
      ],
      findings: [blocked, possible, accepted, undecided, budget].sorted(by: Finding.inOrder),
      cases: [
        CaseResult(group: "budget", name: "new_allows == 0", status: .passed),
        CaseResult(
          group: "budget", name: "new_blocks == 0", status: .failed, message: "new_blocks is 42",
          location: Finding.Location(file: "wafcast.yml", line: 9)),
        CaseResult(
          group: "test", name: "admins get in", status: .failed,
          message: "expected ALLOW, got BLOCK by admin",
          details: ["request GET /admin", "rule admin matched: uri path contains \"/admin\""],
          location: Finding.Location(file: "waf/acl.test.yml", line: 4)),
        CaseResult(
          group: "test", name: "uploads", status: .skipped, message: "the body is not recorded"),
      ],
      coverage: Coverage(items: [
        Coverage.Item(kind: .rule, name: "admin", rule: "admin", matches: 2, misses: 1),
        Coverage.Item(
          kind: .leaf, name: "ByteMatchStatement on uri path CONTAINS \"/admin\"", rule: "admin",
          location: Finding.Location(file: "waf/acl.json", line: 12), matches: 2),
      ]),
      assumptions: ["tokens=none (9)"],
      warnings: ["waf/acl.json:7:3: warning[unknown-member]: unknown member 'Foo'"])
  }

  static var blocked: Finding {
    Finding(
      kind: .newlyBlocked, severity: .error, isFailing: true, webACL: "shop-prod",
      rule: "common/CrossSiteScripting_BODY", route: "POST /users/{id}",
      message: "42 requests of 12 clients to POST /users/{id} would newly be blocked by "
        + "common/CrossSiteScripting_BODY (12 for certain, 30 approximate), and possibly 3 more",
      notes: ["was allowed by the default action"],
      location: Finding.Location(file: "./waf/acl.json", line: 56, column: 7),
      radius: BlastRadius(
        requests: CertaintyCounts(exact: 10, observed: 2, approximate: 30, possible: 3),
        clients: BlastRadius.Count(12, isExact: false),
        paths: shares(["/users/1", "/users/2"], distinct: 9),
        methods: shares(["POST"]), hosts: shares(["shop.example", "api.example"]),
        countries: shares(["DE", "FR"]), agents: shares(["Chrome", "curl"]),
        firstSeen: times.first, lastSeen: times.last),
      examples: [
        Finding.Example(
          position: "logs/a.ndjson, byte 1234", requestID: "r1", timestamp: times.first,
          request: "POST /users/1?token=***", host: "shop.example", client: "192.0.2.1",
          oldActions: ["ALLOW"], newActions: ["BLOCK"], oldRule: "Default_Action",
          newRule: "common/CrossSiteScripting_BODY", certainty: "approximate",
          matches: ["body contains \"<script\""])
      ],
      cure: [
        "\"RuleActionOverrides\": [",
        "  { \"Name\": \"CrossSiteScripting_BODY\", \"ActionToUse\": { \"Count\": {} } }", "]",
      ],
      curePlace: "waf/acl.json:56, in the ManagedRuleGroupStatement of \"common\"")
  }

  private static var possible: Finding {
    Finding(
      kind: .newlyBlocked, severity: .note, isFailing: false, webACL: "shop-prod", rule: "admin",
      route: "GET /a b", message: "3 requests of 1 client to GET /a b might newly be blocked",
      location: Finding.Location(file: "waf/my acl#1.json"),
      radius: BlastRadius(
        requests: CertaintyCounts(possible: 3), clients: BlastRadius.Count(1)),
      needs: ["body"])
  }

  private static var accepted: Finding {
    Finding(
      kind: .newlyCounted, severity: .note, isFailing: false, webACL: "shop-prod", rule: "bots",
      route: "GET /feed", message: "9 requests of 2 clients to GET /feed would newly be counted",
      radius: BlastRadius(
        requests: CertaintyCounts(assumed: 9), clients: BlastRadius.Count(2)),
      acceptance: Finding.Acceptance(
        source: .suppression, reason: "known crawler", owner: "team-shop", expires: "2027-01-31"))
  }

  private static var undecided: Finding {
    Finding(
      kind: .newlyIndeterminate, severity: .note, isFailing: false, webACL: "shop-prod",
      rule: "body", route: "PUT /upload", message: "3 requests of 3 clients are open",
      radius: BlastRadius(
        requests: CertaintyCounts(exact: 3), clients: BlastRadius.Count(3)), needs: ["body"])
  }

  private static var budget: Finding {
    Finding(
      kind: .budgetExceeded, severity: .error, isFailing: true, webACL: "shop-prod",
      subject: "new_blocks == 0", message: "budget new_blocks == 0 is exceeded: 42",
      location: Finding.Location(file: "wafcast.yml", line: 9))
  }

  static func shares(_ values: [String], distinct: Int? = nil) -> BlastRadius.Shares {
    BlastRadius.Shares(
      values.enumerated().map { BlastRadius.Share($1, requests: 20 - $0) },
      distinct: BlastRadius.Count(distinct ?? values.count))
  }

  /// A report with many findings, of texts that are as long as given.
  static func large(
    findings: Int, sections: Int = 1, severity: FindingSeverity = .error, isFailing: Bool = true,
    text: String = "x"
  ) -> GateReport {
    GateReport(
      command: "check",
      sections: (0..<sections).map { section in
        GateSection(
          name: "acl\(section)", file: "acl\(section).json", requests: findings,
          findings: (0..<findings).map { number in
            Finding(
              kind: .newlyBlocked, severity: severity, isFailing: isFailing,
              webACL: "acl\(section)", rule: "r\(number)", route: "GET /\(number)\(text)",
              message: "1 request to GET /\(number)\(text) would newly be blocked",
              radius: BlastRadius(requests: CertaintyCounts(exact: 1)),
              examples: [
                Finding.Example(
                  position: "a, byte \(number)", request: "GET /\(number)\(text)",
                  newActions: ["BLOCK"], newRule: "r\(number)", certainty: "exact")
              ])
          })
      },
      outcome: .failed, stamp: [GateReport.StampLine("command", "wafcast check " + text)])
  }
}
