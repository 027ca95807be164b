import Behaviour
import Bytes
import TestSupport
import Testing
import Transforms

/// What is known of the transformed value where only the start of the value is recorded.
@Suite struct KeptPrefixTests {
  @Test(arguments: TextTransformation.allCases)
  func keepsOnlyWhatCannotChange(_ transformation: TextTransformation) {
    var generator = SplitMix(state: 31)
    // Long escapes and runs of backslashes are rare among the pieces of the others.
    let few = Array(#"\04^ "#.utf8)
    let dense = (0..<4_000).map { _ in
      (0..<12).map { _ in few.randomElement(using: &generator) ?? 0 }
    }
    for whole in TransformationPropertyTests.inputs(seed: 32, count: 6_000) + dense {
      let start = Array(whole.prefix(Int.random(in: 0...whole.count, using: &generator)))
      guard let kept = kept(start, transformation) else { continue }
      #expect(kept <= start.count)
      for flipping in [[], transformation.openQuestions] {
        let part = transformation.applied(to: Array(start.prefix(kept)), flipping: flipping)
        let all = transformation.applied(to: whole, flipping: flipping)
        #expect(all.output.starts(with: part.output), "\(start) of \(whole)")
      }
    }
  }

  /// Where nothing is kept because one byte behind the cut can change everything.
  static let keepingNothing: Set<TextTransformation> = [
    .base64Decode, .hexDecode, .normalizePath, .normalizePathWin, .md5, .sha256,
  ]

  @Test(arguments: TextTransformation.allCases)
  func keepsAllOfPlainText(_ transformation: TextTransformation) {
    let text = "user.name: x".utf8Bytes
    let kept = kept(text, transformation)
    #expect(kept == (Self.keepingNothing.contains(transformation) ? nil : text.count))
    #expect(self.kept([], transformation) == (kept == nil ? nil : 0))
  }

  struct Cut: CustomTestStringConvertible {
    var transformation: TextTransformation
    var start: String
    var kept: Int
    var testDescription: String { "\(transformation) \(start.debugDescription)" }

    init(_ transformation: TextTransformation, _ start: String, _ kept: Int) {
      self.transformation = transformation
      self.start = start
      self.kept = kept
    }
  }

  static let cuts: [Cut] = [
    .init(.urlDecode, "ab%4", 2), .init(.urlDecode, "ab%41", 5), .init(.urlDecode, "%41%", 3),
    .init(.urlDecodeUni, "%u004", 0), .init(.urlDecodeUni, "%u0041", 6),
    .init(.jsDecode, #"ab\u00"#, 2), .init(.jsDecode, #"ab\\cdefg"#, 9),
    .init(.jsDecodeExt, #"ab\"#, 2), .init(.escapeSeqDecode, #"ab\010"#, 2),
    .init(.escapeSeqDecode, #"ab\0100"#, 7), .init(.cssDecode, #"ab\00004"#, 2),
    .init(.cssDecode, #"ab\000041"#, 9), .init(.sqlHexDecode, "a0", 1),
    .init(.sqlHexDecode, "a0x4", 1), .init(.sqlHexDecode, "a0x41", 5),
    .init(.sqlHexDecode, "a0x414", 5), .init(.utf8ToUnicode, "é", 2),
    .init(.htmlEntityDecode, "a&l", 1), .init(.htmlEntityDecode, "a&lt;", 5),
    .init(.htmlEntityDecode, "a&#60", 1), .init(.htmlEntityDecode, "a& b", 4),
    .init(.replaceComments, "a/", 1), .init(.replaceComments, "a/*b", 4),
    .init(.removeCommentsChar, "a-", 1), .init(.removeCommentsChar, "a--", 3),
    .init(.cmdLine, "a \"", 1), .init(.cmdLine, "a /", 3), .init(.cmdLineWin, "a \\", 1),
    .init(.cmdLineWin, "a^\r", 1), .init(.trim, " a ", 3), .init(.base64DecodeExt, "QUI", 3),
  ]

  @Test(arguments: cuts)
  func cutsBeforeWhatIsOpen(_ cut: Cut) {
    #expect(kept(cut.start.utf8Bytes, cut.transformation) == cut.kept)
  }

  @Test func cutsBeforeAnUnfinishedCharacter() {
    let bytes: [UInt8] = [0x61, 0xf0, 0x9f, 0x98, 0x80]
    for count in 0...bytes.count {
      let kept = kept(Array(bytes.prefix(count)), .utf8ToUnicode)
      #expect(kept == (count == 5 ? 5 : min(count, 1)))
    }
  }

  private func kept(_ start: [UInt8], _ transformation: TextTransformation) -> Int? {
    transformation.keptPrefix(of: start.span)
  }
}
