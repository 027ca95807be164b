import Bytes
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
    appendMasked(input, to: &line)
    appendRecorded(record, input, to: &line)
    for (name, value) in [("expect", input.expect), ("source", input.source)] {
      guard let value else { continue }
      appendName(name, to: &line)
      line.appendRawJSON(record.storage.span.extracting(value.bounds))
    }
    appendStates(record, input, to: &line)
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

  /// What is masked here, and what was masked in the input already.
  private mutating func appendMasked(_ input: InputAdditions, to line: inout [UInt8]) {
    for name in input.masked where !masked.contains(name) { masked.append(name) }
    guard !masked.isEmpty else { return }
    line.append(",\"masked\":[")
    var separator = Separator()
    for name in masked {
      separator.append(to: &line)
      line.appendJSON(name.span)
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
    let hidesHeader = masked.contains { $0.starts(with: Self.headersPrefix) }
    var separator = Separator()
    func begin(_ line: inout [UInt8]) {
      if separator.isFirst { line.append(",\"state\":{") }
      separator.append(to: &line)
    }
    if record.raw[.httpRequest] == nil {
      for (name, state) in componentStates(record) {
        begin(&line)
        line.appendJSON(name)
        line.append(":")
        line.appendJSON(state)
      }
    }
    for (name, state) in input.states {
      if masked.contains(name) || masked.contains(name.asciiLowercased) { continue }
      // A state of all header values does not go with one that is not there.
      if hidesHeader, name == Self.headers, state == Self.lossy { continue }
      begin(&line)
      line.appendJSON(name.span)
      line.append(":")
      line.appendJSON(state.span)
    }
    if !separator.isFirst { line.append("}") }
  }

  private static let headersPrefix = Array("headers.".utf8)
  private static let headers = Array("headers".utf8)
  private static let lossy = Array("lossy".utf8)
}

/// What the `wafcast` object of the input says that the prediction passes on.
private struct InputAdditions {
  var expect: ByteRange?
  var source: ByteRange?
  var recorded: ByteRange?
  var masked: [[UInt8]] = []
  var states: [(name: [UInt8], state: [UInt8])] = []

  init(_ record: borrowing RequestRecord) {
    guard let range = record.raw[.wafcast] else { return }
    // The decoder has read this object; where it is `null` there is nothing to pass on.
    do { try read(record.storage.span, range) } catch {}
  }

  private mutating func read(
    _ bytes: Span<UInt8>, _ range: ByteRange
  ) throws(JSONScanError) {
    var scanner = JSONScanner(bytes, at: Int(range.start))
    try scanner.enterObject()
    var isFirst = true
    while let key = try scanner.nextKey(isFirst: isFirst) {
      isFirst = false
      _ = scanner.peek()
      let value = try scanner.skipValue()
      let isNull = bytes[Int(value.start)] == UInt8(ascii: "n")
      switch Self.plain(key, bytes) {
      case _ where isNull: break
      case "expect": expect = value
      case "source": source = value
      case "recorded": recorded = value
      case "masked": masked = try Self.strings(bytes, value)
      case "state": states = try Self.pairs(bytes, value)
      default: break
      }
    }
  }

  private static func plain(_ string: JSONString, _ bytes: Span<UInt8>) -> String {
    var text: [UInt8] = []
    JSONText.unescape(string, in: bytes, into: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private static func strings(
    _ bytes: Span<UInt8>, _ range: ByteRange
  ) throws(JSONScanError) -> [[UInt8]] {
    var scanner = JSONScanner(bytes, at: Int(range.start))
    var strings: [[UInt8]] = []
    try scanner.enterArray()
    while try scanner.nextElement(isFirst: strings.isEmpty) {
      var text: [UInt8] = []
      JSONText.unescape(try scanner.string(), in: bytes, into: &text)
      strings.append(text)
    }
    return strings
  }

  private static func pairs(
    _ bytes: Span<UInt8>, _ range: ByteRange
  ) throws(JSONScanError) -> [(name: [UInt8], state: [UInt8])] {
    var scanner = JSONScanner(bytes, at: Int(range.start))
    var pairs: [(name: [UInt8], state: [UInt8])] = []
    try scanner.enterObject()
    while let key = try scanner.nextKey(isFirst: pairs.isEmpty) {
      var name: [UInt8] = []
      var state: [UInt8] = []
      JSONText.unescape(key, in: bytes, into: &name)
      JSONText.unescape(try scanner.string(), in: bytes, into: &state)
      pairs.append((name, state))
    }
    return pairs
  }
}
