import ArgumentParser
import Foundation
import ReportText
import WAFEngine
import WAFProgram
import WAFRequests
import Wafcast

/// `wafcast-bench evaluate`: how long a web ACL takes for requests in memory.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Time evaluating requests that are in memory, decoded.",
    discussion: """
      A round begins with the bytes of all requests and ends with all verdicts:
      splitting into fields, transformations, matching, labels and the logic of the
      rules are in it; reading and decoding are not.
      """)

  @OptionGroup var webACL: WebACLOptions

  @OptionGroup var optimizations: OptimizationOptions

  @Argument(help: "Recorded requests, all of which are kept in memory.", completion: .file())
  var traffic: String

  @Option(help: "The number of rounds that are timed.")
  var rounds = 1

  @Option(help: "The number of rounds before those.")
  var warmUps = 1

  @Option(help: "The number of requests at most.")
  var limit = Int.max

  @Option(
    help: ArgumentHelp(
      "Write the numbers of the requests that a rule ends, from 0, one a line.",
      valueName: "file"), completion: .file())
  var matching: String?

  func run() throws {
    let program = try webACL.load().program
    var read: ContiguousArray<RequestRecord> = []
    try RequestFile(path: traffic).read(limit: limit) { read.append(copy $0) }
    var records = read
    var current = RequestRecord()
    guard !records.isEmpty else { throw Failure("\(traffic): no requests") }
    var evaluator = Evaluator(program, options: try optimizations.engine)
    // As in a replay that writes no predicted records.
    evaluator.notesOpenFields = false

    var times: [Int] = []
    var stopped = 0
    for round in 0..<max(0, warmUps) + max(1, rounds) {
      stopped = 0
      let time = CPUTime.of {
        // Changing places with a record copies nothing that is counted, as a replay's does not.
        for index in records.indices {
          swap(&records[index], &current)
          if evaluator.evaluate(current).top != nil { stopped += 1 }
          swap(&records[index], &current)
        }
      }
      if round >= warmUps { times.append(time) }
    }
    if let matching { try write(records, &evaluator, to: matching) }

    var figures: [JSONMember] = []
    figures.add("requests", records.count)
    figures.add("matching", stopped)
    figures.add("nanoseconds", rounds: times)
    figures.print()
  }

  private func write(
    _ records: ContiguousArray<RequestRecord>, _ evaluator: inout Evaluator, to path: String
  ) throws(Failure) {
    var text = ""
    for index in records.indices where evaluator.evaluate(records[index]).top != nil {
      text += "\(index)\n"
    }
    guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
      throw Failure("\(path) can't be written")
    }
  }
}
