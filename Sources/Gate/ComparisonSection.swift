package import Findings
import ReportText
import WAFComparison
import WAFEngine
import WAFProgram
import WAFReplay
package import Wafcast

extension GateSection {
  /// What is told of a comparison, before anything is judged.
  package init(
    _ webACLs: CompiledComparison, _ compared: ComparedTraffic, traffic: [String],
    structure: [StructuralChange]
  ) {
    let report = compared.report
    let name = webACLs.new.shownName
    self.init(
      name: name, file: webACLs.new.webACL.file, base: webACLs.old.webACL.file,
      traffic: traffic, records: report.new.records, requests: report.new.evaluated,
      rejects: report.new.rejects.count, changed: report.changed,
      possiblyChanged: report.possiblyChanged,
      totals: Totals(old: report.oldOutcomes, new: report.new.outcomes), structure: structure,
      findings: ChangeFindings(webACLs, compared, name: name).findings,
      assumptions: report.new.assumptions.map { "\($0.name) (\(grouped($0.verdicts)))" },
      warnings: compared.notices.map { ($0.input.isEmpty ? "" : $0.input + ": ") + $0.message })
    if !report.changes.isExact {
      warnings.append(
        "more than \(grouped(report.changes.capacity)) kinds of change: a sample of them is "
          + "listed, and counted in full")
    }
  }
}

extension CompiledWebACL {
  /// The web ACL's name, or that of its file.
  package var shownName: String {
    if let name = webACL.value.name, !name.isEmpty { return name }
    let file = webACL.file.split(separator: "/").last.map(String.init) ?? webACL.file
    guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return file }
    return String(file[..<dot])
  }
}

extension GateSection.Totals {
  init(old: OutcomeCounts, new: OutcomeCounts) {
    self.init()
    for action in Action.allCases where action != .count {
      add(action.logName, old.counts(of: action), new.counts(of: action))
    }
    add("COUNT", CertaintyCounts(assumed: old.counted), CertaintyCounts(assumed: new.counted))
    add(
      "indeterminate", CertaintyCounts(possible: old.indeterminate),
      CertaintyCounts(possible: new.indeterminate))
  }

  private mutating func add(_ name: String, _ old: CertaintyCounts, _ new: CertaintyCounts) {
    guard old.upperBound > 0 || new.upperBound > 0 else { return }
    rows.append(Row(name: name, old: old, new: new))
  }
}

extension OutcomeCounts {
  fileprivate func counts(of action: Action) -> CertaintyCounts {
    var counts = CertaintyCounts(
      exact: count(action, .exact), observed: count(action, .observed),
      approximate: count(action, .approximate), assumed: count(action, .assumed))
    if action == .block { counts.possible = possiblyBlocked - predictedBlocked }
    return counts
  }
}
