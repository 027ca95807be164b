import Behaviour
import TestSupport
import Testing
import Transforms

/// A value without what a transformation looks for is left alone by it, whatever the reading.
@Suite struct ByteTraitsTests {
  private static let table = ByteTraits.table
  private static let readings: [OpenQuestions] =
    [[]] + (0..<OpenQuestions.count).map { OpenQuestions(rawValue: 1 << UInt32($0)) }

  /// These look at all of a value.
  private static let lookingAtAll: Set<TextTransformation> = [
    .base64Decode, .base64DecodeExt, .hexDecode, .md5, .sha256,
  ]

  /// These have the traits of CMD_LINE, which looks for a little more.
  private static let sharingTraits: Set<TextTransformation> = [.cmdLineUnix, .cmdLineWin]

  private static let pieces: [[UInt8]] =
    TransformationPropertyTests.pieces
    + [
      "z", "Q", "9", "~", "!", "?", ":", "<b>", "^\r", "^^", "- -", "-", "---", "00x41", "0X4",
      "x41",
      "&nbsp;", "&#160", "%4", "%%", "++", "\\ ", "./", ".a", "/a", "a/.", "...", "* /", "/ *",
      "##",
      "{", "|", "$", "@", "[", "é",
    ].map { Array($0.utf8) }
    + [[0x0c], [0x1f], [0x7f], [0x85], [0xa0, 0x20], [0xc3], [0, 0]]

  /// Values made of few kinds of pieces, so that many lack what some transformation looks for.
  private static func values(seed: UInt64, count: Int) -> [[UInt8]] {
    var generator = SplitMix(state: seed)
    return (0..<count).map { _ in
      let kinds = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? []
      }
      return (0..<Int.random(in: 0...6, using: &generator)).flatMap { _ in
        kinds.randomElement(using: &generator) ?? []
      }
    }
  }

  /// The empty value, every byte, and every two of those that transformations care for.
  private static let shortValues: [[UInt8]] = {
    let bytes = (UInt8.min...UInt8.max).map { $0 }
    let marks = bytes.filter { !isAlphanumeric($0) && $0 < 0x80 && $0 > 0x08 } + [0, 0x30, 0xa0]
    return [[]] + bytes.map { [$0] } + marks.flatMap { first in marks.map { [first, $0] } }
  }()

  private static let samples = shortValues + values(seed: 31, count: 4_000)

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    Unicode.Scalar(byte).properties.isAlphabetic || (0x31...0x39).contains(byte)
  }

  private static func traits(_ value: [UInt8]) -> ByteTraits { ByteTraits(of: value.span, table) }

  @Test(arguments: TextTransformation.allCases)
  func valueWithoutWhatIsLookedForIsLeftAlone(_ transformation: TextTransformation) {
    var tried = 0
    for value in Self.samples {
      guard !Self.traits(value).intersects(transformation.changing) else { continue }
      tried += 1
      for reading in Self.readings {
        let effect = transformation.applied(to: value, flipping: reading).effect
        #expect(effect == .unchanged, "\(value) flipping \(reading)")
      }
    }
    #expect((tried == 0) == Self.lookingAtAll.contains(transformation))
    #expect(tried == 0 || tried > 1000)
  }

  /// The values above would show a trait that is missing: for each trait there is one that
  /// has no other of those that the transformation looks for, and that it changes.
  @Test(arguments: TextTransformation.allCases)
  func everyTraitIsNeeded(_ transformation: TextTransformation) {
    let changing = transformation.changing.rawValue
    var needed: UInt32 = 0
    for value in Self.samples {
      let found = Self.traits(value).rawValue & changing
      guard found.nonzeroBitCount == 1, needed & found == 0 else { continue }
      let effect = transformation.applied(to: value).effect
      if effect != .unchanged { needed |= found }
    }
    if Self.sharingTraits.contains(transformation) {
      #expect(needed & changing == needed)
    } else {
      #expect(needed == changing)
    }
  }

  // MARK: Chains

  private static func chain(_ generator: inout SplitMix) -> [TextTransformation] {
    (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      var transformation = TextTransformation.none
      repeat {
        transformation = TextTransformation.allCases.randomElement(using: &generator) ?? .none
      } while lookingAtAll.contains(transformation)
      return Int.random(in: 0..<4, using: &generator) == 0 ? .lowercase : transformation
    }
  }

  private static func applied(
    _ chain: [TextTransformation], to value: [UInt8], flipping: OpenQuestions
  ) -> (output: [UInt8], questions: OpenQuestions) {
    var output = value
    var questions: OpenQuestions = []
    for transformation in chain {
      let step = transformation.applied(to: output, flipping: flipping)
      output = step.output
      questions.formUnion(step.effect.questions)
    }
    return (output, questions)
  }

  @Test func chainLeavesAloneWhatItDoesNotLookFor() {
    var generator = SplitMix(state: 32)
    var tried = 0
    for value in Self.values(seed: 33, count: 8_000) {
      let chain = Self.chain(&generator)
      guard !Self.traits(value).intersects(.changing(chain)) else { continue }
      tried += 1
      for reading in Self.readings {
        let (output, questions) = Self.applied(chain, to: value, flipping: reading)
        #expect(output == value, "\(chain) on \(value) flipping \(reading)")
        #expect(questions.isEmpty, "\(chain) on \(value) flipping \(reading)")
      }
    }
    #expect(tried > 1500)
  }

  @Test func chainThatChangesCaseChangesNoMore() {
    var generator = SplitMix(state: 34)
    var (tried, changed) = (0, 0)
    for value in Self.values(seed: 35, count: 8_000) {
      let chain = Self.chain(&generator)
      guard !Self.traits(value).intersects(.changingMoreThanCase(chain)) else { continue }
      tried += 1
      for reading in Self.readings {
        let (output, questions) = Self.applied(chain, to: value, flipping: reading)
        #expect(
          output.map(Self.lowercased) == value.map(Self.lowercased),
          "\(chain) on \(value) flipping \(reading)")
        #expect(questions.isEmpty, "\(chain) on \(value) flipping \(reading)")
        if output != value { changed += 1 }
      }
    }
    #expect(tried > 1500)
    #expect(changed > 1000)
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
  }
}
