import Findings
import WAFReplay
import Wafcast

/// The stamp of a gate report: what made it, so that anyone can make it again.
struct GateStamp {
  let new: CompiledWebACL
  let old: CompiledWebACL?
  let documents: DocumentOptions
  /// Whether traffic is digested too, which costs a second reading of it.
  let isDetailed: Bool

  init(
    _ new: CompiledWebACL, _ old: CompiledWebACL?, _ documents: DocumentOptions, isDetailed: Bool
  ) {
    self.new = new
    self.old = old
    self.documents = documents
    self.isDetailed = isDetailed
  }

  func lines(inputs: [String]) throws -> [GateReport.StampLine] {
    let stamp = try StampMaker(new, isNeeded: isDetailed).stamp(
      inputs: inputs, assumptions: documents.stampedAssumptions)
    var lines = [
      GateReport.StampLine("version", stamp.version),
      GateReport.StampLine("command", (["wafcast"] + stamp.command).joined(separator: " ")),
      GateReport.StampLine("acl", digest(stamp.webACL)),
    ]
    if let old {
      lines.append(GateReport.StampLine("base", "\(old.webACL.file) \(old.digest.prefix(16))"))
    }
    for document in stamp.documents {
      lines.append(GateReport.StampLine("document", digest(document)))
    }
    lines.append(GateReport.StampLine("rulesets", String(stamp.rulesetsSHA256.prefix(16))))
    if isDetailed {
      for input in stamp.traffic { lines.append(GateReport.StampLine("traffic", digest(input))) }
    }
    for assumption in stamp.assumptions { lines.append(GateReport.StampLine("assume", assumption)) }
    return lines
  }

  private func digest(_ input: Stamp.Input) -> String {
    input.name + (input.sha256.map { " \($0.prefix(16))" } ?? "")
  }
}
