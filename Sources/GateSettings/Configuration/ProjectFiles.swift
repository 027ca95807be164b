package import Diagnostics
import Foundation

/// The files of a project, by paths as people give them: relative to a working directory.
package struct ProjectFiles: Sendable {
  package enum Kind: Hashable, Sendable {
    case file
    case directory
  }

  /// An absolute path.
  package let workingDirectory: String

  /// - Parameter workingDirectory: that of the process unless given.
  package init(workingDirectory: String = FileManager.default.currentDirectoryPath) {
    self.workingDirectory = workingDirectory
  }

  /// The path that the system takes.
  package func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    let base = workingDirectory.hasSuffix("/") ? workingDirectory : workingDirectory + "/"
    return path.isEmpty ? base : base + path
  }

  /// What lies at a path, links followed; nil where nothing is.
  package func kind(of path: String) -> Kind? {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: absolute(path), isDirectory: &isDirectory) else {
      return nil
    }
    return isDirectory.boolValue ? .directory : .file
  }

  package func isLink(_ path: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: absolute(path))) != nil
  }

  /// The names in a directory, sorted by their bytes so that no language changes the order; none
  /// where it can't be read.
  func names(in directory: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: absolute(directory))) ?? []
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  package func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    guard let kind = kind(of: path) else {
      throw .error("file-not-found", "there is no file '\(path)'")
    }
    guard kind == .file else { throw .error("unreadable-file", "'\(path)' is a directory") }
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: absolute(path))))
    } catch {
      throw .error("unreadable-file", "the file '\(path)' can't be read")
    }
  }

  /// A path that is relative to a directory, as seen from the working directory.
  ///
  /// Reports show it, so `.` and `x/..` go where the path stays the same: `x` must be no link.
  ///
  /// - Parameter directory: empty, or with a slash at its end.
  package func join(_ directory: String, _ path: String) -> String {
    let whole = path.hasPrefix("/") ? path : directory + path
    var parts: [Substring] = []
    for part in whole.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
      if part == "..", let last = parts.last, last != "..",
        !isLink((whole.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/"))
      {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    let joined = (whole.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    return joined.isEmpty ? "." : joined
  }

  // MARK: The configuration

  /// The names that a configuration may have.
  package static let configurationNames = ["wafcast.yml", "wafcast.yaml", "wafcast.json"]

  /// The path of the project's configuration; nil where there is none.
  ///
  /// It lies in the working directory or in one above it, up to the root of the Git repository (the
  /// directory with `.git`), or of the file system where there is no repository.
  ///
  /// - Throws: a diagnostic where one directory has two configurations.
  package func findConfiguration() throws(Diagnostic) -> String? {
    var prefix = ""
    var directory = workingDirectory
    while true {
      let found = Self.configurationNames.filter { kind(of: prefix + $0) == .file }
      guard found.count <= 1 else {
        let names = found.map { "'\(prefix)\($0)'" }.joined(separator: " and ")
        throw .error(
          "several-configurations", "there are several configurations: \(names)",
          notes: ["--config FILE chooses one"])
      }
      if let name = found.first { return prefix + name }
      let parent = URL(fileURLWithPath: directory).deletingLastPathComponent().path
      guard parent != directory, !directory.isEmpty, kind(of: prefix + ".git") == nil else {
        return nil
      }
      directory = parent
      prefix += "../"
    }
  }
}
