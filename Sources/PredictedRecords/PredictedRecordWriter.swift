import Bytes
import NativeRecords
package import WAFEngine
package import WAFProgram
package import WAFRequests

/// Writes predictions as AWS WAF log records, each a line of JSON.
///
/// Contract: the members that the service fills are spelled, nested and ordered as in its logs; the
/// request and its sources are those of the input, secrets masked; `wafcast` holds what a log has
/// no member for. `docs/records.md` describes the record. The line is valid JSON and UTF-8 for any
/// input. The same request and verdict give the same bytes.
package struct PredictedRecordWriter: Sendable {
  let program: Program
  let texts: RecordTexts
  var request: HTTPRequestWriter

  package init(_ program: Program, masksSecrets: Bool = true) {
    self.program = program
    request = HTTPRequestWriter(masksSecrets: masksSecrets)
    texts = RecordTexts(program)
  }

  /// Appends the record and a line feed to `line`.
  ///
  /// - Parameters:
  ///   - details: what the evaluator found for `verdict`, copied before `needs` were asked for.
  ///   - needs: what would settle the verdict.
  package mutating func append(
    _ record: borrowing RequestRecord, _ verdict: Verdict, _ details: VerdictDetails,
    needs: [Need], to line: inout [UInt8]
  ) {
    request.begin()
    appendHead(record, verdict, details, to: &line)
    appendRuleGroupList(details, to: &line)
    appendRateBasedRuleList(details, verdict, to: &line)
    appendNonTerminatingRules(details, to: &line)
    appendInsertedHeaders(record, verdict, details, to: &line)
    line.append(",\"responseCodeSent\":")
    appendResponseCode(verdict, to: &line)
    line.append(",\"httpRequest\":")
    request.appendHTTPRequest(record, to: &line)
    appendLabels(details, to: &line)
    appendTokenResponses(record, verdict, details, to: &line)
    appendOversizeFields(details, to: &line)
    for member in Self.passedOn { appendRaw(member, of: record, to: &line) }
    if record.raw[.httpRequest] == nil { request.appendNetworkFacts(of: record, to: &line) }
    line.append(",\"wafcast\":")
    appendWafcast(record, verdict, details, needs: needs, to: &line)
    line.append("}\n")
  }

  /// Members behind the labels that are facts of the request, in the order of the log.
  private static let passedOn: [RawMember] = [
    .cfDistributionTenantId, .requestBodySize, .requestBodySizeInspectedByWAF, .ja3Fingerprint,
    .ja4Fingerprint, .clientAsn, .forwardedAsn,
  ]

  // MARK: Head

  private func appendHead(
    _ record: borrowing RequestRecord, _ verdict: Verdict, _ details: VerdictDetails,
    to line: inout [UInt8]
  ) {
    line.append("{")
    if let timestamp = record.timestamp {
      line.append("\"timestamp\":")
      line.append(contentsOf: String(timestamp).utf8)
      line.append(",")
    }
    line.append("\"formatVersion\":1,\"webaclId\":")
    line.append(contentsOf: texts.webACLID)
    line.append(",\"terminatingRuleId\":")
    line.append(contentsOf: verdict.top.map { texts.topNames[$0] } ?? texts.defaultAction)
    line.append(",\"terminatingRuleType\":\"")
    switch verdict.top.map({ program.topRules[$0].kind }) {
    case .plain, nil: line.append("REGULAR")
    case .rateBased: line.append("RATE_BASED")
    case .ruleGroup: line.append("GROUP")
    case .managedRuleGroup: line.append("MANAGED_RULE_GROUP")
    }
    line.append("\",\"action\":")
    line.append(verdict.action)
    line.append(",\"terminatingRuleMatchDetails\":")
    appendMatchDetails(of: verdict.rule, details, to: &line)
    line.append(",\"httpSourceName\":")
    if !record.sourceName.isEmpty, record.raw[.httpSourceName] != nil {
      appendValue(.httpSourceName, of: record, to: &line)
    } else if !record.sourceName.isEmpty {
      line.appendJSON(record.storage.span.extracting(record.sourceName.bounds))
    } else {
      line.append(contentsOf: texts.sourceName)
    }
    line.append(",\"httpSourceId\":")
    if let range = record.raw[.httpSourceId],
      record.storage[Int(range.start)] == UInt8(ascii: "\"")
    {
      appendValue(.httpSourceId, of: record, to: &line)
    } else {
      line.append("\"-\"")
    }
  }

  private func appendResponseCode(_ verdict: Verdict, to line: inout [UInt8]) {
    let code = verdict.action.loggedCode(custom: verdict.responseCode)
    line.append(contentsOf: code == 0 ? Array("null".utf8) : Array(String(code).utf8))
  }

  private func appendRaw(
    _ member: RawMember, of record: borrowing RequestRecord, to line: inout [UInt8]
  ) {
    // `null` counts as a member that is not there.
    guard let range = record.raw[member], record.storage[Int(range.start)] != UInt8(ascii: "n")
    else { return }
    line.append(",\"")
    line.append(contentsOf: member.key.utf8)
    line.append("\":")
    appendValue(member, of: record, to: &line)
  }

  private func appendValue(
    _ member: RawMember, of record: borrowing RequestRecord, to line: inout [UInt8]
  ) {
    guard let range = record.raw[member] else { return }
    line.appendRawJSON(record.storage.span.extracting(range.bounds))
  }

  /// Listed only where there are any, as in the service's own logs.
  private func appendOversizeFields(_ details: VerdictDetails, to line: inout [UInt8]) {
    guard !details.oversize.isEmpty else { return }
    line.append(",\"oversizeFields\":[\"")
    line.append(contentsOf: details.oversize.logNames.joined(separator: "\",\"").utf8)
    line.append("\"]")
  }

  // MARK: Labels

  /// How many labels the service logs.
  private static let loggedLabels = 100

  private func appendLabels(_ details: VerdictDetails, to line: inout [UInt8]) {
    var count = 0
    for label in details.labels {
      switch label {
      case .label(let index):
        appendLabel(texts.labels[index], &count, to: &line)
      case .text(let range):
        var quoted: [UInt8] = []
        quoted.appendJSON(details.texts.span.extracting(range.bounds))
        appendLabel(quoted, &count, to: &line)
      }
    }
    if count > 0 { line.append("]") }
  }

  private func appendLabel(_ quoted: [UInt8], _ count: inout Int, to line: inout [UInt8]) {
    guard count < Self.loggedLabels else { return }
    line.append(count == 0 ? ",\"labels\":[{\"name\":" : ",{\"name\":")
    line.append(contentsOf: quoted)
    line.append("}")
    count += 1
  }
}

extension [UInt8] {
  /// Appends the action's name in logs as a JSON string.
  mutating func append(_ action: Action) {
    append("\"")
    append(contentsOf: action.logName.utf8)
    append("\"")
  }
}
