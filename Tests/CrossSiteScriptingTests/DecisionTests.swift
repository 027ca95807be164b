import Testing

@testable import CrossSiteScripting

/// The parts that decisions are made of.
@Suite struct DecisionTests {
  @Test(arguments: [
    ("&#106;", 106, 6), ("&#x6A;", 106, 6), ("&#X6a;", 106, 6), ("&#106x", 106, 5),
    ("&#x6ag", 106, 5), ("&#0000000000000000000000106;", 106, 28), ("&#0;", 0, 4), ("&#1", 1, 3),
    ("&#1114111;", 1_114_111, 10), ("&#1114112;", 38, 1), ("&#99999999999999999999;", 38, 1),
    ("&", 38, 1), ("&#", 38, 1), ("&#;", 38, 1), ("&#x", 38, 1), ("&#x;", 38, 1), ("&Tab;", 38, 1),
    ("j", 106, 1), ("\u{e9}", 0xC3, 1),
  ])
  func characterReferences(text: String, value: Int, count: Int) {
    let bytes = Array(text.utf8)
    let (read, width) = CharacterReferences.character(bytes.span, at: 0, before: bytes.count)
    #expect(read == value && width == count)
  }

  @Test(arguments: [
    ("javascript:", true), ("JAVA", true), ("data", true), ("VBScript", true),
    ("view-source", true), ("  \u{1}\u{80}java", true), ("j\0a\nva", true), ("&#10;&#0;java", true),
    ("&#32;java", true), ("&#x6a;&#97va", true), ("d&#97;ta", true), ("", false), ("jav", false),
    ("j\tava", false), ("xjava", false), ("j&#9;ava", false), ("&#32; \u{80}java", false),
    ("&amp;java", false), ("&#x16a;ava", false), ("&#x14a;ava", false), ("java&#x16a;", true),
    ("http://java", false),
  ])
  func scriptURLs(text: String, isOne: Bool) {
    let bytes = Array(text.utf8)
    #expect(ScriptURL.matches(bytes.span, 0..<bytes.count) == isOne)
  }

  /// A name reads alike whether sixteen bytes follow it or not.
  @Test(arguments: [
    "a", "onClick", "XLINK:href", "ATTRIBUTENAME", "[@`{~\u{e9}Zz", "sixteen-letters!",
  ])
  func packedNames(text: String) {
    let bytes = Array(text.utf8)
    let lowercased = Array(text.lowercased().utf8)
    let long = bytes + Array(repeating: 0x58, count: 16)
    let alone = PackedName(bytes.span, 0..<bytes.count)
    #expect(PackedName(long.span, 0..<bytes.count) == alone)
    #expect(PackedName(lowercased.span, 0..<bytes.count) == alone)
    #expect(alone.count == bytes.count && !alone.hasNUL)
    #expect(PackedName(skippingNULsIn: ([0] + bytes + [0]).span, 0..<(bytes.count + 2)) == alone)
  }

  @Test(arguments: [
    ("\0", true), ("a\0", true), ("\0a", true), ("abcdefghijklmno\0", true), ("abc", false),
    ("abcdefghijklmnop\0", false), ("\u{1}", false), ("", false),
  ])
  func nulsInNames(text: String, has: Bool) {
    let bytes = Array(text.utf8)
    #expect(PackedName(bytes.span, 0..<bytes.count).hasNUL == has)
  }

  @Test func prefixesOfNames() {
    func name(_ text: String) -> PackedName {
      let bytes = Array(text.utf8)
      return PackedName(bytes.span, 0..<bytes.count)
    }
    #expect(name("svgfoo").hasPrefix(PackedName("svg")))
    #expect(name("svg").hasPrefix(PackedName("svg")))
    #expect(!name("sv").hasPrefix(PackedName("svg")))
    #expect(name("readystatechange").hasPrefix(PackedName("readystatechange")))
    #expect(name("readystatechanges").hasPrefix(PackedName("readystatechange")))
    #expect(name("readystatechanges") != PackedName("readystatechange"))
    #expect(!name("readystatechang").hasPrefix(PackedName("readystatechange")))
  }

  @Test(arguments: [
    ("alpha", 1), ("alphabet", 2), ("beta", 3), ("zeta", 4), ("alph", nil), ("eta", nil),
    ("", nil), ("{", nil),
  ])
  func nameTables(text: String, meaning: Int?) {
    let table = NameTable([("alpha", 1), ("alphabet", 2), ("beta", 3), ("zeta", 4)])
    let bytes = Array(text.utf8)
    #expect(table.meaning(of: PackedName(bytes.span, 0..<bytes.count)) == meaning)
    let longer = bytes + [0x78]
    #expect(
      table.meaning(ofPrefixOf: PackedName(longer.span, 0..<longer.count))
        == (text == "alphabet" ? 1 : meaning))
  }
}
