import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import GitRevisions

/// How git is run, with a script in its place.
@Suite struct GitCommandTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
  }

  private func run(
    _ script: String, _ arguments: [String] = [], environment: [String: String] = [:]
  ) throws -> GitCommand.Output {
    // A copy, as a file that this process wrote may still be open in a process that another test
    // starts: it could not be run.
    let original = try folder.write("script", "#!/bin/sh\n" + script)
    let copy = Process()
    copy.executableURL = URL(fileURLWithPath: "/bin/cp")
    copy.arguments = [original, folder.path + "/git"]
    try copy.run()
    copy.waitUntilExit()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder.path + "/git")
    let paths = ["PATH": folder.path + ":/usr/bin:/bin"]
    return try GitCommand(environment: paths.merging(environment) { $1 }).run(arguments)
  }

  /// More than any pipe holds, on both of them, the one after the other.
  @Test func bothPipesAreEmptied() throws {
    let script = """
      head -c 3000000 /dev/zero
      head -c 3000000 /dev/zero | tr '\\0' '\\n' >&2
      echo done >&2
      head -c 3000000 /dev/zero
      """
    let output = try run(script)
    #expect(output.bytes.count == 6_000_000)
    #expect(output.errors == ["done"])
    #expect(output.isSuccess)
  }

  /// Nothing is asked of whoever sits at the terminal.
  @Test func nobodyIsAsked() throws {
    let script = """
      cat
      echo "$GIT_TERMINAL_PROMPT|$GIT_ASKPASS|$GIT_OPTIONAL_LOCKS|$LC_ALL|$FOO|$*"
      """
    let output = try run(
      script, ["rev-parse", "a b;$(c)"],
      environment: ["GIT_TERMINAL_PROMPT": "1", "GIT_ASKPASS": "window", "FOO": "kept"])
    #expect(output.text == "0||0|C|kept|--no-pager rev-parse a b;$(c)")
  }

  @Test(arguments: [("exit 1", false), ("kill -9 $$", false), ("true", true)])
  func success(script: String, isSuccess: Bool) throws {
    #expect(try run(script).isSuccess == isSuccess)
  }

  /// A folder of that name and a file that is no program are not git.
  @Test func missing() throws {
    try folder.write("git/readme", "")
    try folder.write("plain/git", "")
    expectNone(in: ["", ".", folder.path, folder.path + "/plain", "/nowhere"])
    expectNone(in: [])
  }

  /// A checkout may hold a program of that name.
  @Test func programsInTheWorkingDirectory() throws {
    #expect(try run("true").isSuccess)
    let depth = FileManager.default.currentDirectoryPath.split(separator: "/").count
    let relative = String(repeating: "../", count: depth) + folder.path.dropFirst()
    #expect(FileManager.default.isExecutableFile(atPath: relative + "/git"))
    expectNone(in: [relative])
  }

  private func expectNone(in paths: [String]) {
    let error = #expect(throws: Diagnostic.self) {
      try GitCommand(environment: ["PATH": paths.joined(separator: ":")]).run(["--version"])
    }
    #expect(error?.code == "no-git")
    #expect(error?.message == "git is not installed")
  }
}
