import Diagnostics
import Foundation
import TestSupport
import Testing
import WAFDocuments
import WAFModel

/// Web ACLs and what they refer to at a git revision.
@Suite struct RevisionLoadingTests {
  /// The search string says which side was read: `/admin` was committed, `/login` is on disk.
  private static let committed = Samples.getOutput
  private static let onDisk = Samples.getOutput.replacing("L2FkbWlu", with: "L2xvZ2lu")
  private static let newIPSet = Samples.ipSet.replacing("192.0.2.0/24", with: "198.51.100.0/24")
  private static let other = Samples.patternSet

  private static func repository() throws -> RevisionFolder {
    let folder = try RevisionFolder([
      "waf/acl.json": committed, "waf/ip-sets/office.json": Samples.ipSet,
      "waf/ip-sets/notes.txt": "no document", "waf/ip-sets/.hidden.json": "{",
      "waf/ip-sets/deep/group.json": Samples.ruleGroup, ".gitignore": "build/\n",
    ])
    try folder.write([
      "waf/acl.json": onDisk, "waf/ip-sets/office.json": newIPSet,
      "waf/ip-sets/new.json": Samples.ruleGroup,
    ])
    return folder
  }

  /// Runs a test in a process that has a folder as its working directory.
  private static func load(
    in folder: String, _ acl: String, with others: [String] = []
  ) -> LoadedDocuments {
    #expect(FileManager.default.changeCurrentDirectoryPath(folder))
    return DocumentLoader().load(acl: acl, with: others)
  }

  @Test func theRevisionAndWhatIsOnDisk() async throws {
    let repository = try Self.repository()
    await #expect(processExitsWith: .success) { [path = repository.path as String] in
      let old = Self.load(in: path, "main:waf/acl.json", with: ["waf/ip-sets"])
      #expect(codes(old) == [])
      #expect(searchStrings(old) == ["/admin"])
      #expect(old.webACL?.file == "main:waf/acl.json")
      #expect(old.sources.files == ["main:waf/acl.json", "main:waf/ip-sets/office.json"])
      #expect(old.bundle.ipSet(arn: "arn:ip")?.value.addresses == ["192.0.2.0/24"])
      #expect(old.bundle.ruleGroups.isEmpty)

      let new = DocumentLoader().load(acl: "waf/acl.json", with: ["waf/ip-sets"])
      #expect(searchStrings(new) == ["/login"])
      #expect(new.webACL?.file == "waf/acl.json")
      #expect(new.bundle.ipSet(arn: "arn:ip")?.value.addresses == ["198.51.100.0/24"])
      #expect(new.bundle.ruleGroups.count == 1)
    }
  }

  @Test func fromAFolderOfTheRepository() async throws {
    let repository = try Self.repository()
    await #expect(processExitsWith: .success) { [path = repository.path as String] in
      for acl in ["main:waf/acl.json", "main:./acl.json", "main:../waf/./acl.json"] {
        let loaded = Self.load(in: path + "/waf", acl, with: ["ip-sets", path + "/waf/ip-sets"])
        #expect(codes(loaded) == [])
        #expect(loaded.webACL?.file == "main:waf/acl.json")
        #expect(loaded.bundle.ipSets.map(\.file) == ["main:waf/ip-sets/office.json"])
      }
    }
  }

  /// A folder that holds the web ACL too, files and folders named twice, and other spellings of the
  /// revision: each file counts once.
  @Test func eachFileOnce() async throws {
    let repository = try Self.repository()
    await #expect(processExitsWith: .success) { [path = repository.path as String] in
      let loaded = Self.load(
        in: path, "main:waf/acl.json",
        with: [
          "waf", "waf/ip-sets", "waf/ip-sets/office.json", "waf/./ip-sets/", "main:waf/ip-sets",
          "HEAD:waf/ip-sets/office.json",
        ])
      #expect(codes(loaded) == [])
      #expect(loaded.bundle.webACLs.count == 1)
      #expect(loaded.bundle.ipSets.count == 1)
    }
  }

  @Test func aBundleDirectory() async throws {
    let repository = try RevisionFolder([
      "waf/acl.json": Self.committed, "waf/b.yaml": "IPSet: {ARN: 'arn:ip', Addresses: []}",
      "waf/package.json": "{}", "waf/wafcast.yml": "x", "waf/acl.test.yml": "x",
    ])
    try repository.remove("waf")
    await #expect(processExitsWith: .success) { [path = repository.path as String] in
      for acl in ["main:waf", "main:waf/", "main:./waf"] {
        let loaded = Self.load(in: path, acl)
        #expect(loaded.webACL?.file == "main:waf/acl.json")
        #expect(loaded.sources.files.contains("main:waf/b.yaml"))
        #expect(loaded.sources.files.count == 3)
      }
      #expect(
        codes(DocumentLoader().load(acl: "main:")) == [
          "warning empty-directory", "error no-web-acl",
        ])
    }
  }

  /// What the web ACL of the revision can't have referred to, and what no revision has.
  @Test func whatIsNotAtTheRevision() async throws {
    let repository = try Self.repository()
    let outside = try TemporaryFolder(["patterns.json": Samples.patternSet])
    try repository.write(["waf/new-sets/a.json": Self.newIPSet, "build/b.json": Samples.patternSet])
    await #expect(processExitsWith: .success) {
      [path = repository.path as String, outside = outside.path as String] in
      let new = Self.load(
        in: path, "main:waf/acl.json", with: ["waf/new-sets", "waf/ip-sets/new.json"])
      #expect(codes(new) == [])
      #expect(new.sources.files == ["main:waf/acl.json"])

      for place in [outside, outside + "/patterns.json", "build", "build/b.json"] {
        let loaded = DocumentLoader().load(acl: "main:waf/acl.json", with: [place])
        #expect(codes(loaded) == [])
        #expect(loaded.bundle.regexPatternSet(arn: "arn:regex")?.file.hasPrefix(place) == true)
      }

      for place in ["none", "waf/ip-sets/ofice.json", outside + "/none.json"] {
        let loaded = DocumentLoader().load(acl: "main:waf/acl.json", with: [place])
        #expect(codes(loaded) == ["error file-not-found"])
        #expect(loaded.diagnostics.first?.message.hasPrefix("there is no file '\(place)'") == true)
      }
      let misspelt = DocumentLoader().load(
        acl: "main:waf/acl.json", with: ["waf/ip-sets/ofice.json"])
      #expect(misspelt.diagnostics.first?.suggestion == "main:waf/ip-sets/office.json")
    }
  }

  /// Beside a web ACL on disk a document may be named at a revision.
  @Test func oneDocumentAtARevision() async throws {
    let repository = try Self.repository()
    await #expect(processExitsWith: .success) { [path = repository.path as String] in
      let loaded = Self.load(in: path, "waf/acl.json", with: ["main:waf/ip-sets"])
      #expect(codes(loaded) == [])
      #expect(searchStrings(loaded) == ["/login"])
      #expect(loaded.bundle.ipSets.map(\.file) == ["main:waf/ip-sets/office.json"])
    }
  }

  /// A file of that very name is there: nothing is asked of git.
  @Test func aFileWithAColonInItsName() async throws {
    let folder = try TemporaryFolder([
      "main:acl.json": Self.onDisk, "main:folder/acl.json": Self.committed,
    ])
    await #expect(processExitsWith: .success) { [path = folder.path as String] in
      #expect(setenv("PATH", "/nowhere", 1) == 0)
      #expect(searchStrings(Self.load(in: path, "main:acl.json")) == ["/login"])
      #expect(searchStrings(Self.load(in: path, "main:folder")) == ["/admin"])
    }
    let repository = try Self.repository()
    try repository.write(["main:waf/acl.json": Self.onDisk])
    await #expect(processExitsWith: .success) { [path = repository.path as String] in
      #expect(searchStrings(Self.load(in: path, "main:waf/acl.json")) == ["/login"])
    }
  }

  /// Diagnostics point into the document of the revision, whatever is on disk.
  @Test func places() async throws {
    let repository = try RevisionFolder(["acl.json": "{\"DefaultAction\": {},\n \"Rules\": 5}"])
    try repository.write(["acl.json": Self.onDisk])
    await #expect(processExitsWith: .success) { [path = repository.path as String] in
      let loaded = Self.load(in: path, "main:acl.json")
      let texts = loaded.diagnostics.map { loaded.sources.render($0) }
      #expect(texts.contains { $0.hasPrefix("main:acl.json:2:11: error[wrong-type]") })
    }
  }

  @Test(arguments: [
    ("main:waf/alc.json", "file-not-found", "main:waf/acl.json"),
    ("main:acl.json", "file-not-found", "main:waf/acl.json"),
    ("main:waf/ip-sets/new.json", "file-not-found", nil),
    ("mian:waf/acl.json", "unknown-revision", "main"),
    ("main..HEAD:waf/acl.json", "unknown-revision", nil),
    ("-x:waf/acl.json", "unknown-revision", nil),
    ("--upload-pack=x:waf/acl.json", "unknown-revision", nil),
    ("main:../waf/acl.json", "file-not-found", nil),
    ("main:/waf/acl.json", "file-not-found", nil),
    ("waf/acl.json:5", "unknown-revision", nil),
    ("s3://bucket/acl.json", "file-not-found", nil),
  ])
  func errors(acl: String, code: String, suggestion: String?) async throws {
    let repository = try Self.repository()
    let expected = [code, suggestion ?? ""]
    await #expect(processExitsWith: .success) {
      [path = repository.path as String, acl, expected = expected as [String]] in
      let loaded = Self.load(in: path, acl, with: ["waf/ip-sets"])
      let error = try #require(loaded.diagnostics.first)
      #expect([error.code, error.suggestion ?? ""] == expected)
      #expect(loaded.diagnostics.count == 1)
      #expect(loaded.webACL == nil)
    }
  }

  /// Without git, and outside of a repository, only what needs it fails.
  @Test func withoutGit() async throws {
    let folder = try TemporaryFolder(["acl.json": Self.committed])
    await #expect(processExitsWith: .success) { [path = folder.path as String] in
      #expect(setenv("GIT_CEILING_DIRECTORIES", "/", 1) == 0)
      let outside = Self.load(in: path, "main:acl.json")
      #expect(codes(outside) == ["error no-repository"])
      #expect(outside.diagnostics.first?.notes.last?.contains("'main:acl.json' on disk") == true)
      #expect(setenv("PATH", "/nowhere", 1) == 0)
      #expect(codes(DocumentLoader().load(acl: "main:acl.json")) == ["error no-git"])
      #expect(searchStrings(DocumentLoader().load(acl: "acl.json")) == ["/admin"])
      #expect(throws: Diagnostic.self) { try documentName(of: "acl.json", atRevision: "main") }
    }
  }

  @Test func replacedTexts() async throws {
    let repository = try Self.repository()
    let text = Self.onDisk
    await #expect(processExitsWith: .success) {
      [path = repository.path as String, text = text as String] in
      #expect(FileManager.default.changeCurrentDirectoryPath(path))
      var loader = DocumentLoader()
      loader.replacements = ["main:waf/acl.json": Array(text.utf8)]
      #expect(searchStrings(loader.load(acl: "main:waf/acl.json")) == ["/login"])
      #expect(searchStrings(loader.load(acl: "HEAD:waf/acl.json")) == ["/admin"])
    }
  }

  @Test func theSameDocumentAtARevision() async throws {
    let repository = try Self.repository()
    try repository.write(["waf/new.json": "", "build/acl.json": ""])
    await #expect(processExitsWith: .success) { [path = repository.path as String] in
      #expect(FileManager.default.changeCurrentDirectoryPath(path + "/waf"))
      for (name, expected) in [
        ("acl.json", "main:waf/acl.json"), (path + "/waf/acl.json", "main:waf/acl.json"),
        ("../waf/./acl.json", "main:waf/acl.json"), (".", "main:waf"), ("..", "main:"),
        ("new.json", nil), ("none.json", nil),
      ] {
        let found = try documentName(of: name, atRevision: "main")
        #expect(found == expected, "\(name)")
      }
      for name in ["../build/acl.json", "../..", "/acl.json"] {
        let error = #expect(throws: Diagnostic.self) {
          try documentName(of: name, atRevision: "main")
        }
        #expect(error?.code == "not-in-repository", "\(name)")
      }
      let error = #expect(throws: Diagnostic.self) {
        try documentName(of: "acl.json", atRevision: "mian")
      }
      #expect(error?.code == "unknown-revision")
    }
  }
}
