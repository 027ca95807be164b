import WAFRequests

/// A recorded request, as the oracle sees it.
struct OracleRequest {
  /// What the recording tells of a part.
  enum Part: Hashable {
    case absent
    case value(String)
    /// The part is there, or may be; its value is not recorded.
    case hidden
  }

  /// Milliseconds; nil where not recorded.
  var time: Int64?
  /// The last octet of the client's address; nil where not recorded.
  var client: Int?
  var method: String
  var path: String
  /// The header `x-key`.
  var header: Part
  /// The first address in `x-forwarded-for`, or text that is none.
  var forwarded: Part
  /// The argument `k`.
  var argument: Part

  static let values = ["a", "A", "b"]
  static let paths = ["/", "/login", "/api"]
  static let forwardedTexts = ["203.0.113.1", "203.0.113.2", "unknown"]

  var record: RequestRecord {
    get throws {
      var headers: [(name: String, value: String)] = []
      if header != .absent { headers.append(("X-Key", text(header))) }
      if forwarded != .absent { headers.append(("X-Forwarded-For", text(forwarded))) }
      let query =
        switch argument {
        case .absent: ""
        case .value(let value): "?k=\(value)"
        case .hidden: "?k=REDACTED"
        }
      var record = RequestRecord(
        method: method, uri: path + query, headers: headers,
        clientIP: client.map { "192.0.2.\($0)" }, country: "DE")
      record.timestamp = time
      if header == .hidden {
        try record.setState(.redacted, ofComponentNamed: Array("headers.x-key".utf8).span)
      }
      if forwarded == .hidden {
        try record.setState(.redacted, ofComponentNamed: Array("headers.x-forwarded-for".utf8).span)
      }
      return record
    }
  }

  private func text(_ part: Part) -> String {
    if case .value(let text) = part { return text }
    return "x"
  }
}
