import Bytes
package import WAFRequests

extension HTTPRequestWriter {
  /// Appends the member `headers`: all lines in their order.
  package mutating func appendHeaders(_ record: borrowing RequestRecord, to line: inout [UInt8]) {
    let bytes = record.storage.span
    line.append("\"headers\":[")
    var separator = Separator()
    for header in record.headers {
      separator.append(to: &line)
      line.append("{")
      let name = bytes.extracting(header.name.bounds)
      appendHeaderName(name, to: &line)
      line.append(",")
      _ = appendHeaderValue(header, bytes, to: &line)
      line.append("}")
    }
    line.append("]")
  }

  /// Bytes that are no UTF-8 ask for a twin, and so does U+FFFD, which would read as a damaged name.
  private func appendHeaderName(_ name: Span<UInt8>, to line: inout [UInt8]) {
    line.append("\"name\":")
    let isText = line.appendJSON(name)
    let replacement = Self.replacement
    let isReplaced = name.contains(replacement.span)
    guard !isText || isReplaced else { return }
    line.append(",\"nameBase64\":\"")
    line.append(contentsOf: Base64.encode(name))
    line.append("\"")
  }

  /// Appends a value and returns the state that it reads as.
  private mutating func appendHeaderValue(
    _ header: Header, _ bytes: Span<UInt8>, to line: inout [UInt8]
  ) -> ComponentState {
    let name = bytes.extracting(header.name.bounds)
    let value = bytes.extracting(header.value.range.bounds)
    if header.value.state == .redacted {
      line.append("\"value\":\"REDACTED\"")
      return .redacted
    }
    if masksSecrets, !value.isEmpty, SecretMask.isSecret(headerName: name) {
      noteMasked("headers.", name)
      line.append("\"value\":\"REDACTED\"")
      return .redacted
    }
    if masksSecrets, name.count == Self.referer.count,
      name.equalsIgnoringASCIICase(Self.referer.span), SecretMask.hasSecret(path: value)
    {
      noteMasked("headers.", name)
      return appendText("value", SecretMask.maskedPath(value).span, header.value.state, to: &line)
    }
    let state = appendText("value", value, header.value.state, to: &line)
    return value.isEmpty ? .empty : state
  }

  private static let referer = Array("referer".utf8)

  // MARK: States

  /// Notes the states of header lines that the lines do not tell, once they are written.
  ///
  /// Lines of one name that are all in one state share an entry `headers.NAME`; else a line has its
  /// own, `headers[N]`.
  mutating func noteHeaderStates(_ record: borrowing RequestRecord) {
    if !record.headersAreComplete, !record.headers.isEmpty { noteState("headers", .prefix) }
    if !record.headersAreInOrder { noteState("headerOrder", .lossy) }
    if record.headersAreComplete {
      if record.hiddenHeaders.contains(.cookie) { noteState("headers.cookie", .notRecorded) }
      if record.hiddenHeaders.contains(.authorization) {
        noteState("headers.authorization", .notRecorded)
      }
    }
    for (index, header) in record.headers.enumerated() where hasUntoldState(header, record) {
      let state = header.value.hasNoBytes ? .notRecorded : header.value.state
      let name = sharedName(of: header, record) ?? Array("headers[\(index)]".utf8)
      if !states.contains(where: { $0.name == name }) { states.append((name, state)) }
    }
  }

  private func hasUntoldState(_ header: Header, _ record: borrowing RequestRecord) -> Bool {
    var line: [UInt8] = []
    var copy = HTTPRequestWriter(masksSecrets: masksSecrets)
    switch header.value.state {
    case .known, .empty, .redacted: return false
    case .absent, .absentOrEmpty, .notRecorded: return true
    case .lossy, .prefix:
      let state = copy.appendHeaderValue(header, record.storage.span, to: &line)
      return copy.masked.isEmpty && state != header.value.state
    }
  }

  /// `headers.NAME` where all lines of the name are in the state of `header`.
  private func sharedName(
    of header: Header, _ record: borrowing RequestRecord
  ) -> [UInt8]? {
    let bytes = record.storage.span
    let name = bytes.extracting(RequestRecord.trimmed(header.name, in: bytes).bounds)
    guard !name.isEmpty, [UInt8].isUTF8(name) else { return nil }
    for other in record.headers where other.value.state != header.value.state {
      let range = RequestRecord.trimmed(other.name, in: bytes)
      if bytes.extracting(range.bounds).equalsIgnoringASCIICase(name) { return nil }
    }
    return Array("headers.".utf8) + [UInt8](name).asciiLowercased
  }
}

extension Component {
  /// Whether the component claims bytes and has none: of such a value nothing is known.
  var hasNoBytes: Bool { (state == .lossy || state == .prefix) && range.isEmpty }
}
