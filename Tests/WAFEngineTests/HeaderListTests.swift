import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// `Headers`: selection, scope, limits, and what recordings leave out.
struct HeaderListTests {
  struct Row: CustomTestStringConvertible {
    var name: String
    var headers: [(name: String, value: String)]
    var pattern = PartSelection.Pattern.all
    var scope = MatchScope.all
    var oversize = Oversize.inspectStart
    var position = Position.exactly
    var search: String
    var shown: Shown
    var testDescription: String { name }

    var program: Program {
      blocking { builder in
        builder.bytes(
          .headers(PartSelection(pattern: pattern, scope: scope)), position, search,
          oversize: oversize)
      }
    }
  }

  private static func name(_ text: String) -> [UInt8] { Array(text.utf8) }
  private static func letters(_ count: Int) -> String { String(repeating: "a", count: count) }
  private static func many(_ count: Int) -> [(name: String, value: String)] {
    (0..<count).map { (name: "h\($0)", value: "v\($0)") }
  }

  static let selections: [Row] = [
    Row(name: "value", headers: [("a", "1"), ("b", "2")], search: "2", shown: .yes),
    Row(name: "key", headers: [("a", "1"), ("b", "2")], search: "b", shown: .yes),
    Row(
      name: "never both together", headers: [("a", "1")], position: .contains, search: "a: 1",
      shown: .no),
    Row(name: "values only", headers: [("a", "1")], scope: .value, search: "a", shown: .no),
    Row(name: "keys only", headers: [("a", "1")], scope: .key, search: "1", shown: .no),
    Row(
      name: "the cookie header too", headers: [("cookie", "x=1; y=2")], search: "x=1; y=2",
      shown: .yes),
    Row(
      name: "included, whatever its case", headers: [("X-Other", "1"), ("X-NAME", "2")],
      pattern: .included([name("x-name")]), scope: .value, search: "2", shown: .yes),
    Row(
      name: "not included", headers: [("a", "1"), ("b", "2")], pattern: .included([name("b")]),
      search: "1", shown: .no),
    Row(
      name: "excluded, whatever its case", headers: [("A", "1"), ("b", "2")],
      pattern: .excluded([name("a")]), scope: .value, search: "1", shown: .no),
    Row(
      name: "not excluded", headers: [("A", "1"), ("b", "2")], pattern: .excluded([name("a")]),
      search: "2", shown: .yes),
    Row(
      name: "none selected", headers: [("a", "1")], pattern: .included([name("b")]),
      position: .startsWith, search: "", shown: .no),
    Row(name: "trimmed", headers: [("a", " 1\t")], search: "1", shown: Shown(true, .approximate)),
    // Q6: as received, or in lower case.
    Row(
      name: "key as received", headers: [("X-Name", "1")], scope: .key, search: "X-Name",
      shown: Shown(true, .approximate)),
    Row(
      name: "key in lower case", headers: [("X-Name", "1")], scope: .key, search: "x-name",
      shown: Shown(false, .approximate)),
    Row(
      name: "key without letters of two cases", headers: [("x-name", "1")], scope: .key,
      search: "x-name", shown: .yes),
    Row(
      name: "any case of a value", headers: [("X-Name", "1")], scope: .value, search: "1",
      shown: .yes),
    // Q7: line by line, or joined.
    Row(
      name: "a repeated header", headers: [("a", "1"), ("b", "x"), ("A", "2")], scope: .value,
      search: "2", shown: Shown(true, .approximate)),
    Row(
      name: "a part of a repeated header", headers: [("a", "1"), ("b", "x"), ("A", "2")],
      scope: .value, position: .endsWith, search: "2", shown: .yes),
    Row(
      name: "joined with a comma", headers: [("a", "1"), ("b", "x"), ("A", "2")], scope: .value,
      search: "1,2", shown: Shown(false, .approximate)),
    Row(
      name: "cookies joined as such", headers: [("cookie", "a=1"), ("cookie", "b=2")],
      search: "a=1; b=2", shown: Shown(false, .approximate)),
    Row(
      name: "beside a repeated header", headers: [("a", "1"), ("b", "x"), ("A", "2")],
      scope: .value, search: "x", shown: .yes),
  ]

  static let limits: [Row] = [
    Row(
      name: "8,191 bytes are within", headers: [("a", letters(8190))], oversize: .match,
      search: "never", shown: .no),
    Row(
      name: "8,192 bytes are within", headers: [("a", letters(8191))], oversize: .match,
      search: "never", shown: .no),
    Row(
      name: "8,193 bytes are over", headers: [("a", letters(8192))], oversize: .match,
      search: "never", shown: .yes),
    Row(
      name: "over, not inspected", headers: [("a", letters(8192))], oversize: .noMatch,
      search: "a", shown: .no),
    // Q8: what a field looks at counts, or everything.
    Row(
      name: "over with keys only", headers: [("a", letters(8192))], scope: .value,
      oversize: .match, search: "never", shown: Shown(false, .approximate)),
    Row(
      name: "over by headers not selected", headers: [("big", letters(9000)), ("b", "2")],
      pattern: .included([name("b")]), search: "2", shown: Shown(true, .approximate)),
    Row(
      name: "behind the limit", headers: [("a", letters(8192)), ("b", "2")], search: "b",
      shown: .no),
    Row(
      name: "cut at the limit", headers: [("a", letters(9000))], scope: .value,
      search: letters(8192), shown: Shown(true, .approximate)),
    Row(
      name: "200 headers are within", headers: many(200), oversize: .match, search: "never",
      shown: .no),
    Row(
      name: "201 headers are over", headers: many(201), oversize: .match, search: "never",
      shown: .yes),
    Row(name: "the 200th header", headers: many(201), search: "v199", shown: .yes),
    Row(name: "the 201st header", headers: many(201), search: "v200", shown: .no),
    // Joined, these are 200.
    Row(
      name: "a repeated one among 201", headers: many(200) + [("h7", "x")], oversize: .match,
      search: "never", shown: Shown(true, .approximate)),
  ]

  @Test(arguments: selections + limits)
  func headers(_ row: Row) {
    #expect(shown(row.program, RequestRecord(uri: "/", headers: row.headers)) == row.shown)
  }

  // MARK: What recordings leave out

  private static func contains(
    _ search: String, _ pattern: PartSelection.Pattern = .all, _ scope: MatchScope = .all,
    _ oversize: Oversize = .inspectStart
  ) -> Program {
    blocking {
      $0.bytes(
        .headers(PartSelection(pattern: pattern, scope: scope)), .exactly, search,
        oversize: oversize)
    }
  }

  @Test
  func behindARedactedValueTheLimitIsOpen() throws {
    let record = try RequestRecord(uri: "/", headers: [("a", "1"), ("b", "2"), ("c", "3")])
      .with(.redacted, "headers.b")
    #expect(shown(Self.contains("1"), record) == .yes)
    #expect(shown(Self.contains("3"), record) == .unknown)
    #expect(needs(Self.contains("3"), record) == ["headers for rule"])
    #expect(shown(Self.contains("x"), record) == .unknown)
    #expect(shown(Self.contains("x", .all, .all, .match), record) == .unknown)
    // Values don't count where only names are looked at, but by the other reading of Q8.
    #expect(shown(Self.contains("c", .all, .key), record) == Shown(true, .approximate))
    #expect(shown(Self.contains("x", .all, .key), record) == .no)
    #expect(
      shown(Self.contains("3", .excluded([Self.name("b")])), record) == Shown(true, .approximate))
  }

  @Test
  func theStartOfAValueIsLookedAt() throws {
    let record = try RequestRecord(uri: "/", headers: [("a", "12"), ("b", "3")])
      .with(.prefix, "headers.a")
    let starts = blocking {
      $0.bytes(
        .headers(PartSelection(pattern: .all, scope: .value)), .startsWith, "12")
    }
    #expect(shown(starts, record) == Shown(true, .approximate))
    #expect(shown(Self.contains("1"), record) == .unknown)
    #expect(shown(Self.contains("3"), record) == .unknown)
  }

  @Test
  func aReencodedValueIsApproximate() throws {
    let record = try RequestRecord(uri: "/", headers: [("a", "1"), ("b", "2")])
      .with(.lossy, "headers.a")
    #expect(shown(Self.contains("2"), record) == Shown(true, .approximate))
    #expect(shown(Self.contains("2", .included([Self.name("b")])), record).holds == true)
  }

  @Test
  func missingLinesMayStandBeforeAllOthers() throws {
    let record = try RequestRecord(uri: "/", headers: [("a", "1"), ("b", "2")])
      .with(.notRecorded, "headers")
    #expect(shown(Self.contains("1"), record) == .unknown)
    #expect(shown(Self.contains("x"), record) == .unknown)
    #expect(shown(Self.contains("x", .all, .all, .match), record) == .unknown)
    // Of a name that is there every line is.
    let a = PartSelection.Pattern.included([Self.name("a")])
    #expect(shown(Self.contains("1", a), record) == Shown(true, .approximate))
    #expect(shown(Self.contains("x", a), record) == .no)
    let other = PartSelection.Pattern.included([Self.name("a"), Self.name("c")])
    #expect(shown(Self.contains("1", other), record) == .unknown)
  }

  // MARK: HeaderOrder

  struct OrderRow: CustomTestStringConvertible {
    var names: [String]
    var position = Position.exactly
    var search: String
    var oversize = Oversize.inspectStart
    var shown: Shown
    var testDescription: String { "\(names.prefix(4)): \(search.prefix(20)) \(oversize)" }
  }

  static let orderRows: [OrderRow] = [
    OrderRow(
      names: ["host", "user-agent", "accept", "authorization", "referer"],
      search: "host:user-agent:accept:authorization:referer", shown: .yes),
    OrderRow(names: ["host", "accept"], search: "accept:host", shown: .no),
    OrderRow(names: ["Host"], search: "Host", shown: Shown(true, .approximate)),
    OrderRow(names: ["Host"], search: "host", shown: Shown(false, .approximate)),
    OrderRow(names: ["a", "b", "A"], search: "a:b", shown: Shown(false, .approximate)),
    OrderRow(names: ["a", "b", "a"], search: "a:b:a", shown: Shown(true, .approximate)),
    OrderRow(names: ["a", "b", "a"], position: .startsWith, search: "a:b", shown: .yes),
    OrderRow(names: [], search: "", shown: .yes),
    OrderRow(names: many(200).map(\.name), search: "x", oversize: .match, shown: .no),
    OrderRow(names: many(201).map(\.name), search: "x", oversize: .match, shown: .yes),
    OrderRow(
      names: many(201).map(\.name), position: .endsWith, search: ":h199", shown: .yes),
    OrderRow(
      names: [letters(4096), letters(4095) + "b"], search: "x", oversize: .match, shown: .yes),
    OrderRow(names: [letters(4096), letters(4095)], search: "x", oversize: .match, shown: .no),
  ]

  @Test(arguments: orderRows)
  func orders(_ row: OrderRow) {
    let program = blocking {
      $0.bytes(.headerOrder, row.position, row.search, oversize: row.oversize)
    }
    let record = RequestRecord(uri: "/", headers: row.names.map { (name: $0, value: "") })
    #expect(shown(program, record) == row.shown)
  }

  @Test
  func ordersOfPartsOfAList() throws {
    let program = blocking { $0.bytes(.headerOrder, .exactly, "a:b") }
    let record = RequestRecord(uri: "/", headers: [("a", "1"), ("b", "2")])
    #expect(shown(program, record) == .yes)
    #expect(shown(program, try record.with(.notRecorded, "headers")) == .unknown)
    // Q8: values count by the other reading, so that `b` may lie beyond the limit.
    let redacted = try record.with(.redacted, "headers.a")
    #expect(shown(program, redacted) == Shown(true, .approximate))
  }
}
