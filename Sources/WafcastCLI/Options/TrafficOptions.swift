import ArgumentParser
import WAFReplay

/// How recordings are read, and how much may be wrong with them.
struct TrafficOptions: ParsableArguments {
  @OptionGroup var recordings: TrafficFormatOptions

  @Option(
    help: ArgumentHelp(
      "The share of records that may be unreadable before the exit code is 2.",
      valueName: "percent"))
  var maxRejects = Percentage(10)

  @Option(
    help: ArgumentHelp(
      "Requests that may be indeterminate before the exit code is 3: a number, or a share "
        + "such as 5%.", valueName: "limit"))
  var maxIndeterminate: IndeterminateLimit?

  @Option(
    help: ArgumentHelp(
      "Longer records are rejected; 16 MiB unless given.", valueName: "bytes"))
  var maxRecord: Int?

  @Option(
    help: ArgumentHelp(
      "Records are evaluated by this many workers; one a core unless given. The output does not "
        + "depend on it.", valueName: "n"))
  var workers: Int?

  @Option(
    help: ArgumentHelp(
      "What is done about rate-based rules: simulate computes rates from the recorded times, "
        + "assume-none takes it that nothing is limited.", valueName: "mode"),
    completion: .list(RateMode.allCases.map(\.rawValue)))
  var rate = RateMode.simulate

  func validate() throws {
    if let maxRecord, maxRecord < 1 { throw ValidationError("--max-record takes a size in bytes") }
    if let workers, workers < 1 || workers > 1024 {
      throw ValidationError("--workers takes a number from 1 to 1024")
    }
  }
}

extension RateMode: ExpressibleByArgument {}
