import ArgumentParser
import Diagnostics
import ReportText
import Wafcast

/// `wafcast capacity`: what the rules of a document use, in WCU.
struct CapacityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capacity",
    abstract: "Show the capacity (WCU) that a web ACL or a rule group uses, rule by rule.",
    discussion: """
      EXAMPLE
        wafcast capacity acl.json --with rule-groups/
        wafcast capacity rules.json --fail-over 1500

      Each rule has an estimate, which counts text transformations that rules
      share once, and an upper bound, which is the plain sum; AWS WAF never
      charges more. A rule group counts as much as its own document says, a
      managed one as much as its vendor says; where that is not known, the total
      is a least one.

      EXIT CODES
        0   the estimate is within --fail-over
        1   it is not
        2   the capacity could not be counted: usage, invalid document
      """)

  @Argument(
    help: ArgumentHelp(
      "A web ACL, a rule group or rules (the input of check-capacity).", valueName: "document"),
    completion: .file())
  var document: String

  @Option(
    name: .customLong("with"),
    help: ArgumentHelp(
      "Documents that the web ACL refers to: rule groups. Repeatable.", valueName: "file|dir"),
    completion: .file())
  var others: [String] = []

  @Option(help: "The form of the report: text or json.")
  var format = ReportFormat.text

  @Option(
    help: ArgumentHelp(
      "The largest estimate for which the exit code is 0; 5000 unless given, for a rule group its "
        + "own capacity.", valueName: "wcu"))
  var failOver: Int?

  @Option(
    help: ArgumentHelp(
      "Managed rule data that adds to, or replaces, the data in wafcast.", valueName: "dir"),
    completion: .directory)
  var rulesets: String?

  @Flag(help: "Count a document with statements that are not known: the total is a lower bound.")
  var allowUnknown = false

  @Flag(help: "Take members that are not known as errors.")
  var strict = false

  @Flag(help: "Count what can be read of a document that the service would refuse.")
  var lenient = false

  @Flag(help: "Print no warnings.")
  var quiet = false

  func validate() throws {
    if let failOver, failOver < 0 { throw ValidationError("--fail-over takes a number of WCU") }
  }

  func run() throws {
    let counted = try count()
    let report = CapacityReport(counted)
    switch format {
    case .text: try StandardOutput().write(report.text(Terminal.style))
    case .json: try StandardOutput().write(report.json.prettyText + "\n")
    }
    if counted.estimate.capacity.estimate > failOver ?? report.limit {
      throw ExitCode(ExitStatus.findings.rawValue)
    }
  }

  private func count() throws -> CountedCapacity {
    let options = LoadOptions(
      allowUnknown: allowUnknown, strict: strict, lenient: lenient, rulesetsDirectory: rulesets)
    do throws(LoadFailure) {
      let counted = try capacity(of: document, with: others, options: options)
      // How a search string is spelled makes no difference to what it uses.
      let diagnostics = counted.diagnostics.filter { !$0.code.hasSuffix("-search-string") }
      if !quiet { Messages.print(diagnostics, counted.sources) }
      return counted
    } catch {
      switch error {
      case .invalid(let diagnostics, let sources): Messages.print(diagnostics, sources)
      }
      throw ExitCode(ExitStatus.failed.rawValue)
    }
  }
}
