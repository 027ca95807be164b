import Findings
import GateReports
import Testing

/// A runner decodes `%0A` and its like in what it shows: a request must not write them.
@Suite struct AnnotationEscapeTests {
  @Test(arguments: [
    ("%0A::error::z", "%250A::error::z"), ("100%", "100%25"), ("%2525", "%252525"),
    ("a\nb", "a%0Ab"),
    ("a\r\nb", "a\\u{D}\\u{A}b"), ("a:b,c", "a:b,c"),
    ("\u{1B}[1m", "\\u{1B}[1m"),
  ]) func messagesAreEscaped(text: String, shown: String) {
    #expect(Self.lines(message: text, file: "acl.json")[0].hasSuffix("::" + shown))
  }

  @Test(arguments: [
    ("a%3Ab.json", "a%253Ab.json"), ("a,line=9.json", "a%2Cline=9.json"),
    ("a/::error::.json", "a/%3A%3Aerror%3A%3A.json"), ("a\nb.json", "a\\u{A}b.json"),
    ("a\rb.json", "a\\u{D}b.json"),
  ]) func filesAreEscaped(file: String, shown: String) {
    let line = Self.lines(message: "m", file: "waf/" + file)[0]
    // A name with a colon is taken for a revision's, so that what is before it is left out.
    let path = file.contains(":") ? "%3Aerror%3A%3A.json" : "waf/" + shown
    #expect(line.hasPrefix("::error file=\(path),line=3,title="), "\(line)")
  }

  @Test func aHostileReportHasNoEscapesOfItsOwn() {
    let text = HostileTexts.report.rendered(as: .github)
    #expect(text.contains("%250A"))
    // What is left without our own escapes has no percent sign.
    var rest = text
    for escape in ["%25", "%0A", "%0D", "%3A", "%2C"] { rest = rest.replacing(escape, with: "") }
    #expect(!rest.contains("%"))
    #expect(!text.contains("%0A::"))
  }

  private static func lines(message: String, file: String) -> [Substring] {
    let finding = Finding(
      kind: .newlyBlocked, severity: .error, isFailing: true, webACL: "a", rule: "r",
      route: "GET /", message: message, location: Finding.Location(file: file, line: 3))
    let report = GateReport(
      command: "check",
      sections: [GateSection(name: "a", file: "acl.json", requests: 1, findings: [finding])],
      outcome: .failed)
    return report.rendered(as: .github).split(separator: "\n")
  }
}
