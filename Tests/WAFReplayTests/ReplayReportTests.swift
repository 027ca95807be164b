import IPAddressing
import TestSupport
import Testing
import WAFEngine
import WAFProgram
import WAFReplay
import WAFRequests

struct ReplayReportTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func partsMergeToTheWholeInAnyOrder(seed: UInt64) async throws {
    var random = SplitMix(state: seed)
    var traffic = Traffic(seed: seed &+ 100)
    let program = TestProgram.make(.init(hasGeo: true, unmodelled: true))
    // Parts keep the positions of the whole: blank lines stand for the records of other parts.
    let lines = traffic.lines(300)
    let whole = try await replay(lines, program).report
    let assignment = lines.map { _ in Int.random(in: 0..<5, using: &random) }
    var parts: [ReplayReport] = []
    for part in 0..<5 {
      let source = PartSource(lines: lines, keeps: assignment.map { $0 == part })
      parts.append(try await ReplayRun(program).report(on: source, decoder: LogDecoder()))
    }
    var forwards = ReplayReport(program)
    for part in parts { forwards.merge(part) }
    #expect(forwards == whole, "seed \(seed)")
    var shuffled = parts.shuffled(using: &random)
    let last = shuffled.removeLast()
    var tree = last
    var rest = ReplayReport(program)
    for part in shuffled { rest.merge(part) }
    tree.merge(rest)
    #expect(tree == whole, "seed \(seed)")
  }

  /// Some of the records of an input, at their places.
  struct PartSource: RecordSource {
    var lines: [String]
    var keeps: [Bool]
    private var isDone = false

    init(lines: [String], keeps: [Bool]) {
      self.lines = lines
      self.keeps = keeps
    }

    mutating func nextBatch() throws -> RecordBatch? {
      guard !isDone else { return nil }
      isDone = true
      var whole = LineSource(lines, batchSize: lines.count)
      guard var batch = try whole.nextBatch() else { return nil }
      var offsets: Set<Int> = []
      var offset = 0
      for (line, isKept) in zip(lines, keeps) {
        if isKept { offsets.insert(offset) }
        offset += line.utf8.count + 1
      }
      batch.records.removeAll { !offsets.contains($0.offset) }
      batch.rejects.removeAll { !offsets.contains($0.position.offset) }
      return batch
    }
  }

  @Test func boundsAndRulesAreCounted() async throws {
    func line(_ method: String, _ path: String, agent: String = "x", client: String) -> String {
      """
      {"timestamp":5,"webaclId":"arn:old","httpRequest":{"clientIp":"\(client)","country":"DE",\
      "headers":[{"name":"user-agent","value":"\(agent)"}],"uri":"\(path)","args":"",\
      "httpVersion":"HTTP/1.1","httpMethod":"\(method)"}}
      """
    }
    let (report, _) = try await replay(
      [
        line("GET", "/", client: "10.0.0.1"),
        line("GET", "/", agent: "sqlmap", client: "10.0.0.1"),
        line("GET", "/admin/users/17", client: "10.0.0.2"),
        line("GET", "/admin/users/18", client: "2001:db8::1"),
        line("POST", "/upload", client: "10.0.0.2"),
        line("GET", "/login", agent: "curl", client: "10.0.0.2"),
      ], TestProgram.make())
    #expect(report.evaluated == 6)
    #expect(report.outcomes.blockedForCertain == 1)
    #expect(report.outcomes.predictedBlocked == 3)
    #expect(report.outcomes.possiblyBlocked == 4)
    #expect(report.outcomes.predictedAllowed == 2)
    #expect(report.outcomes.indeterminate == 1)
    #expect(report.outcomes.counted == 1)
    #expect(report.recordedUnderOtherWebACL == 6)
    #expect(report.otherWebACLs.top().map(\.key) == [Array("arn:old".utf8)])
    let admin = try #require(report.rules.first { $0.rule.innerName == "AdminProtection_URIPATH" })
    #expect(admin.ended == 2)
    #expect(admin.endedForCertain == 0)
    #expect(admin.weakestFidelity == .high)
    #expect(admin.clients.count == 2)
    #expect(admin.rule.groupID == "AWS#AWSManagedRulesAdminProtectionRuleSet")
    let routes = admin.routes.top()
    #expect(routes.map(\.key) == [Array("GET /admin/users/{id}".utf8)])
    #expect(routes.first?.value.requests == 2)
    #expect(routes.first?.value.first?.path == Array("/admin/users/17".utf8))
    #expect(admin.examples.samples.count == 2)
    let body = try #require(report.rules.first { $0.rule.path == "no-evil-bodies" })
    #expect(body.possible == 1)
    #expect(body.matches == 0)
    #expect(report.sortedNeeds.map(\.need) == [Need(evidence: "body", rule: "no-evil-bodies")])
    #expect(report.sortedEvidence.map(\.evidence) == ["body"])
    #expect(report.sortedEvidence.first?.report.requests == 1)
    let watched = try #require(report.rules.first { $0.rule.path == "watch-logins" })
    #expect(watched.counted == 1)
    let curl = try #require(report.rules.first { $0.rule.path == "own/count-curl" })
    #expect(curl.counted == 1)
    #expect(report.topClients(1).first?.address.description == "10.0.0.2")
    #expect(report.clientCount.count == 3)
    #expect(report.rules.last?.rule.kind == .defaultAction)
  }

  @Test func aGroupTurnedIntoCountCountsItsRule() async throws {
    let line = """
      {"httpRequest":{"headers":[],"uri":"/admin","httpVersion":"HTTP/1.1","httpMethod":"GET"}}
      """
    let (report, _) = try await replay([line], TestProgram.make(.init(managedIsCounted: true)))
    let admin = try #require(report.rules.first { $0.rule.innerName == "AdminProtection_URIPATH" })
    #expect(admin.ended == 0)
    #expect(admin.counted == 1)
    #expect(report.outcomes.counted == 1)
  }

  @Test func assumptionsAreCountedByVerdict() async throws {
    let lines = [
      #"{"httpRequest":{"headers":[],"uri":"/","httpVersion":"HTTP/1.1","httpMethod":"GET"}}"#,
      #"{"httpRequest":{"headers":[],"uri":"/admin","httpVersion":"HTTP/1.1","httpMethod":"GET"}}"#,
    ]
    let (report, _) = try await replay(lines, TestProgram.make(.init(unmodelled: true)))
    let name = "AWSManagedRulesAmazonIpReputationList/List=no-match"
    #expect(report.assumptions.map(\.name) == [name])
    #expect(report.assumptions.map(\.verdicts) == [1])
  }
}
