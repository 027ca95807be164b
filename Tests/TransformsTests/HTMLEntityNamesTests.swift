import Bytes
import Testing

@testable import Transforms

@Suite struct HTMLEntityNamesTests {
  @Test func findsEveryNameInAnyCase() {
    #expect(HTMLEntityNames.entries.count == 46)
    for (name, character) in HTMLEntityNames.entries {
      for spelling in [name, name.lowercased(), name.uppercased()] {
        let found = HTMLEntityNames.byte(named: Array(spelling.utf8).span)
        #expect(found.map { Unicode.Scalar($0) } == character, "\(spelling)")
      }
      #expect(name.utf8.count <= HTMLEntityNames.longest)
    }
  }

  @Test(arguments: ["", "copy", "commat", "lsquo", "l", "ltt", "NonBreakingSpaces", "\u{0}lt"])
  func hasNoOtherNames(_ name: String) {
    #expect(HTMLEntityNames.byte(named: Array(name.utf8).span) == nil)
  }
}
