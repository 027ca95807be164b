import Testing
import Transforms
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// An evaluator keeps its memory, never its findings.
struct EvaluatorStateTests {
  private static let program = sketch { builder in
    let own = "awswaf:111122223333:webacl:acl:"
    builder.rule(
      "label", .count, builder.bytes(.queryString, .contains, "x", [.urlDecode, .lowercase]),
      labels: [own + "a"])
    builder.rule("geo", .count, builder.countries(["US"]), hasGeo: true)
    builder.group("g", scopeDown: builder.bytes(.uriPath, .startsWith, "/in"))
    builder.groupRule(
      "guess", .block, builder.managed("guess", [(.high, builder.path("/in/guess"))]))
    builder.groupRule(
      "cookie", .block,
      builder.bytes(
        .cookies(PartSelection(pattern: .all, scope: .all)), .exactly, "bad", oversize: .match))
    builder.rule(
      "asks", .block, .and([builder.label("a"), builder.label("awswaf:clientip:geo:country:US")]))
    builder.rule("body", .block, builder.bytes(.body, .contains, "evil", [.urlDecode]))
  }

  private static func records() throws -> [RequestRecord] {
    [
      RequestRecord(uri: "/", country: "US"),
      RequestRecord(uri: "/?q=%58", country: "US"),
      RequestRecord(uri: "/in/guess", country: "DE"),
      RequestRecord(uri: "/in", headers: [("cookie", "a=bad")], country: "DE"),
      try RequestRecord(uri: "/in", headers: [("cookie", "a=bad")]).with(
        .redacted, "headers.cookie"),
      RequestRecord(method: "POST", uri: "/?x", body: Array("an%20evil body".utf8), country: "-"),
      try RequestRecord(method: "POST", uri: "/", country: "DE").with(.notRecorded, "body", "args"),
      RequestRecord(),
    ]
  }

  @Test
  func evaluatingTwiceGivesTheSame() throws {
    for record in try Self.records() {
      var evaluator = Evaluator(Self.program)
      let first = evaluator.evaluate(record)
      let firstNeeds = evaluator.needs(for: first, record)
      #expect(evaluator.evaluate(record) == first)
      #expect(evaluator.needs(for: first, record) == firstNeeds)
      _ = evaluator.trace(record)
      #expect(evaluator.evaluate(record) == first)
    }
  }

  @Test
  func anotherRecordBeforeMakesNoDifference() throws {
    let records = try Self.records()
    for (number, record) in records.enumerated() {
      var fresh = Evaluator(Self.program)
      let expected = fresh.evaluate(record)
      let expectedLabels = fresh.labelTexts(record)
      let expectedEvents = fresh.events
      let expectedAssumptions = fresh.assumptions(for: expected)
      let expectedNeeds = fresh.needs(for: expected, record)
      let expectedTrace = fresh.trace(record)
      for (before, other) in records.enumerated() {
        var used = Evaluator(Self.program)
        let verdict = used.evaluate(other)
        _ = used.needs(for: verdict, other)
        _ = used.trace(other)
        let found = used.evaluate(record)
        #expect(found == expected, "record \(number) after \(before)")
        #expect(used.labelTexts(record) == expectedLabels, "record \(number) after \(before)")
        #expect(used.events == expectedEvents, "record \(number) after \(before)")
        #expect(used.assumptions(for: found) == expectedAssumptions)
        #expect(used.needs(for: found, record) == expectedNeeds)
        #expect(used.trace(record) == expectedTrace, "record \(number) after \(before)")
      }
    }
  }

  @Test
  func theRecordsAreNotAllAlike() throws {
    let verdicts = try Self.records().map { verdict(Self.program, $0) }
    #expect(Set(verdicts.map(\.certainty)) == [.exact, .approximate, .indeterminate])
    #expect(Set(verdicts.map(\.action)) == [.allow, .block])
  }
}
