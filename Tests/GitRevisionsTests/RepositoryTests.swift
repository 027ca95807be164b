import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import GitRevisions

/// Repositories of every shape, and the paths on disk that lie in them.
@Suite struct RepositoryTests {
  private func text(_ revision: GitRevision, _ path: String) throws -> String {
    String(decoding: try revision.read(path), as: UTF8.self)
  }

  @Test(arguments: [
    ("", "waf/acl.json", "waf/acl.json"), ("", "./waf/../acl.json", "acl.json"), ("", ".", ""),
    ("", "new.json", "new.json"), ("", "..", nil), ("", "../x.json", nil), ("", "/etc", nil),
    ("waf", "acl.json", "waf/acl.json"), ("waf", "../acl.json", "acl.json"), ("waf", "..", ""),
    ("waf", ".", "waf"), ("", "sets/office.json", "sets/office.json"), ("", "a:b", "a:b"),
  ])
  func pathsOnDisk(folder: String, path: String, expected: String?) throws {
    let repository = try TemporaryRepository(["waf/acl.json": "", "shared/office.json": ""])
    // A link in the repository is followed at the revision, not on disk.
    try repository.link("sets", to: "shared")
    let found = try repository.revision("main", from: folder).repository
    #expect(found.path(of: path) == expected)
  }

  @Test func absolutePathsAndLinksToTheRepository() throws {
    let repository = try TemporaryRepository(["waf/acl.json": ""])
    let elsewhere = try TemporaryDirectory()
    let links = [("whole", ""), ("part", "/waf"), ("file.json", "/waf/acl.json")]
    for (name, target) in links {
      try FileManager.default.createSymbolicLink(
        atPath: "\(elsewhere.path)/\(name)", withDestinationPath: repository.path + target)
    }
    let expected = [
      repository.path: "", repository.path + "/waf/acl.json": "waf/acl.json",
      elsewhere.path + "/whole/waf/acl.json": "waf/acl.json",
      elsewhere.path + "/part/acl.json": "waf/acl.json",
      elsewhere.path + "/file.json": "waf/acl.json",
    ]
    for folder in [repository.path, elsewhere.path + "/whole", elsewhere.path + "/part"] {
      let found = try repository.revision("main", from: folder).repository
      for (path, inside) in expected { #expect(found.path(of: path) == inside, "\(path)") }
      #expect(found.path(of: repository.path + "x/acl.json") == nil)
      #expect(found.path(of: elsewhere.path + "/none") == nil)
    }
  }

  @Test func ignoredPaths() throws {
    let repository = try TemporaryRepository([
      ".gitignore": "build/\n*.local.json\n", "waf/acl.json": "",
    ])
    try repository.directory.write("build/office.json", "")
    for folder in ["", "waf"] {
      let found = try repository.revision("main", from: folder).repository
      #expect(try found.ignores("build"))
      #expect(try found.ignores("build/office.json"))
      #expect(try found.ignores("waf/x.local.json"))
      #expect(try !found.ignores("waf/acl.json"))
      #expect(try !found.ignores("waf/new.json"))
      #expect(try !found.ignores(""))
    }
  }

  @Test func worktrees() throws {
    let repository = try TemporaryRepository(["waf/acl.json": "one"])
    try repository.git("branch", "other")
    try repository.commit("second", ["waf/acl.json": "two"])
    let place = try TemporaryDirectory()
    let tree = place.path + "/tree"
    try repository.git("worktree", "add", "--quiet", tree, "other")
    let revision = try repository.revision("main", from: tree + "/waf")
    #expect(try text(revision, "waf/acl.json") == "two")
    #expect(try text(repository.revision("HEAD", from: tree), "waf/acl.json") == "one")
    #expect(revision.repository.path(of: tree + "/waf/acl.json") == "waf/acl.json")
    #expect(revision.repository.path(of: repository.path + "/waf/acl.json") == nil)
    #expect(try revision.resolve("./acl.json") == "waf/acl.json")
  }

  /// In the hooks of a server there are no files but those of revisions.
  @Test func bareRepositories() throws {
    let repository = try TemporaryRepository(["waf/acl.json": "one"])
    let place = try TemporaryDirectory()
    try repository.git("clone", "--quiet", "--bare", repository.path, place.path + "/bare.git")
    for folder in [place.path + "/bare.git", repository.path + "/.git"] {
      let revision = try repository.revision("main", from: folder)
      #expect(try text(revision, "waf/acl.json") == "one")
      #expect(revision.repository.root == nil)
      #expect(revision.repository.path(of: folder) == nil)
      #expect(try revision.resolve("./waf/acl.json") == "waf/acl.json")
      #expect(try !revision.repository.ignores("waf"))
    }
  }

  @Test func headWithoutABranch() throws {
    let repository = try TemporaryRepository(["acl.json": "one"])
    try repository.commit("second", ["acl.json": "two"])
    try repository.git("checkout", "--quiet", "--detach", "HEAD~1")
    #expect(try text(repository.revision("HEAD"), "acl.json") == "one")
    #expect(try text(repository.revision("main"), "acl.json") == "two")
  }

  /// A hook runs with variables that name the repository.
  @Test func inAHook() throws {
    let repository = try TemporaryRepository(["waf/acl.json": "one"])
    let revision = try repository.revision(
      "HEAD",
      environment: [
        "GIT_DIR": repository.path + "/.git", "GIT_INDEX_FILE": ".git/index", "GIT_PREFIX": "waf/",
        "GIT_TRACE": "1", "GIT_GLOB_PATHSPECS": "1", "GIT_PAGER": "false", "LANGUAGE": "de",
      ])
    #expect(try text(revision, "waf/acl.json") == "one")
    #expect(try revision.files(in: "waf") == ["acl.json"])
  }

  @Test func oddPlaces() throws {
    let place = try TemporaryDirectory()
    let repository = try TemporaryRepository(["waf/acl.json": "one"])
    for name in ["a b", "ä:ö", "line\nbreak", "-x"] {
      let folder = place.path + "/" + name
      try repository.git("clone", "--quiet", repository.path, folder)
      let revision = try repository.revision("main", from: folder + "/waf")
      #expect(try text(revision, "waf/acl.json") == "one")
      #expect(revision.repository.path(of: "acl.json") == "waf/acl.json")
      #expect(revision.repository.path(of: folder + "/new.json") == "new.json")
    }
  }
}
