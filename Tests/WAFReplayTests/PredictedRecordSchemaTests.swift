import Foundation
import TestSupport
import Testing
import WAFEngine
import WAFProgram
import WAFReplay

struct PredictedRecordSchemaTests {
  private func schema() throws -> JSONSchema {
    let file = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "docs/schemas/predicted-record.schema.json")
    return try JSONSchema(contentsOf: file)
  }

  @Test func predictionsConform() async throws {
    let schema = try schema()
    var traffic = Traffic(seed: 21)
    let lines =
      traffic.lines(60) + [
        #"{"httpRequest":{},"httpSourceId":null,"clientAsn":"7","ja3Fingerprint":null}"#,
        #"{"action":"BLOCK","httpRequest":{"headers":null,"uri":"/admin?token=1","body":"x"},"wafcast":{"state":{"uri":"lossy"},"source":"x","expect":{"rule":"y"}}}"#,
      ]
    for usage in [
      TestProgram.Usage(), TestProgram.Usage(adminOverride: .excluded, hasGeo: true),
      TestProgram.Usage(adminOverride: .ruleActionOverride, unmodelled: true, blockCode: 429),
      TestProgram.Usage(managedIsCounted: true),
    ] {
      for line in try await replay(lines, TestProgram.make(usage)).output.lines {
        #expect(try schema.findings(in: line) == [], "\(line)")
      }
    }
  }

  /// The schema refuses what is not a prediction: each case breaks one thing.
  @Test(arguments: [
    (#""formatVersion":1"#, #""formatVersion":2"#),
    (#""action":"ALLOW","terminatingRuleMatch"#, #""action":"COUNT","terminatingRuleMatch"#),
    (#""webaclId":""#, #""webACLID":""#),
    (#""certainty":"exact""#, #""certainty":"sure""#),
    (#""possible":["ALLOW"]"#, #""possible":[]"#),
    (#""responseCodeSent":null"#, #""responseCodeSent":"403""#),
    (#""terminatingRule":null"#, #""terminatingRule":{"ruleId":"x"}"#),
    (#""wafcast":{"#, #""wafcast":{"extra":1,"#),
  ])
  func otherRecordsDoNotConform(part: String, broken: String) async throws {
    let line = """
      {"httpRequest":{"headers":[],"uri":"/","httpVersion":"HTTP/1.1","httpMethod":"GET"}}
      """
    let record = try #require(try await replay([line], TestProgram.make()).output.lines.first)
    #expect(record.contains(part))
    let other = record.replacing(part, with: broken, maxReplacements: 1)
    let findings = try schema().findings(in: other)
    #expect(!findings.isEmpty)
  }
}
