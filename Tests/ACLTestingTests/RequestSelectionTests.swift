import ACLTesting
import Findings
import IPAddressing
import TestSupport
import Testing
import WAFRequests

@Suite struct RequestSelectionTests {
  @Test(arguments: [
    ("/a", "/a", true), ("/a", "/ab", false), ("/a", "/", false), ("*", "a", true),
    ("/*", "/a", true), ("/*", "/", true), ("/*", "/a/b", false), ("/**", "/a/b", true),
    ("/**", "/", true), ("/checkout/**", "/checkout/1/2", true),
    ("/checkout/**", "/checkout", false), ("/a/*/c", "/a/b/c", true),
    ("/a/*/c", "/a/b/b/c", false), ("/a/**/c", "/a/b/b/c", true), ("/a/**/c", "/a/c", false),
    ("**.php", "/a/b.php", true), ("*.php", "/a.php", false), ("/a*b*c", "/aXbXbXc", true),
    ("/a*b*c", "/aXbXbX", false), ("/a.b", "/axb", false), ("", "", true), ("", "/", false),
    ("*.example", "shop.example", true), ("*.example", "a.b.example", true),
    ("/%2e*", "/%2e/", false), ("/***/a", "/x/y/a", true),
  ])
  func patterns(_ pattern: String, _ text: String, _ matches: Bool) {
    #expect(
      GlobPattern(pattern).matches(Array("xx\(text)yy".utf8).dropFirst(2).dropLast(2)) == matches)
  }

  /// Many stars take no longer than few.
  @Test func starsDoNotMultiply() {
    let pattern = GlobPattern(String(repeating: "*a", count: 40) + "b")
    #expect(!pattern.matches(Array(repeating: UInt8(ascii: "a"), count: 4000)[...]))
  }

  private func record(_ change: (inout RequestRecord) -> Void = { _ in }) -> RequestRecord {
    var record = RequestRecord(
      method: "POST", uri: "/checkout/7?x=1", headers: [("Host", "Shop.Example")],
      clientIP: "203.0.113.7", country: "DE")
    change(&record)
    return record
  }

  private func selection(_ yaml: String) throws -> RequestSelection {
    let file = try TestFixture().tests(
      """
      tests:
      - name: a
        select: {corpus: a, \(yaml)}
        expect: {action: ALLOW}
      """)
    guard case .selection(let selection) = file.tests[0].subject else {
      throw TestFixture.Problem.invalid(["no selection"])
    }
    return selection
  }

  @Test(arguments: [
    ("method: POST", true), ("method: [GET, POST]", true), ("method: post", false),
    ("path: /checkout/*", true), ("path: [/a, '**/7']", true), ("path: /checkout", false),
    ("host: shop.example", true), ("host: '*.EXAMPLE'", true), ("host: example", false),
    ("country: DE", true), ("country: [fr, de]", true), ("country: FR", false),
    ("client-ip: 203.0.113.7", true), ("client-ip: [10.0.0.0/8, 203.0.113.0/24]", true),
    ("client-ip: 203.0.113.8", false), ("client-ip: '::/0'", false),
    ("method: POST, country: FR", false), ("recorded-action: ALLOW", false), ("limit: 3", true),
  ])
  func oneRequest(_ yaml: String, _ isIncluded: Bool) throws {
    #expect(try selection(yaml).includes(record()) == isIncluded)
  }

  /// What is not recorded is not taken for what is asked for.
  @Test(arguments: [
    "method: '*'", "path: '**'", "host: '*'", "country: DE", "client-ip: 0.0.0.0/0",
  ])
  func notRecorded(_ yaml: String) throws {
    #expect(try !selection(yaml).includes(RequestRecord()))
  }

  @Test func redactedIsNotSelected() throws {
    let redacted = record {
      $0.path = Component(.redacted)
      $0.headers[0].value = Component(.redacted)
    }
    #expect(try !selection("path: '**'").includes(redacted))
    #expect(try !selection("host: '*'").includes(redacted))
  }
}
