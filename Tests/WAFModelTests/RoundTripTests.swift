import Diagnostics
import DocumentTree
import TestSupport
import Testing
import WAFChecks
import WAFModel

@Suite struct RoundTripTests {
  @Test func whatIsWrittenIsReadBack() throws {
    for seed in 0..<400 {
      var generator = ModelGenerator(random: SplitMix(state: UInt64(seed)))
      let acl = generator.webACL()
      let text =
        seed.isMultiple(of: 2)
        ? JSONWriter.pretty(acl.node()) : JSONWriter.compact(acl.node())
      let (again, diagnostics) = try read(
        WebACL.self, text, [.strict, .base64SearchStrings])
      // Empty lists are absent in a value that was made, and in its text as well.
      #expect(diagnostics.isEmpty, "seed \(seed)")
      #expect(again?.node() == acl.node(), "seed \(seed)")
      #expect(again == acl || text.contains("[]"), "seed \(seed)")
    }
  }

  @Test func checksNeverTrap() {
    var codes: Set<String> = []
    for seed in 0..<400 {
      var generator = ModelGenerator(random: SplitMix(state: UInt64(seed)))
      let found = Located(value: generator.webACL(), file: "f").check()
      codes.formUnion(found.map(\.code))
      #expect(found.allSatisfy { $0.place?.file == "f" }, "seed \(seed)")
    }
    #expect(codes.count > 20)
  }

  /// Every place that a check names is in the document.
  @Test func checksPointIntoTheDocument() throws {
    for seed in 0..<400 {
      var generator = ModelGenerator(random: SplitMix(state: UInt64(seed)))
      let acl = generator.webACL()
      let node = acl.node()
      for diagnostic in Located(value: acl, file: "f").check() {
        let place = try #require(diagnostic.place)
        // An empty list need not be written; what contains it is.
        let isThere =
          node.node(at: place.pointer) != nil || node.node(at: place.pointer.parent) != nil
        #expect(isThere, "seed \(seed): \(diagnostic)")
      }
    }
  }
}
