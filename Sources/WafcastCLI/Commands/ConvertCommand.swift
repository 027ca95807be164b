import ArgumentParser
import Diagnostics
import ReportText
import TrafficReading
import WAFReplay
import WAFReports
import WAFTraffic
import Wafcast

/// `wafcast convert`: recordings of any format as native records.
struct ConvertCommand: ParsableCommand {
  /// What recordings are converted to.
  enum Target: String, CaseIterable, ExpressibleByArgument {
    /// The record format of wafcast: AWS WAF's own with additions.
    case native
  }

  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write recordings of any format as native records.",
    discussion: """
      EXAMPLE
        wafcast convert capture.har --output requests.ndjson
        wafcast convert aws-waf-logs/ --show-secrets | jq .httpRequest.uri

      A native record is an AWS WAF log record with additions (docs/records.md):
      JSON, one a line. It says of each part of the request what the recording
      knows of it. Secrets are masked and bodies left out unless
      --show-secrets is given; what is masked is unknown to later replays.
      """)

  @Argument(
    help: ArgumentHelp(
      "Recordings: files, directories, or - for standard input.", valueName: "traffic"),
    completion: .file())
  var traffic: [String]

  @OptionGroup var recordings: TrafficFormatOptions

  @Option(help: ArgumentHelp("What to convert to: native.", valueName: "format"))
  var to = Target.native

  @Option(
    help: ArgumentHelp(
      "Write the records to a file; standard output unless given.", valueName: "file"),
    completion: .file())
  var output = "-"

  @Option(
    help: ArgumentHelp(
      "Write what could not be read, a JSON value a line.", valueName: "file"),
    completion: .file())
  var rejects: String?

  @Flag(help: "Keep the values of cookies, tokens and credentials, and the bodies.")
  var showSecrets = false

  @Option(
    help: ArgumentHelp(
      "The share of records that may be unreadable before the exit code is 2.",
      valueName: "percent"))
  var maxRejects = Percentage(10)

  @Option(
    help: ArgumentHelp("Longer records are rejected; 16 MiB unless given.", valueName: "bytes"))
  var maxRecord: Int?

  @Flag(help: "Print no warnings.")
  var quiet = false

  func validate() throws {
    if traffic.filter({ $0 == "-" }).count > 1 { throw ValidationError("- can be given once only") }
    if let maxRecord, maxRecord < 1 { throw ValidationError("--max-record takes a size in bytes") }
    if output == "-", rejects == "-" {
      throw ValidationError("--output and --rejects can't both go to standard output")
    }
    if output == rejects {
      throw ValidationError("--output and --rejects can't both be written to \(printable(output))")
    }
  }

  func run() throws {
    let inputs: [String]
    let converted: ConvertedTraffic
    do {
      inputs = try TrafficInput(paths: traffic).sources.map(\.name)
      let records = try OutputFile(output, inputs: inputs)
      let rejects = try self.rejects.map { try OutputFile($0, inputs: inputs) }
      converted = try convertToNative(
        traffic: traffic, format: recordings.formatIn, maxRecordBytes: maxRecord,
        masksSecrets: !showSecrets,
        records: { try records.write($0) },
        rejects: { try rejects?.write(RejectLine($0, inputs: inputs).bytes) })
      try records.close()
      try rejects?.close()
    } catch {
      throw try Failure(explaining: error)
    }
    tell(converted)
    try judge(converted)
  }

  /// Says on standard error what was odd, and what could not be read.
  private func tell(_ converted: ConvertedTraffic) {
    for notice in converted.notices where notice.isError || !quiet {
      let name = notice.input.isEmpty ? "" : printable(notice.input) + ": "
      Messages.print(name + (notice.isError ? "error: " : "warning: ") + printable(notice.message))
    }
    guard !quiet else { return }
    for (code, rejects) in converted.rejects.sorted(by: { $0.key < $1.key }) {
      let first = rejects.first
      let input = converted.inputs[first.position.file]
      Messages.print(
        "warning: \(counted(rejects.count, "record")) could not be read: \(code), first at byte "
          + "\(grouped(first.position.offset)) of \(printable(input)): "
          + printable(first.reason.message))
    }
  }

  /// The exit code, once all is written.
  private func judge(_ converted: ConvertedTraffic) throws {
    if converted.notices.contains(where: \.isError) { throw ExitCode(ExitStatus.failed.rawValue) }
    guard converted.converted > 0 else { throw Failure("no request could be read") }
    let count = converted.converted + converted.rejected
    if maxRejects.isExceeded(by: converted.rejected, of: count) {
      throw Failure(
        "\(grouped(converted.rejected)) of \(counted(count, "record")) could not be read, more "
          + "than --max-rejects \(maxRejects.text)")
    }
  }
}
