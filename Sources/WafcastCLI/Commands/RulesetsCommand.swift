import ArgumentParser
import ManagedRules
import ReportText
import WAFReports
import Wafcast

/// `wafcast rulesets`: what is known of managed rule groups.
struct RulesetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rulesets",
    abstract: "Show how managed rule groups are approximated.",
    discussion: """
      EXAMPLE
        wafcast rulesets list
        wafcast rulesets show AWSManagedRulesAdminProtectionRuleSet
      """,
    subcommands: [List.self, Show.self], defaultSubcommand: List.self)

  /// Where the rule data comes from.
  struct Source: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "Managed rule data that adds to, or replaces, the data in wafcast.", valueName: "dir"),
      completion: .directory)
    var rulesets: String?

    @Option(help: "The form of the report: text or json.")
    var format = ReportFormat.text

    func catalogue() throws -> RulesetCatalogue {
      var catalogue = RulesetCatalogue.bundled()
      guard let rulesets else { return catalogue }
      var sources = SourceMap()
      let diagnostics = catalogue.load(directory: rulesets, sources: &sources)
      Messages.print(diagnostics, sources)
      if diagnostics.containsError { throw ExitCode(ExitStatus.failed.rawValue) }
      return catalogue
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the managed rule groups with what is modelled of each.")

    @OptionGroup var source: Source

    func run() throws {
      let report = RulesetsReport(groups: try source.catalogue().groups)
      switch source.format {
      case .text: try StandardOutput().write(report.listText(Terminal.style))
      case .json: try StandardOutput().write(report.listJSON.prettyText + "\n")
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show the rules of a managed rule group and how each is modelled.")

    @Argument(help: "The group's name.")
    var name: String

    @OptionGroup var source: Source

    func run() throws {
      let groups = try source.catalogue().groups
      guard let group = groups.first(where: { $0.name == name }) else {
        let hint = didYouMean(name, among: groups.map(\.name))
        throw Failure(
          "no managed rule group '\(printable(name))' is known"
            + (hint.map { "; did you mean '\($0)'?" } ?? ""))
      }
      let report = RulesetsReport(groups: [group])
      switch source.format {
      case .text: try StandardOutput().write(report.showText(group, Terminal.style))
      case .json: try StandardOutput().write(report.json(group).prettyText + "\n")
      }
    }
  }
}
