import Foundation
import GateReports
import ReportText
import Testing

/// Requests are hostile: no form of a report lets them act.
@Suite struct HostileReportTests {
  @Test(arguments: GateReportFormat.allCases) func everyFormIsInert(format: GateReportFormat) throws
  {
    let text = HostileTexts.report.rendered(as: format)
    #expect(text.unicodeScalars.count > 500)
    let found = Set(text.unicodeScalars).filter { scalar in
      (scalar.value < 0x20 && scalar != "\n") || (0x7F...0x9F).contains(scalar.value)
        || ["\u{202E}", "\u{2066}", "\u{2028}", "\u{FFFE}", "\u{FFFF}"].contains(scalar)
    }
    #expect(found.isEmpty)
    // Long texts are shortened, whatever they are made of.
    let longest = text.unicodeScalars.split(separator: "\n").map(\.count).max() ?? 0
    #expect(longest < (format == .json ? 40_000 : 25_000))
    try expectNoCommands(in: text, format)
    switch format {
    case .json, .sarif, .codequality:
      _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
      // So that it can stand in a script element.
      #expect(!text.contains("</script"))
    case .junit: _ = try XMLChecker.root(of: text)
    case .summary, .markdown: expectInertMarkdown(text)
    case .text, .github: break
    }
  }

  /// What runners of CI jobs would obey in a log.
  private func expectNoCommands(in text: String, _ format: GateReportFormat) throws {
    for line in text.split(separator: "\n") {
      let start = line.drop { $0.isWhitespace }
      if format == .github {
        let command = try #require(line.wholeMatch(of: /::(error|warning|notice) [^:]*::.*/))
        #expect(!command.output.0.contains("\r"))
      } else {
        #expect(!start.hasPrefix("::"), "\(line.prefix(100))")
        #expect(!line.contains("##["))
        #expect(!line.contains("##vso["))
      }
    }
  }

  private func expectInertMarkdown(_ text: String) {
    let prose = withoutCode(text)
    for mark in [
      "@octocat", "#123", "!77", "GH-123", "](http", "](javascript", "https://evil", "www.evil",
      "<script", "<img", "<a ", "<b", "<\u{301}", "</details></summary>", "$x$",
    ] {
      #expect(!prose.contains(mark), "\(mark)")
    }
    // By scalars: with a combining mark behind it a bar is still a bar.
    for line in prose.split(separator: "\n") where line.hasPrefix("| ") {
      let scalars = Array(line.unicodeScalars)
      let bars = scalars.indices.count {
        scalars[$0] == "|" && ($0 == 0 || scalars[$0 - 1] != "\\")
      }
      #expect([4, 6].contains(bars), "\(line.prefix(200))")
    }
    func count(_ mark: String) -> Int { prose.components(separatedBy: mark).count }
    #expect(count("<details>") == count("</details>"))
    #expect(count("-->") == 2)
  }

  /// The text without code spans, of any number of backticks, and without fenced blocks.
  private func withoutCode(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var openFence = ""
    for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      let ticks = String(line.prefix { $0 == "`" })
      if !openFence.isEmpty {
        if ticks.count >= openFence.count, ticks.count == line.count { openFence = "" }
        continue
      }
      if ticks.count >= 3, String(line) == ticks + "json" {
        openFence = ticks
        continue
      }
      var rest = line
      while let start = rest.firstIndex(of: "`") {
        let isEscaped = start > rest.startIndex && rest[rest.index(before: start)] == "\\"
        result.append(contentsOf: rest[..<start])
        let fence = rest[start...].prefix { $0 == "`" }
        rest = rest[fence.endIndex...]
        guard !isEscaped, let end = Self.end(of: fence.count, in: rest) else { continue }
        rest = rest[end...]
      }
      result.append(contentsOf: rest)
      result.append("\n")
    }
    #expect(openFence.isEmpty)
    return String(result)
  }

  /// Behind the next run of so many backticks.
  private static func end(
    of count: Int, in text: Substring.UnicodeScalarView
  ) -> Substring.UnicodeScalarView.Index? {
    var rest = text
    while let start = rest.firstIndex(of: "`") {
      let run = rest[start...].prefix { $0 == "`" }
      if run.count == count { return run.endIndex }
      rest = rest[run.endIndex...]
    }
    return nil
  }

  @Test func messagesOfSARIFHaveNoPlaceholdersAndNoLinks() throws {
    let runs = try Parsed.sarifRuns(HostileTexts.report)
    let results = try #require(runs.first?["results"] as? [[String: Any]])
    for result in results {
      let text = try #require((result["message"] as? [String: String])?["text"])
      #expect(!text.contains("]("))
      #expect(!text.replacing("{{", with: "").contains("{"))
      #expect(!text.replacing("}}", with: "").contains("}"))
    }
  }
}
