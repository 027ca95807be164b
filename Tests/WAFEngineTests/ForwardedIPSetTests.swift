import Bytes
import IPAddressing
import TestSupport
import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// IP sets against the addresses of a forwarded header.
struct ForwardedIPSetTests {
  struct Row: CustomTestStringConvertible {
    var lines: [String]
    var position: ForwardedHeader.Position
    var listed: String
    var fallback = FieldFallback.noMatch
    var shown: Shown

    var testDescription: String {
      "\(position) of \(lines) in \(listed), fallback \(fallback)"
    }
  }

  private static let twelve = (1...12).map { "192.0.2.\($0)" }.joined(separator: ", ")
  private static let disagree = Shown(true, .approximate)
  private static let disagreeNot = Shown(false, .approximate)

  // Semantics: "Using forwarded IP addresses" (documented), 9.1.
  static let documented: [Row] = [FieldFallback.match, .noMatch].flatMap { fallback in
    let three = ["10.1.1.1, 127.0.0.0, 10.10.10.10"]
    return [
      Row(
        lines: three, position: .first, listed: "10.1.1.1/32", fallback: fallback, shown: .yes),
      Row(
        lines: three, position: .last, listed: "10.10.10.10/32", fallback: fallback, shown: .yes),
      Row(lines: three, position: .any, listed: "127.0.0.0/32", fallback: fallback, shown: .yes),
      Row(lines: three, position: .first, listed: "127.0.0.0/32", fallback: fallback, shown: .no),
      Row(
        lines: [twelve], position: .any, listed: "192.0.2.1/32", fallback: fallback, shown: .no),
      Row(
        lines: [twelve], position: .any, listed: "192.0.2.2/32", fallback: fallback, shown: .no),
      Row(
        lines: [twelve], position: .any, listed: "192.0.2.3/32", fallback: fallback, shown: .yes),
      Row(
        lines: [twelve], position: .any, listed: "192.0.2.12/32", fallback: fallback, shown: .yes),
    ]
      + [ForwardedHeader.Position.first, .last, .any].map { position in
        Row(
          lines: ["10.1.1.1; 2.2.2.2"], position: position, listed: "10.1.1.1/32",
          fallback: fallback, shown: Shown(fallback == .match))
      }
  }

  static let rows: [Row] = [
    // Spaces and tabs around entries; a tab may also be no separator.
    Row(
      lines: ["  192.0.2.1 ,192.0.2.2"], position: .first, listed: "192.0.2.1/32", shown: .yes),
    Row(
      lines: ["192.0.2.9,\t192.0.2.1"], position: .last, listed: "192.0.2.1/32",
      shown: disagree),
    // An empty entry is no address.
    Row(
      lines: ["192.0.2.1,"], position: .last, listed: "192.0.2.1/32", shown: disagreeNot),
    Row(
      lines: ["192.0.2.1,"], position: .first, listed: "192.0.2.1/32", shown: disagree),
    Row(
      lines: ["192.0.2.1,"], position: .first, listed: "192.0.2.1/32", fallback: .match,
      shown: .yes),
    // An empty header is malformed, unless it counts as none.
    Row(lines: [""], position: .first, listed: "192.0.2.1/32", shown: .no),
    Row(
      lines: [""], position: .first, listed: "192.0.2.1/32", fallback: .match, shown: disagree),
    Row(lines: ["  "], position: .any, listed: "192.0.2.1/32", shown: .no),
    // Leading zeros are invalid by every reading.
    Row(lines: ["192.0.2.01"], position: .first, listed: "192.0.2.1/32", shown: .no),
    Row(lines: ["unknown"], position: .last, listed: "192.0.2.1/32", shown: .no),
    Row(
      lines: ["unknown"], position: .last, listed: "192.0.2.1/32", fallback: .match, shown: .yes),
    // Q9: ports, brackets, zones.
    Row(
      lines: ["192.0.2.1:5678"], position: .first, listed: "192.0.2.1/32", shown: disagreeNot),
    Row(
      lines: ["192.0.2.1:5678"], position: .first, listed: "192.0.2.1/32", fallback: .match,
      shown: .yes),
    Row(
      lines: ["192.0.2.1:5678"], position: .first, listed: "192.0.2.2/32", shown: .no),
    Row(
      lines: ["192.0.2.1:5678"], position: .any, listed: "192.0.2.2/32", fallback: .match,
      shown: disagree),
    Row(
      lines: ["[2001:db8::1]:443"], position: .first, listed: "2001:db8::/32",
      shown: disagreeNot),
    Row(lines: ["fe80::1%eth0"], position: .last, listed: "fe80::/10", shown: disagreeNot),
    // The designated entry counts, or an invalid one anywhere makes the header malformed.
    Row(
      lines: ["192.0.2.1, unknown"], position: .first, listed: "192.0.2.1/32", shown: disagree),
    Row(
      lines: ["192.0.2.1, unknown"], position: .first, listed: "192.0.2.1/32", fallback: .match,
      shown: .yes),
    Row(
      lines: ["192.0.2.1 192.0.2.2, 192.0.2.3"], position: .last, listed: "192.0.2.3/32",
      shown: disagree),
    Row(
      lines: ["192.0.2.1 192.0.2.2, 192.0.2.3"], position: .first, listed: "192.0.2.1/32",
      shown: .no),
    // Mixed lists with ANY.
    Row(
      lines: ["unknown, 192.0.2.1"], position: .any, listed: "192.0.2.1/32", shown: disagree),
    Row(
      lines: ["unknown, 192.0.2.1"], position: .any, listed: "192.0.2.1/32", fallback: .match,
      shown: .yes),
    Row(
      lines: ["unknown, 192.0.2.1"], position: .any, listed: "192.0.2.9/32", shown: .no),
    Row(
      lines: ["unknown, 192.0.2.1"], position: .any, listed: "192.0.2.9/32", fallback: .match,
      shown: disagree),
    // Several lines are one list, or only the first one counts (Q7).
    Row(
      lines: ["192.0.2.1", "192.0.2.2"], position: .first, listed: "192.0.2.1/32", shown: .yes),
    Row(
      lines: ["192.0.2.1", "192.0.2.2"], position: .last, listed: "192.0.2.2/32",
      shown: disagree),
    Row(
      lines: ["192.0.2.1", "192.0.2.2"], position: .last, listed: "192.0.2.0/24", shown: .yes),
    Row(
      lines: ["192.0.2.1", "192.0.2.2"], position: .any, listed: "192.0.2.2/32",
      shown: disagree),
    Row(
      lines: ["192.0.2.1", "192.0.2.2"], position: .any, listed: "192.0.2.1/32", shown: .yes),
    // IPv4-mapped addresses; a set of the other family.
    Row(
      lines: ["::ffff:192.0.2.1"], position: .first, listed: "192.0.2.1/32", shown: disagree),
    Row(lines: ["::ffff:192.0.2.1"], position: .first, listed: "2001:db8::/32", shown: .no),
    Row(lines: ["192.0.2.1"], position: .first, listed: "2001:db8::/32", shown: .no),
    Row(lines: ["2001:DB8::1"], position: .first, listed: "2001:db8::/32", shown: .yes),
  ]

  private static func program(_ row: Row) -> Program {
    blockingOn { $0.inSet([row.listed], .forwarded(row.position, fallback: row.fallback)) }
  }

  @Test(arguments: documented + rows)
  func answers(_ row: Row) {
    let record = RequestRecord(uri: "/", headers: row.lines.map { ("X-Forwarded-For", $0) })
    #expect(shown(Self.program(row), record) == row.shown)
  }

  @Test
  func withoutTheHeaderThereIsNoMatch() {
    for fallback in [FieldFallback.match, .noMatch] {
      for position in [ForwardedHeader.Position.first, .last, .any] {
        let program = blockingOn {
          $0.inSet(["0.0.0.0/1"], .forwarded(position, fallback: fallback))
        }
        #expect(shown(program, .forwarded()) == .no)
        #expect(shown(program, .forwarded().withIncompleteHeaders) == .unknown)
        // NOT turns that into a match, or the rule is not applied at all.
        let negated = blockingOn(isNegated: true) {
          $0.inSet(["0.0.0.0/1"], .forwarded(position, fallback: fallback, isNegated: true))
        }
        #expect(shown(negated, .forwarded()) == Shown(true, .approximate))
        #expect(shown(negated, .forwarded("10.0.0.1")) == .no)
      }
    }
  }

  @Test
  func thePeerIsNotLookedAt() {
    let program = blockingOn { $0.inSet(["192.0.2.1/32"], .forwarded()) }
    let record = RequestRecord(
      uri: "/", headers: [("X-Forwarded-For", "192.0.2.2")], clientIP: "192.0.2.1")
    #expect(shown(program, record) == .no)
    #expect(shown(program, RequestRecord(uri: "/", clientIP: "192.0.2.1")) == .no)
  }

  @Test
  func namesAreComparedWithoutCase() {
    let program = blockingOn { $0.inSet(["192.0.2.1/32"], .forwarded(header: "true-client-ip")) }
    let record = RequestRecord(uri: "/", headers: [("True-Client-IP", "192.0.2.1")])
    #expect(shown(program, record) == .yes)
  }

  @Test
  func anEmptySetHoldsNothing() {
    let empty = blockingOn { $0.inSet([], .forwarded()) }
    let fallsBack = blockingOn { $0.inSet([], .forwarded(fallback: .match)) }
    for record in [
      .forwarded("192.0.2.1"), .forwarded("x"), RequestRecord.forwarded().withIncompleteHeaders,
      .forwarded("192.0.2.1").with(.redacted, line: 0),
    ] {
      #expect(shown(empty, record) == .no)
    }
    #expect(shown(fallsBack, .forwarded("x")) == .yes)
    #expect(shown(fallsBack, .forwarded("192.0.2.1").with(.redacted, line: 0)) == .unknown)
  }

  @Test
  func statesOfLinesAreHeeded() {
    func ask(
      _ record: RequestRecord, _ position: ForwardedHeader.Position, _ listed: String,
      _ fallback: FieldFallback = .noMatch
    ) -> Shown {
      shown(
        blockingOn { $0.inSet([listed], .forwarded(position, fallback: fallback)) }, record)
    }
    let two = RequestRecord.forwarded("192.0.2.1, 192.0.2.2")
    #expect(ask(two.with(.redacted, line: 0), .first, "192.0.2.1/32") == .unknown)
    #expect(ask(two.with(.lossy, line: 0), .first, "192.0.2.1/32") == Shown(true, .approximate))
    // The last entry of a prefix may go on; an invalid one behind it may spoil the header.
    let prefix = two.with(.prefix, line: 0)
    #expect(ask(prefix, .first, "192.0.2.1/32") == Shown(true, .approximate))
    #expect(ask(prefix, .first, "192.0.2.1/32", .match) == .yes)
    #expect(ask(prefix, .first, "192.0.2.9/32") == .no)
    #expect(ask(prefix, .last, "192.0.2.2/32") == .unknown)
    #expect(ask(prefix, .any, "192.0.2.1/32") == .unknown)
    let one = RequestRecord.forwarded("192.0.2.1").with(.prefix, line: 0)
    #expect(ask(one, .first, "192.0.2.1/32") == .unknown)
    // A line that is hidden, before and behind one that is not.
    let lines = RequestRecord.forwarded("192.0.2.1", "192.0.2.2")
    #expect(
      ask(lines.with(.redacted, line: 0), .last, "192.0.2.9/32", .match)
        == Shown(false, .approximate))
    #expect(
      ask(lines.with(.redacted, line: 0), .any, "192.0.2.2/32", .match)
        == Shown(true, .approximate))
    #expect(
      ask(lines.with(.redacted, line: 1), .first, "192.0.2.1/32") == Shown(true, .approximate))
    #expect(ask(lines.with(.redacted, line: 1), .last, "192.0.2.1/32") == .unknown)
    #expect(
      ask(.forwarded("192.0.2.1, a=REDACTED"), .first, "192.0.2.1/32") == .unknown)
  }

  /// Who knows less of a header must not claim more, or something else.
  @Test
  func hidingPartsNeverChangesAnAnswer() {
    var random = SplitMix(state: 11)
    let entries = [
      "192.0.2.1", "192.0.2.2", "198.51.100.7", "192.0.2.1:80", "x", "", "::ffff:192.0.2.1",
      "2001:db8::1",
    ]
    let sets = [["192.0.2.1/32"], ["192.0.2.0/24"], ["2001:db8::/32"], []]
    for _ in 0..<4000 {
      let lines = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        (0..<Int.random(in: 1...7, using: &random)).map { _ in
          entries.randomElement(using: &random) ?? ""
        }.joined(separator: ", ")
      }
      let record = RequestRecord(uri: "/", headers: lines.map { ("X-Forwarded-For", $0) })
      var hidden = record
      for line in lines.indices where Bool.random(using: &random) {
        if Bool.random(using: &random) || record.headers[line].value.range.isEmpty {
          hidden = hidden.with(.redacted, line: line)
        } else {
          hidden.headers[line].value.state = .prefix
          hidden.headers[line].value.range.count = .random(
            in: 0...hidden.headers[line].value.range.count, using: &random)
        }
      }
      let position = [ForwardedHeader.Position.first, .last, .any].randomElement(using: &random)
      let fallback = Bool.random(using: &random) ? FieldFallback.match : .noMatch
      let set = sets.randomElement(using: &random) ?? []
      let program = blockingOn { $0.inSet(set, .forwarded(position ?? .any, fallback: fallback)) }
      let whole = shown(program, record)
      let less = shown(program, hidden)
      guard less.holds != nil else { continue }
      #expect(less.holds == whole.holds, "\(lines) \(position ?? .any) \(fallback) \(set)")
      #expect(less.certainty >= whole.certainty, "\(lines) \(position ?? .any) \(fallback) \(set)")
    }
  }
}
