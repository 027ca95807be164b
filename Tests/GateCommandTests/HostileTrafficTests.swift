import Foundation
import TestSupport
import Testing

/// Requests are hostile and secret: whatever the form of the report, it is inert and tells nothing.
@Suite struct HostileTrafficTests {
  private static let formats = [
    "text", "json", "junit", "sarif", "github", "summary", "markdown", "codequality",
  ]

  private static let paths = [
    "/admin/<script>alert(1)</script>", "/admin/\u{1B}[31mred\u{1B}[0m\u{07}",
    "/admin/\n::error::pwned", "/admin/\r\n::stop-commands::x", "::set-output name=x::y /admin/",
    "/admin/![x](http://evil.example/x.png)", "/admin/[a](javascript:x) @octocat #123",
    "/admin/|`a`|``b``", "/admin/]]>&<a b='c'>", "/admin/\u{202E}txt.exe", "/admin/\u{0}\u{FFFE}x",
    "/admin/" + String(repeating: "A", count: 4000), "/admin/{0}{1}", "/admin/</details>-->",
    "/admin/www.evil.example https://evil.example/",
  ]

  private static let canaries = [
    "CANARYcookie", "CANARYauth", "CANARYquery", "CANARYbody", "CANARYkey", "CANARYset",
  ]

  private func repository() throws -> Repository {
    var traffic = Self.paths.map { Gate.record($0) }.joined()
    traffic += Gate.record(
      "/admin/secret", method: "POST", args: "token=CANARYquery&password=CANARYquery2&q=1",
      headers: [
        ("Cookie", "session=CANARYcookie"), ("Authorization", "Bearer CANARYauth"),
        ("X-Api-Key", "CANARYkey"), ("X-Amz-Security-Token", "CANARYset"),
      ], body: "user=a&secret=CANARYbody")
    // Bytes that are no text.
    var bytes = Array(traffic.utf8)
    bytes += Array(Gate.record("/admin/QQQ").replacing("QQQ", with: "%FF").utf8)
    let repository = try Repository([
      "old.json": Gate.acl([]),
      "new.json": Gate.acl([
        Gate.rule("admin", 0, Gate.contains("/admin")),
        Gate.rule("body", 1, Gate.contains("secret=", "Body")),
      ]),
    ])
    try repository.folder.write("traffic.ndjson", bytes)
    return repository
  }

  @Test(arguments: formats) func everyReportIsInert(format: String) throws {
    let repository = try repository()
    let run = try repository.wafcast(
      "diff", "old.json", "new.json", "traffic.ndjson", "--report", "\(format)=out",
      environment: ["GITHUB_STEP_SUMMARY": repository.path("summary.md")])
    #expect(run.status == 1)
    let text = try repository.read("out")
    #expect(text.count > 100)
    for canary in Self.canaries { #expect(!(text + run.errors).contains(canary)) }
    for scalar in text.unicodeScalars where scalar.value < 0x20 { #expect(scalar == "\n") }
    #expect(!text.unicodeScalars.contains("\u{202E}"))
    for line in text.split(separator: "\n") where line.hasPrefix("::") {
      #expect(format == "github")
      #expect(["::error ", "::warning ", "::notice "].contains { line.hasPrefix($0) })
    }
    #expect(text.split(separator: "\n").allSatisfy { $0.count < 20_000 })
    switch format {
    case "json", "sarif", "codequality":
      _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
    case "junit":
      #expect(!text.contains("<script"))
      #expect(!text.contains("]]>"))
      #expect(!text.contains("<a b="))
    case "summary", "markdown":
      // Outside of code spans nothing is a mention, a link or an image.
      let prose = Self.withoutCode(text)
      #expect(!prose.contains("<script"))
      #expect(
        prose.components(separatedBy: "<details>").count
          == prose.components(separatedBy: "</details>").count)
      for mark in [
        "@octocat", "](http", "](javascript", "https://evil", "www.evil", "-->x", " #123",
      ] {
        #expect(!prose.contains(mark))
      }
    default: break
    }
  }

  /// The text without code spans, of any number of backticks.
  private static func withoutCode(_ text: String) -> String {
    var result = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var rest = Substring(line)
      while let start = rest.firstIndex(of: "`") {
        if start > rest.startIndex, rest[rest.index(before: start)] == "\\" {
          result += rest[...start]
          rest = rest[rest.index(after: start)...]
          continue
        }
        result += rest[..<start]
        let fence = rest[start...].prefix { $0 == "`" }
        let after = rest[fence.endIndex...]
        guard let end = after.range(of: fence) else {
          rest = after
          break
        }
        rest = after[end.upperBound...]
      }
      result += rest + "\n"
    }
    return result
  }

  @Test func aReportThatCannotBeWrittenIsAnError() throws {
    let repository = try repository()
    let run = try repository.wafcast(
      "diff", "old.json", "new.json", "traffic.ndjson", "--report", "json=missing/out.json")
    #expect(run.status == 2)
    #expect(run.errors.contains("missing/out.json can't be written"))
    let input = try repository.wafcast(
      "diff", "old.json", "new.json", "traffic.ndjson", "--report", "json=traffic.ndjson")
    #expect(input.status == 2)
    #expect(input.errors.contains("is an input"))
  }

  @Test func filesAreTheirOwnersAlone() throws {
    let repository = try repository()
    _ = try repository.wafcast(
      "diff", "old.json", "new.json", "traffic.ndjson", "--report", "json=a.json", "--report",
      "sarif=b.sarif", "--report", "text")
    _ = try repository.wafcast("replay", "new.json", "traffic.ndjson", "--output", "c.ndjson")
    for file in ["a.json", "b.sarif", "c.ndjson"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: repository.path(file))
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }
  }

  @Test(arguments: formats) func workersLeaveNoTrace(format: String) throws {
    let repository = try repository()
    var texts: Set<String> = []
    for workers in ["1", "2", "8"] {
      _ = try repository.wafcast(
        "diff", "old.json", "new.json", "traffic.ndjson", "--report", "\(format)=out", "--workers",
        workers, environment: ["GITHUB_STEP_SUMMARY": repository.path("summary.md")])
      texts.insert(try repository.read("out"))
    }
    #expect(texts.count == 1)
  }
}
