/// Why a value was taken for SQL injection.
package struct SQLInjectionFinding: Hashable, Sendable {
  /// The quote context in which the value was read.
  package var context: QuoteContext
  /// The rule of the decision that the tokens met.
  package var reason: SQLInjectionReason
  private var tokens: FoldedTokens

  init(_ context: QuoteContext, _ reason: SQLInjectionReason, _ tokens: FoldedTokens) {
    self.context = context
    self.reason = reason
    self.tokens = tokens
  }

  /// How many tokens decided.
  package var count: Int { tokens.count }

  /// A token that decided, in the order of the value.
  package func token(_ index: Int) -> Token { tokens[index] }

  /// The kinds of the tokens as letters: `s&1`.
  package var shape: String {
    String(decoding: (0..<count).map { tokens[$0].kind.letter }, as: UTF8.self)
  }
}
