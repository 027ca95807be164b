import Diagnostics
import Findings
import ReportText

extension GateReport {
  /// GitLab's Code Quality: an array of findings; an empty one clears earlier findings.
  var codeQuality: JSONValue {
    .array(
      sections.flatMap { section in
        section.findings.filter { $0.acceptance == nil }.map { finding in
          let place = finding.location ?? Finding.Location(file: section.file)
          return .object([
            JSONMember("description", .string(printable(short(finding.message, 1000)))),
            JSONMember("check_name", .string("wafcast/" + finding.kind.rawValue)),
            JSONMember("fingerprint", .string(finding.id)),
            JSONMember("severity", .string(finding.codeQualitySeverity)),
            JSONMember(
              "location",
              .object([
                JSONMember("path", .string(place.relativePath)),
                JSONMember(
                  "lines", .object([JSONMember("begin", .integer(max(1, place.line ?? 1)))])),
              ])),
          ])
        }
      })
  }
}

extension Finding {
  fileprivate var codeQualitySeverity: String {
    switch severity {
    case .error: "major"
    case .warning: "minor"
    case .note: "info"
    }
  }
}
