package import Bytes
import IPAddressing

extension RequestRecord {
  /// A complete request of which everything given is exact.
  ///
  /// - Parameters:
  ///   - method: the method, as sent.
  ///   - uri: the request target: path and query, percent-encoded as sent, and the fragment, if any.
  ///     In absolute form (`https://host/path`) it also gives the `Host` header, if there is none.
  ///   - headers: every header line, in order.
  ///   - body: the body as sent; nil when the request has none.
  ///   - clientIP: the peer's address as text; nil when not known.
  ///   - country: the peer's country (two letters, or `-` for undetermined); nil when not known.
  ///   - httpVersion: the version as AWS WAF writes it.
  ///   - sourceName: the kind of resource as in `httpSourceName` (`ALB`, `CF`); nil when not known.
  public init(
    method: String = "GET", uri: String, headers: [(name: String, value: String)] = [],
    body: [UInt8]? = nil, clientIP: String? = nil, country: String? = nil,
    httpVersion: String = "HTTP/1.1", sourceName: String? = nil
  ) {
    self.init()
    self.method = appendExact(method.utf8)
    self.httpVersion = appendExact(httpVersion.utf8)
    for header in headers {
      appendHeader(name: Array(header.name.utf8).span, value: Array(header.value.utf8).span)
    }
    headersAreComplete = true
    setTarget(Array(uri.utf8).span)
    setFragment(of: uri)
    self.body =
      if let body, !body.isEmpty { appendExact(body) } else { .absent }
    setClient(address: clientIP, country: country)
    if let sourceName { self.sourceName = append(sourceName.utf8) }
    settleBody()
  }

  private mutating func setFragment(of uri: String) {
    fragment =
      if let mark = uri.utf8.firstIndex(of: UInt8(ascii: "#")) {
        appendExact(uri.utf8[uri.utf8.index(after: mark)...])
      } else {
        .absent
      }
  }

  private mutating func setClient(address: String?, country: String?) {
    if let address {
      clientIP = IPAddress(address).map { .address($0) } ?? .invalid
    }
    if let country {
      self.country = Country(Array(country.utf8).span)
    }
  }

  /// Appends bytes to the arena and says where they are.
  package mutating func append(_ bytes: Span<UInt8>) -> ByteRange {
    let start = storage.count
    storage.append(contentsOf: bytes)
    return ByteRange(start: start, count: bytes.count)
  }

  /// Appends bytes to the arena and says where they are.
  package mutating func append(_ bytes: some Sequence<UInt8>) -> ByteRange {
    let start = storage.count
    storage.append(contentsOf: bytes)
    return ByteRange(start: start, count: storage.count - start)
  }

  /// Appends the exact bytes of a component: known, or empty where there are none.
  package mutating func appendExact(_ bytes: some Sequence<UInt8>) -> Component {
    Component(exactly: append(bytes))
  }

  /// Appends the exact bytes of a component: known, or empty where there are none.
  package mutating func appendExact(_ bytes: Span<UInt8>) -> Component {
    Component(exactly: append(bytes))
  }

  /// Appends a header line whose name and value are exact.
  package mutating func appendHeader(name: Span<UInt8>, value: Span<UInt8>) {
    let name = append(name)
    headers.append(Header(name: name, value: appendExact(value)))
  }

  /// Sets path and query, not the fragment, from a request target, and the `Host` header of one in absolute form where
  /// the header lines (which must be there already) have none.
  package mutating func setTarget(_ target: Span<UInt8>) {
    let parts = RequestTarget(target)
    path =
      parts.impliesRootPath
      ? appendExact(CollectionOfOne(UInt8(ascii: "/")))
      : appendExact(target.extracting(parts.path.bounds))
    query =
      if let range = parts.query { appendExact(target.extracting(range.bounds)) } else { .absent }
    let host: [UInt8] = Array("host".utf8)
    if let authority = parts.authority, indexOfHeader(named: host.span) == nil {
      let name = append("Host".utf8)
      let value = appendExact(target.extracting(authority.bounds))
      headers.insert(Header(name: name, value: value), at: 0)
    }
  }
}

extension Component {
  /// An exact value: known, or empty where it has no bytes.
  package init(exactly range: ByteRange) {
    self.init(range.isEmpty ? .empty : .known, range.isEmpty ? .empty : range)
  }
}

extension Country {
  /// The country of a recorded text: `-` is undetermined, two letters are a code.
  ///
  /// Any other text is not a country and counts as not recorded.
  package init(_ text: Span<UInt8>) {
    if text.count == 1, text[0] == UInt8(ascii: "-") {
      self = .undetermined
    } else if text.count == 2, let code = CountryCode(text[0], text[1]) {
      self = .code(code)
    } else {
      self = .notRecorded
    }
  }
}
