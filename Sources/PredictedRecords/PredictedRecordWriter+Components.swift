import Bytes
import IPAddressing
import WAFRequests

extension PredictedRecordWriter {
  /// Writes `httpRequest` of a record that was no JSON, from its components.
  mutating func appendComponents(of record: borrowing RequestRecord, to line: inout [UInt8]) {
    let bytes = record.storage.span
    line.append("{")
    var separator = Separator()
    if case .address(let address) = record.clientIP {
      separator.append(to: &line)
      line.append("\"clientIp\":")
      line.appendJSON(address.description)
    }
    switch record.country {
    case .notRecorded: break
    case .undetermined:
      separator.append(to: &line)
      line.append("\"country\":\"-\"")
    case .code(let code):
      separator.append(to: &line)
      line.append("\"country\":")
      line.appendJSON(code.text)
    }
    if record.headersAreComplete || !record.headers.isEmpty {
      separator.append(to: &line)
      appendHeaders(record, to: &line)
    }
    appendComponent("uri", record.path, bytes, &separator, to: &line)
    appendComponent("args", record.query, bytes, &separator, to: &line)
    appendComponent("httpVersion", record.httpVersion, bytes, &separator, to: &line)
    appendComponent("httpMethod", record.method, bytes, &separator, to: &line)
    if !record.requestID.isEmpty {
      separator.append(to: &line)
      line.append("\"requestId\":")
      line.appendJSON(bytes.extracting(record.requestID.bounds))
    }
    appendBody(record, &separator, to: &line)
    line.append("}")
  }

  private mutating func appendComponent(
    _ name: StaticString, _ component: Component, _ bytes: Span<UInt8>,
    _ separator: inout Separator, to line: inout [UInt8]
  ) {
    switch component.state {
    case .notRecorded, .absent: return
    case .redacted:
      separator.append(to: &line)
      line.append("\"")
      line.append(name)
      line.append("\":\"REDACTED\"")
    case .known, .lossy, .prefix, .empty, .absentOrEmpty:
      separator.append(to: &line)
      let value = bytes.extracting(component.range.bounds)
      if name.utf8CodeUnitCount == 4 {
        appendQuery(value, to: &line)
      } else {
        appendText(name, value, to: &line)
      }
    }
  }

  private mutating func appendBody(
    _ record: borrowing RequestRecord, _ separator: inout Separator, to line: inout [UInt8]
  ) {
    switch record.body.state {
    case .absent, .empty, .absentOrEmpty:
      separator.append(to: &line)
      line.append("\"body\":\"\"")
    case .known, .lossy, .prefix:
      guard !masksSecrets else {
        noteMasked("body")
        return
      }
      separator.append(to: &line)
      let body = record.storage.span.extracting(record.body.range.bounds)
      if [UInt8].isUTF8(body) {
        line.append("\"body\":")
        line.appendJSON(body)
      } else {
        line.append("\"bodyBase64\":\"")
        line.append(contentsOf: Base64.encode(body))
        line.append("\"")
      }
    case .redacted, .notRecorded: break
    }
  }

  /// The states that the members of `appendComponents` do not tell by themselves.
  func componentStates(_ record: borrowing RequestRecord) -> [(name: String, state: String)] {
    var states: [(name: String, state: String)] = []
    func note(_ name: String, _ component: Component) {
      switch component.state {
      case .known, .redacted, .notRecorded: break
      case .absentOrEmpty where name == "args": break
      case .absent, .empty, .absentOrEmpty, .lossy, .prefix:
        states.append((name, component.state.name))
      }
    }
    note("uri", record.path)
    note("args", record.query)
    note("httpVersion", record.httpVersion)
    note("httpMethod", record.method)
    if !record.headersAreComplete, !record.headers.isEmpty {
      states.append(("headers", ComponentState.prefix.name))
    }
    if !masksSecrets, record.body.state == .lossy || record.body.state == .prefix {
      note("body", record.body)
    }
    return states
  }
}
