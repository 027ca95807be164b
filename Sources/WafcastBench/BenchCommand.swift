import ArgumentParser
import Wafcast

/// The command `wafcast-bench`: times the stages of a replay apart from each other.
///
/// It prints figures as JSON for `Benchmarks/`, which runs it turn about with its peers.
@main
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wafcast-bench",
    abstract: "Time the stages of a replay, each by itself.",
    discussion: """
      EXAMPLE
        wafcast-bench evaluate acl.json requests.ndjson --rounds 5

      Each command prints one line of JSON. Times are nanoseconds of CPU time of
      the process, one figure a round.
      """,
    version: WafcastVersion.current,
    subcommands: [CompileCommand.self, ReadCommand.self, EvaluateCommand.self])
}

/// Why something can't be timed, in words for the user.
struct Failure: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}
