import Diagnostics
import Synchronization

/// What stands in a folder at a revision.
struct GitEntry: Sendable {
  enum Kind: Sendable {
    case file
    case directory
    /// A symbolic link; its content is the path that it leads to.
    case link
    /// Another repository, of which this one knows the commit only.
    case submodule
  }

  var name: String
  var kind: Kind
  /// The object's hash.
  var object: String

  /// Reads an entry of `git ls-tree -z`: mode, type and hash, a tab, and the name.
  init?(_ line: ArraySlice<UInt8>) {
    guard let tab = line.firstIndex(of: 0x09) else { return nil }
    let words = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
    guard words.count == 3 else { return nil }
    name = String(decoding: line[(tab + 1)...], as: UTF8.self)
    object = String(words[2])
    switch (words[1], words[0]) {
    case ("tree", _): kind = .directory
    case ("commit", _): kind = .submodule
    case ("blob", "120000"): kind = .link
    case ("blob", _): kind = .file
    default: return nil
    }
  }
}

/// The folders that were read, by their hashes: those on the way to a file are asked for with each
/// one.
final class GitTreeCache: Sendable {
  private let trees = Mutex<[String: [GitEntry]]>([:])

  /// What stands in a folder.
  ///
  /// - Parameters:
  ///   - object: the hash of a tree or of a commit.
  ///   - name: the folder as a diagnostic names it.
  func entries(
    of object: String, _ name: String, _ git: GitCommand
  ) throws(Diagnostic) -> [GitEntry] {
    if let known = trees.withLock({ $0[object] }) { return known }
    let listing = try git.run(["ls-tree", "-z", "--full-tree", object])
    guard listing.isSuccess else {
      throw .error("unreadable-revision", "git can't list '\(name)'", notes: listing.notes)
    }
    let entries = listing.bytes.split(separator: 0).compactMap { GitEntry($0) }
    trees.withLock { $0[object] = entries }
    return entries
  }
}
