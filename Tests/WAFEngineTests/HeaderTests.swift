import Testing
import Transforms
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// `SingleHeader`: names, repeated lines, spaces, and what recordings leave out.
struct HeaderTests {
  struct Row: CustomTestStringConvertible {
    var name: String
    var headers: [(String, String)]
    var shown: Shown
    var condition: @Sendable (inout ProgramBuilder) -> Formula
    var testDescription: String { name }

    init(
      _ name: String, _ headers: [(String, String)], _ shown: Shown,
      _ condition: @escaping @Sendable (inout ProgramBuilder) -> Formula
    ) {
      self.name = name
      self.headers = headers
      self.shown = shown
      self.condition = condition
    }
  }

  private static let header = Field.singleHeader(name: Array("x-name".utf8))

  static let rows: [Row] = [
    Row("name in other case", [("X-Name", "a")], .yes) { $0.bytes(header, .exactly, "a") },
    Row("name with spaces", [(" x-name\t", "a")], .yes) { $0.bytes(header, .exactly, "a") },
    Row("another name", [("x-name2", "a")], .no) { $0.bytes(header, .exactly, "a") },
    Row("value in other case", [("x-name", "A")], .no) { $0.bytes(header, .exactly, "a") },
    Row("absent", [], .no) { $0.bytes(header, .startsWith, "") },
    Row("not absent", [], .yes) { .not($0.bytes(header, .startsWith, "")) },
    Row("empty", [("x-name", "")], .yes) { $0.bytes(header, .exactly, "") },
    Row("empty is of size 0", [("x-name", "")], .yes) { $0.size(header, .equal, 0) },
    // Q3.
    Row("absent is of size 0", [], Shown(false, .approximate)) { $0.size(header, .equal, 0) },
    Row("absent is less", [], Shown(false, .approximate)) { $0.size(header, .less, 5) },
    Row("absent is not greater", [], .no) { $0.size(header, .greater, 0) },
    // The documented way of asking for a missing header.
    Row("not greater than 0", [], .yes) { .not($0.size(header, .greater, 0)) },
    // Q7.
    Row("either line", [("x-name", "a"), ("x-name", "b")], .yes) {
      $0.bytes(header, .contains, "b")
    },
    Row("one line alone", [("x-name", "a"), ("x-name", "b")], Shown(true, .approximate)) {
      $0.bytes(header, .exactly, "b")
    },
    Row("joined lines", [("x-name", "a"), ("x-name", "b")], Shown(false, .approximate)) {
      $0.bytes(header, .contains, "a,b")
    },
    Row("neither", [("x-name", "a"), ("x-name", "b")], .no) {
      $0.bytes(header, .contains, "c")
    },
    // Q2 and Q7: each, or the total.
    Row("each size", [("x-name", "aa"), ("x-name", "bb")], Shown(false, .approximate)) {
      $0.size(header, .greater, 3)
    },
    Row("any size", [("x-name", "aa"), ("x-name", "bbbb")], .yes) {
      $0.size(header, .greater, 3)
    },
    Row("one size", [("x-name", "aa"), ("x-name", "bb")], Shown(true, .approximate)) {
      $0.size(header, .equal, 2)
    },
    // The gap about white space around values.
    Row("trimmed", [("x-name", " a\t")], Shown(true, .approximate)) {
      $0.bytes(header, .exactly, "a")
    },
    Row("trimmed or not", [("x-name", " a\t")], .yes) { $0.bytes(header, .contains, "a") },
    Row("untrimmed", [("x-name", " a")], Shown(false, .approximate)) {
      $0.bytes(header, .startsWith, " ")
    },
    // Data protection replaces a single value by a word.
    Row("redacted part", [("x-name", "a=REDACTED; b=c")], .unknown) {
      $0.bytes(header, .contains, "b=c")
    },
    Row("the word elsewhere", [("x-name", "a=REDACTED2")], .yes) {
      $0.bytes(header, .contains, "a=")
    },
  ]

  @Test(arguments: rows)
  func values(_ row: Row) {
    let record = RequestRecord(
      uri: "/", headers: row.headers.map { (name: $0.0, value: $0.1) })
    #expect(shown(blocking(row.condition), record) == row.shown)
  }

  @Test(
    arguments: [
      (ComponentState.redacted, Shown.unknown), (.lossy, Shown(true, .approximate)),
      (.prefix, .yes), (.known, .yes), (.notRecorded, .unknown),
    ])
  func states(_ row: (ComponentState, Shown)) throws {
    let record = try RequestRecord(uri: "/", headers: [("x-name", "abc")])
      .with(row.0, "headers.x-name")
    let program = blocking { $0.bytes(Self.header, .startsWith, "a") }
    #expect(shown(program, record) == row.1)
  }

  @Test
  func aHeaderThatIsNotInAnIncompleteListIsNotRecorded() throws {
    let record = try RequestRecord(uri: "/", headers: [("other", "abc")])
      .with(.notRecorded, "headers")
    let program = blocking { $0.bytes(Self.header, .startsWith, "a") }
    #expect(shown(program, record) == .unknown)
    #expect(needs(program, record) == ["header:x-name for rule"])
    #expect(
      shown(
        blocking { $0.bytes(.singleHeader(name: Array("other".utf8)), .exactly, "abc") }, record)
        == .yes)
  }

  @Test
  func aRedactedLineBesideAMatchingOneDoesNotMatter() {
    var record = RequestRecord(uri: "/", headers: [("x-name", "a")])
    record.headers.append(
      Header(name: record.append(Array("x-name".utf8)), value: Component(.redacted)))
    let program = blocking { $0.bytes(Self.header, .contains, "a") }
    // Joined with the other line (Q7) the value would not be known.
    #expect(shown(program, record) == Shown(true, .approximate))
    #expect(shown(blocking { $0.bytes(Self.header, .contains, "b") }, record) == .unknown)
  }

  // MARK: Other plain components

  @Test
  func otherComponents() throws {
    let record = RequestRecord(method: "PUT", uri: "/a%20b?c=d")
    #expect(shown(blocking { $0.bytes(.method, .exactly, "PUT") }, record) == .yes)
    #expect(shown(blocking { $0.bytes(.uriPath, .exactly, "/a%20b") }, record) == .yes)
    #expect(shown(blocking { $0.bytes(.uriPath, .exactly, "/a b", [.urlDecode]) }, record) == .yes)
    let redacted = try record.with(.redacted, "uri", "httpMethod")
    #expect(shown(blocking { $0.bytes(.method, .exactly, "PUT") }, redacted) == .unknown)
    #expect(
      needs(blocking { $0.bytes(.method, .exactly, "PUT") }, redacted) == ["httpMethod for rule"])
    #expect(needs(blocking { $0.bytes(.uriPath, .exactly, "/") }, redacted) == ["uri for rule"])
    #expect(shown(blocking { $0.bytes(.uriPath, .exactly, "/") }, RequestRecord()) == .unknown)
  }

  // MARK: Addresses

  @Test(
    arguments: [
      ("192.0.2.7", ["192.0.2.0/24"], Shown.yes), ("192.0.3.7", ["192.0.2.0/24"], .no),
      ("192.0.2.7", [], .no), ("2001:db8::1", ["2001:db8::/32"], .yes),
      ("2001:db8::1", ["192.0.2.0/24"], .no),
      // A gap: an IPv4 address in IPv6 clothes.
      ("::ffff:192.0.2.7", ["192.0.2.0/24"], Shown(true, .approximate)),
      ("::ffff:192.0.2.7", ["::ffff:0:0/96"], Shown(false, .approximate)),
      ("::ffff:192.0.2.7", ["198.51.100.0/24"], .no),
      ("not an address", ["192.0.2.0/24"], .unknown),
    ])
  func addresses(_ row: (String, [String], Shown)) {
    let program = blocking { $0.addresses("set", row.1) }
    #expect(shown(program, RequestRecord(uri: "/", clientIP: row.0)) == row.2)
  }

  @Test
  func anUnrecordedAddressIsANeed() {
    let program = blocking { $0.addresses("set", ["192.0.2.0/24"]) }
    #expect(needs(program, RequestRecord(uri: "/")) == ["clientIp for rule"])
  }

  @Test(
    arguments: [
      ("US", ["US", "DE"], Shown.yes), ("FR", ["US", "DE"], .no), ("-", ["US"], .no),
      ("??", ["US"], .unknown),
    ])
  func countries(_ row: (String, [String], Shown)) {
    let program = blocking { $0.countries(row.1) }
    #expect(shown(program, RequestRecord(uri: "/", country: row.0)) == row.2)
  }

  // MARK: Patterns

  @Test
  func patternsWithLookaroundAreApproximateEitherWay() {
    let record = RequestRecord(uri: "/abc")
    #expect(shown(blocking { $0.regex(.uriPath, ["b"]) }, record) == .yes)
    #expect(shown(blocking { $0.regex(.uriPath, ["x", "c$"]) }, record) == .yes)
    #expect(shown(blocking { $0.regex(.uriPath, ["x"]) }, record) == .no)
    #expect(
      shown(blocking { $0.regex(.uriPath, ["b(?=c)"]) }, record) == Shown(true, .approximate))
    #expect(
      shown(blocking { $0.regex(.uriPath, ["b(?!c)"]) }, record) == Shown(false, .approximate))
  }

  @Test
  func aPatternThatGivesUpIsUnknown() {
    let record = RequestRecord(uri: "/" + String(repeating: "a", count: 60) + "!")
    let program = blocking { $0.regex(.uriPath, ["(a|aa|aaa)+(b|c)\\x00$", "^/(a+)+$"]) }
    #expect(shown(program, record) == .unknown)
    #expect(needs(program, record) == ["regexLimit:uri for rule"])
    // Another pattern of the set may still match.
    let other = blocking { $0.regex(.uriPath, ["^/(a+)+$", "!"]) }
    #expect(shown(other, record) == .yes)
  }
}
