/// `REVISION:PATH`, as git itself writes what a file was at a revision.
package struct GitPath: Hashable, Sendable {
  /// `main`, `HEAD~1`, a hash.
  package var revision: String
  /// From the root of the repository, or from the working directory where it begins with `./` or
  /// `../`.
  package var path: String

  /// Reads the form; nil where the text has another one.
  package init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { return nil }
    revision = String(text[..<colon])
    path = String(text[text.index(after: colon)...])
    // A path that has a colon further on is no revision.
    guard !revision.contains("/") || !revision.hasPrefix("/"), !revision.hasPrefix("./"),
      !revision.hasPrefix("../")
    else { return nil }
  }

  package init(revision: String, path: String) {
    self.revision = revision
    self.path = path
  }

  package var text: String { "\(revision):\(path)" }
}
