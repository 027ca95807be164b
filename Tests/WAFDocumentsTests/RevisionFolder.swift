import Foundation
import TestSupport

/// A git repository that is there for one test.
///
/// Revisions are looked for around the working directory, which all tests of a process share: those
/// that need it run in processes of their own.
final class RevisionFolder {
  enum Problem: Error {
    case git([String])
  }

  private let directory: TemporaryDirectory
  var path: String { directory.path }

  /// - Parameter files: what is committed first, on branch `main`.
  init(_ files: [String: String]) throws {
    directory = try TemporaryDirectory()
    try git("init", "--quiet", "--initial-branch=main")
    try write(files)
    try git("add", "--all")
    try git("commit", "--quiet", "--message", "first")
  }

  func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// Writes files without committing them.
  func write(_ files: [String: String]) throws {
    for (name, text) in files { try directory.write(name, text) }
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: self(name))
  }

  private func git(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["git", "-c", "user.name=Test", "-c", "user.email=test@example.com"] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": path,
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
    ]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Problem.git(arguments) }
  }
}
