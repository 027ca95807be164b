import Foundation
import TestSupport

/// A checkout of a project with the demo's web ACL, as CI has it.
struct Checkout {
  let folder: TemporaryDirectory

  /// A repository whose first commit has the web ACL with the exclusion, on the branch `main`.
  init() throws {
    folder = try TemporaryDirectory()
    for (name, file) in [
      ("waf/acl.json", "web-acl-with-exclusion.json"),
      ("waf/sets/office.json", "ip-set-monitoring.json"),
    ] {
      try folder.write(name, try Self.demo(file))
    }
    // The demo's expectations are for another story: not all of them hold here.
    let traffic = String(decoding: try Self.demo("requests.ndjson"), as: UTF8.self)
    let lines = traffic.split(separator: "\n").filter { !$0.contains("\"expect\"") }
    try folder.write("traffic.ndjson", lines.joined(separator: "\n") + "\n")
    try folder.write(
      "wafcast.yml",
      """
      version: 1
      acls:
        - file: waf/acl.json
          with: [waf/sets]
          corpora: [traffic.ndjson]
          recorded-under: ["shop-*"]
      base: main
      """)
    try git("init", "-q", "-b", "main")
    try git("add", "-A")
    try git("commit", "-q", "-m", "first")
  }

  /// Takes the exclusion out: the administration is blocked then.
  func breakWebACL() throws {
    try folder.write("waf/acl.json", try Self.demo("web-acl.json"))
  }

  func path(_ name: String) -> String { folder.path + "/" + name }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
  }

  static func demo(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: packageRoot.appending(path: "corpora/demo/\(name)")))
  }

  struct Run {
    var status: Int32
    var output: String
  }

  /// Runs a script of `integrations/` in the checkout.
  func run(
    _ script: String, _ environment: [String: String] = [:], arguments: [String] = []
  ) throws -> Run {
    var variables = environment
    variables["WAFCAST"] = try BuiltProgram("wafcast").url.path
    return try run(
      [packageRoot.appending(path: "integrations/\(script)").path] + arguments, variables)
  }

  func git(_ arguments: String...) throws {
    let run = try run(
      ["git", "-c", "user.name=Test", "-c", "user.email=test@example.com"] + arguments, [:])
    guard run.status == 0 else { throw Problem.git(run.output) }
  }

  enum Problem: Error { case git(String) }

  private func run(_ command: [String], _ environment: [String: String]) throws -> Run {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    var variables = environment
    variables["PATH"] = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    variables["HOME"] = folder.path
    variables["GIT_CONFIG_GLOBAL"] = "/dev/null"
    variables["GIT_CONFIG_SYSTEM"] = "/dev/null"
    process.environment = variables
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Run(status: process.terminationStatus, output: text)
  }
}
