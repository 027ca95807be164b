import GitRevisions
import Testing

@Suite struct GitPathTests {
  @Test(arguments: [
    ("main:waf/acl.json", "main", "waf/acl.json"),
    ("HEAD~1:./acl.json", "HEAD~1", "./acl.json"),
    ("feature/x:acl.json", "feature/x", "acl.json"),
    ("main:", "main", ""),
    ("main:a:b c.json", "main", "a:b c.json"),
    ("main@{2020-01-01 12:30:00}:acl.json", "main@{2020-01-01 12:30:00}", "acl.json"),
    ("HEAD^{/fix: typo}:acl.json", "HEAD^{/fix: typo}", "acl.json"),
    ("-x:acl.json", "-x", "acl.json"),
    ("café:ä.json", "café", "ä.json"),
    ("m\u{301}:\u{308}.json", "m\u{301}", "\u{308}.json"),
  ])
  func whatIsOne(text: String, revision: String, path: String) throws {
    let found = try #require(GitPath(text))
    #expect(found.revision == revision)
    #expect(found.path == path)
    #expect(found.text == text)
  }

  @Test(arguments: [
    "acl.json", "", ":acl.json", ":0:acl.json", "./main:acl.json", "../main:acl.json",
    "/main:acl.json", "https://example.com/acl.json", "s3://bucket/acl.json", "main@{1:acl.json",
  ])
  func whatIsNone(text: String) {
    #expect(GitPath(text) == nil)
  }
}
