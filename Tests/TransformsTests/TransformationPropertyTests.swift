import Behaviour
import TestSupport
import Testing
import Transforms

/// What holds for any bytes, tried on random ones; the seed is fixed.
@Suite struct TransformationPropertyTests {
  /// What transformations react to, so that random inputs hit it.
  static let pieces: [[UInt8]] =
    [
      "%", "%2", "%41", "%2b", "%u", "%U", "%u0041", "%uff1c", "%uFF5f", "+", "&", "#", "x", ";",
      "&#", "&#x3c", "&#60", "&#x13c;", "&lt", "&lt;", "&apos;", "&NewLine;", "&foo;", " ", "  ",
      "\t", "\n", "/", "//", "/.", "/..", "..", ".", "a", "Z", "=", "==", "QUI", "-", "_", "0",
      "\\", "\\\\", "\\u", "\\uff1c", "\\x4", "\\x41", "\\101", "\\0101", "\\ff1c", "\\n", "\\q",
      "1", "f", "4",
      "0x", "0x41", "41", "*", "/*", "*/", "--", "'", "\"", "^", "^\r\n", "^\n", "`", ",", "(",
      "\r",
    ].map { Array($0.utf8) }
    + [[0], [0xa0], [0xc2, 0xa0], [0xff], [0x0b], [0x80], [0xe6, 0x97, 0xa5], [0xf0, 0x9f]]

  static func inputs(seed: UInt64, count: Int) -> [[UInt8]] {
    var generator = SplitMix(state: seed)
    return (0..<count).map { index in
      let length = Int.random(in: 0...10, using: &generator)
      // One in four is plain noise.
      if index % 4 == 0 {
        return (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      }
      return (0..<length).flatMap { _ in pieces.randomElement(using: &generator) ?? [] }
    }
  }

  @Test(arguments: TextTransformation.allCases)
  func tellsWhatChangedAndWhatItHangsOn(_ transformation: TextTransformation) {
    for input in Self.inputs(seed: 1, count: 3_000) {
      let (output, effect) = transformation.applied(to: input)
      var buffer: [UInt8] = []
      let changed = transformation.apply(to: input.span, into: &buffer).changed
      #expect(!changed || buffer != input, "\(input)")
      #expect(effect.questions.isSubset(of: transformation.openQuestions), "\(input)")

      for index in 0..<OpenQuestions.count {
        let question = OpenQuestions(rawValue: 1 << UInt32(index))
        let flipped = transformation.applied(to: input, flipping: question)
        // Exactly the questions that are named make a difference.
        #expect((flipped.output != output) == effect.questions.contains(question), "\(input)")
        #expect(flipped.effect.questions == effect.questions, "\(input)")
        #expect(flipped.effect.changed == (flipped.output != input), "\(input)")
      }
    }
  }

  @Test(arguments: TextTransformation.allCases.filter(\.isIdempotent))
  func doesNothingTheSecondTime(_ transformation: TextTransformation) {
    for input in Self.inputs(seed: 2, count: 4_000) {
      for flipping in [[], transformation.openQuestions] {
        let once = transformation.applied(to: input, flipping: flipping).output
        let twice = transformation.applied(to: once, flipping: flipping)
        #expect(twice.output == once, "\(input)")
        #expect(!twice.effect.changed, "\(input)")
      }
    }
  }

  /// Inputs that a second time changes again, in the default reading or in the other.
  static let changingTwice: [(transformation: TextTransformation, input: String)] = [
    (.urlDecode, "%2561"), (.urlDecodeUni, "%u002561"), (.htmlEntityDecode, "&amp;lt;"),
    (.base64Decode, "UVVGQg=="), (.base64DecodeExt, "UVVGQg=="), (.hexDecode, "3431"),
    (.sqlHexDecode, "0x30783431"), (.escapeSeqDecode, #"\\n"#), (.jsDecode, #"\\n"#),
    (.jsDecodeExt, #"\\/"#), (.cssDecode, #"\\n"#), (.removeCommentsChar, "/--*"),
    (.cmdLine, ",/"), (.md5, ""), (.sha256, ""),
  ]

  @Test func callsNothingIdempotentThatIsNot() {
    for (transformation, input) in Self.changingTwice {
      #expect(!transformation.isIdempotent)
      let changesAgain = [[], transformation.openQuestions].contains { flipping in
        let once = transformation.applied(to: input.utf8Bytes, flipping: flipping).output
        return transformation.applied(to: once, flipping: flipping).effect.changed
      }
      #expect(changesAgain, "\(transformation)")
    }
    #expect(
      Set(Self.changingTwice.map(\.transformation))
        == Set(TextTransformation.allCases.filter { !$0.isIdempotent }))
  }

  /// The transformations that change every text.
  static let changingPlainText: Set<TextTransformation> = [
    .uppercase, .base64Decode, .base64DecodeExt, .md5, .sha256,
  ]

  @Test(arguments: TextTransformation.allCases)
  func leavesPlainTextAlone(_ transformation: TextTransformation) {
    let effect = transformation.applied(to: Array("/shop/items?id=42".utf8)).effect
    #expect(effect.changed == Self.changingPlainText.contains(transformation))
    // It is no hexadecimal and no base64.
    let mayHang = transformation == .hexDecode || transformation == .base64Decode
    #expect(effect.questions == (mayHang ? .invalidEncoding : []))
  }

  @Test func normalizesPathsLikeAPlainStack() {
    for input in Self.inputs(seed: 3, count: 20_000) {
      #expect(
        TextTransformation.normalizePath.applied(to: input).output == normalizedByStack(input),
        "\(input)")
    }
  }

  /// The definition, without regard to speed.
  private func normalizedByStack(_ input: [UInt8]) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    let isAbsolute = input.first == slash
    var stack: [[UInt8]] = []
    for segment in input.split(separator: slash).map(Array.init) where segment != Array(".".utf8) {
      if segment != Array("..".utf8) {
        stack.append(segment)
      } else if let last = stack.last, last != segment {
        stack.removeLast()
      } else if !isAbsolute {
        stack.append(segment)
      }
    }
    var output = isAbsolute ? [slash] : []
    output += stack.joined(separator: [slash])
    if input.last == slash, !stack.isEmpty { output.append(slash) }
    return output
  }

  @Test func decodesEveryPercentPair() {
    for byte in UInt8.min...UInt8.max {
      for spelling in [String(byte, radix: 16), String(byte, radix: 16, uppercase: true)] {
        let digits = spelling.count == 1 ? "0" + spelling : spelling
        let input = Array("%\(digits)".utf8)
        #expect(TextTransformation.urlDecode.applied(to: input).output == [byte])
        #expect(TextTransformation.urlDecodeUni.applied(to: input).output == [byte])
      }
    }
  }
}
