import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// `Cookies`: selection, scope, limits, and what recordings leave out.
struct CookieTests {
  struct Row: CustomTestStringConvertible {
    var name: String
    var lines: [String]
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
          .cookies(PartSelection(pattern: pattern, scope: scope)), position, search,
          oversize: oversize)
      }
    }
  }

  private static func name(_ text: String) -> [UInt8] { Array(text.utf8) }
  private static func letters(_ count: Int) -> String { String(repeating: "a", count: count) }

  static let selections: [Row] = [
    Row(name: "value", lines: ["a=1; b=2"], search: "2", shown: .yes),
    Row(name: "key", lines: ["a=1; b=2"], search: "b", shown: .yes),
    Row(name: "never both together", lines: ["a=1"], search: "a=1", shown: .no),
    Row(name: "values only", lines: ["a=1"], scope: .value, search: "a", shown: .no),
    Row(name: "keys only", lines: ["a=1"], scope: .key, search: "1", shown: .no),
    Row(name: "second line", lines: ["a=1", "b=2"], search: "2", shown: .yes),
    Row(name: "without spaces", lines: ["a=1;b=2"], search: "b", shown: .yes),
    Row(name: "more equal signs", lines: ["a=1=2"], search: "1=2", shown: .yes),
    Row(name: "quotes stay", lines: ["a=\"1\""], search: "\"1\"", shown: .yes),
    Row(name: "empty segments", lines: ["; ;a=1;"], scope: .key, search: "", shown: .no),
    Row(
      name: "included", lines: ["a=1; b=2"], pattern: .included([name("b")]), search: "2",
      shown: .yes),
    Row(
      name: "not included", lines: ["a=1; b=2"], pattern: .included([name("a")]), search: "2",
      shown: .no),
    Row(
      name: "included in other case", lines: ["B=2"], pattern: .included([name("b")]),
      search: "2", shown: .no),
    Row(
      name: "excluded", lines: ["a=1; b=2"], pattern: .excluded([name("b")]), search: "2",
      shown: .no),
    Row(
      name: "not excluded", lines: ["a=1; b=2"], pattern: .excluded([name("a")]), search: "2",
      shown: .yes),
    Row(name: "no cookies", lines: [], position: .startsWith, search: "", shown: .no),
    // Q25: a cookie without `=`.
    Row(
      name: "bare as a key", lines: ["token"], scope: .key, search: "token",
      shown: Shown(true, .approximate)),
    Row(
      name: "bare as a value", lines: ["token"], scope: .value, search: "token",
      shown: Shown(false, .approximate)),
    Row(name: "bare either way", lines: ["token"], search: "token", shown: .yes),
    Row(name: "another beside it", lines: ["token; a=1"], search: "1", shown: .yes),
  ]

  static let limits: [Row] = [
    Row(
      name: "8,192 bytes are within", lines: ["a=" + letters(8191)], oversize: .match,
      search: "never", shown: .no),
    Row(
      name: "8,193 bytes are over", lines: ["a=" + letters(8192)], oversize: .match,
      search: "never", shown: .yes),
    Row(
      name: "over, not inspected", lines: ["a=" + letters(8192) + "; b=2"], oversize: .noMatch,
      search: "a", shown: .no),
    // Q8: the default counts the parts looked at, the other reading all of them.
    Row(
      name: "over with keys only", lines: ["a=" + letters(8192)], scope: .value,
      oversize: .match, search: "never", shown: Shown(false, .approximate)),
    Row(
      name: "over by cookies not selected", lines: ["big=" + letters(9000) + "; b=2"],
      pattern: .included([name("b")]), search: "2", shown: Shown(true, .approximate)),
    Row(
      name: "behind the limit", lines: ["a=" + letters(8192) + "; b=2"], search: "b",
      shown: .no),
    Row(
      name: "cut at the limit", lines: ["a=" + letters(9000)], scope: .value,
      search: letters(8192), shown: Shown(true, .approximate)),
    Row(
      name: "200 cookies are within",
      lines: [(0..<200).map { "c\($0)=v" }.joined(separator: "; ")], oversize: .match,
      search: "never", shown: .no),
    Row(
      name: "201 cookies are over",
      lines: [(0..<201).map { "c\($0)=v" }.joined(separator: "; ")], oversize: .match,
      search: "never", shown: .yes),
    Row(
      name: "the 201st cookie is not looked at",
      lines: [(0..<201).map { "c\($0)=v" }.joined(separator: "; ")], search: "c200",
      shown: .no),
    Row(
      name: "the 200th cookie is looked at",
      lines: [(0..<201).map { "c\($0)=v" }.joined(separator: "; ")], search: "c199",
      shown: .yes),
    Row(
      name: "the 200th of many that are not selected",
      lines: [(0..<300).map { "c\($0)=v" }.joined(separator: "; ") + "; last=x"],
      pattern: .included([name("last")]), search: "x", shown: Shown(true, .approximate)),
  ]

  /// What has no bytes behind a cookie that straddles the limit was cut to a negative length.
  static let nothingBehindTheLimit: [Row] = [
    Row(
      name: "an empty key", lines: [letters(8200) + "=x; =v"], scope: .key,
      position: .contains, search: "v", shown: .no),
    Row(
      name: "an empty cookie", lines: ["a=" + letters(8200) + "; ="], position: .contains,
      search: "v", shown: .no),
    Row(
      name: "an empty value", lines: ["a=" + letters(8200) + "; b="], scope: .value,
      position: .contains, search: "v", shown: .no),
    Row(
      name: "an empty value at the limit", lines: ["a=" + letters(8192) + "; b="],
      scope: .value, oversize: .noMatch, search: "", shown: Shown(true, .approximate)),
  ]

  static let hidden: [Row] = [
    Row(name: "redacted value", lines: ["a=REDACTED"], search: "x", shown: .unknown),
    Row(
      name: "redacted value, keys only", lines: ["a=REDACTED"], scope: .key, search: "x",
      shown: .no),
    // Q8: by the other reading a cookie that straddles the limit is dropped, key and all.
    Row(
      name: "key of a redacted value", lines: ["a=REDACTED"], search: "a",
      shown: Shown(true, .approximate)),
    Row(name: "before a redacted value", lines: ["b=2; a=REDACTED"], search: "2", shown: .yes),
    // It may lie behind the limit.
    Row(
      name: "behind a redacted value", lines: ["a=REDACTED; b=2"], search: "2",
      shown: .unknown),
    Row(
      name: "redacted, over the limit", lines: ["a=REDACTED; b=2"], oversize: .match,
      search: "x", shown: .unknown),
  ]

  @Test(arguments: selections + limits + nothingBehindTheLimit + hidden)
  func cookies(_ row: Row) {
    let record = RequestRecord(
      uri: "/", headers: row.lines.map { (name: "Cookie", value: $0) })
    #expect(shown(row.program, record) == row.shown)
  }

  @Test
  func theHeadersStateIsTheCookies() throws {
    let all = PartSelection(pattern: .all, scope: .all)
    let program = blocking { $0.bytes(.cookies(all), .exactly, "1") }
    let record = RequestRecord(uri: "/", headers: [("cookie", "a=1; b=2")])
    #expect(shown(program, try record.with(.redacted, "headers.cookie")) == .unknown)
    #expect(
      needs(program, try record.with(.redacted, "headers.cookie")) == ["header:cookie for rule"])
    #expect(
      shown(program, try record.with(.lossy, "headers.cookie")) == Shown(true, .approximate))
    #expect(shown(program, try record.with(.prefix, "headers.cookie")) == .yes)
    let incomplete = try RequestRecord(uri: "/").with(.notRecorded, "headers")
    #expect(shown(program, incomplete) == .unknown)
  }

  @Test
  func theLastCookieOfACutLineIsNotWholly() throws {
    let all = PartSelection(pattern: .all, scope: .all)
    let record = try RequestRecord(uri: "/", headers: [("cookie", "a=1; b=2")])
      .with(.prefix, "headers.cookie")
    #expect(shown(blocking { $0.bytes(.cookies(all), .exactly, "2") }, record) == .unknown)
    #expect(shown(blocking { $0.bytes(.cookies(all), .exactly, "3") }, record) == .unknown)
  }

  @Test
  func namesOfAReencodedLineAreNotSure() throws {
    let one = PartSelection(pattern: .included([Self.name("x")]), scope: .value)
    let record = try RequestRecord(uri: "/", headers: [("cookie", "a=1; b=2")])
      .with(.lossy, "headers.cookie")
    let program = blocking { $0.bytes(.cookies(one), .exactly, "2") }
    #expect(shown(program, record) == Shown(false, .approximate))
  }
}
