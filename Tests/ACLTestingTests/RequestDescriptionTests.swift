import ACLTesting
import Bytes
import IPAddressing
import TestSupport
import Testing
import WAFRequests

@Suite struct RequestDescriptionTests {
  /// The request of a test file with one test.
  private func record(_ request: String, defaults: String = "{}") throws -> RequestRecord {
    let fixture = try TestFixture()
    try fixture.folder.write(
      "raw.http", "PUT /raw?x=1 HTTP/1.1\r\nHost: raw.example\r\nContent-Length: 2\r\n\r\nok")
    let file = try fixture.tests(
      """
      defaults: \(defaults)
      tests:
      - name: a
        request: \(request)
        expect: {action: ALLOW}
      """)
    guard case .request(let description) = file.tests[0].subject else {
      throw TestFixture.Problem.invalid(["no request"])
    }
    return try description.record().record
  }

  private func lines(_ record: RequestRecord) -> [String] {
    record.headers.map { "\(record.text($0.name)): \(record.text($0.value.range))" }
  }

  @Test func whatIsNotGivenIsNotThere() throws {
    let record = try record("{uri: /a}")
    #expect(record.text(record.method.range) == "GET")
    #expect(record.text(record.path.range) == "/a")
    #expect(record.text(record.httpVersion.range) == "HTTP/1.1")
    #expect(record.query.state == .absent)
    #expect(record.fragment.state == .absent)
    #expect(record.headers.isEmpty)
    #expect(record.headersAreComplete)
    #expect(record.body.state == .absent)
    #expect(record.clientIP == .address(try #require(IPAddress("192.0.2.1"))))
    #expect(record.country == .undetermined)
    #expect(record.clientASN == 0)
    #expect(record.ja3Fingerprint.state == .absent)
    #expect(record.ja4Fingerprint.state == .absent)
    #expect(record.captcha.finding == .notRecorded)
    #expect(record.paymentVerified == nil)
  }

  @Test func everythingGiven() throws {
    let record = try record(
      """
      {method: POST, uri: 'https://shop.example/a%20b#top', args: 'x=1&y', http-version: HTTP/2.0,
      headers: [{X-A: one}, {x-a: 2}], body: hello, client-ip: '2001:db8::1', country: de,
      region: de-be, asn: 64496, forwarded-country: FR, forwarded-region: FR-75, forwarded-asn: 7,
      ja3: ABCDEF00000000000000000000000000, ja4: T13D1516H2_8daaf6152771_b186095e22b6,
      token: expired, payment: refused}
      """)
    #expect(record.text(record.method.range) == "POST")
    #expect(record.text(record.path.range) == "/a%20b")
    #expect(record.text(record.query.range) == "x=1&y")
    #expect(record.text(record.fragment.range) == "top")
    #expect(record.text(record.scheme.range) == "https")
    #expect(record.text(record.httpVersion.range) == "HTTP/2.0")
    #expect(lines(record) == ["Host: shop.example", "X-A: one", "x-a: 2"])
    #expect(record.text(record.body.range) == "hello")
    #expect(record.bodySize == .recorded(5))
    #expect(record.clientIP == .address(try #require(IPAddress("2001:db8::1"))))
    #expect(record.country == CountryCode(Array("DE".utf8)).map { .code($0) })
    #expect(record.recordedRegion.map { record.text($0) } == "DE-BE")
    #expect(record.clientASN == 64496)
    #expect(record.forwardedCountry == CountryCode(Array("FR".utf8)).map { .code($0) })
    #expect(record.forwardedRegion.map { record.text($0) } == "FR-75")
    #expect(record.forwardedASN == 7)
    #expect(record.text(record.ja3Fingerprint.range) == "abcdef00000000000000000000000000")
    #expect(record.text(record.ja4Fingerprint.range) == "t13d1516h2_8daaf6152771_b186095e22b6")
    #expect(record.captcha.finding == .expired)
    #expect(record.challenge.finding == .expired)
    #expect(record.paymentVerified == false)
  }

  @Test func bodiesInOtherForms() throws {
    let bytes = try record("{uri: /, method: POST, body-base64: AP8=}")
    #expect(Array(bytes.storage[bytes.body.range.bounds]) == [0, 255])
    let file = try record("{uri: /, method: POST, body-file: raw.http}")
    #expect(file.text(file.body.range).hasPrefix("PUT /raw"))
    let empty = try record("{uri: /, method: POST, body: ''}")
    #expect(empty.body.state == .absent)
  }

  @Test func rawRequests() throws {
    let record = try record(
      "{file: raw.http, country: AT}", defaults: "{headers: {x-default: a}, asn: 5}")
    #expect(record.text(record.method.range) == "PUT")
    #expect(record.text(record.query.range) == "x=1")
    #expect(lines(record) == ["Host: raw.example", "Content-Length: 2"])
    #expect(record.text(record.body.range) == "ok")
    #expect(record.clientASN == 5)
    #expect(record.country == CountryCode(Array("AT".utf8)).map { .code($0) })
  }

  @Test func unknownParts() throws {
    let record = try record(
      """
      {uri: /, method: POST, headers: {a: b}, unknown: [args, fragment, http-version, headers, body,
      client-ip, country, asn, ja3, ja4]}
      """, defaults: "{client-ip: 203.0.113.7, country: DE, region: DE-BE, asn: 5}")
    #expect(record.query.state == .notRecorded)
    #expect(record.fragment.state == .notRecorded)
    #expect(record.httpVersion.state == .notRecorded)
    #expect(lines(record) == ["a: b"])
    #expect(!record.headersAreComplete)
    #expect(record.body.state == .notRecorded)
    #expect(record.bodySize == .unknown)
    #expect(record.clientIP == .notRecorded)
    #expect(record.country == .notRecorded)
    #expect(record.recordedRegion == nil)
    #expect(record.clientASN == nil)
    #expect(record.ja3Fingerprint.state == .notRecorded)
    #expect(record.ja4Fingerprint.state == .notRecorded)
  }

  @Test func onlyOneHeaderUnknown() throws {
    let record = try record(
      "{uri: /, unknown: headers.cookie}", defaults: "{headers: {cookie: a=b, host: a}}")
    #expect(lines(record) == ["host: a"])
    #expect(record.headersAreComplete)
    #expect(record.mayMissHeader(named: Array("cookie".utf8)))
    #expect(!record.mayMissHeader(named: Array("authorization".utf8)))
  }

  @Test func defaultsGiveWay() throws {
    let defaults = """
      {method: PUT, http-version: HTTP/2.0, headers: {Host: a, User-Agent: b, X-Old: c},
      client-ip: 203.0.113.7, country: DE, region: DE-BE, token: valid}
      """
    let plain = try record("{uri: /}", defaults: defaults)
    #expect(plain.text(plain.method.range) == "PUT")
    #expect(plain.text(plain.httpVersion.range) == "HTTP/2.0")
    #expect(lines(plain) == ["Host: a", "User-Agent: b", "X-Old: c"])
    #expect(plain.recordedRegion.map { plain.text($0) } == "DE-BE")
    #expect(plain.captcha.finding == .valid)

    let other = try record(
      "{uri: /, method: GET, headers: {user-agent: curl, x-old: ~}, country: FR, token: missing}",
      defaults: defaults)
    #expect(other.text(other.method.range) == "GET")
    #expect(lines(other) == ["Host: a", "user-agent: curl"])
    #expect(other.country == CountryCode(Array("FR".utf8)).map { .code($0) })
    // The region was that of the other country.
    #expect(other.recordedRegion == nil)
    #expect(other.captcha.finding == .missing)
  }

  /// On a command line what is not said of the client is not known.
  @Test func incompleteDescriptions() throws {
    let description = RequestDescription(
      .parts(
        method: "GET", target: "/", httpVersion: "HTTP/1.1",
        headers: [.init(name: "Host", value: "a")], body: nil))
    let record = try description.record().record
    #expect(record.clientIP == .notRecorded)
    #expect(record.country == .notRecorded)
    #expect(record.clientASN == nil)
    #expect(record.ja3Fingerprint.state == .notRecorded)
    #expect(lines(record) == ["Host: a"])
    #expect(record.headersAreComplete)
  }

  @Test(arguments: [
    ("/a", nil, "/a"), ("/a", "b=c", "/a?b=c"), ("/a#f", "b", "/a?b#f"),
    ("https://h/a", "b", "https://h/a?b"),
  ])
  func targets(_ uri: String, _ args: String?, _ target: String) {
    #expect(RequestDescription.target(uri: uri, args: args) == target)
  }
}
