import Evaluation
import Foundation
import TestSupport
import Testing

/// The bars that groups and detectors must pass, on the project's own labelled corpus.
@Suite struct LabelledBarsTests {
  private static let corpus = packageRoot.appendingPathComponent("corpora/labelled").path

  private static func report(_ arguments: String...) throws -> Report {
    let run = try BuiltProgram("wafcast-evaluate").run(
      [corpus, "--format", "json"] + arguments)
    #expect(run.status == 0)
    #expect(run.errors == "")
    return try Report(run.text)
  }

  @Test func everyLineIsReadAndHalfAreAttacks() throws {
    var labels: [LabelledRequest.Label: Int] = [:]
    var identifiers: Set<String> = []
    let reading = try LabelledCorpus(paths: [Self.corpus]).read { request in
      labels[request.label, default: 0] += 1
      identifiers.insert(request.id)
    }
    #expect(reading.badLineCount == 0)
    #expect(labels == [.attack: 20, .benign: 20])
    #expect(identifiers.count == 40)
  }

  /// No benign request is blocked but where the documented condition of a rule is met: a request
  /// without a User-Agent, a long query, a long body.
  @Test func freeGroupsBlockBenignRequestsOnlyAsDocumented() throws {
    let report = try Self.report()
    #expect(
      report.rows("benignBySource", "source", "byApproximation")
        == ["wafcast/prose": "0/7", "wafcast/shop": "0/13"])
    #expect(
      report.rows("benignBySource", "source", "asDocumentedOnly")
        == ["wafcast/prose": "0/7", "wafcast/shop": "3/13"])
    #expect(
      report.rows("benignBySourceAndRule", "rule", "blocked") == [
        "AWSManagedRulesCommonRuleSet/NoUserAgent_HEADER": "1/13",
        "AWSManagedRulesCommonRuleSet/SizeRestrictions_QUERYSTRING": "1/13",
        "AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY": "1/13",
      ])
  }

  /// What the rules' documentation names is found: these are the textbook's first pages.
  ///
  /// One injection stands in a string of a JSON body, which only versions from 2.0 of the SQL database
  /// group take apart; its default version is an older one.
  @Test func freeGroupsBlockTextbookAttacks() throws {
    let report = try Self.report()
    let blocked = report.rows("attacksByType", "type", "blocked")
    for (type, count) in [
      ("sqli", "5/6"), ("xss", "6/6"), ("lfi", "3/3"), ("rfi", "1/1"), ("ssrf", "1/1"),
      ("jndi", "1/1"), ("admin-path", "1/1"),
    ] {
      #expect(blocked[type] == count, "\(type)")
    }
  }

  @Test func detectorsFindTheirAttacksAndNothingElse() throws {
    let report = try Self.report()
    let low = report.rows("attacksByType", "type", "sqli-low", in: "detectors")
    let high = report.rows("attacksByType", "type", "sqli-high", in: "detectors")
    let xss = report.rows("attacksByType", "type", "xss", in: "detectors")
    #expect(low["sqli"] == "6/6")
    #expect(high["sqli"] == "6/6")
    #expect(xss["xss"] == "6/6")
    #expect(xss["sqli"] == "0/6")
    for detector in ["sqli-low", "xss"] {
      #expect(
        report.rows("benignBySource", "source", detector, in: "detectors")
          == ["wafcast/prose": "0/7", "wafcast/shop": "0/13"], "\(detector)")
    }
  }

  @Test func highFindsWhatLowFinds() throws {
    var values = DistinctValues()
    _ = try LabelledCorpus(paths: [Self.corpus]).read { values.add($0) }
    #expect(values.entries.contains { $0.verdicts[.sqlInjectionLow] })
    for entry in values.entries where entry.verdicts[.sqlInjectionLow] {
      #expect(entry.verdicts[.sqlInjectionHigh], "\(entry.firstID)")
    }
  }
}
