import Testing

@testable import Diagnostics

@Suite struct DidYouMeanTests {
  @Test(
    arguments: [
      ("ByteMatchStatment", ["RegexMatchStatement", "ByteMatchStatement"], "ByteMatchStatement"),
      ("AdminProtection_URIPath", ["AdminProtection_URIPATH"], "AdminProtection_URIPATH"),
      ("contians", ["CONTAINS", "CONTAINS_WORD"], "CONTAINS"),
      ("Rule", ["Rules", "Name"], "Rules"),
      ("xyz", ["Rules", "Name"], nil),
      ("Name", ["Name", "Names"], nil),
      ("", ["a"], nil),
      ("b", ["a", "c"], nil),
      ("abc", ["ABC", "abd"], "ABC"),
      ("abc", ["ABd", "abd"], "abd"),
      ("Blok", ["Block", "Allow", "Count"], "Block"),
    ] as [(String, [String], String?)])
  func suggestion(_ word: String, _ candidates: [String], _ expected: String?) {
    #expect(didYouMean(word, among: candidates) == expected)
  }

  @Test func longWordsCostNothing() {
    let long = String(repeating: "a", count: 100_000)
    #expect(didYouMean(long, among: [long + "b"]) == nil)
  }

  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("kitten", "sitting", 3),
    ("ca", "abc", 3), ("abcd", "badc", 2),
  ])
  func distance(_ left: String, _ right: String, _ expected: Int) {
    #expect(editDistance(Array(left.unicodeScalars), Array(right.unicodeScalars)) == expected)
    #expect(editDistance(Array(right.unicodeScalars), Array(left.unicodeScalars)) == expected)
  }
}
