import Foundation
import TestSupport

@testable import GitRevisions

/// A git repository that is there for the time of one test.
final class TemporaryRepository {
  /// What git sees of the machine.
  static let environment = [
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": "/nowhere",
    "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@example.com",
    "GIT_COMMITTER_NAME": "Test", "GIT_COMMITTER_EMAIL": "test@example.com",
  ]

  enum Problem: Error {
    case git([String], String)
  }

  let directory: TemporaryDirectory

  /// A repository on branch `main`.
  ///
  /// - Parameters:
  ///   - files: what is committed first, by path; without any there is no commit.
  ///   - options: more for `git init`.
  init(_ files: [String: String] = [:], options: [String] = []) throws {
    directory = try TemporaryDirectory()
    try git(["init", "--quiet", "--initial-branch=main"] + options)
    if !files.isEmpty { try commit("first: one", files) }
  }

  var path: String { directory.path }

  /// Commits everything after some files were written.
  @discardableResult
  func commit(_ message: String, _ files: [String: String] = [:]) throws -> String {
    for (name, text) in files { try directory.write(name, text) }
    try git("add", "--all")
    try git("commit", "--quiet", "--message", message)
    return try git("rev-parse", "HEAD")
  }

  /// Makes a symbolic link.
  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: path + "/" + name, withDestinationPath: target)
  }

  @discardableResult
  func git(_ arguments: String...) throws -> String { try git(arguments) }

  @discardableResult
  func git(_ arguments: [String]) throws -> String {
    let output = try GitCommand(folder: path, environment: Self.environment).run(arguments)
    guard output.isSuccess else {
      throw Problem.git(arguments, output.errors.joined(separator: "\n"))
    }
    return output.text
  }

  /// A revision, looked for from the root or from a folder of the repository.
  func revision(
    _ name: String, from folder: String = "", environment: [String: String] = [:]
  ) throws -> GitRevision {
    let environment = Self.environment.merging(environment) { $1 }
    return try GitRevision(
      name, around: folder.hasPrefix("/") ? folder : path + "/" + folder,
      git: GitCommand(environment: environment))
  }
}
