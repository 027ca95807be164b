package import Diagnostics
import Foundation

/// The files of a repository at one revision.
///
/// Nothing is checked out: files are read out of git's store.
package struct GitRevision: Hashable, Sendable {
  /// As the user wrote it.
  package let name: String
  /// The commit, 40 hexadecimal digits (64 for repositories of SHA-256).
  package let commit: String
  /// The repository's working folder, an absolute path.
  package let root: String
  /// Where the working directory lies in it: empty, or with a slash at its end.
  package let prefix: String

  /// Finds a revision in the repository of the working directory.
  package init(_ name: String) throws(Diagnostic) {
    self.name = name
    guard !name.isEmpty, !name.hasPrefix("-") else {
      throw .error("unknown-revision", "'\(name)' is not the name of a revision")
    }
    guard !name.contains("..") else {
      throw .error(
        "unknown-revision", "'\(name)' is a range of revisions, one is expected",
        notes: ["`git merge-base A B` gives the revision at which two branches part"])
    }
    let place = try GitCommand.run(["rev-parse", "--show-toplevel", "--show-prefix"])
    guard place.status == 0 else {
      throw .error(
        "no-repository", "'\(name):…' asks for a git revision, and git finds no repository here",
        notes: Self.lines(place.errors))
    }
    let lines = String(decoding: place.bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    root = lines.first.map(String.init) ?? ""
    prefix = lines.count > 1 ? String(lines[1]) : ""
    let found = try GitCommand.run([
      "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}",
    ])
    let hash = String(decoding: found.bytes, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    guard found.status == 0, !hash.isEmpty else {
      throw .error(
        "unknown-revision", "git knows no revision '\(name)'",
        notes: Self.lines(found.errors) + (try Self.shallowAdvice()))
    }
    commit = hash
  }

  /// In CI the history is often cut short.
  private static func shallowAdvice() throws(Diagnostic) -> [String] {
    let answer = try GitCommand.run(["rev-parse", "--is-shallow-repository"])
    guard String(decoding: answer.bytes, as: UTF8.self).hasPrefix("true") else {
      return ["a branch of a remote is named with it: origin/main"]
    }
    return [
      "the history is shallow: fetch more of it with `git fetch --unshallow`, or with "
        + "`fetch-depth: 0` in a checkout step"
    ]
  }

  // MARK: Paths

  /// A path of the command line from the root of the repository; nil where it lies outside.
  package func pathInRepository(_ path: String) -> String? {
    let absolute = URL(fileURLWithPath: path).standardizedFileURL.path
    for candidate in [absolute, URL(fileURLWithPath: absolute).resolvingSymlinksInPath().path] {
      if candidate == root { return "" }
      if candidate.hasPrefix(root + "/") { return String(candidate.dropFirst(root.count + 1)) }
    }
    return nil
  }

  /// The path of `REVISION:PATH` from the root of the repository.
  package func resolve(_ path: String) -> String {
    let isRelative = path.hasPrefix("./") || path.hasPrefix("../") || path == "." || path == ".."
    var parts: [Substring] = []
    for part in ((isRelative ? prefix : "") + path).split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }

  // MARK: Files

  package enum Kind: Hashable, Sendable {
    case file
    case directory
  }

  /// What a path from the root of the repository is at the revision; nil where it is nothing.
  package func kind(of path: String) throws(Diagnostic) -> Kind? {
    if path.isEmpty { return .directory }
    let parent = path.split(separator: "/").dropLast().joined(separator: "/")
    return try entries(parent).first { $0.path == path }?.kind
  }

  /// The names of the files right in a folder, sorted.
  package func files(in folder: String) throws(Diagnostic) -> [String] {
    try entries(folder).filter { $0.kind == .file }
      .map { String($0.path.split(separator: "/").last ?? "") }.sorted()
  }

  private struct Entry {
    var kind: Kind
    var path: String
  }

  private func entries(_ folder: String) throws(Diagnostic) -> [Entry] {
    let arguments =
      ["ls-tree", "-z", "--full-tree", commit] + (folder.isEmpty ? [] : [folder + "/"])
    let listing = try GitCommand.run(arguments)
    guard listing.status == 0 else {
      throw .error(
        "unreadable-revision", "git can't list '\(name):\(folder)'",
        notes: Self.lines(listing.errors))
    }
    return listing.bytes.split(separator: 0).compactMap { line in
      guard let tab = line.firstIndex(of: 9) else { return nil }
      let path = String(decoding: line[(tab + 1)...], as: UTF8.self)
      let words = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
      guard words.count == 3 else { return nil }
      return Entry(kind: words[1] == "tree" ? .directory : .file, path: path)
    }
  }

  /// The bytes of a file, by its path from the root of the repository.
  package func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    let blob = try GitCommand.run(["cat-file", "blob", "\(commit):\(path)"])
    guard blob.status == 0 else {
      let folder = path.split(separator: "/").dropLast().joined(separator: "/")
      let others = (try? files(in: folder)) ?? []
      throw .error(
        "file-not-found", "there is no file '\(path)' at '\(name)'",
        suggestion: didYouMean(
          String(path.split(separator: "/").last ?? ""), among: others))
    }
    if blob.bytes.starts(with: Array("version https://git-lfs".utf8)) {
      throw .error(
        "lfs-pointer", "'\(name):\(path)' is kept in Git LFS, which is not read at a revision",
        notes: ["write the file of that revision to disk, and name it as the old web ACL"])
    }
    // A symbolic link's blob is the path that it leads to.
    if try isLink(path) {
      return try read(target(of: path, String(decoding: blob.bytes, as: UTF8.self)))
    }
    return blob.bytes
  }

  private func isLink(_ path: String) throws(Diagnostic) -> Bool {
    let listing = try GitCommand.run(["ls-tree", "-z", "--full-tree", commit, path])
    return listing.bytes.starts(with: Array("120000 ".utf8))
  }

  private func target(of link: String, _ target: String) throws(Diagnostic) -> String {
    let folder = link.split(separator: "/").dropLast().joined(separator: "/")
    var parts = folder.split(separator: "/")
    for part in target.split(separator: "/") where part != "." {
      guard part == ".." else {
        parts.append(part)
        continue
      }
      guard parts.popLast() != nil else { break }
    }
    let path = parts.joined(separator: "/")
    guard !target.hasPrefix("/"), path != link, try !isLink(path) else {
      throw .error(
        "unreadable-revision",
        "'\(name):\(link)' is a link to '\(target)', which can't be followed at a revision")
    }
    return path
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").prefix(4).map { "git says: " + $0 }
  }
}
