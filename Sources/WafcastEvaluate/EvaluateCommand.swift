import ArgumentParser
import Diagnostics
import Evaluation
import Foundation

/// The command `wafcast-evaluate`: measures managed rule groups and detectors on labelled requests.
@main
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wafcast-evaluate",
    abstract: "Measure managed rule groups and detectors on labelled requests.",
    discussion: """
      EXAMPLE
        wafcast-evaluate corpora/labelled
        wafcast-evaluate --format json --list-false-positives 3 my-requests.ndjson

      docs/evaluation.md describes the form of the corpora and how to read the
      figures.

      EXIT CODES
        0   measured; lines that can't be read are reported
        2   not measured: usage, no such file, no readable request
      """,
    subcommands: [ReportCommand.self, ValuesCommand.self, TimeCommand.self],
    defaultSubcommand: ReportCommand.self)

  static func main() {
    // A reader of standard output that has gone is an error of the write, not the end by a signal.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      Output.error.writeIgnoringErrors("error: " + failure.message + "\n")
      Foundation.exit(2)
    } catch {
      let code = exitCode(for: error)
      guard code == .validationFailure else { exit(withError: error) }
      Output.error.writeIgnoringErrors(fullMessage(for: error) + "\n")
      Foundation.exit(2)
    }
  }
}

/// Why the job can't be done, in words for the user.
struct Failure: Error {
  var message: String

  /// A message of one line, or of lines that are printable already.
  init(_ message: String) { self.message = message }

  init(_ error: LabelledCorpusError) { message = printable(error.message) }
}
