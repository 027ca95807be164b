import Diagnostics
import Findings
import ReportText

extension GateReport {
  /// GitLab's Code Quality: an array of findings; an empty one clears earlier findings.
  var codeQuality: JSONValue {
    let items = sections.flatMap { section in
      section.findings.filter { $0.acceptance == nil }.map { $0.codeQuality(in: section) }
    }
    return .array(interruption + items)
  }

  /// An item that tells that the traffic was not read to its end.
  private var interruption: [JSONValue] {
    guard isPartial, let section = sections.first else { return [] }
    let finding = Finding(
      kind: .unreadableTraffic, severity: .error, isFailing: true, webACL: section.name,
      subject: "interrupted", message: verdict)
    return [finding.codeQuality(in: section)]
  }
}

extension Finding {
  fileprivate func codeQuality(in section: GateSection) -> JSONValue {
    let place = location ?? Finding.Location(file: section.file)
    var members: [JSONMember] = []
    members.add("description", printable(short(message, 1000)))
    members.add("check_name", "wafcast/" + kind.rawValue)
    members.add("fingerprint", id)
    members.add("severity", codeQualitySeverity)
    let lines = JSONValue.object([JSONMember("begin", .integer(max(1, place.line ?? 1)))])
    members.add(
      "location",
      .object([
        JSONMember("path", .string(printable(place.relativePath))), JSONMember("lines", lines),
      ]))
    return .object(members)
  }

  private var codeQualitySeverity: String {
    switch severity {
    case .error: "major"
    case .warning: "minor"
    case .note: "info"
    }
  }
}
