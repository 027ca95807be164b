import Bytes

// Strings: plain ones, and those with a prefix (E'', N'', U&'', X'', B'', Q'[]', $$ $$).

extension SQLTokenizer {
  /// A string whose text begins at `start`; a backslash escapes, and so does a doubled quote.
  mutating func string(
    _ value: Span<UInt8>, from start: Int, quote: UInt8, openingQuote: UInt8
  ) -> Token {
    var index = start
    // Whether the bytes right before, from the start of the text on, are an odd run of backslashes.
    var isEscaped = false
    while index < value.count {
      let byte = value[index]
      if byte == quote, !isEscaped {
        if value.byte(index + 1) != quote { break }
        index += 2
        continue
      }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      index += 1
    }
    var token = Token(.string, start, min(index, value.count))
    token.openingQuote = openingQuote
    if index < value.count {
      token.closingQuote = quote
      advance(to: index + 1)
    } else {
      advance(to: value.count)
    }
    return token
  }

  /// The string that a letter begins, if it does: the quote must follow.
  mutating func prefixedString(_ value: Span<UInt8>, _ byte: UInt8) -> Token? {
    let quote = UInt8(ascii: "'")
    switch byte | 0x20 {
    case UInt8(ascii: "e") where byte.isASCIILetter: return escapedString(value)
    case UInt8(ascii: "n") where byte.isASCIILetter:
      return value.byte(position + 1) == quote
        ? escapedString(value) : rawString(value, at: position + 1)
    case UInt8(ascii: "q") where byte.isASCIILetter: return rawString(value, at: position)
    case UInt8(ascii: "u") where byte.isASCIILetter:
      guard value.byte(position + 1) == UInt8(ascii: "&"), value.byte(position + 2) == quote else {
        return nil
      }
      var token = string(value, from: position + 3, quote: quote, openingQuote: byte)
      if token.closingQuote != 0 { token.closingQuote = byte }
      return token
    case UInt8(ascii: "x") where byte.isASCIILetter:
      return digitString(value) { $0.hexDigitValue != nil }
    case UInt8(ascii: "b") where byte.isASCIILetter:
      return digitString(value) { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "1") }
    default: return nil
    }
  }

  /// `E'…'` and `N'…'`; a quote that ends the value is none.
  private mutating func escapedString(_ value: Span<UInt8>) -> Token? {
    let quote = UInt8(ascii: "'")
    guard position + 2 < value.count, value[position + 1] == quote else { return nil }
    return string(value, from: position + 2, quote: quote, openingQuote: quote)
  }

  /// Oracle's `q'[…]'`, where `start` is the q.
  private mutating func rawString(_ value: Span<UInt8>, at start: Int) -> Token? {
    let quote = UInt8(ascii: "'")
    guard value.byte(start) | 0x20 == UInt8(ascii: "q"), value.byte(start + 1) == quote,
      start + 2 < value.count, value[start + 2] > 0x20, value[start + 2] < 0x80
    else { return nil }
    let bracket = value[start + 2].closingBracket
    var token: Token
    if let end = value.firstIndex(of: bracket, quote, from: start + 3) {
      token = Token(.string, start + 3, end)
      token.closingQuote = UInt8(ascii: "q")
      advance(to: end + 2)
    } else {
      token = Token(.string, start + 3, value.count)
      advance(to: value.count)
    }
    token.openingQuote = UInt8(ascii: "q")
    return token
  }

  /// `X'1F'` and `B'01'`: a number, if all of it is digits.
  private mutating func digitString(
    _ value: Span<UInt8>, _ isDigit: (UInt8) -> Bool
  ) -> Token? {
    guard value.byte(position + 1) == UInt8(ascii: "'") else { return nil }
    var index = position + 2
    while index < value.count, isDigit(value[index]) { index += 1 }
    guard value.byte(index) == UInt8(ascii: "'") else { return nil }
    return take(.number, index + 1 - position)
  }

  /// What a dollar begins: an amount, PostgreSQL's `$$…$$` or `$tag$…$tag$`, else a name.
  mutating func money(_ value: Span<UInt8>, _ dialect: SQLDialect) -> Token {
    let dollar = UInt8(ascii: "$")
    var index = position + 1
    while index < value.count, value[index].isAmountByte { index += 1 }
    if index == position + 2, value[position + 1] == UInt8(ascii: ".") {
      return word(value, dialect)
    }
    if index > position + 1 { return take(.number, index - position) }
    while index < value.count, value[index].isASCIILetter { index += 1 }
    if value.byte(index) != dollar { return take(.name, 1) }
    return taggedString(value, tagEnd: index + 1)
  }

  /// A string between two equal tags, the first of which ends at `tagEnd`.
  private mutating func taggedString(_ value: Span<UInt8>, tagEnd: Int) -> Token {
    let tag = position..<tagEnd
    var token: Token
    if let end = value.firstIndex(ofTag: tag, from: tagEnd) {
      token = Token(.string, tagEnd, end)
      token.closingQuote = UInt8(ascii: "$")
      advance(to: end + tag.count)
    } else {
      token = Token(.string, tagEnd, value.count)
      advance(to: value.count)
    }
    token.openingQuote = UInt8(ascii: "$")
    return token
  }
}

extension UInt8 {
  /// The bracket that closes Oracle's raw string: the byte itself if it is no bracket.
  fileprivate var closingBracket: UInt8 {
    switch self {
    case UInt8(ascii: "("): UInt8(ascii: ")")
    case UInt8(ascii: "["): UInt8(ascii: "]")
    case UInt8(ascii: "{"): UInt8(ascii: "}")
    case UInt8(ascii: "<"): UInt8(ascii: ">")
    default: self
    }
  }

  fileprivate var isAmountByte: Bool {
    isASCIIDigit || self == UInt8(ascii: ".") || self == UInt8(ascii: ",")
  }
}

extension Span<UInt8> {
  /// Where two bytes follow each other for the first time.
  func firstIndex(of first: UInt8, _ second: UInt8, from start: Int) -> Int? {
    var index = start
    while index + 1 < count {
      if self[index] == first, self[index + 1] == second { return index }
      index += 1
    }
    return nil
  }

  /// Where the bytes of a tag, `$…$` with letters between, stand again.
  ///
  /// A tag has a dollar at its ends only, so that the scan goes on from where a trial failed.
  fileprivate func firstIndex(ofTag tag: Range<Int>, from start: Int) -> Int? {
    var index = start
    while index + tag.count <= count {
      if self[index] != self[tag.lowerBound] {
        index += 1
        continue
      }
      var length = 1
      while length < tag.count, self[index + length] == self[tag.lowerBound + length] {
        length += 1
      }
      if length == tag.count { return index }
      index += length
    }
    return nil
  }
}
