import Bytes

// Operators and comments.

extension SQLTokenizer {
  /// An operator of one, two or three bytes.
  mutating func operatorToken(_ value: Span<UInt8>, _ byte: UInt8) -> Token {
    let second = value.byte(position + 1)
    if byte == UInt8(ascii: "<"), second == UInt8(ascii: "="),
      value.byte(position + 2) == UInt8(ascii: ">")
    {
      return take(.operator, 3)
    }
    if let kind = byte.operatorKind(before: second) { return take(kind, 2) }
    // A colon that ends the value is an operator that waits for its operand.
    if byte == UInt8(ascii: ":"), position + 1 < value.count { return take(.colon, 1) }
    return take(.operator, 1)
  }

  /// `#`: a comment of MySQL, elsewhere an operator.
  mutating func hash(_ value: Span<UInt8>) -> Token {
    noteStyle()
    return style == .mySQL ? lineComment(value) : take(.operator, 1)
  }

  /// `--`: a comment, in MySQL before white space only.
  mutating func dash(_ value: Span<UInt8>) -> Token {
    guard value.byte(position + 1) == UInt8(ascii: "-") else { return take(.operator, 1) }
    if position + 2 >= value.count || value[position + 2].isSQLBlank { return lineComment(value) }
    if style == .mySQL { return take(.operator, 1) }
    noteStyle()
    return lineComment(value)
  }

  private mutating func lineComment(_ value: Span<UInt8>) -> Token {
    var index = position
    while index < value.count, value[index] != 0x0A { index += 1 }
    let token = take(.comment, index - position)
    advance(to: min(index + 1, value.count))
    return token
  }

  /// `/`, or a comment.
  ///
  /// A comment that holds the start of another is read otherwise by PostgreSQL, which nests them,
  /// than by the rest, and MySQL executes what stands in `/*! … */`: neither occurs in an honest
  /// value.
  mutating func slash(_ value: Span<UInt8>) -> Token {
    let star = UInt8(ascii: "*")
    guard value.byte(position + 1) == star else { return take(.operator, 1) }
    let text = position + 2
    let isExecutable = value.byte(text) == UInt8(ascii: "!")
    guard let end = value.firstIndex(of: star, UInt8(ascii: "/"), from: text) else {
      return take(isExecutable ? .executableComment : .comment, value.count - position)
    }
    var holdsAnother = false
    var index = text
    while index < end, !holdsAnother {
      holdsAnother = value[index] == UInt8(ascii: "/") && value[index + 1] == star
      index += 1
    }
    return take(isExecutable || holdsAnother ? .executableComment : .comment, end + 2 - position)
  }

  /// `\N`, MySQL's NULL, reads like a number.
  mutating func backslash(_ value: Span<UInt8>) -> Token {
    value.byte(position + 1) == UInt8(ascii: "N") ? take(.number, 2) : take(.backslash, 1)
  }
}

extension UInt8 {
  /// The kind of the operator that the byte makes with the next one, if it makes one.
  fileprivate func operatorKind(before next: UInt8) -> TokenKind? {
    switch (self, next) {
    case (UInt8(ascii: "&"), UInt8(ascii: "&")), (UInt8(ascii: "|"), UInt8(ascii: "|")): .logic
    case (UInt8(ascii: "!"), UInt8(ascii: "!")), (UInt8(ascii: "!"), UInt8(ascii: "<")),
      (UInt8(ascii: "!"), UInt8(ascii: "=")), (UInt8(ascii: "!"), UInt8(ascii: ">")),
      (UInt8(ascii: "&"), UInt8(ascii: "=")), (UInt8(ascii: "*"), UInt8(ascii: "=")),
      (UInt8(ascii: ":"), UInt8(ascii: ":")), (UInt8(ascii: ":"), UInt8(ascii: "=")),
      (UInt8(ascii: "<"), UInt8(ascii: "<")), (UInt8(ascii: "<"), UInt8(ascii: "=")),
      (UInt8(ascii: "<"), UInt8(ascii: ">")), (UInt8(ascii: "<"), UInt8(ascii: "@")),
      (UInt8(ascii: ">"), UInt8(ascii: "=")), (UInt8(ascii: ">"), UInt8(ascii: ">")),
      (UInt8(ascii: "|"), UInt8(ascii: "/")), (UInt8(ascii: "|"), UInt8(ascii: "=")):
      .operator
    default: nil
    }
  }
}
