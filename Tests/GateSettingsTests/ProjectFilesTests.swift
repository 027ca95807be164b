import Diagnostics
import Foundation
import GateSettings
import TestSupport
import Testing

@Suite struct ProjectFilesTests {
  struct Case: CustomTestStringConvertible {
    var pattern: String
    var paths: [String]
    var testDescription: String { pattern }

    init(_ pattern: String, _ paths: [String]) {
      self.pattern = pattern
      self.paths = paths
    }
  }

  static let tree = [
    "a.json", "b.json", ".hidden.json", "logs/1.gz", "logs/2.gz", "logs/10.gz", "logs/x/3.gz",
    "logs/x/y/4.gz", "logs/.git/5.gz", "logs/é.gz", "odd/*.json", "odd/q.json",
  ]

  static let globs = [
    Case("*.json", ["a.json", "b.json"]),
    Case("?.json", ["a.json", "b.json"]),
    Case(".*.json", [".hidden.json"]),
    Case("logs/*.gz", ["logs/1.gz", "logs/10.gz", "logs/2.gz", "logs/é.gz"]),
    Case("logs/?.gz", ["logs/1.gz", "logs/2.gz", "logs/é.gz"]),
    Case("logs/*", ["logs/1.gz", "logs/10.gz", "logs/2.gz", "logs/x", "logs/é.gz"]),
    Case("logs/*/*.gz", ["logs/x/3.gz"]),
    Case(
      "logs/**",
      ["logs/1.gz", "logs/10.gz", "logs/2.gz", "logs/x/3.gz", "logs/x/y/4.gz", "logs/é.gz"]),
    Case("logs/**/[0-9].gz", []),
    Case("**/4.gz", ["logs/x/y/4.gz"]),
    Case("**/x/**/*.gz", ["logs/x/3.gz", "logs/x/y/4.gz"]),
    Case("./*.json", ["a.json", "b.json"]),
    Case("logs/../?.json", ["a.json", "b.json"]),
    // A file may have a star in its name.
    Case("odd/*.json", ["odd/*.json"]),
    Case("odd/?.json", ["odd/*.json", "odd/q.json"]),
    Case("a.json", ["a.json"]),
    Case("logs", ["logs"]),
    Case("logs/", ["logs"]),
    Case("*.toml", []),
    Case("nothing/**", []),
    Case("nothing", []),
  ]

  static func project() throws -> Project {
    let project = try Project()
    for name in tree { try project.directory.write(name, "x") }
    return project
  }

  @Test(arguments: globs) func glob(_ test: Case) throws {
    let project = try Self.project()
    var configuration = try project.configuration(
      "acls: [a.json]\ncorpora:\n  - \"\(test.pattern)\"")
    let diagnostics = configuration.expandPaths(in: project.files)
    #expect(configuration.acls[0].corpora.paths == test.paths)
    #expect(diagnostics.count == (test.paths.isEmpty ? 1 : 0))
    for diagnostic in diagnostics { #expect(diagnostic.place?.pointer.description == "/corpora/0") }
  }

  @Test func linksToAboveDoNotLoop() throws {
    let project = try Self.project()
    try FileManager.default.createSymbolicLink(
      atPath: project.directory.path + "/logs/x/loop", withDestinationPath: "..")
    var configuration = try project.configuration("acls: [a.json]\ncorpora: logs/**")
    #expect(configuration.expandPaths(in: project.files) == [])
    #expect(configuration.acls[0].corpora.paths.count == 6)
  }

  @Test func absolutePatterns() throws {
    let project = try Self.project()
    let root = project.directory.path
    var configuration = try project.configuration("acls: [a.json]\ncorpora: \(root)/?.json")
    #expect(configuration.expandPaths(in: project.files) == [])
    #expect(configuration.acls[0].corpora.paths == ["\(root)/a.json", "\(root)/b.json"])
  }

  @Test func eachPathOnce() throws {
    let project = try Self.project()
    var configuration = try project.configuration(
      "acls: [a.json]\ncorpora: [logs/2.gz, \"logs/?.gz\", logs/1.gz]")
    _ = configuration.expandPaths(in: project.files)
    #expect(configuration.acls[0].corpora.paths == ["logs/2.gz", "logs/1.gz", "logs/é.gz"])
  }

  /// What stands for nothing is told, once for all web ACLs, with its place.
  @Test func whatStandsForNothing() throws {
    let project = try Self.project()
    let text = """
      acls: [a.json, none.json]
      with: [no-with, "no-*"]
      corpora: no.gz
      tests: [logs, "logs/x*"]
      rulesets: a.json
      geoip: logs
      """
    let reading = try project.read(text)
    var configuration = try #require(reading.configuration)
    var told = reading
    told.diagnostics = configuration.expandPaths(in: project.files)
    #expect(
      told.lines.sorted() == [
        "1:16 error no-such-file: there is no file 'none.json'",
        "2:17 error no-such-file: no file fits 'no-*'",
        "2:8 error no-such-file: there is no file 'no-with'",
        "3:10 error no-such-file: there is no file 'no.gz'",
        "4:15 error no-such-file: no file fits 'logs/x*'",
        "4:9 error no-such-file: 'logs' is a directory; files are asked for; "
          + "did you mean 'logs/**'?",
        "5:11 error no-such-file: 'a.json' is a file; a directory is asked for",
        "6:8 error no-such-file: 'logs' is a directory; files are asked for; "
          + "did you mean 'logs/**'?",
      ])
  }

  // MARK: Joining

  @Test(arguments: [
    ("", "a", "a"), ("", "./a", "a"), ("x/", "a", "x/a"), ("x/", "./a//b", "x/a/b"),
    ("x/", "../a", "a"), ("../", "a", "../a"), ("../", "../a", "../../a"), ("x/", "/a", "/a"),
    ("x/", "/a/../b", "/b"), ("", "a/", "a"), ("x/", "..", "."), ("", ".", "."),
    // `link` is one: what lies above it is somewhere else.
    ("", "link/../a", "link/../a"),
  ])
  func join(_ directory: String, _ path: String, _ joined: String) throws {
    let project = try Project("x/y")
    try FileManager.default.createSymbolicLink(
      atPath: project.directory.path + "/link", withDestinationPath: "/")
    #expect(project.files.join(directory, path) == joined)
  }

  // MARK: Finding the configuration

  struct Search: CustomTestStringConvertible {
    var files: [String]
    var from: String
    var found: String?
    var testDescription: String { "\(from) of \(files)" }

    init(_ files: [String], from: String, _ found: String?) {
      self.files = files
      self.from = from
      self.found = found
    }
  }

  static let searches = [
    Search(["wafcast.yml", ".git/x"], from: "", "wafcast.yml"),
    Search(["wafcast.yaml", ".git/x"], from: "a/b", "../../wafcast.yaml"),
    Search(["wafcast.json", "a/wafcast.yml", ".git/x"], from: "a/b", "../wafcast.yml"),
    // Not beyond the repository, whose root may have a `.git` file (a worktree).
    Search(["wafcast.yml", "a/.git/x"], from: "a/b", nil),
    Search(["wafcast.yml", "a/.git"], from: "a/b", nil),
    Search(["a/wafcast.yml", "a/.git"], from: "a/b", "../wafcast.yml"),
    // A directory is no configuration.
    Search(["wafcast.yml/x", ".git/x"], from: "", nil),
  ]

  @Test(arguments: searches) func search(_ test: Search) throws {
    let directory = try TemporaryDirectory()
    for name in test.files + ["a/b/c"] { try directory.write(name, "") }
    let from = test.from.isEmpty ? directory.path : directory.path + "/" + test.from
    let files = ProjectFiles(workingDirectory: from)
    #expect(try files.findConfiguration() == test.found)
    if let found = test.found { #expect(files.kind(of: found) == .file) }
  }

  @Test func twoConfigurationsOfOneDirectory() throws {
    let project = try Project("wafcast.yml", "wafcast.json")
    let error = #expect(throws: Diagnostic.self) { try project.files.findConfiguration() }
    #expect(error?.message == "there are several configurations: 'wafcast.yml' and 'wafcast.json'")
  }

  // MARK: The old side

  @Test(arguments: [
    ("main", BaseReference.Target.revision("main")),
    ("origin/main", .revision("origin/main")),
    ("HEAD~1", .revision("HEAD~1")),
    // A directory of the name is there.
    ("release", .revision("release")),
    ("release/", .file("release")),
    ("./release", .file("release")),
    ("../old.json", .file("../old.json")),
    ("/old", .file("/old")),
    ("old.json", .file("old.json")),
    ("OLD.YAML", .file("OLD.YAML")),
    ("present", .file("present")),
    ("main:waf/acl.json", .object(revision: "main", path: "waf/acl.json")),
    ("v1:./acl.json", .object(revision: "v1", path: "./acl.json")),
    ("odd:name", .file("odd:name")),
  ])
  func base(_ text: String, _ target: BaseReference.Target) throws {
    let project = try Project("release/x", "present", "odd:name")
    #expect(BaseReference(text)?.target(in: project.files) == target)
  }

  @Test(arguments: ["", "-p", "--upload-pack=x", "a b", "a\nb", "\u{1B}[31m"])
  func noBase(_ text: String) {
    #expect(BaseReference(text) == nil)
  }

  @Test func aBaseIsRelativeToTheConfiguration() throws {
    let project = try Project("conf/old.json")
    let configuration = try project.configuration(
      "acls: [a.json]\nbase: old.json", as: "conf/wafcast.yml")
    #expect(
      configuration.acls[0].base.value?.target(in: project.files) == .file("conf/old.json"))
  }
}
