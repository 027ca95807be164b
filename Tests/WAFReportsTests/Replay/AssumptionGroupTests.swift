import ReportText
import Testing
import WAFEngine
import WAFProgram

@testable import WAFReports

@Suite struct AssumptionGroupTests {
  @Test(arguments: [
    (
      ["G/Cross_A=no-match", "G/Cross_B=no-match", "G/Solo=no-match"],
      ["Cross_* (2 rules), Solo of G do not match"]
    ),
    (["G/R=match"], ["R of G matches"]),
    (["G/*=no-match"], ["all rules of G do not match"]),
    (["G/R=unknown", "H/R=no-match"], ["R of G is unknown", "R of H does not match"]),
    (
      ["bodyless-h2"],
      ["HTTP/2 requests without content-length have no body (bodyless-h2)"]
    ),
    (
      ["resource-type=APPLICATION_LOAD_BALANCER"],
      ["the web ACL protects a resource of type APPLICATION_LOAD_BALANCER (resource-type)"]
    ),
    (["rate=assume-none"], ["no rate-based rule limits (rate=assume-none)"]),
    (
      ["token=accepted", "captcha=not-solved"],
      [
        "tokens of which the log has no word are accepted (token=accepted)",
        "such tokens hold no solved CAPTCHA (captcha=not-solved)",
      ]
    ),
    (
      ["rate-participants=assumed"],
      ["what other requests add to a rate rests on assumptions (rate-participants)"]
    ),
    (
      ["rate-history=empty"],
      ["no requests came before the recording begins (rate-history=empty)"]
    ),
    (
      ["detector/sqli-low=no-match", "detector/xss=match"],
      [
        "the SQL injection detector (sensitivity LOW) finds no attack (detector/sqli-low)",
        "the cross-site scripting detector finds an attack in all but plain words (detector/xss)",
      ]
    ),
    (
      ["awswaf:managed:token:*=absent"], ["no request has a label awswaf:managed:token:*"]
    ),
  ])
  func words(assumptions: [String], expected: [String]) {
    #expect(AssumptionGroup.grouped(assumptions).map(\.text) == expected)
  }

  /// Every assumption that a program can name has words of its own.
  @Test func namesOfAProgram() {
    let program = ActionSample.program
    for place in 0..<program.assumptionCount {
      let name = program.assumptionName(at: place)
      #expect(AssumptionGroup.grouped([name]).map(\.text) != [name], "\(name)")
      #expect(AssumptionGroup.grouped([name]).flatMap(\.names) == [name])
    }
  }
}
