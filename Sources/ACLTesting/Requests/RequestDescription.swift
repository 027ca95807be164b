package import WAFRequests
package import WAFTraffic

/// A request as a person describes it: on a command line, or in a test.
package struct RequestDescription: Hashable, Sendable {
  /// A header line.
  package struct HeaderLine: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Where the request itself is from.
  package enum Source: Hashable, Sendable {
    /// Its parts: a target as `target(uri:args:)` makes it, header lines in order, the body.
    case parts(
      method: String, target: String, httpVersion: String, headers: [HeaderLine], body: [UInt8]?)
    /// A raw HTTP request.
    case raw([UInt8])
  }

  package var source: Source
  package var client: ClientFacts
  /// What is not known although the rest of the request is.
  package var unknown: Set<UnknownPart> = []

  package init(_ source: Source, client: ClientFacts = ClientFacts()) {
    self.source = source
    self.client = client
  }

  /// A target of a path, or a whole URL, and a query.
  package static func target(uri: String, args: String?) -> String {
    guard let args else { return uri }
    guard let mark = uri.firstIndex(of: "#") else { return "\(uri)?\(args)" }
    return "\(uri[..<mark])?\(args)\(uri[mark...])"
  }

  /// The request, and what is odd about a raw one.
  package func record() throws(RawHTTPError) -> (record: RequestRecord, warnings: [RawHTTPWarning])
  {
    var record: RequestRecord
    var warnings: [RawHTTPWarning] = []
    switch source {
    case .raw(let bytes):
      record = RequestRecord()
      warnings = try RawHTTPRequest.decode(bytes.span, into: &record)
    case .parts(let method, let target, let httpVersion, let headers, let body):
      record = RequestRecord(
        method: method, uri: target, headers: headers.map { ($0.name, $0.value) }, body: body,
        httpVersion: httpVersion)
      if let mark = target.firstRange(of: "://"), !target.hasPrefix("/") {
        record.scheme = record.appendExact(target[..<mark.lowerBound].utf8)
      }
    }
    client.add(to: &record)
    for part in UnknownPart.allCases where unknown.contains(part) { part.remove(from: &record) }
    return (record, warnings)
  }
}

/// What the service would find out about a client: neither a target nor a raw request tells.
package struct ClientFacts: Hashable, Sendable {
  /// An IPv4 or IPv6 address.
  package var address: String?
  /// Two letters, or `-` where the service cannot tell.
  package var country: String?
  /// The subdivision as the service's label has it: `DE-BE`.
  package var region: String?
  package var asn: UInt32?
  /// The same for the address in a forwarded header.
  package var forwardedCountry: String?
  package var forwardedRegion: String?
  package var forwardedASN: UInt32?
  package var ja3: String?
  package var ja4: String?
  package var token: TokenState?
  package var payment: PaymentState?
  /// Whether what is not given is known to be missing; else it is not recorded.
  ///
  /// A request cannot be without an address: that of a complete one is `documentationAddress`, of
  /// which the service could tell neither the country nor the network.
  package var isComplete: Bool

  /// An address that is nobody's (RFC 5737).
  package static let documentationAddress = "192.0.2.1"

  package init(isComplete: Bool = false) {
    self.isComplete = isComplete
  }

  func add(to record: inout RequestRecord) {
    let client = RequestRecord(
      uri: "/", clientIP: address ?? (isComplete ? Self.documentationAddress : nil),
      country: country ?? (isComplete ? "-" : nil))
    record.clientIP = client.clientIP
    record.country = client.country
    record.recordedRegion = region.map { record.append($0.uppercased().utf8) }
    record.clientASN = asn ?? (isComplete ? 0 : nil)
    if let forwardedCountry {
      record.forwardedCountry = Country(Array(forwardedCountry.utf8).span)
    }
    record.forwardedRegion = forwardedRegion.map { record.append($0.uppercased().utf8) }
    record.forwardedASN = forwardedASN
    let missing: Component = isComplete ? .absent : .notRecorded
    // As AWS WAF spells them.
    record.ja3Fingerprint = ja3.map { record.appendExact($0.lowercased().utf8) } ?? missing
    record.ja4Fingerprint = ja4.map { record.appendExact($0.lowercased().utf8) } ?? missing
    if let token {
      record.captcha = TokenEvidence(finding: token.finding)
      record.challenge = record.captcha
    }
    record.paymentVerified = payment.map { $0 == .verified }
  }
}

/// What AWS WAF makes of a client's token.
package enum TokenState: String, CaseIterable, Sendable {
  case valid
  case missing
  case expired
  case invalid
  case otherDomain = "other-domain"

  var finding: TokenEvidence.Finding {
    switch self {
    case .valid: .valid
    case .missing: .missing
    case .expired: .expired
    case .invalid: .invalid
    case .otherDomain: .domainMismatch
    }
  }
}

/// What AWS WAF makes of a client's payment.
package enum PaymentState: String, CaseIterable, Sendable {
  case verified
  case refused
}

/// A part of a request that may be left unknown.
package enum UnknownPart: String, CaseIterable, Sendable {
  case method
  case args
  case fragment
  case httpVersion = "http-version"
  /// Of the list: there may be more lines than those given.
  case headers
  case cookie = "headers.cookie"
  case authorization = "headers.authorization"
  case body
  case clientIP = "client-ip"
  case country
  case asn
  case ja3
  case ja4

  func remove(from record: inout RequestRecord) {
    switch self {
    case .method: record.method = .notRecorded
    case .args: record.query = .notRecorded
    case .fragment: record.fragment = .notRecorded
    case .httpVersion: record.httpVersion = .notRecorded
    case .headers: record.headersAreComplete = false
    case .cookie: record.hiddenHeaders.insert(.cookie)
    case .authorization: record.hiddenHeaders.insert(.authorization)
    case .body:
      record.body = .notRecorded
      record.bodySize = .unknown
    case .clientIP: record.clientIP = .notRecorded
    case .country: record.country = .notRecorded
    case .asn: record.clientASN = nil
    case .ja3: record.ja3Fingerprint = .notRecorded
    case .ja4: record.ja4Fingerprint = .notRecorded
    }
  }
}
