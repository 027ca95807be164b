package import Diagnostics
import Foundation

extension GitRepository {
  /// Says that git does not know a revision, and why that may be.
  func unknownRevision(
    _ name: String, _ output: GitCommand.Output
  ) throws(Diagnostic) -> Diagnostic {
    // The other messages say more than that there is nothing.
    var notes = output.notes.filter { !$0.contains("Needed a single revision") }
    if isShallow {
      notes.append(
        "the history is shallow: fetch more of it with `git fetch --unshallow`, or with "
          + "`fetch-depth: 0` in a checkout step")
    }
    return .error(
      "unknown-revision", "git knows no revision '\(name)'", notes: notes,
      suggestion: try nearRevision(name))
  }

  /// The revision that was probably meant: often one of a remote, of which CI has no branch.
  private func nearRevision(_ name: String) throws(Diagnostic) -> String? {
    let base = name.prefix { !"~^@".contains($0) }
    // The branch is known, and what is left of it in a shallow clone is too short.
    guard !base.isEmpty, try !git.run(["rev-parse", "--verify", "\(base)^{commit}"]).isSuccess
    else {
      return nil
    }
    let listing = try git.run([
      "for-each-ref", "--count=2000", "--format=%(refname:short)", "refs/heads", "refs/remotes",
      "refs/tags",
    ])
    let references = listing.text.split(separator: "\n").map(String.init)
    let near =
      references.first { $0.hasSuffix("/" + base) }
      ?? didYouMean(String(base), among: references)
    return near.map { $0 + name.dropFirst(base.count) }
  }
}

extension GitRevision {
  /// Says that there is no such file, and which one was probably meant.
  ///
  /// - Parameter path: from the root of the repository.
  package func missing(_ path: String) -> Diagnostic {
    var notes: [String] = []
    if let root = repository.root, FileManager.default.fileExists(atPath: root + "/" + path) {
      notes.append("there is one on disk: it was not committed at '\(name)'")
    }
    return .error(
      "file-not-found", "there is no file '\(path)' at '\(name)'", notes: notes,
      suggestion: notes.isEmpty ? nearPath(path).map { "\(name):\($0)" } : nil)
  }

  /// The path that was probably meant.
  private func nearPath(_ path: String) -> String? {
    // Git counts from the root; who stands in a folder is easily mistaken.
    let below = repository.prefix + path
    if !repository.prefix.isEmpty, (try? kind(of: below)) != nil { return below }
    guard
      let listing = try? repository.git.run([
        "ls-tree", "-r", "-z", "--full-tree", "--name-only", commit,
      ])
    else { return nil }
    let paths = listing.bytes.split(separator: 0).prefix(20_000)
      .map { String(decoding: $0, as: UTF8.self) }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let homonyms = paths.filter { $0.hasSuffix("/" + name) || $0 == name }
    if homonyms.count == 1 { return homonyms.first }
    // The cost grows with the lengths: only paths of the same kind of file, and not too many.
    let kind = name.split(separator: ".").last.map { "." + $0 } ?? name
    return didYouMean(path, among: Array(paths.filter { $0.hasSuffix(kind) }.prefix(2_000)))
  }
}
