import Diagnostics
package import DocumentTree

/// A part of what requests that are counted together have in common.
public enum RateBasedStatementCustomKey: Hashable, Sendable {
  /// The value of a header.
  case header(RateLimitHeader)
  /// The value of a cookie.
  case cookie(RateLimitCookie)
  /// The value of a query argument.
  case queryArgument(RateLimitQueryArgument)
  /// The query string.
  case queryString(RateLimitQueryString)
  /// The HTTP method.
  case httpMethod
  /// The first address of the forwarding header.
  case forwardedIP
  /// The client's address.
  case ip
  /// The labels of a namespace.
  case labelNamespace(RateLimitLabelNamespace)
  /// The path of the URI.
  case uriPath(RateLimitUriPath)
  /// The JA3 fingerprint.
  case ja3Fingerprint(RateLimitJA3Fingerprint)
  /// The JA4 fingerprint.
  case ja4Fingerprint(RateLimitJA4Fingerprint)
  /// The number of the client's autonomous system.
  case asn

  /// The names of the keys in documents.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The value of a header.
    case header = "Header"
    /// The value of a cookie.
    case cookie = "Cookie"
    /// The value of a query argument.
    case queryArgument = "QueryArgument"
    /// The query string.
    case queryString = "QueryString"
    /// The HTTP method.
    case httpMethod = "HTTPMethod"
    /// The first address of the forwarding header.
    case forwardedIP = "ForwardedIP"
    /// The client's address.
    case ip = "IP"
    /// The labels of a namespace.
    case labelNamespace = "LabelNamespace"
    /// The path of the URI.
    case uriPath = "UriPath"
    /// The JA3 fingerprint.
    case ja3Fingerprint = "JA3Fingerprint"
    /// The JA4 fingerprint.
    case ja4Fingerprint = "JA4Fingerprint"
    /// The number of the client's autonomous system.
    case asn = "ASN"
  }

  /// Which key it is.
  public var kind: Kind {
    switch self {
    case .header: .header
    case .cookie: .cookie
    case .queryArgument: .queryArgument
    case .queryString: .queryString
    case .httpMethod: .httpMethod
    case .forwardedIP: .forwardedIP
    case .ip: .ip
    case .labelNamespace: .labelNamespace
    case .uriPath: .uriPath
    case .ja3Fingerprint: .ja3Fingerprint
    case .ja4Fingerprint: .ja4Fingerprint
    case .asn: .asn
    }
  }
}

extension RateBasedStatementCustomKey: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    let names = Kind.allCases.map(\.rawValue)
    guard let union = UnionReader(cursor, in: context, what: "the custom key", names: names)
    else { return nil }
    let value = union.value
    guard let kind = Kind(rawValue: union.name) else {
      context.unknownName(
        "unknown-custom-key", "unknown custom key '\(union.name)'", at: value.pointer,
        focus: .key, suggestion: didYouMean(union.name, among: names))
      return nil
    }
    guard let key = Self.read(kind, from: value, in: context) else { return nil }
    self = key
  }

  private static func read(
    _ kind: Kind, from value: Cursor, in context: ReadingContext
  ) -> RateBasedStatementCustomKey? {
    switch kind {
    case .header: RateLimitHeader(reading: value, in: context).map(Self.header)
    case .cookie: RateLimitCookie(reading: value, in: context).map(Self.cookie)
    case .queryArgument: RateLimitQueryArgument(reading: value, in: context).map(Self.queryArgument)
    case .queryString: RateLimitQueryString(reading: value, in: context).map(Self.queryString)
    case .httpMethod: empty(.httpMethod, value, context)
    case .forwardedIP: empty(.forwardedIP, value, context)
    case .ip: empty(.ip, value, context)
    case .labelNamespace:
      RateLimitLabelNamespace(reading: value, in: context).map(Self.labelNamespace)
    case .uriPath: RateLimitUriPath(reading: value, in: context).map(Self.uriPath)
    case .ja3Fingerprint:
      RateLimitJA3Fingerprint(reading: value, in: context).map(Self.ja3Fingerprint)
    case .ja4Fingerprint:
      RateLimitJA4Fingerprint(reading: value, in: context).map(Self.ja4Fingerprint)
    case .asn: empty(.asn, value, context)
    }
  }

  /// A key whose object has no members.
  private static func empty(
    _ key: RateBasedStatementCustomKey, _ value: Cursor, _ context: ReadingContext
  ) -> RateBasedStatementCustomKey? {
    guard var object = ObjectReader(value, in: context) else { return nil }
    object.finish()
    return key
  }

  package func node() -> Node {
    let name = kind.rawValue
    return switch self {
    case .header(let body): Node(name, body)
    case .cookie(let body): Node(name, body)
    case .queryArgument(let body): Node(name, body)
    case .queryString(let body): Node(name, body)
    case .labelNamespace(let body): Node(name, body)
    case .uriPath(let body): Node(name, body)
    case .ja3Fingerprint(let body): Node(name, body)
    case .ja4Fingerprint(let body): Node(name, body)
    case .httpMethod, .forwardedIP, .ip, .asn: Node(name, Node.emptyObject)
    }
  }
}
