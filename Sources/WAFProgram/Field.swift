package import Transforms

/// A field to match, as the engine extracts it.
package enum Field: Hashable, Sendable {
  case method
  case uriPath
  case queryString
  case uriFragment(FieldFallback)
  /// The name in lower case.
  case singleHeader(name: [UInt8])
  /// The names of the selection in lower case.
  case headers(PartSelection)
  case headerOrder
  /// The name in lower case.
  case singleQueryArgument(name: [UInt8], preParse: [PreParseTransformation])
  case allQueryArguments(preParse: [PreParseTransformation])
  case cookies(PartSelection)
  case body
  case jsonBody(JSONSelection)
  case ja3Fingerprint(FieldFallback)
  case ja4Fingerprint(FieldFallback)

  /// What a recording would have to hold to settle a condition on this field.
  package var evidence: String {
    switch self {
    case .method: "httpMethod"
    case .uriPath: "uri"
    case .queryString, .singleQueryArgument, .allQueryArguments: "args"
    case .uriFragment: "fragment"
    case .singleHeader(let name): "header:" + String(decoding: name, as: UTF8.self)
    case .headers, .headerOrder: "headers"
    case .cookies: "header:cookie"
    case .body, .jsonBody: "body"
    case .ja3Fingerprint: "ja3Fingerprint"
    case .ja4Fingerprint: "ja4Fingerprint"
    }
  }

  /// `location` of the log's match details.
  ///
  /// Source: "Log examples" of the developer guide, and public log records; the service says
  /// `UNKNOWN` for a body as JSON, and it stands here for fields whose word nobody has seen.
  package var logLocation: String {
    switch self {
    case .uriPath: "URI"
    case .queryString: "QUERY_STRING"
    case .singleHeader, .headers: "HEADER"
    case .singleQueryArgument: "SINGLE_QUERY_ARG"
    case .allQueryArguments: "ALL_QUERY_ARGS"
    case .cookies: "COOKIE"
    case .body: "BODY"
    case .method, .uriFragment, .headerOrder, .jsonBody, .ja3Fingerprint, .ja4Fingerprint: "UNKNOWN"
    }
  }

  /// The field as the API names it, for people.
  package var title: String {
    switch self {
    case .method: "Method"
    case .uriPath: "UriPath"
    case .queryString: "QueryString"
    case .uriFragment: "UriFragment"
    case .singleHeader(let name): "SingleHeader \(String(decoding: name, as: UTF8.self))"
    case .headers: "Headers"
    case .headerOrder: "HeaderOrder"
    case .singleQueryArgument(let name, let preParse):
      "SingleQueryArgument \(String(decoding: name, as: UTF8.self))" + Self.title(preParse)
    case .allQueryArguments(let preParse): "AllQueryArguments" + Self.title(preParse)
    case .cookies: "Cookies"
    case .body: "Body"
    case .jsonBody: "JsonBody"
    case .ja3Fingerprint: "JA3Fingerprint"
    case .ja4Fingerprint: "JA4Fingerprint"
    }
  }

  private static func title(_ preParse: [PreParseTransformation]) -> String {
    preParse.isEmpty ? "" : " split after " + preParse.map(\.wireName).joined(separator: ", ")
  }

  /// Whether the field is the body, plain or as JSON: what of it is inspected hangs on the resource.
  package var isBody: Bool {
    switch self {
    case .body, .jsonBody: true
    default: false
    }
  }
}

/// What a statement says where its component cannot be had (`FallbackBehavior`).
package enum FieldFallback: UInt8, Hashable, Sendable {
  case match
  case noMatch
}

/// Which headers or cookies a field selects, and which of their parts.
package struct PartSelection: Hashable, Sendable {
  package enum Pattern: Hashable, Sendable {
    case all
    /// Only those of these names.
    case included([[UInt8]])
    /// All but those of these names.
    case excluded([[UInt8]])
  }

  package var pattern: Pattern
  package var scope: MatchScope

  package init(pattern: Pattern, scope: MatchScope) {
    self.pattern = pattern
    self.scope = scope
  }

  /// The documented limits of what is inspected.
  @inlinable package static var byteLimit: Int { 8192 }
  @inlinable package static var itemLimit: Int { 200 }
}

/// Which parts of a header, cookie or JSON member are looked at.
package enum MatchScope: UInt8, Hashable, Sendable {
  case all
  case key
  case value

  @inlinable package var looksAtKeys: Bool {
    switch self {
    case .all, .key: true
    case .value: false
    }
  }

  @inlinable package var looksAtValues: Bool {
    switch self {
    case .all, .value: true
    case .key: false
    }
  }
}

/// Which elements of a JSON body a field selects, and what is done where it does not parse.
package struct JSONSelection: Hashable, Sendable {
  /// What becomes of a body that does not parse.
  package enum Fallback: UInt8, Hashable, Sendable {
    /// The elements before the failure are inspected.
    case elementsBefore
    case match
    case noMatch
    /// The body is inspected as one plain value.
    case plainText
  }

  /// JSON pointers (RFC 6901), as reference tokens in bytes; nil selects everything.
  package var paths: [[[UInt8]]]?
  package var scope: MatchScope
  package var fallback: Fallback

  package init(paths: [[[UInt8]]]?, scope: MatchScope, fallback: Fallback) {
    self.paths = paths
    self.scope = scope
    self.fallback = fallback
  }
}

/// What a condition does with a component above the inspection limit.
package enum Oversize: UInt8, Hashable, Sendable {
  /// Inspect what lies within the limit.
  case inspectStart
  case match
  case noMatch
}
