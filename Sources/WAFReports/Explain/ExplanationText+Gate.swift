import ReportText
import WAFEngine
import WAFProgram

extension Explanation {
  /// What is known of the client at a rule whose action has a way through.
  func write(_ gate: TraceGate, of step: TraceStep, to page: inout TextPage) {
    let mark: StyledText
    let text: String
    let level = gate.level == .exact ? "" : " (\(gate.level.name))"
    switch gate.outcome {
    case .stopped:
      mark = StyledText("✓", .bad)
      text = "the client does not get through\(level): \(gate.finding)"
    case .passes:
      mark = StyledText("·", .faint)
      text = "the client gets through, the rule counts\(level): \(gate.finding)"
    case .unknown:
      mark = StyledText("?", .unknown)
      let immunity = gate.immunitySeconds.map { " (immunity time \($0) s)" } ?? ""
      text = gate.finding + immunity
    }
    page.paragraph(
      text, gate.outcome == .unknown ? .unknown : .plain,
      lead: StyledText("      ") + mark + " ", indent: 8)
  }

  /// What the match adds beside labels.
  func write(_ handling: TraceHandling, of step: TraceStep, to page: inout TextPage) {
    let lead = StyledText("      + ", .faint)
    // A request that is stopped takes no headers along.
    for header in handling.insertedHeaders where step.gate?.outcome != .stopped {
      page.paragraph(
        header.inWords, lead: lead + StyledText("request header ", .faint), indent: 8)
    }
    if let response = handling.response, step.action == .block {
      page.paragraph(
        response.inWords, lead: lead + StyledText("response ", .faint), indent: 8)
    }
  }

  /// What a rate-based rule counts, under the line that gives its limit.
  func write(_ rate: TraceRate, depth: Int, indent: String, to page: inout TextPage) {
    if let scopeDown = rate.scopeDown {
      page.line("\(indent)  of the requests that match", .faint)
      write(scopeDown, depth: depth + 2, to: &page)
    }
    if rate.hasKey == .noMatch, rate.scopeDown?.outcome != .noMatch {
      page.line("\(indent)  the request has no value for the key: it is not counted", .faint)
    }
  }
}

extension TraceHeader {
  /// `x-amzn-waf-reason: bot`.
  var inWords: String { "\(cut(name, to: 80)): \(cut(value, to: 256))" }
}

extension TraceResponse {
  /// `a custom one of status 200, a body of 120 bytes (text/html), header retry-after: 60`.
  var inWords: String {
    var parts = ["a custom one of status \(status)"]
    if let body {
      parts.append("a body of \(counted(body.utf8.count, "byte")) (\(contentType))")
    }
    for header in headers { parts.append("header \(header.inWords)") }
    return parts.joined(separator: ", ")
  }
}
