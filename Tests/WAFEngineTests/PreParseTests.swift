import Testing
import Transforms
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// Query arguments behind pre-parse transformations.
struct PreParseTests {
  struct Row: CustomTestStringConvertible {
    var query: String
    var preParse: [PreParseTransformation]
    /// Nil for all arguments.
    var name: String?
    var search: String
    var shown: Shown
    var testDescription: String { "\(query) \(preParse.map(\.wireName)) \(name ?? "*") \(search)" }

    init(
      _ query: String, _ preParse: [PreParseTransformation], _ name: String?, _ search: String,
      _ shown: Shown
    ) {
      self.query = query
      self.preParse = preParse
      self.name = name
      self.search = search
      self.shown = shown
    }

    var program: Program {
      blocking { builder in
        let field: Field =
          name.map { .singleQueryArgument(name: Array($0.utf8), preParse: preParse) }
          ?? .allQueryArguments(preParse: preParse)
        return builder.bytes(field, .exactly, search)
      }
    }
  }

  static let rows: [Row] = [
    Row("a=1%26b=2", [], "b", "2", .no),
    Row("a=1%26b=2", [.urlDecode], "b", "2", .yes),
    Row("a=1%26b=2", [.urlDecode], "a", "1", .yes),
    Row("a=1%26b=2", [.none, .urlDecode], "a", "1&b=2", .no),
    Row("a=%uff1cx", [.urlDecodeUni], "a", "<x", .yes),
    Row("a=1&b=2&a=3", [.combineDuplicateQueryArgsByComma], "a", "1,3", .yes),
    Row("a=1&b=2&a=3", [.combineDuplicateQueryArgsByComma], "a", "3", .no),
    Row("a=1&b=2&A=3", [.combineDuplicateQueryArgsByComma], "a", "1", Shown(true, .approximate)),
    Row("a=1&b=2&A=3", [.combineDuplicateQueryArgsByComma], "b", "2", .yes),
    Row("a=1;b=2", [.replaceSemicolonsWithAmpersands], "b", "2", .yes),
    Row("a=1;b=2", [.replaceSemicolonsWithAmpersands], nil, "2", .yes),
    // In their order, each on the output of the one before.
    Row("a=1%3Bb=2", [.urlDecode, .replaceSemicolonsWithAmpersands], "b", "2", .yes),
    Row("a=1%3Bb=2", [.replaceSemicolonsWithAmpersands, .urlDecode], "b", "2", .no),
    Row(
      "a=1;a=2", [.replaceSemicolonsWithAmpersands, .combineDuplicateQueryArgsByComma], "a",
      "1,2", .yes),
    // Q24.
    Row("a=1+2", [.urlDecode], "a", "1 2", Shown(true, .approximate)),
    // Data protection replaces the value of an argument as it was sent.
    Row("a=REDACTED&b=2", [], "b", "2", .yes),
    Row("a=REDACTED&b=2", [.none], "b", "2", .yes),
    Row("a=REDACTED&b=2", [.urlDecode], "b", "2", .unknown),
    Row("a=REDACTED&b=2", [.combineDuplicateQueryArgsByComma], "b", "2", .unknown),
  ]

  @Test(arguments: rows)
  func wholeQueries(_ row: Row) {
    #expect(shown(row.program, RequestRecord(uri: "/?\(row.query)")) == row.shown)
  }

  static let cuts: [Row] = [
    Row("a=1%26b=2%26c", [.urlDecode], "a", "1", .yes),
    Row("a=1%26b=2%26c", [.urlDecode], "b", "2", .yes),
    Row("a=1%26b=2%26c", [.urlDecode], "c", "2", .unknown),
    // The escape at the cut may become an ampersand.
    Row("a=1%2", [.urlDecode], "a", "1%2", .unknown),
    Row("a=1%2", [.urlDecode], "a", "2", .unknown),
    Row("a=1;b=2", [.replaceSemicolonsWithAmpersands], "a", "1", .yes),
    Row("a=1&b=2", [.combineDuplicateQueryArgsByComma], "a", "1", .unknown),
  ]

  @Test(arguments: cuts)
  func startsOfQueries(_ row: Row) throws {
    let record = try RequestRecord(uri: "/?\(row.query)").with(.prefix, "args")
    #expect(shown(row.program, record) == row.shown)
  }

  @Test
  func tracesNameArgumentsOfTheTransformedQuery() {
    var evaluator = Evaluator(
      Row("", [.urlDecode], "b", "2", .yes).program)
    let record = RequestRecord(uri: "/?a=1%26b=2")
    _ = evaluator.evaluate(record)
    guard case .leaf(let leaf)? = evaluator.trace(record).steps.first?.statement else {
      Issue.record("no leaf")
      return
    }
    #expect(leaf.match?.name == "b")
    #expect(leaf.match?.value == Array("2".utf8))
    #expect(leaf.title == "SingleQueryArgument b split after URL_DECODE EXACTLY \"2\"")
  }
}
