import Bytes

/// How likely an honest value has tokens that a rule holds of.
///
/// The rules see kinds of tokens only. Short sequences are looked at once more: how long the words
/// are, which quotes are open, whether anything was folded.
enum Doubt: Hashable, Sendable {
  /// No honest value reads so.
  case none
  /// It may be an attack; only high sensitivity takes it for one.
  case some
  /// People write so.
  case strong

  init(_ tokens: TokenWindow, tokenCount: Int, _ value: Span<UInt8>, _ dialect: SQLDialect) {
    let doubt: Doubt =
      switch tokens.count {
      case 2: .ofTwo(tokens, tokenCount: tokenCount, value)
      case 3: .ofThree(tokens, tokenCount: tokenCount, dialect)
      default: .none
      }
    let isAudited =
      doubt != .none && tokens.kind(tokens.count - 1) == .comment && value.holdsAuditComment
    self = isAudited ? .none : doubt
  }

  private static func ofTwo(
    _ tokens: TokenWindow, tokenCount: Int, _ value: Span<UInt8>
  ) -> Doubt {
    if tokens.kind(1) == .union { return tokenCount == 2 ? .strong : .none }
    if tokens.kind(1) != .comment { return .none }
    let byte = value.byte(tokens[1].range.lowerBound)
    let isString = tokens.kind(0) == .string
    // `#1` and `admin'#`: a hash is more often a number sign or an anchor.
    if byte == UInt8(ascii: "#") { return isString ? .some : .strong }
    switch tokens.kind(0) {
    // `name -- title` is typography.
    case .name: return byte == UInt8(ascii: "/") ? .none : .strong
    case .number where byte == UInt8(ascii: "/"): return .none
    case .number: return ofCommentedNumber(tokens[0], tokenCount: tokenCount, value)
    default: break
    }
    // A comment with words in it, as in `it's -- well`.
    return tokens[1].length > 2 && byte == UInt8(ascii: "-") ? .some : .none
  }

  /// `1 --` and `1--` are attacks; `1.5e--` is not.
  private static func ofCommentedNumber(
    _ number: Token, tokenCount: Int, _ value: Span<UInt8>
  ) -> Doubt {
    // `1-0-5--2`: numbers joined by hyphens name things, as in the addresses of images. Here the
    // yardstick is left on purpose: it takes them for an attack.
    if tokenCount > 2 { return value.isNumbersAndHyphens ? .some : .none }
    let index = number.length
    let byte = value.byte(index)
    if byte <= 0x20 { return .none }
    let next = value.byte(index + 1)
    let beginsComment =
      byte == UInt8(ascii: "/") && next == UInt8(ascii: "*")
      || byte == UInt8(ascii: "-") && next == UInt8(ascii: "-")
    return beginsComment ? .none : .some
  }

  private static func ofThree(
    _ tokens: TokenWindow, tokenCount: Int, _ dialect: SQLDialect
  ) -> Doubt {
    switch (tokens.kind(0), tokens.kind(1), tokens.kind(2)) {
    case (.string, .operator, .string), (.string, .logic, .string):
      // `' OR '`: both quotes belong to the query around the value.
      let isSpliced =
        tokens[0].openingQuote == 0 && tokens[2].closingQuote == 0
        && tokens[0].closingQuote == tokens[2].openingQuote
      return isSpliced ? .none : .some
    case (.string, .logic, .name), (.name, .logic, .number), (.number, .logic, .number),
      (.number, .logic, .variable), (.number, .logic, .string):
      // `1 and 2`, unless it was `1 and 2=2`.
      return tokenCount == 3 ? .some : .none
    case (_, .keyword, _):
      // `name from place`; what writes a file is no prose.
      return dialect.traits(of: tokens.word(1)).contains(.fileOutput) ? .none : .strong
    default: return .none
    }
  }
}

extension Span<UInt8> {
  fileprivate var isNumbersAndHyphens: Bool {
    for index in 0..<count where !self[index].isASCIIDigit && self[index] != UInt8(ascii: "-") {
      return false
    }
    return true
  }

  /// Whether `sp_password` stands in the value: SQL Server does not log a query that names it.
  fileprivate var holdsAuditComment: Bool {
    let name: InlineArray<11, UInt8> = [
      0x73, 0x70, 0x5F, 0x70, 0x61, 0x73, 0x73, 0x77, 0x6F, 0x72, 0x64,
    ]
    var start = 0
    while start + name.count <= count {
      var length = 0
      while length < name.count, self[start + length] == name[length] { length += 1 }
      if length == name.count { return true }
      start += 1
    }
    return false
  }
}
