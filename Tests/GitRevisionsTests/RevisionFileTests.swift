import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import GitRevisions

/// Files and folders at a revision.
@Suite struct RevisionFileTests {
  private func text(_ revision: GitRevision, _ path: String) throws -> String {
    String(decoding: try revision.read(path), as: UTF8.self)
  }

  private static let oddNames = [
    "a b.json", "ä ö.json", "日本.json", "a:b.json", "main:acl.json", "a\tb.json", "a\nb.json",
    "*.json", "[a].json", "-x.json", "--help.json", ":(top)a.json", "\"q\".json", "a\\b.json",
    "e\u{301}.json",
  ]

  @Test(arguments: oddNames)
  func anyName(name: String) throws {
    let repository = try TemporaryRepository(["w \u{e4}:f/\(name)": name, "w \u{e4}:f/ab.json": ""])
    try repository.directory.write("w \u{e4}:f/\(name)", "later")
    for folder in ["", "w \u{e4}:f"] {
      let revision = try repository.revision("main", from: folder)
      #expect(try text(revision, "w \u{e4}:f/\(name)") == name)
      #expect(try revision.kind(of: "w \u{e4}:f/\(name)") == .file)
      #expect(try Set(revision.files(in: "w \u{e4}:f")) == [name, "ab.json"])
    }
  }

  /// Git and the file system may compose characters otherwise.
  @Test func composedCharacters() throws {
    let repository = try TemporaryRepository(["\u{e9}.json": "composed"])
    #expect(try text(repository.revision("main"), "e\u{301}.json") == "composed")
    try repository.commit("both", ["e\u{301}.json": "decomposed"])
    let both = try repository.revision("main")
    #expect(try text(both, "\u{e9}.json") == "composed")
    #expect(try text(both, "e\u{301}.json") == "decomposed")
  }

  @Test func folders() throws {
    let repository = try TemporaryRepository([
      "b.json": "", "a.yaml": "", "waf/sets/office.json": "", "waf/acl.json": "", "waf/.hidden": "",
      "waf/run.sh": "",
    ])
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: repository.path + "/waf/run.sh")
    try repository.commit("executable")
    // What is on disk does not count.
    try repository.directory.write("waf/new.json", "")
    try FileManager.default.removeItem(atPath: repository.path + "/waf/sets")
    for folder in ["", "waf"] {
      let revision = try repository.revision("main", from: folder)
      #expect(try revision.files(in: "") == ["a.yaml", "b.json"])
      #expect(try revision.files(in: "waf") == [".hidden", "acl.json", "run.sh"])
      #expect(try revision.files(in: "waf/sets") == ["office.json"])
      #expect(try revision.files(in: "waf/none") == [])
      #expect(try revision.files(in: "b.json") == [])
      #expect(try revision.kind(of: "") == .directory)
      #expect(try revision.kind(of: "waf/sets") == .directory)
      #expect(try revision.kind(of: "waf/acl.json") == .file)
      #expect(try revision.kind(of: "waf/new.json") == nil)
      #expect(try revision.kind(of: "waf/acl.json/x") == nil)
      #expect(try revision.kind(of: "waf/acl") == nil)
    }
    let error = try #require(throws: Diagnostic.self) {
      try repository.revision("main").read("waf")
    }
    #expect(error.code == "unreadable-file")
  }

  @Test func bytesAreKept() throws {
    let repository = try TemporaryRepository([".gitattributes": "*.json text=auto\n"])
    let bytes = (0..<4_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 9) }
    try repository.directory.write("large.json", bytes)
    try repository.directory.write("empty.json", "")
    try repository.commit("large")
    let revision = try repository.revision("HEAD")
    #expect(try revision.read("large.json") == bytes)
    #expect(try revision.read("empty.json").isEmpty)
  }

  @Test func nothingOnDiskIsTouched() throws {
    let repository = try TemporaryRepository(["acl.json": "one"])
    try repository.directory.write("acl.json", "two")
    let index = repository.path + "/.git/index"
    let before = try Data(contentsOf: URL(fileURLWithPath: index))
    #expect(try text(repository.revision("main"), "acl.json") == "one")
    #expect(try Data(contentsOf: URL(fileURLWithPath: index)) == before)
    #expect(try repository.git("status", "--porcelain") == " M acl.json")
  }

  // MARK: Paths as they are written

  @Test(arguments: [
    ("", "waf/acl.json", "waf/acl.json"), ("", "./waf/acl.json", "waf/acl.json"),
    ("", "waf//./acl.json", "waf/acl.json"), ("", "waf/../acl.json", "acl.json"),
    ("", "", ""), ("", ".", ""), ("", "waf/", "waf"),
    ("waf/sets", "acl.json", "acl.json"), ("waf/sets", "./acl.json", "waf/sets/acl.json"),
    ("waf/sets", "../acl.json", "waf/acl.json"), ("waf/sets", "..", "waf"),
    ("waf/sets", ".", "waf/sets"), ("waf/sets", "../../acl.json", "acl.json"),
    ("", ".hidden/acl.json", ".hidden/acl.json"), ("waf/sets", "..x/acl.json", "..x/acl.json"),
  ])
  func fromTheRootOrFromHere(folder: String, path: String, expected: String) throws {
    let repository = try TemporaryRepository(["waf/sets/office.json": ""])
    #expect(try repository.revision("main", from: folder).resolve(path) == expected)
  }

  @Test(arguments: ["../acl.json", "waf/../../acl.json", "/acl.json", "./../acl.json"])
  func outOfTheRepository(path: String) throws {
    let revision = try TemporaryRepository(["acl.json": ""]).revision("main")
    let error = try #require(throws: Diagnostic.self) { try revision.resolve(path) }
    #expect(error.code == "file-not-found")
  }

  // MARK: What is not there

  @Test(arguments: [
    ("", "waf/alc.json", "main:waf/acl.json"), ("", "acl.json", "main:waf/acl.json"),
    ("", "fwa/acl.json", "main:waf/acl.json"), ("waf", "acl.json", "main:waf/acl.json"),
    ("waf", "sets", "main:waf/sets"), ("waf/sets", "acl.json", "main:waf/acl.json"),
    ("", "waf/zzzzzzzzzzz.yaml", nil),
  ])
  func suggestions(folder: String, path: String, suggestion: String?) throws {
    let repository = try TemporaryRepository(["waf/acl.json": "", "waf/sets/office.json": ""])
    let revision = try repository.revision("main", from: folder)
    #expect(try revision.kind(of: path) == nil)
    let error = try #require(throws: Diagnostic.self) { try revision.read(path) }
    #expect(error.code == "file-not-found")
    #expect(error.message == "there is no file '\(path)' at 'main'")
    #expect(error.suggestion == suggestion)
  }

  @Test func newOnDisk() throws {
    let repository = try TemporaryRepository(["waf/acl.json": ""])
    try repository.directory.write("waf/alc.json", "")
    let error = try repository.revision("main").missing("waf/alc.json")
    #expect(error.notes == ["there is one on disk: it was not committed at 'main'"])
    #expect(error.suggestion == nil)
  }

  // MARK: Links, submodules, large files

  @Test func links() throws {
    let repository = try TemporaryRepository([
      "waf/acl.json": "acl", "shared/sets/office.json": "office", "shared/one.json": "one",
    ])
    try repository.link("waf/sets", to: "../shared/sets")
    try repository.link("waf/link.json", to: "acl.json")
    try repository.link("waf/again.json", to: "./link.json")
    try repository.link("waf/one.json", to: "sets/../one.json")
    try repository.link("waf/nowhere.json", to: "none.json")
    try repository.link("waf/loop.json", to: "loop.json")
    try repository.link("waf/absolute.json", to: "/etc/hostname")
    try repository.link("waf/above.json", to: "../../acl.json")
    try repository.link("waf/file.json", to: "acl.json/x")
    try repository.link("top", to: ".")
    try repository.commit("links")
    let revision = try repository.revision("main")
    #expect(try text(revision, "waf/link.json") == "acl")
    #expect(try text(revision, "waf/again.json") == "acl")
    #expect(try text(revision, "waf/sets/office.json") == "office")
    // As on disk, `..` is that of the folder the link leads to.
    #expect(try text(revision, "waf/one.json") == "one")
    #expect(try text(revision, "top/top/waf/link.json") == "acl")
    #expect(try revision.kind(of: "waf/sets") == .directory)
    #expect(try revision.files(in: "waf/sets") == ["office.json"])
    #expect(revision.resolvingLinks("top/waf/again.json") == "waf/acl.json")
    #expect(revision.resolvingLinks("waf/sets/office.json") == "shared/sets/office.json")
    #expect(revision.resolvingLinks("waf/loop.json") == "waf/loop.json")
    // A link to a folder is no file; one that leads nowhere is told of when it is read.
    #expect(
      try revision.files(in: "waf") == [
        "above.json", "absolute.json", "acl.json", "again.json", "file.json", "link.json",
        "loop.json", "nowhere.json", "one.json",
      ])
    for (path, code) in [
      ("waf/nowhere.json", "file-not-found"), ("waf/file.json", "file-not-found"),
      ("waf/loop.json", "unfollowed-link"), ("waf/absolute.json", "unfollowed-link"),
      ("waf/above.json", "unfollowed-link"),
    ] {
      let error = try #require(throws: Diagnostic.self) { try revision.read(path) }
      #expect(error.code == code, "\(path)")
    }
  }

  @Test func submodules() throws {
    let repository = try TemporaryRepository(["waf/acl.json": "acl"])
    let commit = try repository.git("rev-parse", "HEAD")
    try repository.git("update-index", "--add", "--cacheinfo", "160000,\(commit),waf/shared")
    try repository.git("commit", "--quiet", "--message", "submodule")
    let revision = try repository.revision("main")
    #expect(try revision.files(in: "waf") == ["acl.json"])
    for path in ["waf/shared", "waf/shared/office.json"] {
      let error = try #require(throws: Diagnostic.self) { try revision.read(path) }
      #expect(error.code == "submodule")
      #expect(error.message == "'main:waf/shared' is a submodule, which is not read")
      #expect(error.notes.first?.contains(commit.prefix(12)) == true)
    }
  }

  @Test func largeFileStorage() throws {
    let pointer = """
      version https://git-lfs.github.com/spec/v1
      oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
      size 12345

      """
    let repository = try TemporaryRepository([
      "acl.json": pointer, "long.json": pointer + String(repeating: " ", count: 1024),
    ])
    try repository.link("link.json", to: "acl.json")
    try repository.commit("link")
    let revision = try repository.revision("main")
    #expect(try revision.read("long.json").count > 1024)
    for path in ["acl.json", "link.json"] {
      let error = try #require(throws: Diagnostic.self) { try revision.read(path) }
      #expect(error.code == "lfs-pointer")
      #expect(error.message.contains("'main:\(path)' is kept in Git LFS"))
      #expect(error.notes.first?.contains("`git show main:acl.json | git lfs smudge") == true)
    }
  }

  /// What git's store has lost is no missing file.
  @Test func damagedStore() throws {
    let repository = try TemporaryRepository(["waf/acl.json": "acl"])
    let revision = try repository.revision("main")
    for (path, name) in [("main:waf/acl.json", "waf/acl.json"), ("main:waf", "waf/acl.json")] {
      let object = try repository.git("rev-parse", path)
      let file = ".git/objects/\(object.prefix(2))/\(object.dropFirst(2))"
      try FileManager.default.removeItem(atPath: repository.path + "/" + file)
      let fresh = try repository.revision("main")
      let error = try #require(throws: Diagnostic.self) { try fresh.read(name) }
      #expect(error.code == "unreadable-revision")
      #expect(error.notes.first?.hasPrefix("git says: ") == true)
    }
    #expect(revision.commit.count == 40)
  }
}
