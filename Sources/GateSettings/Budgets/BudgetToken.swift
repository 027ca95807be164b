/// A word of a budget expression, with its bytes.
struct BudgetToken: Hashable {
  enum Kind: Hashable {
    /// Letters, digits, `_` and `-`.
    case word(String)
    /// Digits with `_` between them, perhaps a point.
    case number(digits: Int, decimals: Int)
    /// What stood between the quotes.
    case string(String)
    case comparison(BudgetComparison.Operator)
    case percent
    case open
    case close
    case comma
    case dot
    /// `:` or `=`, between a selector's name and its pattern.
    case colon
    case end
  }

  var kind: Kind
  var range: Range<Int>

  /// The tokens of an expression, with `end` as the last one.
  static func all(of text: String) throws(BudgetSyntaxError) -> [BudgetToken] {
    var lexer = BudgetLexer(bytes: Array(text.utf8))
    var tokens: [BudgetToken] = []
    repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
    return tokens
  }

  /// What it is, for messages.
  var inWords: String {
    switch kind {
    case .word(let word): "'\(word)'"
    case .number: "a number"
    case .string: "a string"
    case .comparison(let relation): "'\(relation.rawValue)'"
    case .percent: "'%'"
    case .open: "'('"
    case .close: "')'"
    case .comma: "','"
    case .dot: "'.'"
    case .colon: "':'"
    case .end: "the end"
    }
  }
}

private struct BudgetLexer {
  let bytes: [UInt8]
  var position = 0

  mutating func next() throws(BudgetSyntaxError) -> BudgetToken {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
    let start = position
    guard position < bytes.count else { return BudgetToken(kind: .end, range: start..<start) }
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "("): return single(.open)
    case UInt8(ascii: ")"): return single(.close)
    case UInt8(ascii: ","): return single(.comma)
    case UInt8(ascii: "."): return single(.dot)
    case UInt8(ascii: ":"): return single(.colon)
    case UInt8(ascii: "%"): return single(.percent)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return try string(until: byte)
    case _ where isDigit(byte): return try number()
    case _ where isWordByte(byte): return word()
    default: return try symbol()
    }
  }

  private mutating func single(_ kind: BudgetToken.Kind) -> BudgetToken {
    position += 1
    return BudgetToken(kind: kind, range: position - 1..<position)
  }

  private mutating func word() -> BudgetToken {
    let start = position
    while position < bytes.count, isWordByte(bytes[position]) { position += 1 }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    return BudgetToken(kind: .word(word), range: start..<position)
  }

  private mutating func string(until quote: UInt8) throws(BudgetSyntaxError) -> BudgetToken {
    let start = position
    position += 1
    while position < bytes.count, bytes[position] != quote { position += 1 }
    guard position < bytes.count else {
      throw BudgetSyntaxError("the string has no end", at: start..<bytes.count)
    }
    position += 1
    let text = String(decoding: bytes[start + 1..<position - 1], as: UTF8.self)
    return BudgetToken(kind: .string(text), range: start..<position)
  }

  /// A number; `1_000` is a thousand.
  private mutating func number() throws(BudgetSyntaxError) -> BudgetToken {
    let start = position
    var digits: [UInt8] = []
    var decimals = 0
    var hasPoint = false
    while position < bytes.count {
      let byte = bytes[position]
      let next = position + 1 < bytes.count ? bytes[position + 1] : 0
      if isDigit(byte) {
        digits.append(byte)
        if hasPoint { decimals += 1 }
      } else if byte == UInt8(ascii: "."), !hasPoint, isDigit(next) {
        hasPoint = true
      } else if byte != UInt8(ascii: "_") || !isDigit(next) {
        break
      }
      position += 1
    }
    if position < bytes.count, isWordByte(bytes[position]) {
      while position < bytes.count, isWordByte(bytes[position]) { position += 1 }
      throw BudgetSyntaxError("this is no number", at: start..<position)
    }
    guard digits.count <= 15, decimals <= 6,
      let value = Int(String(decoding: digits, as: UTF8.self))
    else {
      throw BudgetSyntaxError(
        "a number has 15 digits at most, and 6 behind the point", at: start..<position)
    }
    return BudgetToken(kind: .number(digits: value, decimals: decimals), range: start..<position)
  }

  /// An operator, or one of those that other languages have.
  private mutating func symbol() throws(BudgetSyntaxError) -> BudgetToken {
    let start = position
    let symbols = Array("<>=!&|".utf8)
    while position < bytes.count, symbols.contains(bytes[position]) { position += 1 }
    if position == start {
      position += 1
      while position < bytes.count, bytes[position] & 0xC0 == 0x80 { position += 1 }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    let range = start..<position
    if let relation = BudgetComparison.Operator(rawValue: text) {
      return BudgetToken(kind: .comparison(relation), range: range)
    }
    if text == "=" { return BudgetToken(kind: .colon, range: range) }
    let meant = ["&&": "and", "&": "and", "||": "or", "|": "or", "!": "not"]
    let turned = ["=>": ">=", "=<": "<=", "<>": "!=", "===": "==", "!==": "!="]
    throw BudgetSyntaxError(
      "'\(text)' is no operator", at: range, suggestion: meant[text] ?? turned[text])
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: isDigit(byte)
    }
  }
}
