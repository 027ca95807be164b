import Diagnostics
import DocumentTree
import Testing

/// A value of the test, with a member of each kind.
private struct Sample: TreeReadable, Hashable {
  enum Word: String, CaseIterable, WireWord {
    case startsWith = "STARTS_WITH"
    case exactly = "EXACTLY"
  }

  var name: String
  var size: Int?
  var flag: Bool?
  var word: Word?
  var children: [Sample]

  init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name = object.required("Name", as: String.self)
    let size = object.optional("Size", as: LenientInt.self)
    let flag = object.optional("Flag", as: Bool.self)
    let word = object.optional("Word", as: Word.self)
    let children = object.list("Children", of: Sample.self)
    object.finish(mistaken: ["Kids": "Children"])
    guard !object.isBroken, let name else { return nil }
    (self.name, self.size, self.flag) = (name, size?.value, flag)
    (self.word, self.children) = (word, children)
  }
}

@Suite struct ReadingTests {
  private func read(
    _ text: String, _ features: ReadingFeatures = []
  ) throws -> (Sample?, [Diagnostic]) {
    let node = try JSONParser.parse(Array(text.utf8), file: "f")
    let context = ReadingContext(file: "f", features: features)
    return (Sample(reading: Cursor(node), in: context), context.diagnostics)
  }

  private func summary(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.map { diagnostic in
      let pointer = diagnostic.place?.pointer.description ?? ""
      let key = diagnostic.place?.focus == .key ? " (key)" : ""
      let hint = diagnostic.suggestion.map { " -> \($0)" } ?? ""
      return "\(diagnostic.severity.rawValue) \(diagnostic.code) \(pointer)\(key)\(hint)"
    }
  }

  struct Case: CustomTestStringConvertible {
    var text: String
    var isRead: Bool
    var found: [String]
    var testDescription: String { text }
  }

  @Test(arguments: [
    Case(text: #"{"Name": "a"}"#, isRead: true, found: []),
    Case(text: #"{"Name": "a", "Size": null, "Children": null}"#, isRead: true, found: []),
    Case(text: "[]", isRead: false, found: ["error wrong-type "]),
    Case(text: "{}", isRead: false, found: ["error missing-member "]),
    Case(text: #"{"Name": null}"#, isRead: false, found: ["error missing-member "]),
    Case(text: #"{"Name": 1}"#, isRead: false, found: ["error wrong-type /Name"]),
    Case(
      text: #"{"Name": "a", "Size": "7"}"#, isRead: true,
      found: ["warning number-as-string /Size -> 7"]),
    Case(text: #"{"Name": "a", "Size": 7.5}"#, isRead: false, found: ["error wrong-type /Size"]),
    Case(
      text: #"{"Name": "a", "Size": 99999999999999999999}"#, isRead: false,
      found: ["error wrong-type /Size"]),
    Case(
      text: #"{"Name": "a", "Flag": "true"}"#, isRead: true,
      found: ["warning boolean-as-string /Flag -> true"]),
    Case(text: #"{"Name": "a", "Flag": "yes"}"#, isRead: false, found: ["error wrong-type /Flag"]),
    Case(
      text: #"{"Name": "a", "Word": "starts_with"}"#, isRead: false,
      found: ["error unknown-value /Word -> STARTS_WITH"]),
    Case(
      text: #"{"Name": "a", "Word": "EXACTLYY"}"#, isRead: false,
      found: ["error unknown-value /Word -> EXACTLY"]),
    Case(
      text: #"{"Name": "a", "Sise": 1}"#, isRead: true,
      found: ["warning unknown-member /Sise (key) -> Size"]),
    Case(
      text: #"{"Name": "a", "Kids": [], "Kids": []}"#, isRead: true,
      found: [
        "error repeated-member /Kids (key)", "warning unknown-member /Kids (key) -> Children",
      ]),
    Case(
      text: #"{"Name": "a", "Children": [{"Size": true}, {"Name": 1}, {"Name": "c"}, 5]}"#,
      isRead: false,
      found: [
        "error missing-member /Children/0", "error wrong-type /Children/0/Size",
        "error wrong-type /Children/1/Name", "error wrong-type /Children/3",
      ]),
    Case(
      text: #"{"Name": "a", "Children": {}}"#, isRead: false,
      found: ["error wrong-type /Children"]),
  ])
  func collects(_ test: Case) throws {
    let (value, diagnostics) = try read(test.text)
    #expect((value != nil) == test.isRead)
    #expect(summary(diagnostics) == test.found)
  }

  @Test func strictMakesUnknownMembersErrors() throws {
    let (_, diagnostics) = try read(#"{"Name": "a", "Color": 1}"#, .strict)
    #expect(summary(diagnostics) == ["error unknown-member /Color (key)"])
  }

  @Test func repeatedMembersPointToTheSecond() throws {
    let (_, diagnostics) = try read(#"{"Name": "a", "Name": "b"}"#)
    #expect(diagnostics.first?.place?.byteRange == 14..<20)
  }

  @Test(
    arguments: [
      (#"{"A": 1}"#, "A", []), (#"{"B": {}, "A": null}"#, "B", []), ("{}", nil, ["empty-union"]),
      (#"{"A": null}"#, nil, ["empty-union"]), (#"{"A": 1, "B": 2}"#, nil, ["several-members"]),
      (#"{"A": 1, "A": 2}"#, "A", ["repeated-member"]), ("[]", nil, ["wrong-type"]),
    ] as [(String, String?, [String])])
  func unions(_ text: String, _ name: String?, _ codes: [String]) throws {
    let node = try JSONParser.parse(Array(text.utf8), file: "f")
    let context = ReadingContext(file: "f")
    let union = UnionReader(Cursor(node), in: context, what: "the thing", names: ["A", "B"])
    #expect(union?.name == name)
    #expect(context.diagnostics.map(\.code) == codes)
  }

  @Test func severalMembersAreListed() throws {
    let node = try JSONParser.parse(Array(#"{"A": 1, "B": 2}"#.utf8), file: "f")
    let context = ReadingContext(file: "f")
    _ = UnionReader(Cursor(node), in: context, what: "the thing", names: [])
    #expect(
      context.diagnostics.first?.message
        == "the thing has 2 members, exactly one may be set: 'A', 'B'")
  }
}
