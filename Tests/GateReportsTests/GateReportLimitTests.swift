import Findings
import GateReports
import Testing

/// What the readers of reports refuse or drop is not written.
@Suite struct GateReportLimitTests {
  @Test func annotationsAreTenOfEachLevel() {
    var report = SampleReports.large(findings: 40)
    report.sections[0].findings +=
      SampleReports.large(
        findings: 40, severity: .warning, isFailing: false, text: "w"
      ).findings
    report.sections[0].cases = (0..<40).map {
      CaseResult(group: "test", name: "t\($0)", status: .failed, message: "m")
    }
    let lines = report.rendered(as: .github).split(separator: "\n")
    let errors = lines.filter { $0.hasPrefix("::error ") }
    let warnings = lines.filter { $0.hasPrefix("::warning ") }
    #expect((errors.count, warnings.count) == (10, 10))
    // 8 findings of 80 errors, the rest, the verdict.
    #expect(errors[8].contains("72 more findings"))
    #expect(errors[9].contains("FAILED"))
    #expect(warnings[9].contains("31 more findings"))
    #expect(lines.count == 20)
  }

  @Test func annotationsThatFitAreAllShown() {
    let text = SampleReports.large(findings: 9).rendered(as: .github)
    #expect(text.split(separator: "\n").count == 10)
    #expect(!text.contains("more finding,"))
    #expect(!text.contains("see the job summary"))
  }

  @Test func sarifHasAtMostFiveThousandResultsAndTwentyRuns() throws {
    let runs = try Parsed.sarifRuns(SampleReports.large(findings: 5003))
    #expect((runs[0]["results"] as? [Any])?.count == 5000)
    #expect((runs[0]["properties"] as? [String: Any])?["omittedResults"] as? Int == 3)
    let many = try Parsed.sarifRuns(SampleReports.large(findings: 2, sections: 25))
    #expect(many.count == 20)
    #expect(
      many.compactMap { ($0["results"] as? [Any])?.count } == Array(repeating: 2, count: 19) + [12])
  }

  @Test func categoriesOfSARIFDiffer() throws {
    var report = SampleReports.large(findings: 1, sections: 3)
    for index in report.sections.indices { report.sections[index].name = "same" }
    let ids = try Parsed.sarifRuns(report).compactMap {
      ($0["automationDetails"] as? [String: String])?["id"]
    }
    #expect(Set(ids).count == 3)
  }

  @Test(arguments: [
    (GateReportFormat.markdown, 60_000, 300), (.summary, 900 * 1024, 2000),
  ]) func markdownIsCutByRows(format: GateReportFormat, limit: Int, findings: Int) {
    for text in [String(repeating: "é", count: 150), String(repeating: "`|", count: 100)] {
      let report = SampleReports.large(findings: findings, sections: 2, text: text)
      let page = report.rendered(as: format)
      #expect(page.utf8.count <= limit)
      #expect(page.utf8.count > limit - 4000)
      #expect(page.contains("More did not fit here"))
      #expect(page.hasPrefix("<!-- wafcast:report:acl0,acl1 -->\n"))
      #expect(page.split(separator: "<details>").count == page.split(separator: "</details>").count)
      for line in page.split(separator: "\n") where line.hasPrefix("| ") {
        #expect(line.hasSuffix("|"))
      }
    }
  }
}
