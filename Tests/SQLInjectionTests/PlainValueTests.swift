import TestSupport
import Testing

@testable import SQLInjection

/// What is left at once, because its bytes say that no reading can be an attack, is none by the
/// readings.
@Suite struct PlainValueTests {
  /// What plain values are made of, and what looks like it.
  private static let pieces: [[UInt8]] =
    [
      "1", "12", "0", "1.5", ".5", "1.", "1e5", "1e", "1e+", "1e-5", ".e5", "0x1f", "0x", "0b1",
      "0b2",
      "1f", "1d", "1e5d", "2f", "3dbb4e8f", "a", "b", "name", "item_1", "x1f", "text", "int",
      "varchar",
      "true", "user", "database", "count", "date", "version", "sleep", "if", "iff", "ifnull",
      "left",
      "order", "by", "group", "or", "and", "union", "select", "from", "like", "in", "not", "null",
      "dbms_lock.sleep", "character", "varying", "utf8_bin", "collate", "index",
      "+", "-", "*", "/", "%", "^", "~", "!", "&", "|", "<", "=", ">", "<=", "::", ":", ":=", "!!",
      ",",
      ";", "?", ".", "[", "]", "{", "}", "[a]", "{a}", "_", "-", "/", "=", "&", " ", " ", "\t",
      "'", "(", "#", "@", "\u{e9}", "\u{0}",
    ].map { Array($0.utf8) } + [[0xA0], [0xFF], [0x7F]]

  private static func values(seed: UInt64, count: Int) -> [[UInt8]] {
    var random = SplitMix(state: seed)
    return (0..<count).map { index in
      // The last pieces make few values plain.
      let pieces = index % 3 == 0 ? Self.pieces : Self.pieces.dropLast(13)
      // Few pieces, repeated, give the sequences that rules ask for.
      let some = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? []
      }
      return (0..<Int.random(in: 1...9, using: &random)).flatMap { _ -> [UInt8] in
        let piece = some.randomElement(using: &random) ?? []
        return Bool.random(using: &random) ? piece : piece.map { $0.isLower ? $0 ^ 0x20 : $0 }
      }
    }
  }

  private static func isPlain(_ value: [UInt8]) -> Bool { SQLInjectionDetector.isPlain(value.span) }

  private static func isAttack(_ value: [UInt8]) -> Bool {
    value.isEmpty
      ? false
      : SQLInjectionDetector.examine(value.span, .high) != nil
        || SQLInjectionDetector.examine(value.span, .low) != nil
  }

  @Test(arguments: 0..<UInt64(6)) func aPlainValueIsNoAttack(seed: UInt64) {
    var plain = 0
    var attacks = 0
    for value in Self.values(seed: seed, count: 5_000) + generatedValues(seed: seed, count: 2_000) {
      let isPlain = Self.isPlain(value)
      let isAttack = Self.isAttack(value)
      #expect(!isPlain || !isAttack, "seed \(seed): \(value)")
      plain += isPlain ? 1 : 0
      attacks += isAttack ? 1 : 0
    }
    // The test says nothing unless both occur.
    #expect(plain > 500 && attacks > 30)
  }

  @Test func noAttackOfTheSetIsPlain() {
    for entry in TextbookTests.entries where entry.high {
      #expect(!Self.isPlain(entry.bytes), "\(entry.testDescription)")
    }
  }

  @Test(arguments: [
    "", "42", "blue-shoes", "price_asc", "/shop/items/list", "id=42&name=blue-shoes&page=3",
    "3dbb4e8fed2f0e216c576fac43fd007c", "theme=dark; lang=en-US; cart=0b1f2e", "/api/version/date",
    "https://shop.example/products/7708", "gzip, deflate, br", "caf\u{e9} 12", "text/html;q=0.9",
  ])
  func honestValuesArePlain(_ value: String) {
    #expect(Self.isPlain(Array(value.utf8)))
  }

  /// Each would be an attack, or begin one.
  @Test(arguments: [
    "1 or 1", "1.or.2", "1.e5or 2", "1e+funion", "0.0xor", "0b2union", "0b2b2null", "1dunion",
    "a'b", "a--b", "a/*b", "a&&b",
    "a||b", "a#b", "f(x)", "a@b", "$a", "`a`", "a\\b", "a b, count", "a-0b12-count",
    "a-1.2.3-count",
    "a::int.5-count", "order by", "SELECT", "a\u{0}b", "1;if",
  ])
  func othersAreRead(_ value: String) {
    #expect(!Self.isPlain(Array(value.utf8)))
  }

  /// What the words and bytes of plain values can be.
  private static let plainKinds: [TokenKind] = [
    .name, .number, .operator, .dot, .comma, .colon, .semicolon, .unknown, .leftBrace, .rightBrace,
    .backslash, .typeName,
  ]

  @Test func noRuleHoldsOfPlainTokens() {
    TokenWindow.withWindow { window in
      Self.forEachSequence(of: Self.plainKinds, in: window) { sequence in
        #expect(SQLGrammar.low.reason(for: sequence) == nil)
        #expect(SQLGrammar.high.reason(for: sequence) == nil)
      }
    }
  }

  /// Of a function without a parenthesis a rule holds only behind operands side by side, or in a
  /// list.
  @Test func functionsAreToldFromTheirNeighbours() {
    let kinds: [TokenKind] = [.name, .number, .operator, .dot, .colon, .semicolon, .function]
    var found = 0
    TokenWindow.withWindow { window in
      Self.forEachSequence(of: kinds, in: window) { sequence in
        guard
          SQLGrammar.low.reason(for: sequence) != nil
            || SQLGrammar.high.reason(for: sequence) != nil
        else { return }
        found += 1
        #expect(sequence.kind(0) == .name && sequence.kind(1) == .number)
      }
    }
    #expect(found > 0)
  }

  /// Gives every sequence of one to five kinds.
  private static func forEachSequence(
    of kinds: [TokenKind], in window: TokenWindow, _ body: (TokenWindow) -> Void
  ) {
    func extend(_ sequence: TokenWindow) {
      for kind in kinds {
        var longer = sequence
        longer.append(Token(kind, 0, 1))
        body(longer)
        if longer.count < FoldedTokens.maximumCount { extend(longer) }
      }
    }
    extend(window)
  }
}

extension UInt8 {
  fileprivate var isLower: Bool { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }
}
