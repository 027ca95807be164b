/// One token of a value.
package struct Token: Hashable, Sendable {
  package internal(set) var kind: TokenKind
  /// A string or a name that begins in the value, not before it: the quote that opens it.
  ///
  /// 0 where no quote opens it, which for a string in a quote context means that the quote stands
  /// in the query around the value.
  var openingQuote: UInt8 = 0
  /// The quote that ends it; 0 where the value ends first.
  var closingQuote: UInt8 = 0
  /// Which word of the dialects it is.
  var word = SQLWord.none
  private var start: UInt32
  private var end: UInt32

  init(_ kind: TokenKind, _ start: Int, _ end: Int) {
    self.kind = kind
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
  }

  /// Where it stands in the value: without the quotes around a string, from the first to the last
  /// word of a phrase.
  package var range: Range<Int> { Int(start)..<Int(max(start, end)) }

  /// The bytes of a short token are told by length and first byte.
  var length: Int { Int(end &- start) }

  /// Takes another token into this one.
  mutating func extend(to other: Token) {
    end = other.end
  }
}

extension Token {
  /// What stands in a slot that holds no token.
  static let absent = Token(.unknown, 0, 0)
}
