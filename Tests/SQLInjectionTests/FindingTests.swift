import SQLInjection
import Testing

/// What a finding tells, and what holds of any value.
@Suite struct FindingTests {
  /// Values whose tokens are known from the service, at both sensitivities.
  ///
  /// Sources: "Log examples for web ACL traffic" of the developer guide (documented); a public log
  /// entry of 2021 (observed).
  static let samples: [(String, [String])] = [
    ("10 AND 1=1", ["10", "AND", "1"]),
    ("/SELECT-1e1FROM`test`", ["SELECT", "1e1", "FROM", "test"]),
  ]

  @Test(arguments: samples, SQLInjectionDetector.Sensitivity.allCases)
  func tokensAreThoseOfTheLog(
    sample: (String, [String]), sensitivity: SQLInjectionDetector.Sensitivity
  ) throws {
    let bytes = Array(sample.0.utf8)
    let found = try #require(
      findAttack(bytes, sensitivity))
    let texts = (0..<found.count).map {
      String(decoding: bytes[found.token($0).range], as: UTF8.self)
    }
    #expect(texts == sample.1)
  }

  @Test func aFindingExplainsItself() throws {
    let bytes = Array("x' UNION ALL SELECT 1 -- ".utf8)
    let found = try #require(
      findAttack(bytes, .low))
    #expect(found.context == .singleQuote)
    #expect(found.context.name == "within single quotes")
    #expect(found.shape == "sUE1c")
    #expect(found.token(1).kind.name == "union")
    #expect(found.reason.explanation == "UNION or its like joins a second query")
  }

  @Test func anExecutableCommentIsTheOnlyToken() throws {
    let bytes = Array("a b /*!c*/".utf8)
    let found = try #require(
      findAttack(bytes, .low))
    #expect(found.shape == "X")
    #expect(found.token(0).range == 4..<10)
  }

  /// A path is not an operator and what follows; anything but a query behind the slash is.
  @Test func slashesOfPaths() {
    #expect(finds("/select/1/from/here", .high) == false)
    #expect(finds("/a/b", .high) == false)
    #expect(finds("/1 or 1=1", .low) == false)
  }

  @Test(arguments: [UInt64(1), 2, 3]) func highFindsAllThatLowFinds(seed: UInt64) {
    var count = 0
    for value in generatedValues(seed: seed, count: 4_000) {
      let low = findAttack(value, .low)
      let high = findAttack(value, .high)
      // The same bytes have the same answer, with the same tokens.
      #expect(low == findAttack(value, .low))
      guard let low else { continue }
      count += 1
      #expect(high == low, "seed \(seed): \(value)")
      for index in 0..<low.count {
        #expect(low.token(index).range.upperBound <= value.count, "seed \(seed): \(value)")
      }
    }
    #expect(count > 100, "seed \(seed) generates hardly an attack")
  }

  /// Every beginning of an attack is read without a trap, and the bytes behind it don't count.
  @Test(arguments: [
    "1' UNION/**/SELECT q'[a]', @@b, $t$c$t$, x'1F', N'd' FROM `e`.[f] -- ", "{fn`", "\\N*/*!1",
    "U&'a' B'01' 1e+5f \"b\" <=> ::int",
  ])
  func beginnings(_ text: String) {
    let bytes = Array(text.utf8)
    for end in 0...bytes.count {
      let alone = Array(bytes[..<end])
      for sensitivity in SQLInjectionDetector.Sensitivity.allCases {
        let inside = SQLInjectionDetector.findAttack(
          in: bytes.span.extracting(0..<end), sensitivity: sensitivity)
        #expect(
          inside
            == findAttack(alone, sensitivity),
          "\(end) bytes")
      }
    }
  }

  /// A list without end folds to one token: the pass ends where the bound is.
  @Test func longValues() {
    let list = Array(String(repeating: "1,", count: 20_000).utf8)
    #expect(findAttack(list, .high) == nil)
    let tokens = SQLInjectionDetector.tokens(in: list.span, context: .none, style: .standard)
    #expect(tokens.count == 4096)
    #expect(finds(String(repeating: " ", count: 60_000) + "1 or 1=1", .low))
    #expect(finds(String(repeating: "x", count: 60_000) + "' or 1=1 -- ", .low))
  }

  private func finds(
    _ value: String, _ sensitivity: SQLInjectionDetector.Sensitivity
  ) -> Bool {
    findAttack(Array(value.utf8), sensitivity) != nil
  }
}
