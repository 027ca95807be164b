import Foundation
import ReportText
import TestSupport
import Testing
import WAFReplay
import WAFReports
import WAFRequests

@Suite struct ReplaySummaryTests {
  private func rejected(_ index: Int) -> RejectedRecord {
    RejectedRecord(
      position: RecordPosition(file: 0, offset: 500_000 + index), count: 12,
      reason: RejectReason(
        code: index == 0 ? "truncated-record" : "not-a-record",
        message: "the input ends inside the record", offset: 3),
      bytes: Array("{\"a\": \u{1B}[2J".utf8))
  }

  @Test func textIsOneScreen() async throws {
    let report = try await SampleReplay.report(rejects: [rejected(0), rejected(1), rejected(2)])
    let text = SampleReplay.summary(report).text(TextStyle())
    #expect(Snapshot("replay.txt").difference(from: text) == nil)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count <= 42)
    for line in lines { #expect(line.count <= 100, "\(line)") }
  }

  @Test func json() async throws {
    let report = try await SampleReplay.report(rejects: [rejected(0)])
    let text = SampleReplay.summary(report).json.prettyText + "\n"
    #expect(Snapshot("replay.json").difference(from: text) == nil)
    #expect((try? JSONSerialization.jsonObject(with: Data(text.utf8))) != nil)
  }

  @Test func nothingBlocked() async throws {
    let records = Array(SampleReplay.requests.prefix(72))
    let text = SampleReplay.summary(try await SampleReplay.report(records)).text(TextStyle())
    #expect(Snapshot("replay-quiet.txt").difference(from: text) == nil)
    #expect(!text.contains("RuleActionOverrides"))
  }

  @Test func nothingReadable() async throws {
    let report = try await SampleReplay.report([], rejects: [rejected(0)])
    let text = SampleReplay.summary(report).text(TextStyle())
    #expect(Snapshot("replay-unreadable.txt").difference(from: text) == nil)
    let empty = SampleReplay.summary(try await SampleReplay.report([])).text(TextStyle())
    #expect(empty.contains("The recording holds no request."))
  }

  @Test func theHeadlineNamesPathStatusRuleAndGroup() async throws {
    let text = SampleReplay.summary(try await SampleReplay.report()).text(TextStyle())
    let flat = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      flat.contains(
        "41 requests to /admin/… will be blocked (403) by AdminProtection_URIPATH of "
          + "AWSManagedRulesAdminProtectionRuleSet (approximate, fidelity high)"))
    #expect(flat.contains("22 cannot be decided from the recording: the body is not in it"))
  }

  @Test func theCureCanBePasted() async throws {
    let summary = SampleReplay.summary(try await SampleReplay.report())
    let cure = try #require(summary.cure)
    #expect(cure.ruleName == "AdminProtection_URIPATH")
    let object = "{" + cure.lines.joined(separator: "\n") + "}"
    let read = try JSONSerialization.jsonObject(with: Data(object.utf8)) as? [String: Any]
    let overrides = try #require(read?["RuleActionOverrides"] as? [[String: Any]])
    #expect(overrides.map { $0["Name"] as? String } == ["Other_RULE", "AdminProtection_URIPATH"])
    #expect((overrides.last?["ActionToUse"] as? [String: Any])?.keys.first == "Count")
  }

  @Test func allKindsOfRejectsAreAccountedFor() async throws {
    let rejects = (0..<7).map { index in
      RejectedRecord(
        position: RecordPosition(file: 0, offset: index), count: 1,
        reason: RejectReason(code: "kind-\(index)", message: "no good", offset: 0), bytes: [])
    }
    let report = try await SampleReplay.report(rejects: rejects)
    let text = SampleReplay.summary(report).text(TextStyle())
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      text.contains("1 kind-0, 1 kind-1, 1 kind-2, 1 kind-3, and 3 more; the first at byte 0"))
  }

  @Test func anOverrideOfTheSameRuleIsReplaced() {
    let old = JSONValue.object([
      JSONMember("Name", .string("R")),
      JSONMember("ActionToUse", .object([JSONMember("Challenge", .object([]))])),
    ])
    let cure = Cure(
      topName: "t", ruleName: "R", statementName: "ManagedRuleGroupStatement", existing: [old],
      requests: 1)
    #expect(cure.overrides.count == 1)
    #expect(cure.lines[1] == #"  { "Name": "R", "ActionToUse": { "Count": {} } }"#)
  }

  /// What clients send must not reach the terminal, and secrets neither.
  @Test func hostileRequests() async throws {
    let hostile = "/admin/\u{1B}]0;x\u{07}\n\u{202E}</script>" + String(repeating: "a", count: 300)
    let records = (0..<4).map { index in
      var record = RequestRecord(
        method: "G\u{1B}[31mET", uri: hostile + "?password=s3cret&n=\(index)",
        headers: [("Host", "h\u{1B}[0m")], clientIP: "203.0.113.9", country: "DE")
      record.timestamp = 1_792_047_605_802
      return record
    }
    let summary = SampleReplay.summary(try await SampleReplay.report(records))
    for output in [summary.text(TextStyle()), summary.json.prettyText] {
      #expect(!output.contains("s3cret"))
      for scalar in output.unicodeScalars where scalar != "\n" {
        let category = scalar.properties.generalCategory
        #expect(category != .control && category != .format, "\(scalar.value)")
      }
    }
    for line in summary.text(TextStyle()).split(separator: "\n") { #expect(line.count <= 100) }
    #expect(!summary.json.prettyText.contains("</script"))
  }
}
