import ArgumentParser
import ReportText
import TrafficReading
import WAFRequests

/// `wafcast-bench read`: how long finding and decoding records takes.
struct ReadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "Time reading a file: finding its records, and finding and decoding them.")

  @Argument(help: "Recorded requests.", completion: .file())
  var traffic: String

  @Option(help: "How often.")
  var rounds = 1

  func run() throws {
    let file = RequestFile(path: traffic)
    var framing: [Int] = []
    var decoding: [Int] = []
    var records = 0
    var headers = 0
    for _ in 0..<max(1, rounds) {
      records = 0
      headers = 0
      framing.append(
        try CPUTime.of { () throws(Failure) in
          try file.frame { chunk in
            records += chunk.records.count
            return true
          }
        })
      decoding.append(
        try CPUTime.of { () throws(Failure) in
          try file.read(limit: .max) { headers += $0.headers.count }
        })
    }
    var figures: [JSONMember] = []
    figures.add("requests", records)
    figures.add("headers", headers)
    figures.add("framing", rounds: framing)
    figures.add("decoding", rounds: decoding)
    figures.print()
  }
}
