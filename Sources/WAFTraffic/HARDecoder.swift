import Bytes
import WAFRequests

/// The members of a HAR entry that are read.
enum HAREntryKey: String, RecordKey {
  case startedDateTime, request
  /// What the developer tools of browsers built on Chromium add.
  case initiator = "_initiator"
  case priority = "_priority"
}

/// The members of an entry's request that are read.
enum HARRequestKey: String, RecordKey {
  case method, url, httpVersion, headers, cookies, postData, bodySize
}

/// Decodes entries of a HAR 1.2.
///
/// The URL is the authority for scheme, path and query; `queryString` is decoded by some producers
/// and not read. Names that begin with a colon are pseudo headers of HTTP/2 and dropped. A request
/// without `host` gets it from `:authority`, else from the URL without the scheme's default port. A
/// list without headers says nothing (cache hits of Safari, Insomnia), any other is complete, but for
/// what the developer tools of Chromium hide: with `host` and `:authority` missing the list is one of
/// provisional headers, and cookies and credentials are left out unless the user asks for them (both
/// observed). No producer promises the order of the headers. Client, country and fingerprints are not
/// recorded.
struct HARDecoder: Sendable {
  private let entryKeys = KeyTable<HAREntryKey>()
  private let requestKeys = KeyTable<HARRequestKey>()
  let postDataKeys = KeyTable<HARPostDataKey>()
  let pairKeys = KeyTable<HARPairKey>()

  init() {}

  /// Decodes one entry into `request`, whose former content is dropped and whose memory is kept.
  ///
  /// After an error `request` is empty.
  func decode(
    _ entry: Span<UInt8>, position: RecordPosition = RecordPosition(),
    into request: inout RequestRecord
  ) throws(RecordError) {
    request.reset()
    do {
      try decodeEntry(entry, into: &request)
      request.position = position
    } catch {
      request.reset()
      throw RecordError(error, in: entry)
    }
  }

  private func decodeEntry(_ entry: Span<UInt8>, into request: inout RequestRecord) throws {
    // The arena's ranges are 32-bit, and a form may be put together at several times its size.
    guard entry.count < 1 << 28 else {
      throw RecordFault(.recordTooLarge, "the entry is larger than 256 MiB", offset: 0)
    }
    var scanner = JSONScanner(entry)
    var seen: UInt64 = 0
    var requestStart: Int?
    var isFromChromium = false
    try scanner.enterObject()
    var isFirst = true
    while let key = try scanner.nextKey(isFirst: isFirst) {
      isFirst = false
      switch try entryKeys.match(key, in: entry, seen: &seen) {
      case .startedDateTime:
        if let text = try scanner.stringIfAny() {
          request.timestamp = RFC3339.milliseconds(of: entry.extracting(text.range.bounds))
        }
      case .request:
        // How it is to be read depends on members that may come behind it.
        _ = scanner.peek()
        requestStart = scanner.position
        try scanner.skipValue()
      case .initiator, .priority:
        isFromChromium = true
        try scanner.skipValue()
      case nil: try scanner.skipValue()
      }
    }
    try scanner.expectEnd()
    guard let requestStart else {
      throw RecordFault(.noHTTPRequest, "the entry has no 'request'", offset: 0)
    }
    var requestScanner = JSONScanner(entry, at: requestStart)
    try decodeRequest(
      from: &requestScanner, of: entry, isFromChromium: isFromChromium, into: &request)
  }

  private func decodeRequest(
    from scanner: inout JSONScanner, of entry: Span<UInt8>, isFromChromium: Bool,
    into request: inout RequestRecord
  ) throws {
    var seen: UInt64 = 0
    var url: ByteRange?
    var authority: Component?
    var cookies: [HARPair] = []
    var postData = HARPostData()
    var statedSize: Int?
    try scanner.enterObject()
    let start = scanner.position - 1
    var isFirst = true
    while let key = try scanner.nextKey(isFirst: isFirst) {
      isFirst = false
      switch try requestKeys.match(key, in: entry, seen: &seen) {
      case .method:
        if let text = try scanner.stringIfAny() {
          request.method = request.appendText(text, of: entry)
        }
      case .url: url = request.appendText(try scanner.string(), of: entry).range
      case .httpVersion:
        if let text = try scanner.stringIfAny() {
          request.httpVersion = version(entry.extracting(text.range.bounds), in: &request)
        }
      case .headers:
        for pair in try decodePairs(from: &scanner, of: entry, into: &request) {
          if JSONText.matches(":", in: request.storage.span.extracting(pair.name.bounds), at: 0) {
            let isAuthority = JSONText.equals(":authority", in: request.storage.span, pair.name)
            if isAuthority { authority = pair.value }
          } else {
            // A header whose value is missing was there: only its value is not known.
            let value = pair.value ?? Component(.redacted)
            request.headers.append(Header(name: pair.name, value: value))
          }
        }
      case .cookies: cookies = try decodePairs(from: &scanner, of: entry, into: &request)
      case .postData:
        postData = try decodePostData(from: &scanner, of: entry, into: &request)
      case .bodySize: statedSize = try scanner.sizeIfAny(in: entry)
      case nil: try scanner.skipValue()
      }
    }
    let host = Array("host".utf8)
    let namesHost = authority != nil || request.indexOfHeader(named: host.span) != nil
    request.headersAreComplete = !request.headers.isEmpty && (namesHost || !isFromChromium)
    request.headersAreInOrder = false
    guard let url else { throw RecordFault(.invalidValue, "a request needs a URL", offset: start) }
    try setTarget(url, authority: authority, at: start, in: &request)
    addCookies(cookies, to: &request)
    if isFromChromium, request.headersAreComplete { noteHiddenHeaders(of: &request) }
    try settleBody(postData, statedSize: statedSize, of: entry, in: &request)
  }

  // MARK: URL

  private func setTarget(
    _ url: ByteRange, authority: Component?, at offset: Int, in request: inout RequestRecord
  ) throws {
    var bytes = Array(request.storage[url.bounds])
    let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? 0
    guard let scheme = HARScheme(bytes.span.extracting(first: colon)) else {
      throw Self.badURL(at: offset)
    }
    // A web socket begins as a request in HTTP.
    bytes.replaceSubrange(0..<colon, with: scheme.text.utf8)
    request.scheme = request.appendExact(scheme.text.utf8)
    request.fragment = .absent
    if let mark = bytes.firstIndex(of: UInt8(ascii: "#")) {
      // Browsers keep it to themselves, so what the service saw of it is not certain.
      let range = request.append(bytes[(mark + 1)...])
      request.fragment = Component(range.isEmpty ? .absentOrEmpty : .lossy, range)
    }
    guard let host = RequestTarget(bytes.span).authority else { throw Self.badURL(at: offset) }
    let name = Array("host".utf8)
    if request.indexOfHeader(named: name.span) == nil, let authority, authority.state.hasBytes {
      let name = request.append("Host".utf8)
      request.headers.insert(Header(name: name, value: authority), at: 0)
    }
    // A host that comes from the URL has no default port, as browsers send it.
    let port = Array(scheme.defaultPort.utf8)
    if bytes.span.extracting(host.bounds).ends(with: port.span) {
      bytes.removeSubrange(host.end - port.count..<host.end)
    }
    request.setTarget(bytes.span)
    request.path = asSent(request.path, in: request)
    request.query = asSent(request.query, in: request)
  }

  /// A part of the URL; lossy where it has bytes that cannot be sent so: a producer decoded it.
  private func asSent(_ component: Component, in request: borrowing RequestRecord) -> Component {
    let isDecoded = component.range.bounds.contains { index in
      request.storage[index] <= 0x20 || request.storage[index] >= 0x7F
    }
    return component.state == .known && isDecoded ? Component(.lossy, component.range) : component
  }

  private static func badURL(at offset: Int) -> RecordFault {
    RecordFault(.invalidValue, "expected an http or https URL", offset: offset)
  }

  /// The version as AWS WAF writes it; not recorded where the producer did not know it.
  private func version(_ text: Span<UInt8>, in request: inout RequestRecord) -> Component {
    let name = String(lossy: text).lowercased()
    let number = name.hasPrefix("http/") ? String(name.dropFirst(5)) : name
    let version: String? =
      switch number {
      case "1.0": "HTTP/1.0"
      case "1.1", "1": "HTTP/1.1"
      case "2", "2.0", "h2": "HTTP/2.0"
      case "3", "3.0", "h3": "HTTP/3.0"
      default: nil
      }
    return version.map { request.appendExact($0.utf8) } ?? .notRecorded
  }

  // MARK: Headers with credentials

  private func noteHiddenHeaders(of request: inout RequestRecord) {
    for (name, header) in HiddenHeaders.names
    where request.indexOfHeader(named: name.span) == nil {
      request.hiddenHeaders.insert(header)
    }
  }

  /// Cookies that were taken apart stand in for the header, where that is missing.
  private func addCookies(_ cookies: [HARPair], to request: inout RequestRecord) {
    let name = Array("cookie".utf8)
    guard !cookies.isEmpty, request.indexOfHeader(named: name.span) == nil else { return }
    let pairs = cookies.map { pair in
      request.bytes(pair.name) + "=".utf8 + request.bytes(pair.value?.range ?? .empty)
    }
    let value = request.append(pairs.joined(separator: "; ".utf8))
    request.headers.append(
      Header(name: request.append("Cookie".utf8), value: Component(.lossy, value)))
  }
}

/// The schemes of requests in HTTP.
private enum HARScheme {
  case http, https

  init?(_ text: Span<UInt8>) {
    switch String(lossy: text).lowercased() {
    case "http", "ws": self = .http
    case "https", "wss": self = .https
    default: return nil
    }
  }

  var text: String { self == .http ? "http" : "https" }
  var defaultPort: String { self == .http ? ":80" : ":443" }
}
