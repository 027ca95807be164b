/// A field to match, as the engine extracts it.
package enum Field: Hashable, Sendable {
  case method
  case uriPath
  case queryString
  /// The name in lower case.
  case singleHeader(name: [UInt8])
  /// The name in lower case.
  case singleQueryArgument(name: [UInt8])
  case allQueryArguments
  case cookies(CookieSelection)
  case body

  /// What a recording would have to hold to settle a condition on this field.
  package var evidence: String {
    switch self {
    case .method: "httpMethod"
    case .uriPath: "uri"
    case .queryString, .singleQueryArgument, .allQueryArguments: "args"
    case .singleHeader(let name): "header:" + String(decoding: name, as: UTF8.self)
    case .cookies: "header:cookie"
    case .body: "body"
    }
  }

  /// The field as the API names it, for people.
  package var title: String {
    switch self {
    case .method: "Method"
    case .uriPath: "UriPath"
    case .queryString: "QueryString"
    case .singleHeader(let name): "SingleHeader \(String(decoding: name, as: UTF8.self))"
    case .singleQueryArgument(let name):
      "SingleQueryArgument \(String(decoding: name, as: UTF8.self))"
    case .allQueryArguments: "AllQueryArguments"
    case .cookies: "Cookies"
    case .body: "Body"
    }
  }
}

/// Which cookies a `Cookies` field selects, and which of their parts.
package struct CookieSelection: Hashable, Sendable {
  package enum Pattern: Hashable, Sendable {
    case all
    /// Only cookies of these names; case-sensitive.
    case included([[UInt8]])
    /// All cookies but those of these names; case-sensitive.
    case excluded([[UInt8]])
  }

  package enum Scope: Hashable, Sendable {
    case all
    case key
    case value
  }

  package var pattern: Pattern
  package var scope: Scope

  package init(pattern: Pattern, scope: Scope) {
    self.pattern = pattern
    self.scope = scope
  }

  /// The documented limits of what is inspected.
  package static let byteLimit = 8192
  package static let itemLimit = 200
}

/// What a condition does with a component above the inspection limit.
package enum Oversize: UInt8, Hashable, Sendable {
  /// Inspect what lies within the limit.
  case inspectStart
  case match
  case noMatch
}
