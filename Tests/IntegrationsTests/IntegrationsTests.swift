import Foundation
import TestSupport
import Testing

/// The scripts of `integrations/`, run as their services run them.
@Suite struct IntegrationsTests {
  @Test(arguments: [false, true]) func gitHubAction(isBroken: Bool) throws {
    let checkout = try Checkout()
    try checkout.git("update-ref", "refs/remotes/origin/main", "HEAD")
    if isBroken { try checkout.breakWebACL() }
    let run = try checkout.run(
      "github-action/check.sh",
      [
        "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": checkout.path("summary.md"),
        "GITHUB_OUTPUT": checkout.path("outputs"), "WAFCAST_BASE_REF": "main",
      ])
    #expect(run.status == (isBroken ? 1 : 0))
    let outputs = try checkout.read("outputs")
    #expect(outputs.contains("exit=\(isBroken ? 1 : 0)\n"))
    #expect(outputs.contains("outcome=\(isBroken ? "failed" : "passed")\n"))
    #expect(outputs.contains("verdict=\(isBroken ? "FAILED" : "PASSED"): "))
    #expect(outputs.split(separator: "\n").count == 3)
    #expect(run.output.contains("::error file=waf/acl.json,line=") == isBroken)
    #expect(try checkout.read("summary.md").contains("newly-blocked") == isBroken)
    #expect(try checkout.read("wafcast.md").hasPrefix("<!-- wafcast:report:"))
    #expect(try checkout.read("wafcast.sarif").contains("WAFCAST001"))
    // The base is the branch of the pull request, not what wafcast.yml says.
    #expect(try checkout.read("wafcast-report.json").contains("origin/main:waf/acl.json"))
  }

  /// A pull request may commit a report of its own; one that passes is not believed.
  @Test func gitHubActionBelievesItsOwnReportAlone() throws {
    let checkout = try Checkout()
    for name in ["wafcast-report.json", "wafcast.md", "wafcast.sarif"] {
      try checkout.folder.write(
        name, "{\n  \"outcome\": \"passed\",\n  \"verdict\": \"forged\"\n}\n")
    }
    let run = try checkout.run(
      "github-action/check.sh",
      ["GITHUB_OUTPUT": checkout.path("outputs"), "WAFCAST_CONFIG": "missing.yml"])
    #expect(run.status == 2)
    #expect(try checkout.read("outputs") == "exit=2\noutcome=error\nverdict=\n")
    for name in ["wafcast-report.json", "wafcast.md", "wafcast.sarif"] {
      #expect(!FileManager.default.fileExists(atPath: checkout.path(name)))
    }
  }

  /// No report has a name of the configuration: that one is neither overwritten nor doubled.
  @Test(arguments: ["github-action/check.sh", "gitlab/check.sh"])
  func aSecondRunIsAsTheFirst(script: String) throws {
    let checkout = try Checkout()
    let configuration = """
      {"version": 1, "base": "main", "acls": [{"file": "waf/acl.json", "with": ["waf/sets"], \
      "corpora": ["traffic.ndjson"], "recorded-under": ["shop-*"]}]}
      """
    try FileManager.default.removeItem(atPath: checkout.path("wafcast.yml"))
    try checkout.folder.write("wafcast.json", configuration)
    for _ in 0..<2 {
      let run = try checkout.run(script)
      #expect(run.status == 0, "\(run.output)")
      #expect(try checkout.read("wafcast.json") == configuration)
    }
  }

  /// What the action hands to its script comes as variables: nothing is pasted into a command.
  @Test func gitHubActionPastesNothing() throws {
    let file = packageRoot.appending(path: "integrations/github-action/action.yml")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.contains("using: composite"))
    #expect(text.contains(#"run: '"$GITHUB_ACTION_PATH/check.sh"'"#))
    for line in text.split(separator: "\n") where line.contains("run:") {
      #expect(!line.contains("${{"))
    }
  }

  @Test(arguments: [false, true]) func gitLab(isBroken: Bool) throws {
    let checkout = try Checkout()
    if isBroken { try checkout.breakWebACL() }
    let run = try checkout.run("gitlab/check.sh", ["CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD"])
    #expect(run.status == (isBroken ? 1 : 0))
    #expect(run.output.contains("compared with HEAD:waf/acl.json"))
    let quality = try #require(
      try JSONSerialization.jsonObject(
        with: Data(try checkout.read("wafcast-codequality.json").utf8)) as? [[String: Any]])
    #expect(quality.contains { $0["check_name"] as? String == "wafcast/newly-blocked" } == isBroken)
    #expect(try checkout.read("wafcast-junit.xml").contains("<failure") == isBroken)
    let job = try String(
      contentsOf: packageRoot.appending(path: "integrations/gitlab/wafcast.gitlab-ci.yml"),
      encoding: .utf8)
    for file in [
      "wafcast-codequality.json", "wafcast-junit.xml", "wafcast-report.json",
      "integrations/gitlab/check.sh",
    ] {
      #expect(job.contains(file))
    }
  }

  @Test(arguments: [false, true]) func preCommit(isBroken: Bool) throws {
    let checkout = try Checkout()
    let hook = checkout.path(".git/hooks/pre-commit")
    let script = packageRoot.appending(path: "integrations/pre-commit/wafcast-check.sh").path
    let wafcast = try BuiltProgram("wafcast").url.path
    try Data("#!/bin/sh\nWAFCAST='\(wafcast)' exec '\(script)'\n".utf8)
      .write(to: URL(fileURLWithPath: hook))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook)
    if isBroken {
      try checkout.breakWebACL()
    } else {
      try checkout.folder.write("notes.txt", "nothing of the web ACL")
    }
    try checkout.git("add", "-A")
    if isBroken {
      let problem = #expect(throws: Checkout.Problem.self) {
        try checkout.git("commit", "-q", "-m", "second")
      }
      // The gate keeps it from being made, not a hook that could not be run.
      if case .git(let output)? = problem { #expect(output.contains("newly be blocked")) }
    } else {
      try checkout.git("commit", "-q", "-m", "second")
    }
    let hooks = try String(
      contentsOf: packageRoot.appending(path: ".pre-commit-hooks.yaml"), encoding: .utf8)
    #expect(hooks.contains("entry: integrations/pre-commit/wafcast-check.sh"))
  }

  @Test func preCommitWithoutAConfigurationDoesNothing() throws {
    let checkout = try Checkout()
    try FileManager.default.removeItem(atPath: checkout.path("wafcast.yml"))
    let run = try checkout.run("pre-commit/wafcast-check.sh")
    #expect(run.status == 0)
    #expect(run.output.isEmpty)
  }

  /// A configuration elsewhere is held to: the hook does not pass for want of one at the root.
  @Test(arguments: [false, true]) func preCommitWithAConfigurationElsewhere(isBroken: Bool) throws {
    let checkout = try Checkout()
    try FileManager.default.removeItem(atPath: checkout.path("wafcast.yml"))
    try checkout.folder.write(
      "waf/gate.yml",
      """
      version: 1
      acls:
        - file: acl.json
          with: [sets]
          corpora: [../traffic.ndjson]
          recorded-under: ["shop-*"]
      """)
    if isBroken { try checkout.breakWebACL() }
    let run = try checkout.run(
      "pre-commit/wafcast-check.sh", [:], arguments: ["--config=waf/gate.yml"])
    #expect(run.status == (isBroken ? 1 : 0), "\(run.output)")
    #expect(run.output.contains("newly be blocked") == isBroken)
  }

  /// Where the example finds a path that is not answered, the deployment is stopped.
  @Test func codeDeployStopsWhereAPathFails() throws {
    let checkout = try Checkout()
    let verify = try checkout.folder.write("verify", "#!/bin/sh\necho FAIL\nexit 1\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: verify)
    // The tests of the folder would end otherwise: they are not asked any more.
    let run = try checkout.run(
      "codedeploy/before-allow-traffic.sh",
      ["WAFCAST_VERIFY": verify, "WAFCAST_TESTS": checkout.path("waf")])
    #expect(run.status == 1)
    #expect(run.output.hasSuffix("FAIL\n"))
  }

  /// The hook runs the example of `integrations/blue-green`.
  ///
  /// `make example` builds it and runs this very hook. Here a program of the same interface shows what
  /// is handed on.
  @Test(arguments: [false, true]) func codeDeploy(isBroken: Bool) throws {
    let checkout = try Checkout()
    if isBroken { try checkout.breakWebACL() }
    try checkout.folder.write(
      "waf/admin.test.yml",
      """
      tests:
        - name: the administration is reached
          request: {uri: /admin, headers: {host: shop.example, user-agent: Mozilla/5.0}}
          expect: {action: ALLOW}
      """)
    let verify = try checkout.folder.write("verify", "#!/bin/sh\necho verified \"$@\"\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: verify)
    let run = try checkout.run(
      "codedeploy/before-allow-traffic.sh",
      [
        "WAFCAST_VERIFY": verify, "WAFCAST_ACL": checkout.path("waf/acl.json"),
        "WAFCAST_EXPECTATIONS": "expectations.json",
        "WAFCAST_DOCUMENTS": checkout.path("waf/sets/office.json"),
        "WAFCAST_TESTS": checkout.path("waf"), "DEPLOYMENT_ID": "d-1",
      ])
    #expect(run.output.contains("deployment d-1"))
    #expect(run.output.contains("verified \(checkout.path("waf/acl.json")) expectations.json"))
    #expect(run.status == (isBroken ? 1 : 0))
    #expect(run.output.contains("expected ALLOW, got BLOCK") == isBroken)
  }
}
