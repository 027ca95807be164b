import Bytes
package import WAFRequests

/// Decodes AWS WAF log records and wafcast's native records, which are those with additions.
///
/// One pass over the record's bytes: members that are needed are decoded, the others are skipped
/// and their syntax is checked. The record's bytes are copied to the start of the request's arena,
/// so a string without escapes needs no further copy; nothing is allocated once the arena is large
/// enough.
///
/// A known member that stands twice, or that has another JSON type than it must have, refuses the
/// record. `null` counts as a member that is not there. Members that are not known are ignored.
package struct WAFLogDecoder: Sendable {
  let members = KeyTable<MemberKey>()
  let requestKeys = KeyTable<HTTPRequestKey>()
  let headerKeys = KeyTable<HeaderKey>()
  let wafcastKeys = KeyTable<WafcastKey>()
  let expectKeys = KeyTable<ExpectKey>()
  let labelKeys = KeyTable<LabelKey>()
  let responseKeys = KeyTable<TokenResponseKey>()
  let entryKeys = KeyTable<RuleEntryKey>()
  let paymentKeys = KeyTable<PaymentKey>()

  package init() {}

  /// Decodes one record into `request`, whose former content is dropped and whose memory is kept.
  ///
  /// After an error `request` is empty.
  package func decode(
    _ record: Span<UInt8>, position: RecordPosition = RecordPosition(),
    into request: inout RequestRecord
  ) throws(RecordError) {
    request.reset()
    let fault: RecordFault
    do {
      try decodeRecord(record, into: &request)
      request.position = position
      return
    } catch let error as RecordFault {
      fault = error
    } catch let error as JSONScanError {
      fault = RecordFault(error)
    } catch {
      fault = RecordFault(.invalidJSON, "unreadable", offset: 0)
    }
    request.reset()
    let path = JSONPath.text(of: fault.offset, in: record)
    throw RecordError(
      fault.code, path.isEmpty ? fault.problem : "\(path): \(fault.problem)", offset: fault.offset)
  }

  private func decodeRecord(_ record: Span<UInt8>, into request: inout RequestRecord) throws {
    guard record.count < 1 << 30 else {
      // The arena's ranges are 32-bit.
      throw RecordFault(.recordTooLarge, "the record is larger than 1 GiB", offset: 0)
    }
    request.storage.append(contentsOf: record)
    var scanner = JSONScanner(record)
    var parts = RecordParts()
    try scanner.enterObject()
    var isFirst = true
    while let key = try scanner.nextKey(isFirst: isFirst) {
      isFirst = false
      guard let member = try members.match(key, in: record, seen: &parts.seen) else {
        try scanner.skipValue()
        continue
      }
      _ = scanner.peek()
      let start = scanner.position
      try decode(member, from: &scanner, of: record, parts: &parts, into: &request)
      if let rawMember = member.rawMember {
        request.raw[rawMember] = ByteRange(start: start, count: scanner.position - start)
      }
    }
    try scanner.expectEnd()
    guard parts.hasHTTPRequest else {
      throw RecordFault(.noHTTPRequest, Self.missingRequest(in: record), offset: 0)
    }
    if request.recorded.isPrediction { dropPredicted(&parts, from: &request) }
    request.captcha = parts.captcha.evidence
    request.challenge = parts.challenge.evidence
    try finishRequest(record, parts: parts, into: &request)
    let statesBody = try applyStates(record, parts: parts, into: &request)
    request.settleBody(
      observedSize: parts.observedBodySize, recordedSize: parts.recordedBodySize,
      infersAbsence: !statesBody)
  }

  /// What to say of a record without a request; exports of CloudWatch Logs are the usual reason.
  private static func missingRequest(in record: Span<UInt8>) -> String {
    let problem = "the record has no 'httpRequest'"
    for key in ["\"@message\"", "\"message\"", "\"logEvents\""] {
      let bytes = Array(key.utf8)
      if record.contains(bytes.span) {
        return problem + "; it looks like an export of CloudWatch Logs: take out the messages first"
          + " (jq -r '.events[].message')"
      }
    }
    return problem
  }

  private func decode(
    _ member: MemberKey, from scanner: inout JSONScanner, of record: Span<UInt8>,
    parts: inout RecordParts, into request: inout RequestRecord
  ) throws {
    switch member {
    case .httpRequest:
      try decodeHTTPRequest(from: &scanner, of: record, parts: &parts, into: &request)
    case .timestamp: request.timestamp = try timestamp(from: &scanner, of: record)
    case .webaclId:
      request.webACLARN = try text(try scanner.stringOrNull(), of: record, into: &request)
    case .httpSourceName:
      request.sourceName = try text(try scanner.stringOrNull(), of: record, into: &request)
    case .action:
      request.recorded.action = try text(try scanner.stringOrNull(), of: record, into: &request)
    case .terminatingRuleId:
      request.recorded.terminatingRuleID = try text(
        try scanner.stringOrNull(), of: record, into: &request)
    case .requestBodySize: parts.observedBodySize = try scanner.sizeOrNull(in: record)
    case .oversizeFields:
      request.serviceFoundOversizeBody = try findsOversizeBody(from: &scanner, of: record)
    case .labels:
      try decodeLabels(from: &scanner, of: record, parts: &parts, into: &request)
    case .captchaResponse:
      parts.captcha.response = try tokenResponse(from: &scanner, of: record)
    case .challengeResponse:
      parts.challenge.response = try tokenResponse(from: &scanner, of: record)
    case .nonTerminatingMatchingRules:
      try decodeRuleEntries(from: &scanner, of: record, parts: &parts)
    case .monetizeVerifyResponse:
      request.paymentVerified = try verifiedPayment(from: &scanner, of: record)
    case .requestBodySizeInspectedByWAF:
      request.inspectedBodySize = try scanner.sizeOrNull(in: record)
    case .clientAsn: request.clientASN = try asn(from: &scanner, of: record)
    case .forwardedAsn: request.forwardedASN = try asn(from: &scanner, of: record)
    case .ja3Fingerprint: parts.ja3Fingerprint.plain = try scanner.stringOrNull()
    case .ja3FingerprintBase64: parts.ja3Fingerprint.base64 = try scanner.stringOrNull()
    case .ja4Fingerprint: parts.ja4Fingerprint.plain = try scanner.stringOrNull()
    case .ja4FingerprintBase64: parts.ja4Fingerprint.base64 = try scanner.stringOrNull()
    case .wafcast:
      try decodeWafcast(from: &scanner, of: record, parts: &parts, into: &request)
    case .formatVersion, .httpSourceId, .cfDistributionTenantId: try scanner.skipValue()
    }
  }

  private func timestamp(
    from scanner: inout JSONScanner, of record: Span<UInt8>
  ) throws -> Int64? {
    if try scanner.skipNull() { return nil }
    let start = scanner.position
    let isText = scanner.peek() == UInt8(ascii: "\"")
    let range = isText ? try scanner.string().range : try scanner.number()
    let text = record.extracting(range.bounds)
    if let value = JSONNumber.integer(text) ?? (isText ? RFC3339.milliseconds(of: text) : nil) {
      return value
    }
    throw RecordFault(
      .invalidValue, "expected milliseconds since 1970 or RFC 3339 text", offset: start)
  }
}

/// What is gathered of one record before it can be judged.
struct RecordParts {
  var seen: UInt64 = 0
  var hasHTTPRequest = false
  var method = TwinString()
  var uri = TwinString()
  var args = TwinString()
  var httpVersion = TwinString()
  var fragment = TwinString()
  var scheme = TwinString()
  var body = TwinString()
  var ja3Fingerprint = TwinString()
  var ja4Fingerprint = TwinString()
  var captcha = TokenSources()
  var challenge = TokenSources()
  /// `requestBodySize`, and `wafcast.bodySize`.
  var observedBodySize: Int?
  var recordedBodySize: Int?
  /// Where the values of `wafcast.state` and `wafcast.masked` stand.
  var states: ByteRange?
  var masked: ByteRange?
}

/// A string and its base64 twin, which holds the exact bytes.
struct TwinString {
  var plain: JSONString?
  var base64: JSONString?

  /// Whether the record has one of the two.
  var isRecorded: Bool { plain != nil || base64 != nil }
}

/// The members of a record that are read or passed on.
enum MemberKey: String, RecordKey {
  case timestamp, formatVersion, webaclId, terminatingRuleId, action, httpSourceName, httpSourceId
  case cfDistributionTenantId, httpRequest, requestBodySize, requestBodySizeInspectedByWAF
  case ja3Fingerprint, ja4Fingerprint, clientAsn, forwardedAsn, oversizeFields, labels, wafcast
  case captchaResponse, challengeResponse, nonTerminatingMatchingRules, monetizeVerifyResponse
  case ja3FingerprintBase64, ja4FingerprintBase64

  var rawMember: RawMember? {
    switch self {
    case .timestamp: .timestamp
    case .formatVersion: .formatVersion
    case .webaclId: .webaclId
    case .httpSourceName: .httpSourceName
    case .httpSourceId: .httpSourceId
    case .cfDistributionTenantId: .cfDistributionTenantId
    case .httpRequest: .httpRequest
    case .requestBodySize: .requestBodySize
    case .requestBodySizeInspectedByWAF: .requestBodySizeInspectedByWAF
    case .ja3Fingerprint: .ja3Fingerprint
    case .ja4Fingerprint: .ja4Fingerprint
    case .clientAsn: .clientAsn
    case .forwardedAsn: .forwardedAsn
    case .oversizeFields: .oversizeFields
    case .labels: .labels
    case .wafcast: .wafcast
    case .terminatingRuleId, .action, .captchaResponse, .challengeResponse,
      .nonTerminatingMatchingRules, .monetizeVerifyResponse, .ja3FingerprintBase64,
      .ja4FingerprintBase64:
      nil
    }
  }
}
