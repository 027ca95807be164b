import ACLTesting
import ArgumentParser
import Findings
import Foundation
import Gate
import GateReports
import GateSettings
import ReportText
import WAFReports
import Wafcast

/// `wafcast check`: the gate of a project, as its `wafcast.yml` says.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Hold web ACLs against what wafcast.yml asks of them.",
    discussion: """
      EXAMPLE
        wafcast check --base origin/main
        wafcast check --base main --report github --report sarif=wafcast.sarif
        wafcast check --show-config

      wafcast.yml is looked for upward from the working directory, as far as
      the repository goes. It names web ACLs, what they refer to, recordings,
      budgets, tests, what is accepted and until when; docs/gate.md describes
      it. Options and arguments take the place of what it says.

      A check never passes in a vacuum: without a readable request, without a
      rule that matches any, with fewer requests than minimum, or with a
      recording of another web ACL, it fails.

      EXIT CODES
        0   nothing fails
        1   a finding fails: a change that --fail-on names, a budget, a test, …
        2   it could not be checked: configuration, documents, unreadable traffic
        3   only: more requests are indeterminate than max-indeterminate allows
      """)

  @Argument(
    help: ArgumentHelp(
      "Recordings, in place of those of the configuration.", valueName: "traffic"),
    completion: .file())
  var traffic: [String] = []

  @Option(
    help: ArgumentHelp("The configuration, if not the next wafcast.yml.", valueName: "file"),
    completion: .file())
  var config: String?

  @Option(
    name: .customLong("acl"),
    help: ArgumentHelp(
      "A web ACL to check, where there is no configuration. Repeatable.", valueName: "acl"),
    completion: .file())
  var webACLs: [String] = []

  @Option(
    help: ArgumentHelp(
      "The old side: a git revision, or a file or folder.", valueName: "revision|path"))
  var base: String?

  @Option(
    name: .customLong("with"),
    help: ArgumentHelp(
      "Documents that the web ACLs refer to, beside those of the configuration. Repeatable.",
      valueName: "file|dir"), completion: .file())
  var others: [String] = []

  @Option(
    help: ArgumentHelp(
      "An assumption, beside those of the configuration. Repeatable.", valueName: "assumption"))
  var assume: [String] = []

  @Option(
    name: .customLong("ip-list"),
    help: ArgumentHelp(
      "Addresses for a managed rule, beside those of the configuration. Repeatable.",
      valueName: "rule=file"))
  var ipLists: [String] = []

  @Option(
    name: .customLong("budget"),
    help: ArgumentHelp(
      "A budget, beside those of the configuration: 'new_blocks == 0'. Repeatable.",
      valueName: "expression"))
  var budgets: [String] = []

  @Option(
    help: ArgumentHelp(
      "Kinds of change that fail, separated by commas: newly-blocked, …, any, none; "
        + "KIND:possible, KIND:certain.", valueName: "kinds"))
  var failOn: String?

  @Option(help: ArgumentHelp("The fewest requests that are believed.", valueName: "n"))
  var minimum: Int?

  @Option(
    help: ArgumentHelp("The least share of rules and statements covered.", valueName: "percent"))
  var failUnder: String?

  @Flag(help: "Print every setting with where it comes from, and check nothing.")
  var showConfig = false

  @Flag(help: "Write the findings that fail into the baseline, so that they fail no more.")
  var updateBaseline = false

  @Option(
    help: ArgumentHelp("Records are evaluated by this many workers.", valueName: "n"))
  var workers: Int?

  @OptionGroup(title: "Output")
  var output: GateOutputOptions

  func run() async throws {
    let configuration = try self.configuration()
    if showConfig {
      try StandardOutput().write(configuration.shownText)
      return
    }
    let output = output.merging(
      configuration.reports.compactMap { report in
        GateReportFormat(rawValue: report.value.format)
          .map { ReportDestination($0, path: report.value.path == "-" ? nil : report.value.path) }
      })
    try output.validate()
    let reports = try output.open(
      inputs: configuration.acls.flatMap { [$0.file.value] + $0.corpora.paths + $0.with.paths })
    var run = CheckRun(
      acceptances: Acceptances(
        suppressions: configuration.suppressions, baseline: try baseline(configuration),
        today: CalendarDay(secondsSince1970: SourceDate.now)),
      workers: workers, isQuiet: output.quiet, showsProgress: output.showsProgress)
    for settings in configuration.acls where !run.isPartial { try await run.check(settings) }
    let report = try run.report(needsDigests: output.needsDigests)
    for open in reports { try open.write(report, isQuiet: output.quiet) }
    if run.isPartial { throw ExitCode(Interruption.exitCode ?? 130) }
    if updateBaseline { return try writeBaseline(configuration, report.findings) }
    let code = report.findings.exitCode
    if code != 0 { throw ExitCode(code) }
  }

  // MARK: Configuration

  private func configuration() throws -> GateConfiguration {
    let files = ProjectFiles()
    var configuration: GateConfiguration
    if let path = try config ?? foundConfiguration(files) {
      let reading = GateConfiguration.read(path, in: files)
      Messages.print(reading.diagnostics, reading.sources)
      guard let read = reading.configuration, !reading.diagnostics.containsError else {
        throw ExitCode(ExitStatus.failed.rawValue)
      }
      configuration = read
      if !webACLs.isEmpty {
        configuration.acls = configuration.acls.filter { webACLs.contains($0.file.value) }
        guard !configuration.acls.isEmpty else {
          throw Failure("--acl: \(path) names no such web ACL")
        }
      }
    } else {
      guard !webACLs.isEmpty else {
        throw Failure(
          "there is no wafcast.yml here or above: write one (docs/gate.md), or give --acl")
      }
      configuration = GateConfiguration(webACLs: webACLs)
    }
    configuration = configuration.overriding(try overrides())
    let found = configuration.expandPaths(in: files)
    if found.containsError {
      let reading =
        configuration.file.isEmpty ? nil : GateConfiguration.read(configuration.file, in: files)
      Messages.print(found, reading?.sources ?? SourceMap())
      throw ExitCode(ExitStatus.failed.rawValue)
    }
    return configuration
  }

  private func foundConfiguration(_ files: ProjectFiles) throws -> String? {
    guard webACLs.isEmpty else { return nil }
    do {
      return try files.findConfiguration()
    } catch {
      throw Failure(error.message)
    }
  }

  private func overrides() throws -> SettingOverrides {
    var overrides = SettingOverrides()
    overrides.traffic = traffic
    overrides.base = base
    overrides.with = others
    overrides.assume = assume
    overrides.ipLists = ipLists
    overrides.minimum = minimum
    if let base, BaseReference(base) == nil {
      throw Failure("--base: '\(base)' is neither a revision nor a path")
    }
    do {
      overrides.budgets = try budgets.map { try Budget($0) }
      if let failOn { overrides.failOn = try FailOn.list(failOn) }
    } catch let error as BudgetSyntaxError {
      throw Failure("--budget: \(error.message)" + hint(error.suggestion))
    } catch let error as FailOn.Problem {
      throw Failure("--fail-on: \(error.message)" + hint(error.suggestion))
    }
    if let failUnder {
      guard let share = Share(failUnder) else { throw Failure("--fail-under takes a percentage") }
      overrides.failUnder = share
    }
    return overrides
  }

  private func hint(_ suggestion: String?) -> String {
    suggestion.map { "; did you mean '\($0)'?" } ?? ""
  }

  // MARK: Baseline

  private func baseline(_ configuration: GateConfiguration) throws -> Baseline {
    guard let path = configuration.baseline.value else {
      if updateBaseline { throw Failure("--update-baseline: wafcast.yml names no baseline") }
      return Baseline()
    }
    // A baseline that is to be written need not be there, and what it accepts is found anew.
    if updateBaseline { return Baseline() }
    let reading = Baseline.read(path)
    Messages.print(reading.diagnostics, reading.sources)
    guard let baseline = reading.baseline else { throw ExitCode(ExitStatus.failed.rawValue) }
    return baseline
  }

  private func writeBaseline(_ configuration: GateConfiguration, _ findings: [Finding]) throws {
    guard let path = configuration.baseline.value else { return }
    let baseline = Baseline(accepting: findings.filter(\.isFailing))
    let file = try OutputFile(path, mode: 0o644)
    try file.write(Array(baseline.text.utf8))
    try file.close()
    Messages.print("\(counted(baseline.entries.count, "finding")) in \(printable(path))")
  }
}

extension FailOn {
  /// Kinds separated by commas.
  static func list(_ text: String) throws(Problem) -> [FailOn] {
    var list: [FailOn] = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      list += try kinds(String(word))
    }
    return list
  }
}
