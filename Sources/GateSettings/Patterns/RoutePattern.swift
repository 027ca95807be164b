/// A pattern for routes: a path pattern, with or without a method before it.
///
/// `/users/*` is that path with any method, `POST /users/*` with one; a method may have `*` as
/// well. It is held against path templates, so `/users/*` is `/users/{id}` and so is `/users/{id}`.
package struct RoutePattern: Hashable, Sendable {
  /// Nil for any method.
  package let method: PathPattern?
  package let path: PathPattern

  /// Nil where the text is no route: a path begins with `/`, or is `**` with or without more.
  package init?(_ text: String) {
    var path = text[...]
    var method: PathPattern?
    if let space = text.firstIndex(of: " "), !text[..<space].contains("/") {
      method = PathPattern(String(text[..<space]))
      path = text[text.index(after: space)...].drop { $0 == " " }
      guard method?.text.isEmpty == false else { return nil }
    }
    guard path.hasPrefix("/") || path == "**" || path.hasPrefix("**/") else { return nil }
    self.method = method
    self.path = PathPattern(String(path))
  }

  /// Whether a request of this method and path template is meant.
  package func matches(method: String, path: String) -> Bool {
    guard self.path.matches(path) else { return false }
    return self.method.map { $0.matches(method) } ?? true
  }

  /// Whether a finding's route, method and path template, is meant.
  package func matches(route: String) -> Bool {
    guard !route.isEmpty else { return false }
    guard let space = route.firstIndex(of: " ") else { return matches(method: "", path: route) }
    return matches(
      method: String(route[..<space]), path: String(route[route.index(after: space)...]))
  }
}

extension RoutePattern: CustomStringConvertible {
  package var description: String {
    method.map { "\($0.text) \(path.text)" } ?? path.text
  }
}
