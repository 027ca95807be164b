import Foundation
import TestSupport
import Testing

/// Reports against the schemas that are published for their formats.
///
/// The environment variables `REPORT_PYTHON` and `REPORT_SCHEMAS` name an interpreter and a folder;
/// `scripts/report-schemas.sh` fetches both.
@Suite struct ReportSchemaTests {
  private static let environment = ProcessInfo.processInfo.environment

  /// Runs that have something of everything to tell.
  private func reports(_ repository: Repository) throws {
    let formats = ["json", "sarif", "junit"].flatMap { format in
      ["--report", "\(format)=\(format).\(format == "junit" ? "xml" : format)"]
    }
    let run = try BuiltProgram("wafcast").run(
      ["check"] + formats, folder: URL(fileURLWithPath: repository.folder.path))
    #expect(run.status == 1, "\(run.errors)")
  }

  private func repository() throws -> Repository {
    let repository = try Repository([
      "acl.json": Gate.acl([Gate.rule("env", 0, Gate.contains("/.env"))]),
      "traffic.ndjson": Gate.traffic + Gate.record("/.env")
        + Gate.record("/admin/<&\u{1B}\"]]>", method: "POST")
        + Gate.record("/x", more: #", "wafcast": {"expect": {"action": "BLOCK"}}"#) + "broken\n",
      "a.test.yml": """
      tests:
        - name: passes
          request: {uri: /.env}
          expect: {action: BLOCK}
        - name: fails & <tells>
          request: {uri: /}
          expect: {action: BLOCK}
      """,
      "wafcast.yml": """
      version: 1
      acls:
        - file: acl.json
          corpora: [traffic.ndjson]
          tests: [a.test.yml]
      base: main
      max-rejects: 50%
      budgets: [new_blocks == 0, requests > 1]
      coverage: {fail-under: 100}
      suppressions:
        - {kind: newly-blocked, path: /admin/orders/*, reason: known, owner: me, expires: 2999-01-01}
        - {kind: newly-allowed, path: /none, reason: old, owner: me, expires: 2999-01-01}
      """,
    ])
    try repository.write(
      "acl.json",
      Gate.acl([
        Gate.rule("env", 0, Gate.contains("/.env")), Gate.adminProtection,
        Gate.rule("body", 20, Gate.contains("x", "Body")),
      ]))
    return repository
  }

  @Test func jsonIsAsOurSchemaSays() throws {
    let repository = try repository()
    try reports(repository)
    let schema = try JSONSchema(
      contentsOf: packageRoot.appending(path: "docs/schemas/gate-report.schema.json"))
    let text = try repository.read("json.json")
    let findings = try schema.findings(in: text)
    #expect(findings.isEmpty, "\(findings.prefix(5))")
    // The checker sees what is missing.
    #expect(try schema.findings(in: text.replacing("\"verdict\"", with: "\"verdikt\"")) != [])
    for part in [
      "budget-exceeded", "expectation-failed", "low-coverage", "suppression-unused",
      "\"source\": \"suppression\"", "newly-blocked",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test(
    .enabled(
      if: environment["REPORT_SCHEMAS"] != nil,
      "REPORT_SCHEMAS does not name a folder; scripts/report-schemas.sh fetches it"))
  func sarifAndJUnitAreValid() throws {
    let repository = try repository()
    try reports(repository)
    #expect(try check(repository, ["sarif.sarif", "junit.xml"]) == "")
    // A report that is not valid is found.
    let broken = try repository.read("sarif.sarif").replacing("\"results\"", with: "\"result\"")
    try repository.write("broken.sarif", broken)
    #expect(try check(repository, ["broken.sarif"]).contains("broken.sarif"))
    let xml = try repository.read("junit.xml").replacing("classname=", with: "klass=")
    try repository.write("broken.xml", xml)
    #expect(try check(repository, ["broken.xml"]).contains("klass"))
  }

  private func check(_ repository: Repository, _ files: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(
      fileURLWithPath: try #require(Self.environment["REPORT_PYTHON"]))
    process.arguments =
      [
        packageRoot.appending(path: "scripts/check-reports.py").path,
        try #require(Self.environment["REPORT_SCHEMAS"]),
      ] + files
    process.currentDirectoryURL = URL(fileURLWithPath: repository.folder.path)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
  }
}
