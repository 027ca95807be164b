import Diagnostics
import Foundation

/// What the exit code says; `docs/` and `--help` list the same.
enum ExitStatus: Int32 {
  /// Ran; no finding counts as a failure.
  case done = 0
  /// Ran; at least one finding does.
  case findings = 1
  /// The job could not be done: usage, invalid document, unreadable input, too many rejects.
  case failed = 2
  /// More indeterminate requests than `--max-indeterminate` allows.
  case tooManyIndeterminate = 3
  /// A bug of wafcast.
  case bug = 70

  /// Ends the process.
  func end() -> Never { exitProcess(rawValue) }
}

func exitProcess(_ code: Int32) -> Never { exit(code) }

/// Why a command gives up, in words for the user.
struct Failure: Error {
  var message: String
  var status: ExitStatus

  init(_ message: String, status: ExitStatus = .failed) {
    self.message = "error: " + printable(message)
    self.status = status
  }
}

/// The reader of standard output has gone; there is nobody left to tell.
struct OutputClosed: Error {}

/// Makes writing to a closed pipe an error of the write, so that the process ends in good order.
func ignoreBrokenPipes() {
  signal(SIGPIPE, SIG_IGN)
}
