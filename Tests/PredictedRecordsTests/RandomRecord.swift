import Bytes
import IPAddressing
import NativeRecords
import TestSupport
import WAFRequests

/// Makes records of all kinds: every state of every component, odd bytes, conflicting headers.
struct RandomRecord {
  private var numbers: SplitMix

  init(seed: UInt64) {
    numbers = SplitMix(state: seed)
  }

  mutating func next() -> RequestRecord {
    var record = RequestRecord()
    if chance(0.8) {
      record.timestamp = pick([0, -1, 1_746_057_599_999, 1_746_057_600_000, 1_792_047_605_802])
    }
    record.method = pick([
      known("GET", &record), known("POST", &record), known("DELETE", &record),
      component(&record),
    ])
    record.httpVersion = pick([
      known("HTTP/1.1", &record), known("HTTP/2.0", &record), component(&record),
    ])
    record.path = component(&record)
    record.query = component(&record)
    record.scheme = pick([
      known("https", &record), known("HTTP", &record), .notRecorded, component(&record),
    ])
    record.fragment = component(&record)
    record.ja3Fingerprint = component(&record)
    record.ja4Fingerprint = component(&record)
    addHeaders(to: &record)
    addFacts(to: &record)
    addBody(to: &record)
    return record
  }

  // MARK: Parts

  private mutating func addHeaders(to record: inout RequestRecord) {
    record.headersAreComplete = chance(0.6)
    record.headersAreInOrder = chance(0.7)
    let names = ["Host", "x-a", "X-A", "", " x-a ", "cookie", "content-length", "x.b", "\u{FFFD}"]
    for _ in 0..<Int.random(in: 0...5, using: &numbers) {
      let name =
        chance(0.1) ? record.append([0x78, 0xFF] as [UInt8]) : record.append(pick(names).utf8)
      record.headers.append(Header(name: name, value: component(&record)))
    }
    if chance(0.2) { addHeader("content-length", pick(["0", "3", "900"]), to: &record) }
    if chance(0.1) { addHeader("Transfer-Encoding", "chunked", to: &record) }
    for (name, header) in HiddenHeaders.names
    where record.headersAreComplete && record.indexOfHeader(named: name.span) == nil {
      if chance(0.3) { record.hiddenHeaders.insert(header) }
    }
  }

  private mutating func addHeader(
    _ name: String, _ value: String, to record: inout RequestRecord
  ) {
    record.appendHeader(name: Array(name.utf8).span, value: Array(value.utf8).span)
  }

  private mutating func addFacts(to record: inout RequestRecord) {
    if chance(0.5) { record.clientIP = pick([.invalid, address("192.0.2.1"), address("::1")]) }
    record.country = country()
    if chance(0.3) { record.recordedRegion = record.append("DE-BE".utf8) }
    record.forwardedCountry = country()
    if chance(0.3) { record.forwardedRegion = record.append("XX-XX".utf8) }
    if chance(0.3) { record.clientASN = pick([0, 64500, .max]) }
    if chance(0.3) { record.forwardedASN = pick([0, 64500, .max]) }
    record.captcha = token()
    record.challenge = token()
    if chance(0.3) { record.paymentVerified = chance(0.5) }
    if chance(0.3) { record.inspectedBodySize = 8192 }
    record.serviceFoundOversizeBody = chance(0.2)
    if chance(0.5) { record.requestID = record.append("1-ä\"".utf8) }
    if chance(0.5) { record.sourceName = record.append("ALB".utf8) }
    if chance(0.5) { record.webACLARN = record.append("arn:aws:wafv2".utf8) }
    if chance(0.3) { record.provenance = record.append("by hand".utf8) }
    if chance(0.3) { record.recorded.expectedAction = record.append("BLOCK".utf8) }
    if chance(0.3) { record.recorded.expectedRule = record.append("a/b".utf8) }
    if chance(0.3) { record.recorded.action = record.append("ALLOW".utf8) }
    if chance(0.3) { record.recorded.terminatingRuleID = record.append("a".utf8) }
  }

  private mutating func addBody(to record: inout RequestRecord) {
    record.body = chance(0.3) ? .notRecorded : component(&record)
    if record.body.state == .empty, chance(0.5) { record.body = .absent }
    record.settleBody(
      observedSize: chance(0.3) ? pick([0, 2, 5000]) : nil,
      recordedSize: chance(0.3) ? pick([0, 2, 5000]) : nil, infersAbsence: chance(0.6))
  }

  // MARK: Values

  private mutating func component(_ record: inout RequestRecord) -> Component {
    let state = pick(ComponentState.allCases)
    guard state.hasBytes else { return Component(state) }
    let values: [[UInt8]] = [
      "a", "REDACTED", "?a=1", "#x", "-", "/p?q=1&token=2", "password=1&b", "a\u{FFFD}", "ä\n\"\\",
      "\u{0}", "null",
    ].map { Array($0.utf8) }
    let bytes = pick(values + [[0xFF, 0x00, 0x80], [0x3F, 0xC3], [0xED, 0xA0, 0x80]])
    return Component(state, record.append(bytes))
  }

  private func known(_ text: String, _ record: inout RequestRecord) -> Component {
    Component(.known, record.append(text.utf8))
  }

  private func address(_ text: String) -> ClientAddress {
    IPAddress(text).map { .address($0) } ?? .invalid
  }

  private mutating func country() -> Country {
    pick([.notRecorded, .undetermined, Country(Array("de".utf8).span)])
  }

  private mutating func token() -> TokenEvidence {
    let finding: TokenEvidence.Finding = pick([
      .notRecorded, .valid, .missing, .expired, .invalid, .domainMismatch,
    ])
    let hasTime = finding != .notRecorded && chance(0.5)
    return TokenEvidence(finding: finding, solveTimestamp: hasTime ? 1_762_000_000 : nil)
  }

  private mutating func chance(_ share: Double) -> Bool {
    Double.random(in: 0..<1, using: &numbers) < share
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &numbers)]
  }
}
