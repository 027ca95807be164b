import Bytes
import NativeRecords
import WAFEngine
import WAFProgram
import WAFRequests

extension PredictedRecordWriter {
  /// Writes `wafcast`: certainty and provenance of the prediction.
  ///
  /// Empty lists are left out.
  mutating func appendWafcast(
    _ record: borrowing RequestRecord, _ verdict: Verdict, _ details: VerdictDetails,
    needs: [Need], to line: inout [UInt8]
  ) {
    line.append("{\"certainty\":\"")
    line.append(contentsOf: verdict.certainty.name.utf8)
    line.append("\",\"possible\":[")
    var separator = Separator()
    for action in verdict.possible.actions {
      separator.append(to: &line)
      line.append(action)
    }
    line.append("],\"rule\":")
    if let rule = verdict.rule {
      line.append(contentsOf: texts.rulePaths[rule.position])
    } else {
      line.append(contentsOf: verdict.top.map { texts.topNames[$0] } ?? texts.defaultAction)
    }
    if let fidelity = verdict.fidelity {
      line.append(",\"fidelity\":\"")
      line.append(contentsOf: fidelity.name.utf8)
      line.append("\"")
    }
    appendResponse(record, verdict, details, to: &line)
    appendNeeds(needs, to: &line)
    if !verdict.open.isEmpty { appendList("open", verdict.open.names, to: &line) }
    if !details.assumptions.isEmpty {
      line.append(",\"assumptions\":[")
      var separator = Separator()
      for assumption in details.assumptions.sorted() {
        separator.append(to: &line)
        line.append(contentsOf: texts.assumptions[assumption])
      }
      line.append("]")
    }
    let input = InputAdditions(record)
    for name in input.masked where !request.masked.contains(name) { request.masked.append(name) }
    request.appendMasked(to: &line)
    appendRecorded(record, input, to: &line)
    for (name, value) in [("expect", input.expect), ("source", input.source)] {
      guard let value else { continue }
      appendName(name, to: &line)
      line.appendRawJSON(record.storage.span.extracting(value.bounds))
    }
    appendStates(record, input, to: &line)
    if let size = request.untoldBodySize(record) {
      appendName("bodySize", to: &line)
      line.append(contentsOf: String(size).utf8)
    }
    if !texts.stamp.isEmpty {
      appendName("stamp", to: &line)
      line.append(contentsOf: texts.stamp)
    }
    line.append("}")
  }

  private func appendName(_ name: String, to line: inout [UInt8]) {
    line.append(",\"")
    line.append(contentsOf: name.utf8)
    line.append("\":")
  }

  private func appendList(_ name: String, _ values: [String], to line: inout [UInt8]) {
    appendName(name, to: &line)
    line.append("[")
    var separator = Separator()
    for value in values {
      separator.append(to: &line)
      line.appendJSON(value)
    }
    line.append("]")
  }

  private func appendNeeds(_ needs: [Need], to line: inout [UInt8]) {
    guard !needs.isEmpty else { return }
    line.append(",\"needs\":[")
    var separator = Separator()
    for need in needs {
      separator.append(to: &line)
      line.append("{\"evidence\":")
      line.appendJSON(need.evidence)
      line.append(",\"rule\":")
      line.appendJSON(need.rule)
      line.append("}")
    }
    line.append("]")
  }

  /// What the service did.
  ///
  /// Of a prediction as input, what that one says was recorded.
  private func appendRecorded(
    _ record: borrowing RequestRecord, _ input: InputAdditions, to line: inout [UInt8]
  ) {
    if record.recorded.isPrediction {
      guard let recorded = input.recorded else { return }
      line.append(",\"recorded\":")
      line.appendRawJSON(record.storage.span.extracting(recorded.bounds))
      return
    }
    guard !record.recorded.action.isEmpty else { return }
    let bytes = record.storage.span
    line.append(",\"recorded\":{\"action\":")
    line.appendJSON(bytes.extracting(record.recorded.action.bounds))
    if !record.recorded.terminatingRuleID.isEmpty {
      line.append(",\"terminatingRuleId\":")
      line.appendJSON(bytes.extracting(record.recorded.terminatingRuleID.bounds))
    }
    line.append("}")
  }

  /// The states that the input names.
  ///
  /// That of a masked component is left out: it is redacted now.
  private func appendStates(
    _ record: borrowing RequestRecord, _ input: InputAdditions, to line: inout [UInt8]
  ) {
    var separator = Separator()
    func begin(_ line: inout [UInt8]) {
      if separator.isFirst { line.append(",\"state\":{") }
      separator.append(to: &line)
    }
    if record.raw[.httpRequest] == nil {
      for (name, state) in request.states {
        begin(&line)
        line.appendJSON(name.span)
        line.append(":")
        line.appendJSON(state.name)
      }
    }
    for (name, state) in input.states {
      if request.hides(name, of: record) { continue }
      begin(&line)
      line.appendJSON(name.span)
      line.append(":")
      line.appendJSON(state.span)
    }
    if !separator.isFirst { line.append("}") }
  }
}
