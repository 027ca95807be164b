/// The tokens that folding leaves of a value: at most eight while it works, at most five at its end.
package struct FoldedTokens: Hashable, Sendable {
  /// The longest sequence that the decision looks at.
  static let maximumCount = 5

  private var slots = InlineArray<8, Token>(repeating: .absent)
  /// The kinds of the tokens, a byte each: what nearly every rule asks, without a copy of a token.
  private var kinds: UInt64 = 0
  package internal(set) var count = 0

  init() {}

  package subscript(_ index: Int) -> Token {
    get { slots.span[index] }
    set {
      slots[index] = newValue
      setKindByte(index, newValue.kind)
    }
  }

  /// The kind of a token.
  func kind(_ index: Int) -> TokenKind {
    TokenKind(rawValue: UInt8(truncatingIfNeeded: kinds &>> UInt64(index &* 8))) ?? .unknown
  }

  /// The word of a token.
  func word(_ index: Int) -> SQLWord { slots.span[index].word }

  mutating func setKind(_ index: Int, _ kind: TokenKind) {
    slots[index].kind = kind
    setKindByte(index, kind)
  }

  private mutating func setKindByte(_ index: Int, _ kind: TokenKind) {
    let shift = UInt64(index &* 8)
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
