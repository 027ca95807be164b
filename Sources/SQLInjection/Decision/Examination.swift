import Bytes

/// Reads a value in each way that a query could contain it, until one is an attack.
struct Examination {
  private let sensitivity: SQLInjectionDetector.Sensitivity
  /// Where every reading folds.
  private let window: TokenWindow
  /// What was found; until the end, it may be what only high sensitivity takes for an attack.
  private(set) var finding: SQLInjectionFinding?

  init(_ sensitivity: SQLInjectionDetector.Sensitivity, in window: TokenWindow) {
    self.sensitivity = sensitivity
    self.window = window
  }

  /// Reads the value in each way; `finding` has what was found.
  mutating func examine(_ value: Span<UInt8>, _ dialect: SQLDialect) {
    if isAttack(value, .none, dialect) { return }
    if value.firstIndex(of: UInt8(ascii: "'")) != nil, isAttack(value, .singleQuote, dialect) {
      return
    }
    // Only MySQL takes double quotes for those of a string.
    if value.firstIndex(of: UInt8(ascii: "\"")) != nil,
      read(value, .doubleQuote, .mySQL, dialect) == .attack
    {
      return
    }
    _ = isPathAttack(value, dialect)
  }

  private enum Reading {
    case attack
    case harmless
    /// Harmless, but the other style of comments reads it otherwise.
    case harmlessInStyle
  }

  /// Reads a value in a context with the comments of the standard and, where it matters, of MySQL.
  private mutating func isAttack(
    _ value: Span<UInt8>, _ context: QuoteContext, _ dialect: SQLDialect
  ) -> Bool {
    switch read(value, context, .standard, dialect) {
    case .attack: true
    case .harmless: false
    case .harmlessInStyle: read(value, context, .mySQL, dialect) == .attack
    }
  }

  private mutating func read(
    _ value: Span<UInt8>, _ context: QuoteContext, _ style: CommentStyle,
    _ dialect: SQLDialect, from start: Int = 0
  ) -> Reading {
    var folder = TokenFolder(in: window, context: context, style: style, start: start)
    folder.fold(value, dialect)
    if decide(folder, value, context, dialect) { return .attack }
    return folder.tokenizer.dependsOnStyle ? .harmlessInStyle : .harmless
  }

  /// The path `/SELECT…`: its slash is the path's, no operator.
  ///
  /// Source: a log entry of 2021 names SELECT as the first token of such a path (observed).
  private mutating func isPathAttack(_ value: Span<UInt8>, _ dialect: SQLDialect) -> Bool {
    guard value[0] == UInt8(ascii: "/"), value.byte(1).isASCIILetter else { return false }
    var tokenizer = SQLTokenizer(context: .none, style: .standard, start: 1)
    guard tokenizer.next(value, dialect)?.kind == .expression else { return false }
    return read(value, .none, .standard, dialect, from: 1) == .attack
  }

  /// Whether a reading is an attack; notes it, or what high sensitivity takes for one.
  private mutating func decide(
    _ folder: borrowing TokenFolder, _ value: Span<UInt8>, _ context: QuoteContext,
    _ dialect: SQLDialect
  ) -> Bool {
    let count = folder.tokens.count
    for index in 0..<count where folder.tokens.kind(index) == .executableComment {
      finding = SQLInjectionFinding(
        context, .executableComment, FoldedTokens(folder.tokens[index]))
      return true
    }
    if count < 2 { return false }
    let mayAdd = sensitivity == .high && finding == nil
    if let reason = SQLGrammar.low.reason(for: folder.tokens) {
      let doubt = Doubt(
        folder.tokens, tokenCount: folder.tokenizer.tokenCount, value, dialect)
      if doubt == .none {
        finding = SQLInjectionFinding(context, reason, FoldedTokens(folder.tokens))
        return true
      }
      if doubt == .some, mayAdd {
        finding = SQLInjectionFinding(context, .shortValue, FoldedTokens(folder.tokens))
        return false
      }
    }
    if mayAdd, let reason = highReason(for: folder, context, dialect) {
      finding = SQLInjectionFinding(context, reason, FoldedTokens(folder.tokens))
    }
    return false
  }

  private func highReason(
    for folder: borrowing TokenFolder, _ context: QuoteContext, _ dialect: SQLDialect
  ) -> SQLInjectionReason? {
    let tokens = folder.tokens
    if let reason = SQLGrammar.high.reason(for: tokens) { return reason }
    if context != .none, tokens.count > 2, tokens.kind(0) == .string {
      let shape = Shape(tokens)
      for pattern in SQLGrammar.quoteBreakout where pattern.matches(shape) {
        return .quoteBreakout
      }
    }
    // `1 OR a=a`: more than the three words of `1 or two`.
    if tokens.count == 3, tokens.kind(0) == .number, tokens.kind(1) == .logic,
      tokens.kind(2) == .name, folder.tokenizer.tokenCount > 3
    {
      return .conditionFragment
    }
    for index in 0..<max(tokens.count - 1, 0)
    where tokens.kind(index) == .function && tokens.kind(index + 1) == .leftParenthesis {
      if dialect.traits(of: tokens.word(index)).contains(.revealing) { return .revealingFunction }
    }
    return nil
  }
}
