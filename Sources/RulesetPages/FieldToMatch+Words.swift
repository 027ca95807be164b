import Diagnostics
import WAFModel

extension FieldToMatch {
  /// The component as a condition names it: `header "user-agent"`, `body (oversize CONTINUE)`.
  var words: String {
    switch self {
    case .method: "method"
    case .uriPath: "URI path"
    case .queryString: "query string"
    case .singleHeader(let name): "header \(quoted(name))"
    case .singleQueryArgument(let name): "query argument \(quoted(name))"
    case .allQueryArguments: "each query argument"
    case .cookies(let cookies): cookies.words
    case .body(let body): "body" + oversize(body.oversizeHandling)
    case .jsonBody(let body): body.words
    case .headers(let headers): headers.words
    case .headerOrder(let order): "header order" + oversize(order.oversizeHandling)
    case .ja3Fingerprint(let fingerprint):
      "JA3 fingerprint (absent: \(fingerprint.fallbackBehavior.rawValue))"
    case .ja4Fingerprint(let fingerprint):
      "JA4 fingerprint (absent: \(fingerprint.fallbackBehavior.rawValue))"
    case .uriFragment(let fragment):
      "URI fragment" + (fragment.fallbackBehavior.map { " (absent: \($0.rawValue))" } ?? "")
    case .opaque(let kind, _): printable(kind)
    }
  }
}

extension Headers {
  fileprivate var words: String {
    let which =
      switch matchPattern {
      case .all: "all headers"
      case .includedHeaders(let names): "headers \(list(names))"
      case .excludedHeaders(let names): "all headers except \(list(names))"
      }
    return matchScope.words + which + oversize(oversizeHandling)
  }
}

extension Cookies {
  fileprivate var words: String {
    let which =
      switch matchPattern {
      case .all: "all cookies"
      case .includedCookies(let names): "cookies \(list(names))"
      case .excludedCookies(let names): "all cookies except \(list(names))"
      }
    return matchScope.words + which + oversize(oversizeHandling)
  }
}

extension JsonBody {
  fileprivate var words: String {
    let which =
      switch matchPattern {
      case .all: "JSON body"
      case .includedPaths(let paths): "JSON body at \(list(paths))"
      }
    let invalid = invalidFallbackBehavior.map { " (invalid: \($0.rawValue))" } ?? ""
    return matchScope.words + which + invalid + oversize(oversizeHandling)
  }
}

extension MatchScope {
  fileprivate var words: String {
    switch self {
    case .all: "keys and values of "
    case .key: "keys of "
    case .value: "values of "
    }
  }
}

private func oversize(_ handling: OversizeHandling?) -> String {
  handling.map { " (oversize \($0.rawValue))" } ?? ""
}

private func list(_ names: [String]) -> String {
  names.map { quoted($0) }.joined(separator: ", ")
}

/// A text in quotes that shows where it ends; control characters are escaped.
func quoted(_ text: String) -> String {
  "\"" + printable(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")) + "\""
}
