package import Diagnostics
import Foundation

/// A git repository, seen from a folder in it.
package struct GitRepository: Sendable {
  /// The folder of its files, an absolute path; nil in a bare repository, which has none.
  package let root: String?
  /// Where the folder it is seen from lies in it: empty, or with a slash at its end.
  let prefix: String
  /// Whether its history was cut short when it was cloned.
  let isShallow: Bool
  let git: GitCommand
  /// The folder it is seen from, an absolute path.
  private let folder: String

  /// Finds the repository around a folder.
  ///
  /// - Throws: where there is none, where git refuses it, or where there is no git.
  init(around folder: String, git: GitCommand = GitCommand()) throws(Diagnostic) {
    var git = git
    git.folder = folder
    self.git = git
    self.folder = folder
    let facts = try git.run(["rev-parse", "--is-inside-work-tree", "--is-shallow-repository"])
    guard facts.isSuccess else { throw Self.refusal(facts) }
    let lines = facts.text.split(separator: "\n")
    isShallow = lines.last == "true"
    guard lines.first == "true" else {
      root = nil
      prefix = ""
      return
    }
    // A line break may be part of a path, so each is asked for alone.
    root = try Self.answer(git, "--show-toplevel")
    prefix = try Self.answer(git, "--show-prefix")
  }

  private static func answer(_ git: GitCommand, _ option: String) throws(Diagnostic) -> String {
    let output = try git.run(["rev-parse", option])
    guard output.isSuccess else { throw refusal(output) }
    return output.text
  }

  private static func refusal(_ output: GitCommand.Output) -> Diagnostic {
    if output.errors.contains(where: { $0.contains("dubious ownership") }) {
      return .error(
        "repository-refused", "git refuses the repository here: it belongs to another user",
        notes: output.notes)
    }
    return .error(
      "no-repository", "a git revision is asked for, and git finds no repository here",
      notes: output.notes)
  }

  // MARK: Paths on disk

  /// A path on disk from the root of the repository; nil where it lies outside.
  ///
  /// - Parameter path: absolute, or relative to the folder that the repository is seen from.
  package func path(of path: String) -> String? {
    guard let root = root.map(Self.resolved) else { return nil }
    let parts = Self.normalized(path.hasPrefix("/") ? path : folder + "/" + path)
    // Only the way to the root is resolved: a link in the repository is followed at the revision.
    for count in 0...parts.count
    where Self.resolved("/" + parts[..<count].joined(separator: "/")) == root {
      return parts[count...].joined(separator: "/")
    }
    let target = Self.resolved("/" + parts.joined(separator: "/"))
    return target.hasPrefix(root + "/") ? String(target.dropFirst(root.count + 1)) : nil
  }

  /// Whether git is told to leave a path alone: no revision has it.
  ///
  /// - Parameter path: from the root of the repository.
  package func ignores(_ path: String) throws(Diagnostic) -> Bool {
    guard let root, !path.isEmpty else { return false }
    return try git.run(["check-ignore", "--quiet", "--", root + "/" + path]).isSuccess
  }

  /// The parts of a path, without `.` and with `..` taken away as the text has it.
  private static func normalized(_ path: String) -> [Substring] {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts
  }

  private static func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }
}
