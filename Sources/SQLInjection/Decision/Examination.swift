import Bytes

/// Reads a value in each way that a query could contain it, until one is an attack.
struct Examination: Sendable {
  private let sensitivity: SQLInjectionDetector.Sensitivity
  /// What only high sensitivity takes for an attack, in the first reading that has it.
  private var candidate: SQLInjectionFinding?

  init(_ sensitivity: SQLInjectionDetector.Sensitivity) {
    self.sensitivity = sensitivity
  }

  mutating func examine(_ value: Span<UInt8>, _ dialect: SQLDialect) -> SQLInjectionFinding? {
    var hasSingleQuote = false
    var hasDoubleQuote = false
    for index in 0..<value.count {
      hasSingleQuote = hasSingleQuote || value[index] == UInt8(ascii: "'")
      hasDoubleQuote = hasDoubleQuote || value[index] == UInt8(ascii: "\"")
    }
    if let found = read(value, .none, dialect) { return found }
    if hasSingleQuote, let found = read(value, .singleQuote, dialect) { return found }
    // Only MySQL takes double quotes for those of a string.
    if hasDoubleQuote {
      let (found, _) = read(value, .doubleQuote, .mySQL, dialect)
      if let found { return found }
    }
    if let found = readAsPath(value, dialect) { return found }
    return sensitivity == .high ? candidate : nil
  }

  /// Reads a value in a context with the comments of the standard and, where it matters, of MySQL.
  private mutating func read(
    _ value: Span<UInt8>, _ context: QuoteContext, _ dialect: SQLDialect
  ) -> SQLInjectionFinding? {
    let (found, dependsOnStyle) = read(value, context, .standard, dialect)
    if found != nil || !dependsOnStyle { return found }
    return read(value, context, .mySQL, dialect).found
  }

  private mutating func read(
    _ value: Span<UInt8>, _ context: QuoteContext, _ style: CommentStyle,
    _ dialect: SQLDialect, from start: Int = 0
  ) -> (found: SQLInjectionFinding?, dependsOnStyle: Bool) {
    var folder = TokenFolder(context: context, style: style, start: start)
    folder.fold(value, dialect)
    let dependsOnStyle = folder.tokenizer.dependsOnStyle
    let count = folder.tokenizer.tokenCount
    return (decide(folder.tokens, count, value, context, dialect), dependsOnStyle)
  }

  /// The path `/SELECT…`: its slash is the path's, no operator.
  ///
  /// Source: a log entry of 2021 names SELECT as the first token of such a path (observed).
  private mutating func readAsPath(
    _ value: Span<UInt8>, _ dialect: SQLDialect
  ) -> SQLInjectionFinding? {
    guard value[0] == UInt8(ascii: "/"), value.byte(1).isASCIILetter else { return nil }
    var tokenizer = SQLTokenizer(context: .none, style: .standard, start: 1)
    guard tokenizer.next(value, dialect)?.kind == .expression else { return nil }
    return read(value, .none, .standard, dialect, from: 1).found
  }

  private mutating func decide(
    _ tokens: FoldedTokens, _ tokenCount: Int, _ value: Span<UInt8>, _ context: QuoteContext,
    _ dialect: SQLDialect
  ) -> SQLInjectionFinding? {
    for index in 0..<tokens.count where tokens.kind(index) == .executableComment {
      var comment = FoldedTokens()
      comment.append(tokens[index])
      return SQLInjectionFinding(context, .executableComment, comment)
    }
    if let reason = SQLGrammar.low.reason(for: tokens) {
      let doubt = Doubt(tokens, tokenCount: tokenCount, value, dialect)
      if doubt == .none { return SQLInjectionFinding(context, reason, tokens) }
      if doubt == .some { noteCandidate(tokens, .shortValue, context) }
    }
    if sensitivity == .high, candidate == nil,
      let reason = highReason(for: tokens, context, dialect)
    {
      noteCandidate(tokens, reason, context)
    }
    return nil
  }

  private mutating func noteCandidate(
    _ tokens: FoldedTokens, _ reason: SQLInjectionReason, _ context: QuoteContext
  ) {
    if candidate == nil { candidate = SQLInjectionFinding(context, reason, tokens) }
  }

  private func highReason(
    for tokens: FoldedTokens, _ context: QuoteContext, _ dialect: SQLDialect
  ) -> SQLInjectionReason? {
    if let reason = SQLGrammar.high.reason(for: tokens) { return reason }
    if context != .none, tokens.count > 2, tokens.kind(0) == .string,
      SQLGrammar.quoteBreakout.contains(where: { $0.matches(Shape(tokens)) })
    {
      return .quoteBreakout
    }
    for index in 0..<max(tokens.count - 1, 0)
    where tokens.kind(index) == .function && tokens.kind(index + 1) == .leftParenthesis {
      if dialect.traits(of: tokens.word(index)).contains(.revealing) { return .revealingFunction }
    }
    return nil
  }
}
