import ArgumentParser
import Foundation
import ManagedRules
import ReportText
import RulesetPages

/// `wafcast rulesets diff`: how two versions of rule data differ.
struct RulesetsDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say how two groups, two versions of one or two directories of rule data differ.",
    discussion: """
      OLD and NEW are each GROUP, GROUP@VERSION or a directory (with a slash in its
      path, or one that is there). A group is compared as a whole, or, where a
      version is named, by what is in that version; a group and a directory by
      the group of that name.

      KINDS OF DIFFERENCE
        added removed moved changed
        reworded: only what is said is different, and no verdict is

      EXIT CODES
        0   the comparison is done
        2   it could not be done: usage, broken data
        With --detailed-exitcode: 0 no difference, 1 error, 2 differences.
      """)

  @Argument(help: "The old group or directory.")
  var old: String

  @Argument(help: "The new group or directory.")
  var new: String

  @OptionGroup var source: RulesetsCommand.Source

  @Option(help: "The form of the report: text or json.")
  var format = ReportFormat.text

  @Flag(name: .customLong("detailed-exitcode"), help: "Exit with 2 where something differs.")
  var detailedExitCode = false

  func run() throws {
    let comparison: RulesetComparison
    do {
      comparison = try compare()
    } catch let failure as Failure where detailedExitCode {
      // As Terraform has it: 1 is an error, 2 a difference.
      Messages.print(failure.message)
      throw ExitCode(1)
    } catch let code as ExitCode where detailedExitCode && code.rawValue != 0 {
      throw ExitCode(1)
    }
    switch format {
    case .text: try StandardOutput().write(comparison.text(Terminal.style))
    case .json: try StandardOutput().write(comparison.json.prettyText + "\n")
    }
    if detailedExitCode, !comparison.changes.isEmpty { throw ExitCode(2) }
  }

  private func compare() throws -> RulesetComparison {
    let catalogue = try source.catalogue()
    let namesVersion = [old, new].contains { !isDirectory($0) && RulesetChoice($0).version != nil }
    func side(_ text: String) throws -> RulesetComparison.Side {
      if isDirectory(text) {
        let own = try RulesetsCommand.Source.catalogue(RulesetCatalogue(), adding: text)
        let groups = namesVersion ? own.groups.map { $0.narrowed(to: nil) } : own.groups
        return RulesetComparison.Side(name: text, groups: groups, isCatalogue: true)
      }
      let choice = RulesetChoice(text)
      let group = try choice.group(in: catalogue)
      try choice.requireKnownVersion(in: group)
      return RulesetComparison.Side(
        name: text, groups: [namesVersion ? group.narrowed(to: choice.version) : group],
        isCatalogue: false)
    }
    return RulesetComparison(old: try side(old), new: try side(new))
  }

  private func isDirectory(_ text: String) -> Bool {
    if text.contains("/") { return true }
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: text, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }
}
