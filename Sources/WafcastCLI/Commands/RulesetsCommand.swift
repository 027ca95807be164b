import ArgumentParser
import Diagnostics
import ManagedRules
import ReportText
import RulesetPages
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
        wafcast rulesets show AWSManagedRulesSQLiRuleSet@Version_1.1
        wafcast rulesets diff AWSManagedRulesSQLiRuleSet@Version_1.1 \\
          AWSManagedRulesSQLiRuleSet
        wafcast rulesets diff old-rulesets/ new-rulesets/
      """,
    subcommands: [List.self, Show.self, RulesetsDiffCommand.self], defaultSubcommand: List.self)

  /// Where the rule data comes from.
  struct Source: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "Managed rule data that adds to, or replaces, the data in wafcast.", valueName: "dir"),
      completion: .directory)
    var rulesets: String?

    func catalogue() throws -> RulesetCatalogue {
      try Self.catalogue(.bundled(), adding: rulesets)
    }

    /// A catalogue and what a directory has.
    static func catalogue(
      _ start: RulesetCatalogue, adding directory: String?
    ) throws -> RulesetCatalogue {
      var catalogue = start
      guard let directory else { return catalogue }
      var sources = SourceMap()
      let diagnostics = catalogue.load(directory: directory, sources: &sources)
      Messages.print(diagnostics, sources)
      if diagnostics.containsError { throw ExitCode(ExitStatus.failed.rawValue) }
      return catalogue
    }
  }

  /// The forms of a page.
  enum PageFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    case markdown
    case json
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the managed rule groups with what is modelled of each.")

    @OptionGroup var source: Source

    @Option(help: "The form of the list: text, markdown or json.")
    var format = PageFormat.text

    func run() throws {
      let list = RulesetList(try source.catalogue().groups)
      switch format {
      case .text: try StandardOutput().write(list.text(Terminal.style))
      case .markdown: try StandardOutput().write(list.markdown)
      case .json: try StandardOutput().write(list.json.prettyText + "\n")
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show the rules of a managed rule group and how each is modelled.",
      discussion: """
        Of each rule: its action, label, component and text transformations, the
        branches by which it is approximated, each with its fidelity, what it looks
        for, why that fidelity, source and condition; how far "no match" can be
        trusted; and what others saw AWS do, with what the model makes of it.
        """)

    @Argument(
      help: ArgumentHelp(
        "The group's name; @VERSION behind it shows the rules of that version only.",
        valueName: "group"))
    var name: String

    @OptionGroup var source: Source

    @Option(help: "The form of the page: text, markdown or json.")
    var format = PageFormat.text

    func run() throws {
      let choice = RulesetChoice(name)
      let group = try choice.group(in: source.catalogue())
      let page = choice.version.map { RulesetPage(group, version: $0) } ?? RulesetPage(group)
      try choice.requireKnownVersion(in: group)
      switch format {
      case .text: try StandardOutput().write(page.text(Terminal.style))
      case .markdown: try StandardOutput().write(page.markdown)
      case .json: try StandardOutput().write(page.json.prettyText + "\n")
      }
    }
  }
}

/// `GROUP` or `GROUP@VERSION`.
struct RulesetChoice {
  var name: String
  var version: String?

  init(_ text: String) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    name = String(parts[0])
    version = parts.count > 1 ? String(parts[1]) : nil
  }

  /// The group that is meant.
  func group(in catalogue: RulesetCatalogue) throws -> ManagedRuleGroup {
    let groups = catalogue.groups
    guard let group = groups.first(where: { $0.name == name }) else {
      let hint = didYouMean(name, among: groups.map(\.name))
      throw Failure(
        "no managed rule group '\(name)' is known" + (hint.map { "; did you mean '\($0)'?" } ?? ""))
    }
    return group
  }

  /// Throws where the version is not one that is known of the group.
  func requireKnownVersion(in group: ManagedRuleGroup) throws {
    guard let version, !group.content(version: version).isAsAsked else { return }
    let known = group.versions.map(\.number.name).joined(separator: ", ")
    throw Failure(
      "\(group.name) has no known version '\(printable(version))'; "
        + (known.isEmpty ? "none is known" : "known are \(known)"))
  }
}
