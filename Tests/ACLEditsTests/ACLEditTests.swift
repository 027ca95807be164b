import Testing

@testable import ACLEdits

@Suite struct ACLEditTests {
  @Test(
    arguments: [
      ("--set a=count", .set(rule: "a", .count)), ("--set a=Block", .set(rule: "a", .block)),
      ("--set a=b=ALLOW", .set(rule: "a=b", .allow)), ("--set g/i=none", .set(rule: "g/i", .none)),
      ("--set a=captcha", .set(rule: "a", .captcha)),
      ("--set a=challenge", .set(rule: "a", .challenge)),
      ("--exclude g/i", .set(rule: "g/i", .count)),
      ("--default-action allow", .defaultAction(.allow)),
      ("--default-action Block", .defaultAction(.block)), ("--remove a b", .remove(rule: "a b")),
      ("--add-rule r.json@0", .add(file: "r.json", priority: 0)),
      ("--add-rule a@b/r.yaml@17", .add(file: "a@b/r.yaml", priority: 17)),
    ] as [(String, ACLEdit.Change)])
  func reading(_ typed: String, _ change: ACLEdit.Change) throws {
    let edit = try edit(typed: typed)
    #expect(edit.change == change)
    #expect(edit.text == typed)
  }

  @Test(
    arguments: [
      ("--set a", "--set 'a' has not the form RULE=ACTION", nil),
      ("--set =count", "--set '=count' has not the form RULE=ACTION", nil),
      ("--set a=", "'' is no action", nil), ("--set a=blok", "'blok' is no action", "block"),
      ("--set a=Allow ", "'Allow ' is no action", "allow"),
      ("--default-action count", "is no default action", nil),
      ("--default-action alow", "is no default action", "allow"),
      ("--add-rule r.json", "has not the form FILE@PRIORITY", nil),
      ("--add-rule @5", "has not the form FILE@PRIORITY", nil),
      ("--add-rule r.json@", "'' is no priority", nil),
      ("--add-rule r.json@-1", "'-1' is no priority", nil),
      ("--add-rule r.json@99999999999999999999", "is no priority", nil),
    ] as [(String, String, String?)])
  func refused(_ typed: String, _ message: String, _ suggestion: String?) throws {
    let error = try #require(throws: ACLEditError.self) { try edit(typed: typed) }
    #expect(error.message.contains(message))
    #expect(error.suggestion == suggestion)
  }

  @Test func theOrderOfTheCommandLine() throws {
    let edits = try ["--set a=count", "--set b=block", "--exclude c", "--remove d"]
      .map { try edit(typed: $0) }
    let arguments = [
      "replay", "acl.json", "--remove", "d", "--set=b=block", "--exclude", "c", "--set", "a=count",
    ]
    #expect(
      ACLEdit.inOrder(edits, of: arguments).map(\.text)
        == ["--remove d", "--set b=block", "--exclude c", "--set a=count"])
    #expect(
      ACLEdit.inOrder(edits, of: ["--", "--set", "a=count"]).map(\.text) == edits.map(\.text))
    #expect(
      ACLEdit.inOrder([edits[0], edits[0]], of: ["--set", "a=count", "--set", "a=count"]).count == 2
    )
  }
}
