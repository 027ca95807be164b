import Foundation
import ManagedRules
import RulesetPages
import TestSupport
import Testing

/// The pages in `rulesets/` are what the program prints of the data.
@Suite struct RulesetPagesFilesTests {
  private static let folder = packageRoot.appending(path: "rulesets")
  private static let groups = RulesetCatalogue.bundled().groups
  private static let hint: Comment = "write the pages again with: make rulesets"

  @Test(arguments: groups.map(\.name))
  func pageIsWhatIsPrinted(_ name: String) throws {
    let group = try #require(Self.groups.first { $0.name == name })
    let page = try? String(contentsOf: Self.folder.appending(path: "\(name).md"), encoding: .utf8)
    #expect(page.map { Array($0.utf8) } == Array(RulesetPage(group).markdown.utf8), Self.hint)
  }

  @Test func noPageIsOfNothing() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { $0.hasSuffix(".md") }
    #expect(files.sorted() == (Self.groups.map { "\($0.name).md" } + ["README.md"]).sorted())
  }

  @Test func readmeHasTheList() throws {
    let readme = try String(
      contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
    let start = try #require(readme.firstRange(of: "<!-- groups -->\n"))
    let end = try #require(readme.firstRange(of: "<!-- /groups -->\n"))
    #expect(
      readme[start.upperBound..<end.lowerBound] == RulesetList(Self.groups).markdown, Self.hint)
  }
}
