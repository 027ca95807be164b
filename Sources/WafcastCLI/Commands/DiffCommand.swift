import ArgumentParser
import Findings
import Gate
import GateReports
import GateSettings
import ReportText
import WAFComparison
import WAFReplay
import WAFReports
import Wafcast

/// `wafcast diff`: what a new web ACL does to recorded requests otherwise than the old one.
struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what a change of the web ACL does to recorded requests.",
    discussion: """
      EXAMPLE
        wafcast diff main:waf/acl.json waf/acl.json logs/ --with waf/ip-sets
        wafcast diff acl.json acl.json logs/ --exclude SizeRestrictions_BODY
        wafcast diff old.json new.json logs/ --report sarif=out.sarif --report junit=out.xml

      OLD and NEW are files or directories; OLD may be REVISION:PATH of a git
      repository, and what it refers to is then read at that revision too.

      Both web ACLs are run over the traffic in one pass. What is unknown to
      both is the same in each world, so a request of which much is not known
      changes only where the difference between the web ACLs touches it.

      KINDS OF CHANGE
        newly-blocked newly-allowed newly-challenged newly-counted
        no-longer-counted rule-changed newly-indeterminate

      EXIT CODES
        0   no finding of a kind that --fail-on names
        1   at least one; which are only possible do not count
        With --detailed-exitcode: 0 no change, 1 error, 2 changes.
      """)

  @Argument(
    help: ArgumentHelp("The old web ACL.", valueName: "old"), completion: .file())
  var old: String

  @Argument(
    help: ArgumentHelp("The new web ACL.", valueName: "new"), completion: .file())
  var new: String

  @Argument(
    help: ArgumentHelp(
      "Recordings: files, directories, or - for standard input.", valueName: "traffic"),
    completion: .file())
  var traffic: [String]

  @OptionGroup(title: "Documents")
  var documents: DocumentOptions

  @OptionGroup(title: "Changes to try on the new web ACL")
  var edits: EditOptions

  @OptionGroup(title: "Traffic")
  var limits: TrafficOptions

  @OptionGroup(title: "Output")
  var output: GateOutputOptions

  @Option(
    help: ArgumentHelp(
      "Kinds of change that fail, separated by commas; none for none. KIND:possible counts what is "
        + "only possible too.", valueName: "kinds"))
  var failOn = "newly-blocked"

  @Flag(help: "Exit with 0 whatever is found.")
  var exitZero = false

  @Flag(name: .customLong("detailed-exitcode"), help: "Exit with 2 where something changes.")
  var detailedExitCode = false

  func validate() throws {
    if traffic.filter({ $0 == "-" }).count > 1 {
      throw ValidationError("- can be given once only")
    }
    _ = try policy()
  }

  private func policy() throws -> [FailOn] {
    do throws(FailOn.Problem) {
      return try FailOn.list(failOn)
    } catch {
      throw ValidationError("--fail-on: \(error.message)")
    }
  }

  func run() async throws {
    do {
      try await compareAll()
    } catch let failure as Failure where detailedExitCode && failure.status == .failed {
      // As Terraform has it: 1 is an error, 2 a difference.
      Messages.print(failure.message)
      throw ExitCode(1)
    }
  }

  private func compareAll() async throws {
    let oldACL = try documents.load(old, isQuiet: true)
    let newACL = try edits.load(new, documents, isQuiet: output.quiet)
    let webACLs = CompiledComparison(old: oldACL, new: newACL)
    let reports = try output.open(
      inputs: traffic.filter { $0 != "-" } + oldACL.sources.files + newACL.sources.files)
    let compared = try await GateRun(limits: limits, showsProgress: output.showsProgress)
      .compare(webACLs, traffic: traffic)
    var section = GateSection(
      webACLs, compared, traffic: traffic,
      structure: ACLStructure.changes(old: oldACL, new: newACL))
    let policy = try policy()
    section.findings = section.findings.map { policy.judge($0) }
    let problems = GateRun.problems(of: compared, limits: limits)
    section.findings += problems.map { problem in
      Finding(
        kind: problem.kind, severity: .error, isFailing: true, webACL: section.name,
        message: problem.message, location: Finding.Location(file: new))
    }
    section.findings.sort(by: Finding.inOrder)
    let outcome: GateReport.Outcome =
      compared.isPartial
      ? .partial
      : !problems.isEmpty
        ? .error : section.findings.contains(where: \.isFailing) ? .failed : .passed
    let report = GateReport(
      command: "diff", sections: [section], outcome: outcome, notices: [],
      stamp: try GateStamp(newACL, oldACL, documents, isDetailed: output.needsDigests)
        .lines(inputs: compared.inputs))
    for open in reports { try open.write(report, isQuiet: output.quiet) }
    try end(outcome, section)
  }

  private func end(_ outcome: GateReport.Outcome, _ section: GateSection) throws {
    switch outcome {
    case .partial: throw ExitCode(Interruption.exitCode ?? 130)
    case .error: throw ExitCode(detailedExitCode ? 1 : ExitStatus.failed.rawValue)
    case .passed, .failed: break
    }
    if exitZero { return }
    if detailedExitCode {
      if section.changed > 0 || section.possiblyChanged > 0 { throw ExitCode(2) }
    } else if outcome == .failed {
      throw ExitCode(ExitStatus.findings.rawValue)
    }
  }
}
