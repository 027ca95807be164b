import Bytes
import Testing
import Transforms
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// `JsonBody`: elements, fallbacks, limits, and what recordings leave out.
struct JSONBodyTests {
  typealias Fallback = JSONSelection.Fallback

  struct Row: CustomTestStringConvertible {
    var body: String
    var search: String
    var shown: Shown
    var fallback: Fallback
    var scope: MatchScope
    var paths: [[String]]?
    var oversize: Oversize
    var state: ComponentState
    var size: BodySize?
    var testDescription: String {
      "\(body.prefix(40)) (\(body.utf8.count), \(state)): \(search.prefix(20)) \(fallback) \(oversize)"
    }

    init(
      _ body: String, _ search: String, _ shown: Shown, _ fallback: Fallback = .elementsBefore,
      scope: MatchScope = .all, paths: [[String]]? = nil, oversize: Oversize = .inspectStart,
      state: ComponentState = .known, size: BodySize? = nil
    ) {
      self.body = body
      self.search = search
      self.shown = shown
      self.fallback = fallback
      self.scope = scope
      self.paths = paths
      self.oversize = oversize
      self.state = state
      self.size = size
    }

    var field: Field {
      .jsonBody(
        JSONSelection(
          paths: paths.map { $0.map { $0.map { Array($0.utf8) } } }, scope: scope,
          fallback: fallback))
    }

    var record: RequestRecord {
      var record = RequestRecord(method: "POST", uri: "/", httpVersion: "HTTP/1.1")
      record.body =
        state.hasBytes ? Component(state, record.append(Array(body.utf8))) : Component(state)
      record.settleBody(infersAbsence: false)
      if let size { record.bodySize = size }
      return record
    }
  }

  private static let nested = #"{"a":{"c":"d","b":{"e":{"f":"g"}}}}"#

  static let elements: [Row] = [
    Row(nested, "f", .yes), Row(nested, "g", .yes), Row(nested, "b", .yes),
    Row(nested, "f", .yes, scope: .key), Row(nested, "g", .no, scope: .key),
    Row(nested, "g", .yes, scope: .value), Row(nested, "f", .no, scope: .value),
    Row(nested, "f", .yes, paths: [["a", "b"]]), Row(nested, "g", .yes, paths: [["a", "b"]]),
    Row(nested, "d", .no, paths: [["a", "b"]]), Row(nested, "b", .no, paths: [["a", "b"]]),
    Row(#"{"n":[10,{"x":true}]}"#, "10", .yes), Row(#"{"n":[10,{"x":true}]}"#, "true", .yes),
    Row(#"{"n":[10,{"x":true}]}"#, "true", .yes, paths: [["n", "1", "x"]]),
    Row("{}", "", .no), Row(#"{"a":""}"#, "", .yes),
    // Q12: strings are unescaped, or not.
    Row(#"{"a":"\u0041"}"#, "A", Shown(true, .approximate)),
    Row(#"{"a":"\u0041"}"#, #"\u0041"#, Shown(false, .approximate)),
    Row(#"{"a":"\u0041","b":1}"#, "1", .yes),
    Row(#"["\ud800",1]"#, "1", Shown(true, .approximate)),
    Row(#"["\ud800",1]"#, "1", Shown(true, .approximate), .noMatch),
    // A key twice in one object ends the parse; in two objects that is an open question.
    Row(#"{"a":1,"a":2}"#, "2", .no), Row(#"{"a":1,"a":2}"#, "1", .yes),
    Row(#"{"a":1,"a":2}"#, "x", .yes, .match), Row(#"{"a":1,"a":2}"#, "1", .no, .noMatch),
    Row(#"{"a":1,"b":{"a":2}}"#, "2", Shown(true, .approximate)),
    Row(#"{"a":1,"b":{"a":2}}"#, "1", .yes),
  ]

  static let failures: [Row] = [
    Row(#"{"a":1,x}"#, "1", .yes), Row(#"{"a":1,x}"#, "2", .no),
    Row(#"{"a":1,x}"#, "2", .yes, .match), Row(#"{"a":1,x}"#, "1", .no, .noMatch),
    Row(#"{"a":1,x}"#, #"{"a":1,x}"#, .yes, .plainText), Row(#"{"a":1,x}"#, "1", .no, .plainText),
    Row("plain", "plain", .yes, .plainText), Row("plain", "plain", .no),
    Row("1", "1", .no), Row(#"{"a":1} x"#, "1", .yes), Row(#"{"a":1} x"#, "2", .yes, .match),
    // Not fully validating: these parse.
    Row(#"{"key1":"value1""key2":"value2"}"#, "value2", .yes, .noMatch),
    Row(#"{"key1"::"value1","key2""value2"}"#, "value2", .yes, .noMatch),
    // No body: nothing to fall back from.
    Row("", "x", .no, .noMatch, state: .absent),
    Row("", "x", Shown(false, .approximate), .match, state: .absent),
    Row("", "x", .unknown, .match, state: .notRecorded),
  ]

  private static func padded(_ text: String, to count: Int) -> String {
    text + String(repeating: " ", count: count - text.utf8.count)
  }

  static let limits: [Row] = [
    Row(padded(#"{"a":1}"#, to: 8191), "2", .no, .match),
    Row(padded(#"{"a":1}"#, to: 8192), "2", .no, .match),
    // Complete before the limit, but cut all the same.
    Row(padded(#"{"a":1}"#, to: 8193), "2", .yes, .match),
    Row(padded(#"{"a":1}"#, to: 8193), "1", .no, .noMatch),
    Row(padded(#"{"a":1}"#, to: 8193), "1", .yes),
    Row(padded(#"{"a":1}"#, to: 8193), padded(#"{"a":1}"#, to: 8192), .yes, .plainText),
    Row(padded(#"{"a":1}"#, to: 8192), "1", .yes, .match, oversize: .noMatch),
    Row(padded(#"{"a":1}"#, to: 8193), "1", .no, .match, oversize: .noMatch),
    Row(padded(#"{"a":1}"#, to: 8193), "2", .yes, .noMatch, oversize: .match),
    // The number at the cut may have gone on.
    Row(padded("[1,", to: 8191) + "12]", "1", .yes),
    Row(padded("[1,", to: 8191) + "12]", "12", .no),
    Row(padded("[1,", to: 8190) + "12]", "12", .no),
    Row(padded("[1,", to: 8190) + "2 3]", "2", .yes),
  ]

  static let unrecorded: [Row] = [
    Row(#"{"a":1,"b"#, "1", .yes, state: .prefix),
    Row(#"{"a":1,"b"#, "2", .unknown, state: .prefix),
    Row(#"{"a":1"#, "1", .unknown, state: .prefix),
    Row(#"{"a":1}"#, "1", .yes, state: .prefix), Row(#"{"a":1}"#, "2", .unknown, state: .prefix),
    Row(#"{"a":1,"b"#, "1", .yes, .match, state: .prefix),
    Row(#"{"a":1,"b"#, "1", .unknown, .noMatch, state: .prefix),
    // What has failed does not recover.
    Row(#"{"a":1,x"#, "2", .no, state: .prefix),
    Row(#"{"a":1,x"#, "2", .yes, .match, state: .prefix),
    Row(#"{"a":1,x"#, "1", .no, .noMatch, state: .prefix),
    Row(#"{"a":1,x"#, "1", .no, .plainText, state: .prefix),
    // A body that is known to be over the limit does not parse.
    Row(#"{"a":1"#, "2", Shown(true, .observed), .match, state: .prefix, size: .observed(9000)),
    Row(#"{"a":1"#, "2", .no, .noMatch, state: .prefix, size: .recorded(9000)),
    Row(#"{"a":1"#, "2", .unknown, state: .prefix, size: .recorded(9000)),
    Row("", "2", .yes, .match, state: .notRecorded, size: .recorded(9000)),
    Row("", "2", Shown(false, .observed), .noMatch, state: .redacted, size: .observed(9000)),
    Row("", "2", .unknown, .plainText, state: .notRecorded, size: .recorded(9000)),
    Row("", "2", .unknown, .match, state: .notRecorded, size: .recorded(90)),
    Row("", "2", .yes, .noMatch, oversize: .match, state: .notRecorded, size: .recorded(9000)),
    Row(#"{"a":1}"#, "1", Shown(true, .approximate), state: .lossy),
  ]

  @Test(arguments: elements + failures + limits + unrecorded)
  func bodies(_ row: Row) {
    let program = blocking {
      $0.bytes(row.field, .exactly, row.search, oversize: row.oversize)
    }
    #expect(shown(program, row.record) == row.shown)
    if row.shown == .unknown { #expect(needs(program, row.record) == ["body for rule"]) }
  }

  @Test
  func transformationsRunOnEachElement() {
    let program = blocking {
      $0.bytes(Row("", "", .yes).field, .exactly, "AB", [.urlDecode, .uppercase])
    }
    #expect(
      shown(program, Row(#"["x","%61\u0062"]"#, "", .yes).record) == Shown(true, .approximate))
  }

  @Test
  func sizesAreThoseOfElements() {
    let record = Row(#"{"abc":"de"}"#, "", .yes).record
    let field = Row("", "", .yes).field
    #expect(shown(blocking { $0.size(field, .equal, 3) }, record) == Shown(true, .approximate))
    #expect(shown(blocking { $0.size(field, .equal, 5) }, record) == Shown(false, .approximate))
    #expect(shown(blocking { $0.size(field, .greater, 12) }, record) == .no)
    // The size of the body says nothing.
    let unseen = Row("", "", .yes, state: .notRecorded, size: .recorded(12)).record
    #expect(shown(blocking { $0.size(field, .equal, 12) }, unseen) == .unknown)
  }

  @Test
  func anAssumedResourceTypeMayInspectMore() {
    let limits = BodyLimits(
      stated: nil, assumed: .applicationLoadBalancer, configured: [:])
    let row = Row(Self.padded(#"{"a":1}"#, to: 9000), "2", .yes, .match)
    let program = blocking(limits: limits) { $0.bytes(row.field, .exactly, "2") }
    #expect(shown(program, row.record) == Shown(true, .assumed))
    let small = Row(Self.padded(#"{"a":1}"#, to: 8000), "2", .yes, .match)
    #expect(shown(program, small.record) == .no)
  }

  @Test
  func gRPCIsAnOpenQuestion() {
    let record = RequestRecord(
      method: "POST", uri: "/", headers: [("Content-Type", "application/grpc+json")],
      body: Array(#"{"a":1}"#.utf8))
    let program = blocking { $0.bytes(Row("", "", .yes).field, .exactly, "1") }
    #expect(shown(program, record) == .unknown)
    #expect(needs(program, record) == ["openQuestion:Q21 for rule"])
  }
}
