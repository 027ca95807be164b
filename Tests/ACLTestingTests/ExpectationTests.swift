import ACLTesting
import Findings
import TestSupport
import Testing

/// One expectation on one request.
struct ExpectationCase: CustomTestStringConvertible {
  var request: String
  var expect: String
  /// Nil for a test that passes.
  var message: String?
  var isUndecided = false

  init(_ request: String, _ expect: String, _ message: String? = nil, undecided: Bool = false) {
    self.request = request
    self.expect = expect
    self.message = message
    isUndecided = undecided
  }

  var testDescription: String { "\(request) \(expect)" }
}

@Suite struct ExpectationTests {
  static let acl = TestFixture.webACL([
    TestFixture.rule("probe", path: "/wp-", action: "Count", label: "probe:wordpress"),
    TestFixture.managed("admin", "AWSManagedRulesAdminProtectionRuleSet"),
    TestFixture.managed("watched", "AWSManagedRulesPHPRuleSet", override: "Count"),
    """
    {"Name": "gone", "Action": {"Block": {"CustomResponse": {"ResponseCode": 404}}}, "Statement":
    \(TestFixture.byteMatch(#"{"UriPath": {}}"#, "/gone", "EXACTLY"))}
    """,
    """
    {"Name": "robots", "Action": {"Captcha": {}}, "RuleLabels": [{"Name": "robot"}], "Statement":
    \(TestFixture.byteMatch(#"{"UriPath": {}}"#, "/form"))}
    """,
    """
    {"Name": "home", "Action": {"Count": {}}, "RuleLabels": [{"Name": "home"}],
    "Statement": {"GeoMatchStatement": {"CountryCodes": ["DE"]}}}
    """,
    TestFixture.bodyRule("body", "evil"),
  ])

  static let cases: [ExpectationCase] = [
    .init("{uri: /}", "{action: ALLOW}"),
    .init("{uri: /}", "{action: ALLOW, rule: Default_Action}"),
    .init(
      "{uri: /}", "{action: BLOCK}",
      "expected BLOCK, got ALLOW by Default_Action (approximate)"),
    .init(
      "{uri: /}", "{action: BLOCK, rule: admin/AdminProtection_URIPATH}",
      "expected BLOCK by admin/AdminProtection_URIPATH, got ALLOW by Default_Action (approximate)"),
    .init("{uri: /admin/}", "{action: BLOCK, rule: admin/AdminProtection_URIPATH}"),
    .init("{uri: /admin/}", "{rule: admin}"),
    .init(
      "{uri: /admin/}", "{rule: adm}",
      "expected by adm, got BLOCK by admin/AdminProtection_URIPATH (approximate); the web ACL has "
        + "no rule 'adm'"),
    .init(
      "{uri: /admin/}", "{rule: admin/AdminProtection_URIPAHT}",
      "expected by admin/AdminProtection_URIPAHT, got BLOCK by admin/AdminProtection_URIPATH "
        + "(approximate); the web ACL has no rule 'admin/AdminProtection_URIPAHT', did you mean "
        + "'admin/AdminProtection_URIPATH'?"),
    // The managed rules before it are approximated: by the best known answers they do not decide.
    .init("{uri: /gone}", "{action: BLOCK, rule: gone, response-code: 404}"),

    // What is not known.
    .init(
      "{uri: /, unknown: body}", "{action: BLOCK}",
      "expected BLOCK, undecided between ALLOW and BLOCK for want of body", undecided: true),
    .init(
      "{uri: /, unknown: body}", "{action: CAPTCHA}",
      "expected CAPTCHA, undecided between ALLOW and BLOCK for want of body"),
    .init(
      "{uri: /, unknown: body}", "{rule: body}",
      "expected by body, undecided between ALLOW and BLOCK for want of body", undecided: true),
    .init("{uri: /, unknown: body}", "{possible: [BLOCK, ALLOW]}"),
    .init(
      "{uri: /, unknown: body}", "{possible: ALLOW}",
      "expected that ALLOW is possible, got undecided between ALLOW and BLOCK for want of body"),
    .init(
      "{uri: /}", "{possible: [ALLOW, BLOCK]}",
      "expected that ALLOW or BLOCK is possible, got ALLOW by Default_Action (approximate)"),
    .init("{uri: /gone}", "{possible: BLOCK}"),

    // Certainty.
    .init("{uri: /gone}", "{action: BLOCK, certainty: exact}"),
    .init("{uri: /gone}", "{certainty: assumed}"),
    .init("{uri: /admin/}", "{certainty: approximate}"),
    .init("{uri: /admin/}", "{certainty: exact}", "expected certainty exact, got approximate"),
    .init(
      "{uri: /admin/}", "{certainty: observed}",
      "expected certainty observed or stricter, got approximate"),
    .init(
      "{uri: /, unknown: body}", "{certainty: assumed}",
      "expected certainty assumed or stricter, got indeterminate"),

    // Response codes.
    .init("{uri: /admin/}", "{response-code: 403}"),
    .init("{uri: /form}", "{action: CAPTCHA, rule: robots, response-code: 405}"),
    .init("{uri: /gone}", "{response-code: 403}", "expected response code 403, got 404"),
    .init(
      "{uri: /}", "{response-code: 403}",
      "expected response code 403, got none: the request goes on to the resource"),
    .init(
      "{uri: /, unknown: body}", "{response-code: 403}",
      "expected response code 403, which is undecided", undecided: true),

    // Labels.
    .init("{uri: /wp-login}", "{labels: awswaf:111122223333:webacl:shop:probe:wordpress}"),
    .init("{uri: /wp-login}", "{labels: [probe:wordpress, wordpress]}"),
    .init("{uri: /wp-login}", "{labels: 'awswaf:111122223333:webacl:shop:'}"),
    .init(
      "{uri: /wp-login}", "{labels: press}", "expected label press, which is not there"),
    .init(
      "{uri: /wp-login}", "{no-labels: [home, probe:wordpress]}",
      "expected no label probe:wordpress, got awswaf:111122223333:webacl:shop:probe:wordpress"),
    .init("{uri: /}", "{no-labels: [probe:wordpress, 'awswaf:managed:']}"),
    .init(
      "{uri: /}", "{labels: probe:wordpress}",
      "expected label probe:wordpress, which is not there"),
    .init(
      "{uri: /}", "{labels: awswaf:managed:aws:admin-protection:AdminProtection_URIPaht}",
      "expected label awswaf:managed:aws:admin-protection:AdminProtection_URIPaht, which is not "
        + "there; did you mean 'awswaf:managed:aws:admin-protection:AdminProtection_URIPath'?"),
    .init(
      "{uri: /, unknown: country}", "{labels: home}",
      "expected label home, which may be there or not", undecided: true),
    .init(
      "{uri: /, unknown: country}", "{no-labels: home}",
      "expected no label home, which may be there or not", undecided: true),
    .init("{uri: /, country: DE}", "{labels: [home, awswaf:clientip:geo:country:DE]}"),
    .init("{uri: /, country: FR}", "{no-labels: [home, awswaf:clientip:geo:country:DE]}"),
    .init(
      "{uri: /, country: FR}", "{labels: awswaf:clientip:geo:country:DE}",
      "expected label awswaf:clientip:geo:country:DE, which is not there; did you mean "
        + "'awswaf:clientip:geo:country:FR'?"),
    .init(
      "{uri: /, unknown: country}", "{no-labels: awswaf:clientip:geo:country:DE}",
      "expected no label awswaf:clientip:geo:country:DE, which may be there or not",
      undecided: true),

    // Counts.
    .init("{uri: /wp-login}", "{counted: probe}"),
    .init("{uri: /wp-login}", "{counted: [probe], not-counted: [home, watched]}"),
    .init("{uri: /}", "{counted: probe}", "expected probe to count it, it does not"),
    .init(
      "{uri: /wp-login}", "{not-counted: probe}", "expected probe not to count it, it does"),
    .init(
      "{uri: /}", "{counted: prob}",
      "expected prob to count it, it does not; the web ACL has no rule 'prob', did you mean "
        + "'probe'?"),
    .init(
      "{uri: /}", "{not-counted: prob}",
      "expected prob not to count it; the web ACL has no rule 'prob', did you mean 'probe'?"),
    .init(
      "{uri: /, unknown: country}", "{counted: home}",
      "expected home to count it, which is undecided", undecided: true),
    // A client with a good token gets through, and the rule counts.
    .init("{uri: /form, token: valid}", "{action: ALLOW, counted: robots, labels: robot}"),
    .init("{uri: /form}", "{not-counted: robots}"),
    .init("{uri: /form, token: invalid}", "{action: CAPTCHA}"),
    .init(
      "{uri: /form, unknown: headers.cookie}", "{action: CAPTCHA}",
      "expected CAPTCHA, undecided between ALLOW and CAPTCHA for want of token", undecided: true),

    // Several at once.
    .init(
      "{uri: /gone}", "{action: ALLOW, response-code: 410, counted: probe}",
      "expected ALLOW, got BLOCK by gone (exact); expected response code 410, got 404; expected "
        + "probe to count it, it does not"),
    // What is certain comes first.
    .init(
      "{uri: /, unknown: [body, country]}", "{action: ALLOW, labels: home, counted: probe}",
      "expected probe to count it, it does not"),
  ]

  @Test(arguments: cases)
  func expectation(_ test: ExpectationCase) throws {
    func run(_ undecided: String) throws -> ACLTestReport {
      try TestFixture().run(
        Self.acl,
        """
        tests:

          - name: the test
            undecided: \(undecided)
            request: \(test.request)
            expect: \(test.expect)
        """)
    }
    let report = try run("fail")
    let result = try #require(report.cases.first)
    #expect(report.cases.count == 1)
    #expect(result.message == test.message ?? "")
    #expect(result.status == (test.message == nil ? .passed : .failed))
    #expect(result.group == "test")
    #expect(result.name == "the test")
    #expect(result.location?.line == 3)
    #expect(report.findings.count == (test.message == nil ? 0 : 1))
    #expect(report.hasFailed == (test.message != nil))
    #expect(report.requests == 1)
    let skipped = try #require(try run("skip").cases.first)
    #expect(skipped.status == (test.isUndecided ? .skipped : result.status))
    #expect(skipped.message == result.message)
  }

  /// A group whose result is turned into Count counts, and the rule that ends it with it.
  @Test func groupsThatCount() throws {
    let acl = TestFixture.webACL([
      TestFixture.managed("common", "AWSManagedRulesCommonRuleSet", override: "Count"),
      """
      {"Name": "own", "OverrideAction": {"Count": {}}, "Statement":
      {"RuleGroupReferenceStatement": {"ARN": "\(CoverageTests.groupARN)"}}}
      """,
    ])
    let fixture = try TestFixture()
    try fixture.folder.write("group.json", CoverageTests.group)
    let report = try fixture.run(
      acl,
      """
      defaults: {headers: {user-agent: Mozilla/5.0}}
      tests:
        - name: group
          request: {uri: /inner}
          expect: {action: ALLOW, counted: [own, own/inner], not-counted: [common, own/watch]}
        - name: managed
          request: {uri: /, headers: {user-agent: ~}}
          expect: {action: ALLOW, counted: [common, common/NoUserAgent_HEADER], not-counted: own}
        - name: a rule in the group that counts
          request: {uri: /watch}
          expect: {counted: own/watch, not-counted: [own, own/inner]}
        - name: not known
          request: {uri: /, unknown: headers, headers: {user-agent: ~}}
          expect: {action: ALLOW, counted: common}
        - name: behind what is not known
          request: {uri: /inner, unknown: headers, headers: {user-agent: ~}}
          expect: {counted: [own, own/inner]}
      """, with: ["group.json"])
    #expect(
      report.cases.map(\.message) == [
        "", "", "", "expected common to count it, which is undecided", "",
      ])
  }

  @Test func detailsAreTheRulesThatMatter() throws {
    let report = try TestFixture().run(
      Self.acl,
      """
      tests:
        - name: the test
          request: {uri: /wp-login, args: 'token=s3cret-canary&a=1', headers: {cookie: canary}}
          expect: {action: BLOCK, rule: gone}
      """)
    let details = try #require(report.cases.first?.details)
    #expect(details.first == "ALLOW  GET /wp-login?token=REDACTED&a=1")
    #expect(
      details.contains(
        " 1  probe                                         Count      MATCH     exact"))
    #expect(
      details.contains(
        " 4  gone                                          Block      no match  exact"))
    #expect(!details.contains { $0.contains("admin") || $0.contains("watched") })
    #expect(!details.contains { $0.contains("body") })
    #expect(!"\(report)".contains("canary"))
  }

  @Test func findingOfAFailedTest() throws {
    let report = try TestFixture().run(
      Self.acl,
      """
      tests:
        - name: open
          request: {uri: /, unknown: [body]}
          expect: {action: BLOCK}
        - name: wrong
          request: {method: PUT, uri: /admin/, client-ip: 203.0.113.7, headers: {host: a.example}}
          expect: {action: ALLOW}
      """)
    #expect(report.findings.map(\.kind) == [.expectationFailed, .expectationFailed])
    #expect(report.findings.allSatisfy { $0.severity == .error && $0.isFailing })
    let wrong = try #require(report.findings.first { $0.subject == "acl.test.yml: wrong" })
    #expect(wrong.webACL == "shop")
    #expect(wrong.rule == "admin/AdminProtection_URIPATH")
    #expect(
      wrong.message
        == "test 'wrong': expected ALLOW, got BLOCK by admin/AdminProtection_URIPATH (approximate)")
    #expect(wrong.location?.line == 5)
    #expect(wrong.location?.file.hasSuffix("/acl.test.yml") == true)
    let example = try #require(wrong.examples.first)
    #expect(example.request == "PUT /admin/")
    #expect(example.host == "a.example")
    #expect(example.client == "203.0.113.7")
    #expect(example.newActions == ["BLOCK"])
    #expect(example.position.hasSuffix("/acl.test.yml:5"))
    let open = try #require(report.findings.first { $0.subject == "acl.test.yml: open" })
    #expect(open.needs == ["body"])
    #expect(open.rule == "")
  }
}
