import ArgumentParser
import Gate
import ReportText
import TrafficReading
import WAFReplay
import WAFReports
import WAFTraffic
import Wafcast

/// `wafcast replay`: recorded requests against a web ACL that need not be deployed.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Replay recorded requests against a web ACL and say what it would do.",
    discussion: """
      EXAMPLE
        wafcast replay acl.json aws-waf-logs/
        wafcast replay acl.json logs/ --with ip-sets/ --output predicted.ndjson
        zcat logs.gz | wafcast replay acl.json - --format json > report.json

      Traffic is AWS WAF logs, in S3 objects or as CloudWatch Logs and Firehose
      deliver them, native records (docs/records.md), HAR, or raw HTTP/1.1
      requests, plain, gzip or zstd; the first bytes of each input tell which. What
      the recording does not tell is unknown, never "no match".

      Rate-based rules: requests are counted by their recorded times, in
      several passes over the traffic; what can be read only once is kept in a
      temporary file for that. --rate assume-none takes it that none limits.

      CAPTCHA and Challenge rules stop clients without a good token; where the
      recording does not tell of the token, the request is undecided.

      Where the reader of the output goes away early, wafcast ends quietly with
      exit code 0.
      """)

  @Argument(
    help: ArgumentHelp(
      "The web ACL: a JSON or YAML file, or a directory.", valueName: "acl"), completion: .file())
  var webACL: String

  @Argument(
    help: ArgumentHelp(
      "Recordings: files, directories, or - for standard input.", valueName: "traffic"),
    completion: .file())
  var traffic: [String]

  @OptionGroup(title: "Documents")
  var documents: DocumentOptions

  @OptionGroup(title: "Changes to try")
  var edits: EditOptions

  @OptionGroup(title: "Traffic")
  var limits: TrafficOptions

  @OptionGroup(title: "Output")
  var output: OutputOptions

  @OptionGroup(title: "Profile")
  var profile: ProfileOptions

  func validate() throws {
    let standardInputs = traffic.filter { $0 == "-" }.count
    if standardInputs > 1 { throw ValidationError("- can be given once only") }
    if output.output == "-", output.rejects == "-" {
      throw ValidationError("--output and --rejects can't both go to standard output")
    }
    if profile.profileFile == "-" {
      throw ValidationError("--profile-file takes a file; --profile writes to standard error")
    }
    let files = [
      ("--output", output.output), ("--rejects", output.rejects),
      ("--profile-file", profile.profileFile),
    ]
    for (index, file) in files.enumerated() {
      guard let path = file.1, path != "-" else { continue }
      for other in files[..<index] where other.1 == path {
        throw ValidationError(
          "\(other.0) and \(file.0) can't both be written to \(printable(path))")
      }
    }
  }

  func run() async throws {
    let webACL = try edits.load(self.webACL, documents, isQuiet: output.quiet)
    let chosen = try output.cure.map { try CureChoice(webACL).rule(named: $0) }
    let inputs = try names(of: traffic)
    let read = inputs + webACL.sources.files
    let predictions = try output.output.map { try OutputFile($0, inputs: read) }
    let rejects = try output.rejects.map { try OutputFile($0, inputs: read) }
    let profileFile = try profile.profileFile.map { try OutputFile($0, inputs: read) }
    let progress = output.showsProgress ? ProgressLine() : nil
    var found: ReplayProfile?
    let sinks = ReplaySinks(
      predictions: { bytes in try predictions?.write(bytes) },
      rejects: rejects.map { file in
        { reject in try file.write(RejectLine(reject, inputs: inputs).bytes) }
      },
      progress: progress.map { line in { line.show($0) } }, profile: { found = $0 })
    var options = ReplayOptions(
      workers: limits.workers, writesPredictions: predictions != nil,
      masksSecrets: !output.showSecrets, rates: limits.rate)
    options.profiles = profile.isAsked
    let replayed: ReplayedTraffic
    do {
      replayed = try await replay(
        webACL, traffic: traffic, format: limits.recordings.formatIn,
        maxRecordBytes: limits.maxRecord, options: options, sinks: sinks)
    } catch {
      progress?.clear()
      throw try Failure(explaining: error)
    }
    progress?.clear()
    try predictions?.close()
    try rejects?.close()
    try report(replayed, webACL, chosen)
    if let found { try write(ProfileSummary(found, of: webACL.program), to: profileFile) }
    try judge(replayed)
  }

  /// The names of the inputs; a path that is none ends the command before anything is written.
  private func names(of paths: [String]) throws -> [String] {
    do {
      return try TrafficInput(paths: paths).sources.map(\.name)
    } catch {
      throw try Failure(explaining: error)
    }
  }

  // MARK: The report

  private func report(
    _ replayed: ReplayedTraffic, _ webACL: CompiledWebACL, _ chosen: ReportedRule?
  ) throws {
    for notice in replayed.notices where notice.isError || !output.quiet {
      let name = notice.input.isEmpty ? "" : printable(notice.input) + ": "
      Messages.print(name + (notice.isError ? "error: " : "warning: ") + printable(notice.message))
    }
    let report = replayed.report
    let rule =
      chosen ?? Cure.usualRule(of: report, where: { CureChoice(webACL).canCure($0) })
    let facts = RuleFacts.all(of: webACL.program)
    let summary = ReplaySummary(
      report: report, webACLName: webACL.webACL.value.name ?? "", webACLFile: self.webACL,
      inputs: replayed.inputs, facts: facts,
      cure: rule.flatMap { CureChoice(webACL).cure(for: $0, report, facts) },
      stamp: try StampMaker(webACL, isNeeded: output.format == .json).stamp(
        inputs: replayed.inputs, assumptions: documents.stampedAssumptions + rateAssumption(webACL))
    )
    let text =
      switch output.format {
      case .text: summary.text(Terminal.style)
      case .json: summary.json.prettyText + "\n"
      }
    // Predicted records on standard output leave no room for the report there.
    if output.output == "-" || output.rejects == "-" {
      Messages.print(String(text.dropLast()))
    } else {
      try StandardOutput().write(text)
    }
  }

  /// Beside the report, which is the same in every run.
  private func write(_ summary: ProfileSummary, to file: OutputFile?) throws {
    if profile.profile { Messages.print(summary.text(TextStyle()), terminator: "") }
    try file?.write(Array((summary.json.prettyText + "\n").utf8))
    try file?.close()
  }

  /// The stamp's word on rates: only what differs from the usual way.
  private func rateAssumption(_ webACL: CompiledWebACL) -> [String] {
    limits.rate == .simulate || webACL.program.rates.isEmpty ? [] : ["rate=\(limits.rate.rawValue)"]
  }

  /// The exit code, once the report is written.
  private func judge(_ replayed: ReplayedTraffic) throws {
    let report = replayed.report
    if replayed.notices.contains(where: \.isError) { throw ExitCode(ExitStatus.failed.rawValue) }
    guard report.evaluated > 0 else { throw Failure("no request could be read") }
    if limits.maxRejects.isExceeded(by: report.rejects.count, of: report.records) {
      throw Failure(
        "\(grouped(report.rejects.count)) of \(counted(report.records, "record")) could not be "
          + "read, more than --max-rejects \(limits.maxRejects.text)")
    }
    let indeterminate = report.outcomes.indeterminate
    if let limit = limits.maxIndeterminate,
      limit.isExceeded(by: indeterminate, of: report.evaluated)
    {
      throw Failure(
        "\(grouped(indeterminate)) of \(counted(report.evaluated, "request")) "
          + "\(indeterminate == 1 ? "is" : "are") indeterminate, more than --max-indeterminate "
          + limit.text, status: .tooManyIndeterminate)
    }
  }
}
