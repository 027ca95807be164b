import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// `oversizeFields`: the parts that a reached rule looks at and that are above their limit.
struct OversizeFieldTests {
  struct Row: CustomTestStringConvertible {
    var name: String
    var fields: [Field]
    var headers: [(name: String, value: String)]
    var bodyBytes = 0
    var listed: [String]
    var isOpen = false
    var testDescription: String { name }
  }

  private static let json = Field.jsonBody(
    JSONSelection(paths: nil, scope: .all, fallback: .elementsBefore))
  private static func headers(
    _ scope: MatchScope = .all, only name: String? = nil
  ) -> Field {
    .headers(
      PartSelection(pattern: name.map { .included([Array($0.utf8)]) } ?? .all, scope: scope))
  }
  private static let large = [(name: "a", value: String(repeating: "v", count: 9000))]

  static let rows: [Row] = [
    Row(name: "nothing large", fields: [json, headers()], headers: [("a", "1")], listed: []),
    Row(
      name: "a large body as JSON", fields: [json], headers: [], bodyBytes: 9000,
      listed: ["REQUEST_JSON_BODY"]),
    Row(
      name: "a large body both ways", fields: [json, .body], headers: [], bodyBytes: 9000,
      listed: ["REQUEST_BODY", "REQUEST_JSON_BODY"]),
    Row(
      name: "a large body that nobody looks at", fields: [.uriPath], headers: [],
      bodyBytes: 9000, listed: []),
    Row(name: "large headers", fields: [headers()], headers: large, listed: ["REQUEST_HEADERS"]),
    Row(
      name: "large headers by one reading", fields: [headers(.key)], headers: large, listed: [],
      isOpen: true),
    Row(
      name: "fields that disagree", fields: [headers(), headers(.key)], headers: large,
      listed: [], isOpen: true),
    Row(
      name: "one header is not `Headers`", fields: [.singleHeader(name: [0x61])], headers: large,
      listed: []),
    Row(
      name: "the order of many headers", fields: [.headerOrder],
      headers: (0..<201).map { ("h\($0)", "") }, listed: ["REQUEST_HEADERS"]),
    Row(
      name: "large cookies are large headers", fields: [headers()],
      headers: [("cookie", "a=" + String(repeating: "v", count: 9000))],
      listed: ["REQUEST_HEADERS"]),
  ]

  @Test(arguments: rows)
  func oversizeFields(_ row: Row) {
    let program = sketch { builder in
      for (index, field) in row.fields.enumerated() {
        builder.rule("r\(index)", .count, builder.bytes(field, .exactly, "never"))
      }
    }
    let record = RequestRecord(
      method: "POST", uri: "/", headers: row.headers,
      body: [UInt8](repeating: UInt8(ascii: "x"), count: row.bodyBytes))
    var evaluator = Evaluator(program)
    let verdict = evaluator.evaluate(record)
    #expect(evaluator.oversize.logNames == row.listed)
    #expect(verdict.open.contains(.oversizeFields) == row.isOpen)
  }

  @Test
  func aRedactedHeaderLeavesItOpen() throws {
    let program = sketch { builder in
      builder.rule("r", .count, builder.bytes(Self.headers(), .exactly, "never"))
    }
    let record = try RequestRecord(uri: "/", headers: [("a", "1")]).with(.redacted, "headers.a")
    #expect(verdict(program, record).open.contains(.oversizeFields))
  }
}
