import ReportText
import Testing
import WAFReports

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
  ])
  func words(assumptions: [String], expected: [String]) {
    #expect(AssumptionGroup.grouped(assumptions).map(\.text) == expected)
  }
}
