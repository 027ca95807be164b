import Bytes
package import WAFRequests

/// Reads one raw HTTP/1.1 request: request line, header lines, empty line, body.
///
/// Lines end with CRLF or LF. A folded header line is joined with one space and counts as lossy: who
/// passed it on may have joined it in another way. A chunked body is decoded, an absolute request
/// target gives the `Host` header if there is none. A request line that says HTTP/2 is read the same
/// way, as proxies show such requests. Without `content-length` and `transfer-encoding` the rest of
/// the bytes is the body.
package struct RawHTTPRequest: ~Escapable {
  private let bytes: Span<UInt8>
  private var position = 0
  private var lineNumber = 0
  private var warnings: [RawHTTPWarning] = []

  @_lifetime(copy bytes)
  private init(_ bytes: Span<UInt8>) {
    self.bytes = bytes
  }

  /// Reads a request into `request`, whose former content is dropped; returns what is odd about it.
  package static func decode(
    _ bytes: Span<UInt8>, into request: inout RequestRecord
  ) throws(RawHTTPError) -> [RawHTTPWarning] {
    request.reset()
    var reader = RawHTTPRequest(bytes)
    try reader.read(into: &request)
    return reader.warnings
  }

  /// How the end of a body is told.
  package enum Framing: Hashable, Sendable {
    case none, chunked
    case length(Int)
  }

  /// How the body that follows a head is framed; nil for a head that cannot be read.
  ///
  /// `request` is scratch memory.
  package static func framing(
    ofHead bytes: Span<UInt8>, _ request: inout RequestRecord
  ) -> Framing? {
    request.reset()
    var reader = RawHTTPRequest(bytes)
    do {
      _ = try reader.readRequestLine(into: &request)
      try reader.readHeaders(into: &request)
    } catch {
      return nil
    }
    if isChunked(request) { return .chunked }
    if request.impliedBodyAbsence != nil { return .length(0) }
    return BodyFraming(of: request).declaredSize.map { .length($0) } ?? Framing.none
  }

  private mutating func read(into request: inout RequestRecord) throws(RawHTTPError) {
    let targetRange = try readRequestLine(into: &request)
    try readHeaders(into: &request)
    let target = bytes.extracting(targetRange.bounds)
    request.setTarget(target)
    // Unlike a browser's, this target is what was sent.
    request.fragment = .absent
    if let mark = target.firstIndex(of: UInt8(ascii: "#")) {
      request.fragment = request.appendExact(target.extracting(droppingFirst: mark + 1))
    }
    if RequestTarget(target).authority != nil,
      let colon = target.firstIndex(of: UInt8(ascii: ":"))
    {
      request.scheme = request.appendExact(target.extracting(first: colon))
    }
    try readBody(into: &request)
    request.settleBody()
  }

  // MARK: Lines

  /// The next line without its end; nil at the end of the bytes.
  private mutating func nextLine() -> ByteRange? {
    guard position < bytes.count else { return nil }
    lineNumber += 1
    let start = position
    let feed = bytes.firstIndex(of: 0x0A, from: start)
    var end = feed ?? bytes.count
    position = feed.map { $0 + 1 } ?? bytes.count
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return ByteRange(start: start, count: end - start)
  }

  private func failure(_ reason: RawHTTPError.Reason) -> RawHTTPError {
    RawHTTPError(reason: reason, line: max(1, lineNumber))
  }

  // MARK: Head

  /// Reads method and version; returns where the target is.
  private mutating func readRequestLine(
    into request: inout RequestRecord
  ) throws(RawHTTPError) -> ByteRange {
    var line = nextLine()
    // RFC 9112, 2.2: empty lines before the request line are ignored.
    while let empty = line, empty.isEmpty { line = nextLine() }
    guard let line else { throw failure(.noRequest) }
    guard let parts = Self.requestLine(bytes.extracting(line.bounds)) else {
      throw failure(.badRequestLine)
    }
    let start = Int(line.start)
    request.method = request.appendExact(bytes.extracting(start..<start + parts.methodEnd))
    request.httpVersion = request.appendExact(
      bytes.extracting(start + parts.versionStart..<line.end))
    let target = ByteRange(
      start: start + parts.methodEnd + 1, count: parts.versionStart - parts.methodEnd - 2)
    return RequestRecord.trimmed(target, in: bytes)
  }

  /// Whether a line, its end aside, begins a request.
  package static func isRequestLine(_ line: Span<UInt8>) -> Bool {
    let end = line.count > 0 && line[line.count - 1] == 0x0D ? line.count - 1 : line.count
    let line = line.extracting(first: end)
    guard let parts = requestLine(line) else { return false }
    for index in 0..<parts.methodEnd where !line[index].isTokenByte { return false }
    return true
  }

  /// Where the method of a request line ends and its version begins.
  private static func requestLine(
    _ line: Span<UInt8>
  ) -> (methodEnd: Int, versionStart: Int)? {
    // The target is all that stands between the first and the last space: tools that send raw
    // requests put spaces into targets.
    guard let first = line.firstIndex(of: 0x20), first > 0 else { return nil }
    var last = line.count
    while last > first, line[last - 1] != 0x20 { last -= 1 }
    let target = ByteRange(start: first, count: last - first)
    guard !RequestRecord.trimmed(target, in: line).isEmpty,
      JSONText.matches("HTTP/", in: line, at: last), line.count > last + 5,
      line[last + 5].isASCIIDigit
    else { return nil }
    return (first, last)
  }

  private mutating func readHeaders(into request: inout RequestRecord) throws(RawHTTPError) {
    request.headersAreComplete = true
    while let line = nextLine(), !line.isEmpty {
      let first = bytes[Int(line.start)]
      if first == 0x20 || first == 0x09 {
        guard let last = request.headers.popLast() else { throw failure(.foldedLineFirst) }
        request.headers.append(joined(last, with: line, in: &request))
        continue
      }
      guard
        let colon = bytes.extracting(line.bounds).firstIndex(of: UInt8(ascii: ":")), colon > 0
      else { throw failure(.headerWithoutColon) }
      let start = Int(line.start)
      let value = ByteRange(start: start + colon + 1, count: Int(line.count) - colon - 1)
      request.appendHeader(
        name: bytes.extracting(start..<start + colon),
        value: bytes.extracting(RequestRecord.trimmed(value, in: bytes).bounds))
    }
  }

  /// A header line with one that continues it.
  private func joined(
    _ header: Header, with line: ByteRange, in request: inout RequestRecord
  ) -> Header {
    var value = Array(request.storage[header.value.range.bounds])
    if !value.isEmpty { value.append(0x20) }
    value.append(contentsOf: bytes.extracting(RequestRecord.trimmed(line, in: bytes).bounds))
    let range = request.append(value)
    return Header(name: header.name, value: Component(range.isEmpty ? .empty : .lossy, range))
  }

  // MARK: Body

  private mutating func readBody(into request: inout RequestRecord) throws(RawHTTPError) {
    let framing = BodyFraming(of: request)
    if Self.isChunked(request) {
      request.body = try readChunks(into: &request)
      return
    }
    var rest = bytes.extracting(droppingFirst: position)
    if let size = framing.declaredSize, rest.count > size {
      warnings.append(.extraBytes(rest.count - size))
      rest = rest.extracting(first: size)
    }
    // A body that is shorter than announced becomes a prefix when the record is settled.
    if !rest.isEmpty {
      request.body = request.appendExact(rest)
    } else if !framing.hasTransferEncoding, (framing.declaredSize ?? 0) == 0 {
      request.body = .absent
    }
  }

  /// Whether the last transfer coding is `chunked`.
  private static func isChunked(_ request: RequestRecord) -> Bool {
    let name = Array("transfer-encoding".utf8)
    let chunked = Array("chunked".utf8)
    var result = false
    var from = 0
    while let index = request.indexOfHeader(named: name.span, from: from) {
      let value = request.storage.span.extracting(request.headers[index].value.range.bounds)
      result =
        value.count >= chunked.count
        && value.extracting(last: chunked.count).equalsIgnoringASCIICase(chunked.span)
      from = index + 1
    }
    return result
  }

  private mutating func readChunks(
    into request: inout RequestRecord
  ) throws(RawHTTPError) -> Component {
    let start = request.storage.count
    var isComplete = false
    while let line = nextLine() {
      guard let size = Self.chunkSize(bytes.extracting(line.bounds)) else {
        throw failure(.badChunk)
      }
      if size == 0 {
        isComplete = true
        // Trailer fields are not part of what AWS WAF inspects.
        while let trailer = nextLine(), !trailer.isEmpty {}
        break
      }
      let available = min(size, bytes.count - position)
      request.storage.append(contentsOf: bytes.extracting(position..<position + available))
      position += available
      guard available == size else { break }
      guard let end = nextLine() else { break }
      guard end.isEmpty else { throw failure(.badChunk) }
    }
    if position < bytes.count { warnings.append(.extraBytes(bytes.count - position)) }
    let range = ByteRange(start: start, count: request.storage.count - start)
    guard isComplete else {
      warnings.append(.truncatedBody)
      return range.isEmpty ? .notRecorded : Component(.prefix, range)
    }
    return range.isEmpty ? .absent : Component(.known, range)
  }

  /// The size at the start of a chunk, extensions after `;` aside; nil where there is none.
  package static func chunkSize(_ line: Span<UInt8>) -> Int? {
    var size = 0
    var index = 0
    while index < line.count, let digit = line[index].hexDigitValue {
      guard size < 1 << 32 else { return nil }
      size = size << 4 | Int(digit)
      index += 1
    }
    guard index > 0 else { return nil }
    while index < line.count, line[index] == 0x20 || line[index] == 0x09 { index += 1 }
    return index == line.count || line[index] == UInt8(ascii: ";") ? size : nil
  }
}

/// Why bytes are no raw HTTP request.
package struct RawHTTPError: Error, Hashable, Sendable {
  /// What is wrong.
  package enum Reason: Hashable, Sendable {
    case noRequest, badRequestLine, headerWithoutColon, foldedLineFirst, badChunk
  }

  package var reason: Reason
  /// The number of the line, from 1.
  package var line: Int

  package init(reason: Reason, line: Int) {
    self.reason = reason
    self.line = line
  }

  /// The error in words.
  package var message: String {
    let text =
      switch reason {
      case .noRequest: "there is no request"
      case .badRequestLine: "expected METHOD TARGET HTTP/1.1"
      case .headerWithoutColon: "a header line needs a name and a colon"
      case .foldedLineFirst: "a continued line needs a header line before it"
      case .badChunk: "expected the size of a chunk, or the line end after one"
      }
    return "line \(line): \(text)"
  }
}

/// What is odd about a raw HTTP request that could be read.
package enum RawHTTPWarning: Hashable, Sendable {
  /// So many bytes follow the body: ignored.
  case extraBytes(Int)
  /// The body ends before its last chunk: it is a prefix.
  case truncatedBody

  /// The warning in words.
  package var message: String {
    switch self {
    case .extraBytes(let count): "\(count) bytes after the body are ignored"
    case .truncatedBody: "the chunked body is cut off; what is there counts as its beginning"
    }
  }
}

extension UInt8 {
  /// Whether the byte may stand in a method (RFC 9110, section 5.6.2).
  fileprivate var isTokenByte: Bool {
    isASCIIAlphanumeric || "!#$%&'*+-.^_`|~".utf8.contains(self)
  }
}
