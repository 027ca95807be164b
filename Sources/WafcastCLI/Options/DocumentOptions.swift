import ArgumentParser
import Wafcast

/// How the web ACL and what it refers to are read.
struct DocumentOptions: ParsableArguments {
  @Option(
    name: .customLong("with"),
    help: ArgumentHelp(
      "Documents that the web ACL refers to: IP sets, regex pattern sets, rule groups. Repeatable.",
      valueName: "file|dir"), completion: .file())
  var others: [String] = []

  @Option(
    help: ArgumentHelp(
      "How SearchString members are written: auto, base64 or plain.", valueName: "mode"),
    completion: .list(SearchStringMode.allCases.map(\.rawValue)),
    transform: { try choice($0, as: SearchStringMode.self) })
  var searchString = SearchStringMode.auto

  @Flag(help: "Load statements that are not known as unknown.")
  var allowUnknown = false

  @Flag(help: "Take members that are not known, or that the API asks for, as errors.")
  var strict = false

  @Flag(
    help: ArgumentHelp(
      "Load what can be loaded: what AWS WAF refuses is a warning, what can't be evaluated is "
        + "unknown, and rules that can't be read are left out."))
  var lenient = false

  @Option(
    help: ArgumentHelp(
      "The kind of resource behind the web ACL; it decides how much of a body is inspected: "
        + "APPLICATION_LOAD_BALANCER, CLOUDFRONT, API_GATEWAY, …", valueName: "type"),
    completion: .list(ResourceType.allCases.map(\.rawValue)),
    transform: { try choice($0, as: ResourceType.self) })
  var resourceType: ResourceType?

  @Option(
    help: ArgumentHelp(
      "An answer for managed rules and for detectors: 'GROUP/RULE=match|no-match|unknown', "
        + "'detector/sqli-low=…', sqli-high, xss; * for any characters. Repeatable.",
      valueName: "assumption"))
  var assume: [String] = []

  @Option(
    name: .customLong("ip-list"),
    help: ArgumentHelp(
      "Addresses for a managed rule that only AWS's own list decides, one address or CIDR block a "
        + "line: AWSManagedIPReputationList=FILE, GROUP/RULE=FILE. Repeatable.",
      valueName: "rule=file"))
  var ipLists: [String] = []

  @Option(
    help: ArgumentHelp(
      "Managed rule data that adds to, or replaces, the data in wafcast.", valueName: "dir"),
    completion: .directory)
  var rulesets: String?

  @Option(
    help: ArgumentHelp(
      "The lowest fidelity of managed rule branches that count: exact, high, medium or low.",
      valueName: "fidelity"), completion: .list(LowestFidelity.allCases.map(\.rawValue)),
    transform: { try choice($0, as: LowestFidelity.self) })
  var fidelity = LowestFidelity.medium

  @Option(
    name: .customLong("geoip"),
    help: ArgumentHelp(
      "A MaxMind database (.mmdb) for countries or autonomous systems that the recording lacks. "
        + "Repeatable.", valueName: "file"), completion: .file(extensions: ["mmdb"]))
  var geoDatabases: [String] = []

  /// The options as the library takes them.
  var loading: LoadOptions {
    var options = LoadOptions(
      searchString: searchString, allowUnknown: allowUnknown, strict: strict,
      lenient: lenient,
      resourceType: resourceType, assumptions: assume, rulesetsDirectory: rulesets,
      fidelity: fidelity, geoDatabases: geoDatabases)
    options.ipLists = ipLists
    return options
  }

  /// What stamps list as assumed.
  var stampedAssumptions: [String] { assume + ipLists.map { "ip-list \($0)" } }

  /// Reads and compiles the web ACL; warnings go to standard error.
  ///
  /// - Parameter texts: what is read in the place of files.
  func load(
    _ path: String, isQuiet: Bool, replacing texts: [String: [UInt8]] = [:]
  ) throws -> CompiledWebACL {
    do throws(LoadFailure) {
      let webACL = try loadWebACL(path, with: others, options: loading, replacing: texts)
      if !isQuiet { Messages.print(webACL.diagnostics, webACL.sources) }
      return webACL
    } catch {
      switch error {
      case .invalid(let diagnostics, let sources): Messages.print(diagnostics, sources)
      }
      throw ExitCode(ExitStatus.failed.rawValue)
    }
  }
}

/// The case of an enumeration that an argument names.
private func choice<Choice: RawRepresentable & CaseIterable>(
  _ text: String, as type: Choice.Type
) throws -> Choice where Choice.RawValue == String {
  if let choice = Choice(rawValue: text) { return choice }
  let names = Choice.allCases.map(\.rawValue)
  let hint = didYouMean(text, among: names).map { "; did you mean '\($0)'?" } ?? ""
  throw ValidationError(
    "'\(printable(text))' is none of \(names.joined(separator: ", "))\(hint)")
}
