import Diagnostics
import TestSupport
import Testing
import WAFDocuments

/// Whatever is done to a document: loading returns, and everything found can be printed.
@Suite struct LoaderRobustnessTests {
  private func check(_ bytes: [UInt8], _ comment: Comment) {
    let loaded = DocumentLoader().load(aclBytes: bytes, file: "acl.json")
    #expect(loaded.webACL != nil || loaded.hasErrors, comment)
    for diagnostic in loaded.diagnostics {
      #expect(loaded.sources.render(diagnostic).hasPrefix("acl.json"), comment)
    }
  }

  @Test func truncations() {
    let sample = Array(Samples.getOutput.utf8)
    for length in 0..<sample.count { check(Array(sample[..<length]), "first \(length) bytes") }
  }

  /// Mutations that keep the document JSON reach the decoder and the checks.
  @Test func mutations() {
    let sample = Samples.getOutput
    let words = [
      "\"Name\"", "\"Priority\"", "\"Statement\"", "{}", "[]", "null", "0", "-1", "\"x\"", "true",
      "\"DefaultAction\"", "\"Block\"", "\"UriPath\"", "\"ARN\"", "\"\\u001b[31m\"",
    ]
    var random = SplitMix(state: 7)
    let tokens = sample.split(separator: " ").flatMap { piece in
      piece.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        .reduce(into: [String]()) { list, part in
          if !list.isEmpty { list.append(":") }
          list.append(part)
        }
    }
    for round in 0..<3_000 {
      var mutated = tokens
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let position = Int.random(in: 0..<mutated.count, using: &random)
        let old = mutated[position]
        let word = words.randomElement(using: &random) ?? "{}"
        let tail = old.drop { $0 == "\"" || $0.isLetter || $0.isNumber }
        mutated[position] = word + tail
      }
      check(Array(mutated.joined(separator: " ").utf8), "seed 7, round \(round)")
    }
  }
}
