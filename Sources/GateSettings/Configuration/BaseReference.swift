/// The old side of a comparison: a revision of the repository, or a file.
package struct BaseReference: Hashable, Sendable {
  package enum Target: Hashable, Sendable {
    /// A file or a bundle directory, as seen from the working directory.
    case file(String)
    /// The web ACL's own file at a revision.
    case revision(String)
    /// A file at a revision, as Git spells it: `main:waf/acl.json`.
    case object(revision: String, path: String)
  }

  /// As it was written.
  package let text: String
  /// What a path is relative to: empty, or with a slash at its end.
  let directory: String

  /// Nil for what can be neither: nothing, a text with white space or control characters, or one
  /// that Git would take for an option.
  package init?(_ text: String, relativeTo directory: String = "") {
    let isClean = text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
    guard !text.isEmpty, isClean, !text.hasPrefix("-") else { return nil }
    self.text = text
    self.directory = directory
  }

  /// What is meant.
  ///
  /// A text that begins with `/`, `./` or `../`, ends in `/`, `.json`, `.yml` or `.yaml`, or names
  /// a file that is there, is a path; with a colon in it, Git's spelling of a file at a revision;
  /// else a revision. So `main` is the branch even beside a directory of that name.
  package func target(in files: ProjectFiles) -> Target {
    let path = files.join(directory, text)
    let looksLikePath =
      ["/", "./", "../"].contains { text.hasPrefix($0) }
      || text.hasSuffix("/")
    if looksLikePath || files.kind(of: path) == .file { return .file(path) }
    if let colon = text.firstIndex(of: ":"), colon != text.startIndex {
      return .object(
        revision: String(text[..<colon]), path: String(text[text.index(after: colon)...]))
    }
    let isDocument = [".json", ".yml", ".yaml"].contains { text.lowercased().hasSuffix($0) }
    return isDocument ? .file(path) : .revision(text)
  }
}
