import Foundation
import TestSupport
import Testing

/// Ideas that are tried without editing files.
@Suite struct EditTests {
  private func repository() throws -> Repository {
    try Repository([
      "acl.json": Gate.acl([
        Gate.rule("block-env", 0, Gate.contains("/.env")), Gate.adminProtection,
      ]),
      "traffic.ndjson": Gate.traffic,
      "rule.json": Gate.rule("no-products", 99, Gate.contains("/products")),
    ])
  }

  @Test(arguments: [
    (["--exclude", "AdminProtection_URIPATH"], "newly-allowed", "3 changed"),
    (["--set", "admin-protection=count"], "newly-allowed", "3 changed"),
    (
      ["--set", "admin-protection/AdminProtection_URIPATH=captcha"], "newly-challenged", "3 changed"
    ),
    (["--remove", "admin-protection"], "newly-allowed", "3 changed"),
    (["--default-action", "block"], "newly-blocked", "3 changed"),
    (["--add-rule", "rule.json@5"], "newly-blocked", "2 changed"),
    (["--set", "block-env=allow"], "nothing changes", "0 changed"),
  ])
  func anIdeaIsCompared(edit: [String], kind: String, changed: String) throws {
    let repository = try repository()
    let run = try BuiltProgram("wafcast").run(
      ["diff", "acl.json", "acl.json", "traffic.ndjson"] + edit,
      folder: .init(fileURLWithPath: repository.folder.path))
    #expect(run.text.contains(kind))
    #expect(run.text.contains(changed))
  }

  /// What is written is the original but for the change.
  @Test func theWrittenWebACLKeepsItsForm() throws {
    let repository = try repository()
    let run = try repository.wafcast(
      "replay", "acl.json", "traffic.ndjson", "--default-action", "block", "--write-acl", "new.json"
    )
    #expect(run.status == 0)
    let old = try repository.read("acl.json")
    let new = try repository.read("new.json")
    #expect(
      new
        == old.replacing(
          #""DefaultAction": {"Allow": {}}"#, with: #""DefaultAction": {"Block": {}}"#))
  }

  @Test func explainTakesThemToo() throws {
    let run = try repository().wafcast(
      "explain", "acl.json", "--uri", "/admin", "--exclude", "AdminProtection_URIPATH")
    #expect(run.text.hasPrefix("ALLOW"))
  }

  @Test(arguments: [
    (["--set", "nope=count"], "the web ACL has no rule 'nope'"),
    (["--exclude", "AdminProtection_URIPAHT"], "did you mean 'AdminProtection_URIPATH'?"),
    (["--set", "admin-protection=block"], "refers to a rule group"),
    (["--set", "block-env=drop"], "is no action"),
    (["--default-action", "count"], "is no default action"),
    (["--remove", "admin-protection/AdminProtection_URIPATH"], "taken out with --exclude"),
    (["--add-rule", "rule.json@0"], "has the priority 0 already"),
    (["--add-rule", "rule.json"], "FILE@PRIORITY"),
    (["--add-rule", "none.json@7"], "can't be read"),
    (["--write-acl", "x.json"], "--write-acl asks for a change"),
  ])
  func whatCannotBeTried(edit: [String], message: String) throws {
    let repository = try repository()
    let run = try BuiltProgram("wafcast").run(
      ["replay", "acl.json", "traffic.ndjson"] + edit,
      folder: .init(fileURLWithPath: repository.folder.path))
    #expect(run.status == 2)
    #expect(run.errors.contains(message))
  }
}
