import ArgumentParser
import Diagnostics
import Evaluation
import Foundation

/// `wafcast-evaluate time`: how long the detectors take.
struct TimeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "time",
    abstract: "Measure how long the detectors take for the values of a file.",
    discussion: """
      The values stand one after the other, each behind its length in four bytes,
      lowest first. A line a detector is written: its name, nanoseconds a value in
      the quickest round, and the number of values that it finds an attack in.
      """)

  @Argument(help: "The file.", completion: .file())
  var file: String

  @Option(help: "The number of rounds, of which the quickest counts.")
  var rounds = 5

  func run() throws {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw Failure("\(printable(file)) can't be read")
    }
    guard let values = DetectorTiming.values(in: Array(data)), !values.isEmpty else {
      throw Failure("\(printable(file)) is no list of values")
    }
    for row in DetectorTiming.measure(values, rounds: rounds) {
      try Output.standard.write(
        "\(row.detector.rawValue) \(Proportion.decimal(row.nanoseconds, places: 1)) \(row.found)\n")
    }
  }
}
