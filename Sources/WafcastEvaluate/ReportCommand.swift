import ArgumentParser
import Diagnostics
import Evaluation
import Foundation
import ReportText
import Wafcast

/// `wafcast-evaluate report`: recall and false positives.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Recall and false positives of managed rule groups and detectors.")

  @Argument(help: ArgumentHelp("Files of labelled requests, or directories.", valueName: "corpus"))
  var paths: [String]

  @Option(
    help: ArgumentHelp(
      "The groups, by their names or without AWSManagedRules and RuleSet, joined by commas; all "
        + "that cost nothing extra unless given.", valueName: "names"))
  var groups: String?

  @Option(help: "Branches of managed rules below this fidelity do not count.")
  var fidelity = Fidelity.medium

  @Option(
    help: ArgumentHelp(
      "Managed rule data that adds to, or replaces, the data in wafcast.", valueName: "dir"),
    completion: .directory)
  var rulesets: String?

  @Option(
    help: ArgumentHelp(
      "The kind of resource; it decides how much of a body is inspected.", valueName: "type"))
  var resourceType = "APPLICATION_LOAD_BALANCER"

  @Option(help: "The form of the report on standard output: text or json.")
  var format = Format.text

  @Option(help: ArgumentHelp("Write the JSON report to this file too.", valueName: "file"))
  var json: String?

  @Option(
    help: ArgumentHelp("Show the first benign requests that each rule blocks.", valueName: "n"))
  var listFalsePositives = 0

  @Option(
    help: ArgumentHelp("Show the first attacks of each kind that nothing blocks.", valueName: "n"))
  var listMisses = 0

  @Flag(help: "Show the values of cookies, tokens and credentials, and bodies.")
  var showSecrets = false

  /// The forms of the report.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  /// The fidelities by name.
  enum Fidelity: String, CaseIterable, ExpressibleByArgument {
    case exact
    case high
    case medium
    case low

    var lowest: LowestFidelity { LowestFidelity(rawValue: rawValue) ?? .medium }
  }

  func validate() throws {
    guard listFalsePositives >= 0, listMisses >= 0 else {
      throw ValidationError("a number of requests to show is not negative")
    }
    guard ResourceType(rawValue: resourceType) != nil else {
      throw ValidationError("'\(printable(resourceType))' is no type of resource")
    }
  }

  func run() throws {
    let options = EvaluationOptions(
      groups: GroupChoice(
        names: groups.map { GroupChoice.names(in: $0) } ?? GroupChoice.free,
        fidelity: fidelity.lowest, rulesetsDirectory: rulesets,
        resourceType: ResourceType(rawValue: resourceType) ?? .applicationLoadBalancer),
      falsePositiveSamples: listFalsePositives, missSamples: listMisses,
      showsSecrets: showSecrets)
    let report = try Self.report(on: paths, options)
    let jsonText = report.json.prettyText + "\n"
    switch format {
    case .text: try Output.standard.write(report.text(TextStyle(width: 120)))
    case .json: try Output.standard.write(jsonText)
    }
    guard let json else { return }
    guard FileManager.default.createFile(atPath: json, contents: Data(jsonText.utf8)) else {
      throw Failure("\(printable(json)) can't be written")
    }
  }

  private static func report(
    on paths: [String], _ options: EvaluationOptions
  ) throws(Failure) -> EvaluationReport {
    let groups: GroupsUnderTest
    do throws(GroupsUnderTestError) {
      groups = try GroupsUnderTest(options.groups)
    } catch {
      throw Failure(error.message)
    }
    do throws(LabelledCorpusError) {
      let corpus = try LabelledCorpus(paths: paths)
      var evaluation = Evaluation(groups, options: options)
      let reading = try corpus.read { evaluation.add($0) }
      guard reading.requestCount > 0 else {
        throw LabelledCorpusError.noRequests(reading.badLines.first?.text)
      }
      return evaluation.finish(
        reading,
        stamp: EvaluationStamp(
          version: WafcastVersion.current, command: Array(CommandLine.arguments.dropFirst()),
          rulesetsSHA256: groups.webACL.rulesetsDigest))
    } catch {
      throw Failure(error)
    }
  }
}
