import Diagnostics
import Foundation

/// Runs git: no shell, no prompt, no pager.
struct GitCommand {
  struct Output {
    var bytes: [UInt8]
    var errors: String
    var status: Int32
  }

  /// - Throws: where there is no git.
  static func run(_ arguments: [String]) throws(Diagnostic) -> Output {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "--no-pager", "--literal-pathspecs"] + arguments
    var environment = ProcessInfo.processInfo.environment
    environment["GIT_TERMINAL_PROMPT"] = "0"
    environment["GIT_OPTIONAL_LOCKS"] = "0"
    environment["LC_ALL"] = "C"
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    do {
      try process.run()
    } catch {
      throw .error("no-git", "git can't be run", notes: ["a revision is read with git: install it"])
    }
    // Both pipes are emptied at the same time: git would wait for ever on a full one.
    let said = PipeReader(errors.fileHandleForReading)
    let bytes = Array(output.fileHandleForReading.readDataToEndOfFile())
    let text = String(decoding: said.wait(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus == 127 {
      throw .error("no-git", "git is not installed", notes: ["a revision is read with git"])
    }
    return Output(bytes: bytes, errors: text, status: process.terminationStatus)
  }
}

/// Reads a pipe to its end on a thread of its own.
private final class PipeReader: @unchecked Sendable {
  // Written by the thread before the semaphore is signalled, read after it was waited for.
  private var data = Data()
  private let done = DispatchSemaphore(value: 0)

  init(_ handle: FileHandle) {
    let thread = Thread { [self] in
      data = handle.readDataToEndOfFile()
      done.signal()
    }
    thread.start()
  }

  func wait() -> Data {
    done.wait()
    return data
  }
}
