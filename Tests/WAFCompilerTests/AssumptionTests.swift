import ManagedRules
import Testing
import WAFCompiler
import WAFEngine
import WAFProgram
import WAFRequests

/// `--assume GROUP/RULE=match|no-match|unknown`.
struct AssumptionTests {
  @Test(
    arguments: [
      ("G/R=match", "G", "R", ManagedCondition.Assumption.match),
      ("G/R=no-match", "G", "R", .noMatch),
      ("G/R=unknown", "G", "R", .unknown), ("*/*=unknown", "*", "*", .unknown),
      ("G/A/B=match", "G", "A/B", .match),
    ])
  func reads(_ row: (String, String, String, ManagedCondition.Assumption)) {
    let assumption = ManagedRuleAssumption(row.0)
    #expect(assumption == ManagedRuleAssumption(group: row.1, rule: row.2, answer: row.3))
  }

  @Test(
    arguments: [
      "", "G", "G/R", "G=match", "/R=match", "G/=match", "G/R=", "G/R=maybe", "G/R=MATCH",
      "G/R=match=match", "=", "/=match",
    ])
  func refuses(_ text: String) {
    #expect(ManagedRuleAssumption(text) == nil)
  }

  @Test(
    arguments: [
      ("Group", "Rule", true), ("Group", "Rule2", false), ("group", "Rule", false),
      ("*", "Rule", true), ("Gr*", "*", true), ("*oup", "R*e", true), ("G*o*p", "*u*", true),
      ("*Group*", "**", true), ("G*x", "Rule", false), ("*", "*x*", false), ("Grou", "*", false),
      ("*p*p", "*", false),
    ])
  func applies(_ row: (String, String, Bool)) {
    let assumption = ManagedRuleAssumption(group: row.0, rule: row.1, answer: .match)
    #expect(assumption.applies(toGroup: "Group", rule: "Rule") == row.2)
  }

  private static let admin = "AWSManagedRulesAdminProtectionRuleSet"

  @Test(
    arguments: [
      (["\(admin)/*=match"], Action.block, Certainty.assumed),
      (["\(admin)/AdminProtection_URIPATH=no-match"], .allow, .assumed),
      (["*/*=unknown"], .allow, .indeterminate),
      // Of several that fit, the last.
      (["*/*=match", "\(admin)/*=no-match"], .allow, .assumed),
      (["\(admin)/*=no-match", "*/*=match"], .block, .assumed),
      (["Other/*=match"], .block, .exact),
    ])
  func takesThePlaceOfTheModel(_ row: ([String], Action, Certainty)) throws {
    let sketch = try CompiledSketch(
      [groupRule("admin", 0, managedGroup(Self.admin))], catalogue: .bundled(),
      options: CompilerOptions(assumptions: row.0.compactMap { ManagedRuleAssumption($0) }))
    let verdict = sketch.verdict(on: RequestRecord(uri: "/sqlmanager"))
    #expect(verdict.action == row.1)
    #expect(verdict.certainty == row.2)
  }

  @Test(
    arguments: [
      ([], Certainty.assumed), (["Foreign/*=no-match"], .assumed),
      (["Foreign/*=unknown"], .indeterminate),
      // Of what such a group would do nothing is known.
      (["Foreign/*=match"], .indeterminate), (["*/*=unknown"], .indeterminate),
    ])
  func aGroupWithoutRulesIsIdleUnlessToldOtherwise(_ row: ([String], Certainty)) throws {
    let sketch = try CompiledSketch(
      [groupRule("foreign", 0, managedGroup("Foreign", vendor: "Vendor"))],
      options: CompilerOptions(assumptions: row.0.compactMap { ManagedRuleAssumption($0) }))
    #expect(sketch.verdict(on: RequestRecord(uri: "/")).certainty == row.1)
  }

  @Test
  func withoutSomeBranchesAMissIsNotExact() throws {
    // An empty User-Agent is what the branch of fidelity `high` of this rule looks for.
    let record = RequestRecord(uri: "/", headers: [("User-Agent", "")])
    let rules = [groupRule("common", 0, managedGroup("AWSManagedRulesCommonRuleSet"))]
    let all = try CompiledSketch(rules, catalogue: .bundled())
    #expect(all.program.managed[0].name.hasSuffix("/NoUserAgent_HEADER"))
    #expect(all.program.managed[0].missLevel == .exact)
    #expect(all.verdict(on: record).action == .block)
    let exactOnly = try CompiledSketch(
      rules, catalogue: .bundled(), options: CompilerOptions(lowestFidelity: .exact))
    #expect(exactOnly.program.managed[0].branches.map(\.fidelity) == [.exact])
    #expect(exactOnly.program.managed[0].missLevel == .approximate)
    #expect(exactOnly.verdict(on: record).action == .allow)
  }
}
