import Diagnostics
import Findings
import ReportText

// GitHub shows ten annotations of each level and step and drops the rest in silence.

extension GateReport {
  private static let mostAnnotations = 10

  /// Workflow commands, one a line; nothing that came from a request can begin a line or end one.
  var annotations: String {
    var lines: [String] = []
    var pool = findings.filter { $0.acceptance == nil && ($0.isFailing || $0.severity != .note) }
    pool.sort { left, right in
      left.isFailing != right.isFailing ? left.isFailing : Finding.inOrder(left, right)
    }
    for level in ["error", "warning"] {
      let those = pool.filter { $0.annotationLevel == level }
      let shown = those.count > Self.mostAnnotations ? Self.mostAnnotations - 1 : those.count
      lines += those.prefix(shown).map(command)
      if those.count > shown {
        lines.append(
          "::\(level) title=wafcast::\(counted(those.count - shown, "more finding")): see the job "
            + "summary")
      }
    }
    for section in sections {
      for result in section.cases where result.status == .failed || result.status == .error {
        guard lines.count < 2 * Self.mostAnnotations else { break }
        // A failed case that is a finding too was told above.
        if pool.contains(where: { $0.subject == result.name && !result.name.isEmpty }) { continue }
        lines.append(
          command(
            "error", result.location, title: "wafcast \(result.group)",
            "\(result.name): \(result.message)"))
      }
    }
    lines.append(
      command(outcome == .passed ? "notice" : "error", nil, title: "wafcast \(command)", verdict))
    return lines.map { $0 + "\n" }.joined()
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
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private func property(_ text: String) -> String {
    data(printable(text)).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}

extension Finding {
  fileprivate var annotationLevel: String {
    isFailing || severity == .error ? "error" : "warning"
  }
}
