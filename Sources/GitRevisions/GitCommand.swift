import Diagnostics
import Dispatch
import Foundation

/// Runs git: no shell, no prompt, no pager.
///
/// What git reads from its own configuration is git's business; nothing here asks it to run a
/// filter or a hook.
struct GitCommand: Sendable {
  /// The folder in which git runs; the working directory where there is none.
  var folder: String?
  /// The environment, in which git is looked for too.
  var environment = ProcessInfo.processInfo.environment

  /// What a run left behind.
  struct Output: Sendable {
    var bytes: [UInt8]
    /// The lines of standard error that say something.
    var errors: [String]
    var isSuccess: Bool

    /// Standard output as text, without the line feed at its end.
    var text: String {
      let text = String(decoding: bytes, as: UTF8.self)
      return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    /// What git said, as notes of a diagnostic.
    var notes: [String] { errors.prefix(4).map { "git says: \($0)" } }
  }

  /// Runs git and waits for its end.
  ///
  /// - Throws: where there is no git.
  func run(_ arguments: [String]) throws(Diagnostic) -> Output {
    let process = Process()
    let executable = try executable()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = ["--no-pager"] + (folder.map { ["-C", $0] } ?? []) + arguments
    process.environment = environment.merging(Self.settings) { $1 }
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    do {
      try process.run()
    } catch {
      throw .error(
        "no-git", "git can't be run: '\(executable)'",
        notes: ["what was at a revision is read with git"])
    }
    // Both pipes are emptied at the same time: git would wait for ever on a full one.
    let said = PipeReader(errors.fileHandleForReading)
    let bytes = (try? output.fileHandleForReading.readToEnd()) ?? Data()
    let text = String(decoding: said.wait(), as: UTF8.self)
    process.waitUntilExit()
    return Output(
      bytes: Array(bytes),
      errors: text.split(whereSeparator: \.isNewline)
        .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty },
      isSuccess: process.terminationReason == .exit && process.terminationStatus == 0)
  }

  /// Nobody may be there to answer, and answers are read in English.
  private static let settings = [
    "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "SSH_ASKPASS": "false",
    "SSH_ASKPASS_REQUIRE": "force", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C",
  ]

  /// Where git is.
  ///
  /// Relative folders of the search path are passed over: a checkout may hold a program of that
  /// name.
  private func executable() throws(Diagnostic) -> String {
    let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    for folder in folders where folder.hasPrefix("/") {
      let path = "\(folder)/git"
      var isDirectory: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
        !isDirectory.boolValue, FileManager.default.isExecutableFile(atPath: path)
      {
        return path
      }
    }
    throw .error(
      "no-git", "git is not installed", notes: ["what was at a revision is read with git"])
  }
}

/// Reads a pipe to its end on a thread of its own.
private final class PipeReader: @unchecked Sendable {
  // Written by the thread before the semaphore is signalled, read after it was waited for.
  private var data = Data()
  private let done = DispatchSemaphore(value: 0)

  init(_ handle: FileHandle) {
    let thread = Thread { [self] in
      data = (try? handle.readToEnd()) ?? Data()
      done.signal()
    }
    thread.start()
  }

  func wait() -> Data {
    done.wait()
    return data
  }
}
