import Bytes

// Words, names in quotes and brackets, variables, numbers.

extension SQLTokenizer {
  /// A name or a word of the language; after one of those, a dot or a backquote ends it.
  mutating func word(_ value: Span<UInt8>, _ dialect: SQLDialect) -> Token {
    let start = position
    var hash = SQLDialect.Hash()
    var index = start
    while index < value.count, !value[index].endsWord {
      let byte = value[index]
      let length = index - start
      if length < SQLDialect.longestWord {
        if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "`"), length > 0 {
          let prefix = dialect.word(value, start..<index, hash)
          if dialect.kind(of: prefix) != .name {
            return wordToken(prefix, start..<index, dialect)
          }
        }
        hash.add(byte)
      }
      index += 1
    }
    if index == start { index += 1 }
    if index - start > SQLDialect.longestWord {
      return take(.name, index - start)
    }
    return wordToken(dialect.word(value, start..<index, hash), start..<index, dialect)
  }

  private mutating func wordToken(
    _ word: SQLWord, _ range: Range<Int>, _ dialect: SQLDialect
  ) -> Token {
    var token = Token(dialect.kind(of: word), range.lowerBound, range.upperBound)
    token.word = word
    advance(to: range.upperBound)
    return token
  }

  /// MySQL's `` `name` ``: a function if it is one's name.
  mutating func quotedName(_ value: Span<UInt8>, _ dialect: SQLDialect) -> Token {
    let quote = UInt8(ascii: "`")
    var token = string(value, from: position + 1, quote: quote, openingQuote: quote)
    token.word = dialect.word(value, token.range)
    token.kind = dialect.kind(of: token.word) == .function ? .function : .name
    return token
  }

  /// SQL Server's `[name]`, or whatever follows a bracket that nothing closes.
  mutating func bracketedName(_ value: Span<UInt8>) -> Token {
    var index = position
    while index < value.count, value[index] != UInt8(ascii: "]") { index += 1 }
    return take(.name, min(index + 1, value.count) - position)
  }

  /// `@name`, `@@name`, `@'name'`, ``@`name` ``.
  mutating func variable(_ value: Span<UInt8>, _ dialect: SQLDialect) -> Token {
    let first = value.byte(position + 1) == UInt8(ascii: "@") ? position + 2 : position + 1
    switch value.byte(first) {
    case UInt8(ascii: "`"), UInt8(ascii: "'"), UInt8(ascii: "\""):
      let quote = value[first]
      var token = string(value, from: first + 1, quote: quote, openingQuote: quote)
      token.kind = .variable
      token.word = dialect.word(value, token.range)
      return token
    default:
      var index = first
      while index < value.count, !value[index].endsVariable { index += 1 }
      var token = Token(.variable, first, index)
      token.word = dialect.word(value, first..<index)
      advance(to: index)
      return token
    }
  }

  /// A number; `.` alone is a dot, an exponent without digits makes a name of it.
  mutating func number(_ value: Span<UInt8>) -> Token {
    let start = position
    if let token = prefixedNumber(value) { return token }
    var index = value.endOfDigits(from: start)
    if value.byte(index) == UInt8(ascii: ".") {
      index = value.endOfDigits(from: index + 1)
      if index == start + 1 { return take(.dot, 1) }
    }
    var kind = TokenKind.number
    if value.byte(index) | 0x20 == UInt8(ascii: "e"), index < value.count {
      index += 1
      let sign = value.byte(index)
      if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { index += 1 }
      let end = value.endOfDigits(from: index)
      if end == index { kind = .name }
      index = end
    }
    if value.hasOracleSuffix(at: index) { index += 1 }
    return take(kind, index - start)
  }

  /// `0x1F` and `0b01`; the prefix alone is a name.
  private mutating func prefixedNumber(_ value: Span<UInt8>) -> Token? {
    guard value[position] == UInt8(ascii: "0") else { return nil }
    let isHex: Bool
    switch value.byte(position + 1) | 0x20 {
    case UInt8(ascii: "x"): isHex = true
    case UInt8(ascii: "b"): isHex = false
    default: return nil
    }
    var index = position + 2
    while index < value.count,
      let digit = value[index].hexDigitValue, isHex || digit < 2
    {
      index += 1
    }
    return take(index == position + 2 ? .name : .number, index - position)
  }
}

extension Span<UInt8> {
  fileprivate func endOfDigits(from start: Int) -> Int {
    var index = start
    while index < count, self[index].isASCIIDigit { index += 1 }
    return index
  }

  /// Whether Oracle's suffix of a float (`1f`, `1d`) stands here: white space, a semicolon, the end
  /// or UNION's first letter follows.
  fileprivate func hasOracleSuffix(at index: Int) -> Bool {
    switch byte(index) | 0x20 {
    case UInt8(ascii: "d"), UInt8(ascii: "f"): break
    default: return false
    }
    if index >= count { return false }
    if index + 1 == count { return true }
    let next = self[index + 1]
    return next.isSQLBlank || next == UInt8(ascii: ";") || next | 0x20 == UInt8(ascii: "u")
  }
}

extension UInt8 {
  /// Whether a word ends before the byte: white space, brackets, quotes, and what begins an
  /// operator.
  fileprivate var endsWord: Bool {
    switch self {
    case 0, 0x20, 0x09...0x0D, 0xA0, UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ":"),
      UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "="), UInt8(ascii: "@"),
      UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "~"), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "&"),
      UInt8(ascii: "|"), UInt8(ascii: "^"), UInt8(ascii: "%"), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "'"), UInt8(ascii: ";"),
      UInt8(ascii: "\""):
      true
    default: false
    }
  }

  /// Whether the name of a variable ends before the byte; brackets are part of it.
  fileprivate var endsVariable: Bool {
    switch self {
    case 0xA0, UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): false
    case UInt8(ascii: "`"): true
    default: endsWord
    }
  }
}
