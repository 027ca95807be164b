package import Diagnostics
import Foundation

/// The files of a repository at one revision.
///
/// Nothing is checked out: files are read out of git's store. Paths are those from the root of the
/// repository.
package struct GitRevision: Sendable {
  /// What a path is.
  package enum Kind: Hashable, Sendable {
    case file
    case directory
  }

  /// As the user wrote it.
  package let name: String
  /// The commit, 40 hexadecimal digits (64 for repositories of SHA-256).
  package let commit: String
  /// The repository.
  package let repository: GitRepository
  private let trees = GitTreeCache()

  /// Finds a revision.
  ///
  /// - Parameters:
  ///   - name: a branch, a tag, a hash, or what else git takes for a single commit.
  ///   - folder: a folder in the repository; the working directory unless given.
  package init(_ name: String, around folder: String? = nil) throws(Diagnostic) {
    try self.init(name, around: folder, git: GitCommand())
  }

  init(_ name: String, around folder: String?, git: GitCommand) throws(Diagnostic) {
    try Self.check(name)
    self.name = name
    repository = try GitRepository(
      around: folder ?? FileManager.default.currentDirectoryPath, git: git)
    let found = try repository.git.run(["rev-parse", "--verify", name + "^{commit}"])
    let hash = found.text
    guard found.isSuccess, hash.count >= 40, hash.allSatisfy(\.isHexDigit) else {
      throw try repository.unknownRevision(name, found)
    }
    commit = hash
  }

  /// Refuses what git would take for an option or for several revisions.
  private static func check(_ name: String) throws(Diagnostic) {
    let isClean = name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    guard !name.isEmpty, isClean, !name.hasPrefix("-"), !name.hasPrefix("^") else {
      throw .error("unknown-revision", "'\(name)' is not the name of a revision")
    }
    // What stands in braces is a date or a text to look for.
    guard !name.replacing(/\{[^}]*\}/, with: "").contains("..") else {
      throw .error(
        "unknown-revision", "'\(name)' is a range of revisions, one is expected",
        notes: ["`git merge-base A B` gives the revision at which two branches part"])
    }
  }

  // MARK: Paths

  /// The path of `REVISION:PATH` from the root of the repository.
  ///
  /// - Throws: where it leads out of the repository.
  package func resolve(_ path: String) throws(Diagnostic) -> String {
    let isRelative = ["./", "../"].contains(where: path.hasPrefix) || path == "." || path == ".."
    guard !path.hasPrefix("/") else {
      throw .error(
        "file-not-found", "'\(name):\(path)' is no path at a revision",
        notes: [
          "the path counts from the root of the repository, without a slash at its beginning, or, "
            + "with './', from the working directory"
        ])
    }
    var parts: [Substring] = []
    for part in ((isRelative ? repository.prefix : "") + path).split(separator: "/")
    where part != "." {
      guard part == ".." else {
        parts.append(part)
        continue
      }
      guard parts.popLast() != nil else {
        throw .error("file-not-found", "'\(name):\(path)' leads out of the repository")
      }
    }
    return parts.joined(separator: "/")
  }

  /// What a path is at the revision, links followed; nil where it is nothing.
  package func kind(of path: String) throws(Diagnostic) -> Kind? {
    try find(path)?.kind
  }

  /// A path without links in it; the path itself where it is nothing.
  package func resolvingLinks(_ path: String) -> String {
    // Whoever reads the file is told what is wrong with it.
    (try? find(path))??.path ?? path
  }

  /// The names of the files right in a folder, sorted.
  ///
  /// Links to files are among them, and those that lead nowhere.
  package func files(in folder: String) throws(Diagnostic) -> [String] {
    guard let found = try find(folder), found.kind == .directory else { return [] }
    var names: [String] = []
    for entry in try entries(of: found.object, folder) {
      switch entry.kind {
      case .file: names.append(entry.name)
      case .directory, .submodule: break
      case .link:
        let path = folder.isEmpty ? entry.name : folder + "/" + entry.name
        if case .directory? = (try? find(path))??.kind { break }
        names.append(entry.name)
      }
    }
    return names.sorted()
  }

  /// The bytes of a file.
  package func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    guard let found = try find(path) else { throw missing(path) }
    guard found.kind == .file else {
      throw .error("unreadable-file", "'\(name):\(path)' is a directory")
    }
    let bytes = try blob(found.object, path)
    // A pointer is a text of less than 1,024 bytes that begins so.
    // Source: git-lfs specification, "The Pointer" (documented).
    if bytes.count < 1024, bytes.starts(with: Array("version https://git-lfs.github.com/".utf8)) {
      throw .error(
        "lfs-pointer", "'\(name):\(path)' is kept in Git LFS, which is not read at a revision",
        notes: [
          "write it to a file, which can be named in its place: "
            + "`git show \(name):\(found.path) | git lfs smudge > old.json`"
        ])
    }
    return bytes
  }

  // MARK: Objects

  /// What a path leads to.
  private struct Found {
    var kind: Kind
    /// Without links.
    var path: String
    var object: String
  }

  /// The number of links on the way to a file, as many as Linux follows.
  private static let linkLimit = 40

  private func find(_ path: String) throws(Diagnostic) -> Found? {
    var folders = [(name: "", object: commit)]
    var pending: [Substring] = path.split(separator: "/").reversed()
    var links = 0
    func whole(_ last: String) -> String {
      (folders.dropFirst().map(\.name) + [last]).filter { !$0.isEmpty }.joined(separator: "/")
    }
    while let part = pending.popLast() {
      if part == "." { continue }
      if part == ".." {
        guard folders.count > 1 else { throw unfollowed(path) }
        folders.removeLast()
        continue
      }
      guard let folder = folders.last,
        let entry = Self.entry(part, in: try entries(of: folder.object, whole("")))
      else { return nil }
      switch entry.kind {
      case .directory: folders.append((entry.name, entry.object))
      case .file:
        guard pending.isEmpty else { return nil }
        return Found(kind: .file, path: whole(entry.name), object: entry.object)
      case .submodule:
        throw .error(
          "submodule", "'\(name):\(whole(entry.name))' is a submodule, which is not read",
          notes: [
            "it is at commit \(entry.object.prefix(12)); its files are in a repository of their own"
          ])
      case .link:
        links += 1
        let target = String(decoding: try blob(entry.object, path), as: UTF8.self)
        guard links <= Self.linkLimit, !target.hasPrefix("/") else {
          throw unfollowed(path, target)
        }
        pending += target.split(separator: "/").reversed()
      }
    }
    return Found(kind: .directory, path: whole(""), object: folders.last?.object ?? commit)
  }

  private func unfollowed(_ path: String, _ target: String? = nil) -> Diagnostic {
    .error(
      "unfollowed-link", "'\(name):\(path)' is a link that can't be followed at a revision",
      notes: [
        target.map { "it leads to '\($0)'" } ?? "it leads out of the repository"
      ])
  }

  /// The entry of a name: the same bytes, else the same characters.
  ///
  /// File systems that compose characters otherwise than git has them are asked by the name that
  /// they show.
  private static func entry(_ name: Substring, in entries: [GitEntry]) -> GitEntry? {
    entries.first { $0.name.utf8.elementsEqual(name.utf8) } ?? entries.first { $0.name == name }
  }

  private func entries(of object: String, _ path: String) throws(Diagnostic) -> [GitEntry] {
    try trees.entries(of: object, "\(name):\(path)", repository.git)
  }

  private func blob(_ object: String, _ path: String) throws(Diagnostic) -> [UInt8] {
    let output = try repository.git.run(["cat-file", "blob", object])
    guard output.isSuccess else {
      throw .error(
        "unreadable-revision", "git can't read '\(name):\(path)'", notes: output.notes)
    }
    return output.bytes
  }
}
