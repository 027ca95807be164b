import ArgumentParser

/// What is written, and where.
struct OutputOptions: ParsableArguments {
  @Option(help: "The form of the report on standard output: text or json.")
  var format = ReportFormat.text

  @Option(
    help: ArgumentHelp(
      "Write a predicted AWS WAF log record for each request; - for standard output, and the "
        + "report goes to standard error.", valueName: "file"), completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Write what could not be read, a JSON value a line.", valueName: "file"),
    completion: .file())
  var rejects: String?

  @Option(
    help: ArgumentHelp(
      "Print the override for this managed rule, not for the one that blocks most.",
      valueName: "rule"))
  var cure: String?

  @Flag(help: "Show the values of cookies, tokens and credentials.")
  var showSecrets = false

  @Flag(help: "Print no warnings and no progress.")
  var quiet = false

  @Flag(name: .customLong("no-progress"), help: "Print no progress.")
  var noProgress = false

  var showsProgress: Bool { !quiet && !noProgress && Terminal.errorIsTerminal }
}
