import Testing
import Transforms
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// What `explain` shows: each rule reached, its leaves, and the bytes that match.
struct TraceTests {
  private static func trace(_ program: Program, _ record: RequestRecord) -> Trace {
    var evaluator = Evaluator(program)
    _ = evaluator.evaluate(record)
    return evaluator.trace(record)
  }

  private static func leaf(_ statement: TraceStatement?) -> TraceLeaf? {
    guard case .leaf(let leaf)? = statement else { return nil }
    return leaf
  }

  // MARK: Matched bytes

  struct MatchRow: CustomTestStringConvertible {
    var name: String
    var value: String
    var matched: String
    var offset: Int
    var isTransformed = false
    var element = ""
    var condition: @Sendable (inout ProgramBuilder) -> Formula
    var testDescription: String { name }

    init(
      _ name: String, _ value: String, _ matched: String, at offset: Int,
      isTransformed: Bool = false, element: String = "",
      _ condition: @escaping @Sendable (inout ProgramBuilder) -> Formula
    ) {
      self.name = name
      self.value = value
      self.matched = matched
      self.offset = offset
      self.isTransformed = isTransformed
      self.element = element
      self.condition = condition
    }
  }

  private static let record = RequestRecord(
    uri: "/Some%2Fpath/some?first=1&second=two%20Words",
    headers: [("X-Name", "xBad Bad_ -Bad;"), ("Cookie", "a=1; b=two")])
  private static let header = Field.singleHeader(name: Array("x-name".utf8))
  private static let cookies = Field.cookies(PartSelection(pattern: .all, scope: .all))

  static let matchRows: [MatchRow] = [
    MatchRow("exactly", "/Some%2Fpath/some", "/Some%2Fpath/some", at: 0) {
      $0.bytes(.uriPath, .exactly, "/Some%2Fpath/some")
    },
    MatchRow("starts with", "/Some%2Fpath/some", "/Some", at: 0) {
      $0.bytes(.uriPath, .startsWith, "/Some")
    },
    MatchRow("ends with", "/Some%2Fpath/some", "some", at: 13) {
      $0.bytes(.uriPath, .endsWith, "some")
    },
    MatchRow("contains", "/Some%2Fpath/some", "path", at: 8) {
      $0.bytes(.uriPath, .contains, "path")
    },
    MatchRow("contains nothing", "/Some%2Fpath/some", "", at: 0) {
      $0.bytes(.uriPath, .contains, "")
    },
    MatchRow("transformed", "/some/path/some", "/path", at: 5, isTransformed: true) {
      $0.bytes(.uriPath, .contains, "/path", [.urlDecode, .lowercase])
    },
    MatchRow("left alone", "/Some%2Fpath/some", "path", at: 8) {
      $0.bytes(.uriPath, .contains, "path", [.removeNulls])
    },
    // The first bounded occurrence, not the first one.
    MatchRow("word", "xBad Bad_ -Bad;", "Bad", at: 11, element: "X-Name") {
      $0.bytes(header, .containsWord, "Bad")
    },
    MatchRow("pattern", "/Some%2Fpath/some", "%2F", at: 5) { $0.regex(.uriPath, ["%[0-9A-F]+"]) },
    MatchRow("second pattern of a set", "/Some%2Fpath/some", "path", at: 8) {
      $0.regex(.uriPath, ["nothing", "pa.h"])
    },
    MatchRow("argument", "two Words", "Words", at: 4, isTransformed: true, element: "second") {
      $0.bytes(.allArguments, .contains, "Words", [.urlDecode])
    },
    MatchRow("cookie value", "two", "two", at: 0, element: "b") {
      $0.bytes(cookies, .exactly, "two")
    },
    MatchRow("cookie key", "b", "b", at: 0, element: "b") { $0.bytes(cookies, .exactly, "b") },
    MatchRow("size", "/Some%2Fpath/some", "/Some%2Fpath/some", at: 0) {
      $0.size(.uriPath, .greater, 3)
    },
  ]

  @Test(arguments: matchRows)
  func matchedBytes(_ row: MatchRow) throws {
    let trace = Self.trace(blocking(row.condition), Self.record)
    let step = try #require(trace.steps.first)
    #expect(step.outcome == .match)
    let match = try #require(Self.leaf(step.statement)?.match)
    #expect(String(decoding: match.value, as: UTF8.self) == row.value)
    #expect(String(decoding: match.value[match.matched], as: UTF8.self) == row.matched)
    #expect(match.matched.lowerBound == row.offset)
    #expect(match.isTransformed == row.isTransformed)
    #expect(match.name == row.element)
  }

  @Test
  func whatDoesNotMatchShowsNoBytes() throws {
    let trace = Self.trace(blocking { $0.path("/other") }, Self.record)
    let leaf = try #require(Self.leaf(trace.steps.first?.statement))
    #expect(leaf.outcome == .noMatch)
    #expect(leaf.match == nil)
    #expect(leaf.reason == nil)
    #expect(leaf.level == .exact)
  }

  @Test
  func anOversizeMatchShowsNoBytesWhereNoneMatch() throws {
    let body = [UInt8](repeating: UInt8(ascii: "a"), count: 9000)
    let record = RequestRecord(method: "POST", uri: "/", body: body)
    let trace = Self.trace(
      blocking { $0.bytes(.body, .contains, "x", oversize: .match) }, record)
    let leaf = try #require(Self.leaf(trace.steps.first?.statement))
    #expect(leaf.outcome == .match)
    #expect(leaf.match == nil)
  }

  // MARK: Words

  @Test(
    arguments: [
      (
        { @Sendable in $0.bytes(.uriPath, .startsWith, "/a", [.urlDecode, .lowercase]) },
        "UriPath after URL_DECODE, LOWERCASE STARTS_WITH \"/a\""
      ),
      ({ $0.bytes(header, .containsWord, "a") }, "SingleHeader x-name CONTAINS_WORD \"a\""),
      (
        { $0.size(.argument("q"), .greaterOrEqual, 5) },
        "size of SingleQueryArgument q GE 5"
      ),
      ({ $0.regex(.queryString, ["a+", "b"]) }, "QueryString matches /a+/ or /b/"),
      ({ $0.countries(["US", "DE"]) }, "country in DE, US"),
      ({ $0.addresses("the-set", []) }, "client address in the-set"),
      ({ $0.label("a:b") }, "label a:b"),
      ({ $0.label("a:", .namespace) }, "label namespace a:"),
      ({ $0.unknown("statement:Foo") }, "statement:Foo"),
      ({ $0.managed("G/R", assumption: .noMatch) }, "managed rule G/R"),
    ] as [(@Sendable (inout ProgramBuilder) -> Formula, String)])
  func titles(_ row: (@Sendable (inout ProgramBuilder) -> Formula, String)) {
    let trace = Self.trace(blocking(row.0), Self.record)
    #expect(Self.leaf(trace.steps.first?.statement)?.title == row.1)
  }

  // MARK: The way

  @Test
  func rulesBehindTheEndAreUnreached() {
    let program = sketch { builder in
      builder.rule("first", .count, builder.path("/other"), labels: ["awswaf:1:webacl:acl:l"])
      builder.group("skipped", scopeDown: builder.path("/other"))
      builder.groupRule("inner", .block, builder.match(at: .exact))
      builder.group("empty")
      builder.group("group")
      builder.groupRule("counts", .count, builder.match(at: .exact))
      builder.groupRule("ends", .block, builder.match(at: .exact))
      builder.groupRule("behind", .block, builder.match(at: .exact))
      builder.rule("last", .block, builder.match(at: .exact))
      builder.group("lastGroup")
      builder.groupRule("inner", .block, builder.match(at: .exact))
    }
    let trace = Self.trace(program, Self.record)
    #expect(
      trace.steps.map { "\($0.subject.rawValue) \($0.rule) \($0.outcome.rawValue)" } == [
        "rule first no match", "scopeDown skipped no match", "groupRule group/counts match",
        "groupRule group/ends match",
      ])
    #expect(trace.unreached == ["last", "lastGroup"])
    #expect(trace.steps[0].labels == ["awswaf:1:webacl:acl:l"])
    #expect(trace.steps.map(\.action) == [.count, nil, .count, .block])
  }

  @Test
  func anUnknownRuleDoesNotEndTheWay() {
    let program = sketch { builder in
      builder.rule("open", .block, builder.unknown("x"))
      builder.rule("next", .block, builder.match(at: .exact))
    }
    let trace = Self.trace(program, Self.record)
    #expect(trace.steps.map(\.outcome) == [.unknown, .match])
    let leaf = Self.leaf(trace.steps.first?.statement)
    #expect(leaf?.component == "x")
    #expect(leaf?.reason != nil)
  }

  @Test
  func everyPartOfAStatementIsShown() {
    let program = blocking {
      .and([$0.path("/other"), .or([$0.unknown("x"), .not($0.match(at: .exact))])])
    }
    guard case .and(let parts)? = Self.trace(program, Self.record).steps.first?.statement,
      parts.count == 2, case .or(let inner) = parts[1], inner.count == 2,
      case .not(let negated) = inner[1]
    else {
      Issue.record("another shape")
      return
    }
    #expect(Self.leaf(parts[0])?.outcome == .noMatch)
    #expect(Self.leaf(inner[0])?.outcome == .unknown)
    #expect(Self.leaf(negated)?.outcome == .match)
  }

  @Test
  func aManagedRuleShowsItsBranches() throws {
    let program = sketch { builder in
      let exact = builder.path("/other")
      let high = builder.bytes(.uriPath, .contains, "path")
      builder.rule("r", .block, builder.managed("G/R", [(.exact, exact), (.high, high)]))
    }
    let leaf = try #require(Self.leaf(Self.trace(program, Self.record).steps.first?.statement))
    #expect(leaf.level == .approximate)
    #expect(leaf.branches.map(\.fidelity) == ["exact", "high"])
    #expect(leaf.branches.map(\.outcome) == [.noMatch, .match])
    #expect(Self.leaf(leaf.branches[1].statement)?.match?.matched == 8..<12)
  }

  @Test
  func anOverriddenRuleShowsItsOwnAction() {
    let program = sketch { builder in
      builder.group("g")
      builder.addRule(
        RuleInfo(
          name: "r", path: "g/r", ownAction: .block, override: .ruleActionOverride,
          formula: builder.match(at: .exact), managed: nil),
        action: .count, labels: [], geo: [])
    }
    let step = Self.trace(program, Self.record).steps.first
    #expect(step?.action == .count)
    #expect(step?.ownAction == .block)
  }
}
