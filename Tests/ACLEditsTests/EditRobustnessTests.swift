import ACLEdits
import Diagnostics
import TestSupport
import Testing

/// Documents that nobody would write.
@Suite struct EditRobustnessTests {
  private static let edits = [
    "--set rule-0=count", "--set rule-1=block", "--set rule-0/NoUserAgent_HEADER=allow",
    "--set rule-1/SizeRestrictions_BODY=none", "--remove rule-0", "--remove rule-2",
    "--default-action block", "--add-rule new.json@2", "--add-rule new.json@99",
  ]
  private static let pieces = [
    "{", "}", "[", "]", ",", ":", ": ", "- ", "\n", "\r", "\n  ", " ", "\t", "#", " # x", "\"", "'",
    "&a ", "*a", "|\n", ">\n", "? ", "---\n", "...\n", "!!str ", "null", "~", "{}", "[]", "\u{E9}",
    "\u{2028}", "\u{85}", "\\", "%", "@",
  ]

  /// Each edit is made as it is meant or refused; nothing ends the program.
  @Test(arguments: [false, true])
  func brokenInPlaces(isYAML: Bool) throws {
    var made = 0
    for seed in UInt64(0)..<200 {
      var generator = DocumentGenerator(random: SplitMix(state: seed))
      let tree = generator.webACL()
      var text = Array((isYAML ? generator.yaml(tree) : generator.json(tree)).unicodeScalars)
      for _ in 0..<Int.random(in: 1...3, using: &generator.random) {
        let place = Int.random(in: text.indices, using: &generator.random)
        let end = generator.flip() ? place : min(text.count, place + 3)
        text.replaceSubrange(place..<end, with: generator.pick(Self.pieces).unicodeScalars)
      }
      var document = String.UnicodeScalarView()
      document.append(contentsOf: text)
      let trial = Trial(
        document: String(document), file: isYAML ? "acl.yaml" : "acl.json",
        files: ["new.json": EditPropertyTests.newRule])
      guard var editor = try? trial.editor() else { continue }
      for typed in Self.edits {
        let edit = try edit(typed: typed)
        do throws(Diagnostic) {
          try editor.apply(edit)
          made += 1
        } catch {
          #expect(!editor.sources.render(error).isEmpty)
        }
      }
    }
    #expect(made > 100)
  }
}
