import Bytes
package import WAFRequests

/// Writes recorded requests as native records, each a line of JSON.
///
/// Contract: what is written decodes to the same record: every component in its state and bytes, and
/// every fact that is evidence. Secrets are masked unless asked otherwise; a masked component
/// decodes as redacted. Of the response side only evidence and what the service did are written.
/// The line is valid JSON and UTF-8 for any record; texts that are no component (names of rules,
/// request ids) lose bytes that are not UTF-8. `docs/records.md` describes the record.
package struct NativeRecordWriter: Sendable {
  private var request: HTTPRequestWriter

  package init(masksSecrets: Bool = true) {
    request = HTTPRequestWriter(masksSecrets: masksSecrets)
  }

  /// Appends the record and a line feed to `line`.
  package mutating func append(_ record: borrowing RequestRecord, to line: inout [UInt8]) {
    request.begin()
    line.append("{")
    if let timestamp = record.timestamp {
      line.append("\"timestamp\":")
      line.append(contentsOf: String(timestamp).utf8)
      line.append(",")
    }
    line.append("\"formatVersion\":1")
    appendText("webaclId", record.webACLARN, of: record, to: &line)
    appendText("terminatingRuleId", record.recorded.terminatingRuleID, of: record, to: &line)
    appendText("action", record.recorded.action, of: record, to: &line)
    appendText("httpSourceName", record.sourceName, of: record, to: &line)
    appendRaw(.httpSourceId, of: record, to: &line)
    appendRaw(.cfDistributionTenantId, of: record, to: &line)
    line.append(",\"httpRequest\":")
    request.appendComponents(of: record, to: &line)
    appendEvidence(of: record, to: &line)
    request.appendNetworkFacts(of: record, to: &line)
    appendAdditions(of: record, to: &line)
    line.append("}\n")
  }

  private func appendText(
    _ name: StaticString, _ range: ByteRange, of record: borrowing RequestRecord,
    to line: inout [UInt8]
  ) {
    guard !range.isEmpty else { return }
    line.append(",\"")
    line.append(name)
    line.append("\":")
    line.appendJSON(record.storage.span.extracting(range.bounds))
  }

  /// Appends a member that nothing of the record is made of, as the input has it.
  private func appendRaw(
    _ member: RawMember, of record: borrowing RequestRecord, to line: inout [UInt8]
  ) {
    guard let range = record.raw[member], record.storage[Int(range.start)] != UInt8(ascii: "n")
    else { return }
    line.append(",\"")
    line.append(contentsOf: member.key.utf8)
    line.append("\":")
    line.appendRawJSON(record.storage.span.extracting(range.bounds))
  }

  // MARK: Evidence

  /// Appends what the service found, spelled as in its logs.
  private func appendEvidence(of record: borrowing RequestRecord, to line: inout [UInt8]) {
    appendLabels(of: record, to: &line)
    appendToken("captchaResponse", record.captcha, code: 405, to: &line)
    appendToken("challengeResponse", record.challenge, code: 202, to: &line)
    if record.serviceFoundOversizeBody { line.append(",\"oversizeFields\":[\"REQUEST_BODY\"]") }
    if let isVerified = record.paymentVerified {
      line.append(",\"monetizeVerifyResponse\":{\"verificationStatus\":")
      line.append(isVerified ? "\"VERIFIED\"}" : "\"NOT_VERIFIED\"}")
    }
  }

  /// The labels of a log record as they are; for other records those that are evidence.
  private func appendLabels(of record: borrowing RequestRecord, to line: inout [UInt8]) {
    if let range = record.raw[.labels], !record.recorded.isPrediction,
      record.storage[Int(range.start)] == UInt8(ascii: "[")
    {
      return appendRaw(.labels, of: record, to: &line)
    }
    var names: [[UInt8]] = []
    func add(_ prefix: String, _ rest: some Sequence<UInt8>) {
      names.append(Array(prefix.utf8) + rest)
    }
    if let region = record.recordedRegion {
      add("awswaf:clientip:geo:region:", record.bytes(region))
    }
    switch record.forwardedCountry {
    case .notRecorded: break
    case .undetermined: add("awswaf:forwardedip:geo:country:", "XX".utf8)
    case .code(let code): add("awswaf:forwardedip:geo:country:", code.text.utf8)
    }
    if let region = record.forwardedRegion {
      add("awswaf:forwardedip:geo:region:", record.bytes(region))
    }
    if record.challenge == TokenEvidence(finding: .valid) {
      add("awswaf:managed:token:accepted", [])
    }
    if record.captcha == TokenEvidence(finding: .valid) {
      add("awswaf:managed:captcha:accepted", [])
    }
    guard !names.isEmpty else { return }
    line.append(",\"labels\":[")
    var separator = Separator()
    for name in names {
      separator.append(to: &line)
      line.append("{\"name\":")
      line.appendJSON(name.span)
      line.append("}")
    }
    line.append("]")
  }

  /// Appends a response, which tells everything but a valid token without a time: that is a label's.
  private func appendToken(
    _ name: StaticString, _ evidence: TokenEvidence, code: Int, to line: inout [UInt8]
  ) {
    let reason = evidence.failureReason
    guard reason != nil || evidence.finding == .valid && evidence.solveTimestamp != nil else {
      return
    }
    line.append(",\"")
    line.append(name)
    line.append("\":{\"responseCode\":")
    line.append(contentsOf: String(reason == nil ? 0 : code).utf8)
    line.append(",\"solveTimestamp\":")
    line.append(contentsOf: String(evidence.solveTimestamp ?? 0).utf8)
    if let reason {
      line.append(",\"failureReason\":")
      line.appendJSON(reason)
    }
    line.append("}")
  }

  // MARK: wafcast

  /// Appends `wafcast` where there is anything in it.
  private mutating func appendAdditions(
    of record: borrowing RequestRecord, to line: inout [UInt8]
  ) {
    let input = InputAdditions(record)
    for name in input.masked where !request.masked.contains(name) { request.masked.append(name) }
    var members: [UInt8] = []
    appendCertainty(of: record, input, to: &members)
    request.appendMasked(to: &members)
    appendExpectation(of: record, to: &members)
    appendText("source", record.provenance, of: record, to: &members)
    appendStates(to: &members)
    if let size = request.untoldBodySize(record) {
      members.append(",\"bodySize\":")
      members.append(contentsOf: String(size).utf8)
    }
    guard !members.isEmpty else { return }
    line.append(",\"wafcast\":{")
    line.append(contentsOf: members.dropFirst())
    line.append("}")
  }

  /// A prediction stays one: its evidence was dropped when it was read, its mark is kept.
  private func appendCertainty(
    of record: borrowing RequestRecord, _ input: InputAdditions, to line: inout [UInt8]
  ) {
    guard record.recorded.isPrediction else { return }
    line.append(",\"certainty\":")
    if let certainty = input.certainty {
      line.appendRawJSON(record.storage.span.extracting(certainty.bounds))
    } else {
      line.append("\"indeterminate\"")
    }
  }

  private func appendExpectation(
    of record: borrowing RequestRecord, to line: inout [UInt8]
  ) {
    var members: [UInt8] = []
    appendText("action", record.recorded.expectedAction, of: record, to: &members)
    appendText("rule", record.recorded.expectedRule, of: record, to: &members)
    guard !members.isEmpty else { return }
    line.append(",\"expect\":{")
    line.append(contentsOf: members.dropFirst())
    line.append("}")
  }

  private func appendStates(to line: inout [UInt8]) {
    guard !request.states.isEmpty else { return }
    line.append(",\"state\":{")
    var separator = Separator()
    for (name, state) in request.states {
      separator.append(to: &line)
      line.appendJSON(name.span)
      line.append(":")
      line.appendJSON(state.name)
    }
    line.append("}")
  }
}
