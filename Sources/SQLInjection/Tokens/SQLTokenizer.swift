import Bytes

/// Cuts a value into tokens of SQL, as a server would read it in one quote context.
///
/// It reads what any dialect reads: quotes of every kind, national and raw strings, numbers with
/// Oracle's suffixes, MySQL's quoted names. Nothing is an error: a quote that nothing closes runs to
/// the end of the value, a byte that nothing begins with is a token of its own. Each byte is looked
/// at a bounded number of times.
struct SQLTokenizer: Sendable {
  let style: CommentStyle
  /// The quote of the context, until the first token is read.
  private var pendingQuote: UInt8?
  private(set) var position = 0
  /// The tokens read, comments among them.
  private(set) var tokenCount = 0
  /// Whether a comment was read that the other style reads otherwise.
  private(set) var dependsOnStyle = false

  /// A pass reads no more tokens: what folds to less than five tokens by then is a list, and the
  /// bound keeps the time for any 64 KB short.
  static let maximumCount = 4096

  /// `start` leaves out the first bytes of the value.
  init(context: QuoteContext, style: CommentStyle, start: Int = 0) {
    self.style = style
    pendingQuote = context.quote
    position = start
  }

  /// The next token; nil at the end of the value.
  mutating func next(_ value: Span<UInt8>, _ dialect: SQLDialect) -> Token? {
    if let quote = pendingQuote {
      pendingQuote = nil
      if value.isEmpty { return nil }
      tokenCount = 1
      return string(value, from: position, quote: quote, openingQuote: 0)
    }
    while position < value.count {
      let byte = value[position]
      if byte.isSQLSpace {
        position += 1
        continue
      }
      if tokenCount == Self.maximumCount { return nil }
      tokenCount += 1
      return token(value, byte, dialect)
    }
    return nil
  }

  private mutating func token(
    _ value: Span<UInt8>, _ byte: UInt8, _ dialect: SQLDialect
  ) -> Token {
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      string(value, from: position + 1, quote: byte, openingQuote: byte)
    case UInt8(ascii: "("): single(.leftParenthesis)
    case UInt8(ascii: ")"): single(.rightParenthesis)
    case UInt8(ascii: "{"): single(.leftBrace)
    case UInt8(ascii: "}"): single(.rightBrace)
    case UInt8(ascii: ","): single(.comma)
    case UInt8(ascii: ";"): single(.semicolon)
    case UInt8(ascii: "?"), UInt8(ascii: "]"): single(.unknown)
    case UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "^"), UInt8(ascii: "~"),
      UInt8(ascii: "!"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "<"),
      UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "|"), UInt8(ascii: ":"):
      operatorToken(value, byte)
    case UInt8(ascii: "#"): hash(value)
    case UInt8(ascii: "-"): dash(value)
    case UInt8(ascii: "/"): slash(value)
    case UInt8(ascii: "\\"): backslash(value)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): number(value)
    case UInt8(ascii: "$"): money(value, dialect)
    case UInt8(ascii: "@"): variable(value, dialect)
    case UInt8(ascii: "`"): quotedName(value, dialect)
    case UInt8(ascii: "["): bracketedName(value)
    default: prefixedString(value, byte) ?? word(value, dialect)
    }
  }

  /// A token of one byte.
  private mutating func single(_ kind: TokenKind) -> Token {
    take(kind, 1)
  }

  /// The token of so many bytes from here.
  mutating func take(_ kind: TokenKind, _ length: Int) -> Token {
    defer { position += length }
    return Token(kind, position, position + length)
  }

  /// Goes on after the end of a token.
  mutating func advance(to end: Int) {
    position = end
  }

  mutating func noteStyle() {
    dependsOnStyle = true
  }
}

extension Span<UInt8> {
  /// The byte at an index; 0 past the end, which no rule of the tokenizer looks for.
  func byte(_ index: Int) -> UInt8 { index < count ? self[index] : 0 }
}

extension UInt8 {
  /// Whether any dialect skips the byte before a token: the control characters, space and the
  /// no-break space of Latin 1.
  var isSQLSpace: Bool { self <= 0x20 || self == 0x7F || self == 0xA0 }

  /// Whether the byte is white space in the narrow sense: it ends a word, and makes a comment of `--`.
  var isSQLBlank: Bool {
    self == 0x20 || self &- 0x09 < 5 || self == 0xA0 || self == 0
  }
}
