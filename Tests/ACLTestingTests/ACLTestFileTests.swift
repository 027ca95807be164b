import ACLTesting
import Diagnostics
import Findings
import TestSupport
import Testing

/// A test file with a mistake: `§` stands where the diagnostic must point.
struct BrokenFile: CustomTestStringConvertible {
  var code: String
  var suggestion: String?
  var text: String
  var file = "folder/acl.test.yml"

  init(_ code: String, _ text: String, suggestion: String? = nil, file: String? = nil) {
    self.code = code
    self.text = text
    self.suggestion = suggestion
    if let file { self.file = file }
  }

  /// A test whose members follow.
  static func test(_ code: String, _ members: String, suggestion: String? = nil) -> BrokenFile {
    BrokenFile(code, "tests:\n- name: a\n  \(members)\n", suggestion: suggestion)
  }

  static func request(_ code: String, _ members: String, suggestion: String? = nil) -> BrokenFile {
    test(code, "request: \(members)\n  expect: {action: BLOCK}", suggestion: suggestion)
  }

  static func expect(_ code: String, _ members: String, suggestion: String? = nil) -> BrokenFile {
    test(code, "request: {uri: /}\n  expect: \(members)", suggestion: suggestion)
  }

  static func select(_ code: String, _ members: String, suggestion: String? = nil) -> BrokenFile {
    test(code, "select: \(members)\n  expect: {action: BLOCK}", suggestion: suggestion)
  }

  var testDescription: String { "\(code): \(text)" }

  var document: String { text.replacing("§", with: "") }

  /// `line:column` of the mark.
  var mark: String {
    let before = text.prefix { $0 != "§" }.split(separator: "\n", omittingEmptySubsequences: false)
    return "\(before.count):\((before.last?.count ?? 0) + 1)"
  }
}

@Suite struct ACLTestFileTests {
  static let broken: [BrokenFile] = [
    BrokenFile("syntax", "tests: [§"),
    BrokenFile("syntax", #"{"tests": [§}"#, file: "a.test.json"),
    BrokenFile("wrong-type", "§- name: a\n"),
    BrokenFile("missing-member", "§acl: acl.json\n"),
    BrokenFile("unknown-member", "§test: []\ntests:\n- {records: a.ndjson}\n", suggestion: "tests"),
    BrokenFile("wrong-type", "tests: §{}\n"),
    BrokenFile("empty-list", "tests: §[]\n"),
    BrokenFile(
      "repeated-member", #"{"acl": "a", §"acl": "b", "tests": [{"records": "a"}]}"#,
      file: "a.test.json"),
    BrokenFile("empty-list", "with: §[]\ntests:\n- {records: a.ndjson}\n"),
    BrokenFile("not-a-default", "defaults: {uri: §/}\ntests:\n- {records: a.ndjson}\n"),
    BrokenFile(
      "unknown-member", "defaults: {§header: {}}\ntests:\n- {records: a.ndjson}\n",
      suggestion: "headers"),
    BrokenFile("wrong-type", "tests:\n- §first\n"),
    BrokenFile("missing-member", "tests:\n- §request: {uri: /}\n  expect: {action: BLOCK}\n"),
    BrokenFile("invalid-value", "tests:\n- name: §''\n  records: a.ndjson\n"),
    BrokenFile(
      "repeated-name", "tests:\n- {name: a, records: a.ndjson}\n- {name: §a, records: b.ndjson}\n"),
    BrokenFile("repeated-name", "tests:\n- records: a.ndjson\n- §records: a.ndjson\n"),
    BrokenFile("missing-member", "tests:\n- §name: a\n"),
    BrokenFile("missing-member", "tests:\n- §name: a\n  request: {uri: /}\n"),
    .test(
      "unknown-member", "records: a.ndjson\n  §expects: {action: BLOCK}", suggestion: "expect"),
    .test("exclusive-members", "records: a.ndjson\n  expect: §{action: BLOCK}"),
    .test("exclusive-members", "request: {uri: /}\n  §select: {corpus: a}\n  expect: {rule: a}"),
    .test("unknown-value", "records: a.ndjson\n  undecided: §Skip", suggestion: "skip"),

    .request("wrong-type", "§GET /"),
    .request("missing-member", "§{method: GET}"),
    .request("unknown-member", "{uri: /, §metod: GET}", suggestion: "method"),
    .request("invalid-value", "{uri: §admin}"),
    .request("invalid-value", "{uri: /, method: §''}"),
    .request("exclusive-members", "{uri: '/?a=b', args: §c=d}"),
    .request("invalid-value", "{uri: /, args: §'a=b#c'}"),
    .request("exclusive-members", "{uri: /, body: a, §body-base64: YQ==}"),
    .request("invalid-value", "{uri: /, body-base64: §a}"),
    .request("unreadable-file", "{uri: /, body-file: §missing.bin}"),
    .request("unreadable-file", "{file: §missing.http}"),
    .request("wrong-type", "{uri: /, headers: §host}"),
    .request("wrong-type", "{uri: /, headers: {x-flag: §true}}"),
    .request("wrong-type", "{uri: /, headers: {x-flag: §[a, b]}}"),
    .request("invalid-header", "{uri: /, headers: {§'a b': c}}"),
    .request("invalid-header", "{uri: /, headers: [§{a: b, c: d}]}"),
    .request("invalid-header", "{uri: /, headers: [§'a: b']}"),
    .request("invalid-value", "{uri: /, client-ip: §203.0.113}"),
    .request("invalid-value", "{uri: /, country: §Germany}"),
    .request("invalid-value", "{uri: /, region: §Berlin}"),
    .request("invalid-value", "{uri: /, asn: §4294967296}"),
    .request("wrong-type", "{uri: /, asn: §AS64496}"),
    .request("invalid-value", "{uri: /, forwarded-country: §D}"),
    .request("invalid-value", "{uri: /, forwarded-region: §DE}"),
    .request("invalid-value", "{uri: /, forwarded-asn: §-1}"),
    .request("invalid-value", "{uri: /, ja3: §abc}"),
    .request("invalid-value", "{uri: /, ja4: §abc}"),
    .request("unknown-value", "{uri: /, token: §absent}"),
    .request("unknown-value", "{uri: /, token: §Valid}", suggestion: "valid"),
    .request("unknown-value", "{uri: /, payment: §verfied}", suggestion: "verified"),
    .request("unknown-value", "{uri: /, unknown: [§bodi]}", suggestion: "body"),
    .request("empty-list", "{uri: /, unknown: §[]}"),
    .request("given-and-unknown", "{uri: /, body: a, unknown: §[body]}"),
    .request("given-and-unknown", "{uri: '/?a', unknown: §args}"),
    .request("given-and-unknown", "{uri: /, headers: {Cookie: a}, unknown: §[headers.cookie]}"),

    .expect("empty-expectation", "§{}"),
    .expect("empty-expectation", "§{action: }"),
    .expect("wrong-type", "§BLOCK"),
    .expect("unknown-member", "{action: BLOCK, §label: [a]}", suggestion: "labels"),
    .expect("unknown-value", "{action: §block}", suggestion: "BLOCK"),
    .expect("unknown-value", "{action: §COUNT}"),
    .expect("wrong-type", "{rule: §7}"),
    .expect("empty-list", "{labels: §[]}"),
    .expect("invalid-value", "{labels: [a, §'']}"),
    .expect("wrong-type", "{counted: [§{}]}"),
    .expect("invalid-value", "{response-code: §1000}"),
    .expect("wrong-type", "{response-code: §'403'}"),
    .expect("unknown-value", "{certainty: §indeterminate}"),
    .expect("unknown-value", "{certainty: §exakt}", suggestion: "exact"),
    .expect("unknown-value", "{possible: [ALLOW, §BLOK]}", suggestion: "BLOCK"),
    .expect("exclusive-members", "{possible: [ALLOW], action: §ALLOW}"),
    .expect("contradiction", "{labels: [a, b], no-labels: §[b]}"),
    .expect("contradiction", "{counted: [a], not-counted: §a}"),

    .select("wrong-type", "§a.ndjson"),
    .select("missing-member", "§{path: /}"),
    .select("unknown-member", "{corpus: a, §paths: /}", suggestion: "path"),
    .select("invalid-value", "{corpus: a, path: §checkout/*}"),
    .select("invalid-value", "{corpus: a, country: §Germany}"),
    .select("invalid-value", "{corpus: a, client-ip: §203.0.113.0/33}"),
    .select("unknown-value", "{corpus: a, format: §ndjson}"),
    .select("unknown-value", "{corpus: a, recorded-action: §allow}", suggestion: "ALLOW"),
    .select("invalid-value", "{corpus: a, limit: §0}"),
    .select("invalid-value", "{corpus: a, at-least: §-1}"),
    .select("contradiction", "{corpus: a, limit: 2, at-least: §3}"),
    .test("missing-member", "records: §[]"),
    .test("missing-member", "records: §{path: /}"),
  ]

  @Test(arguments: broken)
  func brokenFile(_ file: BrokenFile) throws {
    let loaded = ACLTestFile.read(Array(file.document.utf8), file: file.file)
    #expect(loaded.value == nil)
    let errors = loaded.diagnostics.filter { $0.severity == .error }
    #expect(errors.map(\.code) == [file.code])
    let error = try #require(errors.first)
    #expect(error.suggestion == file.suggestion)
    let location = try #require(error.place.flatMap { loaded.sources.location(of: $0) })
    // A parser of YAML finds some mistakes a little later than they are made.
    if file.code != "syntax" { #expect("\(location.line):\(location.column)" == file.mark) }
    #expect(loaded.sources.render(error).hasPrefix("\(file.file):\(location.line):"))
  }

  @Test func allMistakesAreFoundTogether() {
    let loaded = ACLTestFile.read(
      Array(
        """
        tests:
        - name: a
          request: {uri: admin, country: Germany}
          expect: {action: block}
        - name: b
          select: {corpus: c, limit: none}
          expect: {}
        """.utf8), file: "a.test.yml")
    #expect(
      loaded.diagnostics.map(\.code) == [
        "invalid-value", "invalid-value", "unknown-value", "wrong-type", "empty-expectation",
      ])
  }

  @Test func pathsAreThoseOfTheFile() throws {
    let text = """
      acl: ../acl.json
      with: [sets, /etc/group.json]
      tests:
      - records: [a.ndjson, ../b.ndjson]
      - name: chosen
        select: {corpus: c.ndjson}
        expect: {action: ALLOW}
      """
    let file = try #require(
      ACLTestFile.read(Array(text.utf8), file: "waf/tests/a.test.yml").value)
    #expect(file.acl == "waf/tests/../acl.json")
    #expect(file.with == ["waf/tests/sets", "/etc/group.json"])
    #expect(file.tests.map(\.name) == ["records of a.ndjson, ../b.ndjson", "chosen"])
    #expect(file.tests.map(\.location.line) == [4, 5])
    guard case .records(let records) = file.tests[0].subject,
      case .selection(let selection) = file.tests[1].subject
    else {
      Issue.record("other subjects")
      return
    }
    #expect(records.corpora == ["waf/tests/a.ndjson", "waf/tests/../b.ndjson"])
    #expect(selection.corpora == ["waf/tests/c.ndjson"])
    #expect(selection.atLeast == 1)
  }

  @Test func jsonAndYAMLSayTheSame() throws {
    let yaml = """
      tests:
        - name: a
          undecided: skip
          request: {uri: /a, headers: {content-length: 1.50}}
          expect: {action: BLOCK, rule: r, labels: l, response-code: 403}
      """
    let json = """
      {"tests": [{"name": "a", "undecided": "skip",
        "request": {"uri": "/a", "headers": {"content-length": "1.50"}},
        "expect": {"action": "BLOCK", "rule": "r", "labels": ["l"], "response-code": 403}}]}
      """
    var first = try #require(ACLTestFile.read(Array(yaml.utf8), file: "a.test.yaml").value)
    var second = try #require(ACLTestFile.read(Array(json.utf8), file: "a.test.json").value)
    first.tests[0].location.line = nil
    second.tests[0].location.line = nil
    first.tests[0].location.column = nil
    second.tests[0].location.column = nil
    #expect(first.tests[0].location.file == "a.test.yaml")
    second.tests[0].location.file = "a.test.yaml"
    #expect(first.tests == second.tests)
    #expect(first.tests[0].undecided == .skip)
  }

  @Test func missingFile() throws {
    let folder = try TemporaryDirectory()
    let loaded = ACLTestFile.load(folder.path + "/none.test.yml")
    #expect(loaded.value == nil)
    #expect(loaded.diagnostics.map(\.code) == ["file-not-found"])
    #expect(ACLTestFile.load(folder.path).diagnostics.map(\.code) == ["unreadable-file"])
  }

  @Test func testFilesOfFolders() throws {
    let folder = try TemporaryDirectory()
    for name in [
      "b.test.yml", "a.test.YAML", "waf/x.test.json", "waf/acl.json", "waf/.hidden/y.test.yml",
      "node_modules/z.test.yml", "a.yml",
    ] {
      try folder.write(name, "")
    }
    let root = folder.path
    #expect(
      try ACLTestFile.files(at: ["\(root)/a.yml", root, "\(root)/b.test.yml"]) == [
        "\(root)/a.yml", "\(root)/a.test.YAML", "\(root)/b.test.yml", "\(root)/waf/x.test.json",
      ])
    #expect(throws: Diagnostic.self) { try ACLTestFile.files(at: ["\(root)/none"]) }
  }
}
