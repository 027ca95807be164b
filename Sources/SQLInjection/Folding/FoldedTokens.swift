/// The tokens that folding leaves of a value: at most eight while it works, at most five at its end.
package struct FoldedTokens: Hashable, Sendable {
  /// The longest sequence that the decision looks at.
  static let maximumCount = 5

  private var slots = InlineArray<8, Token>(repeating: .absent)
  // What nearly every rule asks of a token, side by side: a read of `slots` copies all of them.
  private var kinds: UInt64 = 0
  private var words: UInt128 = 0
  package internal(set) var count = 0

  init() {}

  package subscript(_ index: Int) -> Token {
    get { slots[index] }
    set {
      slots[index] = newValue
      setKindByte(index, newValue.kind)
      let shift = UInt128(truncatingIfNeeded: index &* 16)
      words = words & ~(0xFFFF &<< shift) | UInt128(newValue.word.index) &<< shift
    }
  }

  /// The kind of a token.
  func kind(_ index: Int) -> TokenKind {
    let byte = UInt8(truncatingIfNeeded: kinds &>> UInt64(truncatingIfNeeded: index &* 8))
    // Sound: only raw values of kinds are stored, and an enum without payload whose raw values count
    // from 0 is kept as its raw value. `TokenKind(rawValue:)` is a call that costs more than the rule.
    return unsafe unsafeBitCast(byte, to: TokenKind.self)
  }

  /// The word of a token.
  func word(_ index: Int) -> SQLWord {
    SQLWord(
      index: UInt16(truncatingIfNeeded: words &>> UInt128(truncatingIfNeeded: index &* 16)))
  }

  mutating func setKind(_ index: Int, _ kind: TokenKind) {
    slots[index].kind = kind
    setKindByte(index, kind)
  }

  private mutating func setKindByte(_ index: Int, _ kind: TokenKind) {
    let shift = UInt64(truncatingIfNeeded: index &* 8)
    kinds = kinds & ~(0xFF &<< shift) | UInt64(kind.rawValue) &<< shift
  }

  mutating func append(_ token: Token) {
    self[count] = token
    count += 1
  }

  package static func == (first: FoldedTokens, second: FoldedTokens) -> Bool {
    first.count == second.count && (0..<first.count).allSatisfy { first[$0] == second[$0] }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for index in 0..<count { hasher.combine(slots[index]) }
  }
}
