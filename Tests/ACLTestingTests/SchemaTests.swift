import ACLTesting
import Diagnostics
import Foundation
import TestSupport
import Testing

/// `docs/schemas/test-file.schema.json` beside the reader.
@Suite struct SchemaTests {
  private static let file = packageRoot.appendingPathComponent(
    "docs/schemas/test-file.schema.json")

  private func schema() throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(contentsOf: Self.file))
    return try #require(value as? [String: Any])
  }

  private func keys(_ object: [String: Any]) throws -> [String] {
    #expect(object["additionalProperties"] as? Bool == false)
    return try #require(object["properties"] as? [String: Any]).keys.sorted()
  }

  private func definition(_ name: String) throws -> [String: Any] {
    let definitions = try #require(try schema()["$defs"] as? [String: Any])
    return try #require(definitions[name] as? [String: Any])
  }

  @Test func membersAreThoseOfTheReader() throws {
    #expect(try keys(schema()) == TestFileKey.allCases.map(\.rawValue).sorted())
    #expect(try keys(definition("test")) == TestKey.allCases.map(\.rawValue).sorted())
    #expect(try keys(definition("request")) == RequestKey.allCases.map(\.rawValue).sorted())
    #expect(
      try keys(definition("defaults"))
        == RequestKey.allCases.filter(\.canBeDefault).map(\.rawValue).sorted())
    #expect(try keys(definition("selection")) == SelectionKey.allCases.map(\.rawValue).sorted())
    #expect(
      try keys(definition("expectation")) == ExpectationKey.allCases.map(\.rawValue).sorted())
  }

  @Test func wordsAreThoseOfTheReader() throws {
    func words(_ definition: String, _ member: String) throws -> [String] {
      let properties = try #require(
        try self.definition(definition)["properties"] as? [String: Any])
      var schema = try #require(properties[member] as? [String: Any])
      if let choices = schema["anyOf"] as? [[String: Any]] { schema = choices[0] }
      return try #require(schema["enum"] as? [String])
    }
    #expect(try words("request", "token") == TokenState.allCases.map(\.rawValue))
    #expect(try words("request", "payment") == PaymentState.allCases.map(\.rawValue))
    #expect(try words("request", "unknown") == UnknownPart.allCases.map(\.rawValue))
    #expect(try words("test", "undecided") == ACLTest.Undecided.allCases.map(\.rawValue))
  }

  /// Every member, and every form that a member may have.
  static let accepted = [
    """
    {"acl": "acl.json", "with": "sets", "defaults": {"method": "POST", "http-version": "HTTP/2.0",
    "headers": {"host": "a", "x-n": 1, "x-none": null}, "client-ip": "203.0.113.7",
    "country": "DE", "region": "DE-BE", "asn": 64496, "forwarded-country": "-",
    "forwarded-region": "FR-75", "forwarded-asn": 0, "ja3": "00000000000000000000000000000000",
    "ja4": "t13d1516h2_8daaf6152771_b186095e22b6", "token": "valid", "payment": "refused"},
    "tests": [{"records": "a.ndjson"}]}
    """,
    """
    {"with": ["a", "b"], "tests": [
    {"name": "a", "undecided": "skip", "request": {"method": "PUT", "uri": "/a", "args": "b=c",
    "http-version": "HTTP/1.0", "headers": [{"a": "b"}, {"a": 2}], "body": "x",
    "client-ip": "2001:db8::1", "country": "de", "region": "DE-BE", "asn": 1,
    "forwarded-country": "FR", "forwarded-region": "FR-75", "forwarded-asn": 2,
    "ja3": "00000000000000000000000000000000", "ja4": "t13d1516h2_8daaf6152771_b186095e22b6",
    "token": "other-domain", "payment": "verified", "unknown": ["fragment", "headers"]},
    "expect": {"action": "BLOCK", "rule": "a/b", "labels": ["a"], "no-labels": "b",
    "counted": ["c"], "not-counted": ["d"], "response-code": 403, "certainty": "assumed"}},
    {"name": "b", "request": {"uri": "https://shop.example/a?b", "body-base64": "YQ==",
    "unknown": "http-version"}, "expect": {"possible": ["ALLOW", "BLOCK"]}},
    {"name": "c", "select": {"corpus": ["a", "b"], "format": "waf-log", "method": "GET",
    "host": ["a", "*.b"], "path": "/**", "country": "DE", "client-ip": ["203.0.113.0/24", "::1"],
    "recorded-action": ["ALLOW"], "limit": 5, "at-least": 0}, "expect": {"action": "ALLOW"}},
    {"records": ["a", "b"]}, {"records": {"corpus": "a", "at-least": 3}}]}
    """,
  ]

  @Test(arguments: accepted)
  func acceptedByBoth(_ text: String) throws {
    #expect(try JSONSchema(contentsOf: Self.file).findings(in: text) == [])
    let loaded = ACLTestFile.read(Array(text.utf8), file: "a.test.json")
    #expect(loaded.diagnostics.map { loaded.sources.render($0) } == [])
    #expect(loaded.value != nil)
  }

  @Test func filesAreAcceptedByBoth() throws {
    let folder = try TemporaryDirectory()
    try folder.write("a.http", "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    let text = """
      {"tests": [{"name": "a", "request": {"file": "a.http"}, "expect": {"action": "ALLOW"}},
      {"name": "b", "request": {"uri": "/", "body-file": "a.http"}, "expect": {"rule": "r"}}]}
      """
    #expect(try JSONSchema(contentsOf: Self.file).findings(in: text) == [])
    #expect(ACLTestFile.load(try folder.write("a.test.json", text)).value != nil)
  }

  static let refused = [
    "{}", #"{"tests": []}"#, #"{"tests": [{}]}"#, #"{"tests": [{"records": "a", "expects": {}}]}"#,
    #"{"tests": [{"name": "a", "request": {"method": "GET"}, "expect": {"action": "BLOCK"}}]}"#,
    #"{"tests": [{"name": "a", "request": {"uri": "/"}}]}"#,
    #"{"tests": [{"name": "a", "request": {"uri": "/"}, "expect": {}}]}"#,
    #"{"tests": [{"name": "a", "request": {"uri": "/"}, "expect": {"action": "COUNT"}}]}"#,
    #"{"tests": [{"name": "a", "request": {"uri": "/"}, "expect": {"labels": []}}]}"#,
    #"{"tests": [{"name": "a", "select": {"path": "/"}, "expect": {"action": "BLOCK"}}]}"#,
    #"{"tests": [{"request": {"uri": "/"}, "expect": {"action": "BLOCK"}}]}"#,
    #"{"tests": [{"records": "a"}], "defaults": {"uri": "/"}}"#,
  ]

  @Test(arguments: refused)
  func refusedByBoth(_ text: String) throws {
    #expect(try JSONSchema(contentsOf: Self.file).findings(in: text) != [])
    #expect(ACLTestFile.read(Array(text.utf8), file: "a.test.json").value == nil)
  }

  @Test func documentationNamesEveryMember() throws {
    let text = try String(
      contentsOf: packageRoot.appendingPathComponent("docs/testing.md"), encoding: .utf8)
    let keys =
      TestFileKey.allCases.map(\.rawValue) + TestKey.allCases.map(\.rawValue)
      + RequestKey.allCases.map(\.rawValue) + SelectionKey.allCases.map(\.rawValue)
      + ExpectationKey.allCases.map(\.rawValue) + TokenState.allCases.map(\.rawValue)
      + PaymentState.allCases.map(\.rawValue) + UnknownPart.allCases.map(\.rawValue)
    #expect(keys.filter { !text.contains("`\($0)`") } == [])
    let example = try #require(
      text.split(separator: "```yaml\n").last?.split(separator: "```").first)
    let loaded = ACLTestFile.read(Array(example.utf8), file: "a.test.yml")
    #expect(loaded.diagnostics.map { loaded.sources.render($0) } == [])
    #expect(loaded.value?.tests.count == 4)
  }
}
