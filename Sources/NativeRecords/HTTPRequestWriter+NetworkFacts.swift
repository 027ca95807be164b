import Bytes
package import WAFRequests

extension HTTPRequestWriter {
  /// Appends what stands beside `httpRequest` and is known of the body's size, the TLS handshake and
  /// the client's network, each with a comma before.
  package mutating func appendNetworkFacts(
    of record: borrowing RequestRecord, to line: inout [UInt8]
  ) {
    if case .observed(let size) = record.bodySize {
      append("requestBodySize", size, to: &line)
    }
    if let size = record.inspectedBodySize {
      append("requestBodySizeInspectedByWAF", size, to: &line)
    }
    appendFingerprints(of: record, to: &line)
    if let asn = record.clientASN { append("clientAsn", Int(asn), to: &line) }
    if let asn = record.forwardedASN { append("forwardedAsn", Int(asn), to: &line) }
  }

  private func append(_ name: StaticString, _ value: Int, to line: inout [UInt8]) {
    line.append(",\"")
    line.append(name)
    line.append("\":")
    line.append(contentsOf: String(value).utf8)
  }
}
