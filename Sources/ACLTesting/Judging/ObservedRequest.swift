import Findings
import ReportText
import WAFEngine
import WAFProgram
import WAFReports
import WAFRequests
import Wafcast

/// A request with what a web ACL does to it.
struct ObservedRequest {
  let prediction: Prediction
  let trace: Trace
  let way: WayThrough

  init(_ prediction: Prediction, _ trace: Trace, _ names: ProgramNames) {
    self.prediction = prediction
    self.trace = trace
    way = WayThrough(trace, names)
  }

  /// The request as an example of a finding.
  func example(
    _ record: RequestRecord, position: String, masksSecrets: Bool
  ) -> Finding.Example {
    let request = ExplainedRequest(record, masksSecrets: masksSecrets)
    return Finding.Example(
      position: position, requestID: request.requestID ?? "", timestamp: record.timestamp,
      request: "\(request.method) \(request.target)", host: request.host ?? "",
      client: request.client ?? "", newActions: prediction.possible.map(\.logName),
      newRule: prediction.certainty == .indeterminate ? "" : prediction.rule,
      certainty: prediction.certainty.name)
  }

  /// The explanation of the verdict, with the rules that matter only.
  ///
  /// These are the rule that decides, the rules that were expected to do something or that ask for
  /// evidence, and all others that match or may match.
  func explanation(
    _ record: RequestRecord, _ acl: CompiledWebACL, expected: [String], masksSecrets: Bool
  ) -> [String] {
    var outline = OutlineRule.all(of: acl.program)
    var trace = trace
    let wanted = Set(expected + [prediction.rule] + prediction.needs.map(\.rule))
    let tops = Set(wanted.map { String($0.prefix { $0 != "/" }) })
    func top(_ step: TraceStep) -> String {
      step.subject == .groupRule ? String(step.rule.prefix { $0 != "/" }) : step.rule
    }
    let shown = Set(trace.steps.filter { $0.outcome != .noMatch }.map(top)).union(tops)
    let groups = Dictionary(grouping: trace.steps, by: top)
    trace.steps = outline.flatMap { rule -> [TraceStep] in
      let steps = groups[rule.name] ?? []
      guard shown.contains(rule.name) else { return [] }
      let telling = steps.filter { $0.outcome != .noMatch || wanted.contains($0.rule) }
      return telling.contains { $0.subject != .scopeDown } ? telling : steps
    }
    trace.unreached.removeAll { !tops.contains($0) }
    for index in outline.indices where !shown.contains(outline[index].name) {
      // A rule without steps that is no group is left out, and the others keep their numbers.
      outline[index].group = nil
    }
    var explanation = Explanation(
      webACLName: acl.webACL.value.name ?? "", outline: outline,
      defaultAction: acl.program.defaultAction,
      request: ExplainedRequest(record, masksSecrets: masksSecrets), action: prediction.action,
      certainty: prediction.certainty, possible: prediction.possible, rule: prediction.rule,
      responseCode: prediction.status, fidelity: prediction.fidelity, labels: prediction.labels,
      needs: prediction.needs, open: prediction.open, assumptions: prediction.assumptions,
      trace: trace)
    if masksSecrets { explanation = explanation.maskingSecrets() }
    let lines = explanation.text(TextStyle()).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map { String($0) }.trimmingEmptyLines()
    guard lines.count > Self.mostLines else { return lines }
    return lines.prefix(Self.mostLines) + ["… \(lines.count - Self.mostLines) more lines"]
  }

  /// An explanation is cut behind so many lines.
  private static let mostLines = 120
}

extension [String] {
  fileprivate func trimmingEmptyLines() -> [String] {
    Array(drop { $0.isEmpty }.reversed().drop { $0.isEmpty }.reversed())
  }
}
