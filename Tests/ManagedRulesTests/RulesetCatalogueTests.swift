import Diagnostics
import Foundation
import ManagedRules
import Testing

@Suite struct RulesetCatalogueTests {
  /// Runs with a folder of its own that is gone afterwards.
  private func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try body(folder.path)
  }

  private static let shop = RulesetFileTests.good

  private static let admin = shop.replacing(#""Example""#, with: #""AWS""#)
    .replacing(#""Name": "Shop""#, with: #""Name": "AWSManagedRulesAdminProtectionRuleSet""#)

  @Test func directoryAddsAndReplaces() throws {
    let files = ["b.json": Self.shop, "aws/a.json": Self.admin, "notes.txt": "no", ".c.json": "no"]
    try withFolder(files) { folder in
      var catalogue = RulesetCatalogue.bundled()
      let before = catalogue.digest()
      var sources = SourceMap()
      #expect(catalogue.load(directory: folder, sources: &sources) == [])
      #expect(sources.files == [folder + "/aws/a.json", folder + "/b.json"])
      #expect(catalogue.group(vendorName: "Example", name: "Shop")?.rules.count == 2)
      let name = "AWSManagedRulesAdminProtectionRuleSet"
      #expect(catalogue.group(vendorName: "AWS", name: name)?.title == "Shop")
      #expect(catalogue.groups.count == 16)
      #expect(catalogue.groups.last?.name == "Shop")
      #expect(catalogue.groupNames(vendorName: "Example") == ["Shop"])
      #expect(catalogue.digest() != before)
    }
  }

  @Test func brokenFileAddsNothing() throws {
    let files = ["a.json": Self.shop.replacing("exact", with: "sure"), "b.json": "{"]
    try withFolder(files) { folder in
      var catalogue = RulesetCatalogue()
      var sources = SourceMap()
      let found = catalogue.load(directory: folder, sources: &sources)
      #expect(found.map(\.code) == ["unknown-value", "syntax"])
      let place = try #require(found.first?.place)
      #expect(sources.location(of: place)?.line == 17)
      #expect(catalogue.groups == [])
    }
  }

  @Test func sameGroupTwiceIsAnError() throws {
    try withFolder(["a.json": Self.shop, "b.json": Self.shop]) { folder in
      var catalogue = RulesetCatalogue()
      var sources = SourceMap()
      let found = catalogue.load(directory: folder, sources: &sources)
      #expect(found.map(\.code) == ["repeated-group"])
      #expect(catalogue.groups.count == 1)
    }
  }

  @Test func directoryWithoutGroupsIsAnError() throws {
    try withFolder(["notes.txt": ""]) { folder in
      var catalogue = RulesetCatalogue()
      var sources = SourceMap()
      #expect(
        catalogue.load(directory: folder, sources: &sources).map(\.code) == ["no-rulesets"])
      #expect(
        catalogue.load(directory: folder + "/none", sources: &sources).map(\.code)
          == ["unreadable-file"])
    }
  }

  @Test func vendorAndNameAreComparedExactly() {
    let catalogue = RulesetCatalogue.bundled()
    #expect(catalogue.group(vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet") != nil)
    #expect(catalogue.group(vendorName: "aws", name: "AWSManagedRulesCommonRuleSet") == nil)
    #expect(catalogue.group(vendorName: "AWS", name: "awsManagedRulesCommonRuleSet") == nil)
  }

  @Test func digestIsStable() {
    #expect(RulesetCatalogue.bundled().digest() == RulesetCatalogue.bundled().digest())
    #expect(RulesetCatalogue.bundled().digest() != RulesetCatalogue().digest())
  }
}
