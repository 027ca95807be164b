import Bytes

/// Folds the tokens of a value to the few that say what it does.
///
/// `1 + 1 = 2 AND (((NOT - 3)))` and `1 AND 3` ask the same of a decision. Folding reads tokens into
/// a short window, and rewrites the left end of it until nothing there can be simplified: an
/// expression becomes its first operand, a sign or a repeated parenthesis goes, two words become the
/// phrase they make. What can't be simplified is settled, and the window moves on. It ends with the
/// value, or when five tokens are settled, which for prose is soon.
struct TokenFolder: ~Copyable {
  private(set) var tokenizer: SQLTokenizer
  private(set) var tokens: TokenWindow
  /// The tokens on the left of it are settled.
  private var settled = 0
  private var hasEnded = false
  /// The comment that was read last, unless another token follows it.
  private var trailingComment: Token?

  /// Works in `window`, which nothing else uses meanwhile; `start` leaves out the first bytes.
  init(in window: TokenWindow, context: QuoteContext, style: CommentStyle, start: Int = 0) {
    tokens = window
    tokenizer = SQLTokenizer(context: context, style: style, start: start)
  }

  /// Reads and folds the whole value.
  mutating func fold(_ value: Span<UInt8>, _ dialect: SQLDialect) {
    guard let first = firstToken(value, dialect) else { return }
    tokens.append(first)
    while true {
      if tokens.count >= FoldedTokens.maximumCount { foldNesting() }
      if hasEnded || settled >= FoldedTokens.maximumCount { break }
      if !fill(value, dialect, to: 2) { continue }
      if foldPair(value, dialect) { continue }
      if !fill(value, dialect, to: 3) { continue }
      if foldTriple(value, dialect) { continue }
      settled += 1
    }
    if tokens.count < FoldedTokens.maximumCount, let comment = trailingComment {
      tokens.append(comment)
    }
    tokens.count = min(tokens.count, FoldedTokens.maximumCount)
    readCommentOfPHP()
  }

  /// The first token that matters: comments, parentheses, signs and types before it don't.
  private mutating func firstToken(_ value: Span<UInt8>, _ dialect: SQLDialect) -> Token? {
    while let token = tokenizer.next(value, dialect) {
      switch token.kind {
      case .comment, .leftParenthesis, .typeName: continue
      case .operator where isUnary(token, value, dialect): continue
      default: return token
      }
    }
    return nil
  }

  /// Reads tokens until so many stand behind the settled ones.
  ///
  /// False, and all tokens settled, where the value ends or the window is full before that.
  private mutating func fill(
    _ value: Span<UInt8>, _ dialect: SQLDialect, to wanted: Int
  ) -> Bool {
    while tokens.count - settled < wanted {
      if tokens.count > FoldedTokens.maximumCount {
        settled = tokens.count
        return false
      }
      guard let token = tokenizer.next(value, dialect) else {
        hasEnded = true
        settled = tokens.count
        return false
      }
      if token.kind == .comment {
        trailingComment = token
      } else {
        trailingComment = nil
        tokens.append(token)
      }
    }
    return true
  }

  /// An empty backquoted name that nothing closes is how some drivers write a comment.
  private mutating func readCommentOfPHP() {
    let last = tokens.count - 1
    guard last >= 2, tokens.kind(last) == .name else { return }
    let token = tokens[last]
    if token.openingQuote == UInt8(ascii: "`"), token.closingQuote == 0, token.length == 0 {
      tokens.setKind(last, .comment)
    }
  }

  /// An operation between parentheses that fills the window is an operand: `1*(2)`, `a=(b)`,
  /// `1),(2`, `a)=(b`.
  private mutating func foldNesting() {
    let isNested =
      switch (tokens.kind(0), tokens.kind(1), tokens.kind(2), tokens.kind(3), tokens.kind(4)) {
      case (.number, .operator, .leftParenthesis, .number, .rightParenthesis),
        (.number, .comma, .leftParenthesis, .number, .rightParenthesis),
        (.name, .operator, .leftParenthesis, .name, .rightParenthesis),
        (.name, .operator, .leftParenthesis, .number, .rightParenthesis),
        (.number, .rightParenthesis, .comma, .leftParenthesis, .number),
        (.name, .rightParenthesis, .operator, .leftParenthesis, .name):
        true
      default: false
      }
    if !isNested { return }
    if tokens.count > FoldedTokens.maximumCount {
      tokens[1] = tokens[FoldedTokens.maximumCount]
      tokens.count = 2
    } else {
      tokens.count = 1
    }
    settled = 0
  }
}

// MARK: - What the rules do

extension TokenFolder {
  /// Where folding goes on after a rewrite.
  private enum Restart {
    case here
    case oneBefore
    case atStart
  }

  /// Drops so many tokens from the end of the window.
  private mutating func drop(_ count: Int, _ restart: Restart) -> Bool {
    tokens.count -= count
    switch restart {
    case .here: break
    case .oneBefore: settled = max(settled - 1, 0)
    case .atStart: settled = 0
    }
    return true
  }

  /// Rewrites the two tokens behind the settled ones; false if no rule applies.
  private mutating func foldPair(_ value: Span<UInt8>, _ dialect: SQLDialect) -> Bool {
    let at = settled
    let (first, second) = (tokens.kind(at), tokens.kind(at + 1))
    switch (first, second) {
    case (.string, .string), (.semicolon, .semicolon):
      return drop(1, .here)
    case (.operator, .typeName), (.logic, .typeName):
      return drop(1, .atStart)
    case (.operator, .operator), (.logic, .operator):
      if isUnary(tokens[at + 1], value, dialect) { return drop(1, .atStart) }
    case (.leftParenthesis, .operator):
      if isUnary(tokens[at + 1], value, dialect) { return drop(1, .oneBefore) }
    default: break
    }
    if mergePhrase(at, dialect) { return drop(1, .oneBefore) }
    if let isFolded = foldByWord(at, dialect) { return isFolded }
    return foldByKind(at, value, dialect)
  }

  /// The rules that look at the words; nil where there is none for the word.
  private mutating func foldByWord(_ at: Int, _ dialect: SQLDialect) -> Bool? {
    let traits = dialect.traits(of: tokens.word(at))
    let nextIsParenthesis = tokens.kind(at + 1) == .leftParenthesis
    switch tokens.kind(at) {
    case .semicolon:
      guard tokens.kind(at + 1) == .function,
        dialect.traits(of: tokens.word(at + 1)).contains(.condition)
      else { return nil }
      tokens.setKind(at + 1, .statement)
      return true
    case .name, .variable:
      guard nextIsParenthesis, traits.contains(.callableName) else { return nil }
      tokens.setKind(at, .function)
      return true
    case .keyword:
      guard traits.contains(.membership) else { return nil }
      tokens.setKind(at, nextIsParenthesis ? .operator : .name)
      return true
    case .operator:
      guard traits.contains(.pattern) else { return nil }
      if nextIsParenthesis { tokens.setKind(at, .function) }
      return false
    default: return nil
    }
  }

  private mutating func foldByKind(
    _ at: Int, _ value: Span<UInt8>, _ dialect: SQLDialect
  ) -> Bool {
    switch (tokens.kind(at), tokens.kind(at + 1)) {
    case (.typeName, .name), (.typeName, .number), (.typeName, .typeName),
      (.typeName, .leftParenthesis), (.typeName, .function), (.typeName, .variable),
      (.typeName, .string):
      tokens[at] = tokens[at + 1]
      return drop(1, .atStart)
    case (.collate, .name):
      // A name with an underscore is a collation: `utf8_bin`.
      if value.holds(UInt8(ascii: "_"), in: tokens[at + 1].range) {
        tokens.setKind(at + 1, .typeName)
        settled = 0
      }
      return false
    case (.backslash, _):
      if isArithmetic(tokens[at + 1], value) {
        tokens.setKind(at, .number)
      } else {
        tokens[at] = tokens[at + 1]
        tokens.count -= 1
      }
      settled = 0
      return true
    case (.leftParenthesis, .leftParenthesis), (.rightParenthesis, .rightParenthesis),
      (_, .rightBrace):
      return drop(1, .atStart)
    case (.leftBrace, .name):
      // ODBC's `{fn name …}`; MySQL reads an empty name there.
      if tokens[at + 1].length == 0 {
        tokens.setKind(at + 1, .executableComment)
        tokens[0] = tokens[at + 1]
        tokens.count = 1
        settled = 1
        hasEnded = true
        return true
      }
      return drop(2, .atStart)
    default: return false
    }
  }

  /// Rewrites the three tokens behind the settled ones; false if no rule applies.
  private mutating func foldTriple(_ value: Span<UInt8>, _ dialect: SQLDialect) -> Bool {
    let at = settled
    let (first, second, third) = (tokens.kind(at), tokens.kind(at + 1), tokens.kind(at + 2))
    if isRepetition(first, second, third) || isOperation(first, second, third)
      || isConversion(at, value)
    {
      return drop(2, .atStart)
    }
    switch (first, second, third) {
    case (.expression, .operator, .leftParenthesis), (.grouping, .operator, .leftParenthesis),
      (.comma, .operator, .leftParenthesis):
      return dropSign(at, value, dialect, .atStart)
    case (.keyword, .operator, _), (.expression, .operator, _), (.grouping, .operator, _):
      return (KindSet.operand.contains(third) || third == .function)
        && dropSign(at, value, dialect, .atStart)
    case (.comma, .operator, _):
      if third == .function { return dropSign(at, value, dialect, .atStart) }
      guard KindSet.operand.contains(third), isUnary(tokens[at + 1], value, dialect) else {
        return false
      }
      // The operand is one of a list, like the one before the comma.
      tokens[at + 1] = tokens[at + 2]
      return drop(min(3, tokens.count), .atStart)
    case (.expression, .dot, .name):
      tokens[at + 1] = tokens[at + 2]
      return drop(1, .atStart)
    case (.function, .leftParenthesis, _):
      if third != .rightParenthesis, dialect.traits(of: tokens.word(at)).contains(.user) {
        tokens.setKind(at, .name)
      }
      return false
    default: return false
    }
  }

  /// Two of a kind with something between that neither changes: `1=1`, `= x =`, `AND x AND`.
  private func isRepetition(
    _ first: TokenKind, _ second: TokenKind, _ third: TokenKind
  ) -> Bool {
    switch (first, second, third) {
    case (.number, .operator, .number): true
    case (.operator, .leftParenthesis, .operator): false
    case (.operator, _, .operator), (.logic, _, .logic): true
    default: false
    }
  }

  /// An operation, a list or a path that is one operand as a whole.
  private func isOperation(
    _ first: TokenKind, _ second: TokenKind, _ third: TokenKind
  ) -> Bool {
    switch (first, second, third) {
    case (.variable, .operator, .variable), (.variable, .operator, .number),
      (.variable, .operator, .name), (.name, .operator, .number), (.name, .operator, .name),
      (.number, .operator, .name):
      true
    case (.name, .dot, .name): true
    case (_, .comma, _): KindSet.operand.contains(first) && KindSet.operand.contains(third)
    default: false
    }
  }

  /// PostgreSQL's `x::int`.
  private func isConversion(_ at: Int, _ value: Span<UInt8>) -> Bool {
    guard tokens.kind(at + 1) == .operator, tokens.kind(at + 2) == .typeName,
      KindSet.operand.contains(tokens.kind(at))
    else { return false }
    let range = tokens[at + 1].range
    return range.count == 2 && value.byte(range.lowerBound) == UInt8(ascii: ":")
      && value.byte(range.lowerBound + 1) == UInt8(ascii: ":")
  }

  private mutating func dropSign(
    _ at: Int, _ value: Span<UInt8>, _ dialect: SQLDialect, _ restart: Restart
  ) -> Bool {
    guard isUnary(tokens[at + 1], value, dialect) else { return false }
    tokens[at + 1] = tokens[at + 2]
    return drop(1, restart)
  }

  /// Makes two words the phrase they are, as `NOT` and `LIKE`.
  private mutating func mergePhrase(_ at: Int, _ dialect: SQLDialect) -> Bool {
    let phrase = dialect.phrase(tokens.word(at), tokens.word(at + 1))
    if phrase == .none { return false }
    guard KindSet.phraseStart.contains(tokens.kind(at)),
      KindSet.phraseEnd.contains(tokens.kind(at + 1))
    else { return false }
    var token = tokens[at]
    token.extend(to: tokens[at + 1])
    token.word = phrase
    token.kind = dialect.kind(of: phrase)
    tokens[at] = token
    return true
  }

  /// Whether an operator takes one operand: `+`, `-`, `!`, `~`, `!!`, `NOT`.
  private func isUnary(
    _ token: Token, _ value: Span<UInt8>, _ dialect: SQLDialect
  ) -> Bool {
    guard token.kind == .operator else { return false }
    let byte = value.byte(token.range.lowerBound)
    switch token.length {
    case 1:
      return byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "!")
        || byte == UInt8(ascii: "~")
    case 2:
      return byte == UInt8(ascii: "!")
        && value.byte(token.range.lowerBound + 1) == UInt8(ascii: "!")
    default: return dialect.traits(of: token.word).contains(.negation)
    }
  }

  private func isArithmetic(_ token: Token, _ value: Span<UInt8>) -> Bool {
    guard token.kind == .operator, token.length == 1 else { return false }
    switch value.byte(token.range.lowerBound) {
    case UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "%"):
      return true
    default: return false
    }
  }
}

extension KindSet {
  /// What a phrase may begin with.
  fileprivate static let phraseStart: KindSet = [
    .keyword, .name, .operator, .union, .function, .expression, .statement, .typeName,
  ]
  /// What a phrase may end with.
  fileprivate static let phraseEnd: KindSet = [phraseStart, .logic]
}

extension Span<UInt8> {
  fileprivate func holds(_ byte: UInt8, in range: Range<Int>) -> Bool {
    for index in range where self[index] == byte { return true }
    return false
  }
}
