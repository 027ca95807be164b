import ArgumentParser
import ReportText
import Wafcast

/// `wafcast-bench compile`: how long a web ACL takes from its documents to the program.
struct CompileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Time reading and compiling a web ACL.",
    discussion: """
      The first round is part of the figures: a command compiles once, with cold
      tables of its own. `wall` is time by the clock: part of the work may be done
      by several threads.
      """)

  @OptionGroup var webACL: WebACLOptions

  @Option(help: "How often.")
  var rounds = 5

  func run() throws {
    let clock = ContinuousClock()
    var times: [Int] = []
    var wallTimes: [Int] = []
    var leaves = 0
    for _ in 0..<max(1, rounds) {
      let start = clock.now
      let time = try CPUTime.of { () throws(Failure) in
        leaves = try webACL.load().program.leaves.count
      }
      wallTimes.append(Int((clock.now - start) / .nanoseconds(1)))
      times.append(time)
    }
    var figures: [JSONMember] = []
    figures.add("conditions", leaves)
    figures.add("nanoseconds", rounds: times)
    figures.add("wall", rounds: wallTimes)
    figures.print()
  }
}
