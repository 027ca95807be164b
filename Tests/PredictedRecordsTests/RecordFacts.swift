import Bytes
import IPAddressing
import NativeRecords
import WAFRequests

/// All that a record says, apart from where in memory it says it: two records with the same facts
/// are the same recording.
struct RecordFacts: Hashable, CustomStringConvertible {
  var description: String { members.joined(separator: "\n") }
  private var members: [String] = []

  init(_ record: RequestRecord) {
    func bytes(_ range: ByteRange) -> String {
      record.bytes(range).map { $0 < 0x7F && $0 > 0x1F ? "\(UnicodeScalar($0))" : "\\\($0)" }
        .joined()
    }
    func component(_ component: Component) -> String {
      "\(component.state.name) '\(bytes(component.range))'"
    }
    func add(_ name: String, _ value: String) { members.append("\(name): \(value)") }
    add("timestamp", "\(record.timestamp.map(String.init) ?? "-")")
    add("method", component(record.method))
    add("path", component(record.path))
    add("query", component(record.query))
    add("version", component(record.httpVersion))
    add("scheme", component(record.scheme))
    add("fragment", component(record.fragment))
    add("ja3", component(record.ja3Fingerprint))
    add("ja4", component(record.ja4Fingerprint))
    for header in record.headers {
      add("header '\(bytes(header.name))'", component(header.value))
    }
    add("headers are complete", "\(record.headersAreComplete)")
    add("headers are in order", "\(record.headersAreInOrder)")
    add("hidden headers", "\(record.hiddenHeaders.rawValue)")
    add("body", component(record.body))
    add("absence", record.body.state == .absent ? "\(record.bodyAbsence)" : "-")
    add("size", "\(record.bodySize)")
    add("inspected size", "\(record.inspectedBodySize.map(String.init) ?? "-")")
    add("oversize", "\(record.serviceFoundOversizeBody)")
    add("client", "\(record.clientIP)")
    add("country", "\(record.country)")
    add("region", record.recordedRegion.map(bytes) ?? "-")
    add("forwarded country", "\(record.forwardedCountry)")
    add("forwarded region", record.forwardedRegion.map(bytes) ?? "-")
    add("ASN", "\(record.clientASN.map(String.init) ?? "-")")
    add("forwarded ASN", "\(record.forwardedASN.map(String.init) ?? "-")")
    add("captcha", "\(record.captcha)")
    add("challenge", "\(record.challenge)")
    add("payment", "\(record.paymentVerified.map(String.init) ?? "-")")
    for (name, range) in [
      ("id", record.requestID), ("source", record.sourceName), ("ACL", record.webACLARN),
      ("provenance", record.provenance), ("action", record.recorded.action),
      ("rule", record.recorded.terminatingRuleID),
      ("expected action", record.recorded.expectedAction),
      ("expected rule", record.recorded.expectedRule),
    ] { add(name, bytes(range)) }
    add("prediction", "\(record.recorded.isPrediction)")
  }

  /// The facts in which two records differ.
  func difference(from other: RecordFacts) -> [String] {
    members.filter { !other.members.contains($0) } + ["— not —"]
      + other.members.filter { !members.contains($0) }
  }
}
