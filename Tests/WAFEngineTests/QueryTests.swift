import Testing
import Transforms
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// `QueryString`, `SingleQueryArgument` and `AllQueryArguments`.
struct QueryTests {
  struct Row: CustomTestStringConvertible {
    var uri: String
    var shown: Shown
    var condition: @Sendable (inout ProgramBuilder) -> Formula
    var testDescription: String { uri }

    init(
      _ uri: String, _ shown: Shown,
      _ condition: @escaping @Sendable (inout ProgramBuilder) -> Formula
    ) {
      self.uri = uri
      self.shown = shown
      self.condition = condition
    }
  }

  /// The argument called `name`.
  private static let named = Field.argument("name")

  static let wholeQueries: [Row] = [
    Row("/?a=b", .yes) { $0.bytes(.queryString, .exactly, "a=b") },
    Row("/?a=b?c", .yes) { $0.bytes(.queryString, .endsWith, "?c") },
    Row("/?", .yes) { $0.bytes(.queryString, .exactly, "") },
    Row("/", .no) { $0.bytes(.queryString, .exactly, "") },
    Row("/?a=%62", .no) { $0.bytes(.queryString, .exactly, "a=b") },
    Row("/?a=%62", .yes) { $0.bytes(.queryString, .exactly, "a=b", [.urlDecode]) },
    // Q24.
    Row("/?a+b", Shown(true, .approximate)) {
      $0.bytes(.queryString, .exactly, "a b", [.urlDecode])
    },
    Row("/?a+b", .yes) { $0.bytes(.queryString, .startsWith, "a", [.urlDecode]) },
    Row("/?x=REDACTED&y=1", .unknown) { $0.bytes(.queryString, .contains, "y=1") },
  ]

  static let arguments: [Row] = [
    Row("/?name=v", .yes) { $0.bytes(named, .exactly, "v") },
    Row("/?NAME=v", .yes) { $0.bytes(named, .exactly, "v") },
    Row("/?a=1&name=v&b=2", .yes) { $0.bytes(named, .exactly, "v") },
    Row("/?name=a&name=v", .yes) { $0.bytes(named, .exactly, "v") },
    Row("/?name=a=v", .yes) { $0.bytes(named, .exactly, "a=v") },
    Row("/?name=a;v", .yes) { $0.bytes(named, .exactly, "a;v") },
    Row("/?name", .yes) { $0.bytes(named, .exactly, "") },
    Row("/?name=", .yes) { $0.bytes(named, .exactly, "") },
    Row("/?other=v", .no) { $0.bytes(named, .exactly, "v") },
    Row("/?other=v", .yes) { .not($0.bytes(named, .startsWith, "")) },
    Row("/", .no) { $0.bytes(named, .startsWith, "") },
    // Q5: names as sent, or decoded.
    Row("/?n%61me=v", Shown(false, .approximate)) { $0.bytes(named, .exactly, "v") },
    Row("/?n%62me=v", .no) { $0.bytes(named, .exactly, "v") },
    // Q3 and Q2.
    Row("/?other=v", Shown(false, .approximate)) { $0.size(named, .equal, 0) },
    Row("/?name=aa&name=bb", Shown(false, .approximate)) { $0.size(named, .greater, 3) },
    Row("/?name=REDACTED", .unknown) { $0.bytes(named, .exactly, "v") },
    Row("/?x=REDACTED&name=v", .yes) { $0.bytes(named, .exactly, "v") },
  ]

  static let allArguments: [Row] = [
    Row("/?a=1&b=v", .yes) { $0.bytes(.allArguments, .exactly, "v") },
    // Values only.
    Row("/?v=1", .no) { $0.bytes(.allArguments, .exactly, "v") },
    // A pattern over two arguments.
    Row("/?a=1&b=2", .no) { $0.bytes(.allArguments, .contains, "1&b") },
    // Split before decoding.
    Row("/?a=1%26b=v", .yes) { $0.bytes(.allArguments, .exactly, "1&b=v", [.urlDecode]) },
    // The gap about empty segments.
    Row("/?a=1&&b=2", .no) { $0.bytes(.allArguments, .exactly, "v") },
    Row("/?a=1&&b=2", Shown(false, .approximate)) {
      $0.bytes(.allArguments, .exactly, "")
    },
    Row("/?a=1&", Shown(false, .approximate)) { $0.size(.allArguments, .equal, 0) },
    Row("/?a=REDACTED&b=v", .yes) { $0.bytes(.allArguments, .exactly, "v") },
    Row("/?a=REDACTED&b=v", .unknown) { $0.bytes(.allArguments, .exactly, "w") },
  ]

  @Test(arguments: wholeQueries + arguments + allArguments)
  func values(_ row: Row) {
    #expect(shown(blocking(row.condition), RequestRecord(uri: row.uri)) == row.shown)
  }

  // MARK: States

  private static func record(_ query: String, _ state: ComponentState) -> RequestRecord {
    var record = RequestRecord(uri: "/")
    record.query = Component(state, record.append(Array(query.utf8)))
    return record
  }

  @Test
  func aRedactedQueryIsUnknown() throws {
    let record = try RequestRecord(uri: "/?name=v").with(.redacted, "args")
    for field in [Field.queryString, Self.named, .allArguments] {
      let program = blocking { $0.bytes(field, .contains, "v") }
      #expect(shown(program, record) == .unknown)
      #expect(needs(program, record) == ["args for rule"])
    }
  }

  @Test
  func anAbsentOrEmptyQueryReadsBothWays() {
    let record = Self.record("", .absentOrEmpty)
    #expect(shown(blocking { $0.bytes(.queryString, .contains, "a") }, record) == .no)
    #expect(
      shown(blocking { $0.bytes(.queryString, .exactly, "") }, record)
        == Shown(false, .approximate))
    #expect(
      shown(blocking { .not($0.bytes(.queryString, .exactly, "")) }, record)
        == Shown(true, .approximate))
    #expect(shown(blocking { $0.bytes(Self.named, .exactly, "") }, record) == .no)
  }

  @Test
  func ofACutQueryOnlyWhatIsThereIsKnown() {
    let record = Self.record("a=1&name=vw", .prefix)
    func asks(_ position: Position, _ text: String) -> Shown {
      shown(blocking { $0.bytes(Self.named, position, text) }, record)
    }
    #expect(asks(.startsWith, "v") == .yes)
    #expect(asks(.exactly, "vw") == .unknown)
    // Another argument of the name may follow.
    #expect(asks(.startsWith, "x") == .unknown)
    #expect(shown(blocking { $0.bytes(.queryString, .startsWith, "b") }, record) == .no)
    // A name that is cut may go on.
    let cut = Self.record("a=1&name", .prefix)
    #expect(shown(blocking { $0.bytes(Self.named, .startsWith, "") }, cut) == .unknown)
    #expect(shown(blocking { $0.size(Self.named, .greaterOrEqual, 0) }, cut) == .unknown)
  }

  @Test
  func aReencodedQueryIsApproximate() {
    let record = Self.record("name=v", .lossy)
    for field in [Field.queryString, Self.named, .allArguments] {
      #expect(
        shown(blocking { $0.bytes(field, .contains, "v") }, record) == Shown(true, .approximate))
    }
    let other = blocking { $0.bytes(Field.argument("x"), .contains, "v") }
    #expect(shown(other, record) == Shown(false, .approximate))
    let redacted = Self.record("x=REDACTED&y=v", .lossy)
    #expect(shown(blocking { $0.bytes(.queryString, .contains, "v") }, redacted) == .unknown)
  }
}
