import Findings
import GateReports
import ReportText
import TestSupport
import Testing

/// What reports look like.
@Suite struct GateReportSnapshotTests {
  @Test(arguments: GateReportFormat.allCases) func reportsStay(format: GateReportFormat) {
    let options = RenderOptions(sourceDate: 1_790_086_461)
    for (name, report) in SampleReports.all where name == "failed" || name == "passed" {
      let text = report.rendered(as: format, options: options)
      #expect(Snapshot("\(name).\(format.rawValue)").difference(from: text) == nil)
    }
  }

  @Test func coloursStay() {
    let style = TextStyle(usesColour: true)
    let text = SampleReports.failed.rendered(as: .text, options: RenderOptions(style: style))
    #expect(Snapshot("failed.ansi").difference(from: text) == nil)
  }

  @Test func quietIsTheVerdictAlone() {
    let options = RenderOptions(style: TextStyle(width: 400), isQuiet: true)
    let text = SampleReports.failed.rendered(as: .text, options: options)
    #expect(text.split(separator: "\n").count == 1)
    #expect(text.hasPrefix("FAILED: "))
    #expect(
      SampleReports.passed.rendered(as: .text, options: options)
        == "PASSED: nothing changes for 12 recorded requests\n")
  }

  @Test(arguments: GateReportFormat.allCases) func sameReportSameBytes(format: GateReportFormat) {
    for (_, report) in SampleReports.all {
      #expect(report.rendered(as: format) == report.rendered(as: format))
    }
  }
}
