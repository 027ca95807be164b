import Foundation
import ManagedRules
import ReportText
import RulesetPages
import TestSupport
import Testing

@Suite struct RulesetPageTests {
  @Test func text() throws {
    let page = RulesetPage(try SampleGroup.read()).text(TextStyle())
    #expect(Snapshot("page.txt").difference(from: page) == nil)
  }

  @Test func markdown() throws {
    let page = RulesetPage(try SampleGroup.read()).markdown
    #expect(Snapshot("page.md").difference(from: page) == nil)
  }

  @Test func json() throws {
    let page = RulesetPage(try SampleGroup.read()).json.prettyText
    #expect(Snapshot("page.json").difference(from: page + "\n") == nil)
    _ = try JSONSerialization.jsonObject(with: Data(page.utf8))
  }

  /// Of a version only what is in it, without the history of the group.
  @Test(arguments: [("Version_1.0", true, false), ("Version_2.0", false, true)])
  func versionHasItsOwnContent(_ version: String, _ hasRule: Bool, _ hasBranch: Bool) throws {
    let page = RulesetPage(try SampleGroup.read(), version: version).text(TextStyle())
    #expect(page.contains("Old_BODY") == hasRule)
    #expect(page.contains("fence") == hasBranch)
    #expect(!page.contains("Older_RULE"))
  }

  /// The version is named, as text and as data; one that is not known never gets here, the command
  /// refuses it (RulesetsCommandTests).
  @Test(arguments: ["Version_1.0", "Version_2.0"])
  func versionIsNamed(_ version: String) throws {
    let page = RulesetPage(try SampleGroup.read(), version: version)
    let line = page.text(TextStyle()).split(separator: "\n").first { $0.contains("  version  ") }
    #expect(line?.hasSuffix(version) == true)
    #expect(page.json.prettyText.contains("\"version\": \"\(version)\""))
  }

  /// No text of the data is markup, whatever is in it.
  @Test(arguments: [
    "<script>alert(1)</script>", "[a](javascript:x)", "![a](https://x.example/p.png)",
    "*a* _b_ `c`",
    "a | b", "@someone", "# head", "~~gone~~", "&lt;", "\\", "https://evil.example/<b>",
    "http://a.example", "www.a.example",
  ])
  func markupIsEscaped(_ text: String) throws {
    let quoted = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    let group = try SampleGroup.read(
      SampleGroup.text.replacing(
        #""Documentation": "Old.""#, with: #""Documentation": "\#(quoted)""#))
    let markdown = RulesetPage(group).markdown
    let line = try #require(
      markdown.split(separator: "\n").drop { !$0.hasPrefix("### 1.") }.dropFirst().first)
    // What is left without escapes: letters, and links that the page makes itself.
    let bare = line.replacing(/\\./, with: "").replacing(/&(lt|gt|amp);/, with: "")
      .replacing(/<https:[^<>]*>/, with: "")
    #expect(!bare.contains(/[<>\[\]`*_|#~\\]/), "\(line)")
    #expect(!bare.contains(/@\w|https?:\/\/|www\./), "\(line)")
  }

  @Test(arguments: ["```", "a`b", "`", " a", "|`|", "\u{1B}[31m", "````text"])
  func codeEndsWhereItShould(_ text: String) throws {
    let quoted = text.replacing("\u{1B}", with: "\\u001b")
    let group = try SampleGroup.read(
      SampleGroup.text.replacing(#""Uri": "/a|b?`x`""#, with: #""Uri": "\#(quoted)""#)
        .replacing(#""RegexString": "```|a""#, with: #""RegexString": "\#(quoted)""#))
    let markdown = RulesetPage(group).markdown
    #expect(!markdown.contains("\u{1B}"))
    // Each fence of a condition is closed by one of its own length, and holds none that long.
    var open: Substring?
    for line in markdown.split(separator: "\n") {
      let fence = line.drop { $0 == " " }.prefix { $0 == "`" }
      guard fence.count >= 3 else { continue }
      if let start = open {
        if fence.count >= start.count { open = nil }
      } else if line.hasSuffix("text") {
        open = fence
      }
    }
    #expect(open == nil)
    #expect(RulesetPage(group).text(TextStyle()).contains("\u{1B}") == false)
  }

  @Test func list() throws {
    let list = RulesetList([try SampleGroup.read()])
    #expect(
      list.markdown == """
        | Group |  | Version | WCU | Rules | Modelled |
        |---|---|---|---|---|---|
        | [Shop](Shop.md) | Shop &lt;b&gt;x&lt;/b&gt; | Version\\_2.0 | 1,010 | 1 | 1 |

        """)
    #expect(list.text(TextStyle()).contains("Version_2.0  1,010      1         1           0"))
  }
}
