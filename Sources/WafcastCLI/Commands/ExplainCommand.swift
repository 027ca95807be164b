import ACLTesting
import ArgumentParser
import ReportText
import WAFReports
import Wafcast

/// `wafcast explain`: the way of one request through a web ACL.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show how a web ACL comes to its verdict on one request.",
    discussion: """
      EXAMPLE
        wafcast explain acl.json logs/ --request-id 1-690a0000-0123456789abcdef
        wafcast explain acl.json capture.har --nth 3
        wafcast explain acl.json --uri '/admin/?next=/' -H 'User-Agent: curl/8'
        wafcast explain acl.json --request request.http --client-ip 203.0.113.7
        wafcast explain acl.json --program

      Each rule in order, each statement with its answer and what that rests on,
      the bytes that matched, what is known of tokens, and what rules add to the
      request. Values of cookies, tokens and credentials are masked.

      A request is explained by itself: of rate-based rules it is assumed that
      none limits. wafcast replay computes rates.

      --program takes no request. It shows the components that are looked at, with
      the text transformations that rules share; the conditions, and the literal
      texts of which a value needs one to be looked at more closely; the patterns
      without such a text, which are run on every value; and the rules' code.
      """)

  @Argument(
    help: ArgumentHelp(
      "The web ACL: a JSON or YAML file, or a directory.", valueName: "acl"), completion: .file())
  var webACL: String

  @Argument(
    help: ArgumentHelp(
      "Recordings to take the request from: files, directories or -.", valueName: "traffic"),
    completion: .file())
  var traffic: [String] = []

  @OptionGroup(title: "A recorded request")
  var recorded: RecordedRequestOptions

  @OptionGroup(title: "A request of your own")
  var request: RequestOptions

  @OptionGroup(title: "Documents")
  var documents: DocumentOptions

  @OptionGroup(title: "Changes to try")
  var edits: EditOptions

  @Flag(help: "Show the compiled web ACL in place of the way of a request.")
  var program = false

  @Option(help: "The form of the report: text or json.")
  var format = ReportFormat.text

  @Flag(help: "Show the values of cookies, tokens and credentials.")
  var showSecrets = false

  @Flag(help: "Print no warnings.")
  var quiet = false

  func validate() throws {
    let isChosen = recorded.isGiven
    if program {
      guard !request.isGiven, request.clientOption == nil, traffic.isEmpty, !isChosen else {
        throw ValidationError("--program shows the web ACL by itself: it takes no request")
      }
      return
    }
    if request.isGiven, !traffic.isEmpty || isChosen {
      throw ValidationError("give either recordings or a request of your own")
    }
    if !request.isGiven, traffic.isEmpty {
      throw ValidationError(
        isChosen
          ? "--request-id and --nth need the recordings to search"
          : "give recordings with --request-id or --nth, or a request: --uri /admin, or "
            + "--request FILE")
    }
    if !request.isGiven, let option = request.clientOption {
      throw ValidationError("\(option) goes with a request of your own: --uri or --request")
    }
  }

  func run() throws {
    let webACL = try edits.load(self.webACL, documents, isQuiet: quiet)
    guard !program else { return try write(ProgramListing(webACL.program)) }
    let record = try self.record()
    var predictor = Predictor(webACL)
    let (prediction, trace) = predictor.explain(record)
    let document = webACL.webACL.value
    var explanation = Explanation(
      webACLName: document.name ?? "",
      outline: OutlineRule.all(
        of: webACL.program,
        firewallManagersFirst: document.preProcessFirewallManagerRuleGroups.count,
        last: document.postProcessFirewallManagerRuleGroups.count),
      defaultAction: webACL.program.defaultAction,
      request: ExplainedRequest(record, masksSecrets: !showSecrets), action: prediction.action,
      certainty: prediction.certainty, possible: prediction.possible, rule: prediction.rule,
      responseCode: prediction.status, fidelity: prediction.fidelity, labels: prediction.labels,
      needs: prediction.needs, open: prediction.open, assumptions: prediction.assumptions,
      trace: trace)
    explanation.stamp = webACL.program.stamp
    if !showSecrets { explanation = explanation.maskingSecrets() }
    let output = StandardOutput()
    switch format {
    case .text: try output.write(explanation.text(Terminal.style))
    case .json: try output.write(explanation.json.prettyText + "\n")
    }
  }

  private func write(_ listing: ProgramListing) throws {
    let output = StandardOutput()
    switch format {
    case .text: try output.write(listing.text(Terminal.style))
    case .json: try output.write(listing.json.prettyText + "\n")
    }
  }

  private func record() throws -> RequestRecord {
    guard !request.isGiven else { return try request.record() }
    let search = RecordSearch(paths: traffic, format: recorded.recordings.formatIn)
    switch try search.record(recorded.wanted) {
    case .found(let record): return record
    case .several:
      throw Failure("the recordings hold several requests: choose one with --request-id or --nth")
    case .none(let records):
      guard records > 0 else { throw Failure("no request could be read") }
      guard let requestId = recorded.requestId else {
        throw Failure("the recordings hold only \(counted(records, "request"))")
      }
      throw Failure("none of \(counted(records, "request")) has the id '\(printable(requestId))'")
    }
  }
}
