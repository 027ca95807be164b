import Foundation
import ReportText
import TestSupport
import Testing
import WAFReports

@testable import WAFEngine

/// Actions with a way through, custom responses, inserted headers, rates: how explanations tell of
/// them.
@Suite struct ActionTests {
  @Test(arguments: ActionSample.requests.keys.sorted())
  func text(name: String) throws {
    let record = try #require(ActionSample.requests[name])
    let text = ActionSample.explanation(record).text(TextStyle())
    #expect(Snapshot("explanation-\(name).txt").difference(from: text) == nil)
  }

  @Test(arguments: ["forwarded", "passed", "custom-response"])
  func json(name: String) throws {
    let record = try #require(ActionSample.requests[name])
    let text = ActionSample.explanation(record).json.prettyText + "\n"
    #expect(Snapshot("explanation-\(name).json").difference(from: text) == nil)
  }

  /// What is no success must not look like one.
  @Test func aBlockWithAStatusOfSuccess() throws {
    let record = try #require(ActionSample.requests["custom-response"])
    let text = ActionSample.explanation(record).text(TextStyle())
    #expect(text.hasPrefix("BLOCK 200"))
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("x-reason: gone; it is a block all the same"))
  }

  /// What a document holds must not reach the terminal either.
  @Test func hostileHandling() throws {
    let record = try #require(ActionSample.requests["custom-response"])
    var explanation = ActionSample.explanation(record)
    let hostile = "\u{1B}[2J\n\u{202E}"
    for index in explanation.trace.steps.indices {
      explanation.trace.steps[index].handling = TraceHandling(
        insertedHeaders: [TraceHeader(name: hostile, value: hostile)],
        response: TraceResponse(
          status: 200, headers: [TraceHeader(name: hostile, value: hostile)],
          contentType: hostile, body: hostile))
    }
    for output in [explanation.text(TextStyle()), explanation.json.prettyText] {
      for scalar in output.unicodeScalars where scalar != "\n" {
        let category = scalar.properties.generalCategory
        #expect(category != .control && category != .format, "\(scalar.value)")
      }
    }
  }

  @Test func conformsToTheSchema() throws {
    let schema = try JSONSchema(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../docs/schemas/explanation.schema.json"))
    let explanations =
      ActionSample.requests.values.map { ActionSample.explanation($0) }
      + Sample.explanations.values
    for explanation in explanations {
      var explanation = explanation
      explanation.stamp = "wafcast 0.0.0"
      #expect(try schema.findings(in: explanation.json.prettyText) == [])
    }
    let broken = Sample.blocked.json.prettyText.replacing("\"BLOCK\"", with: "\"DENY\"")
    #expect(try !schema.findings(in: broken).isEmpty)
  }
}
