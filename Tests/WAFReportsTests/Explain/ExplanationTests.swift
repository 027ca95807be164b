import ReportText
import TestSupport
import Testing
import WAFReports

@testable import WAFEngine
@testable import WAFProgram

@Suite struct ExplanationTests {
  @Test(arguments: ["blocked", "undecided"])
  func text(name: String) throws {
    let explanation = try #require(Sample.explanations[name])
    let difference = Snapshot("explanation-\(name).txt")
      .difference(from: explanation.text(TextStyle()))
    #expect(difference == nil)
  }

  @Test func colours() {
    let text = Sample.blocked.text(TextStyle(usesColour: true))
    #expect(Snapshot("explanation-blocked.ansi").difference(from: text) == nil)
    #expect(!text.contains("»"), "the colour marks the matched part already")
  }

  @Test func json() {
    let text = Sample.blocked.json.prettyText + "\n"
    #expect(Snapshot("explanation-blocked.json").difference(from: text) == nil)
  }

  @Test(arguments: ["blocked", "undecided"])
  func linesFitThePage(name: String) throws {
    let explanation = try #require(Sample.explanations[name])
    for width in [80, 100, 132] {
      for line in explanation.text(TextStyle(width: width)).split(separator: "\n") {
        // A word that can't be broken may stand out, such as the name of a label.
        let isOneWord = line.split(separator: " ").count <= 4
        #expect(line.unicodeScalars.count <= width || isOneWord, "\(line)")
      }
    }
  }

  /// What a request holds must not reach the terminal.
  @Test(arguments: [
    "\u{1B}[2J\u{1B}]0;title\u{07}", "a\r\nb\nc", "\u{202E}txt.exe\u{2066}", "\u{0}\u{7F}\u{85}",
    "</script><script>alert(1)</script>",
  ])
  func hostileValues(value: String) {
    var explanation = Sample.blocked
    explanation.request.target = value
    explanation.request.host = value
    explanation.webACLName = value
    explanation.labels = [value]
    explanation.trace.steps = [Sample.monitoringStep, Sample.adminStep("/admin/" + value)]
    let text = explanation.text(TextStyle())
    let json = explanation.json.prettyText
    for scalar in text.unicodeScalars {
      #expect(scalar == "\n" || !isHostile(scalar), "\(scalar.value)")
    }
    for scalar in json.unicodeScalars {
      #expect(scalar == "\n" || !isHostile(scalar), "\(scalar.value)")
    }
    #expect(!json.contains("</script"))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
    var plain = explanation
    plain.request.target = "x"
    plain.request.host = "x"
    plain.webACLName = "x"
    plain.labels = ["x"]
    plain.trace.steps = [Sample.monitoringStep, Sample.adminStep("/admin/x")]
    let expected = plain.text(TextStyle()).split(
      separator: "\n", omittingEmptySubsequences: false
    ).count
    #expect(lines <= expected + 3, "no line may be added but by wrapping")
  }

  private func isHostile(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
