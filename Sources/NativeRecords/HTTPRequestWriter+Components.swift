import Bytes
import IPAddressing
package import WAFRequests

extension HTTPRequestWriter {
  /// Writes `httpRequest` from the record's components, and notes the states that it doesn't tell.
  package mutating func appendComponents(of record: borrowing RequestRecord, to line: inout [UInt8])
  {
    line.append("{")
    var separator = Separator()
    appendClient(record, &separator, to: &line)
    if record.headersAreComplete || !record.headers.isEmpty {
      separator.append(to: &line)
      appendHeaders(record, to: &line)
    }
    append("uri", record.path, of: record, leftOut: .notRecorded, &separator, to: &line)
    // A query is taken out of a URI beside which there is no `args`.
    append(
      "args", record.query, of: record, leftOut: hasQuestionMark(record) ? nil : .notRecorded,
      empty: .absentOrEmpty, &separator, to: &line)
    append(
      "httpVersion", record.httpVersion, of: record, leftOut: .notRecorded, &separator, to: &line)
    append("httpMethod", record.method, of: record, leftOut: .notRecorded, &separator, to: &line)
    if !record.requestID.isEmpty {
      separator.append(to: &line)
      line.append("\"requestId\":")
      line.appendJSON(record.storage.span.extracting(record.requestID.bounds))
    }
    append(
      "fragment", record.fragment, of: record, leftOut: record.stateOfMissingFragment,
      empty: .absent, &separator, to: &line)
    append(
      "scheme", record.scheme, of: record, leftOut: .notRecorded, empty: .notRecorded, &separator,
      to: &line)
    appendBody(record, &separator, to: &line)
    line.append("}")
    noteHeaderStates(record)
  }

  /// Appends the TLS fingerprints, which stand beside `httpRequest`, each with a comma before.
  package mutating func appendFingerprints(
    of record: borrowing RequestRecord, to line: inout [UInt8]
  ) {
    let missing = record.stateOfMissingFingerprint
    var separator = Separator(isFirst: false)
    append(
      "ja3Fingerprint", record.ja3Fingerprint, of: record, leftOut: missing, empty: missing,
      &separator, to: &line)
    append(
      "ja4Fingerprint", record.ja4Fingerprint, of: record, leftOut: missing, empty: missing,
      &separator, to: &line)
  }

  private func hasQuestionMark(_ record: borrowing RequestRecord) -> Bool {
    record.path.state.hasBytes
      && record.storage.span.extracting(record.path.range.bounds)
        .firstIndex(of: UInt8(ascii: "?")) != nil
  }

  private func appendClient(
    _ record: borrowing RequestRecord, _ separator: inout Separator, to line: inout [UInt8]
  ) {
    switch record.clientIP {
    case .notRecorded: break
    case .invalid:
      separator.append(to: &line)
      // Any text that is no address reads as what was there: something that is none.
      line.append("\"clientIp\":\"invalid\"")
    case .address(let address):
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
  }

  /// Appends a component.
  ///
  /// - Parameters:
  ///   - leftOut: what it says that there is no such member; nil where the member must be there.
  ///   - empty: what it says that the member is `""`.
  private mutating func append(
    _ name: StaticString, _ component: Component, of record: borrowing RequestRecord,
    leftOut: ComponentState?, empty: ComponentState = .empty, _ separator: inout Separator,
    to line: inout [UInt8]
  ) {
    let state = component.hasNoBytes ? ComponentState.notRecorded : component.state
    let told: ComponentState
    switch state {
    case .known, .lossy, .prefix:
      separator.append(to: &line)
      let value = record.storage.span.extracting(component.range.bounds)
      told = appendValue(name, value, state, to: &line)
    case .redacted:
      separator.append(to: &line)
      line.append("\"")
      line.append(name)
      line.append("\":\"REDACTED\"")
      told = .redacted
    case .absent, .empty, .absentOrEmpty, .notRecorded:
      if let leftOut, state == leftOut || state != empty {
        told = leftOut
      } else {
        separator.append(to: &line)
        line.append("\"")
        line.append(name)
        line.append("\":\"\"")
        told = empty
      }
    }
    if told != state { noteState(name, state) }
  }

  private mutating func appendValue(
    _ name: StaticString, _ value: Span<UInt8>, _ state: ComponentState, to line: inout [UInt8]
  ) -> ComponentState {
    switch name.description {
    case "uri": appendPath(value, state, to: &line)
    case "args": appendQuery(value, state, to: &line)
    case "fragment": appendFragment(value, state, to: &line)
    default: appendText(name, value, state, to: &line)
    }
  }

  // MARK: Body

  private mutating func appendBody(
    _ record: borrowing RequestRecord, _ separator: inout Separator, to line: inout [UInt8]
  ) {
    let state = record.body.hasNoBytes ? ComponentState.notRecorded : record.body.state
    switch state {
    case .absent where isImplied(record.bodyAbsence, record): break
    case .absent, .empty, .absentOrEmpty:
      separator.append(to: &line)
      line.append("\"body\":\"\"")
      if state != .absent { noteState("body", state) }
    case .known, .lossy, .prefix:
      guard !masksSecrets else {
        noteMasked("body")
        return
      }
      separator.append(to: &line)
      let body = record.storage.span.extracting(record.body.range.bounds)
      var told = ComponentState.known
      let isExact = state != .known || body.firstReplacement == nil
      if isExact, [UInt8].isUTF8(body) {
        line.append("\"body\":")
        line.appendJSON(body)
        if body.firstReplacement != nil { told = .lossy }
      } else {
        line.append("\"bodyBase64\":\"")
        line.append(contentsOf: Base64.encode(body))
        line.append("\"")
      }
      if told != state { noteState("body", state) }
    case .redacted: noteState("body", .redacted)
    case .notRecorded:
      // Headers that prove a body absent would be read so.
      if record.bodySize == .unknown, record.impliedBodyAbsence != nil {
        noteState("body", .notRecorded)
      }
    }
  }

  /// Whether the lack of a body is what the headers imply; to state it would say more than was
  /// recorded.
  private func isImplied(_ absence: BodyAbsence, _ record: borrowing RequestRecord) -> Bool {
    absence != .recorded && record.bodySize == .unknown && record.impliedBodyAbsence == absence
  }

  /// The size of the body that has to be stated, because the written body and the headers tell
  /// another one, or none.
  package func untoldBodySize(_ record: borrowing RequestRecord) -> Int? {
    let bodySize = record.bodySize
    let declared = BodyFraming(of: record).declaredSize ?? 0
    let count = masksSecrets ? 0 : Int(record.body.range.count)
    switch bodySize {
    case .observed: return nil
    case .recorded(let size):
      let isAbsent =
        switch record.body.state {
        case .absent, .empty, .absentOrEmpty: true
        case .known, .lossy, .prefix, .redacted, .notRecorded: false
        }
      return size == (isAbsent ? 0 : max(count, declared)) ? nil : size
    case .unknown:
      // A longer `content-length` that does not count: the recording stated a size beside it.
      let isWritten = record.body.state == .redacted || count > 0
      return isWritten && declared > count ? count : nil
    }
  }
}

extension Span<UInt8> {
  /// Where U+FFFD stands; nil where it does not.
  fileprivate var firstReplacement: Int? {
    let first: UInt8 = 0xEF
    var start = 0
    while let index = firstIndex(of: first, from: start) {
      if index + 2 < count, self[index + 1] == 0xBF, self[index + 2] == 0xBD { return index }
      start = index + 1
    }
    return nil
  }
}
