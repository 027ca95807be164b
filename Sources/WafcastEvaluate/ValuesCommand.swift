import ArgumentParser
import Evaluation

/// `wafcast-evaluate values`: the distinct values of a corpus with what the detectors say of them.
struct ValuesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "values",
    abstract: "Write each distinct value with the detectors' verdicts, a JSON object a line.")

  @Argument(help: ArgumentHelp("Files of labelled requests, or directories.", valueName: "corpus"))
  var paths: [String]

  func run() throws {
    var values = DistinctValues()
    do throws(LabelledCorpusError) {
      let reading = try LabelledCorpus(paths: paths).read { values.add($0) }
      for line in reading.badLines { Output.error.writeIgnoringErrors(line.text + "\n") }
    } catch {
      throw Failure(error)
    }
    var text = ""
    for entry in values.entries {
      text += ValueLine(entry).text
      if text.utf8.count > 1 << 16 {
        try Output.standard.write(text)
        text = ""
      }
    }
    try Output.standard.write(text)
  }
}
