import Bytes
import TestSupport
import Testing
import WAFRequests

/// When a body is absent, a prefix or not recorded, and what is known of its size.
@Suite struct BodyEvidenceTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var method: ComponentState = .known
    var verb = "GET"
    var version = "HTTP/1.1"
    var headers: [(name: String, value: String)] = []
    var isComplete = true
    var body: Component = .notRecorded
    var bodyBytes = ""
    var observedSize: Int?
    var recordedSize: Int?
    var infersAbsence = true

    var state: ComponentState
    var absence: BodyAbsence = .recorded
    var size: BodySize = .unknown

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "GET in HTTP/1.1", state: .absent, absence: .framing),
    Case(name: "GET in HTTP/1.0", version: "HTTP/1.0", state: .absent, absence: .framing),
    Case(name: "version without name", version: "1.1", state: .absent, absence: .framing),
    Case(name: "GET in HTTP/2", version: "HTTP/2.0", state: .absent, absence: .assumedForHTTP2),
    Case(name: "GET in HTTP/3", version: "HTTP/3.0", state: .absent, absence: .assumedForHTTP2),
    Case(name: "GET in HTTP/10", version: "HTTP/10", state: .absent, absence: .assumedForHTTP2),
    Case(name: "unknown version", version: "SPDY", state: .absent, absence: .assumedForHTTP2),
    Case(name: "HEAD", verb: "HEAD", state: .absent, absence: .framing),
    Case(name: "DELETE", verb: "DELETE", state: .absent, absence: .framing),
    Case(name: "OPTIONS", verb: "OPTIONS", state: .absent, absence: .framing),
    Case(name: "TRACE", verb: "TRACE", state: .absent, absence: .framing),
    Case(name: "methods are case-sensitive", verb: "get", state: .notRecorded),
    Case(name: "POST", verb: "POST", state: .notRecorded),
    Case(name: "PATCH", verb: "PATCH", state: .notRecorded),
    Case(name: "redacted method", method: .redacted, state: .notRecorded),
    Case(name: "incomplete headers", isComplete: false, state: .notRecorded),
    Case(name: "not to be inferred", infersAbsence: false, state: .notRecorded),
    Case(
      name: "GET with transfer-encoding", headers: [("Transfer-Encoding", "chunked")],
      state: .notRecorded),
    Case(
      name: "GET with content-length", headers: [("Content-Length", "5")], state: .notRecorded,
      size: .recorded(5)),
    Case(
      name: "content-length 0", verb: "POST", headers: [("content-length ", " 0 ")],
      state: .absent, size: .recorded(0)),
    Case(
      name: "content-length 0, incomplete headers", verb: "POST",
      headers: [("content-length", "0")], isComplete: false, state: .absent, size: .recorded(0)),
    Case(
      name: "transfer-encoding overrules content-length", verb: "POST",
      headers: [("content-length", "0"), ("transfer-encoding", "chunked")], state: .notRecorded),
    Case(
      name: "content-length of a POST", verb: "POST", headers: [("content-length", "12")],
      state: .notRecorded, size: .recorded(12)),
    Case(
      name: "unreadable content-length", headers: [("content-length", "x")],
      state: .notRecorded),
    Case(
      name: "content-length beyond an integer",
      headers: [("content-length", "99999999999999999999999")], state: .notRecorded),
    Case(
      name: "contradicting content-length",
      headers: [("content-length", "0"), ("content-length", "5")], state: .notRecorded),
    Case(
      name: "repeated content-length", verb: "POST",
      headers: [("content-length", "5"), ("content-length", "5")], state: .notRecorded,
      size: .recorded(5)),
    Case(name: "observed 0", verb: "POST", observedSize: 0, state: .absent, size: .observed(0)),
    Case(
      name: "observed size", verb: "POST", observedSize: 20480, state: .notRecorded,
      size: .observed(20480)),
    Case(
      name: "observed beats content-length 0", verb: "POST", headers: [("content-length", "0")],
      observedSize: 7, state: .notRecorded, size: .observed(7)),
    Case(
      name: "observed size of a GET", observedSize: 3, state: .notRecorded, size: .observed(3)),
    Case(
      name: "said to be absent", verb: "POST", body: .absent, state: .absent, size: .recorded(0)),
    Case(
      name: "said to be empty", verb: "POST", body: Component(.empty), state: .empty,
      size: .recorded(0)),
    Case(
      name: "said to be absent, but observed", verb: "POST", body: .absent, observedSize: 4,
      state: .notRecorded, size: .observed(4)),
    Case(
      name: "said to be absent, length announced", verb: "POST",
      headers: [("content-length", "4")], body: .absent, state: .absent, size: .recorded(0)),
    Case(
      name: "recorded", verb: "POST", body: Component(.known), bodyBytes: "a=1", state: .known,
      size: .recorded(3)),
    Case(
      name: "recorded, size observed", verb: "POST", body: Component(.known), bodyBytes: "a=1",
      observedSize: 3, state: .known, size: .recorded(3)),
    Case(
      name: "shorter than observed", verb: "POST", body: Component(.known), bodyBytes: "a=1",
      observedSize: 9, state: .prefix, size: .observed(9)),
    Case(
      name: "shorter than announced", verb: "POST", headers: [("content-length", "9")],
      body: Component(.known), bodyBytes: "a=1", state: .prefix, size: .recorded(9)),
    Case(
      name: "re-encoded", verb: "POST", body: Component(.lossy), bodyBytes: "a=\u{FFFD}",
      state: .lossy),
    Case(
      name: "re-encoded and short", verb: "POST", body: Component(.lossy),
      bodyBytes: "a=\u{FFFD}", observedSize: 90, state: .notRecorded, size: .observed(90)),
    Case(
      name: "stated size of a GET", recordedSize: 3, state: .notRecorded, size: .recorded(3)),
    Case(
      name: "stated size 0", verb: "POST", recordedSize: 0, infersAbsence: false, state: .absent,
      size: .recorded(0)),
    Case(
      name: "stated size beats content-length", verb: "POST", headers: [("content-length", "9")],
      body: Component(.known), bodyBytes: "a=1", recordedSize: 3, state: .known,
      size: .recorded(3)),
    Case(
      name: "shorter than stated", verb: "POST", body: Component(.known), bodyBytes: "a=1",
      recordedSize: 9, state: .prefix, size: .recorded(9)),
    Case(
      name: "observed beats stated", verb: "POST", observedSize: 7, recordedSize: 9,
      state: .notRecorded, size: .observed(7)),
    Case(
      name: "stated size of a redacted body", body: Component(.redacted), recordedSize: 9,
      state: .redacted, size: .recorded(9)),
    Case(
      name: "redacted stays redacted", body: Component(.redacted), observedSize: 0,
      state: .redacted, size: .observed(0)),
  ]

  @Test(arguments: cases) func evidence(_ example: Case) {
    var record = RequestRecord()
    record.method = Component(
      example.method, example.method == .known ? record.append(example.verb.utf8) : .empty)
    record.httpVersion = record.appendExact(example.version.utf8)
    for header in example.headers {
      record.appendHeader(
        name: Array(header.name.utf8).span, value: Array(header.value.utf8).span)
    }
    record.headersAreComplete = example.isComplete
    record.body = Component(example.body.state, record.append(example.bodyBytes.utf8))
    record.settleBody(
      observedSize: example.observedSize, recordedSize: example.recordedSize,
      infersAbsence: example.infersAbsence)

    #expect(record.body.state == example.state)
    #expect(record.bodySize == example.size)
    if example.state == .absent { #expect(record.bodyAbsence == example.absence) }
    #expect(record.body.state.hasBytes == (record.body.range.count > 0))
  }

  /// What headers imply of a body does not depend on what is known of it.
  @Test func impliedAbsence() throws {
    var record = RequestRecord(uri: "/")
    #expect(record.impliedBodyAbsence == .framing)
    record.body = .notRecorded
    #expect(record.impliedBodyAbsence == .framing)
    record.headersAreComplete = false
    #expect(record.impliedBodyAbsence == nil)
    record = RequestRecord(uri: "/", httpVersion: "HTTP/2.0")
    #expect(record.impliedBodyAbsence == .assumedForHTTP2)
    #expect(RequestRecord(method: "POST", uri: "/").impliedBodyAbsence == nil)
    for (length, absence) in [("0", BodyAbsence.recorded), ("5", nil)] {
      record = RequestRecord(method: "POST", uri: "/", headers: [("Content-Length", length)])
      #expect(record.impliedBodyAbsence == absence)
    }
  }
}
