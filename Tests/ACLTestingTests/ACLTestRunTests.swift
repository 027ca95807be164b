import ACLTesting
import Findings
import TestSupport
import Testing
import Wafcast

@Suite struct ACLTestRunTests {
  private static let yaml = """
    tests:
      - name: recorded
        select: {corpus: a.ndjson}
        expect: {action: ALLOW}
      - name: first
        request: {uri: /}
        expect: {action: ALLOW}
      - name: second
        request: {uri: /}
        expect: {action: ALLOW}
    """

  private func run(interruptedAfter calls: Int) throws -> ACLTestReport {
    let fixture = try TestFixture()
    try fixture.folder.write("a.ndjson", TestFixture.record("/"))
    let acl = try fixture.load(TestFixture.webACL([TestFixture.rule("a", path: "/a")]))
    var left = calls
    var options = ACLTestRun.Options()
    options.lowestCoverage = 100
    return ACLTestRun(acl, [try fixture.tests(Self.yaml)], options: options).report {
      left -= 1
      return left < 0
    }
  }

  @Test func casesAreInTheOrderOfTheFile() throws {
    let report = try run(interruptedAfter: 1000)
    #expect(report.cases.map(\.name) == ["recorded", "first", "second"])
    #expect(!report.isPartial)
    #expect(report.findings.map(\.kind) == [.lowCoverage])
    #expect(report.count(.passed) == 3)
    let section = report.section(name: "shop", file: "acl.json")
    #expect(section.cases == report.cases)
    #expect(section.coverage == report.coverage)
    #expect(section.requests == 3)
    #expect(section.records == 1)
    #expect(section.traffic.map { $0.suffix(9) } == ["/a.ndjson"])
  }

  /// What was done is told; of what was not nothing is said.
  @Test(arguments: [(0, []), (1, ["first"]), (2, ["first", "second"]), (3, ["first", "second"])])
  func interrupted(_ calls: Int, _ names: [String]) throws {
    let report = try run(interruptedAfter: calls)
    #expect(report.isPartial)
    #expect(report.cases.map(\.name) == names)
    // Coverage is not complete, so it is not judged.
    #expect(report.findings == [])
  }

  @Test func rawRequestsThatCannotBeRead() throws {
    let fixture = try TestFixture()
    try fixture.folder.write("bad.http", "nonsense\r\n\r\n")
    let report = try fixture.run(
      TestFixture.webACL([TestFixture.rule("a", path: "/a")]),
      """
      tests:
        - name: bad
          request: {file: bad.http}
          expect: {action: ALLOW}
      """)
    #expect(report.cases.map(\.status) == [.error])
    #expect(report.cases[0].message.hasPrefix("the request can't be read: "))
    #expect(report.findings.map(\.kind) == [.unreadableTraffic])
    #expect(report.hasFailed)
  }

  /// The same finding has the same id, wherever the file lies and whatever stands above the test.
  @Test func idsAreStable() throws {
    let acl = TestFixture.webACL([TestFixture.rule("a", path: "/a")])
    let test = "  - {name: a, request: {uri: /a}, expect: {action: ALLOW}}\n"
    let other = "  - {name: b, request: {uri: /a}, expect: {action: ALLOW}}\n"
    let first = try TestFixture().run(acl, "tests:\n" + test)
    let second = try TestFixture().run(acl, "tests:\n" + other + test)
    #expect(second.findings.count == 2)
    #expect(Set(second.findings.map(\.id)).count == 2)
    #expect(second.findings.map(\.id).contains(first.findings[0].id))
  }
}
