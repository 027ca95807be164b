import ACLTesting
import ArgumentParser
import Findings
import Gate
import GateReports
import ReportText
import WAFReports
import Wafcast

/// `wafcast test`: tests of a web ACL, beside it in YAML.
struct TestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests of a web ACL, and say which rules they cover.",
    discussion: """
      EXAMPLE
        wafcast test waf/
        wafcast test waf/acl.test.yml --acl waf/acl.json --fail-under 80
        wafcast test waf/ --report junit=tests.xml

      A test says what must happen to a request, written out or selected from
      a recording; docs/testing.md tells how. Files are named *.test.yml,
      *.test.yaml or *.test.json. A file names its web ACL with acl:, unless
      --acl does.

      A rule is covered when a test has seen it match; a statement when one has
      seen it match and one has seen it miss.

      EXIT CODES
        0   every test passes
        1   a test fails, or less is covered than --fail-under asks for
        2   no test, or a file that can't be read
      """)

  @Argument(
    help: ArgumentHelp("Test files, or folders that hold them.", valueName: "tests"),
    completion: .file())
  var paths: [String] = ["."]

  @Option(
    name: .customLong("acl"),
    help: ArgumentHelp(
      "The web ACL for files that name none.", valueName: "acl"), completion: .file())
  var webACL: String?

  @Option(
    help: ArgumentHelp("The least share of rules and statements covered.", valueName: "percent"))
  var failUnder: Double?

  @Flag(help: "Rules of managed groups count for the coverage too.")
  var managedRules = false

  @OptionGroup(title: "Documents")
  var documents: DocumentOptions

  @OptionGroup(title: "Output")
  var output: GateOutputOptions

  @Flag(help: "Show the values of cookies, tokens and credentials.")
  var showSecrets = false

  func validate() throws {
    if let failUnder, !(0...100).contains(failUnder) {
      throw ValidationError("--fail-under takes a percentage from 0 to 100")
    }
  }

  func run() async throws {
    let files = try ACLTestFiles.load(paths)
    let reports = try output.open(inputs: files.map(\.file))
    var sections: [GateSection] = []
    var isPartial = false
    var stamp: [GateReport.StampLine] = []
    for group in try ACLTestFiles.groups(files, webACL: webACL) {
      var documents = documents
      documents.others += group.others
      let acl = try documents.load(group.webACL, isQuiet: output.quiet)
      var options = ACLTestRun.Options()
      options.countsManagedRules = managedRules
      options.showsSecrets = showSecrets
      options.lowestCoverage = failUnder
      let report = ACLTestRun(acl, group.files, options: options)
        .report(isInterrupted: { Task.isCancelled })
      isPartial = isPartial || report.isPartial
      sections.append(report.section(name: acl.shownName, file: acl.webACL.file))
      if stamp.isEmpty {
        stamp = try GateStamp(acl, nil, documents, isDetailed: false).lines(inputs: [])
      }
    }
    let isFailed = sections.flatMap(\.findings).contains(where: \.isFailing)
    let report = GateReport(
      command: "test", sections: sections,
      outcome: isPartial ? .partial : isFailed ? .failed : .passed, stamp: stamp)
    for open in reports { try open.write(report, isQuiet: output.quiet) }
    if isPartial { throw ExitCode(Interruption.exitCode ?? 130) }
    if isFailed { throw ExitCode(ExitStatus.findings.rawValue) }
  }
}

/// The test files of a command, by the web ACL that they are for.
enum ACLTestFiles {
  struct Group {
    var webACL: String
    var others: [String]
    var files: [ACLTestFile]
  }

  static func load(_ paths: [String]) throws -> [ACLTestFile] {
    let names: [String]
    do {
      names = try ACLTestFile.files(at: paths)
    } catch {
      throw Failure(error.message)
    }
    guard !names.isEmpty else {
      throw Failure("there is no test file: *.test.yml, *.test.yaml or *.test.json")
    }
    var files: [ACLTestFile] = []
    for name in names {
      let loaded = ACLTestFile.load(name)
      Messages.print(loaded.diagnostics, loaded.sources)
      if let file = loaded.value { files.append(file) }
    }
    // Nothing is run where a file is broken: what it would have found is missing.
    guard files.count == names.count else { throw ExitCode(ExitStatus.failed.rawValue) }
    return files
  }

  /// Files of one web ACL together, in order.
  static func groups(_ files: [ACLTestFile], webACL: String?) throws -> [Group] {
    var groups: [Group] = []
    for file in files {
      guard let path = file.acl ?? webACL else {
        throw Failure("\(file.file) names no web ACL: give one with acl: or --acl")
      }
      if let index = groups.firstIndex(where: { $0.webACL == path }) {
        groups[index].files.append(file)
        for other in file.with where !groups[index].others.contains(other) {
          groups[index].others.append(other)
        }
      } else {
        groups.append(Group(webACL: path, others: file.with, files: [file]))
      }
    }
    return groups
  }
}
