import CRulesets
import Diagnostics
import Foundation
import ManagedRules
import Testing
import WAFModel

/// The files in the binary; ``ReferenceTests`` holds what they say against the reference.
@Suite struct BundledRulesetsTests {
  static let groups = RulesetCatalogue.bundled().groups

  @Test func everyFileReadsWithoutDiagnostics() {
    #expect(RulesetCatalogue.bundledDiagnostics() == [])
    #expect(Self.groups.count == ReferenceGroup.all.count)
  }

  @Test(arguments: ReferenceGroup.all)
  func labelsAreUniqueAndStandInTheNamespace(_ reference: ReferenceGroup) throws {
    let group = try #require(Self.groups.first { $0.name == reference.name })
    for version in group.versions.map(\.number.name) + ["Version_999.0"] {
      let labels = group.content(version: version).rules.compactMap(\.label)
      #expect(Set(labels).count == labels.count, "\(version)")
    }
    #expect(Set(group.availableLabels).count == group.availableLabels.count)
    #expect(Set(group.availableLabels).isSuperset(of: group.rules.compactMap(\.label)))
    #expect(group.availableLabels.allSatisfy { $0.hasPrefix(group.labelNamespace) })
  }

  /// What is exact rests on the documentation: the branch's source, or the rule's where the branch
  /// has a log besides.
  @Test func exactBranchesAreDocumented() {
    for rule in Self.groups.flatMap(\.rules) {
      guard case .branches(let branches, _, _) = rule.model else { continue }
      for branch in branches where branch.fidelity == .exact {
        #expect(
          [branch.source, rule.source].contains { $0.contains("docs.aws.amazon.com") },
          "\(rule.name): \(branch.looksFor)")
      }
    }
  }

  /// Versions, their dates and the default hang together.
  @Test(arguments: ReferenceGroup.all)
  func versionsAreInOrder(_ reference: ReferenceGroup) throws {
    let group = try #require(Self.groups.first { $0.name == reference.name })
    for major in Set(group.versions.map(\.number.major)) {
      let line = group.versions.filter { $0.number.major == major }
      #expect(line.map(\.number) == line.map(\.number).sorted(), "oldest first")
      let dates = line.compactMap(\.date)
      #expect(dates == dates.sorted())
      #expect(dates.allSatisfy { $0.wholeMatch(of: /\d{4}(-\d{2}){0,2}/) != nil })
    }
    #expect(group.versions.allSatisfy { !$0.changes.isEmpty })
  }

  /// Each rule and each branch is in a version that is known.
  @Test(arguments: ReferenceGroup.all)
  func nothingIsInNoVersion(_ reference: ReferenceGroup) throws {
    let group = try #require(Self.groups.first { $0.name == reference.name })
    let versions = group.versions.isEmpty ? [nil] : group.versions.map { Optional($0.number) }
    for rule in group.rules {
      let present = versions.filter { rule.versions.cover($0) }
      #expect(!present.isEmpty, "\(rule.name)")
      guard case .branches(let branches, _, _) = rule.model else { continue }
      for branch in branches where !present.contains(where: { branch.versions.cover($0) }) {
        Issue.record(
          "\(rule.name), \(rule.versions.map(\.words)): no version has '\(branch.looksFor)'")
      }
      for version in present {
        #expect(branches.contains { $0.versions.cover(version) }, "\(rule.name) has no branch")
      }
    }
  }

  @Test func binaryHoldsTheFilesOfTheFolder() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../rulesets/aws").standardizedFileURL
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    var embedded: [String: [UInt8]] = [:]
    for index in 0..<wafcast_ruleset_count() {
      let ruleset = wafcast_ruleset_at(index)
      embedded[String(cString: ruleset.name) + ".json"] = Array(
        UnsafeBufferPointer(start: ruleset.bytes, count: ruleset.size))
    }
    #expect(embedded.keys.sorted() == files.sorted())
    for file in files {
      let bytes = [UInt8](try Data(contentsOf: folder.appending(path: file)))
      // Not the arrays: their difference would fill pages.
      let isSame = embedded[file] == bytes
      #expect(isSame, "\(file)")
    }
    #expect(wafcast_ruleset_at(wafcast_ruleset_count()).size == 0)
  }
}
