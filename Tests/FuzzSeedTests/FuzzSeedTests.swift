import Diagnostics
import Foundation
import FuzzEntries
import Testing

/// Every kept input of a fuzz target runs through the target: what was found once stays found.
@Suite struct FuzzSeedTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("corpora/fuzz")

  @Test(arguments: FuzzTarget.allCases)
  func seedsKeepTheInvariants(target: FuzzTarget) throws {
    let seeds = try FileManager.default.contentsOfDirectory(
      at: Self.folder.appendingPathComponent(target.rawValue), includingPropertiesForKeys: nil)
    #expect(!seeds.isEmpty, "\(target.rawValue) has no seeds")
    for seed in seeds.sorted(by: { $0.path < $1.path }) {
      let input = Array(try Data(contentsOf: seed))
      do throws(FuzzFailure) {
        try target.run(input)
      } catch {
        Issue.record("\(seed.lastPathComponent): \(error)")
      }
    }
  }

  /// A folder that no target is named for would be forgotten.
  @Test func everyFolderIsATargets() throws {
    let known = Set(FuzzTarget.allCases.flatMap { [$0.rawValue, $0.rawValue + ".dict"] })
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder.path) {
      #expect(known.contains(name), "corpora/fuzz/\(name)")
    }
  }

  /// The web ACL that records run against is whole.
  @Test func theRichWebACLHasNoErrors() {
    let errors = RichProgram.diagnostics.filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(errors.prefix(5))")
  }

  @Test func emptyInputsAreFine() throws {
    for target in FuzzTarget.allCases { try target.run([]) }
  }
}
