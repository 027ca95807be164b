import Bytes
import IPAddressing
import WAFRequests

/// The members of `httpRequest` that are read.
enum HTTPRequestKey: String, RecordKey {
  case clientIp, country, headers, uri, args, httpVersion, httpMethod, requestId, fragment, scheme
  case body, bodyBase64, uriBase64, argsBase64, httpVersionBase64, httpMethodBase64, fragmentBase64
  case schemeBase64
}

/// The members of a header line.
enum HeaderKey: String, RecordKey {
  case name, value, nameBase64, valueBase64
}

extension WAFLogDecoder {
  /// Reads `httpRequest`.
  ///
  /// Components have a second spelling (`…Base64`), so they are only noted here, and decoded once
  /// the whole record has been seen.
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
      case .uri: parts.uri.plain = string
      case .uriBase64: parts.uri.base64 = string
      case .args: parts.args.plain = string
      case .argsBase64: parts.args.base64 = string
      case .body: parts.body.plain = string
      case .bodyBase64: parts.body.base64 = string
      case .httpMethod: parts.method.plain = string
      case .httpMethodBase64: parts.method.base64 = string
      case .httpVersion: parts.httpVersion.plain = string
      case .httpVersionBase64: parts.httpVersion.base64 = string
      case .fragment: parts.fragment.plain = string
      case .fragmentBase64: parts.fragment.base64 = string
      case .scheme: parts.scheme.plain = string
      case .schemeBase64: parts.scheme.base64 = string
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
      let header =
        if let (name, value) = scanner.strings(behind: Self.nameKey, Self.valueKey) {
          header(name: name, value: value, of: record, into: &request)
        } else {
          try header(from: &scanner, of: record, into: &request)
        }
      request.headers.append(header)
    }
  }

  // `{"name":` and `,"value"`, the first byte lowest.
  private static var nameKey: UInt64 { 0x3A22_656D_616E_227B }
  private static var valueKey: UInt64 { 0x2265_756C_6176_222C }

  /// The header of a line in its usual spelling.
  @inline(__always)
  private func header(
    name: JSONString, value: JSONString, of record: Span<UInt8>, into request: inout RequestRecord
  ) -> Header {
    let (range, isExact) = decoded(name, of: record, into: &request)
    if !isExact { request.headersAreComplete = false }
    return Header(name: range, value: component(value, of: record, into: &request))
  }

  @inline(never)
  private func header(
    from scanner: inout JSONScanner, of record: Span<UInt8>, into request: inout RequestRecord
  ) throws -> Header {
    try scanner.enterObject()
    let start = scanner.position - 1
    var name = TwinString()
    var value = TwinString()
    var seen: UInt64 = 0
    var isFirst = true
    while let key = try scanner.nextKey(isFirst: isFirst) {
      isFirst = false
      switch try headerKeys.match(key, in: record, seen: &seen) {
      case .name: name.plain = try scanner.stringOrNull()
      case .nameBase64: name.base64 = try scanner.stringOrNull()
      case .value: value.plain = try scanner.stringOrNull()
      case .valueBase64: value.base64 = try scanner.stringOrNull()
      case nil: try scanner.skipValue()
      }
    }
    guard name.isRecorded else {
      throw RecordFault(.invalidValue, "a header needs a name", offset: start)
    }
    var nameRange = ByteRange.empty
    if let exact = name.base64 {
      nameRange = try base64(exact, of: record, into: &request)
    } else if let plain = name.plain {
      let found = decoded(plain, of: record, into: &request)
      nameRange = found.range
      // What a damaged name was nobody knows: no header is known to be missing then.
      if !found.isExact { request.headersAreComplete = false }
    }
    // A header whose value is missing was there: only its value is not known.
    let component = try component(value, of: record, into: &request)
    return Header(name: nameRange, value: component ?? Component(.redacted))
  }

  // MARK: Components

  /// Decodes what `decodeHTTPRequest` noted.
  func finishRequest(
    _ record: Span<UInt8>, parts: RecordParts, into request: inout RequestRecord
  ) throws {
    request.method =
      try component(parts.method, of: record, into: &request) ?? .notRecorded
    request.httpVersion =
      try component(parts.httpVersion, of: record, into: &request) ?? .notRecorded
    request.path = try component(parts.uri, of: record, into: &request) ?? .notRecorded
    try finishQuery(record, parts: parts, into: &request)
    request.scheme = try word(parts.scheme, of: record, into: &request)
    // These two come last: what their lack says depends on the scheme.
    request.fragment =
      try component(parts.fragment, of: record, into: &request)
      .map { fragment($0, isExact: parts.fragment.base64 != nil, in: request) }
      ?? Component(request.stateOfMissingFragment)
    request.ja3Fingerprint = try fingerprint(parts.ja3Fingerprint, of: record, into: &request)
    request.ja4Fingerprint = try fingerprint(parts.ja4Fingerprint, of: record, into: &request)
    try finishBody(record, parts: parts, into: &request)
  }

  private func finishQuery(
    _ record: Span<UInt8>, parts: RecordParts, into request: inout RequestRecord
  ) throws {
    if var query = try component(parts.args, of: record, into: &request) {
      if parts.args.base64 == nil, hasFirst(UInt8(ascii: "?"), query, in: request) {
        // Seen in edited logs: the query with its question mark.
        query = Component(query.state, dropping: 1, of: query.range)
      } else if query.state == .empty, parts.args.base64 == nil {
        query = Component(.absentOrEmpty)
      }
      request.query = query
    } else {
      splitQuery(from: &request)
    }
  }

  private func finishBody(
    _ record: Span<UInt8>, parts: RecordParts, into request: inout RequestRecord
  ) throws {
    if let exact = parts.body.base64 {
      request.body = Component(exactly: try base64(exact, of: record, into: &request))
    } else if let body = parts.body.plain {
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

  /// A fragment as written: `""` says that there is none, and a `#` in front is no part of it.
  private func fragment(
    _ component: Component, isExact: Bool, in request: borrowing RequestRecord
  ) -> Component {
    if isExact { return component }
    if component.state == .empty { return .absent }
    guard hasFirst(UInt8(ascii: "#"), component, in: request) else { return component }
    return Component(component.state, dropping: 1, of: component.range)
  }

  /// A fingerprint; where there is none, what its lack says.
  private func fingerprint(
    _ strings: TwinString, of record: Span<UInt8>, into request: inout RequestRecord
  ) throws -> Component {
    let component = try word(strings, of: record, into: &request)
    return component.state == .notRecorded
      ? Component(request.stateOfMissingFingerprint) : component
  }

  /// A component that has one byte at least: `""` and `-` are what exports of many columns write
  /// where the log had no such member, so they count as none.
  private func word(
    _ strings: TwinString, of record: Span<UInt8>, into request: inout RequestRecord
  ) throws -> Component {
    guard let component = try component(strings, of: record, into: &request) else {
      return .notRecorded
    }
    if strings.base64 != nil { return component }
    let isNone =
      component.state == .empty
      || component.range.count == 1 && hasFirst(UInt8(ascii: "-"), component, in: request)
    return isNone ? .notRecorded : component
  }

  private func hasFirst(
    _ byte: UInt8, _ component: Component, in request: borrowing RequestRecord
  ) -> Bool {
    component.state.hasBytes && request.storage[Int(component.range.start)] == byte
  }

  // MARK: Text

  /// The component of a string and its base64 twin, which holds the exact bytes; nil without both.
  private func component(
    _ strings: TwinString, of record: Span<UInt8>, into request: inout RequestRecord
  ) throws -> Component? {
    if let exact = strings.base64 {
      return Component(exactly: try base64(exact, of: record, into: &request))
    }
    return strings.plain.map { component($0, of: record, into: &request) }
  }

  /// The component of a string: redacted, empty, lossy or known.
  @inline(__always)
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
  @inline(__always)
  private func decoded(
    _ string: JSONString, of record: Span<UInt8>, into request: inout RequestRecord
  ) -> (range: ByteRange, isExact: Bool) {
    // The arena begins with the record, so the range holds there too.
    if !string.hasEscapes, string.isASCII { return (string.range, true) }
    return unescaped(string, of: record, into: &request)
  }

  @inline(never)
  private func unescaped(
    _ string: JSONString, of record: Span<UInt8>, into request: inout RequestRecord
  ) -> (range: ByteRange, isExact: Bool) {
    guard string.hasEscapes else {
      return (string.range, !hasReplacement(string.range, in: request))
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
