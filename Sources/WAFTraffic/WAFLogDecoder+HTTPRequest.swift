import Bytes
import IPAddressing
import WAFRequests

/// The members of `httpRequest` that are read.
enum HTTPRequestKey: String, RecordKey {
  case clientIp, country, headers, uri, args, httpVersion, httpMethod, requestId
  case body, bodyBase64, uriBase64, argsBase64
}

/// The members of a header line.
enum HeaderKey: String, RecordKey {
  case name, value, nameBase64, valueBase64
}

extension WAFLogDecoder {
  /// Reads `httpRequest`.
  ///
  /// URI, query and body have a second spelling (`…Base64`), so they are only noted here, and
  /// decoded once the whole record has been seen.
  func decodeHTTPRequest(
    from scanner: inout JSONScanner, of record: Span<UInt8>, parts: inout RecordParts,
    into request: inout RequestRecord
  ) throws {
    try scanner.enterObject()
    parts.hasHTTPRequest = true
    var seen: UInt64 = 0
    var isFirst = true
    while let key = try scanner.nextKey(isFirst: isFirst) {
      isFirst = false
      guard let member = try requestKeys.match(key, in: record, seen: &seen) else {
        try scanner.skipValue()
        continue
      }
      if member == .headers {
        try decodeHeaders(from: &scanner, of: record, into: &request)
        continue
      }
      guard let string = try scanner.stringOrNull() else { continue }
      switch member {
      case .uri: parts.uri = string
      case .uriBase64: parts.uriBase64 = string
      case .args: parts.args = string
      case .argsBase64: parts.argsBase64 = string
      case .body: parts.body = string
      case .bodyBase64: parts.bodyBase64 = string
      case .httpMethod: request.method = component(string, of: record, into: &request)
      case .httpVersion: request.httpVersion = component(string, of: record, into: &request)
      case .requestId: request.requestID = try text(string, of: record, into: &request)
      case .clientIp:
        request.clientIP = clientAddress(
          component(string, of: record, into: &request), in: request.storage.span)
      case .country:
        let range = try text(string, of: record, into: &request)
        request.country = Country(request.storage.span.extracting(range.bounds))
      case .headers: break
      }
    }
  }

  private func clientAddress(_ component: Component, in bytes: Span<UInt8>) -> ClientAddress {
    guard component.state.hasBytes else { return .notRecorded }
    let text = bytes.extracting(component.range.bounds)
    if text.count == 1, text[0] == UInt8(ascii: "-") { return .notRecorded }
    return IPAddress(text).map { .address($0) } ?? .invalid
  }

  // MARK: Headers

  private func decodeHeaders(
    from scanner: inout JSONScanner, of record: Span<UInt8>, into request: inout RequestRecord
  ) throws {
    if try scanner.skipNull() { return }
    try scanner.enterArray()
    request.headersAreComplete = true
    var isFirst = true
    while try scanner.nextElement(isFirst: isFirst) {
      isFirst = false
      request.headers.append(try header(from: &scanner, of: record, into: &request))
    }
  }

  private func header(
    from scanner: inout JSONScanner, of record: Span<UInt8>, into request: inout RequestRecord
  ) throws -> Header {
    try scanner.enterObject()
    let start = scanner.position - 1
    var name: JSONString?
    var nameBase64: JSONString?
    var value: JSONString?
    var valueBase64: JSONString?
    var seen: UInt64 = 0
    var isFirst = true
    while let key = try scanner.nextKey(isFirst: isFirst) {
      isFirst = false
      switch try headerKeys.match(key, in: record, seen: &seen) {
      case .name: name = try scanner.stringOrNull()
      case .nameBase64: nameBase64 = try scanner.stringOrNull()
      case .value: value = try scanner.stringOrNull()
      case .valueBase64: valueBase64 = try scanner.stringOrNull()
      case nil: try scanner.skipValue()
      }
    }
    guard name != nil || nameBase64 != nil else {
      throw RecordFault(.invalidValue, "a header needs a name", offset: start)
    }
    let nameRange =
      if let nameBase64 {
        try base64(nameBase64, of: record, into: &request)
      } else {
        try text(name, of: record, into: &request)
      }
    // A header whose value is missing was there: only its value is not known.
    let component = try component(value, twin: valueBase64, of: record, into: &request)
    return Header(name: nameRange, value: component ?? Component(.redacted))
  }

  // MARK: URI, query and body

  /// Decodes what `decodeHTTPRequest` noted.
  func finishRequest(
    _ record: Span<UInt8>, parts: RecordParts, into request: inout RequestRecord
  ) throws {
    request.path =
      try component(parts.uri, twin: parts.uriBase64, of: record, into: &request) ?? .notRecorded
    if var query = try component(parts.args, twin: parts.argsBase64, of: record, into: &request) {
      if query.state.hasBytes, parts.argsBase64 == nil,
        request.storage[Int(query.range.start)] == UInt8(ascii: "?")
      {
        // Seen in edited logs: the query with its question mark.
        query = Component(query.state, dropping: 1, of: query.range)
      } else if query.state == .empty {
        query = Component(.absentOrEmpty)
      }
      request.query = query
    } else {
      splitQuery(from: &request)
    }
    if let bodyBase64 = parts.bodyBase64 {
      request.body = Component(exactly: try base64(bodyBase64, of: record, into: &request))
    } else if let body = parts.body {
      let (range, isExact) = decoded(body, of: record, into: &request)
      request.body = isExact ? Component(exactly: range) : Component(.lossy, range)
    }
    // `"body": ""` says that there is none.
    if request.body.state == .empty { request.body = .absent }
  }

  /// Takes apart path and query where a producer wrote both into `uri`.
  ///
  /// Only where the record has no `args`; beside `args` a question mark belongs to the path.
  private func splitQuery(from request: inout RequestRecord) {
    let path = request.path
    guard path.state.hasBytes,
      let mark = request.storage.span.extracting(path.range.bounds)
        .firstIndex(of: UInt8(ascii: "?"))
    else { return }
    request.query = Component(path.state, dropping: mark + 1, of: path.range)
    let front = ByteRange(start: Int(path.range.start), count: mark)
    request.path = mark == 0 ? Component(.empty) : Component(path.state, front)
  }

  // MARK: Text

  /// The component of a string and its base64 twin, which holds the exact bytes; nil without both.
  private func component(
    _ string: JSONString?, twin: JSONString?, of record: Span<UInt8>,
    into request: inout RequestRecord
  ) throws -> Component? {
    if let twin { return Component(exactly: try base64(twin, of: record, into: &request)) }
    return string.map { component($0, of: record, into: &request) }
  }

  /// The component of a string: redacted, empty, lossy or known.
  private func component(
    _ string: JSONString, of record: Span<UInt8>, into request: inout RequestRecord
  ) -> Component {
    let (range, isExact) = decoded(string, of: record, into: &request)
    if range.isEmpty { return Component(.empty) }
    if JSONText.equals("REDACTED", in: request.storage.span, range) { return Component(.redacted) }
    return Component(isExact ? .known : .lossy, range)
  }

  /// The bytes of a string that is no component of the request; none for no string.
  func text(
    _ string: JSONString?, of record: Span<UInt8>, into request: inout RequestRecord
  ) throws -> ByteRange {
    guard let string else { return .empty }
    return decoded(string, of: record, into: &request).range
  }

  /// Where the value of a string stands in the arena, and whether it is what was sent: U+FFFD tells
  /// of bytes that somebody on the way could not write.
  private func decoded(
    _ string: JSONString, of record: Span<UInt8>, into request: inout RequestRecord
  ) -> (range: ByteRange, isExact: Bool) {
    guard string.hasEscapes else {
      // The arena begins with the record, so the range holds there too.
      return (string.range, string.isASCII || !hasReplacement(string.range, in: request))
    }
    let start = request.storage.count
    let isExact = JSONText.unescape(string, in: record, into: &request.storage)
    let range = ByteRange(start: start, count: request.storage.count - start)
    return (range, isExact && !hasReplacement(range, in: request))
  }

  private func hasReplacement(_ range: ByteRange, in request: RequestRecord) -> Bool {
    request.storage.span.extracting(range.bounds).contains(Self.replacement.span)
  }

  private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// Appends the bytes of base64 text to the arena.
  private func base64(
    _ string: JSONString, of record: Span<UInt8>, into request: inout RequestRecord
  ) throws -> ByteRange {
    let text =
      string.hasEscapes ? decoded(string, of: record, into: &request).range : string.range
    guard let range = request.appendBase64(text) else {
      throw RecordFault(.invalidValue, "expected base64", offset: Int(string.range.start) - 1)
    }
    return range
  }
}

extension Component {
  /// What follows the first `count` bytes of a value; empty where nothing does.
  fileprivate init(_ state: ComponentState, dropping count: Int, of range: ByteRange) {
    let rest = ByteRange(start: Int(range.start) + count, count: Int(range.count) - count)
    self = rest.isEmpty ? Component(.empty) : Component(state, rest)
  }
}

extension RequestRecord {
  /// Decodes base64 text of the arena to its end; nil where it is none (padding may be missing).
  fileprivate mutating func appendBase64(_ text: ByteRange) -> ByteRange? {
    var end = text.end
    while end > Int(text.start), text.end - end < 2, storage[end - 1] == UInt8(ascii: "=") {
      end -= 1
    }
    let digits = end - Int(text.start)
    guard digits % 4 != 1, end == text.end || text.count % 4 == 0 else { return nil }
    let start = storage.count
    var bits: UInt32 = 0
    var bitCount: UInt32 = 0
    for index in Int(text.start)..<end {
      guard let sextet = Base64.sextet(of: storage[index]) else { return nil }
      bits = bits << 6 | UInt32(sextet)
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        storage.append(UInt8(truncatingIfNeeded: bits >> bitCount))
        bits &= 1 << bitCount - 1
      }
    }
    guard bits == 0 else { return nil }
    return ByteRange(start: start, count: storage.count - start)
  }
}
