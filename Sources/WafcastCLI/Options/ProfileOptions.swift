import ArgumentParser

/// Whether it is measured where the time goes, and where that is written.
struct ProfileOptions: ParsableArguments {
  @Flag(
    help: """
      Say on standard error where the time went: the dearest rules, values and patterns, and the \
      patterns that gave up.
      """)
  var profile = false

  @Option(
    help: ArgumentHelp("Write all of the profile as JSON.", valueName: "file"),
    completion: .file())
  var profileFile: String?

  var isAsked: Bool { profile || profileFile != nil }
}
