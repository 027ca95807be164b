import ManagedRules
import Testing
import WAFCompiler
import WAFEngine
import WAFModel
import WAFProgram
import WAFRequests

/// What comes up too seldom in `OptimizationTests`: conditions on an argument that is URL-decoded twice,
/// and the requests that come one after the other.
@Suite struct OptimizationExampleTests {
  struct Example: CustomTestStringConvertible {
    var testDescription: String
    var search: String
    var position: PositionalConstraint
    var queries: [String]
    /// The certainty of the last request's verdict.
    var certainty: Certainty
  }

  static let examples: [Example] = [
    // The same question has two readings where arguments are prepared and where they are
    // transformed: what one makes of the other's default is nobody's value.
    Example(
      testDescription: "one question at two places", search: "x++", position: .exactly,
      queries: ["a=x+%2b"], certainty: .approximate),
    Example(
      testDescription: "one question at two places, no match", search: "x +", position: .exactly,
      queries: ["a=x+%2b"], certainty: .exact),
    // `abcdefg+h` is looked through under another reading, twice, and then as itself.
    Example(
      testDescription: "a value remembered under a reading", search: "g h", position: .contains,
      queries: ["a=abcdefg+h", "a=abcdefg+h", "a=abcdefg+h", "a=abcdefg%2bh"],
      certainty: .approximate),
    Example(
      testDescription: "a value that comes again", search: "g h", position: .contains,
      queries: ["a=abcdefgh", "a=abcdefgh", "a=abcdefgh", "a=abcdefgh"], certainty: .exact),
  ]

  @Test(arguments: examples)
  func saysTheSame(_ example: Example) throws {
    let program = Self.program(example)
    let records = example.queries.map { query in
      var record = RequestRecord()
      record.query = record.appendExact(Array(query.utf8))
      return record
    }
    let plain = records.map { record in
      var evaluator = Evaluator(program, options: .none)
      return Observation(&evaluator, record, isTraced: true)
    }
    #expect(plain.last?.certainty == example.certainty)
    for (name, options) in EngineOptions.variants {
      var evaluator = Evaluator(program, options: options)
      for (record, other) in zip(records, plain) {
        let own = Observation(&evaluator, record, isTraced: true)
        let differences = own.differences(from: other)
        #expect(differences.isEmpty, "\(name)")
      }
    }
  }

  private static func program(_ example: Example) -> Program {
    let statement = Statement.byteMatch(
      ByteMatchStatement(
        searchString: SearchString(bytes: Array(example.search.utf8)),
        fieldToMatch: .singleQueryArgument(name: "a"),
        textTransformations: [TextTransformation(priority: 0, type: .urlDecode)],
        preParseTextTransformations: [
          PreParseTextTransformation(priority: 0, type: .urlDecode)
        ], positionalConstraint: example.position))
    let webACL = WebACL(
      name: "shop", defaultAction: .allow(AllowAction()),
      rules: [
        Rule(name: "one", priority: 0, statement: statement, action: .block(BlockAction()))
      ])
    return Compiler.compile(
      Located(value: webACL, file: "acl.json"), bundle: DocumentBundle(),
      catalogue: RulesetCatalogue(), options: CompilerOptions()
    ).program
  }
}
