import Bytes
import IPAddressing
import NativeRecords
import PredictedRecords
package import WAFEngine
import WAFProgram
package import WAFRequests

/// The request at hand with its verdict and its keys.
///
/// One per worker: the record is decoded into it.
package struct SummarizedRequest {
  package var record = RequestRecord()
  package private(set) var keys = RequestKeys()
  private(set) var action = Action.allow
  private(set) var certainty = Certainty.indeterminate
  private(set) var possible: ActionSet = []
  private(set) var rule = ""
  /// The place of `rule` in a report; nil where it was given by name.
  private var rulePlace: Int?

  package init() {}

  package var position: RecordPosition { record.position }
  package var timestamp: Int64? { record.timestamp }

  package mutating func summarize(_ verdict: Verdict, rule: String) {
    summarize(verdict)
    self.rule = rule
    rulePlace = nil
  }

  /// The same by the place of the rule; that of the request before is mostly the same one.
  package mutating func summarize(_ verdict: Verdict, _ index: ReportIndex) {
    summarize(verdict)
    let place = index.place(of: verdict)
    guard rulePlace != place else { return }
    rule = index.names[place]
    rulePlace = place
  }

  private mutating func summarize(_ verdict: Verdict) {
    action = verdict.action
    certainty = verdict.certainty
    possible = verdict.possible
    // Parts of the record are handed over: the record as a whole would be copied.
    keys.setRoute(record.method, record.path, of: record.storage)
    keys.setClient(record.clientIP)
    keys.setCountry(record.country)
  }

  /// The request as an example to show.
  package func makeExample() -> RequestExample {
    let bytes = record.storage.span
    let host =
      record.indexOfHeader(named: Self.host.span).map { record.headers[$0].value.range } ?? .empty
    let address: IPAddress? =
      if case .address(let address) = record.clientIP { address } else { nil }
    var query: [UInt8]?
    if !record.query.range.isEmpty {
      query = SecretMask.maskedQuery(
        bytes.extracting(record.query.range.bounds), limit: Self.limit)
    }
    let path = SecretMask.maskedPath(
      bytes.extracting(record.path.range.bounds), limit: Self.limit)
    return RequestExample(
      position: position, requestID: copy(record.requestID), timestamp: timestamp,
      method: copy(record.method.range), host: copy(host), path: path, query: query,
      client: address, action: action, certainty: certainty, possible: possible,
      rule: rule)
  }

  private func copy(_ range: ByteRange) -> [UInt8] {
    [UInt8](record.storage.span.extracting(range.bounds.prefix(Self.limit)))
  }

  /// How much of a component an example keeps.
  private static let limit = 512
  private static let host = Array("host".utf8)
}
