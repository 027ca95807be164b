import ManagedRules
import Testing
import WAFModel

@testable import RulesetPages

/// A statement and the lines that it reads as.
struct ConditionCase: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var statement: String
  var lines: [String]

  init(_ testDescription: String, _ statement: String, _ lines: [String]) {
    self.testDescription = testDescription
    self.statement = statement
    self.lines = lines
  }

  /// The statement of a branch, read like any other.
  static func read(_ text: String) throws -> Statement {
    let start = try #require(SampleGroup.text.firstRange(of: #"{"RegexMatchStatement""#))
    let end = try #require(SampleGroup.text.firstRange(of: #""Type": "NONE"}]}}"#))
    var file = SampleGroup.text
    file.replaceSubrange(start.lowerBound..<end.upperBound, with: text)
    let group = try SampleGroup.read(file)
    guard case .branches(let branches, _, _) = group.rules.last?.model,
      let statement = branches.last?.statement
    else { throw NoBranch() }
    return statement
  }

  private struct NoBranch: Error {}

  static func bytes(
    _ text: String, _ field: String = #"{"UriPath": {}}"#, _ constraint: String = "CONTAINS"
  ) -> String {
    """
    {"ByteMatchStatement": {"SearchString": "\(text)", "FieldToMatch": \(field), \
    "TextTransformations": [{"Priority": 0, "Type": "NONE"}], \
    "PositionalConstraint": "\(constraint)"}}
    """
  }

  static func size(_ field: String, _ comparison: String = "GT", _ size: Int = 8192) -> String {
    """
    {"SizeConstraintStatement": {"FieldToMatch": \(field), "ComparisonOperator": "\(comparison)", \
    "Size": \(size), "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}
    """
  }

  static func or(_ statements: String...) -> String {
    #"{"OrStatement": {"Statements": [\#(statements.joined(separator: ", "))]}}"#
  }

  static func and(_ statements: String...) -> String {
    #"{"AndStatement": {"Statements": [\#(statements.joined(separator: ", "))]}}"#
  }

  static func not(_ statement: String) -> String {
    #"{"NotStatement": {"Statement": \#(statement)}}"#
  }

  private static func with(_ name: String, _ field: String, _ more: String = "") -> String {
    """
    {"\(name)": {"FieldToMatch": \(field), \(more)\
    "TextTransformations": [{"Priority": 0, "Type": "URL_DECODE"}]}}
    """
  }

  static let all = [
    ConditionCase("bytes", bytes("a"), [#"URI path [NONE] contains "a""#]),
    ConditionCase(
      "bytes that look like more", bytes(#"a\" or \\ \u001b"#),
      [#"URI path [NONE] contains "a\" or \\ \u{1B}""#]),
    ConditionCase(
      "starts with", bytes("a", #"{"Method": {}}"#, "STARTS_WITH"),
      [#"method [NONE] starts with "a""#]),
    ConditionCase(
      "is", bytes("a", #"{"QueryString": {}}"#, "EXACTLY"), [#"query string [NONE] is "a""#]),
    ConditionCase(
      "word", bytes("a", #"{"SingleHeader": {"Name": "Host"}}"#, "CONTAINS_WORD"),
      [#"header "Host" [NONE] contains the word "a""#]),
    ConditionCase(
      "size", size(#"{"Body": {"OversizeHandling": "MATCH"}}"#),
      ["body (oversize MATCH) [NONE] has a size > 8192"]),
    ConditionCase(
      "headers",
      size(
        #"{"Headers": {"MatchPattern": {"ExcludedHeaders": ["host", "te"]}, "MatchScope": "VALUE", "#
          + #""OversizeHandling": "CONTINUE"}}"#, "LE", 3),
      [#"values of all headers except "host", "te" (oversize CONTINUE) [NONE] has a size ≤ 3"#]),
    ConditionCase(
      "cookies",
      size(
        #"{"Cookies": {"MatchPattern": {"All": {}}, "MatchScope": "ALL", "#
          + #""OversizeHandling": "NO_MATCH"}}"#),
      ["keys and values of all cookies (oversize NO_MATCH) [NONE] has a size > 8192"]),
    ConditionCase(
      "JSON",
      size(
        #"{"JsonBody": {"MatchPattern": {"IncludedPaths": ["/a"]}, "MatchScope": "KEY", "#
          + #""InvalidFallbackBehavior": "NO_MATCH", "OversizeHandling": "CONTINUE"}}"#),
      [
        #"keys of JSON body at "/a" (invalid: NO_MATCH) (oversize CONTINUE) [NONE] has a size > 8192"#
      ]),
    ConditionCase(
      "SQL injection",
      with("SqliMatchStatement", #"{"AllQueryArguments": {}}"#, #""SensitivityLevel": "HIGH", "#),
      ["each query argument [URL_DECODE] is SQL injection (HIGH)"]),
    ConditionCase(
      "SQL injection at the default level",
      with("SqliMatchStatement", #"{"SingleQueryArgument": {"Name": "q"}}"#),
      [#"query argument "q" [URL_DECODE] is SQL injection (LOW)"#]),
    ConditionCase(
      "cross-site scripting", with("XssMatchStatement", #"{"UriPath": {}}"#),
      ["URI path [URL_DECODE] is cross-site scripting"]),
    ConditionCase("not", not(bytes("a")), [#"not: URI path [NONE] contains "a""#]),
    ConditionCase(
      "nested", and(not(or(bytes("a"), size(#"{"Method": {}}"#))), bytes("b")),
      [
        "all of", "  not", "    any of", #"      URI path [NONE] contains "a""#,
        "      method [NONE] has a size > 8192", #"  URI path [NONE] contains "b""#,
      ]),
    ConditionCase(
      "alternatives of one test", or(bytes("a"), bytes("b")),
      ["URI path [NONE] contains any of", #"  "a", "b""#]),
    ConditionCase(
      "alternatives of several", or(bytes("a"), bytes("b"), bytes("c", #"{"Method": {}}"#)),
      [
        "any of", "  URI path [NONE] contains any of", #"    "a", "b""#,
        #"  method [NONE] contains "c""#,
      ]),
  ]
}

@Suite struct ConditionTextTests {
  @Test(arguments: ConditionCase.all)
  func readsAs(_ item: ConditionCase) throws {
    #expect(ConditionText(try ConditionCase.read(item.statement)).lines == item.lines)
  }

  @Test func keysTellAllCasesApart() throws {
    let keys = try ConditionCase.all.map { ConditionText(try ConditionCase.read($0.statement)).key }
    #expect(Set(keys).count == keys.count)
  }

  @Test(arguments: [
    (ConditionCase.or(.a, .b), ConditionCase.or(.b, .a), true),
    (ConditionCase.or(.a, .b), ConditionCase.or(.b, .a, .b), true),
    (ConditionCase.or(.a, .b), ConditionCase.and(.a, .b), false),
    (ConditionCase.not(.a), .a, false),
    (ConditionCase.bytes("a"), ConditionCase.bytes("A"), false),
    (ConditionCase.bytes("a"), ConditionCase.bytes("a", #"{"Method": {}}"#), false),
    (ConditionCase.bytes("a"), ConditionCase.bytes("a", #"{"UriPath": {}}"#, "EXACTLY"), false),
    (
      ConditionCase.size(#"{"Body": {"OversizeHandling": "MATCH"}}"#),
      ConditionCase.size(#"{"Body": {"OversizeHandling": "CONTINUE"}}"#), false
    ),
  ])
  func keyIsTheMeaning(_ one: String, _ other: String, _ isSame: Bool) throws {
    let keys = try [one, other].map { ConditionText(try ConditionCase.read($0)).key }
    #expect((keys[0] == keys[1]) == isSame)
  }
}

extension String {
  fileprivate static let a = ConditionCase.bytes("a")
  fileprivate static let b = ConditionCase.bytes("b")
}
