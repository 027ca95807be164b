import TestSupport
import Testing
import WAFRequests

/// `setState` and `redact`: what a record may say of its own components.
@Suite struct ComponentStateTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var state: ComponentState
    var error: ComponentStateError?
    var testDescription: String { "\(name) \(state)" }
  }

  static let cases: [Case] = [
    Case(name: "uri", state: .redacted), Case(name: "args", state: .lossy),
    Case(name: "body", state: .prefix), Case(name: "httpMethod", state: .notRecorded),
    Case(name: "httpVersion", state: .known), Case(name: "headers", state: .notRecorded),
    Case(name: "headers.host", state: .lossy), Case(name: "clientIp", state: .notRecorded),
    Case(name: "country", state: .redacted), Case(name: "headers.x", state: .redacted),
    Case(name: "headers.x", state: .absent),
    Case(name: "headers.x", state: .known, error: .noBytes),
    Case(name: "scheme", state: .redacted), Case(name: "fragment", state: .empty),
    Case(name: "ja3Fingerprint", state: .absent), Case(name: "ja4Fingerprint", state: .redacted),
    Case(name: "headers[0]", state: .prefix),
    Case(name: "headers[2]", state: .redacted, error: .unknownComponent),
    Case(name: "headers[-1]", state: .redacted, error: .unknownComponent),
    Case(name: "headers[0", state: .redacted, error: .unknownComponent),
    Case(name: "headers[99999999999999999999]", state: .redacted, error: .unknownComponent),
    Case(name: "ja3Fingerprint", state: .known, error: .noBytes),
    Case(name: "uri", state: .absent, error: .hasBytes),
    Case(name: "args", state: .absentOrEmpty, error: .hasBytes),
    Case(name: "headers", state: .empty, error: .hasBytes),
    Case(name: "method", state: .known, error: .unknownComponent),
    Case(name: "headers.", state: .known, error: .unknownComponent),
    Case(name: "args.x", state: .redacted, error: .unknownComponent),
    Case(name: "", state: .known, error: .unknownComponent),
  ]

  static func record() -> RequestRecord {
    RequestRecord(
      method: "POST", uri: "/p?q=REDACTED", headers: [("Host", "h"), ("Cookie", "s=REDACTED")],
      body: [1], clientIP: "192.0.2.1", country: "DE")
  }

  @Test(arguments: cases) func stateIsSet(_ example: Case) throws {
    var record = Self.record()
    let name = Array(example.name.utf8)
    if let error = example.error {
      #expect(throws: error) {
        try record.setState(example.state, ofComponentNamed: name.span)
      }
      return
    }
    try record.setState(example.state, ofComponentNamed: name.span)
    switch example.name {
    case "uri": #expect(record.path.state == example.state)
    case "args": #expect(record.query.state == example.state)
    case "body": #expect(record.body.state == example.state)
    case "httpMethod": #expect(record.method.state == example.state)
    case "httpVersion": #expect(record.httpVersion.state == example.state)
    case "headers": #expect(!record.headersAreComplete)
    case "scheme": #expect(record.scheme.state == example.state)
    case "fragment": #expect(record.fragment.state == example.state)
    case "ja3Fingerprint": #expect(record.ja3Fingerprint.state == example.state)
    case "ja4Fingerprint": #expect(record.ja4Fingerprint.state == example.state)
    case "headers[0]":
      #expect(record.headers.map(\.value.state) == [example.state, .known])
    case "headers.host": #expect(record.headers[0].value.state == example.state)
    case "clientIp": #expect(record.clientIP == .notRecorded)
    case "country": #expect(record.country == .notRecorded)
    case "headers.x":
      #expect(record.headers.count == (example.state == .redacted ? 3 : 2))
    default: Issue.record("no expectation for \(example.name)")
    }
  }

  @Test func componentsWithoutBytesCannotBeKnown() {
    var record = RequestRecord()
    for name in ["uri", "args", "body", "httpMethod", "clientIp", "country", "headers"] {
      #expect(throws: ComponentStateError.noBytes) {
        try record.setState(.known, ofComponentNamed: Array(name.utf8).span)
      }
    }
  }

  /// A state of all values is one of those that are there.
  @Test func aLossyListMayHaveRedactedValues() throws {
    var record = Self.record()
    try record.setState(.redacted, ofComponentNamed: Array("headers.cookie".utf8).span)
    try record.setState(.lossy, ofComponentNamed: Array("headers".utf8).span)
    #expect(record.headers.map(\.value.state) == [.lossy, .redacted])
  }

  @Test func emptyQueryCanBeTold() throws {
    var record = RequestRecord()
    record.query = Component(.absentOrEmpty)
    try record.setState(.known, ofComponentNamed: Array("args".utf8).span)
    #expect(record.query.state == .empty)
  }

  @Test func maskedArgumentsAndCookiesKeepTheirPlace() throws {
    var record = Self.record()
    try record.redact(componentNamed: Array("args.q".utf8).span)
    try record.redact(componentNamed: Array("cookies.s".utf8).span)
    #expect(record.query.state == .known && record.headers[1].value.state == .known)

    record = RequestRecord(uri: "/?q=1", headers: [("Cookie", "s=1"), ("Host", "h")])
    try record.redact(componentNamed: Array("args.q".utf8).span)
    try record.redact(componentNamed: Array("cookies.s".utf8).span)
    #expect(record.query.state == .redacted)
    #expect(record.headers.map(\.value.state) == [.redacted, .known])
  }
}
