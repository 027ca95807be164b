import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import GitRevisions

/// Which commit a name stands for, and what is said where it stands for none.
@Suite struct RevisionNameTests {
  /// Two commits on `main`; the tag `v1` and the branch `feature/x` are at the first.
  private static func repository() throws -> (TemporaryRepository, first: String, second: String) {
    let repository = try TemporaryRepository(["acl.json": "one"])
    let first = try repository.git("rev-parse", "HEAD")
    try repository.git("tag", "--annotate", "--message", "version", "v1")
    try repository.git("branch", "feature/x")
    return (repository, first, try repository.commit("second", ["acl.json": "two"]))
  }

  @Test(arguments: [
    "HEAD~1", "main~1", "main^", "v1", "v1^{commit}", "feature/x", "refs/tags/v1", "@~1",
    "HEAD^{/first: one}", "HEAD^{/first..one}", "main@{1}",
  ])
  func single(name: String) throws {
    let (repository, first, _) = try Self.repository()
    let revision = try repository.revision(name)
    #expect(revision.commit == first)
    #expect(revision.name == name)
    #expect(try revision.read("acl.json") == Array("one".utf8))
  }

  @Test func hashes() throws {
    let (repository, first, second) = try Self.repository()
    #expect(try repository.revision(first).commit == first)
    #expect(try repository.revision(String(second.prefix(8))).commit == second)
    #expect(throws: Diagnostic.self) { try repository.revision(String(repeating: "0", count: 40)) }
  }

  @Test func longHashes() throws {
    let repository = try TemporaryRepository(
      ["waf/acl.json": "{}"], options: ["--object-format=sha256"])
    let revision = try repository.revision("main")
    #expect(revision.commit.count == 64)
    #expect(try revision.read("waf/acl.json") == Array("{}".utf8))
  }

  @Test(arguments: [
    ("", "is not the name of a revision"),
    ("-x", "is not the name of a revision"),
    ("--upload-pack=x", "is not the name of a revision"),
    ("--all", "is not the name of a revision"),
    ("^main", "is not the name of a revision"),
    ("main\0", "is not the name of a revision"),
    ("main\n", "is not the name of a revision"),
    ("main..HEAD", "is a range of revisions"),
    ("main...HEAD", "is a range of revisions"),
    ("..main", "is a range of revisions"),
    ("nowhere", "git knows no revision 'nowhere'"),
    ("HEAD~9", "git knows no revision"),
    ("HEAD^@", "git knows no revision"),
    ("HEAD^!", "git knows no revision"),
    ("HEAD^{tree}", "git knows no revision"),
    ("HEAD:acl.json", "git knows no revision"),
    ("main HEAD", "git knows no revision"),
    ("main;touch x", "git knows no revision"),
    ("$(touch x)", "git knows no revision"),
    ("*", "git knows no revision"),
  ])
  func none(name: String, message: String) throws {
    let (repository, _, _) = try Self.repository()
    let error = try #require(throws: Diagnostic.self) { try repository.revision(name) }
    #expect(error.code == "unknown-revision")
    #expect(error.message.contains(message))
    #expect(!error.notes.contains { $0.contains("shallow") })
    #expect(!FileManager.default.fileExists(atPath: repository.path + "/x"))
  }

  @Test func whatGitSays() throws {
    let (repository, _, _) = try Self.repository()
    let error = try #require(throws: Diagnostic.self) { try repository.revision("main@{u}") }
    #expect(error.notes == ["git says: fatal: no upstream configured for branch 'main'"])
    let range = try #require(throws: Diagnostic.self) { try repository.revision("main...HEAD") }
    #expect(range.notes.first?.contains("merge-base") == true)
  }

  @Test(arguments: [
    ("mian", "main"), ("mian~1", "main~1"), ("V1", "v1"), ("feature/y", "feature/x"),
    ("nowhere", nil),
  ])
  func suggestions(name: String, suggestion: String?) throws {
    let (repository, _, _) = try Self.repository()
    let error = try #require(throws: Diagnostic.self) { try repository.revision(name) }
    #expect(error.suggestion == suggestion)
  }

  /// A checkout in CI has the branches of the remote, and none of its own but one.
  @Test func branchesOfARemote() throws {
    let (repository, first, _) = try Self.repository()
    let clone = try TemporaryRepository()
    try clone.git("fetch", "--quiet", repository.path, "+refs/heads/*:refs/remotes/origin/*")
    try clone.git("checkout", "--quiet", "--detach", "origin/main")
    let error = try #require(throws: Diagnostic.self) { try clone.revision("feature/x") }
    #expect(error.suggestion == "origin/feature/x")
    #expect(try clone.revision("origin/feature/x").commit == first)
    #expect(try clone.revision("HEAD~1").commit == first)
    // That there is an `origin/HEAD` is no cure for a history that is too short.
    try clone.git("update-ref", "refs/remotes/origin/HEAD", first)
    let tooFar = try #require(throws: Diagnostic.self) { try clone.revision("HEAD~9") }
    #expect(tooFar.suggestion == nil)
  }

  @Test func shallowClones() throws {
    let (repository, _, second) = try Self.repository()
    let clone = try TemporaryRepository()
    try clone.git("fetch", "--quiet", "--depth=1", "file://" + repository.path, "main")
    try clone.git("checkout", "--quiet", "FETCH_HEAD")
    #expect(try clone.revision("HEAD").commit == second)
    for name in ["HEAD~1", "main", "v1"] {
      let error = try #require(throws: Diagnostic.self) { try clone.revision(name) }
      #expect(error.code == "unknown-revision")
      #expect(
        error.notes == [
          "the history is shallow: fetch more of it with `git fetch --unshallow`, or with "
            + "`fetch-depth: 0` in a checkout step"
        ])
    }
  }

  @Test func noCommitYet() throws {
    let error = try #require(throws: Diagnostic.self) {
      try TemporaryRepository().revision("HEAD")
    }
    #expect(error.code == "unknown-revision")
  }

  @Test func noRepository() throws {
    let folder = try TemporaryDirectory()
    let repository = try TemporaryRepository()
    let ceiling = ["GIT_CEILING_DIRECTORIES": "/"]
    let error = try #require(throws: Diagnostic.self) {
      try repository.revision("main", from: folder.path, environment: ceiling)
    }
    #expect(error.code == "no-repository")
    #expect(error.notes.first?.contains("not a git repository") == true)
    #expect(throws: Diagnostic.self) {
      try repository.revision("main", from: folder.path + "/none", environment: ceiling)
    }
  }

  /// Git does not read what another user may have prepared.
  @Test func theRepositoryOfAnotherUser() throws {
    let (repository, _, _) = try Self.repository()
    let error = try #require(throws: Diagnostic.self) {
      // Git's own tests pretend with it.
      try repository.revision("main", environment: ["GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"])
    }
    #expect(error.code == "repository-refused")
    #expect(error.notes.contains { $0.contains("safe.directory") })
  }
}
