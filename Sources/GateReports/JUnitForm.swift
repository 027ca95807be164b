import Diagnostics
import Findings
import ReportText

/// JUnit XML as Jenkins' schema has it: a suite for each web ACL, a case for each thing that was
/// checked and each change.
struct JUnitForm {
  let report: GateReport
  let sourceDate: Int64?

  private struct Case {
    var group: String
    var name: String
    var location: Finding.Location?
    var status: CaseResult.Status
    var type: String
    var message: String
    var details: [String]
  }

  var text: String {
    let suites = report.sections.map { (section: $0, cases: cases(of: $0)) }
    let all = suites.flatMap(\.cases)
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    xml += "<testsuites name=\"wafcast \(report.command)\"\(counts(all, isRoot: true))>\n"
    for suite in suites { xml += self.suite(suite.section, suite.cases) }
    return xml + "</testsuites>\n"
  }

  private func counts(_ cases: [Case], isRoot: Bool = false) -> String {
    func count(_ status: CaseResult.Status) -> Int { cases.count { $0.status == status } }
    return " tests=\"\(cases.count)\" failures=\"\(count(.failed))\" errors=\"\(count(.error))\""
      + (isRoot ? "" : " skipped=\"\(count(.skipped))\"") + " time=\"0.000\""
  }

  private func suite(_ section: GateSection, _ cases: [Case]) -> String {
    var xml = "  <testsuite name=\"\(attribute(section.name))\"\(counts(cases))"
    if let timestamp { xml += " timestamp=\"\(timestamp)\"" }
    xml += " file=\"\(attribute(section.file))\">\n    <properties>\n"
    let properties =
      report.stamp.map { ($0.name, $0.value) } + [("outcome", report.outcome.rawValue)]
    for (name, value) in properties {
      xml += "      <property name=\"wafcast.\(attribute(name))\" value=\"\(attribute(value))\"/>\n"
    }
    xml += "    </properties>\n"
    for item in cases { xml += self.xml(item, section) }
    return xml + "  </testsuite>\n"
  }

  /// `2026-10-14T08:00:00`, in UTC.
  private var timestamp: String? {
    guard let sourceDate else { return nil }
    let (milliseconds, overflows) = sourceDate.multipliedReportingOverflow(by: 1000)
    guard !overflows, let minute = utcText(milliseconds) else { return nil }
    let second = (sourceDate % 60 + 60) % 60
    return minute.replacing(" ", with: "T") + (second < 10 ? ":0" : ":") + "\(second)"
  }

  private func xml(_ item: Case, _ section: GateSection) -> String {
    // Dots make packages of a class name.
    let name = section.name.replacing(".", with: "_")
    var xml = "    <testcase classname=\"wafcast.\(attribute(name)).\(attribute(item.group))\""
    xml += " name=\"\(attribute(item.name))\""
    xml += " time=\"0.000\""
    let head = "message=\"\(attribute(item.message))\""
    switch item.status {
    case .passed: return xml + "/>\n"
    case .skipped: return xml + ">\n      <skipped \(head)/>\n    </testcase>\n"
    case .failed, .error:
      let element = item.status == .failed ? "failure" : "error"
      // The schema of Jenkins has no place for a file and a line but the text.
      let place = item.location.map { ["at " + $0.text] } ?? []
      let lines = (place + item.details).map { printable(short($0, 1000)) }
      let body = characters(lines.joined(separator: "\n"))
      xml += ">\n      <\(element) type=\"\(attribute(item.type))\" \(head)>\(body)</\(element)>\n"
      return xml + "    </testcase>\n"
    }
  }

  // MARK: Cases

  private func cases(of section: GateSection) -> [Case] {
    var cases = section.cases.map { result in
      Case(
        group: result.group, name: result.name, location: result.location, status: result.status,
        type: result.group, message: result.message, details: result.details)
    }
    for finding in section.findings {
      // What is a case already is not told twice.
      if section.cases.contains(where: { finding.tells(of: $0) }) { continue }
      cases.append(changeCase(finding))
    }
    if report.isPartial {
      cases.append(
        Case(
          group: "check", name: "all of the traffic was read", location: nil, status: .error,
          type: "interrupted", message: "the run was interrupted: the report is on a part",
          details: []))
    }
    if report.outcome == .error, !cases.contains(where: { $0.status == .error }) {
      cases.append(
        Case(
          group: "check", name: "the run", location: nil, status: .error, type: "error",
          message: report.verdict, details: report.notices))
    }
    if cases.isEmpty {
      let name = "no change for \(counted(section.requests, "request"))"
      cases.append(
        Case(
          group: "change", name: name, location: nil, status: .passed, type: "", message: "",
          details: []))
    }
    return cases
  }

  private func changeCase(_ finding: Finding) -> Case {
    var name = finding.kind.rawValue
    if !finding.route.isEmpty { name += ": " + short(finding.route) }
    if !finding.rule.isEmpty { name += " by " + finding.rule }
    if !finding.subject.isEmpty { name += ": " + short(finding.subject) }
    let status: CaseResult.Status
    var message = finding.message
    if let acceptance = finding.acceptance {
      status = .skipped
      message = acceptance.inWords + "; " + message
    } else if finding.kind == .unreadableRecord || finding.kind == .unreadableTraffic {
      status = .error
    } else if finding.isFailing {
      status = .failed
    } else if finding.kind == .newlyIndeterminate {
      status = .skipped
    } else {
      status = .passed
    }
    return Case(
      group: finding.kind.isChange ? "change" : "check", name: name, location: finding.location,
      status: status, type: finding.kind.rawValue, message: message, details: finding.detailLines)
  }
}

extension Finding {
  /// Examples, needs and cure as lines without markup.
  var detailLines: [String] {
    guard let cureTitle else { return factLines }
    return factLines + [cureTitle] + cure.map { "  " + $0 }
  }

  /// `to let it through, acl.json:56, in …:`; nil where there is no cure.
  var cureTitle: String? {
    guard !cure.isEmpty else { return nil }
    return curePlace.isEmpty ? "to let it through:" : "to let it through, \(short(curePlace)):"
  }

  /// The same without the cure.
  var factLines: [String] {
    var lines = notes.map { short($0, 300) }
    if let radius {
      lines.append("requests: \(radius.requests.inWords); clients: \(radius.clients.text)")
      if !radius.hosts.top.isEmpty { lines.append("hosts: \(radius.hosts.text())") }
      if !radius.agents.top.isEmpty { lines.append("agents: \(radius.agents.text())") }
    }
    for example in examples {
      lines.append(
        "e.g. \(short(example.request)) (\(example.oldActions.joined(separator: "/")) to "
          + "\(example.newActions.joined(separator: "/")), \(example.certainty); "
          + "\(example.position))")
      lines += example.matches.map { "  " + short($0) }
    }
    if !needs.isEmpty { lines.append("would be settled by: " + needs.joined(separator: ", ")) }
    return lines
  }
}

/// Text inside an element; what XML 1.0 can't hold becomes `\u{1B}`.
private func characters(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "\n", "\t": result.unicodeScalars.append(scalar)
    default:
      let value = scalar.value
      let isKept =
        value >= 0x20 && !(0x7F...0x9F).contains(value) && value != 0xFFFE && value != 0xFFFF
        && scalar.properties.generalCategory != .format
      if isKept {
        result.unicodeScalars.append(scalar)
      } else {
        result += "\\u{" + String(value, radix: 16, uppercase: true) + "}"
      }
    }
  }
  return result
}

private func attribute(_ text: String) -> String {
  // No line break is left after `printable`.
  characters(printable(short(text, 1000)))
}
