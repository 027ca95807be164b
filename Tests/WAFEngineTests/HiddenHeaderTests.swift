import Bytes
import IPAddressing
import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// Header lists that hide credentials, that are not in the order received, or that no service would
/// take.
struct HiddenHeaderTests {
  private static func record(
    _ headers: [(String, String)], hides: HiddenHeaders = [], inOrder: Bool = true
  ) -> RequestRecord {
    var record = RequestRecord(
      uri: "/", headers: headers.map { (name: $0.0, value: $0.1) }, clientIP: "192.0.2.1")
    record.hiddenHeaders = hides
    record.headersAreInOrder = inOrder
    return record
  }

  private static func headers(_ pattern: PartSelection.Pattern) -> Field {
    .headers(PartSelection(pattern: pattern, scope: .value))
  }

  // MARK: Credentials

  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var field: Field
    var hides: HiddenHeaders
    var isUnknown: Bool

    init(_ field: Field, _ hides: HiddenHeaders, isUnknown: Bool) {
      testDescription = "\(field.title) \(hides.rawValue)"
      self.field = field
      self.hides = hides
      self.isUnknown = isUnknown
    }
  }

  static let cases: [Case] = [
    Case(.singleHeader(name: Array("cookie".utf8)), .cookie, isUnknown: true),
    Case(.singleHeader(name: Array("cookie".utf8)), .authorization, isUnknown: false),
    Case(.singleHeader(name: Array("authorization".utf8)), .authorization, isUnknown: true),
    Case(.singleHeader(name: Array("x-a".utf8)), [.cookie, .authorization], isUnknown: false),
    Case(.cookies(PartSelection(pattern: .all, scope: .all)), .cookie, isUnknown: true),
    Case(.cookies(PartSelection(pattern: .all, scope: .all)), .authorization, isUnknown: false),
    Case(headers(.all), .cookie, isUnknown: true),
    Case(headers(.included([Array("cookie".utf8)])), .cookie, isUnknown: true),
    Case(headers(.included([Array("host".utf8)])), .cookie, isUnknown: false),
    Case(headers(.excluded([Array("cookie".utf8)])), .cookie, isUnknown: false),
    Case(headers(.excluded([Array("host".utf8)])), .cookie, isUnknown: true),
    Case(.headerOrder, .cookie, isUnknown: true),
  ]

  @Test(arguments: cases) func aHiddenHeaderIsUnknown(_ item: Case) {
    let program = blocking { $0.bytes(item.field, .contains, "secret") }
    let record = Self.record([("Host", "a"), ("Accept", "b")], hides: item.hides)
    #expect(shown(program, record) == (item.isUnknown ? .unknown : .no))
    #expect(shown(program, Self.record([("Host", "a"), ("Accept", "b")])) == .no)
  }

  @Test func aHiddenCookieMayBeAToken() {
    let program = sketch { builder in
      builder.rule("token", .challenge, builder.match(at: .exact))
    }
    #expect(verdict(program, Self.record([("Host", "a")])).certainty == .exact)
    #expect(
      verdict(program, Self.record([("Host", "a")], hides: .cookie)).certainty == .indeterminate)
    #expect(
      verdict(program, Self.record([("Host", "a")], hides: .authorization)).certainty == .exact)
  }

  @Test func namesInStates() throws {
    var record = Self.record([("Host", "a")])
    try record.setState(.notRecorded, ofComponentNamed: Array("headers.Cookie".utf8).span)
    #expect(record.headersAreComplete && record.hiddenHeaders == .cookie)
    try record.setState(.absent, ofComponentNamed: Array("headers.cookie".utf8).span)
    #expect(record.hiddenHeaders.isEmpty)
    try record.setState(.lossy, ofComponentNamed: Array("headerOrder".utf8).span)
    #expect(!record.headersAreInOrder)
    try record.setState(.known, ofComponentNamed: Array("headerOrder".utf8).span)
    #expect(record.headersAreInOrder)
    try record.setState(.notRecorded, ofComponentNamed: Array("headers.x".utf8).span)
    #expect(!record.headersAreComplete)
  }

  // MARK: Order

  @Test func theOrderOfAListOfItsOwnIsApproximate() {
    let program = blocking { $0.bytes(.headerOrder, .startsWith, "host:accept") }
    for (inOrder, certainty) in [(true, Certainty.exact), (false, .approximate)] {
      let record = Self.record([("host", "a"), ("accept", "b")], inOrder: inOrder)
      #expect(shown(program, record) == Shown(true, certainty))
    }
    let one = Self.record([("host", "a")], inOrder: false)
    #expect(shown(program, one) == .no)
  }

  @Test func soIsWhatLiesWithinTheLimit() {
    let program = blocking { $0.bytes(Self.headers(.all), .exactly, "b") }
    let long = String(repeating: "a", count: 9000)
    for (inOrder, certainty) in [(true, Certainty.exact), (false, .approximate)] {
      let record = Self.record([("accept", "b"), ("x", long)], inOrder: inOrder)
      #expect(shown(program, record) == Shown(true, certainty))
    }
    #expect(shown(program, Self.record([("accept", "b"), ("x", "c")], inOrder: false)) == .yes)
  }

  @Test func soAreForwardedAddressesOnSeveralLines() {
    let program = blocking { builder in
      let header = ForwardedHeader(
        name: Array("x-forwarded-for".utf8), position: .any, fallback: .noMatch, isNegated: false)
      return .leaf(
        builder.leaf(
          .ipSet(
            builder.ipSet(named: "set", CIDRSet([CIDRBlock("192.0.2.0/24")].compactMap { $0 })),
            source: builder.addressSource(.forwarded(header)))))
    }
    let lines = [("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-For", "192.0.2.2")]
    #expect(shown(program, Self.record(lines)) == .yes)
    #expect(shown(program, Self.record(lines, inOrder: false)) == Shown(true, .approximate))
  }

  // MARK: Size

  @Test(arguments: [Field.headerOrder, headers(.all)])
  func aListThatNoServiceTakesIsNotLookedAt(_ field: Field) {
    let program = blocking { $0.bytes(field, .contains, "zz", oversize: .match) }
    let headers = (0..<30_000).map { ("n\($0 % 7)-\($0)", "v") }
    #expect(shown(program, Self.record(headers)) == .unknown)
  }

  @Test func anEscapeWithoutAMeaningIsApproximate() {
    for (pattern, holds) in [(#"^/\q"#, true), (#"^/\y"#, false)] {
      let program = blocking { $0.regex(.uriPath, [pattern]) }
      #expect(shown(program, RequestRecord(uri: "/q")) == Shown(holds, .approximate))
    }
  }
}
