/// `REVISION:PATH`, as git itself writes what a file was at a revision.
package struct GitPath: Hashable, Sendable {
  /// `main`, `HEAD~1`, a hash.
  package var revision: String
  /// From the root of the repository, or from the working directory where it begins with `./` or
  /// `../`.
  package var path: String

  /// Reads the form; nil where the text has another one.
  ///
  /// The colon is the first one outside braces, so that `main@{2 days ago 12:00}:acl.json` and
  /// `HEAD^{/fix: typo}:acl.json` are what they are to git. What looks like a path on disk or like
  /// the address of a service (`s3://…`) has another form.
  package init?(_ text: String) {
    var depth = 0
    let colon = text.unicodeScalars.firstIndex { scalar in
      switch scalar {
      case "{": depth += 1
      case "}": depth -= 1
      case ":": return depth <= 0
      default: break
      }
      return false
    }
    guard let colon, colon != text.startIndex else { return nil }
    revision = String(text[..<colon])
    path = String(text[text.unicodeScalars.index(after: colon)...])
    guard !["/", "./", "../"].contains(where: revision.hasPrefix), !path.hasPrefix("//") else {
      return nil
    }
  }

  /// Creates the form of a revision and a path.
  package init(revision: String, path: String) {
    self.revision = revision
    self.path = path
  }

  /// The form itself.
  package var text: String { "\(revision):\(path)" }
}
