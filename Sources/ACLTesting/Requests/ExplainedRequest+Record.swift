import NativeRecords
import ReportText
package import WAFReports
package import WAFRequests

extension ExplainedRequest {
  /// The request of a record.
  package init(_ record: RequestRecord, masksSecrets: Bool) {
    func text(_ component: Component) -> String? {
      switch component.state {
      case .known, .lossy, .prefix: shown(record.bytes(component.range))
      case .absent, .empty, .absentOrEmpty: ""
      case .redacted, .notRecorded: nil
      }
    }
    let path = text(record.path)
    var target = path ?? "?"
    if path?.isEmpty == false {
      target = Explanation.shownPath(
        Array(record.bytes(record.path.range)), masksSecrets: masksSecrets)
    }
    switch record.query.state {
    case .known, .lossy, .prefix:
      target +=
        "?"
        + Explanation.shownQuery(
          Array(record.bytes(record.query.range)), masksSecrets: masksSecrets)
    case .redacted, .notRecorded: target += "?…"
    case .absent, .empty, .absentOrEmpty: break
    }
    // Servers are seldom sent one: only what is there is shown.
    if record.fragment.state == .known {
      target +=
        "#"
        + Explanation.shownQuery(
          Array(record.bytes(record.fragment.range)), masksSecrets: masksSecrets)
    }
    let host = record.headers.first { record.text($0.name).lowercased() == "host" }
    let client: String? =
      if case .address(let address) = record.clientIP { "\(address)" } else { nil }
    let country: String? = if case .code(let code) = record.country { code.text } else { nil }
    let id = record.text(record.requestID)
    self.init(
      method: text(record.method) ?? "?", target: target,
      host: host.flatMap { text($0.value) }, client: client, country: country,
      requestID: id.isEmpty ? nil : id)
  }
}
