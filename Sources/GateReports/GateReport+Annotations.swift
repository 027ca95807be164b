import Diagnostics
import Findings
import ReportText

// GitHub shows ten annotations of each level and step and drops the rest in silence.

extension GateReport {
  private static let mostAnnotations = 10

  /// Workflow commands, one a line; nothing that came from a request can begin a line or end one.
  var annotations: String {
    var lines: [String] = []
    let pool = findings.filter { $0.acceptance == nil && ($0.isFailing || $0.severity != .note) }
      .failingFirst
    let failedCases = sections.flatMap { section in
      section.cases.filter { result in
        (result.status == .failed || result.status == .error)
          && !section.findings.contains { $0.tells(of: result) }
      }
    }
    for level in ["error", "warning"] {
      var commands: [String] = []
      // One of the ten errors is the verdict's, unless all is well.
      var most = Self.mostAnnotations
      if level == "error", outcome != .passed { most -= 1 }
      let those = pool.filter { $0.annotationLevel == level }
      let cases = level == "error" ? failedCases : []
      let all = those.count + cases.count
      commands += those.prefix(most).map(command)
      commands += cases.prefix(max(0, most - commands.count)).map(command)
      if all > most {
        commands[most - 1] =
          "::\(level) title=wafcast::\(counted(all - most + 1, "more finding")), see the job summary"
      }
      lines += commands
    }
    lines.append(
      command(outcome == .passed ? "notice" : "error", nil, title: "wafcast \(command)", verdict))
    return lines.map { $0 + "\n" }.joined()
  }

  private func command(_ result: CaseResult) -> String {
    command(
      "error", result.location, title: "wafcast \(result.group)",
      "\(result.name): \(result.message)")
  }

  private func command(_ finding: Finding) -> String {
    var message = finding.message
    if !finding.cure.isEmpty {
      message +=
        "\nto let it through, \(finding.curePlace):\n" + finding.cure.joined(separator: "\n")
    }
    return command(
      finding.annotationLevel, finding.location, title: "wafcast \(finding.kind.rawValue)", message)
  }

  private func command(
    _ level: String, _ place: Finding.Location?, title: String, _ message: String
  ) -> String {
    var properties: [String] = []
    if let place {
      properties.append("file=" + property(place.relativePath))
      if let line = place.line { properties.append("line=\(line)") }
      if let column = place.column, place.line != nil { properties.append("col=\(column)") }
    }
    properties.append("title=" + property(title))
    // Line breaks of ours stay, those of a request were made visible before.
    let lines = short(message, 2000).split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.map { data(printable(String($0))) }.joined(separator: "%0A")
    return "::\(level) \(properties.joined(separator: ","))::\(text)"
  }

  private func data(_ text: String) -> String {
    text.escaping { scalar in
      switch scalar {
      case "%": "%25"
      case "\r": "%0D"
      case "\n": "%0A"
      default: nil
      }
    }
  }

  private func property(_ text: String) -> String {
    data(printable(text)).escaping { $0 == ":" ? "%3A" : $0 == "," ? "%2C" : nil }
  }
}

extension Finding {
  /// Whether the finding is what became of a case, so that the case need not be told again.
  ///
  /// The subject of a test's finding has the name of the test's file before the test's.
  func tells(of result: CaseResult) -> Bool {
    guard !kind.isChange, !result.name.isEmpty else { return false }
    return subject == result.name || subject.hasSuffix(": " + result.name)
  }

  fileprivate var annotationLevel: String {
    isFailing || severity == .error ? "error" : "warning"
  }
}
